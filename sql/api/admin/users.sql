-- Operators of the program.

create function admin.group_roles() returns name[] language sql immutable
as $$
    select array['kvartal_passport', 'kvartal_accountant', 'kvartal_cashier', 'kvartal_dispatcher',
                 'kvartal_debt', 'kvartal_centre', 'kvartal_admin']::name[]
$$;

-- An operator of this base, by the login that is told.
create function admin.need_user(p_args jsonb, p_where text) returns admin_data.operator language plpgsql stable
as $$
declare
    v_operator admin_data.operator;
begin
    select * into v_operator from admin_data.operator where login = admin.need_text(p_args, 'login', p_where);
    if not found then
        perform admin.refuse('KV003', format('%s: оператора «%s» нет', p_where, p_args->>'login'), null, 'Операторы — на экране 963');
    end if;
    return v_operator;
end $$;

-- The group roles of a job: a list of their names, or yes and no by name as a form tells them. At least one: without any nobody may even log in.
create function admin.groups_told(p_args jsonb, p_where text) returns name[] language plpgsql stable
as $$
declare
    v_groups name[] := case jsonb_typeof(p_args->'groups')
        when 'object' then array(select key from jsonb_each_text(p_args->'groups') where value::boolean)
        else array(select jsonb_array_elements_text(coalesce(p_args->'groups', '[]')))
    end;
begin
    if v_groups = '{}' then
        perform admin.refuse('KV004', format('%s: не указано ни одной работы', p_where), null, 'Отметьте «1» хотя бы у одной: без работы войти нельзя');
    end if;
    return v_groups;
end $$;

-- What an operator sees, as a form tells it: {"company", "district"}, the code of an organisation and the name of a district; not told is all.
create function admin.scope_told(p_args jsonb, p_where text) returns jsonb language plpgsql stable
as $$
declare
    v_company bigint;
    v_district bigint;
begin
    if p_args ? 'company' then
        v_company := cards.organisation_by_code(p_args->>'company');
        if v_company is null then
            perform admin.refuse('KV003', format('%s: организации «%s» нет', p_where, p_args->>'company'), null, 'Список показывает F4');
        end if;
    end if;
    if p_args ? 'district' then
        select id into v_district from cards_data.district where lower(name) = lower(p_args->>'district');
        if not found then
            perform admin.refuse('KV003', format('%s: участка «%s» нет', p_where, p_args->>'district'), null, 'Список показывает F4');
        end if;
    end if;
    return jsonb_build_object('company_id', v_company, 'district_id', v_district);
end $$;

