-- The law of penalties, courts and the split of payments as dated rows, each with its ground (dossier § 6, 7, 8).

-- Which paragraph a service follows: housing and utilities (ЖК 155 ч. 14), capital repair (ч. 14.1), or none.
alter table cards_data.service add column penalty text not null default 'utilities' check (penalty in ('utilities', 'repair', 'none'));
update cards_data.service set penalty = 'repair' where code = 'capital_repair';
update cards_data.service set penalty = 'none' where id = 0;

insert into cards_data.parameter (code, title) values
    ('key_rate', 'Ключевая ставка Банка России, % годовых'),
    ('penalty_rate_cap', 'Предел ставки пеней, % годовых'),
    ('penalty_rate_fixed', 'Ставка пеней, названная актом, % годовых'),
    ('penalty_grace', 'Пени: дней просрочки без начисления'),
    ('penalty_second_from', 'Пени: с какого дня просрочки вторая ступень'),
    ('penalty_first_divisor', 'Пени: первая ступень, доля ставки за день (1/…)'),
    ('penalty_second_divisor', 'Пени: вторая ступень, доля ставки за день (1/…)'),
    ('repair_grace', 'Пени по капремонту: дней просрочки без начисления'),
    ('repair_divisor', 'Пени по капремонту: доля ставки за день (1/…)'),
    ('penalty_moratorium', 'Мораторий на пени: 1 — по всем долгам, 2 — по долгам, возникшим до него'),
    ('penalty_rounding', 'Пени округляются: 0 — каждая строка расчёта, 1 — итог'),
    ('payment_penalty_last', 'Пени гасятся после основного долга: 1 — да, 0 — вместе с месяцем'),
    ('split_strategy', 'Порядок услуг при разноске: 1 — сначала действующие, 2 — сначала закрытые, 0 — без порядка'),
    ('duty_scale', 'Шкала государственной пошлины'),
    ('duty_order_percent', 'Госпошлина судебного приказа, % от исковой'),
    ('duty_round_roubles', 'Госпошлина округляется до рубля: 1 — да'),
    ('court_order_most', 'Наибольшая сумма судебного приказа, ₽'),
    ('limitation_years', 'Срок исковой давности, лет'),
    ('enforcement_percent', 'Исполнительский сбор, %'),
    ('enforcement_least', 'Исполнительский сбор с гражданина, не меньше, ₽');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.valid_from, v.valid_to, v.value, v.citation, o.known, o.id
