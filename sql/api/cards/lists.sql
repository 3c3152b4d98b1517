-- Lists of the card index that no view can read by key alone.

-- The premises of a house with their accounts, in the order of doors. p_after: {"number_order", "number", "premises_id", "account_id"} of
-- the last row seen. A line leaves the premises whose number begins so, or whose payer does: the whole number is then the first.
create function cards.house_premises(
    p_house bigint, p_after jsonb default null, p_limit int default 100, p_line text default null, p_folded text default null
)
returns table (
    premises_id bigint, account_id bigint, number_order bigint, number text, kind text, entrance smallint, floor smallint,
    account text, holder text, area_total numeric, rooms smallint, residents bigint, balance numeric, to_pay numeric
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        with page as (
            select p.id as premises_id, coalesce(a.id, 0) as account_id, p.kind, p.entrance, p.floor, a.number as account,
                cards.number_order(coalesce(f.number, p.number)) as number_order,
                case when f.id is null then p.number else f.number || '/' || p.number end as number
            from cards_data.premises p
            left join cards_data.premises f on f.id = p.parent_id
            left join cards_data.account a on a.premises_id = p.id
            where p.house_id = p_house and cards.door_fits(p_line, p_folded, f.number, p.number, a.id)
        ), cut as (
            select * from page g
            where p_after is null or (g.number_order, g.number, g.premises_id, g.account_id)
                > ((p_after->>'number_order')::bigint, p_after->>'number', (p_after->>'premises_id')::bigint, (p_after->>'account_id')::bigint)
            order by g.number_order, g.number, g.premises_id, g.account_id limit least(greatest(p_limit, 0), 2000)
        ), money as (
            select o.* from billing.owed(array(select c.account_id from cut c where c.account_id <> 0)) o
        )
        select c.premises_id, c.account_id, c.number_order, c.number, c.kind, c.entrance, c.floor, c.account, h.payer, r.area_total, r.rooms,
            (select count(distinct l.person_id) from passport.residence l where l.premises_id = c.premises_id), m.balance, m.to_pay
        from cut c
        -- Row by row of the page: joined as wholes, the payers of all the town would be read for one house.
        left join lateral (select w.payer from cards.account_payer w where w.account_id = c.account_id offset 0) h on true
        left join lateral (select x.area_total, x.rooms from cards.premises_area x where x.premises_id = c.premises_id offset 0) r on true
        left join money m on m.account_id = c.account_id
        order by c.number_order, c.number, c.premises_id, c.account_id;
end $$;

create function cards.house_premises_count(p_house bigint, p_line text default null, p_folded text default null)
returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from cards_data.premises p
        left join cards_data.premises f on f.id = p.parent_id
        left join cards_data.account a on a.premises_id = p.id
        where p.house_id = p_house and cards.door_fits(p_line, p_folded, f.number, p.number, a.id) limit 10001
    ) bounded
$$;

-- Whether the number of premises, of the flat or of the room in it, begins with a line, or the name of who pays does. p_folded is the line
-- as the other keyboard layout writes it.
create function cards.door_fits(p_line text, p_folded text, p_flat text, p_number text, p_account bigint) returns boolean language sql stable
as $$
    select p_line is null or exists (
        select from unnest(array[p_line, p_folded]) typed cross join lateral (select cards.folded(btrim(typed)) as l) words
        where typed is not null and (starts_with(cards.folded(concat_ws('/', p_flat, p_number)), l)
            or exists (select from cards.account_payer h where h.account_id = p_account and starts_with(cards.folded(h.payer), l)))
    )
$$;

