-- Of a hundred accounts: who has what in the month from $1 to before $2. Joins of whole sets: a set asked for each account by itself is read
-- half a million times where it does not fit into memory.
with account as (
    select a.premises_id, coalesce(p.parent_id, p.id) as flat_id, p.house_id, p.entrance, p.kind
    from cards_data.account a join cards_data.premises p on p.id = a.premises_id
),
privileged as (
    select distinct premises_id from billing_data.privilege
    where retracted is null and not void and valid_from < $2 and valid_to > $1
),
away as (
    select distinct premises_id from passport_data.temporary_absence
    where retracted is null and not void and valid_from < $2 and valid_to > $1
),
moved as (
    select distinct premises_id from passport_data.residence
    where retracted is null and not void and (valid_from > $1 and valid_from < $2 or valid_to > $1 and valid_to < $2)
),
metered as (
    select distinct m.premises_id from meters_data.meter m
    join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and i.valid_from < $2 and i.valid_to > $1
),
act as (
    select distinct c.house_id, c.entrance from claims_data.act c
    join claims_data.undersupply u on u.act_id = c.id and u.retracted is null and not u.void and u.valid_from < $2 and u.valid_to > $1
),
counted as (
    select count(*) as accounts, count(m.premises_id) as metered, count(r.premises_id) as privileged, count(w.premises_id) as away,
        count(*) filter (where h.house_id is not null or e.house_id is not null) as disturbed,
        count(v.premises_id) as moved, count(*) filter (where a.kind = 'non_residential') as shops
    from account a
    left join metered m on m.premises_id = a.flat_id
    left join privileged r on r.premises_id = a.premises_id
    left join away w on w.premises_id = a.premises_id
    left join moved v on v.premises_id = a.premises_id
    left join (select house_id from act where entrance is null) h on h.house_id = a.house_id
    left join (select house_id, entrance from act where entrance is not null) e on e.house_id = a.house_id and e.entrance = a.entrance
)
select s.name, to_char(s.part * 100.0 / c.accounts, 'FM990.0')
from counted c
cross join lateral (values
    (1, 'accounts with a flat meter', c.metered),
    (2, 'accounts with a privilege in the month', c.privileged),
    (3, 'accounts with somebody absent in the month', c.away),
    (4, 'accounts with undersupply in the month', c.disturbed),
    (5, 'accounts where somebody came or went in the month', c.moved),
    (6, 'accounts of shops', c.shops)
) s (place, name, part)
order by s.place
