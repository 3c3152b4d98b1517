-- Meters: checks of readings, and of what is entered of a meter.

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
        perform admin.refuse('KV004', format('Показание %s больше, чем вмещает прибор %s', admin.number_told((p_value->>'value')::numeric), v_meter.serial),
            format('Цифр до запятой: %s', v_meter.digits));
    end if;
    if not exists (
        select from meters_data.meter_installed i
        where i.meter_id = v_meter.id and i.retracted is null and not i.void and i.valid_from <= p_day and i.valid_to >= p_day
    ) then
        perform admin.refuse('KV004', format('Прибор %s на %s не установлен', v_meter.serial, to_char(p_day, 'DD.MM.YYYY')));
    end if;
    perform meters.doubt_old_reading(p_day);
end $$;

-- A single reading is written without a difference, so whoever types one of months too far back is told where its use is charged.
create function meters.doubt_old_reading(p_day date) returns void language plpgsql stable
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_floor date;
begin
    if v_operation.kind <> 'meters.reading' or admin.is_typed_twice() or admin.is_preview() then
        return;
    end if;
    v_floor := billing.depth_floor(billing.open_month(), v_operation.known);
    if p_day < v_floor and exists (select from billing_data.month m where m.state in ('released', 'sealed') and m.month < v_floor and m.month >= date_trunc('month', p_day)) then
        perform admin.refuse(
            'KV014', format('Показание от %s старше срока перерасчёта: расход по нему — в %s, закрытому счёту — никому', to_char(p_day, 'DD.MM.YYYY'), to_char(v_floor, 'MM.YYYY')),
            null, 'Если показание верно, подтвердите это (в kvartal op — "twice": true)'
        );
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

-- What is entered of a meter begins on a day when it stands in its place.
create function meters.need_installed(p_meter bigint, p_day date, p_where text) returns void language plpgsql stable
as $$
declare
    v_serial text;
begin
    select m.serial into v_serial from meters_data.meter m
    where m.id = p_meter and not exists (
        select from meters_data.meter_installed i
        where i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from <= p_day and i.valid_to > p_day
    );
    if found then
        perform admin.refuse(
            'KV004', format('%s: прибор %s на %s не установлен', p_where, v_serial, to_char(p_day, 'DD.MM.YYYY')), null,
            'Проверьте день: с какого по какой день прибор стоит, видно на его карточке (334)'
        );
    end if;
end $$;

create function meters.check_meter_seal(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select meters.need_installed((p_key->>'meter_id')::bigint, p_day, 'Пломба прибора') where p_value is not null $$;

create function meters.check_meter_no_access(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select meters.need_installed((p_key->>'meter_id')::bigint, p_day, 'Прибор не показали') where p_value is not null $$;

create function meters.check_meter_outage(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select meters.need_installed((p_key->>'meter_id')::bigint, p_day, 'Прибор не учитывается') where p_value is not null $$;

create function meters.check_group_base(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$
    select meters.need_group((p_key->>'meter_id')::bigint, 'Основа деления группового прибора');
    select meters.need_installed((p_key->>'meter_id')::bigint, p_day, 'Основа деления группового прибора') where p_value is not null
$$;

-- Whether what is charged so may have a meter of its own; nobody knows the method of what is not charged.
create function meters.may_be_metered(p_method text) returns boolean language sql immutable
return p_method is null or p_method not in ('area_total', 'area_living', 'quantity', 'ready', 'containers_persons', 'containers_area');

-- Refuses a service of which none of these methods takes a meter. Where nothing is charged yet nothing is known.
create function meters.need_metered(p_service bigint, p_methods text[], p_day date, p_where text) returns void language plpgsql stable
as $$
begin
    if p_methods <> '{}' and not exists (select from unnest(p_methods) m where meters.may_be_metered(m)) then
        perform admin.refuse(
            'KV004', format('%s: у услуги «%s» приборов не бывает', p_where, (select name from cards_data.service where id = p_service)), null,
            format('Проверьте услугу: на %s она начисляется не по объёму', to_char(p_day, 'DD.MM.YYYY'))
        );
    end if;
end $$;

-- No act says that a meter cannot be had where one of that service stands, or where there is nothing to measure.
create function meters.check_meter_exemption(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_serial text;
begin
    select m.serial into v_serial
    from meters_data.meter m
    join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from <= p_day and i.valid_to > p_day
    where m.premises_id = (p_key->>'premises_id')::bigint and m.service_id = (p_key->>'service_id')::bigint limit 1;
    if found and p_value is not null then
        perform admin.refuse(
            'KV004', format('Прибор установить нельзя: на %s в помещении стоит прибор %s', to_char(p_day, 'DD.MM.YYYY'), v_serial), null,
            'Если прибор снят, сначала запишите снятие'
        );
    elsif p_value is not null then
        perform meters.need_metered((p_key->>'service_id')::bigint, array(
            select m from cards_data.account a, cards.method_on(a.id, (p_key->>'service_id')::bigint, p_day) m
            where a.premises_id = (p_key->>'premises_id')::bigint and m is not null
        ), p_day, 'Прибор установить нельзя');
    end if;
end $$;
