-- An accident on a dead-end main leaves hot water off for up to 24 hours in a row (354 Прил. 1 п. 4). What is allowed at once is more
-- than the hours of a month, so no hours of a month stand beside it.
insert into claims_data.deficiency (code, title, service_code, measure, measured, sort, origin)
select 'hot_dead_end', 'ГВС: авария на тупиковой магистрали', 'hot_water', 'interruption', '', 42, o.id
from admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into claims_data.deficiency_limit (deficiency_id, line_no, valid_from, once_hours, rate, unit_hours, tolerance_day, tolerance_night,
    citation, asserted, origin)
select d.id, 1, date '2011-09-01', 24, 0.15, 1, 0, 0, 'ПП РФ 06.05.2011 № 354, Прил. 1 п. 4: авария на тупиковой магистрали', o.known, o.id
from claims_data.deficiency d
cross join admin_data.operation o
where d.code = 'hot_dead_end' and o.id = '00000000-0000-4000-8000-000000000000';

-- An application for an order stops limitation; when the order is cancelled, what was left of it goes on, and is six months at least.
insert into cards_data.parameter (code, title) values
    ('limitation_rest_months', 'Остаток исковой давности после отмены судебного приказа — не меньше, месяцев');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 6, 'ГК РФ, ст. 204 п. 3; Пленум ВС РФ 29.09.2015 № 43 п. 18', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'limitation_rest_months' and o.id = '00000000-0000-4000-8000-000000000000';
