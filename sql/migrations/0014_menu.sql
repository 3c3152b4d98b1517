-- The menu leads to screens that exist, by the codes of screens/README.md; a test compares.

delete from admin_data.menu_item;
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('100', 'menu-search', 'Найти счёт, дом, человека, прибор', 'cards', 'desk', 10, '{kvartal_operator}'),
    ('332', 'menu-routes', 'Показания: обходы', 'meters', 'meters', 60, '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}'),
    ('410', 'menu-months', 'Месяцы: расчёт, выпуск, закрытие', 'billing', 'month', 70, '{kvartal_accountant,kvartal_centre}'),
    ('510', 'menu-tariffs', 'Тарифы', 'cards', 'directories', 80, '{kvartal_accountant,kvartal_centre,kvartal_debt}'),
    ('520', 'menu-parameters', 'Параметры расчёта', 'cards', 'directories', 90, '{kvartal_accountant,kvartal_centre}'),
    ('900', 'menu-journal', 'Журнал операций', 'admin', 'service', 200, '{kvartal_operator}'),
    ('910', 'menu-jobs', 'Задания', 'admin', 'service', 210, '{kvartal_centre,kvartal_accountant,kvartal_admin}'),
    ('930', 'menu-sessions', 'Рабочие места', 'admin', 'service', 220, '{kvartal_admin}'),
    ('940', 'menu-readings-of-cards', 'Кто читал карточки', 'passport', 'service', 230, '{kvartal_admin}'),
    ('990', 'menu-keys', 'Проверка клавиш', 'admin', 'service', 290, '{kvartal_operator}');
