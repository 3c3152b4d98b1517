-- A centre begins to charge a new service by an operation, which can be taken back: then nothing is charged for it and no list offers it.
-- Services that came with the town or with an import have no such fact: they are the centre's for ever.

call admin_data.make_fact(
    'cards', 'service_open', 'Услуга центра', 'cards_data.service', 'service_id',
    '{service_id}', 'service_id bigint not null references cards_data.service',
    '{citation}', 'citation text constraint service_open_citation check (length(citation) <= 200)',
    '{}', 'none'
);
comment on constraint service_open_days on cards_data.service_open is 'начало не раньше окончания';
comment on constraint service_open_marks on cards_data.service_open is 'отменено раньше, чем записано';
comment on constraint service_open_no_overlap on cards_data.service_open is 'на эти дни услуга уже заведена';
comment on constraint service_open_citation on cards_data.service_open is 'решение — до двухсот знаков';
comment on column cards_data.service_open.service_id is 'услуга';
comment on column cards_data.service_open.citation is 'решение, приказ';

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('548', 'menu-services', 'Услуги центра', 'cards', 'directories', 85, '{kvartal_accountant,kvartal_centre}');
