-- Meters: checks of readings, replacement.


-- A reading must fit the dial and stand on a day when the meter is in place.
create function meters.check_meter_reading(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_meter meters_data.meter;
begin
    select * into v_meter from meters_data.meter where id = (p_key->>'meter_id')::bigint;
    if not found or p_value is null then
        return; -- fact_place refuses what cannot be seen
    end if;
    if (p_key->>'register')::int not between 1 and v_meter.registers then
        perform admin.refuse('KV004', format('У прибора %s нет регистра %s', v_meter.serial, p_key->>'register'));
    end if;
    if (p_value->>'value')::numeric >= power(10::numeric, v_meter.digits) then
        perform admin.refuse('KV004', format('Показание %s больше, чем вмещает прибор %s', p_value->>'value', v_meter.serial),
            format('Цифр до запятой: %s', v_meter.digits));
    end if;
    if not exists (
        select from meters_data.meter_installed i
        where i.meter_id = v_meter.id and i.retracted is null and not i.void and i.valid_from <= p_day and i.valid_to >= p_day
    ) then
        perform admin.refuse('KV004', format('Прибор %s на %s не установлен', v_meter.serial, to_char(p_day, 'DD.MM.YYYY')));
    end if;
end $$;

-- Handler: {"meter_id", "day", "final": [..], "serial", "digits"?, "initial": [..]}: takes one meter down and puts another up on the same day.
create function meters.replacement(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_day date := admin.need_date(p_args, 'day', p_kind.title);
    v_old meters_data.meter;
    v_new bigint;
    v_register int;
begin
    perform admin.need_only(p_args, '{meter_id,day,final,serial,digits,initial}', p_kind.title);
    select * into v_old from meters_data.meter where id = admin.need_number(p_args, 'meter_id', p_kind.title);
    if not found then
        perform admin.refuse('KV003', format('Прибор № %s не найден или вам не виден', p_args->>'meter_id'));
    end if;
    if jsonb_array_length(coalesce(p_args->'final', '[]')) <> v_old.registers or jsonb_array_length(coalesce(p_args->'initial', '[]')) <> v_old.registers then
        perform admin.refuse('KV004', format('%s: нужны показания каждого регистра (%s)', p_kind.title, v_old.registers));
    end if;
    perform billing.lock_units(array[v_old.unit_id]);
    insert into meters_data.meter (unit_id, scope, kind, house_id, premises_id, service_id, serial, digits, registers, ratio, origin)
    values (v_old.unit_id, v_old.scope, v_old.kind, v_old.house_id, v_old.premises_id, v_old.service_id,
            admin.need_text(p_args, 'serial', p_kind.title), coalesce((p_args->>'digits')::int, v_old.digits), v_old.registers, v_old.ratio,
            (admin.current_operation()).id)
    returning id into v_new;
    for v_register in 1..v_old.registers loop
        perform meters.reading_set(v_old.id, v_register, v_day, p_args->'final'->(v_register - 1), 'removal');
    end loop;
    perform admin.fact_assert('meter_installed', jsonb_build_object('meter_id', v_old.id), v_day, 'infinity', null);
    perform admin.fact_assert('meter_installed', jsonb_build_object('meter_id', v_new), v_day, 'infinity', '{}');
    for v_register in 1..v_old.registers loop
        perform meters.reading_set(v_new, v_register, v_day, p_args->'initial'->(v_register - 1), 'initial');
    end loop;
    return jsonb_build_object('meter_id', v_new);
end $$;

create function meters.reading_set(p_meter bigint, p_register int, p_day date, p_value jsonb, p_source text, p_rolled_over boolean default false)
returns void language plpgsql
as $$
declare
    v_key jsonb := jsonb_build_object('meter_id', p_meter, 'register', p_register);
    v_value jsonb := jsonb_build_object('value', p_value, 'rolled_over', p_rolled_over, 'source', p_source);
begin
    perform meters.check_meter_reading(v_key, p_day, v_value);
    perform admin.fact_assert('meter_reading', v_key, p_day, p_day + 1, v_value);
end $$;
