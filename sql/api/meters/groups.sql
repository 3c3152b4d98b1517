-- Meters of several houses (групповой прибор; dossier § 1.15): how they are made, whom they serve.

create function meters.need_house(p_args jsonb, p_name text, p_where text) returns cards_data.house language plpgsql stable
as $$
declare
    v_house cards_data.house;
begin
    select * into v_house from cards_data.house where id = admin.need_number(p_args, p_name, p_where);
    if not found then
        perform admin.refuse('KV003', format('Дом № %s не найден или вам не виден', p_args->>p_name));
    end if;
    return v_house;
end $$;

-- Handler: {"house_id", "other_id", "service_id", "serial", "digits"?, "base", "from", "initial"}: a new meter that counts for two houses
-- from a day on; more are added by meters.group_house.
create function meters.group_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_house cards_data.house := meters.need_house(p_args, 'house_id', p_kind.title);
    v_other cards_data.house := meters.need_house(p_args, 'other_id', p_kind.title);
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
    v_meter bigint;
    v_key jsonb;
    v_one bigint;
begin
    perform admin.need_only(p_args, '{house_id,other_id,service_id,serial,digits,base,from,initial}', p_kind.title);
    if v_house.id = v_other.id then
        perform admin.refuse('KV004', format('%s: дом указан дважды', p_kind.title), null, 'Прибор одного дома — общедомовый');
    end if;
    perform billing.lock_units(array[v_house.unit_id, v_other.unit_id]);
    insert into meters_data.meter (unit_id, scope, kind, house_id, service_id, serial, digits, origin)
    values (billing.join_units(array[v_house.unit_id, v_other.unit_id]), v_house.scope, 'group', v_house.id, v_service,
            admin.need_text(p_args, 'serial', p_kind.title), coalesce((p_args->>'digits')::int, 5), (admin.current_operation()).id)
    returning id into v_meter;
    v_key := jsonb_build_object('meter_id', v_meter);
    perform admin.fact_assert('meter_installed', v_key, v_from, 'infinity', '{}');
    perform admin.fact_assert('group_base', v_key, v_from, 'infinity', jsonb_build_object('base', admin.need_text(p_args, 'base', p_kind.title)));
    foreach v_one in array array[v_house.id, v_other.id] loop
        perform admin.fact_assert('group_house', v_key || jsonb_build_object('house_id', v_one), v_from, 'infinity', '{}');
    end loop;
    perform admin.need_number(p_args, 'initial', p_kind.title);
    perform meters.reading_set(v_meter, 1, v_from, p_args->'initial', 'initial');
    return v_key;
end $$;

-- Handler: {"meter_id", "house_id", "from", "to"?, "void"?}: one more house of a group meter from a day on, or no longer.
create function meters.group_house_set(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := case when p_args->>'to' is null then 'infinity' else admin.need_date(p_args, 'to', p_kind.title) end;
    v_house cards_data.house := meters.need_house(p_args, 'house_id', p_kind.title);
    v_void boolean := coalesce((p_args->>'void')::boolean, false);
    v_meter meters_data.meter;
begin
    perform admin.need_only(p_args, '{meter_id,house_id,from,to,void}', p_kind.title);
    select * into v_meter from meters_data.meter where id = admin.need_number(p_args, 'meter_id', p_kind.title);
    if not found then
        perform admin.refuse('KV003', format('Прибор № %s не найден или вам не виден', p_args->>'meter_id'));
    elsif v_meter.kind <> 'group' then
        perform admin.refuse('KV004', format('Прибор %s — не групповой', v_meter.serial), null, 'Групповой прибор заводят на экране 347');
    end if;
    perform billing.lock_units(array[v_meter.unit_id, v_house.unit_id]);
    if not v_void then
        perform billing.join_units(array[v_meter.unit_id, v_house.unit_id]);
    end if;
    perform admin.fact_assert(
        'group_house', jsonb_build_object('meter_id', v_meter.id, 'house_id', v_house.id), v_from, v_to, case when not v_void then '{}'::jsonb end
    );
    return '{}';
end $$;

-- Houses by words of their address, to choose one. p_after: {"house_id"}.
create function meters.house_choice(p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (house_id bigint, address text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select h.house_id, h.address
    from cards.house_address h
    where (p_after is null or h.house_id > (p_after->>'house_id')::bigint)
        and (billing.penalty_meant('', h.address, p_line) or p_folded is not null and billing.penalty_meant('', h.address, p_folded))
    order by h.house_id limit least(greatest(p_limit, 0), 2000)
$$;

create function meters.house_choice_count(p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from cards.house_address h
        where billing.penalty_meant('', h.address, p_line) or p_folded is not null and billing.penalty_meant('', h.address, p_folded)
        limit 10001
    ) bounded
$$;
