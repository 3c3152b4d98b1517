-- Operations with meters.

call admin.kind('meters.reading', 'Показание прибора', '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}', p_fact => 'meter_reading', p_ground => 'none');
call admin.kind('meters.installed', 'Установка и снятие прибора', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_installed', p_ground => 'must');
call admin.kind('meters.replacement', 'Замена прибора', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.replacement', p_ground => 'must');
