-- Orders to print: made by the door, done by the delivery of the worker or, where the printer is the operator's own, by his workstation.

-- Handler: {"document", "printer", "copies"?, "as_copy"?}. Answers with "print_here" where the workstation itself has to print.
create function admin.print_order(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_document admin_data.document := admin.need_document(admin.need_text(p_args, 'document', p_kind.title)::uuid);
    v_printer admin_data.printer := admin.need_printer(admin.need_text(p_args, 'printer', p_kind.title));
begin
    perform admin.need_only(p_args, '{document,printer,copies,as_copy}', p_kind.title);
    perform admin.need_printable(v_document, v_printer);
    perform admin.print_instead(v_document.id, v_operation.operator);
    insert into admin_data.print_order (id, operation, document_id, scope, printer_id, copies, as_copy, operator)
    values (
        v_operation.id, v_operation.id, v_document.id, v_document.scope, v_printer.id, coalesce((p_args->>'copies')::smallint, 1),
        coalesce((p_args->>'as_copy')::boolean, false), v_operation.operator
    );
    if v_document.subject_kind <> 'town' then
        perform admin.touch(v_document.subject_kind, array[v_document.subject_id], v_operation.known);
    end if;
    return admin.print_begin(v_operation.id, v_printer);
end $$;

-- A document ordered again takes the place of the operator's own orders of it that did not come out: whoever presses the key once more
-- after a failure has one sheet, and nothing stays in the list of what did not come out.
create function admin.print_instead(p_document uuid, p_operator name) returns void language sql
as $$
    update admin_data.print_order set state = 'cancelled', ended_at = clock_timestamp()
    where document_id = p_document and operator = p_operator and state = 'failed'
$$;

-- The file a printer takes, as the archive calls it.
create function admin.printer_media(p_prints text) returns text language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select case p_prints when 'text' then 'text/plain' else 'application/pdf' end $$;

-- Whether a printer can print a document: it has such a file, and its lines are not wider.
create function admin.need_printable(p_document admin_data.document, p_printer admin_data.printer) returns void language plpgsql stable
as $$
declare
    v_widest int;
begin
    if not exists (select from admin_data.document_file where document_id = p_document.id) then
        perform admin.refuse('KV006', format('Документ %s ещё составляется', p_document.number), null, 'Повторите, когда обработчик закончит');
    elsif not exists (select from admin_data.document_file where document_id = p_document.id and media = admin.printer_media(p_printer.prints)) then
        perform admin.refuse('KV006',
            format('Документ %s не напечатать на «%s»: %s', p_document.number, p_printer.name,
                case p_printer.prints when 'text' then 'у него нет текста для матричного принтера' else 'у него есть только текст' end),
            null, 'Выберите другой принтер');
    end if;
    if p_printer.prints = 'text' then
        select max(length(l)) into v_widest
        from admin_data.document_file f cross join lateral regexp_split_to_table(convert_from(f.bytes, 'UTF8'), E'[\r\n\f]+') l
        where f.document_id = p_document.id and f.media = 'text/plain';
        if v_widest > p_printer.columns then
            perform admin.refuse('KV006', format('Строка документа %s длиннее строки принтера: %s знаков, а в ней %s', p_document.number, v_widest, p_printer.columns),
                null, 'Выберите принтер с длинной строкой или печатающий PDF');
        end if;
    end if;
end $$;

-- Whom an order is for: the delivery is woken, or the workstation told.
create function admin.print_begin(p_order uuid, p_printer admin_data.printer) returns jsonb language plpgsql
as $$
begin
    if p_printer.way in ('queue', 'folder') then
        perform pg_notify('kvartal_print', p_order::text);
        return jsonb_build_object('print', p_order);
    end if;
    return jsonb_build_object('print', p_order, 'print_here', p_order);
end $$;

-- The order of a number, if it is the operator's or he runs the centre.
create function admin.need_print(p_args jsonb, p_title text) returns admin_data.print_order language plpgsql
as $$
declare
    v_order admin_data.print_order;
begin
    select * into v_order from admin_data.print_order where id = admin.need_text(p_args, 'order', p_title)::uuid for update;
    if not found or v_order.operator <> admin.operator()
        and not (pg_has_role(admin.operator(), 'kvartal_centre', 'member') or pg_has_role(admin.operator(), 'kvartal_admin', 'member'))
    then
        perform admin.refuse('KV003', 'Такой печати нет, или она не ваша', null, 'Печать показывает экран 955');
    end if;
    return v_order;
end $$;

-- Whether an order may be printed again: it failed, was cancelled, or went to the workstation's own printer and nobody said it came out.
create function admin.may_print_again(p_state text, p_way text) returns boolean language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select p_state in ('failed', 'cancelled') or p_state in ('waiting', 'taken') and p_way in ('outbox', 'terminal') $$;

-- Handler: {"order", "printer"?}: prints what did not come out, there or elsewhere.
create function admin.print_again(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_order admin_data.print_order := admin.need_print(p_args, p_kind.title);
    v_printer admin_data.printer;
begin
    perform admin.need_only(p_args, '{order,printer}', p_kind.title);
    select * into v_printer from admin_data.printer where id = v_order.printer_id;
    if v_order.state = 'done' then
        perform admin.refuse('KV006', 'Это уже напечатано', null, 'Ещё один экземпляр печатают с карточки документа');
    elsif not admin.may_print_again(v_order.state, v_printer.way) then
        perform admin.refuse('KV006', 'Это уже печатается', null, 'Дождитесь, что с ним станет: экран 955');
    end if;
    v_printer := admin.need_printer(coalesce(nullif(btrim(p_args->>'printer'), ''), v_printer.name));
    perform admin.need_printable(admin.need_document(v_order.document_id), v_printer);
    update admin_data.print_order set state = 'waiting', printer_id = v_printer.id, reason = null, hint = null, ended_at = null where id = v_order.id;
    return admin.print_begin(v_order.id, v_printer);
end $$;

-- Handler: {"order"}: what has not come out is not printed any more.
create function admin.print_cancel(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_order admin_data.print_order := admin.need_print(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{order}', p_kind.title);
    if v_order.state not in ('waiting', 'failed') then
        perform admin.refuse('KV006', 'Снимать нечего: это уже вышло, печатается или снято', null, 'Снимают то, что ждёт или не вышло');
    end if;
    update admin_data.print_order set state = 'cancelled', ended_at = clock_timestamp() where id = v_order.id;
    return jsonb_build_object('print', v_order.id);
end $$;

-- The workstation takes what it prints itself; what it must know to print.
create function admin.print_take(p_order uuid) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_order admin_data.print_order := admin.need_print(jsonb_build_object('order', p_order), 'Печать');
    v_printer admin_data.printer;
    v_document admin_data.document := admin.need_document(v_order.document_id);
begin
    select * into v_printer from admin_data.printer where id = v_order.printer_id;
    if v_order.state <> 'waiting' or v_printer.way not in ('outbox', 'terminal') then
        perform admin.refuse('KV006', 'Эту печать уже взяли', null, 'Что с ней стало, показывает экран 955');
    end if;
    update admin_data.print_order set state = 'taken', tries = tries + 1 where id = p_order;
    return admin.print_told(v_order, v_document, v_printer);
end $$;

-- What whoever prints must know.
create function admin.print_told(p_order admin_data.print_order, p_document admin_data.document, p_printer admin_data.printer) returns jsonb language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'order', p_order.number, 'document', p_document.id, 'number', p_document.number, 'made_on', p_document.created_at::date, 'way', p_printer.way,
        'target', replace(p_printer.target, '{login}', p_order.operator), 'media', admin.printer_media(p_printer.prints), 'charset', p_printer.charset,
        'copies', p_order.copies, 'as_copy', p_order.as_copy, 'operator', p_order.operator,
        'full_name', (select o.full_name from admin_data.operator o where o.login = p_order.operator)
    )
$$;

-- What became of it at the workstation: done, or failed for a reason.
create function admin.print_ended(p_order uuid, p_spooled text, p_reason text default null, p_hint text default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_order admin_data.print_order := admin.need_print(jsonb_build_object('order', p_order), 'Печать');
begin
    if v_order.state <> 'taken' or (select way from admin_data.printer where id = v_order.printer_id) not in ('outbox', 'terminal') then
        perform admin.refuse('KV006', 'Эту печать никто не брал', null, 'Что с ней стало, показывает экран 955');
    end if;
    update admin_data.print_order
    set state = case when p_reason is null then 'done' else 'failed' end, spooled = p_spooled, reason = p_reason, hint = p_hint, ended_at = clock_timestamp()
    where id = p_order;
end $$;
