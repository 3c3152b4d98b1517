-- Services of all accounts of a house, on and off, and the switch of many at once. What is marked in the list comes back as rows, or as
-- the list's own arguments: then the server finds the rows again, and whoever confirmed a number is refused when it is another one now.

-- Whether every word of a typed line is found: a short number is that of a flat, anything else a part of the text.
create function cards.line_fits(p_line text, p_number text, p_text text) returns boolean language sql immutable parallel safe
as $$
    select not exists (
        select from regexp_split_to_table(btrim(p_line), '\s+') w
        where case when w ~ '^\d{1,4}[[:alpha:]]?(/\d+)?$' then p_number <> w and not starts_with(p_number, w || '/') else position(upper(w) in upper(p_text)) = 0 end
    )
$$;

-- Account by service, as planned on the day of the date line: by the account's own plan, else by that of the house. p_folded is the line as
-- the other keyboard layout writes it.
create function cards.house_service_rows(p_house bigint, p_line text, p_folded text)
returns table (
    account_id bigint, service_id bigint, number_order bigint, number text, account text, sort smallint, service text, state text,
    plan_of text, since date
)
language sql stable
as $$
    with doors as (
        select a.id as account_id, a.number as account, cards.number_order(coalesce(f.number, p.number)) as number_order,
            case when f.id is null then p.number else f.number || '/' || p.number end as number
        from cards_data.premises p
        join cards_data.account a on a.premises_id = p.id
        left join cards_data.premises f on f.id = p.parent_id
        where p.house_id = p_house
    ), planned as (
        select d.account_id, l.service_id, case when l.is_off then 'off' else 'on' end as state, 'account' as plan_of, l.valid_from
        from doors d join cards.account_plan l on l.account_id = d.account_id
        union all
        select d.account_id, l.service_id, 'on', 'house', l.valid_from
        from cards.house_plan l cross join doors d
        where l.house_id = p_house
            and not exists (select from cards.account_plan y where y.account_id = d.account_id and y.service_id = l.service_id)
    )
    select l.account_id, l.service_id, d.number_order, d.number, d.account, s.sort, s.name, l.state, l.plan_of, l.valid_from
    from planned l
    join doors d on d.account_id = l.account_id
    join cards_data.service s on s.id = l.service_id
    cross join lateral (
        select concat_ws(' ', d.account, s.name, case l.state when 'on' then 'включена' else 'выключена' end) as told
    ) t
    where p_line is null or cards.line_fits(p_line, d.number, t.told) or p_folded is not null and cards.line_fits(p_folded, d.number, t.told)
$$;

-- What the open month asks of an account for a service; null where nothing was calculated.
create function cards.service_amount(p_account bigint, p_service bigint) returns numeric language sql stable
as $$
    select sum(l.amount) from billing_data.line l
    where l.run = (select run from billing_data.month where month = billing.open_month())
        and l.account_id = p_account and l.service_id = p_service and l.cause = 0
$$;

