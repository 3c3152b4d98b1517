-- Meters of several houses (групповой прибор; dossier § 1.15): how they are made, whom they serve.

-- The meter, if it is one of several houses.
create function meters.need_group(p_meter bigint, p_where text) returns void language plpgsql stable
as $$
declare
    v_serial text;
begin
    select m.serial into v_serial from meters_data.meter m where m.id = p_meter and m.kind <> 'group';
    if found then
        perform admin.refuse('KV004', format('%s: прибор %s — не групповой', p_where, v_serial), null, 'Групповой прибор заводят на экране 347');
    end if;
end $$;

-- Handler: {"house_id", "other_id", "service_id", "serial", "digits"?, "base", "from", "initial"}: a new meter that counts for two houses
-- from a day on; more are added by meters.group_house.
create function meters.group_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_house cards_data.house := cards.need_house(p_args, 'house_id', p_kind.title);
    v_other cards_data.house := cards.need_house(p_args, 'other_id', p_kind.title);
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
    v_meter bigint;
    v_key jsonb;
    v_one bigint;
begin
    perform admin.need_only(p_args, '{house_id,other_id,service_id,serial,digits,base,from,initial}', p_kind.title);
    if v_house.id = v_other.id then
        perform admin.refuse('KV004', format('%s: дом указан дважды', p_kind.title), null, 'Прибор одного дома — общедомовый');
    end if;
    perform meters.need_metered(v_service, array(
        select l.method from cards_data.house_plan l
        where l.house_id in (v_house.id, v_other.id) and l.service_id = v_service and l.retracted is null and not l.void
            and l.valid_from <= v_from and l.valid_to > v_from
    ), v_from, p_kind.title);
    perform billing.lock_units(array[v_house.unit_id, v_other.unit_id]);
    insert into meters_data.meter (unit_id, scope, kind, house_id, service_id, serial, digits, origin)
    values (billing.join_units(array[v_house.unit_id, v_other.unit_id]), v_house.scope, 'group', v_house.id, v_service,
            meters.need_serial(p_args, v_service, p_kind.title),
            coalesce(case when p_args ? 'digits' then admin.need_number(p_args, 'digits', p_kind.title) end, 5), (admin.current_operation()).id)
    returning id into v_meter;
    v_key := jsonb_build_object('meter_id', v_meter);
    perform admin.fact_assert('meter_installed', v_key, v_from, 'infinity', '{}');
    perform admin.fact_assert('group_base', v_key, v_from, 'infinity', jsonb_build_object('base', admin.need_text(p_args, 'base', p_kind.title)));
    foreach v_one in array array[v_house.id, v_other.id] loop
        perform meters.join_group(v_meter, v_one, v_from, 'infinity', p_kind.title);
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
    v_to date := admin.need_end(p_args, p_kind.title);
    v_house cards_data.house := cards.need_house(p_args, 'house_id', p_kind.title);
    v_void boolean := coalesce((p_args->>'void')::boolean, false);
    v_meter meters_data.meter := meters.need_meter(p_args, p_kind.title);
    v_key jsonb := jsonb_build_object('meter_id', v_meter.id, 'house_id', v_house.id);
begin
    perform admin.need_only(p_args, '{meter_id,house_id,from,to,void}', p_kind.title);
    perform meters.need_group(v_meter.id, p_kind.title);
    perform billing.lock_units(array[v_meter.unit_id, v_house.unit_id]);
    if v_void then
        perform admin.need_true(admin.need_fact_kind('group_house'), v_key, v_from);
        perform admin.fact_assert('group_house', v_key, v_from, v_to, null);
    else
        perform billing.join_units(array[v_meter.unit_id, v_house.unit_id]);
        perform meters.join_group(v_meter.id, v_house.id, v_from, v_to, p_kind.title);
    end if;
    return '{}';
end $$;

-- A house on a group meter for days: the meter stands, and counts no house twice, nor one that another counts already.
create function meters.join_group(p_meter bigint, p_house bigint, p_from date, p_to date, p_where text) returns void language plpgsql
as $$
declare
    v_other record;
begin
    perform meters.need_installed(p_meter, p_from, p_where);
    select m.serial, greatest(g.valid_from, i.valid_from) as since into v_other
    from meters_data.group_house g
    join meters_data.meter m on m.id = g.meter_id and m.service_id = (select service_id from meters_data.meter where id = p_meter)
    join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from < p_to and i.valid_to > p_from
    where g.house_id = p_house and g.retracted is null and not g.void and g.valid_from < p_to and g.valid_to > p_from limit 1;
    if found then
        perform admin.refuse(
            'KV004', format('%s: дом уже считает групповой прибор %s с %s', p_where, v_other.serial, to_char(v_other.since, 'DD.MM.YYYY')), null,
            'Проверьте дом и день; с прежнего прибора дом сначала выводят'
        );
    end if;
    perform admin.fact_assert('group_house', jsonb_build_object('meter_id', p_meter, 'house_id', p_house), p_from, p_to, '{}');
end $$;

-- Houses by the number and words of their address, to choose one. p_after: {"street", "number_order", "number", "house_id"} of the last row seen.
create function meters.house_choice(p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (house_id bigint, address text, street text, number_order bigint, number text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select * from meters.houses_meant(p_line, p_folded) h
    where p_after is null or (h.street, h.number_order, h.number, h.house_id)
        > (p_after->>'street', (p_after->>'number_order')::bigint, p_after->>'number', (p_after->>'house_id')::bigint)
    order by h.street, h.number_order, h.number, h.house_id limit least(greatest(p_limit, 0), 2000)
$$;

create function meters.house_choice_count(p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select count(*) from (select from meters.houses_meant(p_line, p_folded) limit 10001) bounded $$;

create function meters.houses_meant(p_line text, p_folded text)
returns table (house_id bigint, address text, street text, number_order bigint, number text) language sql stable
as $$
    select d.house_id, d.address, s.name, cards.number_order(h.number), h.number
    from cards.house_address d
    join cards_data.house h on h.id = d.house_id
    join cards_data.street s on s.id = h.street_id
    where p_line is null or cards.line_fits(p_line, h.number, d.address) or p_folded is not null and cards.line_fits(p_folded, h.number, d.address)
$$;
