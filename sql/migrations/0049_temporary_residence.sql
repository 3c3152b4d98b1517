-- Who stays for a few days is not counted among the residents (354 п. 56): how few is a dated parameter.
insert into cards_data.parameter (code, title) values
    ('temporary_residence_days', 'Временно живущий не считается: не больше стольких дней подряд');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 5, 'ПП РФ 06.05.2011 № 354, п. 56: более 5 дней подряд', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'temporary_residence_days' and o.id = '00000000-0000-4000-8000-000000000000';
