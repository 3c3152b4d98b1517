-- Temporary absence (354 раздел VIII): from how many full days on the bill is lowered.

insert into cards_data.parameter (code, title) values
    ('absence_min_full_days', 'Сколько полных дней отсутствия подряд ещё не дают перерасчёта');

insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 5, 'ПП РФ 06.05.2011 № 354, п. 86: более 5 полных календарных дней подряд', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'absence_min_full_days' and o.id = '00000000-0000-4000-8000-000000000000';
