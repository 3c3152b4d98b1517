-- Heating by whatever a house has and common needs (354 п. 42(1); ЖК 156 ч. 9.1–9.3): what a month of a house must remember.

alter table billing_data.house_month
    add column measured numeric(22,7) not null default 0, -- what the house meter told, where the volume is not that itself
    add column own numeric(22,7) not null default 0, -- what the premises used themselves
    add column per_area numeric(24,12) not null default 0, -- heat of a m² without a meter
    add column carried numeric(22,7) not null default 0; -- common needs below nothing, left to the months after

insert into cards_data.parameter (code, title) values
    ('heating_evenly', 'Отопление оплачивается: 0 — в отопительный период, 1 — равными долями весь год'),
    ('heating_season_months', 'Отопительных месяцев в году'),
    ('heating_season', 'Отопительный период: 1 — да, 0 — нет; где не указано, отапливается весь месяц'),
    ('yearly_correction_month', 'Месяц I квартала, в котором корректируется плата за прошлый год');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.valid_from, v.valid_to, v.value, v.citation, o.known, o.id
from (values
    ('heating_evenly', date '2000-01-01', date 'infinity', 0, 'ПП РФ 06.05.2011 № 354, п. 42(1): решает регион'),
    ('heating_season_months', '2000-01-01', 'infinity', 7, 'ПП РФ 06.05.2011 № 354, Прил. 2 п. 2(1): решает регион'),
    ('yearly_correction_month', '2000-01-01', 'infinity', 1, 'ПП РФ 06.05.2011 № 354, п. 42(1); ЖК РФ, ст. 156 ч. 9.2: I квартал')
) v (code, valid_from, valid_to, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
