-- Acts: how they are written down, added to, withdrawn.

-- Handler: an act about a house, one entrance or one account, with its first interval; times are the house's local ones.
create function claims.act_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_house cards_data.house := cards.need_house(p_args, 'house_id', p_kind.title);
    v_kind claims_data.deficiency;
    v_account bigint;
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
    v_id bigint;
begin
    perform admin.need_only(p_args, '{house_id,service_id,deficiency,entrance,account,number,drawn_on,note,from_day,from_time,to_day,to_time,measured,required}', p_kind.title);
    select d.* into v_kind from claims_data.deficiency d where d.code = admin.need_text(p_args, 'deficiency', p_kind.title);
    if not found or v_kind.service_code is distinct from (select code from cards_data.service where id = v_service) then
        perform admin.refuse('KV004', format('%s: вид отклонения «%s» не подходит к услуге', p_kind.title, p_args->>'deficiency'), null, 'Выберите вид из списка 612');
    end if;
    if nullif(p_args->>'entrance', '') is not null and nullif(p_args->>'account', '') is not null then
        perform admin.refuse('KV004', format('%s: указаны и подъезд, и счёт', p_kind.title), null, 'Укажите одно; пусто — весь дом');
    elsif nullif(p_args->>'account', '') is not null then
        select a.id into v_account from cards_data.account a join cards_data.premises p on p.id = a.premises_id
        where a.number = p_args->>'account' and p.house_id = v_house.id;
        if not found then
            perform admin.refuse('KV003', format('%s: счёта %s в этом доме нет', p_kind.title, p_args->>'account'));
        end if;
    end if;
    -- An act on an entrance without a flat lowers nobody's charge, and nobody would notice.
    if nullif(p_args->>'entrance', '') is not null and not exists (
        select from cards_data.premises p where p.house_id = v_house.id and p.entrance = (p_args->>'entrance')::smallint
    ) then
        perform admin.refuse('KV003', format('%s: подъезда %s в этом доме нет', p_kind.title, p_args->>'entrance'), null,
            'Проверьте номер подъезда; пусто — весь дом');
    end if;
    if admin.need_date(p_args, 'drawn_on', p_kind.title) < admin.need_date(p_args, 'from_day', p_kind.title) then
        perform admin.refuse('KV004', format('%s: акт составлен раньше, чем началось нарушение', p_kind.title), null,
            'Проверьте день составления и день начала');
    end if;
    perform cards.need_kept(cards.house_since(v_house.id), admin.need_date(p_args, 'from_day', p_kind.title), p_kind.title);
    perform billing.lock_units(array[v_house.unit_id]);
    insert into claims_data.act (unit_id, scope, house_id, entrance, account_id, service_id, deficiency_id, number, drawn_on, note, origin)
    values (v_house.unit_id, v_house.scope, v_house.id, (nullif(p_args->>'entrance', ''))::smallint, v_account, v_service, v_kind.id,
        admin.need_text(p_args, 'number', p_kind.title), admin.need_date(p_args, 'drawn_on', p_kind.title), p_args->>'note', (admin.current_operation()).id)
    returning id into v_id;
    perform claims.assert_interval(v_id, v_house.id, 1, p_args, p_kind.title);
    return jsonb_build_object('act_id', v_id);
end $$;

-- Handler: one more interval of an act: another measurement, another outage.
create function claims.act_interval(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_act claims_data.act;
begin
    perform admin.need_only(p_args, '{act_id,from_day,from_time,to_day,to_time,measured,required}', p_kind.title);
    v_act := claims.need_act(admin.need_number(p_args, 'act_id', p_kind.title), p_kind.title);
    perform claims.assert_interval(v_act.id, v_act.house_id,
        (select coalesce(max(interval_no), 0) + 1 from claims_data.undersupply where act_id = v_act.id), p_args, p_kind.title);
    return '{}';
end $$;

-- Handler: the act is withdrawn with all its intervals; bills become what they would be without it.
create function claims.act_withdraw(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_act claims_data.act;
    v_row claims_data.undersupply;
    v_count int := 0;
begin
    perform admin.need_only(p_args, '{act_id}', p_kind.title);
    v_act := claims.need_act(admin.need_number(p_args, 'act_id', p_kind.title), p_kind.title);
    perform billing.lock_units(array[v_act.unit_id]);
    for v_row in select * from claims_data.undersupply where act_id = v_act.id and retracted is null and not void loop
        perform admin.fact_assert('undersupply',
            jsonb_build_object('house_id', v_act.house_id, 'act_id', v_act.id, 'interval_no', v_row.interval_no), v_row.valid_from, v_row.valid_to, null);
        v_count := v_count + 1;
    end loop;
    if v_count = 0 then
        perform admin.refuse('KV010', format('%s: акт %s уже отозван', p_kind.title, v_act.number));
    end if;
    return jsonb_build_object('withdrawn', v_count);
end $$;

create function claims.need_act(p_act numeric, p_where text) returns claims_data.act language plpgsql stable
as $$
declare
    v_act claims_data.act;
begin
    select * into v_act from claims_data.act where id = p_act;
    if not found then
        perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('act')), null, 'Выберите акт заново: экран 610');
    end if;
    return v_act;
