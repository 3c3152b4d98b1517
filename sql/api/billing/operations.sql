-- Operations of billing.

call admin.kind('billing.charge', 'Расчёт месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.charge', p_ground => 'none',
    p_undo_reason => 'Расчёт невыпущенного месяца можно просто повторить');
call admin.kind('billing.control', 'Контроль месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.control', p_ground => 'none',
    p_undo_reason => 'Контроль ничего не меняет; его можно провести заново');
call admin.kind('billing.control_accept', 'Находки контроля приняты', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.control_accept', p_ground => 'must',
    p_undo_reason => 'Новый контроль снимает принятое');
call admin.kind('billing.control_sign', 'Контроль месяца подписан', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.control_sign', p_ground => 'must',
    p_undo_reason => 'Новый контроль снимает подпись');
call admin.kind('billing.release', 'Выпуск месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.release', p_ground => 'none', p_exclusive => true,
    p_undo_reason => 'Выпущенное напечатано; исправление войдёт в перерасчёт следующего месяца');
call admin.kind('billing.seal', 'Закрытие месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.seal', p_ground => 'none', p_exclusive => true,
    p_undo_reason => 'Закрытый месяц не изменяется');
call admin.kind('billing.print_run_print', 'Отправка печати на принтер', '{kvartal_accountant,kvartal_centre}', p_undo => 'never', p_handler => 'billing.print_run_print',
    p_ground => 'none', p_undo_reason => 'Снимите печать, пока она ждёт: экран 955');
call admin.kind('billing.print_run', 'Печать платёжных документов', '{kvartal_accountant,kvartal_centre}', p_undo => 'never', p_handler => 'billing.print_run', p_ground => 'none',
    p_undo_reason => 'Напечатанное не отменяют: напечатайте месяц снова или остановите задание');
call admin.kind('billing.invoice', 'Платёжный документ счёта', '{kvartal_accountant,kvartal_centre,kvartal_cashier,kvartal_debt}', p_undo => 'never', p_handler => 'billing.invoice_issue', p_ground => 'none',
    p_undo_reason => 'Выданный документ остаётся в архиве; выдайте новый');
call admin.kind('billing.correction', 'Ручная корректировка', '{kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'billing.correct', p_ground => 'must');
call admin.kind('billing.recalculate_whole', 'Перерасчёт глубже срока', '{kvartal_accountant,kvartal_centre}', p_undo => 'never', p_handler => 'billing.recalculate_whole',
    p_ground => 'must', p_undo_reason => 'Отмените саму операцию, из-за которой перерасчёт, и запишите её снова');
call admin.kind('billing.executor_fine', 'Штраф исполнителя', '{kvartal_accountant,kvartal_centre}', p_handler => 'billing.executor_fine', p_ground => 'must');
call admin.kind('billing.overcharge', 'Излишне начислено исполнителем', '{kvartal_accountant,kvartal_centre}', p_fact => 'overcharge', p_ground => 'must');
call admin.kind('billing.privilege', 'Льгота человека', '{kvartal_accountant,kvartal_centre,kvartal_passport}', p_fact => 'privilege', p_ground => 'must');
call admin.kind('billing.subsidy', 'Субсидия', '{kvartal_accountant,kvartal_centre,kvartal_passport}', p_handler => 'billing.subsidy_grant', p_ground => 'must');
call admin.kind('billing.subsidy_stop', 'Прекращение субсидии', '{kvartal_accountant,kvartal_centre,kvartal_passport}', p_handler => 'billing.subsidy_stop',
    p_ground => 'must');
call admin.kind('billing.instalment', 'Рассрочка платы', '{kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'billing.instalment_agree', p_ground => 'must');
call admin.kind('billing.privilege_rule', 'Правило льготы', '{kvartal_centre}', p_handler => 'billing.privilege_rule_set', p_ground => 'must');
call admin.kind('billing.privilege_category', 'Новая категория льготы', '{kvartal_centre}', p_handler => 'billing.privilege_category_add', p_ground => 'must',
    p_undo => 'never', p_undo_reason => 'Категория без правил ничего не меняет; уберите её правила');
call admin.kind('billing.invoice_note', 'Сведения в платёжном документе', '{kvartal_centre}', p_fact => 'invoice_note', p_ground => 'must');

call admin.document_kind('billing.invoices', 'Платёжные документы дома', 'ПД', '{kvartal_accountant,kvartal_centre}', true);
call admin.document_kind('billing.invoice', 'Платёжный документ', 'ПД', '{kvartal_accountant,kvartal_centre,kvartal_cashier,kvartal_debt}', true);
call admin.document_kind('billing.print_control', 'Контрольный лист печати', 'КЛ', '{kvartal_accountant,kvartal_centre}');
