-- Registry of operations of this module, and who may.

-- Registers one kind and the group roles that may do it.
create procedure admin.kind(
    p_name text, p_title text, p_roles name[], p_undo text default 'facts', p_handler text default null, p_fact text default null,
    p_ground text default 'may', p_exclusive boolean default false, p_undo_reason text default null
)
language plpgsql
as $$
begin
    insert into admin_data.operation_kind (name, title, handler, fact, undo, undo_reason, ground, exclusive)
    values (p_name, p_title, p_handler, p_fact, p_undo, p_undo_reason, p_ground, p_exclusive)
    on conflict (name) do update set
        title = excluded.title, handler = excluded.handler, fact = excluded.fact, undo = excluded.undo,
        undo_reason = excluded.undo_reason, ground = excluded.ground, exclusive = excluded.exclusive;
    delete from admin_data.operation_grant where kind = p_name;
    insert into admin_data.operation_grant (kind, role) select p_name, r from unnest(p_roles) r;
end $$;

-- Registers one kind of document: who may read it, and whether reading is written down.
create procedure admin.document_kind(p_name text, p_title text, p_series text, p_roles name[], p_is_personal boolean default false)
language sql
as $$
    insert into admin_data.document_kind (name, title, series, roles, is_personal) values (p_name, p_title, p_series, p_roles, p_is_personal)
    on conflict (name) do update set title = excluded.title, series = excluded.series, roles = excluded.roles, is_personal = excluded.is_personal
$$;

call admin.kind('admin.undo', 'Отмена операции',
    '{kvartal_passport,kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_debt,kvartal_centre,kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.undo', p_ground => 'must', p_undo_reason => 'Сделайте операцию заново');
call admin.kind('admin.user_add', 'Заведение оператора', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_add', p_undo_reason => 'Отключите вход другой операцией');
call admin.kind('admin.user_change', 'Изменение оператора', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_change', p_undo_reason => 'Измените оператора ещё раз');
call admin.kind('admin.user_scope', 'Что видит оператор', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_scope', p_undo_reason => 'Измените оператора ещё раз');
call admin.kind('admin.user_block', 'Отключение оператора', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_block', p_undo_reason => 'Включите его другой операцией');
call admin.kind('admin.user_unblock', 'Включение оператора', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_unblock', p_undo_reason => 'Отключите вход другой операцией');
call admin.kind('admin.user_password', 'Новый одноразовый пароль', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.user_password', p_undo_reason => 'Выдайте ещё один');
call admin.kind('admin.setup', 'Создание базы', '{kvartal_admin}',
    p_undo => 'never', p_undo_reason => 'Создание базы не отменяется');
call admin.kind('admin.session_end', 'Завершение сеанса другого оператора', '{kvartal_admin}',
    p_undo => 'never', p_handler => 'admin.session_close', p_ground => 'must', p_undo_reason => 'Оператор войдёт заново и продолжит сеанс');

call admin.kind('admin.printer', 'Принтер', '{kvartal_admin}', p_handler => 'admin.printer_put', p_undo => 'never', p_undo_reason => 'Запишите принтер заново или отключите его');
call admin.kind('admin.print', 'Печать документа', '{kvartal_operator}', p_handler => 'admin.print_order', p_ground => 'none',
    p_undo => 'never', p_undo_reason => 'Снимите печать, пока она ждёт: экран 955');
call admin.kind('admin.print_again', 'Повтор печати', '{kvartal_operator}', p_handler => 'admin.print_again', p_ground => 'none',
    p_undo => 'never', p_undo_reason => 'Снимите печать, пока она ждёт: экран 955');
call admin.kind('admin.print_cancel', 'Снятие с печати', '{kvartal_operator}', p_handler => 'admin.print_cancel', p_ground => 'none',
    p_undo => 'never', p_undo_reason => 'Повторите печать: экран 955');

call admin.kind('admin.custom_put', 'Свой шаблон или экран', '{kvartal_admin}', p_handler => 'admin.custom_put', p_undo => 'never',
    p_undo_reason => 'Положите прежний файл заново или уберите свой');
