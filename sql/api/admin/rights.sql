-- What an operator may do, told at the login and when it changes: a workstation offers nothing else. Grants and the door decide all the same.

-- Whose job it is to call a function; most are for every operator.
create function admin.callers(p_function text) returns name[] language sql immutable
as $$
    select case p_function
        when 'passport.card_open' then '{kvartal_passport,kvartal_debt,kvartal_centre}'::name[]
        when 'passport.paper_draft' then '{kvartal_passport,kvartal_centre}'::name[]
        else '{kvartal_operator}'::name[]
    end
$$;

create function admin.may_call(p_function text) returns boolean language sql stable
as $$ select exists (select from unnest(admin.callers(p_function)) r where pg_has_role(admin.operator(), r, 'member')) $$;

-- {"operations": kinds of operation, "relations": views and functions, "screens": codes of the menu, "closed": codes that stand in the
-- menus of others only}. The grants themselves are read, of the schemas with an API only: has_function_privilege looks every function up in
-- caches that a fresh session has yet to fill, and the server's own functions are eight times as many as ours.
create function admin.my_rights() returns jsonb language sql stable
as $$
    with me as materialized (
        select r.oid as role, r.rolname as name from pg_roles r where pg_has_role(admin.operator(), r.oid, 'member')
        union all
        select 0, 'public'
    ), mine as materialized (
        select array_agg(m.role) as roles, array_agg(m.name) as names from me m
    ), ours as materialized (
        select n.oid, n.nspname from pg_namespace n join pg_namespace d on d.nspname = n.nspname || '_data'
    ), granted as materialized (
        select n.nspname || '.' || p.proname as name
        from ours n cross join lateral (select f.* from pg_proc f where f.pronamespace = n.oid offset 0) p
        where exists (
            select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            where a.privilege_type = 'EXECUTE' and a.grantee = any ((select m.roles from mine m)::oid[])
        )
    ), relations as (
        select n.nspname || '.' || c.relname as name
        from ours n join pg_class c on c.relnamespace = n.oid
        where c.relkind = 'v' and exists (
            select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
            where a.privilege_type = 'SELECT' and a.grantee = any ((select m.roles from mine m)::oid[])
        )
        union all
        select g.name from granted g where admin.callers(g.name) && (select m.names from mine m)
    ), menu as materialized (
        select m.code from admin.menu() m
    )
    select jsonb_build_object(
        'operations', (
            select coalesce(jsonb_agg(k.name order by k.name), '[]') from admin_data.operation_kind k
            where exists (select from admin_data.operation_grant g where g.kind = k.name and g.role = any ((select m.names from mine m)::name[]))
        ),
        'relations', (select coalesce(jsonb_agg(r.name order by r.name), '[]') from relations r),
        'screens', (select coalesce(jsonb_agg(m.code order by m.code), '[]') from menu m),
        'closed', (
            select coalesce(jsonb_agg(i.code order by i.code), '[]') from admin_data.menu_item i where i.code not in (select m.code from menu m)
        )
    )
$$;

-- The same, asked in the middle of a session: somebody gave or took a right.
create function admin.session_rights() returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_operator();
    return admin.my_rights();
end $$;
