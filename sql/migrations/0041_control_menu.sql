-- The controls of all months have a list of their own, and the menu leads to it.

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('416', 'menu-controls', 'Контроль перед печатью', 'billing', 'month', 71, '{kvartal_accountant,kvartal_centre}');
