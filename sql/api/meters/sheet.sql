-- The sheet of a round for one month: what was read last, what would be believed now, what is entered already.

-- A row a register, in the order of walking. A value below lower_bound asks whether the meter rolled over; above upper_bound it is
-- beyond belief: more than `factor` average months for each month since the last reading, and more than `floor` at all.
create function meters.route_sheet(p_route bigint, p_period date)
returns table (
    walk_no int, meter_id bigint, register int, premises_id bigint, account_id bigint, account text, address text, flat text, serial text,
    service_id bigint, service text, unit text, digits smallint, ratio numeric, last_value numeric, last_day date, average_use numeric,
    lower_bound numeric, upper_bound numeric, needs_double boolean, has_reading boolean, value numeric, day date, source text,
    no_access boolean, no_access_note text, take_day date
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with period as (
        select date_trunc('month', p_period)::date as first, (date_trunc('month', p_period) + interval '1 month')::date as next
    )
    select t.walk_no, m.id, g.register, m.premises_id, a.id, a.number,
        cards.address_told(null, s.kind, s.name, h.number, null, null, null, null),
        case when f.id is null then p.number else f.number || '/' || p.number end, m.serial,
        v.id, v.name, v.unit, m.digits, m.ratio, l.value, l.day, w.average, l.value,
        l.value + round(greatest(b.factor * w.average * greatest((n.next - l.day) / 30.4375, 1), b.floor), 3),
        w.average is null or n.first - l.day > 92, c.value is not null, c.value, c.day, c.source, x.id is not null, x.note,
        -- a sheet of a month that is over was filled in it
        least(current_date, n.next - 1)
    from period n
    join meters_data.route r on r.id = p_route
    join meters_data.route_stop t on t.route_id = r.id and t.retracted is null and not t.void and t.valid_from < n.next and t.valid_to > n.first
    join meters_data.meter m on m.id = t.meter_id
    join cards_data.service v on v.id = m.service_id
    join cards_data.house h on h.id = m.house_id
    join cards_data.street s on s.id = h.street_id
    left join cards_data.premises p on p.id = m.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    left join lateral (select z.id, z.number from cards_data.account z where z.premises_id = p.id order by z.id limit 1) a on true
    cross join lateral generate_series(1, m.registers::int) g (register)
    cross join lateral meters.limits(m.service_id, n.first) b
    cross join lateral meters.average_use(m.id, g.register, n.first) w (average)
    left join lateral (
        -- a dial put up within the month is counted from what it showed then
        select o.value, o.valid_from as day from meters_data.meter_reading o
        where o.meter_id = m.id and o.register = g.register and o.retracted is null and not o.void
            and (o.valid_from < n.first or o.valid_from < n.next and o.source = 'initial')
        order by o.valid_from desc limit 1
    ) l on true
    left join lateral (
        select o.value, o.valid_from as day, o.source from meters_data.meter_reading o
        where o.meter_id = m.id and o.register = g.register and o.retracted is null and not o.void and o.valid_from >= n.first and o.valid_from < n.next
            and o.source is distinct from 'initial'
        order by o.valid_from desc limit 1
    ) c on true
    left join lateral (
        select o.id, o.note from meters_data.meter_no_access o
        where o.meter_id = m.id and o.retracted is null and not o.void and o.valid_from >= n.first and o.valid_from < n.next
        order by o.valid_from desc limit 1
    ) x on true
    where exists (
        select from meters_data.meter_installed i where i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from < n.next and i.valid_to > n.first
    )
    order by t.walk_no, m.id, g.register
    limit 2000
$$;

-- Handler: {"meter_id", "register", "period", "day", "value", "rolled_over", "source"}: what the sheet of a month says of one dial.
-- It stands instead of whatever else was read of it in the month: a line of a sheet is corrected, never doubled. What a meter
-- showed when it was put up or taken down is a bound of its use, and stays.
create function meters.sheet_reading(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_first date := date_trunc('month', admin.need_date(p_args, 'period', p_kind.title))::date;
    v_day date := admin.need_date(p_args, 'day', p_kind.title);
    v_register int := admin.need_number(p_args, 'register', p_kind.title);
    v_meter meters_data.meter := meters.need_meter(p_args, p_kind.title);
    v_other date;
    v_replaced int := 0;
begin
    perform admin.need_only(p_args, '{meter_id,register,period,day,value,rolled_over,source}', p_kind.title);
    if v_day < v_first or v_day >= v_first + interval '1 month' then
        perform admin.refuse('KV004', format('День %s не из месяца ведомости %s', to_char(v_day, 'DD.MM.YYYY'), to_char(v_first, 'MM.YYYY')),
            null, 'Исправьте день вверху ведомости');
    end if;
    perform admin.need_number(p_args, 'value', p_kind.title);
    perform billing.lock_units(array[v_meter.unit_id]);
    for v_other in
        select valid_from from meters_data.meter_reading
        where meter_id = v_meter.id and register = v_register and retracted is null and not void
            and valid_from >= v_first and valid_from < v_first + interval '1 month' and valid_from <> v_day
            and source is distinct from 'initial' and source is distinct from 'removal'
    loop
        perform admin.fact_assert('meter_reading', jsonb_build_object('meter_id', v_meter.id, 'register', v_register), v_other, v_other + 1, null);
        v_replaced := v_replaced + 1;
    end loop;
    perform meters.reading_set(v_meter.id, v_register, v_day, p_args->'value', p_args->>'source', coalesce((p_args->>'rolled_over')::boolean, false));
    return jsonb_build_object('replaced', v_replaced);
end $$;

-- The limits of belief for a service on a day: its own, or those of the server.
create function meters.limits(p_service bigint, p_day date) returns table (factor numeric, floor numeric) language sql stable
as $$
    select coalesce(l.factor, (select value::numeric from admin_data.setting where name = 'reading_factor')),
        coalesce(l.floor, (select value::numeric from admin_data.setting where name = 'reading_floor'))
    from (values (true)) one (always)
    left join meters_data.reading_limit l on l.service_id = p_service and l.retracted is null and not l.void and l.valid_from <= p_day and l.valid_to > p_day
$$;

-- Average use of a month by the readings of the year before a day; null with fewer than two. A table of one row: the planner takes it into the
-- query that asks for many meters, and what the operator may see is worked out once, not with every meter.
create function meters.average_use(p_meter bigint, p_register int, p_before date) returns table (average numeric) language sql stable
as $$
    select round(sum(used) * 30.4375 / nullif(max(day) - min(day), 0), 3)
    from (
        select r.valid_from as day, r.value - lag(r.value) over (order by r.valid_from)
            + case when r.rolled_over then power(10::numeric, m.digits) else 0 end as used
        from meters_data.meter_reading r join meters_data.meter m on m.id = r.meter_id
        where r.meter_id = p_meter and r.register = p_register and r.retracted is null and not r.void
            and r.valid_from < p_before and r.valid_from >= p_before - 400
    ) steps
$$;

-- Between which readings of one register that of a day is believed: not below the one before it, not above the one after it, where the day lies
-- between readings.
create function meters.reading_bounds(p_meter bigint, p_register int, p_day date)
returns table (lower_bound numeric, upper_bound numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select l.value, least(l.value + round(greatest(b.factor * w.average * greatest((p_day - l.day) / 30.4375, 1), b.floor), 3), n.value)
    from meters_data.meter m
    cross join lateral meters.limits(m.service_id, p_day) b
    cross join lateral meters.average_use(m.id, p_register, p_day) w (average)
    left join lateral (
        select o.value, o.valid_from as day from meters_data.meter_reading o
        where o.meter_id = m.id and o.register = p_register and o.retracted is null and not o.void and o.valid_from < p_day
        order by o.valid_from desc limit 1
    ) l on true
    left join lateral (
        -- a dial that passed its end begins anew
        select case when not o.rolled_over then o.value end as value from meters_data.meter_reading o
        where o.meter_id = m.id and o.register = p_register and o.retracted is null and not o.void and o.valid_from > p_day
        order by o.valid_from limit 1
    ) n on true
    where m.id = p_meter
$$;

-- The same of today, as on a sheet of the day.
create function meters.reading_belief(p_meter bigint, p_register int)
returns table (lower_bound numeric, upper_bound numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select b.lower_bound, b.upper_bound from meters.reading_bounds(p_meter, p_register, current_date) b $$;
