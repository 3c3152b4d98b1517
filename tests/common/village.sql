-- Two houses of two companies in two districts: what the tests of operations, money and rights are made in.
-- Everything is true from 2025-11-01 or before and known from one operation; the first month of the books is 2026-03.

insert into admin_data.operation (id, known, kind, operator, subject, digest)
values ('00000000-0000-4000-8000-0000000000aa', nextval('admin_data.known_seq'), 'admin.setup', 'kvartal_owner', 'деревня', '');

create temporary view given as
select id as origin, known as asserted from admin_data.operation where id = '00000000-0000-4000-8000-0000000000aa';

insert into cards_data.organisation (id, code, name, kinds, tin, origin)
select v.*, origin from given, (values
    (11, 'north', 'УК «Север»', '{managing}'::text[], '7801000011'),
    (12, 'south', 'УК «Юг»', '{managing}', '7801000012'),
    (13, 'water', 'Водоканал', '{supplier}', '7801000013'),
    (14, 'heat', 'Теплосеть', '{supplier}', '7801000014'),
    (15, 'power', 'Энергосбыт', '{supplier}', '7801000015')
) v (id, code, name, kinds, tin);
insert into cards_data.district (id, name, origin)
select v.*, origin from given, (values (1, 'Заречный'), (2, 'Горный')) v (id, name);
insert into admin_data.scope (company_id, district_id) values (11, 1), (12, 2);
insert into cards_data.street (id, settlement, name, origin) select 1, 'Энск', 'Садовая', origin from given;

-- Services with their contracts, tariffs and norms.
insert into cards_data.service (id, code, name, unit, scale, sort, waters, origin)
select v.*, origin from given, (values
    (1, 'maintenance', 'Содержание жилого помещения', 'м²', 2, 10, '{}'::bigint[]),
    (2, 'cold_water', 'Холодное водоснабжение', 'м³', 3, 20, '{}'),
    (3, 'sewage', 'Водоотведение', 'м³', 3, 30, '{2,4}'),
    (4, 'hot_water', 'Горячее водоснабжение', 'м³', 3, 40, '{}'),
    (5, 'heating', 'Отопление', 'Гкал', 6, 50, '{}'),
    (6, 'electricity', 'Электроснабжение', 'кВт·ч', 0, 60, '{}'),
    (7, 'antenna', 'Антенна', 'шт.', 0, 70, '{}'),
    (8, 'waste', 'Обращение с ТКО', 'руб.', 0, 80, '{}')
) v (id, code, name, unit, scale, sort, waters);
insert into cards_data.contract (id, provider_id, number, origin)
select v.*, origin from given, (values (21, 13, 'В-1'), (22, 14, 'Т-1'), (23, 11, 'УК-1'), (24, 12, 'УК-2'), (25, 15, 'Э-1')) v (id, provider_id, number);
insert into cards_data.tariff (id, service_id, code, title, origin)
select v.*, origin from given, (values
    (31, 1, 'maintenance', 'Содержание'), (32, 2, 'cold_water', 'Вода'), (33, 3, 'sewage', 'Стоки'), (34, 4, 'hot_water', 'Горячая вода'),
    (35, 5, 'heating', 'Тепло'), (36, 6, 'electricity', 'Свет'), (37, 7, 'antenna', 'Антенна'), (38, 8, 'waste', 'ТКО')
) v (id, service_id, code, title);
insert into cards_data.tariff_rate (tariff_id, part, valid_from, valid_to, rate, asserted, origin)
select v.*, asserted, origin from given, (values
    (31, 0, date '2020-01-01', date 'infinity', 31.74), (32, 0, '2020-01-01', '2026-07-01', 47.36), (32, 0, '2026-07-01', 'infinity', 51.90),
    (33, 0, '2020-01-01', 'infinity', 38.09), (34, 1, '2020-01-01', 'infinity', 47.36), (34, 2, '2020-01-01', 'infinity', 2318.47),
    (35, 0, '2020-01-01', 'infinity', 2318.47), (36, 1, '2020-01-01', 'infinity', 6.21), (36, 2, '2020-01-01', 'infinity', 3.05),
    (37, 0, '2020-01-01', 'infinity', 120)
) v (tariff_id, part, valid_from, valid_to, rate);
insert into cards_data.norm (id, service_id, code, title, origin)
select v.*, origin from given, (values (42, 2, 'cold_water', 'Вода'), (44, 4, 'hot_water', 'Горячая вода'), (46, 6, 'electricity', 'Свет')) v (id, service_id, code, title);
insert into cards_data.norm_value (norm_id, part, valid_from, value, asserted, origin)
select v.*, asserted, origin from given, (values
    (42, 0, date '2020-01-01', 4.33), (44, 0, '2020-01-01', 3.19), (44, 2, '2020-01-01', 0.0651), (46, 0, '2020-01-01', 96)
) v (norm_id, part, valid_from, value);

