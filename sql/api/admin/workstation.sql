-- What a workstation knows of its operator: password, menu, settings, what was opened last.

-- A new password of one's own, as a SCRAM verifier computed in the client.
create function admin.password_changed(p_verifier text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_operator();
    perform admin.own_password(p_verifier);
    update admin_data.operator set must_change_password = false where login = session_user;
end $$;

create function admin.session_backends(p_session uuid) returns int language sql stable
as $$ select cardinality(admin.session_pids(id, login)) from admin_data.session where id = p_session $$;

create function admin.session_terminate(p_session uuid) returns bigint language sql
as $$ select admin.session_kill(id, login) from admin_data.session where id = p_session $$;

-- The menu of the operator's jobs.
create function admin.menu()
returns table (code text, title_key text, title text, module text, section text, sort smallint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select m.code, m.title_key, m.title, m.module, m.section, m.sort
    from admin_data.menu_item m
    where exists (select from admin_data.operator where login = admin.operator() and active)
        and exists (select from unnest(m.roles) r where pg_has_role(admin.operator(), r, 'member'))
    order by m.sort, m.code
$$;

-- Names of settings with what they may be and what they are when nobody chose.
create function admin.setting_kinds() returns table (name text, pattern text, usual text) language sql immutable
as $$
    values ('lang', '^(auto|ru|en)$', 'auto'), ('theme', '^(auto|colour|mono|ascii)$', 'auto'), ('esc_hold', '^([1-9][0-9]{1,2})?$', ''),
        ('keymap', '^(default|1c|oracle)$', 'default')
$$;

create function admin.my_settings() returns table (name text, value text) language sql stable
as $$
    select k.name, coalesce(s.value, k.usual)
    from admin.setting_kinds() k
    left join admin_data.operator_setting s on s.login = admin.operator() and s.name = k.name
$$;

-- The operator's settings: lang and theme (auto: as the terminal asks), esc_hold (milliseconds a lone Esc is held; empty: by the
-- terminal), keymap (synonyms of keys beside those of the house).
create function admin.settings() returns table (name text, value text) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select name, value from admin.my_settings() order by name $$;

-- How the operator's workstation looks and listens: one row.
create view admin.my_workstation with (security_barrier) as
select max(s.value) filter (where s.name = 'lang') as lang, max(s.value) filter (where s.name = 'theme') as theme,
    max(s.value) filter (where s.name = 'keymap') as keymap,
    nullif(max(s.value) filter (where s.name = 'esc_hold'), '')::bigint as esc_hold
from admin.settings() s;
call admin.describe('admin.my_workstation', 'time: none. Настройки рабочего места', '{
    "lang": "Язык", "theme": "Цвета и рамки", "keymap": "Привычные клавиши", "esc_hold": "Сколько ждать после Esc, мс"}');

create function admin.setting_put(p_name text, p_value text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_login name := (admin.need_operator()).login;
    v_pattern text := (select pattern from admin.setting_kinds() where name = p_name);
begin
    if v_pattern is null then
        perform admin.refuse('KV004', format('Нет настройки «%s»', p_name), null,
            'Настройки: ' || (select string_agg(name, ', ') from admin.setting_kinds()));
    elsif p_value !~ v_pattern then
        perform admin.refuse('KV004', format('Настройка «%s» не бывает «%s»', p_name, p_value), null, 'Выберите из предложенного');
    end if;
    insert into admin_data.operator_setting (login, name, value) values (v_login, p_name, p_value)
    on conflict (login, name) do update set value = excluded.value;
end $$;

-- Puts all settings of the workstation at once, so that a screen saves all or none; answers with those in force, to be used at once.
create function admin.settings_put(p_lang text, p_theme text, p_keymap text, p_esc_hold bigint default null) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if p_esc_hold not between 10 and 700 then
        perform admin.refuse('KV004', format('Задержка Esc не бывает %s мс', p_esc_hold), null, 'Введите от 10 до 700 или оставьте пусто');
    end if;
    perform admin.setting_put('lang', p_lang), admin.setting_put('theme', p_theme), admin.setting_put('keymap', p_keymap),
        admin.setting_put('esc_hold', coalesce(p_esc_hold::text, ''));
    return (select jsonb_object_agg(s.name, s.value) from admin.my_settings() s);
end $$;

-- Remembers an opened card; the fifty latest are kept.
create function admin.recent_put(p_kind text, p_id bigint, p_title text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
set synchronous_commit = off
as $$
declare
    v_login name := (admin.need_operator()).login;
begin
    insert into admin_data.recent (login, kind, object_id, title) values (v_login, p_kind, p_id, p_title)
    on conflict (login, kind, object_id) do update set title = excluded.title, opened_at = clock_timestamp();
    delete from admin_data.recent r
    where r.login = v_login and r.opened_at < (
        select o.opened_at from admin_data.recent o where o.login = v_login order by o.opened_at desc offset 49 limit 1
    );
end $$;
