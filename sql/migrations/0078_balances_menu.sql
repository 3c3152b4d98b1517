-- Balances of a month by provider and by house.
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('461', 'menu-balance-providers', 'Сальдо по поставщикам', 'billing', 'month', 78, '{kvartal_accountant,kvartal_centre}'),
    ('462', 'menu-balance-houses', 'Сальдо по домам', 'billing', 'month', 79, '{kvartal_accountant,kvartal_centre}');
