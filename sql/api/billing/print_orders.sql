-- A print run brought to paper: its houses to one printer, in the order of delivery.

-- The run of an id, if the operator sees a house of it.
create function billing.need_print_run(p_id uuid) returns billing_data.print_run language plpgsql stable
as $$
declare
    v_run billing_data.print_run;
begin
    select r.* into v_run from billing_data.print_run r
    where r.id = p_id and exists (select from billing_data.print_bundle b where b.print_run_id = r.id);
    if not found then
        perform admin.refuse('KV003', 'Такой печати нет, или её домов вы не видите', null, 'Печати показывает экран 430');
    end if;
    return v_run;
end $$;

-- Handler: {"print_run", "printer", "from"?, "through"?, "original"?}: orders the houses of a run that are made, or those of some places
-- of it, each sheet after the other; behind a whole run its control sheet. What came out before says that it is a copy, unless the
-- original is wanted again.
create function billing.print_run_print(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_run billing_data.print_run := billing.need_print_run(admin.need_text(p_args, 'print_run', p_kind.title)::uuid);
    v_printer admin_data.printer := admin.need_printer(admin.need_text(p_args, 'printer', p_kind.title));
    v_documents uuid[] := billing.print_run_documents(v_run.id, (p_args->>'from')::int, (p_args->>'through')::int);
begin
    perform admin.need_only(p_args, '{print_run,printer,from,through,original}', p_kind.title);
    if v_printer.way not in ('queue', 'folder') then
        perform admin.refuse('KV006', format('Печать целиком на «%s» не отправить: её листы печатает сервер', v_printer.name), null,
            'Выберите очередь или папку сервера: экран 953');
    elsif v_documents = '{}' then
        perform admin.refuse('KV006', format('В печати № %s на этих местах нет готовых домов', v_run.number), null, 'Места и готовность домов показывает экран 432');
    end if;
    perform admin.need_printable(admin.need_document(d.id), v_printer)
    from unnest(v_documents) d (id)
    where not exists (select from admin_data.document_file f where f.document_id = d.id and f.media = admin.printer_media(v_printer.prints));
    perform admin.print_instead(d.id, v_operation.operator) from unnest(v_documents) d (id);
    insert into admin_data.print_order (id, operation, document_id, scope, printer_id, copies, as_copy, operator)
    select gen_random_uuid(), v_operation.id, d.id, d.scope, v_printer.id, 1,
        not coalesce((p_args->>'original')::boolean, false) and billing.was_printed(d.id), v_operation.operator
    from unnest(v_documents) with ordinality o (id, place)
    join admin_data.document d on d.id = o.id
    order by o.place;
    perform admin.touch('house', array(
        select b.house_id from billing_data.print_bundle b join billing_data.print_bundle_done n on n.print_run_id = b.print_run_id and n.place = b.place
        where b.print_run_id = v_run.id and n.document_id = any (v_documents)
    ), v_operation.known);
    perform pg_notify('kvartal_print', v_operation.id::text);
    return jsonb_build_object('number', v_run.number, 'documents', cardinality(v_documents), 'printer', v_printer.name);
end $$;

-- Files of a run in the order of delivery; of all places the control sheet too, last.
create function billing.print_run_documents(p_run uuid, p_from int, p_through int) returns uuid[] language sql stable
as $$
    select coalesce(array_agg(d.id order by d.place), '{}')
    from (
        select n.document_id as id, n.place from billing_data.print_bundle_done n
        where n.print_run_id = p_run and n.document_id is not null
            and n.place between coalesce(p_from, 1) and coalesce(p_through, 2147483647)
        union all
        select c.id, null from admin_data.document c
        where c.operation = p_run and c.kind = 'billing.print_control' and p_from is null and p_through is null
    ) d
$$;

create function billing.was_printed(p_document uuid) returns boolean language sql stable
as $$ select exists (select from admin_data.print_order o where o.document_id = p_document and o.state = 'done') $$;

-- What the print key offers for a run: the usual printer of those the server prints on, and what of the run came out before.
create function billing.print_run_offer(p_run uuid)
returns table (printer text, houses bigint, sheets bigint, told text) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select admin.usual_printer('billing.invoices', '{queue,folder}'), c.houses, c.sheets,
        case c.printed when 0 then 'ещё не печатали' else format('напечатано домов: %s; снова выйдут с пометкой «копия»', c.printed) end
    from billing.need_print_run(p_run) r
    cross join lateral (
        select count(*) as houses, coalesce(sum(n.sheets), 0)::bigint as sheets, count(*) filter (where billing.was_printed(n.document_id)) as printed
        from billing_data.print_bundle_done n where n.print_run_id = r.id and n.document_id is not null
    ) c
$$;
