-- Logins. No login role may make roles: this function belongs to a role nobody can log in as, makes only `kv_…` logins and
-- grants only the listed group roles.

-- Makes a login, or gives an existing one a new password and job; of an existing one either may be null and stays. p_verifier is a SCRAM
-- verifier computed in the client.
create function admin.user_make(p_login name, p_verifier text, p_groups name[]) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_group name;
begin
    if p_login !~ '^kv_[a-z0-9_]{1,40}$' then
        perform admin.refuse('KV004', format('Имя входа «%s» не годится', p_login), null, 'Имя начинается с kv_ и состоит из латинских строчных букв, цифр и подчёркиваний');
    end if;
    if p_verifier !~ '^SCRAM-SHA-256\$' or p_verifier is null and not exists (select from pg_roles where rolname = p_login) then
        perform admin.refuse('KV004', 'Пароль передаётся только свёрткой SCRAM-SHA-256');
    end if;
    foreach v_group in array coalesce(p_groups, '{}') loop
        if v_group <> all (admin.group_roles()) then
            perform admin.refuse('KV004', format('Нет группы «%s»', v_group), null, 'Группы: ' || array_to_string(admin.group_roles(), ', '));
        end if;
    end loop;
    if not exists (select from pg_roles where rolname = p_login) then
        execute format('create role %I login password %L', p_login, p_verifier);
        execute format('grant %I to kvartal_worker', p_login);
    elsif p_verifier is not null then
        execute format('alter role %I password %L', p_login, p_verifier);
    end if;
    if p_groups is null then
        return;
    end if;
    -- A new job takes the rights of the old one away.
    foreach v_group in array admin.group_roles() loop
        if v_group = any (p_groups) then
            execute format('grant %I to %I', v_group, p_login);
        elsif pg_has_role(p_login, v_group, 'member') then
            execute format('revoke %I from %I', v_group, p_login);
        end if;
    end loop;
end $$;

-- Gives the caller's own login another password; nobody else's, whatever the arguments.
create function admin.own_password(p_verifier text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if session_user !~ '^kv_[a-z0-9_]{1,40}$' then
        perform admin.refuse('KV001', format('Пароль входа %s меняет администратор сервера', session_user), null, 'Смените его средствами сервера');
    end if;
    if p_verifier is null or p_verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
        perform admin.refuse('KV004', 'Новый пароль передаётся только свёрткой SCRAM-SHA-256', null, 'Смените пароль на экране программы');
    end if;
    execute format('alter role %I password %L', session_user, p_verifier);
end $$;

-- Connections of a session in this database. Their login is compared with the session's own, so that a connection that only calls
-- itself so is not counted, nor ended.
create function admin.session_pids(p_session uuid, p_login name) returns int[] language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(pid), '{}') from pg_stat_activity
    where datname = current_database() and usename = p_login and application_name = 'kvartal ' || p_session and pid <> pg_backend_pid()
$$;

-- Ends connections of one login of the program; says how many.
create function admin.session_kill(p_session uuid, p_login name) returns bigint language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) filter (where pg_terminate_backend(pid))
    from unnest(admin.session_pids(p_session, p_login)) pid where p_login like 'kv\_%'
$$;
