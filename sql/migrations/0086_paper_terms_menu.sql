-- Which papers are issued, and for how long, is changed at a screen.
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('555', 'menu-paper-terms', 'Порядок выдачи справок', 'passport', 'directories', 95, '{kvartal_centre}');
