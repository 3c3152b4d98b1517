-- The production calendar as dated data: days on which it differs from the week. A new year is an operation of the centre
-- (cards.parameter_value of day_off, from a day to the day after).

insert into cards_data.parameter (code, title) values ('day_off', 'Нерабочий день: 1 — выходной, 0 — рабочий');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.valid_from, v.valid_to, 1, v.citation, o.known, o.id
from (values
    (date '2026-01-01', date '2026-01-09', 'ТК РФ, ст. 112'),
    ('2026-01-09', '2026-01-10', 'ПП РФ 24.09.2025 № 1466: перенос с 3 января'),
    ('2026-02-23', '2026-02-24', 'ТК РФ, ст. 112'),
    ('2026-03-09', '2026-03-10', 'ТК РФ, ст. 112: перенос с 8 марта'),
    ('2026-05-01', '2026-05-02', 'ТК РФ, ст. 112'),
    ('2026-05-11', '2026-05-12', 'ТК РФ, ст. 112: перенос с 9 мая'),
    ('2026-06-12', '2026-06-13', 'ТК РФ, ст. 112'),
    ('2026-11-04', '2026-11-05', 'ТК РФ, ст. 112'),
    ('2026-12-31', '2027-01-01', 'ПП РФ 24.09.2025 № 1466: перенос с 4 января')
) v (valid_from, valid_to, citation)
cross join cards_data.parameter p
cross join admin_data.operation o
where p.code = 'day_off' and o.id = '00000000-0000-4000-8000-000000000000';
