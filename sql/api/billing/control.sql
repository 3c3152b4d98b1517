-- The control of a month at the door: ordered, accepted by kind, signed by name.

-- The last control of a month, whatever became of the month since.
create function billing.last_control(p_month date) returns billing_data.control language sql stable
as $$
    select * from billing_data.control where month = p_month order by known desc, made_at desc limit 1
$$;

-- The last control of a month, if it was made of exactly what the bills are now.
create function billing.need_control(p_month date) returns billing_data.control language plpgsql stable
as $$
declare
    v_control billing_data.control := billing.last_control(p_month);
begin
    if v_control.id is null then
        perform admin.refuse('KV013', format('Контроль месяца %s ещё не проведён', to_char(p_month, 'MM.YYYY')), null, 'Проведите контроль: kvartal control');
    elsif v_control.state is distinct from billing.control_state(p_month) or exists (select from billing_data.queue) then
        perform admin.refuse('KV013', format('После контроля месяца %s данные изменились', to_char(p_month, 'MM.YYYY')), null, 'Проведите контроль заново: kvartal control');
    end if;
    return v_control;
end $$;

-- Handler: orders the control of a charged month; the worker makes it.
create function billing.control(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
begin
    perform admin.need_only(p_args, '{month}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if v_month.state = 'collecting' then
        perform admin.refuse('KV006', format('Месяц %s не рассчитан', to_char(v_month.month, 'MM.YYYY')), null, 'Рассчитайте месяц: kvartal charge');
    elsif v_month.state <> 'charged' then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(v_month.month, 'MM.YYYY')));
    end if;
    return admin.order_job(p_kind, jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM')));
end $$;

-- Handler: {"month", "kinds": ["bill_fold", …]}: what was found is right, on the ground of the operation.
create function billing.control_accept(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
    v_control billing_data.control;
    v_kinds text[];
    v_unknown text;
begin
    perform admin.need_only(p_args, '{month,kinds}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if jsonb_typeof(p_args->'kinds') is distinct from 'array' or jsonb_array_length(p_args->'kinds') = 0 then
        perform admin.refuse('KV004', format('%s: не сказано, какие находки приняты', p_kind.title));
    end if;
    v_kinds := array(select jsonb_array_elements_text(p_args->'kinds'));
    v_control := billing.need_control(v_month.month);
    select k into v_unknown from unnest(v_kinds) k
    where not exists (select from billing_data.control_count c where c.control_id = v_control.id and c.kind = k) limit 1;
    if v_unknown is not null then
        perform admin.refuse('KV004', format('Контроль не нашёл ничего вида «%s»', v_unknown), null, 'Виды находок показывает kvartal control');
    end if;
    insert into billing_data.control_acceptance (control_id, kind, operation)
    select distinct v_control.id, k, (admin.current_operation()).id from unnest(v_kinds) k
    on conflict do nothing;
    return jsonb_build_object('control', v_control.id);
end $$;

-- Handler: the month may be printed as it is now, says the operator. Whatever changes afterwards voids it.
create function billing.control_sign(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
    v_control billing_data.control;
    v_open text;
begin
    perform admin.need_only(p_args, '{month}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if v_month.state <> 'charged' then
        perform admin.refuse('KV006', format('Месяц %s не ждёт подписи: он не рассчитан или уже выпущен', to_char(v_month.month, 'MM.YYYY')));
    end if;
    v_control := billing.need_control(v_month.month);
    select string_agg(format('%s — %s', k.title, c.findings), '; ' order by k.sort) into v_open
    from billing_data.control_count c join billing_data.control_kind k on k.code = c.kind
    where c.control_id = v_control.id and c.stops
        and not exists (select from billing_data.control_acceptance a where a.control_id = c.control_id and a.kind = c.kind);
    if v_open is not null then
        perform admin.refuse('KV013', format('Контроль месяца %s нашёл то, что никем не принято', to_char(v_month.month, 'MM.YYYY')), v_open,
            'Исправьте найденное или примите его с основанием');
    end if;
    insert into billing_data.control_signature (control_id, operation) values (v_control.id, (admin.current_operation()).id) on conflict do nothing;
    return jsonb_build_object('control', v_control.id);
end $$;
