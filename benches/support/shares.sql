-- Of a hundred accounts: who has what in the month from $1 to before $2.
with account as (
    select a.id, a.premises_id, p.parent_id, p.house_id, p.entrance, p.kind
    from cards_data.account a join cards_data.premises p on p.id = a.premises_id
),
right_now as (select premises_id from billing_data.privilege where retracted is null and not void and valid_from < $2 and valid_to > $1),
away as (select premises_id from passport_data.temporary_absence where retracted is null and not void and valid_from < $2 and valid_to > $1),
moved as (
    select premises_id from passport_data.residence
    where retracted is null and not void and (valid_from > $1 and valid_from < $2 or valid_to > $1 and valid_to < $2)
),
metered as (
    select coalesce(m.premises_id, 0) as premises_id from meters_data.meter m
    join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and i.valid_from < $2 and i.valid_to > $1
),
disturbed as (
    select c.house_id, c.entrance from claims_data.act c
    join claims_data.undersupply u on u.act_id = c.id and u.retracted is null and not u.void and u.valid_from < $2 and u.valid_to > $1
),
counted as (
    select count(*) as accounts,
        count(*) filter (where a.id_of_flat in (select premises_id from metered)) as metered,
        count(*) filter (where a.premises_id in (select premises_id from right_now)) as privileged,
        count(*) filter (where a.premises_id in (select premises_id from away)) as away,
        count(*) filter (where exists (select from disturbed d where d.house_id = a.house_id and coalesce(d.entrance, a.entrance) = a.entrance)) as disturbed,
        count(*) filter (where a.premises_id in (select premises_id from moved)) as moved,
        count(*) filter (where a.kind = 'non_residential') as shops
    from (select account.*, coalesce(parent_id, premises_id) as id_of_flat from account) a
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
