-- Norms have a list of their own, and the menu leads to it.

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('530', 'menu-norms', 'Нормативы', 'cards', 'directories', 85, '{kvartal_accountant,kvartal_centre}');
