-- What came from other programs and what of it was left out is a list of the centre.
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('566', 'menu-imports', 'Загрузки файлов', 'exchange', 'service', 216, '{kvartal_centre,kvartal_admin}');
