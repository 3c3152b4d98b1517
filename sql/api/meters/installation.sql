-- Meters put up, taken down and replaced: each is one operation, with the readings, the verification and the seal of that day.

-- Readings of all registers of a meter: a list in their order, or {"r1", "r2", "r3"} as a form sends them.
create function meters.need_readings(p_args jsonb, p_name text, p_registers int, p_where text) returns jsonb[] language plpgsql immutable
as $$
declare
    v_told jsonb := p_args->p_name;
    v_readings jsonb[];
begin
    v_readings := case jsonb_typeof(v_told)
        when 'array' then array(select e from jsonb_array_elements(v_told) with ordinality t (e, place) order by place)
        when 'object' then array(select v_told->k from jsonb_object_keys(v_told) k order by k)
    end;
    if cardinality(coalesce(v_readings, '{}')) <> p_registers
        or jsonb_typeof(v_told) = 'object' and exists (
            select from jsonb_object_keys(v_told) k where k <> all (array(select 'r' || n from generate_series(1, p_registers) n))
        )
    then
        perform admin.refuse('KV004', format('%s: нужны показания каждого регистра (%s)', p_where, p_registers));
    end if;
    return v_readings;
end $$;

-- The meter, if the operator sees it.
create function meters.need_meter(p_args jsonb, p_where text) returns meters_data.meter language plpgsql stable
as $$
declare
    v_meter meters_data.meter;
begin
    select * into v_meter from meters_data.meter where id = admin.need_number(p_args, 'meter_id', p_where);
    if not found then
        perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('meter')), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    return v_meter;
end $$;

-- Handler: {"account_id" or "house_id", "kind": individual, flat or house, "service_id", "serial", "digits"?, "registers"?, "ratio"?,
-- "day", "initial", "verified_on"?, "verify_by"?, "certificate"?, "seal"?, "seal_act"?}: a meter where none was. That of a flat serves all
-- rooms of a communal flat.
create function meters.meter_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_where record;
    v_whose text := admin.need_text(p_args, 'kind', p_kind.title);
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
    v_registers int := coalesce(case when p_args ? 'registers' then admin.need_number(p_args, 'registers', p_kind.title) end, 1);
    v_new meters_data.meter;
begin
    perform admin.need_only(
        p_args,
        '{account_id,house_id,kind,service_id,serial,digits,registers,ratio,day,initial,verified_on,verify_by,certificate,seal,seal_act}',
        p_kind.title
    );
    v_where := meters.need_place(p_args, v_whose, p_kind.title);
    perform billing.lock_units(array[v_where.unit_id]);
    insert into meters_data.meter (unit_id, scope, kind, house_id, premises_id, service_id, serial, digits, registers, ratio, origin)
    values (
        v_where.unit_id, v_where.scope, v_whose, v_where.house_id, v_where.premises_id, v_service,
        meters.need_serial(p_args, v_service, p_kind.title),
        coalesce(case when p_args ? 'digits' then admin.need_number(p_args, 'digits', p_kind.title) end, 5), v_registers,
        coalesce(case when p_args ? 'ratio' then admin.need_number(p_args, 'ratio', p_kind.title) end, 1), (admin.current_operation()).id
    )
    returning * into v_new;
    perform meters.put_up(v_new, p_args, p_kind.title);
    return jsonb_build_object('meter_id', v_new.id);
end $$;

-- Where a meter stands: the premises of an account, the flat around its room, or the house.
create function meters.need_place(
    p_args jsonb, p_whose text, p_where text, out unit_id bigint, out scope int, out house_id bigint, out premises_id bigint
) language plpgsql stable
as $$
begin
    if p_whose = 'house' then
        select h.unit_id, h.scope, h.id into unit_id, scope, house_id
        from cards_data.house h where h.id = admin.need_number(p_args, 'house_id', p_where);
    elsif p_whose in ('individual', 'flat') then
        select p.unit_id, p.scope, p.house_id, case p_whose when 'flat' then coalesce(p.parent_id, p.id) else p.id end
        into unit_id, scope, house_id, premises_id
        from cards_data.account a join cards_data.premises p on p.id = a.premises_id
        where a.id = admin.need_number(p_args, 'account_id', p_where);
    else
        perform admin.refuse('KV004', format('%s: «%s» — не чей прибор', p_where, p_whose), null, 'Прибор бывает счёта (individual), квартиры (flat), дома (house)');
    end if;
    if house_id is null then
        perform admin.refuse('KV003', format('%s: счёт или дом не найден или вам не виден', p_where), null, 'Проверьте номер и свой участок');
    end if;
