-- An organisation is begun by an operation, which can be taken back: then no list offers it and nobody is paid by it. Organisations that
-- came with the town or with an import have no such fact: they are there for ever.

call admin_data.make_fact(
    'cards', 'organisation_open', 'Организация', 'cards_data.organisation', 'organisation_id',
    '{organisation_id}', 'organisation_id bigint not null references cards_data.organisation',
    '{citation}', 'citation text constraint organisation_open_citation check (length(citation) <= 200)',
    '{}', 'none'
);
comment on constraint organisation_open_days on cards_data.organisation_open is 'начало не раньше окончания';
comment on constraint organisation_open_marks on cards_data.organisation_open is 'отменено раньше, чем записано';
comment on constraint organisation_open_no_overlap on cards_data.organisation_open is 'на эти дни организация уже заведена';
comment on constraint organisation_open_citation on cards_data.organisation_open is 'документ — до двухсот знаков';
comment on column cards_data.organisation_open.organisation_id is 'организация';
comment on column cards_data.organisation_open.citation is 'договор, решение';
