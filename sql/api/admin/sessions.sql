-- Sessions of workstations: begun at login, kept while somebody types, continued after a lost line. Nobody reads another's.

-- Every call begins here: the operator, or a refusal.
create function admin.need_operator() returns admin_data.operator language plpgsql stable
as $$
declare
    v_operator admin_data.operator;
begin
    select * into v_operator from admin_data.operator where login = admin.operator();
    if not found then
        perform admin.refuse('KV001', 'Вход не заведён как оператор программы', null, 'Обратитесь к администратору');
    elsif not v_operator.active then
        perform admin.refuse('KV001', format('Вход %s отключён', v_operator.login), null, 'Обратитесь к администратору');
    end if;
    return v_operator;
end $$;

-- Versions compare number by number: 0.10.0 is later than 0.9.3.
create function admin.version_numbers(p_version text) returns int[] language sql immutable
as $$ select coalesce(array_agg(left(n, 9)::int order by place), '{}') from regexp_split_to_table(p_version, '[^0-9]+') with ordinality v (n, place) where n <> '' $$;

-- The oldest program this database answers as it expects: version and number of the contract, as the program tells them (db::program).
create function admin.least_program() returns text language sql immutable
as $$ select '0.1.0+2' $$;

-- Begins a session of a workstation and says all it needs before its first screen: who this is, and the sessions that were left
-- open. Refuses a program older than the database knows, or than the setting least_version. p_kind is what TERM says.
create function admin.session_begin(p_terminal text, p_host text, p_version text, p_kind text default '') returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_operator admin_data.operator := admin.need_operator();
    v_least text := (
        select v from (select value as v from admin_data.setting where name = 'least_version' union all select admin.least_program()) least
        order by admin.version_numbers(v) desc limit 1
    );
    v_session uuid;
begin
    if admin.version_numbers(p_version) < admin.version_numbers(v_least) then
        perform admin.refuse('KV012', format('Программа версии %s устарела, нужна %s или новее', p_version, v_least), null, 'Обновите программу или обратитесь к администратору');
    end if;
    delete from admin_data.session where last_key_at < clock_timestamp() - interval '7 days';
    insert into admin_data.session (login, terminal, host, version, kind)
    values (v_operator.login, coalesce(p_terminal, ''), coalesce(p_host, ''), p_version, coalesce(p_kind, '')) returning id into v_session;
    perform admin.session_mark(v_session);
    return jsonb_build_object(
        'session', v_session, 'login', v_operator.login, 'full_name', v_operator.full_name, 'job', v_operator.job,
        'roles', (select coalesce(jsonb_agg(r order by r), '[]') from unnest(admin.group_roles()) r where pg_has_role(v_operator.login, r, 'member')),
        'rights', admin.my_rights(),
        'new_terminal', p_kind <> '' and not exists (
            select from admin_data.terminal t where t.login = v_operator.login and t.kind = p_kind and t.host = coalesce(p_host, '')
        ),
        'must_change_password', v_operator.must_change_password,
        'settings', (select coalesce(jsonb_object_agg(s.name, s.value), '{}') from admin.my_settings() s),
        'continue', admin.sessions_left(v_session)
    );
end $$;

-- The test of keys was offered on the terminal of a session: it is not offered there again.
create function admin.terminal_met(p_session uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_session admin_data.session := admin.need_session(p_session);
begin
    insert into admin_data.terminal (login, kind, host) values (v_session.login, v_session.kind, v_session.host) on conflict do nothing;
end $$;

-- The second connection of a workstation joins its session, so that a take-over ends both. A session an administrator ended is joined by
-- nobody: the lock waits for one who is just ending it. Whose login was switched off is told that instead.
create function admin.session_join(p_session uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_operator();
    perform from admin_data.session where id = p_session and login = admin.operator() for share;
    if (admin.need_session(p_session)).closed_at is not null then
        perform admin.refuse('KV001', 'Администратор завершил этот сеанс', null, 'Войдите снова: набранное сохранено, его предложат продолжить');
    end if;
    perform admin.session_mark(p_session);
end $$;

-- Puts the session's number on this connection, where admin.session_backends looks for it. Questions of a workstation are short: what
-- the server would compile for one of them takes longer than to answer it.
create function admin.session_mark(p_session uuid) returns void language sql
as $$ select set_config('application_name', 'kvartal ' || p_session, false), set_config('jit', 'off', false) $$;

-- The operator's own session, not ended.
create function admin.need_session(p_session uuid) returns admin_data.session language plpgsql stable
as $$
declare
    v_session admin_data.session;
begin
    select * into v_session from admin_data.session where id = p_session and login = admin.operator() and ended_at is null;
    if not found then
        perform admin.refuse('KV003', 'Сеанс не найден, уже закончен или не ваш', null, 'Войдите в программу заново');
    end if;
    return v_session;
end $$;

-- The operator's other open sessions that nobody goes on with, the latest first; "left": the workstation was left in order, only its drafts wait.
create function admin.sessions_left(p_but uuid) returns jsonb language sql stable
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'session', s.id, 'terminal', s.terminal, 'host', s.host, 'started_at', s.started_at, 'last_key_at', s.last_key_at,
        'minute', to_char(s.last_key_at, 'HH24:MI'), 'screen', s.screen, 'title', s.resume->>'title',
        'left', coalesce((s.resume->>'left')::boolean, false), 'alive', admin.session_backends(s.id) > 0
    ) order by s.last_key_at desc), '[]')
    from admin_data.session s
    where s.login = admin.operator() and s.ended_at is null and s.id <> p_but and s.resume is not null
        and admin.session_is_handed(s, p_but) is not true
