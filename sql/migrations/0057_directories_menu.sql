-- Streets and districts, organisations, contracts and limits of deviations have lists of their own, and the menu leads to them.

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('226', 'menu-places', 'Услуги домов улицы или участка', 'cards', 'directories', 86, '{kvartal_accountant,kvartal_centre}'),
    ('540', 'menu-organisations', 'Организации', 'cards', 'directories', 92, '{kvartal_accountant,kvartal_centre}'),
    ('541', 'menu-contracts', 'Договоры и получатели платы', 'cards', 'directories', 93, '{kvartal_accountant,kvartal_centre}'),
    ('615', 'menu-limits', 'Пределы отклонений', 'claims', 'directories', 94, '{kvartal_accountant,kvartal_centre,kvartal_dispatcher}');
