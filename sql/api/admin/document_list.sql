-- The list of the archive.

-- The filter as conditions on d and k: a number, an account or words of the title; kind; days of making.
create function admin.document_where(p_line text, p_kind text, p_from date, p_to date) returns text language plpgsql stable
as $$
declare
    v_line text := btrim(coalesce(p_line, ''));
    v_account bigint := (select id from cards_data.account where number = v_line);
begin
    return concat_ws(' and ',
        'admin.reads_documents(k.roles)',
        case when p_kind is not null then format('d.kind = %L', p_kind) end,
        case when p_from is not null then format('d.created_at >= %L::date', p_from) end,
        case when p_to is not null then format('d.created_at < %L::date', p_to + 1) end,
        case when v_line = '' then null
             when v_account is not null then format(
                 '(d.number = upper(%L) or d.subject_kind = ''account'' and d.subject_id = %s)', v_line, v_account)
             else format('(d.number = upper(%1$L) or d.title ilike %2$L)', v_line, '%' || replace(replace(v_line, '\', '\\'), '%', '\%') || '%')
        end);
end $$;

-- A page of the archive, the latest first. p_after: {"place"} of the last row seen.
create function admin.document_list(
    p_line text default null, p_kind text default null, p_from date default null, p_to date default null, p_after jsonb default null, p_limit int default 100
)
returns table (
    id uuid, place bigint, number text, kind text, kind_title text, title text, subject text, as_of date, operator text, full_name text,
    created_at timestamptz, size bigint
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    return query execute format(
        'select h.id, h.place, h.number, h.kind, h.kind_title, h.title, h.subject, h.as_of, h.operator, h.full_name, h.created_at, h.size
         from (
             select d.id from admin_data.document d join admin_data.document_kind k on k.name = d.kind
             where %s and ($1 is null or d.place < $1) order by d.place desc limit $2
         ) page join admin.document_head h on h.id = page.id order by h.place desc',
        admin.document_where(p_line, p_kind, p_from, p_to)
    ) using (p_after->>'place')::bigint, least(greatest(p_limit, 0), 2000);
end $$;

-- How many there are, 10 001 at most.
create function admin.document_count(p_line text default null, p_kind text default null, p_from date default null, p_to date default null)
returns bigint language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_count bigint;
begin
    execute format('select count(*) from (select from admin_data.document d join admin_data.document_kind k on k.name = d.kind where %s limit 10001) bounded',
        admin.document_where(p_line, p_kind, p_from, p_to)) into v_count;
    return v_count;
end $$;
