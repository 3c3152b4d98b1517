-- Operations with meters.

call admin.kind('meters.reading', 'Показание прибора', '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}', p_fact => 'meter_reading', p_ground => 'none');
call admin.kind('meters.sheet_reading', 'Показание по ведомости', '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}', p_handler => 'meters.sheet_reading', p_ground => 'none');
call admin.kind('meters.installed', 'Установка и снятие прибора', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_installed', p_ground => 'must');
call admin.kind('meters.meter_new', 'Установка прибора', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.meter_new', p_ground => 'must');
call admin.kind('meters.removal', 'Снятие прибора', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.removal', p_ground => 'must');
call admin.kind('meters.replacement', 'Замена прибора', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.replacement', p_ground => 'must');
call admin.kind('meters.verified', 'Поверка прибора', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_verified', p_ground => 'must');
call admin.kind('meters.seal', 'Пломба прибора', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_seal');
call admin.kind('meters.no_access', 'Нет доступа к прибору', '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}', p_fact => 'meter_no_access', p_ground => 'none');
call admin.kind('meters.outage', 'Прибор не учитывается', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_outage', p_ground => 'must');
call admin.kind('meters.exemption', 'Прибор установить нельзя', '{kvartal_accountant,kvartal_centre}', p_fact => 'meter_exemption', p_ground => 'must');
call admin.kind('meters.reading_limit', 'Пределы правдоподобного расхода', '{kvartal_centre}', p_fact => 'reading_limit', p_ground => 'must');
call admin.kind('meters.route_make', 'Новый обход', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.route_make', p_ground => 'none');
call admin.kind('meters.route_order', 'Порядок обхода', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.route_order', p_ground => 'none');
call admin.kind('meters.route_stop', 'Место прибора в обходе', '{kvartal_accountant,kvartal_centre}', p_fact => 'route_stop', p_ground => 'none');
call admin.kind('meters.group_new', 'Новый групповой прибор', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.group_new', p_ground => 'must');
call admin.kind('meters.group_house', 'Дом группового прибора', '{kvartal_accountant,kvartal_centre}', p_handler => 'meters.group_house_set', p_ground => 'must');
call admin.kind('meters.group_base', 'Основа деления группового прибора', '{kvartal_accountant,kvartal_centre}', p_fact => 'group_base', p_ground => 'must');
