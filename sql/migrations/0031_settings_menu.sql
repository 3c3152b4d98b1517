-- The settings of a workstation have a screen, and the menu leads to it.

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('980', 'menu-settings', 'Настройки рабочего места', 'admin', 'service', 280, '{kvartal_operator}');
