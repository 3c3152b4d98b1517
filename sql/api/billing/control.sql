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
        perform admin.refuse('KV013', format('Контроль месяца %s ещё не проведён', to_char(p_month, 'MM.YYYY')), null, 'Проведите контроль: экран 413 или kvartal control');
    elsif v_control.state is distinct from billing.control_state(p_month) or exists (select from billing_data.queue) then
        perform admin.refuse('KV013', format('После контроля месяца %s данные изменились', to_char(p_month, 'MM.YYYY')), null, 'Проведите контроль заново: экран 413 или kvartal control');
    end if;
    return v_control;
end $$;

-- What a control stops the month for and nobody has accepted, neither the kind nor each finding of it; null where nothing is left.
create function billing.control_left(p_control uuid) returns text language sql stable
as $$
    select string_agg(format('%s — %s', k.title, admin.number_told(c.findings - a.rows)), '; ' order by k.sort)
    from billing_data.control_count c
    join billing_data.control_kind k on k.code = c.kind
    cross join lateral (
        select count(*) as rows from billing_data.control_finding_acceptance f where f.control_id = c.control_id and f.kind = c.kind
    ) a
    where c.control_id = p_control and c.stops and a.rows < c.findings
        and not exists (select from billing_data.control_acceptance w where w.control_id = c.control_id and w.kind = c.kind)
$$;

-- The gate before paper: the last control of the month is of the bills as they are, and somebody has signed it.
create function billing.need_signature(p_month date) returns void language plpgsql stable
as $$
declare
    v_control billing_data.control := billing.need_control(p_month);
begin
    if not exists (select from billing_data.control_signature where control_id = v_control.id) then
        perform admin.refuse('KV013', format('Контроль месяца %s не подписан', to_char(p_month, 'MM.YYYY')), billing.control_left(v_control.id),
            'Исправьте найденное или примите его и подпишите контроль: экран 413 или kvartal control --sign');
    end if;
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
        perform admin.refuse('KV006', format('Месяц %s не рассчитан', to_char(v_month.month, 'MM.YYYY')), null, 'Рассчитайте месяц: экран 410 или kvartal charge');
    elsif v_month.state <> 'charged' then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(v_month.month, 'MM.YYYY')));
    end if;
    return admin.order_job(p_kind, jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM')));
end $$;

-- Handler: {"month", "kinds": ["bill_fold", …]}, or one finding of a kind {"month", "kind", "number"}, or a kind by itself {"month", "kind"}: what
-- was found is right, on the ground of the operation.
create function billing.control_accept(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
    v_kinds jsonb := coalesce(p_args->'kinds', case when p_args ? 'kind' then jsonb_build_array(p_args->'kind') end);
    v_control billing_data.control;
    v_unknown text;
    v_number bigint;
begin
    perform admin.need_only(p_args, '{month,kinds,kind,number}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if jsonb_typeof(v_kinds) is distinct from 'array' or jsonb_array_length(v_kinds) = 0 then
        perform admin.refuse('KV004', format('%s: не сказано, какие находки приняты', p_kind.title));
    end if;
    v_control := billing.need_control(v_month.month);
    select k into v_unknown from jsonb_array_elements_text(v_kinds) k
    where not exists (select from billing_data.control_count c where c.control_id = v_control.id and c.kind = k) limit 1;
    if found then
        perform admin.refuse('KV004', format('Контроль не нашёл ничего вида «%s»', v_unknown), null, 'Виды находок показывает kvartal control');
    end if;
    if p_args ? 'number' then
        v_number := admin.need_number(p_args, 'number', p_kind.title);
        if not billing.control_found(v_control.id, p_args->>'kind', v_number) then
            perform admin.refuse('KV003', format('Находки № %s в контроле нет', v_number), null, 'Откройте находки заново: контроль провели ещё раз');
        end if;
        insert into billing_data.control_finding_acceptance (control_id, kind, number, operation)
        values (v_control.id, p_args->>'kind', v_number, v_operation.id) on conflict do nothing;
    else
        insert into billing_data.control_acceptance (control_id, kind, operation)
        select distinct v_control.id, k, v_operation.id from jsonb_array_elements_text(v_kinds) k
        on conflict do nothing;
    end if;
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
    v_open := billing.control_left(v_control.id);
    if v_open is not null then
        perform admin.refuse('KV013', format('Контроль месяца %s нашёл то, что никем не принято', to_char(v_month.month, 'MM.YYYY')), v_open,
            'Исправьте найденное или примите его с основанием');
    end if;
    insert into billing_data.control_signature (control_id, operation) values (v_control.id, (admin.current_operation()).id) on conflict do nothing;
    return jsonb_build_object('control', v_control.id);
end $$;
