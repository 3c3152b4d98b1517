-- Operations of exchange.

call admin.kind('exchange.legacy_directory', 'Перенос справочников старой программы', '{kvartal_admin,kvartal_centre}', p_undo => 'never',
    p_handler => 'exchange.legacy_directory', p_ground => 'must', p_undo_reason => 'Перенос не отменяется: восстановите копию базы, сделанную до него');
call admin.kind('exchange.legacy_houses', 'Перенос домов и счетов старой программы', '{kvartal_admin,kvartal_centre}', p_undo => 'never',
    p_handler => 'exchange.legacy_houses', p_ground => 'must', p_undo_reason => 'Перенос не отменяется: восстановите копию базы, сделанную до него');
call admin.kind('exchange.legacy_record', 'Учёт загруженных файлов', '{kvartal_admin,kvartal_centre}', p_undo => 'never',
    p_handler => 'exchange.legacy_record', p_ground => 'must', p_undo_reason => 'Перенос не отменяется: восстановите копию базы, сделанную до него');

call admin.kind('exchange.readings', 'Показания из файла', '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}',
    p_handler => 'exchange.readings_take', p_ground => 'none');
call admin.kind('exchange.payments', 'Реестр платежей из файла', '{kvartal_cashier,kvartal_accountant,kvartal_centre}',
    p_undo => 'reversal', p_handler => 'exchange.payments_take', p_ground => 'none');
