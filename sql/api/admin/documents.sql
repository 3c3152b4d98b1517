-- The archive of documents: a number inside the operation, the files by the worker, both once and for ever.

-- The next number of a series in the year of a day. None is left out: the row stays locked until the transaction ends.
create function admin.document_number(p_series text, p_day date) returns admin_data.document_series language plpgsql
as $$
declare
    v_row admin_data.document_series;
begin
    insert into admin_data.document_series as s (series, year, last) values (p_series, extract(year from p_day), 1)
    on conflict (series, year) do update set last = s.last + 1
    returning * into v_row;
    return v_row;
end $$;

-- Whose houses a thing belongs to; of what is the whole town's, whoever sees all of it.
create function admin.scope_of(p_kind text, p_id bigint) returns int language plpgsql stable
as $$
declare
    v_scope int := case p_kind
        when 'account' then (select scope from cards_data.account where id = p_id)
        when 'premises' then (select scope from cards_data.premises where id = p_id)
        when 'house' then (select scope from cards_data.house where id = p_id)
        when 'town' then (select id from admin_data.scope where company_id is null and district_id is null and id = any (admin.my_keys()))
    end;
begin
    if v_scope is null then
        perform admin.refuse('KV003', format('Документ не о чем составить: %s', admin.unseen(p_kind)), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    return v_scope;
end $$;

-- Enters a document into the archive and gives its number. Called by the handler of an operation, or by its job: a document whose
-- id is there keeps its number, so that a job begun again draws none anew. Subject: account, premises, house, or town and 0. The number
-- is put among what the document says. People: whose particulars it tells of, besides the one it is about.
create function admin.document_register(
    p_id uuid, p_operation uuid, p_kind text, p_title text, p_subject_kind text, p_subject_id bigint,
    p_person_id bigint default null, p_as_of date default current_date, p_content jsonb default null, p_people bigint[] default null
)
returns text language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_operation admin_data.operation;
    v_kind admin_data.document_kind;
    v_series admin_data.document_series;
    v_number text := (select number from admin_data.document where id = p_id);
begin
    if v_number is not null then
        return v_number;
    end if;
    select * into strict v_operation from admin_data.operation where id = p_operation;
    select * into strict v_kind from admin_data.document_kind where name = p_kind;
    v_series := admin.document_number(v_kind.series, current_date);
    v_number := format('%s-%s/%s', v_series.series, v_series.last, v_series.year);
    insert into admin_data.document (
        id, kind, series, year, series_no, number, title, subject_kind, subject_id, scope, person_id, people, as_of, known, content, operation, operator
    )
    values (
        p_id, p_kind, v_series.series, v_series.year, v_series.last, v_number, p_title, p_subject_kind, p_subject_id,
        admin.scope_of(p_subject_kind, p_subject_id), p_person_id, p_people, p_as_of, v_operation.known,
        p_content || jsonb_build_object('number', v_number), v_operation.id, v_operation.operator
    );
    if p_subject_kind <> 'town' then
        perform admin.touch(p_subject_kind, array[p_subject_id], v_operation.known);
    end if;
    perform admin.touch('person', array[p_person_id], v_operation.known);
    return v_number;
end $$;

-- Keeps a file of a document. The same bytes again are harmless, others are refused: paper is never made anew.
create function admin.document_keep(p_id uuid, p_media text, p_bytes bytea, p_template text default null, p_template_digest bytea default null)
returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_document admin_data.document;
begin
    select * into strict v_document from admin_data.document where id = p_id;
    insert into admin_data.document_file (document_id, media, scope, template, template_digest, digest, size, bytes)
    values (p_id, p_media, v_document.scope, p_template, p_template_digest, sha256(p_bytes), octet_length(p_bytes), p_bytes)
    on conflict (document_id, media) do nothing;
    if not found and (select digest from admin_data.document_file where document_id = p_id and media = p_media) <> sha256(p_bytes) then
        perform admin.refuse('KV009', format('Документ %s уже составлен, с другим содержанием', v_document.number), null, 'Составьте новый документ: у него будет свой номер');
    end if;
end $$;

-- Whether the operator reads documents of a kind.
create function admin.reads_documents(p_roles name[]) returns boolean language sql stable
set search_path = pg_catalog, pg_temp
as $$ select exists (select from unnest(p_roles) r where pg_has_role(admin.operator(), r, 'member')) $$;

-- What a document is about, in words.
create function admin.document_subject(p_kind text, p_id bigint) returns text language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select case when p_kind = 'town' then 'весь город' else admin.object_title(p_kind, p_id) end $$;

-- The document, if the operator may read it.
create function admin.need_document(p_id uuid) returns admin_data.document language plpgsql stable
as $$
declare
    v_document admin_data.document;
begin
    perform admin.need_operator();
    select * into v_document from admin_data.document where id = p_id;
    if not found then
        perform admin.refuse('KV003', 'Документ не найден или вам не виден', null, 'Найдите его в архиве документов');
    end if;
    if not admin.reads_documents((select roles from admin_data.document_kind where name = v_document.kind)) then
        perform admin.refuse('KV001', format('Нет права читать документ %s', v_document.number), null, 'Право даёт администратор');
    end if;
    return v_document;
end $$;

-- The id behind a number typed by hand.
create function admin.document_by_number(p_number text) returns uuid language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_id uuid := (select id from admin_data.document where number = upper(btrim(p_number)));
begin
    if v_id is null then
        perform admin.refuse('KV003', format('Документ № %s не найден или вам не виден', p_number), null, 'Номер пишется так: С-15/2026');
    end if;
    return v_id;
end $$;

-- Bytes of a file, from the given one on, so that a bundle is read in parts. Reading a personal document is written down, each part:
-- there is no way past it. Purpose: view, get, print.
create function admin.document_read(p_id uuid, p_media text, p_purpose text, p_from int default 0, p_length int default 4194304)
returns bytea language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_document admin_data.document := admin.need_document(p_id);
    v_part bytea;
begin
    select substring(bytes from p_from + 1 for least(p_length, 16777216)) into v_part
    from admin_data.document_file where document_id = p_id and media = p_media;
    if not found then
        perform admin.refuse('KV003', format('У документа %s нет файла этого вида', v_document.number), p_media,
            'Если документ только что заказан, дождитесь обработчика');
    end if;
    perform admin.document_seen(v_document, p_purpose);
    return v_part;
end $$;

-- Writes a reading down: of a personal document, and of the cards of everybody it tells of.
create function admin.document_seen(p_document admin_data.document, p_purpose text) returns void language sql
as $$
    insert into admin_data.document_reading (document_id, operator, purpose)
    select p_document.id, admin.operator(), p_purpose from admin_data.document_kind k where k.name = p_document.kind and k.is_personal;
    insert into passport_data.card_reading (person_id, operator)
    select person_id, admin.operator() from unnest(p_document.people) person_id order by 1
$$;

-- What a document says as a matrix printer types it, line by line; a form feed alone stands between two pages: {"lines"}.
create function admin.document_open(p_id uuid) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_document admin_data.document := admin.need_document(p_id);
    v_text text := (select convert_from(bytes, 'UTF8') from admin_data.document_file where document_id = p_id and media = 'text/plain');
begin
    if v_text is null then
        return jsonb_build_object('lines', jsonb_build_array(case
            when exists (select from admin_data.document_file where document_id = p_id) then 'Текста у документа нет: его печатают или берут файлом.'
            else format('Документ %s ещё составляется: откройте его чуть позже.', v_document.number) end));
    end if;
    perform admin.document_seen(v_document, 'view');
    return jsonb_build_object('lines', to_jsonb(string_to_array(rtrim(regexp_replace(v_text, E'\n?\f', E'\n\f\n', 'g'), E'\f\r\n'), E'\n')));
end $$;