$$;

-- Keeps what brings the screens back; called some 300 ms after the last key, with synchronous_commit off. False: the session was
-- taken over or ended, and the workstation is to leave.
create function admin.session_keep(p_session uuid, p_resume jsonb, p_screen text default null) returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp
set synchronous_commit = off
as $$
begin
    perform admin.need_short(p_resume);
    update admin_data.session
    set resume = p_resume, screen = p_screen, last_key_at = clock_timestamp()
    where id = p_session and login = admin.operator() and ended_at is null;
    return found and not exists (select from admin_data.session where id = p_session and take_asked_at is not null);
end $$;

-- Takes in a record that a workstation could not keep because the database was away when it left: it becomes that of its session, or of a
-- new one where the session was gone on with elsewhere meanwhile.
create function admin.session_left(p_session uuid, p_resume jsonb, p_screen text, p_at timestamptz, p_terminal text, p_host text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_login name := (admin.need_operator()).login;
begin
    perform admin.need_short(p_resume);
    update admin_data.session
    set resume = p_resume, screen = p_screen, last_key_at = greatest(last_key_at, least(p_at, clock_timestamp()))
    where id = p_session and login = v_login and ended_at is null;
    if not found then
        insert into admin_data.session (login, terminal, host, version, last_key_at, screen, resume)
        values (v_login, coalesce(p_terminal, ''), coalesce(p_host, ''), '', least(p_at, clock_timestamp()), p_screen, p_resume);
    end if;
end $$;

create function admin.need_short(p_resume jsonb) returns void language plpgsql immutable
as $$
begin
    if octet_length(p_resume::text) > 1000000 then
        perform admin.refuse('KV004', 'Запись для продолжения сеанса больше мегабайта', null, 'Запишите начатое и закройте лишние экраны');
    end if;
end $$;

-- What a session left behind. It stays until the new session, having kept its own, ends the old one: a second crash loses nothing.
create function admin.session_resume(p_session uuid) returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_session admin_data.session := admin.need_session(p_session);
begin
    return v_session.resume;
end $$;

-- Ends a session: nothing of it is kept.
create function admin.session_end(p_session uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_session(p_session);
    update admin_data.session set ended_at = clock_timestamp(), resume = null where id = p_session;
end $$;

-- Takes over one's own session from another terminal. The first call asks the old process by notice to write and leave; called
-- again after two seconds of silence, it ends the old connections. {"state": "left" | "asked"}: after "left", admin.session_resume.
-- From "left" on the record is the taker's alone for as long as that lives; the lock makes two takers come one after the other.
create function admin.session_take(p_session uuid, p_by uuid) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_session admin_data.session := admin.need_session(p_session);
begin
    perform admin.need_session(p_by);
    select * into v_session from admin_data.session where id = p_session for update;
    if v_session.ended_at is not null or admin.session_is_handed(v_session, p_by) then
        perform admin.refuse('KV005', 'Этот сеанс уже продолжен на другом вашем рабочем месте', null, 'Работайте там или продолжите отсюда сеанс того места');
    end if;
    if admin.session_backends(p_session) > 0 then
        if v_session.take_asked_at is null then
            update admin_data.session set take_asked_at = clock_timestamp(), taken_by = p_by where id = p_session;
            perform pg_notify('kvartal', 'session ' || p_session || ' take');
            return '{"state": "asked"}';
        elsif clock_timestamp() < v_session.take_asked_at + interval '2 seconds' then
            return '{"state": "asked"}';
        end if;
        perform admin.session_terminate(p_session);
    end if;
    update admin_data.session set taken_by = p_by, handed_at = clock_timestamp() where id = p_session;
    return '{"state": "left"}';
end $$;

-- Whether the record of a session is in the hands of another workstation that lives: one that died with it has lost nothing, the next
-- takes it.
create function admin.session_is_handed(p_session admin_data.session, p_by uuid) returns boolean language sql stable
as $$ select p_session.handed_at is not null and p_session.taken_by <> p_by and admin.session_backends(p_session.taken_by) > 0 $$;

-- Handler: {"session", "login"}: ends a colleague's session, named by its login, by right. What was typed stays theirs to continue.
create function admin.session_close(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_session uuid;
begin
    perform admin.need_only(p_args, '{session,login}', p_kind.title);
    select id into v_session from admin_data.session
    where id = admin.need_text(p_args, 'session', p_kind.title)::uuid and login = admin.need_text(p_args, 'login', p_kind.title)::name and ended_at is null;
    if not found then
        perform admin.refuse('KV003', format('У оператора %s нет такого сеанса', p_args->>'login'), null, 'Посмотрите список рабочих мест');
    end if;
    update admin_data.session set closed_at = clock_timestamp() where id = v_session;
    -- Ending a connection cannot be rolled back: a preview only counts.
    return jsonb_build_object('connections', case when admin.is_preview() then admin.session_backends(v_session) else admin.session_terminate(v_session) end);
end $$;
