-- The average of a silent house meter of heat follows the days of heating and the cold outside (354 п. 59(1), ПП РФ 29.08.2024 № 1176).
insert into cards_data.parameter (code, title) values
    ('indoor_temperature', 'Температура отапливаемых помещений, °C'),
    ('outdoor_temperature', 'Средняя температура наружного воздуха, °C');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 18, 'ПП РФ 06.05.2011 № 354, Прил. 1 п. 15: не ниже +18 °C в жилых помещениях', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'indoor_temperature' and o.id = '00000000-0000-4000-8000-000000000000';
