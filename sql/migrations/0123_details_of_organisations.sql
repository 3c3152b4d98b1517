-- Name, numbers of a taxpayer and address of an organisation, as they change: dated, so that an undo puts back what was.
call admin_data.make_fact(
    'cards', 'organisation_details', 'Название и реквизиты организации', 'cards_data.organisation', 'organisation_id',
    '{organisation_id}', 'organisation_id bigint not null references cards_data.organisation',
    '{name,tin,kpp,address,citation}',
    'name text, tin text, kpp text, address text, citation text constraint organisation_details_citation check (length(citation) <= 200)',
    '{name}', 'none'
);
comment on constraint organisation_details_days on cards_data.organisation_details is 'начало не раньше окончания';
comment on constraint organisation_details_marks on cards_data.organisation_details is 'отменено раньше, чем записано';
comment on constraint organisation_details_complete on cards_data.organisation_details is 'не указано название';
comment on constraint organisation_details_no_overlap on cards_data.organisation_details is 'на эти дни уже есть другое значение';
comment on constraint organisation_details_citation on cards_data.organisation_details is 'документ — до двухсот знаков';
comment on column cards_data.organisation_details.organisation_id is 'организация';
comment on column cards_data.organisation_details.name is 'название';
comment on column cards_data.organisation_details.tin is 'ИНН';
comment on column cards_data.organisation_details.kpp is 'КПП';
comment on column cards_data.organisation_details.address is 'адрес';
comment on column cards_data.organisation_details.citation is 'документ';
-- What it was called before the first change: that of days no change speaks of.
alter table cards_data.organisation add column first jsonb;
