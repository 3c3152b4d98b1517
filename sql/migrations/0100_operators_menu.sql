-- Operators are made and changed at screens.
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('963', 'menu-users', 'Операторы', 'admin', 'service', 240, '{kvartal_admin}');
