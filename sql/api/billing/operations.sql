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
call admin.kind('billing.correction', 'Ручная корректировка', '{kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'billing.correct', p_ground => 'must');