-- Handler: {"login", "verifier", "full_name", "job", "groups", "scopes": [{"company_id", "district_id"}]}; instead of "scopes" what a form
-- tells (admin.scope_told). Nobody who is there already is overwritten.
create function admin.user_add(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_login name := admin.need_text(p_args, 'login', p_kind.title);
    v_scopes jsonb := coalesce(p_args->'scopes', jsonb_build_array(admin.scope_told(p_args, p_kind.title)));
begin
    perform admin.need_only(p_args, '{login,verifier,full_name,job,groups,scopes,company,district}', p_kind.title);
    if exists (select from admin_data.operator where login = v_login) then
        perform admin.refuse(
            'KV004', format('%s: «%s» уже есть: %s', p_kind.title, v_login, (select full_name from admin_data.operator where login = v_login)), null,
            'Измените его на экране 963 или возьмите другое имя входа'
        );
    end if;
    perform admin.user_make(v_login, admin.need_text(p_args, 'verifier', p_kind.title), admin.groups_told(p_args, p_kind.title));
    insert into admin_data.operator (login, full_name, job)
    values (v_login, admin.need_text(p_args, 'full_name', p_kind.title), admin.need_text(p_args, 'job', p_kind.title));
    insert into admin_data.operator_scope (login, company_id, district_id)
    select v_login, (s->>'company_id')::bigint, (s->>'district_id')::bigint from jsonb_array_elements(v_scopes) s;
    perform admin.forget_verifier();
    return jsonb_build_object('login', v_login);
end $$;

-- A verifier is not a password, yet the journal has no need of it.
create function admin.forget_verifier() returns void language sql
as $$ update admin_data.operation_args set args = args - 'verifier' where operation = (admin.current_operation()).id $$;

-- Handler: another name, post or work of an operator. {"login", "full_name", "job", "groups"}. Nobody takes the administrator's work from
-- themselves: a base without an administrator is mended by the server's owner only.
create function admin.user_change(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operator admin_data.operator := admin.need_user(p_args, p_kind.title);
    v_groups name[] := admin.groups_told(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{login,full_name,job,groups}', p_kind.title);
    if v_operator.login = admin.operator() and 'kvartal_admin' <> all (v_groups) then
        perform admin.refuse('KV004', format('%s: работу администратора у себя не снимают', p_kind.title), null, 'Это сделает другой администратор');
    end if;
    perform admin.user_make(v_operator.login, null, v_groups);
    update admin_data.operator
    set full_name = admin.need_text(p_args, 'full_name', p_kind.title), job = admin.need_text(p_args, 'job', p_kind.title)
    where login = v_operator.login;
    return jsonb_build_object('login', v_operator.login);
end $$;

-- Handler: what an operator sees. {"login", "company"?, "district"?, "keep": "yes" | "no"}: beside what was seen before, or instead of it.
create function admin.user_scope(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operator admin_data.operator := admin.need_user(p_args, p_kind.title);
    v_scope jsonb := admin.scope_told(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{login,company,district,keep}', p_kind.title);
    if p_args->>'keep' = 'yes' and exists (
        select from admin_data.operator_scope where login = v_operator.login and company_id is null and district_id is null
    ) then
        perform admin.refuse('KV004', format('%s: %s и так видит всё', p_kind.title, v_operator.full_name), null, 'Чтобы сузить, ответьте «нет»: прежнее не остаётся');
    end if;
    delete from admin_data.operator_scope where login = v_operator.login and p_args->>'keep' is distinct from 'yes';
    insert into admin_data.operator_scope (login, company_id, district_id)
    values (v_operator.login, (v_scope->>'company_id')::bigint, (v_scope->>'district_id')::bigint);
    -- The workstations of the operator hear of it.
    update admin_data.operator set job = job where login = v_operator.login;
    return jsonb_build_object('login', v_operator.login);
end $$;

-- Handlers: {"login"}. Who is switched off sees and does nothing, whatever is still open.
create function admin.user_block(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
begin
    perform admin.need_only(p_args, '{login}', p_kind.title);
    if (admin.need_user(p_args, p_kind.title)).login = admin.operator() then
        perform admin.refuse('KV004', format('%s: себя не отключают', p_kind.title), null, 'Это сделает другой администратор');
    end if;
    return admin.user_switched(p_kind, p_args, false);
end $$;

create function admin.user_unblock(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
begin
    perform admin.need_only(p_args, '{login}', p_kind.title);
    return admin.user_switched(p_kind, p_args, true);
end $$;

create function admin.user_switched(p_kind admin_data.operation_kind, p_args jsonb, p_active boolean) returns jsonb language plpgsql
as $$
declare
    v_operator admin_data.operator := admin.need_user(p_args, p_kind.title);
begin
    if v_operator.active = p_active then
        perform admin.refuse('KV004', format('%s: %s уже %s', p_kind.title, v_operator.full_name, case when p_active then 'работает' else 'отключён' end));
    end if;
    update admin_data.operator set active = p_active where login = v_operator.login;
    return jsonb_build_object('login', v_operator.login);
end $$;

-- Handler: a new one-time password. {"login", "verifier"}: the operator changes it at the next login and does nothing before.
create function admin.user_password(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operator admin_data.operator := admin.need_user(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{login,verifier}', p_kind.title);
    perform admin.user_make(v_operator.login, admin.need_text(p_args, 'verifier', p_kind.title), null);
    update admin_data.operator set must_change_password = true where login = v_operator.login;
    perform admin.forget_verifier();
    return jsonb_build_object('login', v_operator.login);
end $$;

-- Operators of this base: the administrator's reading.
create view admin.user_list with (security_barrier) as
select o.login::text as login, o.full_name, o.job,
    case when not o.active then 'blocked' when o.must_change_password then 'new' else 'active' end as state,
    o.active as is_active, not o.active as is_blocked, case when not o.active then 'Оператор уже отключён' end as block_refusal,
    case when o.active then 'Оператор не отключён' end as unblock_refusal,
    (select max(s.last_key_at)::timestamp from admin_data.session s where s.login = o.login) as last_key_at,
    'kvartal_passport' = any (g.groups) as passport, 'kvartal_accountant' = any (g.groups) as accountant, 'kvartal_cashier' = any (g.groups) as cashier,
    'kvartal_dispatcher' = any (g.groups) as dispatcher, 'kvartal_debt' = any (g.groups) as debt, 'kvartal_centre' = any (g.groups) as centre,
    'kvartal_admin' = any (g.groups) as admin
from admin_data.operator o
left join lateral (
    select coalesce(array_agg(r.rolname), '{}') as groups
    from pg_roles m join pg_auth_members a on a.member = m.oid join pg_roles r on r.oid = a.roleid where m.rolname = o.login
) g on true
where pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.user_list', 'time: none. Операторы программы', '{
    "login": "Имя входа", "job": "Должность", "state": "Работает, ещё не сменил пароль, отключён", "is_active": "Может войти",
    "is_blocked": "Отключён", "block_refusal": "Почему нельзя отключить", "unblock_refusal": "Почему нельзя включить", "last_key_at": "Когда работал в последний раз", "passport": "Паспортистка", "accountant": "Бухгалтер",
    "cashier": "Кассир", "dispatcher": "Диспетчер", "debt": "Работа с долгами", "centre": "Оператор центра", "admin": "Администратор"}');

create view admin.user_scope_list with (security_barrier) as
select o.login::text as login, coalesce(c.name, 'все') as company, coalesce(d.name, 'все') as district,
    coalesce(o.company_id, 0) as company_id, coalesce(o.district_id, 0) as district_id
from admin_data.operator_scope o
left join cards_data.organisation c on c.id = o.company_id
left join cards_data.district d on d.id = o.district_id
where pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.user_scope_list', 'time: none. Чьи дома видит оператор', '{
    "login": "Имя входа", "company": "Управляющая организация", "district": "Участок"}');
