-- Address sheets of arrival and departure (forms № 2 and № 7; dossier of documents § 3.9). Of which stay a paper about a person tells is said
-- by its kind: of one that lasts, of one that ended, or of either.

alter table passport_data.paper_kind add column stay text not null default 'any'
    constraint paper_kind_stay_known check (stay in ('any', 'present', 'ended'));
update passport_data.paper_kind set stay = 'present' where code = 'household';

insert into passport_data.paper_kind (id, code, title, template, is_of_person, valid_days, stay) values
    (6, 'arrival_sheet', 'Адресный листок прибытия, форма № 2', 'passport/arrival_sheet.md', true, 0, 'any'),
    (7, 'departure_sheet', 'Адресный листок убытия, форма № 7', 'passport/departure_sheet.md', true, 0, 'ended');