-- Houses, premises, accounts. House 101 has a communal flat of two rooms.
insert into billing_data.unit (id) values (101), (102);
insert into cards_data.house (id, unit_id, scope, street_id, district_id, company_id, number, kind, origin)
select v.id, v.id, s.id, 1, v.district_id, v.company_id, v.number, 'apartment', origin
from given, (values (101, 1, 11, '1'), (102, 2, 12, '2')) v (id, district_id, company_id, number)
join admin_data.scope s on s.company_id = v.company_id and s.district_id = v.district_id;
insert into cards_data.house_area (unit_id, scope, house_id, valid_from, area_common, asserted, origin)
select unit_id, scope, id, '2020-01-01', 60, asserted, given.origin from cards_data.house, given;
insert into cards_data.house_plan (unit_id, scope, house_id, service_id, valid_from, contract_id, method, tariff_id, norm_id, asserted, origin)
select h.unit_id, h.scope, h.id, v.service_id, '2020-01-01', coalesce(v.contract_id, case h.id when 101 then 23 else 24 end), v.method, v.tariff_id, v.norm_id, asserted, given.origin
from given, cards_data.house h, (values
    (1, null, 'area_total', 31, null), (2, 21, 'meter', 32, 42), (3, 21, 'waters', 33, null), (4, 22, 'two_component', 34, 44), (5, 22, 'house_meter', 35, null)
) v (service_id, contract_id, method, tariff_id, norm_id);
insert into cards_data.premises (id, unit_id, scope, house_id, parent_id, kind, number, origin)
select v.id, h.unit_id, h.scope, h.id, v.parent_id, v.kind, v.number, given.origin
from given, (values
    (1011, 101, null, 'flat', '1'), (1012, 101, null, 'flat', '2'), (1013, 101, null, 'flat', '3'), (1014, 101, null, 'flat', '4'),
    (1015, 101, 1014, 'room', '1'), (1016, 101, 1014, 'room', '2'), (1021, 102, null, 'flat', '1'), (1022, 102, null, 'flat', '2')
) v (id, house_id, parent_id, kind, number)
join cards_data.house h on h.id = v.house_id order by v.id;
insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
select p.unit_id, p.scope, p.id, '2020-01-01', v.total, v.living, v.total, v.rooms, asserted, given.origin
from given, (values
    (1011, 54.30, 32.10, 2), (1012, 38.00, 19.50, 1), (1013, 71.60, 44.00, 3), (1014, 62.00, 40.00, 2),
    (1015, 31.00, 22.00, 1), (1016, 28.00, 18.00, 1), (1021, 44.10, 28.00, 2), (1022, 49.90, 30.00, 2)
) v (id, total, living, rooms)
join cards_data.premises p on p.id = v.id;
insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
select v.id, p.unit_id, p.scope, p.id, v.id::text, given.origin
from given, (values (41001, 1011), (41002, 1012), (41003, 1013), (41005, 1015), (41006, 1016), (42001, 1021), (42002, 1022)) v (id, premises_id)
join cards_data.premises p on p.id = v.premises_id order by v.id;
insert into cards_data.account_open (unit_id, scope, account_id, valid_from, asserted, origin)
select unit_id, scope, id, '2020-01-01', asserted, given.origin from cards_data.account, given;
insert into cards_data.account_plan (unit_id, scope, account_id, service_id, valid_from, is_off, contract_id, method, tariff_id, norm_id, asserted, origin)
select a.unit_id, a.scope, a.id, v.service_id, '2020-01-01', false, 25, v.method, v.tariff_id, v.norm_id, asserted, given.origin
from given, (values (41001, 6, 'meter', 36, 46), (41002, 7, 'quantity', 37, null), (42001, 8, 'ready', 38, null)) v (account_id, service_id, method, tariff_id, norm_id)
join cards_data.account a on a.id = v.account_id;
insert into cards_data.service_quantity (unit_id, scope, account_id, service_id, valid_from, quantity, asserted, origin)
select a.unit_id, a.scope, a.id, 7, '2020-01-01', 1, asserted, given.origin from given, cards_data.account a where a.id = 41002;
insert into cards_data.ready_amount (unit_id, scope, account_id, service_id, valid_from, valid_to, amount, asserted, origin)
select a.unit_id, a.scope, a.id, 8, m, (m + interval '1 month')::date, 380.37, asserted, given.origin
from given, cards_data.account a, generate_series(date '2026-03-01', date '2026-12-01', interval '1 month') m where a.id = 42001;

