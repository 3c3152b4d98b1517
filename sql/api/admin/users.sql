-- Operators of the program.

create function admin.group_roles() returns name[] language sql immutable
as $$
    select array['kvartal_passport', 'kvartal_accountant', 'kvartal_cashier', 'kvartal_dispatcher',
                 'kvartal_debt', 'kvartal_centre', 'kvartal_admin']::name[]
$$;

-- Handler: {"login", "verifier", "full_name", "job", "groups": [...], "scopes": [{"company_id", "district_id"}]}.
create function admin.user_add(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_login name := admin.need_text(p_args, 'login', p_kind.title);
begin
    perform admin.need_only(p_args, '{login,verifier,full_name,job,groups,scopes}', p_kind.title);
    perform admin.user_make(
        v_login, admin.need_text(p_args, 'verifier', p_kind.title),
        array(select jsonb_array_elements_text(coalesce(p_args->'groups', '[]')))::name[]
    );
    insert into admin_data.operator (login, full_name, job)
    values (v_login, admin.need_text(p_args, 'full_name', p_kind.title), admin.need_text(p_args, 'job', p_kind.title))
    on conflict (login) do update set full_name = excluded.full_name, job = excluded.job, active = true, must_change_password = true;
    delete from admin_data.operator_scope where login = v_login;
    insert into admin_data.operator_scope (login, company_id, district_id)
    select v_login, (s->>'company_id')::bigint, (s->>'district_id')::bigint
    from jsonb_array_elements(coalesce(p_args->'scopes', '[{}]')) s;
    -- A verifier is not a password, yet the journal has no need of it.
    update admin_data.operation_args set args = args - 'verifier' where operation = (admin.current_operation()).id;
    return jsonb_build_object('login', v_login);
end $$;
