-- What every base begins with: the first operation, the advance, the parameters of law with their citations.

insert into admin_data.operation_kind (name, title, undo, undo_reason)
values ('admin.setup', 'Создание базы', 'never', 'Создание базы не отменяется');

insert into admin_data.operation (id, known, kind, operator, subject, ground, digest)
values ('00000000-0000-4000-8000-000000000000', nextval('admin_data.known_seq'), 'admin.setup', 'kvartal_owner', 'kvartal migrate', null, '');

insert into admin_data.scope (company_id, district_id) values (null, null);

-- Money not yet claimed by a bill is an advance: service 0 of contract 0, held by the centre itself.
insert into cards_data.organisation (id, code, name, kinds, origin)
values (0, 'centre', 'Расчётный центр', '{settlement_center}', '00000000-0000-4000-8000-000000000000');
insert into cards_data.service (id, code, name, unit, scale, sort, origin)
values (0, 'advance', 'Аванс', '', 0, 999, '00000000-0000-4000-8000-000000000000');
insert into cards_data.contract (id, provider_id, number, origin)
values (0, 0, 'аванс', '00000000-0000-4000-8000-000000000000');

insert into cards_data.parameter (code, title) values
    ('meter_average_months', 'За сколько месяцев считается средний расход прибора'),
    ('meter_average_min_months', 'Меньше скольких месяцев среднее не считается'),
    ('meter_average_periods', 'Сколько периодов подряд начисляют по среднему'),
    ('last_day_counts', 'Считается ли день снятия с учёта днём проживания'),
    ('due_day', 'День следующего месяца, до которого вносится плата');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.valid_from, v.valid_to, v.value, v.citation, o.known, o.id
from (values
    ('meter_average_months', date '2000-01-01', date 'infinity', 6, 'ПП РФ 354, п. 59'),
    ('meter_average_min_months', date '2000-01-01', date 'infinity', 3, 'ПП РФ 354, п. 59'),
    ('meter_average_periods', date '2000-01-01', date 'infinity', 3, 'ПП РФ 354, п. 59'),
    ('last_day_counts', date '2000-01-01', date 'infinity', 0, 'Практика: день снятия с учёта не считается; ПП РФ 354 дня не называет'),
    ('due_day', date '2000-01-01', date '2026-02-01', 10, 'ЖК РФ, ст. 155 ч. 1 (до 177-ФЗ)'),
    ('due_day', date '2026-02-01', date 'infinity', 15, 'ЖК РФ, ст. 155 ч. 1 (177-ФЗ от 24.06.2025)')
) v (code, valid_from, valid_to, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o;