-- People: who lives where, who owns, who pays.
insert into passport_data.person (id, sex, born_on, origin)
select v.id, 'female', date '1970-01-01' + v.id::int, origin from given, generate_series(61, 70) v (id);
insert into passport_data.person_name (person_id, valid_from, last_name, first_name, middle_name, asserted, origin)
select v.id, '1970-01-01', v.name, 'Нина', 'Петровна', asserted, origin
from given, (values (61, 'Берёзкина'), (62, 'Вишнякова'), (63, 'Грушина'), (64, 'Дубова'), (65, 'Ежевикина'), (66, 'Жасминова'), (67, 'Зверобоева'), (68, 'Ивушкина'), (69, 'Калинина'), (70, 'Лопухова')) v (id, name);
insert into passport_data.residence (unit_id, scope, premises_id, person_id, valid_from, is_temporary, asserted, origin)
select p.unit_id, p.scope, p.id, v.person_id, '2020-01-01', false, asserted, given.origin
from given, (values (1011, 61), (1011, 62), (1012, 63), (1013, 64), (1013, 65), (1013, 66), (1015, 67), (1016, 68), (1021, 69)) v (premises_id, person_id)
join cards_data.premises p on p.id = v.premises_id;
insert into passport_data.ownership (unit_id, scope, premises_id, owner_no, valid_from, person_id, share_numerator, share_denominator, asserted, origin)
select p.unit_id, p.scope, p.id, 1, '2020-01-01', v.person_id, 1, 1, asserted, given.origin
from given, (values (1011, 61), (1012, 63), (1013, 64), (1015, 67), (1016, 68), (1021, 69), (1022, 70)) v (premises_id, person_id)
join cards_data.premises p on p.id = v.premises_id;
insert into cards_data.account_holder (unit_id, scope, account_id, valid_from, person_id, asserted, origin)
select a.unit_id, a.scope, a.id, '2020-01-01', o.person_id, given.asserted, given.origin
from given, cards_data.account a join passport_data.ownership o on o.premises_id = a.premises_id;

-- Meters, read on the 20th of each month until February 2026; flat 3 has none, house 102 none for heat.
insert into meters_data.meter (id, unit_id, scope, kind, house_id, premises_id, service_id, serial, digits, registers, origin)
select v.id, h.unit_id, h.scope, v.kind, h.id, v.premises_id, v.service_id, v.serial, v.digits, v.registers, given.origin
from given, (values
    (51, 'individual', 101, 1011, 2, 'ХВ-1', 5, 1), (52, 'individual', 101, 1012, 2, 'ХВ-2', 5, 1), (53, 'house', 101, null, 5, 'ОДПУ-1', 6, 1),
    (54, 'individual', 101, 1011, 6, 'СЭ-1', 6, 2), (55, 'individual', 102, 1021, 2, 'ХВ-5', 5, 1), (56, 'flat', 101, 1014, 2, 'ХВ-4', 5, 1)
) v (id, kind, house_id, premises_id, service_id, serial, digits, registers)
join cards_data.house h on h.id = v.house_id;
insert into meters_data.meter_installed (unit_id, scope, meter_id, valid_from, asserted, origin)
select unit_id, scope, id, '2024-01-20', asserted, given.origin from meters_data.meter, given;
insert into meters_data.meter_reading (unit_id, scope, meter_id, register, valid_from, valid_to, value, rolled_over, source, asserted, origin)
select m.unit_id, m.scope, m.id, r, d.day, d.day + 1, 1000 + d.place * v.step * r, false, 'payer', asserted, given.origin
from given, (values (51, 5), (52, 4), (53, 6), (54, 100), (55, 3), (56, 7)) v (id, step)
join meters_data.meter m on m.id = v.id
cross join lateral generate_series(1, m.registers) r
cross join (values (date '2025-11-20', 0), ('2025-12-20', 1), ('2026-01-20', 2), ('2026-02-20', 3)) d (day, place);

-- Payees and their fees.
insert into cards_data.settlement_account (organisation_id, valid_from, account, bank_name, bic, correspondent_account, asserted, origin)
select v.id, '2020-01-01', '4070281000000000000' || (v.id - 10), 'Банк «Энский»', '044030001', '30101810000000000001', asserted, origin
from given, generate_series(11, 15) v (id);
insert into finance_data.fee_rate (organisation_id, fee, valid_from, percent, asserted, origin)
select v.id, f.fee, '2020-01-01', f.percent, asserted, origin
from given, (values (11), (12), (13), (14)) v (id), (values ('agent', 1), ('centre', 1.5)) f (fee, percent);

insert into billing_data.month (month) values ('2026-03-01');
drop view given;
select cards.search_rebuild(null);
