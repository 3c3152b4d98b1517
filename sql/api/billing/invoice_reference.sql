-- The reference section of invoices: meters, house volumes, what was used in a year (documents' dossier § 2.6).

-- The account's own meters with the readings the month was charged by.
create function billing.invoice_meters(p_accounts bigint[], p_month date) returns table (account_id bigint, data jsonb)
language sql stable
as $$
    select a.id, jsonb_agg(jsonb_build_object(
        'service', s.name, 'unit', s.unit, 'serial', m.serial, 'register', g.register, 'registers', m.registers,
        'previous', before.value::text, 'previous_day', before.day, 'current', now.value::text, 'current_day', now.day,
        'verified_to', (
            select nullif(v.valid_to, 'infinity') from meters_data.meter_verified v
            where v.meter_id = m.id and v.retracted is null and not v.void and v.valid_from < p_month + interval '1 month'
            order by v.valid_from desc limit 1
        )
    ) order by s.sort, m.serial, g.register)
    from cards_data.account a
    join cards_data.premises p on p.id = a.premises_id
    join meters_data.meter m on m.premises_id in (p.id, p.parent_id)
    join cards_data.service s on s.id = m.service_id
    cross join lateral generate_series(1, m.registers) g (register)
    left join lateral (
        select r.value, r.valid_from as day from meters_data.meter_reading r
        where r.meter_id = m.id and r.register = g.register and r.retracted is null and not r.void and r.valid_from < p_month
        order by r.valid_from desc limit 1
    ) before on true
    left join lateral (
        select r.value, r.valid_from as day from meters_data.meter_reading r
        where r.meter_id = m.id and r.register = g.register and r.retracted is null and not r.void
            and r.valid_from >= p_month and r.valid_from < p_month + interval '1 month'
        order by r.valid_from desc limit 1
    ) now on true
    where a.id = any (p_accounts) and exists (
        select from meters_data.meter_installed i
        where i.meter_id = m.id and i.retracted is null and not i.void
            and i.valid_from < p_month + interval '1 month' and i.valid_to > p_month
    )
    group by a.id
$$;

-- What the house used as a whole, and the area it was shared by, of the services the account is charged for.
create function billing.invoice_houses(p_accounts bigint[], p_month billing_data.month) returns table (account_id bigint, data jsonb)
language sql stable
as $$
    -- The lines first and once: asked for each service of each house whether there is one, a month just written, of which nothing is
    -- counted yet, is read over and over.
    with charged as materialized (
        select distinct l.account_id, l.service_id from billing_data.line l
        where l.run = p_month.run and l.account_id = any (p_accounts) and l.cause = 0
    ), home as materialized (
        select a.id, p.house_id from cards_data.account a join cards_data.premises p on p.id = a.premises_id where a.id = any (p_accounts)
    )
    select c.account_id, jsonb_agg(jsonb_build_object(
        'service', s.name, 'unit', s.unit, 'scale', s.scale, 'volume', q.volume::text, 'area', case when l.method = 'containers_persons' then trim_scale(q.area) else q.area end::text,
        -- Containers of waste may be shared by the days of persons; common needs below nothing always are, but for heat.
        'per', case when l.method = 'containers_persons' then 'чел.-дн.'
            when q.volume < 0 and l.method in ('common_utility', 'common_utility_whole') then 'чел.' else 'м²' end
    ) order by s.sort)
    from charged c
    join home h on h.id = c.account_id
    join billing_data.house_month q on q.run = p_month.run and q.house_id = h.house_id and q.month = p_month.month and q.service_id = c.service_id
    join cards_data.service s on s.id = q.service_id
    left join cards_data.house_plan l on l.house_id = h.house_id and l.service_id = c.service_id and l.retracted is null and not l.void
        and l.valid_from <= p_month.month and l.valid_to > p_month.month
    group by c.account_id
$$;

-- Use of the metered services in the month and eleven before it, with what recalculations have put right by now. Parts 1 to 21 are
-- volumes of the service itself, 31 takes averages back.
create function billing.invoice_use(p_accounts bigint[], p_month date) returns table (account_id bigint, data jsonb)
language sql stable
as $$
    with used as (
        select l.account_id, l.service_id, l.source_month as month, sum(l.volume) as volume, bool_or(l.basis in (3, 4)) as metered
        from billing_data.month m
        join billing_data.line l on l.run = m.run
        where m.month between p_month - interval '11 months' and p_month and l.account_id = any (p_accounts)
            and l.source_month >= p_month - interval '11 months' and (l.component <= 21 or l.component = 31)
        group by l.account_id, l.service_id, l.source_month
    ), services as (
        select u.account_id, u.service_id, jsonb_agg(jsonb_build_array(u.month, u.volume::text) order by u.month) as months
        from used u group by u.account_id, u.service_id having bool_or(u.metered)
    )
    select v.account_id, jsonb_agg(jsonb_build_object('service', s.name, 'unit', s.unit, 'scale', s.scale, 'months', v.months) order by s.sort)
    from services v join cards_data.service s on s.id = v.service_id
    group by v.account_id
$$;

-- Norms of the services the account is charged for, for its rooms and persons: the lines the calculation looks up (354 п. 42). Without
-- a norm of its own the account has that of its house.
create function billing.invoice_norms(p_accounts bigint[], p_month billing_data.month) returns table (account_id bigint, data jsonb)
language sql stable
as $$
    with days as (
        select (p_month.month + interval '1 month')::date - 1 as last
    ), home as materialized (
        select a.id as account_id, p.house_id, coalesce(r.rooms, 0) as rooms, (
            select count(distinct l.person_id) from passport_data.residence l
            where l.premises_id = p.id and l.retracted is null and not l.void and l.valid_from <= days.last and l.valid_to > days.last
        ) as persons
        from days
        cross join cards_data.account a
        join cards_data.premises p on p.id = a.premises_id
        left join cards_data.premises_area r on r.premises_id = p.id and r.retracted is null and not r.void
            and r.valid_from <= days.last and r.valid_to > days.last
        where a.id = any (p_accounts)
    ), plan as (
        select h.account_id, h.rooms, h.persons, c.service_id, coalesce(o.norm_id, d.norm_id) as norm_id, coalesce(o.method, d.method) as method
        from home h
        cross join days
        cross join lateral (
            select distinct l.service_id from billing_data.line l
            where l.run = p_month.run and l.account_id = h.account_id and l.cause = 0
        ) c
        left join cards_data.account_plan o on o.account_id = h.account_id and o.service_id = c.service_id and o.retracted is null
            and not o.void and o.valid_from <= days.last and o.valid_to > days.last
        left join cards_data.house_plan d on d.house_id = h.house_id and d.service_id = c.service_id and d.retracted is null
            and not d.void and d.valid_from <= days.last and d.valid_to > days.last
    )
    select p.account_id, jsonb_agg(jsonb_build_object(
        'service', s.name, 'unit', case when v.part = 0 then s.unit else 'Гкал' end,
        'per', case when v.part <> 0 then s.unit when p.method like 'common%' then 'м² общего имущества'
            when p.method like 'area%' or p.method = 'house_meter' then 'м²' else 'чел.' end,
        'value', v.value::text, 'citation', v.citation
    ) order by s.sort, v.part)
    from plan p
    cross join days
    join cards_data.service s on s.id = p.service_id
    cross join lateral (
        select distinct on (n.part) n.part, n.value, n.citation
        from cards_data.norm_value n
        where n.norm_id = p.norm_id and n.retracted is null and not n.void and n.valid_from <= days.last and n.valid_to > days.last
            and n.rooms <= p.rooms and n.persons <= p.persons
        order by n.part, n.rooms desc, n.persons desc, n.id desc
    ) v
    group by p.account_id
$$;