-- Tariffs with what they are on the day of the date line, what they will be, and how many accounts are charged by them.
create function cards.tariff_list()
returns table (
    tariff_id bigint, service_id bigint, code text, title text, service text, unit text, sort smallint, part smallint, rate numeric, since date,
    next_rate numeric, next_from date, providers text, accounts bigint
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with houses as (
        select p.house_id, count(*) as accounts
        from cards_data.account a join cards_data.premises p on p.id = a.premises_id group by p.house_id
    ), own as materialized (
        -- Counted by house before it meets the plans: account by account it would meet those of every house of the town.
        select p.house_id, o.service_id, count(*) as accounts
        from cards.account_plan o
        join cards_data.account a on a.id = o.account_id
        join cards_data.premises p on p.id = a.premises_id
        group by p.house_id, o.service_id
    ), planned as (
        -- By the plan of the house, and by plans of single accounts: those that leave the house's plan, or join one.
        select l.tariff_id, l.contract_id, h.accounts from cards.house_plan l join houses h on h.house_id = l.house_id
        union all
        select l.tariff_id, l.contract_id, 1 from cards.account_plan l where not l.is_off
        union all
        select l.tariff_id, null, -o.accounts from own o join cards.house_plan l on l.house_id = o.house_id and l.service_id = o.service_id
    ), used as (
        select l.tariff_id, sum(l.accounts)::bigint as accounts, string_agg(distinct o.name, ', ') as providers
        from planned l
        left join cards_data.contract c on c.id = l.contract_id
        left join cards_data.organisation o on o.id = c.provider_id
        group by l.tariff_id
    )
    select t.id, t.service_id, t.code, t.title, s.name, s.unit, s.sort, r.part, r.rate, r.valid_from,
        n.rate, n.valid_from, u.providers, coalesce(u.accounts, 0)
    from cards_data.tariff t
    join cards_data.service s on s.id = t.service_id
    left join cards.tariff_rate r on r.tariff_id = t.id
    left join lateral (
        select f.rate, f.valid_from from cards_data.tariff_rate f
        where f.tariff_id = t.id and f.part = r.part and not f.void and f.valid_from > admin.as_of()
            and f.asserted <= admin.known_at() and (f.retracted is null or f.retracted > admin.known_at())
        order by f.valid_from limit 1
    ) n on true
    left join used u on u.tariff_id = t.id
    order by s.sort, t.title, t.id, r.part
$$;

-- Premises for one line of the search, to choose one of: where the accounts and people it finds are, and, for a line that is an address
-- with the number of the premises as its last word, premises nobody lives in or pays for yet. Best first, as the search puts them.
create function cards.premises_choice(p_line text default null, p_folded text default null)
returns table (premises_id bigint, address text, accounts text, residents bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with hit as (
        select h.kind, h.id, row_number() over () as place from cards.search(p_line, p_folded, 100) h
    ), met as (
        select a.premises_id, h.place from hit h join cards_data.account a on a.id = h.id where h.kind = 'account'
        union all
        select r.premises_id, h.place from hit h join passport.residence r on r.person_id = h.id where h.kind = 'person'
        union all
        select n.premises_id, 1000 + h.place
        from hit h join cards.premises_address n on n.house_id = h.id where h.kind = 'house'
        union all
        select n.premises_id, 0
        from cards.search(regexp_replace(p_line, '\s+\S+\s*$', ''), regexp_replace(p_folded, '\s+\S+\s*$', ''), 5) h
        join cards.premises_address n on n.house_id = h.id
        where h.kind = 'house' and p_line ~ '\S\s+\S' and cards.folded(n.number) in (
            cards.folded(substring(p_line from '\S+\s*$')), cards.folded(substring(p_folded from '\S+\s*$')))
    )
    select m.premises_id, d.address,
        (select string_agg(a.number, ', ' order by a.number) from cards_data.account a where a.premises_id = m.premises_id),
        (select count(distinct r.person_id) from passport.residence r where r.premises_id = m.premises_id)
    from (select x.premises_id, min(x.place) as place from met x group by x.premises_id) m
    join cards.premises_address d on d.premises_id = m.premises_id
    order by m.place, length(d.address), d.address, m.premises_id limit 200
$$;
