-- The journal of operations: all of it for the centre, everybody's own, and that of one thing for whoever sees the thing.

-- The filter of the list, as conditions on o; refuses nothing: what cannot be there is not found.
create function admin.journal_where(p_operator text, p_kind text, p_subject text, p_from date, p_to date) returns text language plpgsql stable
as $$
declare
    v_where text[] := '{}';
    v_account bigint;
begin
    if not pg_has_role(admin.operator(), 'kvartal_centre', 'member') then
        v_where := v_where || format('o.operator = %L', admin.operator());
    elsif not admin.sees_everything() then
        v_where := v_where || format('(o.operator = %L or admin.visible_operation(o.known))', admin.operator());
    end if;
    v_where := v_where || case when p_operator is not null then format('o.operator = %L::name', p_operator) end
        || case when p_kind is not null then format('o.kind = %L', p_kind) end
        || case when p_from is not null then format('o.at >= %L::date', p_from) end
        || case when p_to is not null then format('o.at < %L::date', p_to + 1) end;
    if coalesce(btrim(p_subject), '') <> '' then
        select id into v_account from cards_data.account where number = btrim(p_subject);
        v_where := v_where || case
            when found then format(
                'o.known in (select s.known from admin.journal_subjects(''account'', %s) j
                 join admin_data.operation_subject s on s.kind = j.kind and s.object_id = j.object_id)', v_account)
            else format('(o.subject ilike %1$L or o.ground ilike %1$L)', '%' || btrim(p_subject) || '%')
        end;
    end if;
    return coalesce((select string_agg(w, ' and ') from unnest(v_where) w where w is not null), 'true');
end $$;

-- A page of the journal, the latest first. p_after: {"known"} of the last row seen.
create function admin.journal_list(
    p_operator text default null, p_kind text default null, p_subject text default null, p_from date default null, p_to date default null,
    p_after jsonb default null, p_limit int default 100
)
returns table (
    id uuid, known bigint, at timestamptz, operator text, full_name text, kind text, title text, subject text, ground text, undo text, undone boolean,
    can_undo boolean, undo_refusal text
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    return query execute format(
        'select r.* from (select o.known from admin_data.operation o where %s and ($1 is null or o.known < $1) order by o.known desc limit $2) page
         cross join lateral admin.journal_row(page.known) r order by r.known desc',
        admin.journal_where(p_operator, p_kind, p_subject, p_from, p_to)
    ) using (p_after->>'known')::bigint, least(greatest(p_limit, 0), 2000);
end $$;

-- How many there are, 10 001 at most.
create function admin.journal_count(
    p_operator text default null, p_kind text default null, p_subject text default null, p_from date default null, p_to date default null
) returns bigint language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_count bigint;
begin
    execute format('select count(*) from (select from admin_data.operation o where %s limit 10001) bounded',
        admin.journal_where(p_operator, p_kind, p_subject, p_from, p_to)) into v_count;
    return v_count;
end $$;

-- Why operations of a kind are never undone, and what to do instead; null where they can be.
create function admin.never_undone(p_kind admin_data.operation_kind) returns text language sql stable
as $$
    select case when p_kind.undo = 'never' then format('Операция «%s» не отменяется. %s', p_kind.title, p_kind.undo_reason) end
$$;

-- One operation as a row of a journal.
create function admin.journal_row(p_known bigint)
returns table (
    id uuid, known bigint, at timestamptz, operator text, full_name text, kind text, title text, subject text, ground text, undo text, undone boolean,
    can_undo boolean, undo_refusal text
)
language sql stable
as $$
    select o.id, o.known, o.at, o.operator::text, p.full_name, o.kind, k.title, coalesce(o.subject, admin.subject_told(o.known)), o.ground, k.undo,
        u.undone, k.undo <> 'never' and not u.undone, coalesce(admin.never_undone(k), case when u.undone then 'Операция уже отменена' end)
    from admin_data.operation o
    join admin_data.operation_kind k on k.name = o.kind
    cross join lateral (
        select exists (select from admin_data.operation_subject s where s.kind = 'operation' and s.object_id = o.known)
    ) u (undone)
    left join admin_data.operator p on p.login = o.operator
    where o.known = p_known
$$;

-- The operations on one thing and on what belongs to it, by its index and before anything is asked of each: asked of the whole book,
-- the right to see an operation costs as much as the book is long.
create function admin.journal_touched(p_kind text, p_id bigint, p_before bigint) returns table (known bigint) language plpgsql stable
as $$
begin
    return query
        select distinct s.known
        from admin.journal_subjects(p_kind, p_id) j
        cross join lateral (
            select o.known from admin_data.operation_subject o
            where o.kind = j.kind and o.object_id = j.object_id and (p_before is null or o.known < p_before)
        ) s
        order by s.known desc;
end $$;

-- The journal of one thing: account, premises, house, person, meter, tariff …; empty where the operator does not see it.
create function admin.journal_of(p_kind text, p_id bigint, p_after jsonb default null, p_limit int default 100)
returns table (
    id uuid, known bigint, at timestamptz, operator text, full_name text, kind text, title text, subject text, ground text, undo text, undone boolean,
    can_undo boolean, undo_refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select r.*
    from (
        select touched.known
        from admin.journal_touched(p_kind, p_id, (p_after->>'known')::bigint) touched
        where admin.visible_operation(touched.known)
        order by touched.known desc limit least(greatest(p_limit, 0), 2000)
    ) page
    cross join lateral admin.journal_row(page.known) r
    order by r.known desc
$$;

create function admin.journal_of_count(p_kind text, p_id bigint) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from admin.journal_touched(p_kind, p_id, null) touched
        where admin.visible_operation(touched.known) limit 10001
    ) bounded
$$;
