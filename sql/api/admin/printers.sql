-- Printers, and who prints what where.

-- Handler: {"name", "way", "target"?, "prints"?, "columns"?, "charset"?, "is_active"?}: registers a printer, or says it anew.
create function admin.printer_put(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_name text := btrim(admin.need_text(p_args, 'name', p_kind.title));
    v_way text := admin.need_text(p_args, 'way', p_kind.title);
    v_target text := nullif(btrim(p_args->>'target'), '');
begin
    perform admin.need_only(p_args, '{name,way,target,prints,columns,charset,is_active}', p_kind.title);
    if v_way = 'queue' and v_target ~ '^-|[\s/#]' then
        perform admin.refuse('KV004', format('Очереди «%s» не бывает', v_target), null, 'Имена очередей показывает команда lpstat -e: в них нет пробелов и знаков / и #');
    elsif v_way = 'folder' and v_target !~ '^/' then
        perform admin.refuse('KV004', format('Путь «%s» не начинается от корня', v_target), null, 'Папка сервера пишется целиком: /srv/kvartal/{login}');
    end if;
    insert into admin_data.printer as p (name, way, target, prints, columns, charset, is_active)
    values (
        v_name, v_way, v_target, coalesce(p_args->>'prints', case when v_way = 'terminal' then 'text' else 'pdf' end),
        coalesce((p_args->>'columns')::smallint, 80), coalesce(p_args->>'charset', 'utf-8'), coalesce((p_args->>'is_active')::boolean, true)
    )
    on conflict (name) do update set
        way = excluded.way, target = excluded.target, prints = excluded.prints, columns = excluded.columns, charset = excluded.charset,
        is_active = excluded.is_active;
    return jsonb_build_object('name', v_name);
end $$;

-- The printer of a name that prints.
create function admin.need_printer(p_name text) returns admin_data.printer language plpgsql stable
as $$
declare
    v_printer admin_data.printer;
begin
    select * into v_printer from admin_data.printer where name = btrim(p_name);
    if not found then
        perform admin.refuse('KV004', format('Принтера «%s» нет', p_name), null, 'Выберите из списка: экран 953');
    elsif not v_printer.is_active then
        perform admin.refuse('KV006', format('Принтер «%s» отключён', p_name), null, 'Выберите другой: экран 953');
    end if;
    return v_printer;
end $$;

-- Where the operator prints documents of a kind from now on; without a printer: no more than before he said.
create function admin.printer_default_put(p_kind text, p_printer text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_login name := (admin.need_operator()).login;
begin
    if not exists (select from admin_data.document_kind where name = p_kind) then
        perform admin.refuse('KV004', format('Вида документов «%s» нет', p_kind), null, 'Виды документов показывает экран 957');
    end if;
    delete from admin_data.printer_default where login = v_login and kind = p_kind;
    if nullif(btrim(p_printer), '') is not null then
        insert into admin_data.printer_default (login, kind, printer_id) values (v_login, p_kind, (admin.need_printer(p_printer)).id);
    end if;
end $$;

-- The operator's printer for a kind of document, of those that print in one of these ways: the one he said, else where he printed such a
-- one last, else his outbox.
create function admin.usual_printer(p_kind text, p_ways text[] default '{queue,folder,outbox,terminal}') returns text language sql stable
as $$
    select p.name
    from admin_data.printer p
    left join admin_data.printer_default d on d.printer_id = p.id and d.login = admin.operator() and d.kind = p_kind
    left join lateral (
        select max(o.number) as number from admin_data.print_order o join admin_data.document m on m.id = o.document_id
        where o.printer_id = p.id and o.operator = admin.operator() and m.kind = p_kind
    ) l on true
    where p.is_active and p.way = any (p_ways)
    order by d.login is null, l.number desc nulls last, p.way <> 'outbox', p.id limit 1
$$;

-- What the print key offers for a document: the usual printer, and whether it was printed before, so that the sheet may say that it is a copy.
create function admin.print_offer(p_document uuid)
returns table (printer text, copies int, as_copy boolean, told text) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_document admin_data.document := admin.need_document(p_document);
    v_first timestamptz := (select min(ended_at) from admin_data.print_order where document_id = p_document and state = 'done');
begin
    return query
        select admin.usual_printer(v_document.kind), 1, v_first is not null,
            case when v_first is null then 'ещё не печатали' else 'впервые напечатан ' || to_char(v_first, 'DD.MM.YYYY HH24:MI') end;
end $$;