from (values
    ('penalty_rate_fixed', date '2012-09-14', date '2016-01-01', 8.25, 'Указание Банка России 13.09.2012 № 2873-У: ставка рефинансирования'),
    ('penalty_rate_fixed', '2022-02-28', '2022-09-28', 9.5, 'ПП РФ 26.03.2022 № 474: ставка на 27.02.2022; день вступления № 1681 не проверен'),
    ('penalty_rate_cap', '2022-09-28', '2023-01-01', 9.5, 'ПП РФ 23.09.2022 № 1681: наименьшая из ставок на 27.02.2022 и на день оплаты'),
    ('penalty_rate_cap', '2023-01-01', '2024-01-01', 9.5, 'ПП РФ 26.03.2022 № 474 в ред. 23.09.2022 № 1681'),
    ('penalty_rate_cap', '2024-01-01', '2025-01-01', 9.5, 'ПП РФ 29.12.2023 № 2382'),
    ('penalty_rate_cap', '2025-01-01', '2027-01-01', 9.5, 'ПП РФ 18.03.2025 № 329'),
    ('penalty_grace', '2000-01-01', '2016-01-01', 0, 'ЖК РФ, ст. 155 ч. 14 (до 307-ФЗ)'),
    ('penalty_grace', '2016-01-01', 'infinity', 30, 'ЖК РФ, ст. 155 ч. 14 (307-ФЗ от 03.11.2015)'),
    ('penalty_second_from', '2016-01-01', 'infinity', 91, 'ЖК РФ, ст. 155 ч. 14 (307-ФЗ от 03.11.2015)'),
    ('penalty_first_divisor', '2000-01-01', 'infinity', 300, 'ЖК РФ, ст. 155 ч. 14'),
    ('penalty_second_divisor', '2016-01-01', 'infinity', 130, 'ЖК РФ, ст. 155 ч. 14 (307-ФЗ от 03.11.2015)'),
    ('repair_grace', '2000-01-01', '2021-01-01', 0, 'ЖК РФ, ст. 155 ч. 14.1 (прежняя ред.); день перехода не проверен'),
    ('repair_grace', '2021-01-01', 'infinity', 30, 'ЖК РФ, ст. 155 ч. 14.1; день перехода не проверен'),
    ('repair_divisor', '2000-01-01', 'infinity', 300, 'ЖК РФ, ст. 155 ч. 14.1'),
    ('penalty_moratorium', '2020-04-06', '2021-01-01', 1, 'ПП РФ 02.04.2020 № 424'),
    ('penalty_moratorium', '2022-04-01', '2022-10-02', 2, 'ПП РФ 28.03.2022 № 497: мораторий на банкротство'),
    ('penalty_rounding', '2000-01-01', 'infinity', 0, 'Практика: округляется каждая строка расчёта'),
    ('payment_penalty_last', '2000-01-01', 'infinity', 1, 'Пленум ВС РФ 22.11.2016 № 54'),
    ('split_strategy', '2000-01-01', 'infinity', 1, 'Порядок расчётного центра'),
    ('duty_order_percent', '2000-01-01', 'infinity', 50, 'НК РФ, ст. 333.19 п. 1'),
    ('duty_round_roubles', '2000-01-01', 'infinity', 1, 'НК РФ, ст. 52 п. 6'),
    ('court_order_most', '2016-06-01', 'infinity', 500000, 'ГПК РФ, ст. 121 ч. 1'),
    ('limitation_years', '2000-01-01', 'infinity', 3, 'ГК РФ, ст. 196 п. 1'),
    ('enforcement_percent', '2008-02-01', '2026-01-01', 7, '229-ФЗ от 02.10.2007, ст. 112'),
    ('enforcement_percent', '2026-01-01', 'infinity', 12, '229-ФЗ от 02.10.2007, ст. 112 (с 2026 года)'),
    ('enforcement_least', '2013-07-19', '2026-01-01', 1000, '229-ФЗ от 02.10.2007, ст. 112'),
    ('enforcement_least', '2026-01-01', 'infinity', 2000, '229-ФЗ от 02.10.2007, ст. 112 (с 2026 года)')
) v (code, valid_from, valid_to, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

-- The key rate from its first decision to the last one known when this was written; the next is an operation of the centre.
insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.day, coalesce(lead(v.day) over (order by v.day), 'infinity'), v.rate,
    'Решение Банка России, действует с ' || to_char(v.day, 'DD.MM.YYYY'), o.known, o.id
from (values
    (date '2014-12-16', 17.00), ('2015-02-02', 15.00), ('2015-03-16', 14.00), ('2015-05-05', 12.50),
    ('2015-06-16', 11.50), ('2015-08-03', 11.00), ('2016-06-14', 10.50), ('2016-09-19', 10.00),
    ('2017-03-27', 9.75), ('2017-05-02', 9.25), ('2017-06-19', 9.00), ('2017-09-18', 8.50),
    ('2017-10-30', 8.25), ('2017-12-18', 7.75), ('2018-02-12', 7.50), ('2018-03-26', 7.25),
    ('2018-09-17', 7.50), ('2018-12-17', 7.75), ('2019-06-17', 7.50), ('2019-07-29', 7.25),
    ('2019-09-09', 7.00), ('2019-10-28', 6.50), ('2019-12-16', 6.25), ('2020-02-10', 6.00),
    ('2020-04-27', 5.50), ('2020-06-22', 4.50), ('2020-07-27', 4.25), ('2021-03-22', 4.50),
    ('2021-04-26', 5.00), ('2021-06-15', 5.50), ('2021-07-26', 6.50), ('2021-09-13', 6.75),
    ('2021-10-25', 7.50), ('2021-12-20', 8.50), ('2022-02-14', 9.50), ('2022-02-28', 20.00),
    ('2022-04-11', 17.00), ('2022-05-04', 14.00), ('2022-05-27', 11.00), ('2022-06-14', 9.50),
    ('2022-07-25', 8.00), ('2022-09-19', 7.50), ('2023-07-24', 8.50), ('2023-08-15', 12.00),
    ('2023-09-18', 13.00), ('2023-10-30', 15.00), ('2023-12-18', 16.00), ('2024-07-29', 18.00),
    ('2024-09-16', 19.00), ('2024-10-28', 21.00), ('2025-06-09', 20.00), ('2025-07-28', 18.00),
    ('2025-09-15', 17.00), ('2025-10-27', 16.50), ('2025-12-22', 16.00), ('2026-02-16', 15.50),
    ('2026-03-23', 15.00), ('2026-04-27', 14.50), ('2026-06-22', 14.25), ('2026-07-27', 14.00)
) v (day, rate)
cross join cards_data.parameter p
cross join admin_data.operation o
where p.code = 'key_rate' and o.id = '00000000-0000-4000-8000-000000000000';

-- Scales of state duty (НК 333.19 п. 1): of a claim above `above`, `base` and `percent` of what is above it.
call admin_data.make_fact(
    'cards', 'duty_band', 'Шкала госпошлины', 'cards_data.parameter', 'parameter_id',
    '{parameter_id,above}', 'parameter_id bigint not null references cards_data.parameter, above numeric(14,2) not null check (above >= 0)',
    '{base,percent,least,most,citation}',
    'base numeric(14,2) check (base >= 0), percent numeric(7,4) check (percent between 0 and 100), least numeric(14,2), most numeric(14,2), citation text',
    '{base,percent,citation}', 'none'
);
insert into cards_data.duty_band (parameter_id, above, valid_from, valid_to, base, percent, least, most, citation, asserted, origin)
select p.id, v.above, v.valid_from, v.valid_to, v.base, v.percent, v.least, v.most, v.citation, o.known, o.id
from (values
    (0, date '2005-01-01', date '2024-09-09', 0, 4, 400, null::numeric, 'НК РФ, ст. 333.19 п. 1 (до 259-ФЗ)'),
    (20000, '2005-01-01', '2024-09-09', 800, 3, null, null, 'НК РФ, ст. 333.19 п. 1 (до 259-ФЗ)'),
    (100000, '2005-01-01', '2024-09-09', 3200, 2, null, null, 'НК РФ, ст. 333.19 п. 1 (до 259-ФЗ)'),
    (200000, '2005-01-01', '2024-09-09', 5200, 1, null, null, 'НК РФ, ст. 333.19 п. 1 (до 259-ФЗ)'),
    (1000000, '2005-01-01', '2024-09-09', 13200, 0.5, null, 60000, 'НК РФ, ст. 333.19 п. 1 (до 259-ФЗ)'),
    (0, '2024-09-09', 'infinity', 4000, 0, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (100000, '2024-09-09', 'infinity', 4000, 3, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (300000, '2024-09-09', 'infinity', 10000, 2.5, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (500000, '2024-09-09', 'infinity', 15000, 2, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (1000000, '2024-09-09', 'infinity', 25000, 1, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (3000000, '2024-09-09', 'infinity', 45000, 0.7, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (8000000, '2024-09-09', 'infinity', 80000, 0.35, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (24000000, '2024-09-09', 'infinity', 136000, 0.3, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (50000000, '2024-09-09', 'infinity', 214000, 0.2, null, null, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)'),
    (100000000, '2024-09-09', 'infinity', 314000, 0.15, null, 900000, 'НК РФ, ст. 333.19 п. 1 (259-ФЗ от 08.08.2024)')
) v (above, valid_from, valid_to, base, percent, least, most, citation)
cross join cards_data.parameter p
cross join admin_data.operation o
where p.code = 'duty_scale' and o.id = '00000000-0000-4000-8000-000000000000';

do $$
declare
    v_constraint record;
begin
    for v_constraint in select conname from pg_constraint where conrelid = 'cards_data.duty_band'::regclass and contype in ('c', 'x') loop
        execute format('comment on constraint %I on cards_data.duty_band is %L', v_constraint.conname, case
            when v_constraint.conname = 'duty_band_days' then 'начало не раньше окончания'
            when v_constraint.conname = 'duty_band_marks' then 'отменено раньше, чем записано'
            when v_constraint.conname = 'duty_band_complete' then 'не указаны пошлина, процент или основание'
            when v_constraint.conname = 'duty_band_no_overlap' then 'на эти дни уже есть другое значение'
            when v_constraint.conname = 'duty_band_percent_check' then 'процент — от 0 до 100'
            else 'сумма не должна быть меньше нуля'
        end);
    end loop;
end $$;
comment on column cards_data.duty_band.above is 'иск свыше, ₽';
comment on column cards_data.duty_band.base is 'пошлина, ₽';
comment on column cards_data.duty_band.percent is 'процент сверх';
comment on column cards_data.duty_band.least is 'не меньше, ₽';
comment on column cards_data.duty_band.most is 'не больше, ₽';
comment on column cards_data.duty_band.citation is 'основание';
