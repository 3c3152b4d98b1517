-- Waste may stay no longer than 48 hours at once, and 24 where the day is warmer than +5 °C on average, beside the 72 hours of a month
-- (354 Прил. 1 п. 17). An act that does not tell how warm it was is held against the hours of the month alone.
update claims_data.deficiency set measured = '°C' where code = 'waste_removal';

insert into claims_data.deficiency_limit (deficiency_id, line_no, valid_from, since, month_hours, once_hours, rate, unit_hours, tolerance_day, tolerance_night,
    citation, asserted, origin)
select d.id, v.line_no, date '2011-09-01', v.since, 72, v.once_hours, 3.3, 24, 0, 0, 'ПП РФ 06.05.2011 № 354, Прил. 1 п. 17: ' || v.item, o.known, o.id
from (values
    (2, -90, 48, 'при среднесуточной +5 °C и ниже'),
    (3, 5.01, 24, 'при среднесуточной выше +5 °C')
) v (line_no, since, once_hours, item)
join claims_data.deficiency d on d.code = 'waste_removal'
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
