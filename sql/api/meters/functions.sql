-- Meters: checks of readings.


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