end $$;

-- An interval is true for the days it touches.
create function claims.assert_interval(p_act bigint, p_house bigint, p_no int, p_args jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_other claims_data.undersupply;
    v_from timestamp := claims.need_moment(p_args, 'from', p_where);
    v_to timestamp := claims.need_moment(p_args, 'to', p_where);
    v_measured text;
    v_measure text;
begin
    select d.measured, d.measure into v_measured, v_measure
    from claims_data.act a join claims_data.deficiency d on d.id = a.deficiency_id where a.id = p_act;
    if v_from >= v_to then
        perform admin.refuse('KV004', format('%s: окончание %s не позже начала %s', p_where, to_char(v_to, 'DD.MM.YYYY HH24:MI'), to_char(v_from, 'DD.MM.YYYY HH24:MI')));
    elsif v_to - v_from > interval '366 days' then
        perform admin.refuse('KV004', format('%s: промежуток дольше года', p_where), null, 'Проверьте даты');
    elsif v_measured in ('%', '°C') and p_args->>'measured' is null and v_measure <> 'interruption' then
        perform admin.refuse('KV004', format('%s: не указано, сколько измерено (%s)', p_where, v_measured));
    end if;
    -- An hour is paid less for once.
    select * into v_other from claims_data.undersupply u
    where u.act_id = p_act and u.retracted is null and not u.void and u.started_at < v_to and u.ended_at > v_from
    order by u.started_at limit 1;
    if found then
        perform admin.refuse(
            'KV004', format(
                '%s: в акте уже есть промежуток с %s по %s', p_where, to_char(v_other.started_at, 'DD.MM.YYYY HH24:MI'), to_char(v_other.ended_at, 'DD.MM.YYYY HH24:MI')
            ),
            null, 'Промежутки одного акта не пересекаются: исправьте начало или окончание'
        );
    end if;
    perform admin.fact_assert('undersupply', jsonb_build_object('house_id', p_house, 'act_id', p_act, 'interval_no', p_no),
        v_from::date, (v_to - interval '1 second')::date + 1,
        jsonb_build_object('started_at', v_from, 'ended_at', v_to, 'measured', p_args->'measured', 'required', p_args->'required'));
end $$;

-- A day and a time of the day: 08:00, or 24:00 for its end.
create function claims.need_moment(p_args jsonb, p_which text, p_where text) returns timestamp language plpgsql immutable
as $$
declare
    v_time text := coalesce(nullif(p_args->>(p_which || '_time'), ''), '00:00');
begin
    if v_time !~ '^([01]?\d|2[0-3])[:.][0-5]\d$' and v_time <> '24:00' then
        perform admin.refuse('KV004', format('%s: «%s» — не время', p_where, v_time), null, 'Время пишется так: 08:30');
    end if;
    return admin.need_date(p_args, p_which || '_day', p_where) + replace(v_time, '.', ':')::interval;
end $$;

-- What an act took off, all its accounts together and this service alone, in the months that stand now.
create function claims.act_effect(p_act bigint) returns table (accounts bigint, amount numeric) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(distinct l.account_id), coalesce(sum(l.amount), 0)
    from claims_data.act c
    join claims_data.undersupply u on u.act_id = c.id and u.retracted is null and not u.void
    join cards_data.premises p on p.house_id = c.house_id and (c.entrance is null or p.entrance = c.entrance)
    join cards_data.account a on a.premises_id = p.id and (c.account_id is null or a.id = c.account_id)
    join billing_data.month m on m.run is not null
    join billing_data.line l on l.run = m.run and l.account_id = a.id and l.service_id = c.service_id and l.component = 41
        and l.source_month between date_trunc('month', u.valid_from) and u.valid_to
    where c.id = p_act and u.interval_no = (select min(x.interval_no) from claims_data.undersupply x where x.act_id = c.id and x.retracted is null and not x.void)
$$;

-- Past the bound it is charged at the price of a service there is; nothing is reduced by more than all of it.
create function claims.check_deficiency_limit(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if p_value->>'priced_as' is not null and not exists (select from cards_data.service s where s.code = p_value->>'priced_as') then
        perform admin.refuse(
            'KV004', format('Изменение предела отклонения: услуги с кодом «%s» нет', p_value->>'priced_as'), null,
            'Код — латинскими буквами, как у холодной воды: cold_water'
        );
    elsif (p_value->>'rate')::numeric > 100 then
        perform admin.refuse('KV004', format('Изменение предела отклонения: снижение на %s процентов больше всей платы', p_value->>'rate'), null,
            'Снижение — в процентах платы за расчётный период: 0,15');
    end if;
end $$;
