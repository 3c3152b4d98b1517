-- Rounds: meters in the order of walking, made and changed by operations, read as sheets.

-- Handler: {"name", "meters": [ids in the order of walking], "from"}: a new round. Its meters leave the rounds they were on.
create function meters.route_make(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_scopes int[];
    v_id bigint;
begin
    perform admin.need_only(p_args, '{name,meters,from}', p_kind.title);
    v_scopes := array(select distinct scope from meters_data.meter where id = any (meters.need_meters(p_args, p_kind.title)));
    if cardinality(v_scopes) <> 1 then
        perform admin.refuse('KV004', format('%s: приборы разных участков или управляющих организаций', p_kind.title), null, 'Сделайте обход в каждом');
    end if;
    insert into meters_data.route (scope, name, origin)
    values (v_scopes[1], admin.need_text(p_args, 'name', p_kind.title), (admin.current_operation()).id) returning id into v_id;
    perform meters.route_walk(v_id, p_args, p_kind.title);
    return jsonb_build_object('route_id', v_id);
end $$;

-- Handler: {"route_id", "meters", "from"}: the round as a whole from a day on; meters not named leave it.
create function meters.route_order(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_route meters_data.route;
    v_meter bigint;
begin
    perform admin.need_only(p_args, '{route_id,meters,from}', p_kind.title);
    select * into v_route from meters_data.route where id = admin.need_number(p_args, 'route_id', p_kind.title);
    if not found then
        perform admin.refuse('KV003', format('%s: обход не найден или вам не виден', p_kind.title), null, 'Выберите обход заново: экран 332');
    end if;
    if exists (select from meters_data.meter where id = any (meters.need_meters(p_args, p_kind.title)) and scope <> v_route.scope) then
        perform admin.refuse('KV004', format('%s: в обходе «%s» приборы другого участка', p_kind.title, v_route.name), null, 'Сделайте обход в каждом');
    end if;
    for v_meter in
        select distinct meter_id from meters_data.route_stop
        where route_id = v_route.id and retracted is null and not void and valid_to > admin.need_date(p_args, 'from', p_kind.title)
            and meter_id <> all (meters.need_meters(p_args, p_kind.title))
    loop
        perform admin.fact_assert('route_stop', jsonb_build_object('meter_id', v_meter), admin.need_date(p_args, 'from', p_kind.title), 'infinity', null);
    end loop;
    perform meters.route_walk(v_route.id, p_args, p_kind.title);
    return jsonb_build_object('route_id', v_route.id);
end $$;

-- The meters of the arguments, each seen by the operator, in their order.
create function meters.need_meters(p_args jsonb, p_where text) returns bigint[] language plpgsql stable
as $$
declare
    v_ids bigint[];
begin
    if jsonb_typeof(p_args->'meters') is distinct from 'array' or jsonb_array_length(p_args->'meters') = 0 then
        perform admin.refuse('KV004', format('%s: нет списка приборов «meters»', p_where));
    end if;
    v_ids := array(select m::bigint from jsonb_array_elements_text(p_args->'meters') m);
    if exists (select from unnest(v_ids) u (id) where not exists (select from meters_data.meter m where m.id = u.id)) then
        perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('meter')), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    return v_ids;
end $$;

create function meters.route_walk(p_route bigint, p_args jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_where);
    v_stop record;
begin
    for v_stop in
        select m.id, row_number() over (order by m.place) as walk_no
        from (select id, min(place) as place from unnest(meters.need_meters(p_args, p_where)) with ordinality u (id, place) group by id) m
    loop
        perform admin.fact_assert('route_stop', jsonb_build_object('meter_id', v_stop.id), v_from, 'infinity',
            jsonb_build_object('route_id', p_route, 'walk_no', v_stop.walk_no));
    end loop;
end $$;

-- A stop is on a round the operator sees: a foreign key would accept another's.
create function meters.check_route_stop(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if p_value is not null and not exists (
        select from meters_data.route r join meters_data.meter m on m.scope = r.scope
        where r.id = (p_value->>'route_id')::bigint and m.id = (p_key->>'meter_id')::bigint
    ) then
        perform admin.refuse('KV003', 'Обход не найден, не ваш или другого участка', null, 'Выберите обход заново: экран 332');
    end if;
end $$;

-- A page of rounds by name, with what was done of each in a month: only the meters of the rounds shown are looked at. p_after: {"name",
-- "route_id"} of the last row.
create function meters.route_list(p_period date, p_after jsonb default null, p_limit int default 100)
returns table (route_id bigint, name text, company text, district text, stops bigint, houses bigint, read bigint, no_access bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with month as (
        select date_trunc('month', p_period)::date as first, (date_trunc('month', p_period) + interval '1 month')::date as next
    ), page as materialized (
        select r.id, r.name, r.scope from meters_data.route r
        where p_after is null or (r.name, r.id) > (p_after->>'name', (p_after->>'route_id')::bigint)
        order by r.name, r.id limit least(greatest(p_limit, 0), 2000)
    )
    select r.id, r.name, o.name, d.name, t.stops, t.houses, t.read, t.no_access
    from page r
    cross join month
    cross join lateral (
        select count(*) as stops, count(distinct m.house_id) as houses,
            count(*) filter (where exists (
                select from meters_data.meter_reading x
                where x.meter_id = t.meter_id and x.retracted is null and not x.void and x.valid_from >= month.first and x.valid_from < month.next
            )) as read,
            count(*) filter (where exists (
                select from meters_data.meter_no_access x
                where x.meter_id = t.meter_id and x.retracted is null and not x.void and x.valid_from >= month.first and x.valid_from < month.next
            )) as no_access
        from meters_data.route_stop t join meters_data.meter m on m.id = t.meter_id
        where t.route_id = r.id and t.retracted is null and not t.void and t.valid_from < month.next and t.valid_to > month.first
    ) t
    join admin_data.scope s on s.id = r.scope
    left join cards_data.organisation o on o.id = s.company_id
    left join cards_data.district d on d.id = s.district_id
    order by r.name, r.id
$$;
