-- Operations of billing.

call admin.kind('billing.charge', 'Расчёт месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.charge', p_ground => 'none',
    p_undo_reason => 'Расчёт невыпущенного месяца можно просто повторить');
call admin.kind('billing.release', 'Выпуск месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.release', p_ground => 'none', p_exclusive => true,
    p_undo_reason => 'Выпущенное напечатано; исправление войдёт в перерасчёт следующего месяца');
call admin.kind('billing.seal', 'Закрытие месяца', '{kvartal_centre}', p_undo => 'never', p_handler => 'billing.seal', p_ground => 'none', p_exclusive => true,
    p_undo_reason => 'Закрытый месяц не изменяется');
call admin.kind('billing.print_run', 'Печать платёжных документов', '{kvartal_accountant,kvartal_centre}', p_undo => 'never', p_handler => 'billing.print_run', p_ground => 'none',
    p_undo_reason => 'Напечатанное не отменяют: напечатайте месяц снова или остановите задание');
call admin.kind('billing.correction', 'Ручная корректировка', '{kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'billing.correct', p_ground => 'must');
call admin.kind('billing.invoice_note', 'Сведения в платёжном документе', '{kvartal_centre}', p_fact => 'invoice_note', p_ground => 'must');

call admin.document_kind('billing.invoices', 'Платёжные документы дома', 'ПД', '{kvartal_accountant,kvartal_centre}', true);
call admin.document_kind('billing.print_control', 'Контрольный лист печати', 'КЛ', '{kvartal_accountant,kvartal_centre}');