end $$;

-- The serial number of a new meter. The same number of the same service that still hangs elsewhere is a slip, or that one was not taken down.
create function meters.need_serial(p_args jsonb, p_service bigint, p_where text) returns text language plpgsql stable
as $$
declare
    v_serial text := admin.need_text(p_args, 'serial', p_where);
    v_stands text;
begin
    select coalesce(a.address, h.address) into v_stands
    from meters_data.meter m
    join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and not i.void and i.valid_to = 'infinity'
    join cards.house_address h on h.house_id = m.house_id
    left join cards.premises_address a on a.premises_id = m.premises_id
    where m.service_id = p_service and upper(m.serial) = upper(v_serial) limit 1;
    if found then
        perform admin.refuse('KV004', format('%s: прибор %s уже стоит: %s', p_where, v_serial, v_stands), null, 'Проверьте номер; если прибор перенесли, сначала снимите его там');
    end if;
    return v_serial;
end $$;

-- The facts of a meter that begins: in place, its first readings, verified, sealed.
create function meters.put_up(p_meter meters_data.meter, p_args jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_day date := admin.need_date(p_args, 'day', p_where);
    v_initial jsonb[] := meters.need_readings(p_args, 'initial', p_meter.registers, p_where);
    v_key jsonb := jsonb_build_object('meter_id', p_meter.id);
begin
    perform cards.need_kept(cards.centre_since(), v_day, p_where);
    perform admin.fact_assert('meter_installed', v_key, v_day, 'infinity', '{}');
    for v_register in 1..p_meter.registers loop
        perform meters.reading_set(p_meter.id, v_register, v_day, v_initial[v_register], 'initial');
    end loop;
    if p_args ? 'verified_on' then
        perform admin.fact_assert(
            'meter_verified', v_key, admin.need_date(p_args, 'verified_on', p_where),
            case when p_args ? 'verify_by' then admin.need_date(p_args, 'verify_by', p_where) else 'infinity' end,
            jsonb_build_object('certificate', p_args->'certificate')
        );
    elsif p_args ?| '{verify_by,certificate}' then
        perform admin.refuse('KV004', format('%s: не указано, когда прибор поверен', p_where));
    end if;
    if p_args ? 'seal' then
        perform admin.fact_assert('meter_seal', v_key, v_day, 'infinity', jsonb_build_object('number', p_args->'seal', 'act', p_args->'seal_act'));
    end if;
end $$;

-- The facts of a meter that ends: its last readings, no less than those before unless its dial passed the end, and that it is gone.
create function meters.take_down(p_meter meters_data.meter, p_args jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_day date := admin.need_date(p_args, 'day', p_where);
    v_final jsonb[] := meters.need_readings(p_args, 'final', p_meter.registers, p_where);
    v_rolled boolean := coalesce((p_args->>'rolled_over')::boolean, false);
    v_last record;
begin
    perform admin.need_true(admin.need_fact_kind('meter_installed'), jsonb_build_object('meter_id', p_meter.id), v_day);
    for v_register in 1..p_meter.registers loop
        perform meters.reading_set(p_meter.id, v_register, v_day, v_final[v_register], 'removal');
        select r.valid_from, r.value into v_last
        from meters_data.meter_reading r
        where r.meter_id = p_meter.id and r.register = v_register and r.retracted is null and not r.void and r.valid_from <> v_day
        order by r.valid_from desc limit 1;
        if v_last.valid_from > v_day then
            perform admin.refuse(
                'KV004', format('%s: у прибора %s есть показание от %s', p_where, p_meter.serial, to_char(v_last.valid_from, 'DD.MM.YYYY')),
                null, 'Прибор снимают не раньше последнего показания; проверьте день'
            );
        elsif v_last.value > (v_final[v_register] #>> '{}')::numeric then
            if not v_rolled then
                perform admin.refuse(
                    'KV004', format('%s: показание %s меньше прежнего %s', p_where, admin.number_told((v_final[v_register] #>> '{}')::numeric), admin.number_told(v_last.value)),
                    null, 'Проверьте показание; если прибор прошёл через ноль, укажите это'
                );
            end if;
            perform meters.reading_set(p_meter.id, v_register, v_day, v_final[v_register], 'removal', true);
        end if;
    end loop;
    perform admin.fact_assert('meter_installed', jsonb_build_object('meter_id', p_meter.id), v_day, 'infinity', null);
end $$;

-- Handler: {"meter_id", "day", "final", "rolled_over"?}: a meter is taken down and none put up.
create function meters.removal(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_meter meters_data.meter := meters.need_meter(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{meter_id,day,final,rolled_over}', p_kind.title);
    perform billing.lock_units(array[v_meter.unit_id]);
    perform meters.take_down(v_meter, p_args, p_kind.title);
    return '{}';
end $$;

-- Handler: {"meter_id", "day", "final", "rolled_over"?, "serial", "digits"?, "initial", "verified_on"?, "verify_by"?, "certificate"?, "seal"?,
-- "seal_act"?}: takes one meter down and puts another up on the same day.
create function meters.replacement(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_old meters_data.meter := meters.need_meter(p_args, p_kind.title);
    v_new meters_data.meter;
begin
    perform admin.need_only(
        p_args, '{meter_id,day,final,rolled_over,serial,digits,initial,verified_on,verify_by,certificate,seal,seal_act}', p_kind.title
    );
    perform billing.lock_units(array[v_old.unit_id]);
    perform meters.take_down(v_old, p_args, p_kind.title);
    insert into meters_data.meter (unit_id, scope, kind, house_id, premises_id, service_id, serial, digits, registers, ratio, origin)
    values (
        v_old.unit_id, v_old.scope, v_old.kind, v_old.house_id, v_old.premises_id, v_old.service_id,
        meters.need_serial(p_args, v_old.service_id, p_kind.title),
        coalesce(case when p_args ? 'digits' then admin.need_number(p_args, 'digits', p_kind.title) end, v_old.digits), v_old.registers, v_old.ratio,
        (admin.current_operation()).id
    )
    returning * into v_new;
    perform meters.put_up(v_new, p_args, p_kind.title);
    perform meters.follow(f, v_old.id, v_new.id, admin.need_date(p_args, 'day', p_kind.title)) from unnest('{route_stop,group_base,group_house}'::text[]) f;
    return jsonb_build_object('meter_id', v_new.id);
end $$;

-- What was true of the old meter beyond itself is true of the new one from that day: its place in a round, the houses of a group and what
-- divides their volume.
create function meters.follow(p_fact text, p_old bigint, p_new bigint, p_day date) returns void language plpgsql
as $$
declare
    v_fact admin_data.fact_kind := admin.need_fact_kind(p_fact);
    v_row jsonb;
    v_key jsonb;
    v_value jsonb;
    v_from date;
begin
    for v_row in execute format(
        'select to_jsonb(f) from %s f where meter_id = $1 and retracted is null and not void and valid_to > $2 order by id', v_fact.fact_table
    ) using p_old, p_day
    loop
        v_from := greatest((v_row->>'valid_from')::date, p_day);
        select jsonb_object_agg(c, v_row->c) into v_key from unnest(v_fact.key_columns) c;
        select coalesce(jsonb_object_agg(c, v_row->c), '{}') into v_value from unnest(v_fact.value_columns) c;
        perform admin.fact_assert(p_fact, v_key, v_from, (v_row->>'valid_to')::date, null);
        perform admin.fact_assert(p_fact, v_key || jsonb_build_object('meter_id', p_new), v_from, (v_row->>'valid_to')::date, v_value);
    end loop;
end $$;
