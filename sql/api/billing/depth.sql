-- How far back released months are recalculated (parameter recalculation_depth_months), and the order to go beyond.

-- The first month that an operation recalculates in a month, by the law as it was known to it; null where no depth is set.
create function billing.depth_floor(p_month date, p_known bigint) returns date language sql stable
as $$
    select (p_month - make_interval(months => greatest(v.value, 1)::int))::date
    from cards_data.parameter_value v join cards_data.parameter p on p.id = v.parameter_id
    where p.code = 'recalculation_depth_months' and not v.void and v.asserted <= p_known and (v.retracted is null or v.retracted > p_known)
        and v.valid_from <= p_month and v.valid_to > p_month
$$;

-- Why a recalculation of the first month that is recalculated holds what older months used: the readings of those months that its
-- operation gave, put right or took back (354 п. 61). Null where there are none.
create function billing.beyond_depth_told(p_account bigint, p_service bigint, p_source date, p_known bigint) returns text language sql stable
as $$
    with told as (
        select distinct on (r.meter_id, r.valid_from) t.serial, r.valid_from as day, r.asserted = p_known and not r.void as is_given,
            coalesce((
                select max(b.valid_from) from meters_data.meter_reading b
                where b.meter_id = r.meter_id and b.register = r.register and b.valid_from < r.valid_from and not b.void
                    and b.asserted <= p_known and (b.retracted is null or b.retracted > p_known)
            ), r.valid_from) as since
        from cards_data.account a
        join cards_data.premises p on p.id = a.premises_id
        join cards_data.service s on s.id = p_service
        join meters_data.meter t on t.unit_id = a.unit_id and (t.premises_id is null or t.premises_id in (p.id, p.parent_id))
            and (t.service_id = s.id or t.service_id = any (s.waters))
        join meters_data.meter_reading r on r.meter_id = t.id and p_known in (r.asserted, r.retracted) and r.valid_from < p_source
        where a.id = p_account
        order by r.meter_id, r.valid_from, r.asserted = p_known and not r.void desc
    )
    select string_agg(format(
        '%s № %s от %s: месяцы %s старше срока перерасчёта, не учтённый за них расход — в %s (354 п. 61)',
        case when is_given then 'показание прибора' else 'снято показание прибора' end, serial, to_char(day, 'DD.MM.YYYY'),
        case when date_trunc('month', since) = date_trunc('month', day) then to_char(day, 'MM.YYYY')
            else to_char(since, 'MM.YYYY') || '–' || to_char(day, 'MM.YYYY') end,
        to_char(p_source, 'MM.YYYY')
    ), '; ' order by day, serial)
    from told
$$;

-- Operations that touched released months further back than is recalculated, the latest first, with the accounts the caller sees that were
-- open then. state: waiting (may still be ordered), ordered, left (the month it landed in is released without them).
-- p_after: {"known"} of the last row.
create function billing.depth_list(p_operation uuid default null, p_after jsonb default null, p_limit int default 100)
returns table (
    operation uuid, known bigint, at timestamptz, title text, full_name text, ground text, booked date, from_month date, through_month date, months int,
    accounts bigint, state text, is_waiting boolean, refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with books as materialized (
        select min(m.month) as first, billing.open_month() as open,
            (select greatest(min(v.value), 1)::int from cards_data.parameter_value v join cards_data.parameter p on p.id = v.parameter_id
             where p.code = 'recalculation_depth_months') as least
        from billing_data.month m
    ), far as materialized (
        select f.* from (
            select d.operation, d.known, d.booked, d.ordered_known, d.unit_id, d.account_id, greatest(d.from_month, b.first) as from_month,
                billing.depth_floor(coalesce(d.booked, b.open), d.known) as before
            from billing_data.due d cross join books b
            where d.from_month < b.open - make_interval(months => b.least) and b.first < b.open - make_interval(months => b.least)
                and (p_operation is null or d.operation = p_operation)
                and (p_after is null or d.known < (p_after->>'known')::bigint)
        ) f
        where f.from_month < f.before
    ), touched as (
        select f.operation, f.known, f.booked, f.ordered_known, f.from_month, f.before, a.id as account_id
        from far f
        join cards_data.account a on a.id = f.account_id or f.account_id is null and (a.unit_id = f.unit_id or f.unit_id is null)
        where exists (
            select from cards_data.account_open o
            where o.account_id = a.id and o.retracted is null and not o.void and o.valid_from < f.before and o.valid_to > f.from_month
        )
    ), summed as (
        select t.operation, t.known, t.booked, bool_or(t.ordered_known is not null) as ordered, min(t.from_month) as from_month, max(t.before) as before,
            count(distinct t.account_id) as accounts
        from touched t group by t.operation, t.known, t.booked
        order by t.known desc limit least(greatest(p_limit, 0), 2000)
    )
    select s.operation, s.known, o.at, k.title, p.full_name, o.ground, s.booked, s.from_month, (s.before - interval '1 month')::date,
        (extract(year from age(s.before, s.from_month)) * 12 + extract(month from age(s.before, s.from_month)))::int, s.accounts,
        t.state, t.state = 'waiting',
        case t.state when 'ordered' then 'Перерасчёт уже назначен' when 'left' then format('Месяц %s выпущен без него: отмените операцию и запишите её снова', to_char(s.booked, 'MM.YYYY')) end
    from summed s
    cross join lateral (select case when s.ordered then 'ordered' when s.booked is null then 'waiting' else 'left' end as state) t
    join admin_data.operation o on o.id = s.operation
    join admin_data.operation_kind k on k.name = o.kind
    left join admin_data.operator p on p.login = o.operator
    order by s.known desc
$$;

-- Handler: {"operation"}: what the operation changed is recalculated from its first month on, however far back: a court or an act of control
-- says so, and the ground names it.
create function billing.recalculate_whole(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_far record;
    v_units bigint[];
begin
    perform admin.need_only(p_args, '{operation}', p_kind.title);
    select * into v_far from billing.depth_list(admin.need_text(p_args, 'operation', p_kind.title)::uuid);
    if not found then
        perform admin.refuse('KV003', format('%s: у этой операции нет месяцев глубже срока', p_kind.title), null, 'Операции, которые их коснулись, — на экране 570');
    elsif v_far.state = 'ordered' then
        perform admin.refuse('KV006', format('%s: уже назначен', p_kind.title));
    elsif v_far.state = 'left' then
        perform admin.refuse('KV006', format('%s: месяц %s выпущен без него', p_kind.title, to_char(v_far.booked, 'MM.YYYY')), null,
            'Отмените операцию, запишите её снова и назначьте пересчёт новой');
    end if;
    v_units := array(select distinct coalesce(d.unit_id, 0) from billing_data.due d where d.operation = v_far.operation and d.booked is null);
    if 0 = any (v_units) then
        perform billing.need_everybody(p_kind.title);
    elsif exists (select from unnest(v_units) u where not exists (select from cards_data.house h where h.unit_id = u)) then
        perform admin.refuse('KV003', format('%s: операция касается и домов, которые вам не видны', p_kind.title), null, 'Это делает оператор, которому видны все эти дома');
    end if;
    perform billing.lock_units(v_units);
    update billing_data.due set ordered_known = v_operation.known where operation = v_far.operation and booked is null;
    update billing_data.unit set version = greatest(version, v_operation.known) where id = any (v_units);
    insert into billing_data.queue (unit_id, priority, known) select nullif(u, 0), 10, v_operation.known from unnest(v_units) u;
    perform pg_notify('kvartal_queue', '');
    return jsonb_build_object('months', v_far.months, 'accounts', v_far.accounts);
end $$;