-- The list. p_after: {"number_order", "number", "account_id", "sort", "service_id"} of the last row seen.
create function cards.house_service_list(
    p_house bigint, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100
)
returns table (
    account_id bigint, service_id bigint, number_order bigint, number text, account text, sort smallint, service text, state text,
    plan_of text, since date, amount numeric, row_style text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select r.*, cards.service_amount(r.account_id, r.service_id), case r.state when 'off' then 'faint' end
    from (
        select * from cards.house_service_rows(p_house, p_line, p_folded) x
        where p_after is null or (x.number_order, x.number, x.account_id, x.sort, x.service_id) > (
            (p_after->>'number_order')::bigint, p_after->>'number', (p_after->>'account_id')::bigint, (p_after->>'sort')::smallint,
            (p_after->>'service_id')::bigint
        )
        order by x.number_order, x.number, x.account_id, x.sort, x.service_id limit least(greatest(p_limit, 0), 2000)
    ) r
    order by r.number_order, r.number, r.account_id, r.sort, r.service_id
$$;

create function cards.house_service_count(p_house bigint, p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select count(*) from (select from cards.house_service_rows(p_house, p_line, p_folded) limit 10001) bounded $$;

-- All the list would show: {"count", "sum", "digest"}. The digest tells another set of as many rows.
create function cards.house_service_marked(p_house bigint, p_line text default null, p_folded text default null) returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'count', count(*), 'sum', coalesce(sum(cards.service_amount(r.account_id, r.service_id)), 0)::text,
        'digest', md5(string_agg(r.account_id || ':' || r.service_id, ',' order by r.account_id, r.service_id))
    )
    from cards.house_service_rows(p_house, p_line, p_folded) r
$$;

-- The marked rows: {"rows": [{"account_id", "service_id"}]}, or {"all": {arguments of the list}, "told": what was confirmed}; of marked
-- houses the rows of all their accounts.
create function cards.house_service_chosen(p_chosen jsonb) returns table (account_id bigint, service_id bigint) language plpgsql stable
as $$
declare
    v_all jsonb := p_chosen->'all';
begin
    if cards.marks_houses(p_chosen) then
        return query
            select r.account_id, r.service_id
            from cards.houses_chosen(p_chosen) c
            cross join lateral cards.house_service_rows(c.house_id, null, null) r
            where r.service_id = c.service_id;
    elsif v_all is null then
        return query select (r->>'account_id')::bigint, (r->>'service_id')::bigint from cards.rows_chosen(p_chosen, 'account') r;
    else
        perform cards.need_told(cards.house_service_marked((v_all->>'p_house')::bigint, v_all->>'p_line', v_all->>'p_folded'), p_chosen->'told');
        return query
            select r.account_id, r.service_id
            from cards.house_service_rows((v_all->>'p_house')::bigint, v_all->>'p_line', v_all->>'p_folded') r;
    end if;
end $$;

-- What was marked, in one row: for the question what to do with it.
create function cards.service_switch_head(p_chosen jsonb)
returns table (row_count bigint, accounts bigint, services text, on_count bigint, off_count bigint, amount numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*), count(distinct c.account_id), string_agg(distinct s.name, ', '),
        count(*) filter (where not coalesce(l.is_off, false)), count(*) filter (where l.is_off),
        coalesce(sum(cards.service_amount(c.account_id, c.service_id)), 0)
    from cards.house_service_chosen(p_chosen) c
    join cards_data.account a on a.id = c.account_id
    join cards_data.service s on s.id = c.service_id
    left join cards.account_plan l on l.account_id = c.account_id and l.service_id = c.service_id
$$;

-- Handler: {"chosen", "state": "on" or "off", "from", "to"?}: switches the marked services off, or on again as they were before. Rows that
-- are so already are left alone.
create function cards.service_switch(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_state text := admin.need_text(p_args, 'state', p_kind.title);
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_row record;
    v_changed boolean;
    v_switched int := 0;
    v_left int := 0;
begin
    perform admin.need_only(p_args, '{chosen,state,from,to}', p_kind.title);
    if v_state not in ('on', 'off') then
        perform admin.refuse('KV004', format('%s: «%s» — не on и не off', p_kind.title, v_state), null, 'Услугу включают (on) или выключают (off)');
    end if;
    perform cards.need_kept(min(cards.kept_since(f, jsonb_build_object('account_id', c.account_id))), v_from, p_kind.title)
    from cards.house_service_chosen(p_args->'chosen') c cross join admin.need_fact_kind('account_plan') f;
    perform billing.lock_units(array(
        select distinct a.unit_id from cards.house_service_chosen(p_args->'chosen') c join cards_data.account a on a.id = c.account_id
    ));
    for v_row in select * from cards.house_service_chosen(p_args->'chosen') c order by c.account_id, c.service_id loop
        v_changed := case v_state
            when 'off' then cards.switch_off(v_row.account_id, v_row.service_id, v_from, v_to)
            else cards.switch_on(v_row.account_id, v_row.service_id, v_from, v_to)
        end;
        v_switched := v_switched + v_changed::int;
        v_left := v_left + (not v_changed)::int;
    end loop;
    if v_switched = 0 then
        perform admin.refuse('KV004', format(
            'У отмеченных счетов услуга в эти дни уже %s', case v_state when 'off' then 'выключена' else 'включена' end
        ));
    end if;
    return jsonb_build_object('switched', v_switched, 'left', v_left);
end $$;

-- Whether anything had to be done: somewhere in these days the service is on, by the house's plan or the account's own.
create function cards.switch_off(p_account bigint, p_service bigint, p_from date, p_to date) returns boolean language plpgsql
as $$
begin
    if not exists (
        select from cards_data.account a
        join cards_data.premises p on p.id = a.premises_id
        join cards_data.house_plan l on l.house_id = p.house_id
        where a.id = p_account and l.service_id = p_service and l.retracted is null and not l.void and l.valid_from < p_to and l.valid_to > p_from
            and not exists (
                select from cards_data.account_plan o
                where o.account_id = p_account and o.service_id = p_service and o.retracted is null and o.is_off
                    and o.valid_from <= p_from and o.valid_to >= p_to
            )
        union all
        select from cards_data.account_plan o
        where o.account_id = p_account and o.service_id = p_service and o.retracted is null and not o.void and not o.is_off
            and o.valid_from < p_to and o.valid_to > p_from
    ) then
        return false;
    end if;
    perform admin.fact_assert(
        'account_plan', jsonb_build_object('account_id', p_account, 'service_id', p_service), p_from, p_to, '{"is_off": true}'
    );
    return true;
end $$;

-- The days it is off become what they were before: the account's own plan that ended there, else that of the house.
create function cards.switch_on(p_account bigint, p_service bigint, p_from date, p_to date) returns boolean language plpgsql
as $$
declare
    v_off cards_data.account_plan;
    v_before cards_data.account_plan;
    v_any boolean := false;
begin
    for v_off in
        select * from cards_data.account_plan o
        where o.account_id = p_account and o.service_id = p_service and o.retracted is null and o.is_off
            and o.valid_from < p_to and o.valid_to > p_from
        order by o.valid_from
    loop
        select * into v_before from cards_data.account_plan o
        where o.account_id = p_account and o.service_id = p_service and o.retracted is null and not o.void and not o.is_off
            and o.valid_to = v_off.valid_from;
        if not found and not exists (
            select from cards_data.account a
            join cards_data.premises p on p.id = a.premises_id
            join cards_data.house_plan l on l.house_id = p.house_id and l.service_id = p_service
            where a.id = p_account and l.retracted is null and not l.void and l.valid_to > p_from
        ) then
            perform admin.refuse(
                'KV004', format('Счёту %s услугу не включить: у дома её нет', (select number from cards_data.account where id = p_account)),
                null, 'Снимите отметку с этого счёта и задайте ему свой порядок начисления'
            );
        end if;
        perform admin.fact_assert(
            'account_plan', jsonb_build_object('account_id', p_account, 'service_id', p_service),
            greatest(p_from, v_off.valid_from), least(p_to, v_off.valid_to),
            case when v_before.id is not null then jsonb_build_object(
                'is_off', false, 'contract_id', v_before.contract_id, 'method', v_before.method, 'tariff_id', v_before.tariff_id,
                'norm_id', v_before.norm_id
            ) end
        );
        v_any := true;
    end loop;
    return v_any;
end $$;
