-- A town of 50 000 accounts around the village, written down without ceremony: 200 houses of 250 flats of two companies. No
-- amount in it is true; it is there to be searched. References are not checked one by one while it is written.

set session_replication_role = replica;
create temporary view given as
select id as origin, known as asserted from admin_data.operation where id = '00000000-0000-4000-8000-0000000000aa';
create temporary table flat as
select h * 1000 + f as id, h as house_id, s.id as scope, f, h, initcap(translate(substr(md5((h * 1000 + f)::text), 1, 7), '0123456789abcdef', 'абвгдежиклмнопрс')) as surname
from generate_series(10001, 10200) h
join admin_data.scope s on s.company_id = 11 + h % 2, generate_series(1, 250) f;

-- Ranges are checked for overlaps once, at the end.
create temporary table apart as
select conrelid::regclass as fact, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'x';
do $$
declare
    v_one record;
begin
    for v_one in select * from apart loop
        execute format('alter table %s drop constraint %I', v_one.fact, v_one.name);
    end loop;
end $$;

insert into billing_data.unit (id) select generate_series(10001, 10200);
insert into cards_data.street (id, settlement, name, origin)
select 100 + n, 'Энск', name, origin from given,
    unnest('{Тополиная,Ленина,Мира,Гагарина,Заводская,Лесная,Речная,Полевая,Школьная,Вокзальная}'::text[]) with ordinality street (name, n);
insert into cards_data.house (id, unit_id, scope, street_id, district_id, company_id, number, kind, origin)
select distinct h, h, scope, 101 + h % 10, 1 + h % 2, 11 + h % 2, (h / 10 - 999)::text, 'apartment', origin from given, flat;
insert into cards_data.house_plan (unit_id, scope, house_id, service_id, valid_from, contract_id, method, tariff_id, norm_id, asserted, origin)
select unit_id, scope, id, v.service_id, '2020-01-01', v.contract_id, v.method, v.tariff_id, v.norm_id, asserted, given.origin
from given, cards_data.house, (values (1, 23, 'area_total', 31, null), (2, 21, 'meter', 32, 42)) v (service_id, contract_id, method, tariff_id, norm_id) where house.id > 10000;
insert into cards_data.premises (id, unit_id, scope, house_id, kind, number, origin)
select id, house_id, scope, house_id, 'flat', f::text, origin from given, flat;
insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, retracted, origin)
select house_id, scope, id, '2020-01-01', 30 + v.more, 20, 30, 2, v.asserted, v.retracted, origin
from given, flat, lateral (values (1, 0, given.asserted), (2, given.asserted, null)) v (more, asserted, retracted);
insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
select id, house_id, scope, id, id::text, origin from given, flat;
insert into cards_data.account_open (unit_id, scope, account_id, valid_from, asserted, origin)
select house_id, scope, id, '2020-01-01', asserted, origin from given, flat;

insert into passport_data.person (id, sex, origin) select id, 'female', origin from given, flat;
insert into passport_data.person_name (person_id, valid_from, last_name, first_name, asserted, origin)
select id, '1970-01-01', surname, 'Нина', asserted, origin from given, flat;
insert into passport_data.residence (unit_id, scope, premises_id, person_id, valid_from, is_temporary, asserted, origin)
select house_id, scope, id, id, '2020-01-01', false, asserted, origin from given, flat;
insert into passport_data.ownership (unit_id, scope, premises_id, owner_no, valid_from, person_id, share_numerator, share_denominator, asserted, origin)
select house_id, scope, id, 1, '2020-01-01', id, 1, 1, asserted, origin from given, flat;
insert into cards_data.account_holder (unit_id, scope, account_id, valid_from, person_id, asserted, origin)
select house_id, scope, id, '2020-01-01', id, asserted, origin from given, flat;
insert into meters_data.meter (id, unit_id, scope, kind, house_id, premises_id, service_id, serial, origin)
select id, house_id, scope, 'individual', house_id, id, 2, 'С' || id, origin from given, flat;
insert into meters_data.meter_installed (unit_id, scope, meter_id, valid_from, asserted, origin)
select house_id, scope, id, '2024-01-20', asserted, origin from given, flat;
insert into meters_data.meter_reading (unit_id, scope, meter_id, register, valid_from, valid_to, value, rolled_over, source, asserted, origin)
select house_id, scope, id, 1, day, day + 1, 100 + n * 4, false, 'payer', asserted, origin
from given, flat, unnest('{2026-01-20,2026-02-20,2026-03-20}'::date[]) with ordinality reading (day, n);

-- What happened: a sealed February with balances, a calculated March, a payment of everybody, an operation about everybody.
insert into admin_data.operation (id, known, kind, operator, subject, digest)
select gen_random_uuid(), nextval('admin_data.known_seq'), 'cards.premises_area', 'kv_test_colleague', 'account ' || id, '' from flat;
insert into admin_data.operation_args (operation, args) select id, '{}' from admin_data.operation where subject like 'account %';
create temporary table made as select billing.run_start('2026-03-01', null) as run;
do $$
begin
    execute format('insert into billing_data.line_%1$s select %1$s, house_id, scope, id, v.service, v.contract, 0, ''2026-03-01'', 0, 1, 30, 31.74, 952.20
        from flat, (values (1, 23), (2, 21), (3, 21), (4, 22), (5, 22)) v (service, contract)', (select run from made));
end $$;
insert into billing_data.run_unit (run, unit_id, version) select run, id, version from made, billing_data.unit where id <> 0;
select billing.run_index(run, t) from made, unnest(billing_data.run_tables()) t;
select billing.run_publish(run) from made;
-- Balances brought from another program: the month itself was never one of these books.
alter table billing_data.balance disable trigger complete;
insert into billing_data.balance (month, scope, account_id, service_id, contract_id, opening, charged, recalculated, corrected, paid, closing)
select '2026-02-01', scope, id, v.service, v.contract, 0, 10, 0, 0, 0, 10 from flat, (values (1, 23), (2, 21), (3, 21)) v (service, contract);
alter table billing_data.balance enable always trigger complete;
insert into billing_data.balance_month values ('2026-02-01', 150000, 1500000);
insert into finance_data.payment (id, unit_id, scope, account_id, paid_on, cash_day, amount, source, operation)
select id, house_id, scope, id, '2026-03-05', '2026-03-05', 100, 'касса', origin from given, flat;
insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, cash_day, amount, operation)
select id, scope, id, 0, 0, '2026-03-05', 100, origin from given, flat;
insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, amount, operation)
select house_id, scope, id, 1, 23, '2026-03-01', '2026-03-01', 'manual', 1, origin from given, flat;
insert into billing_data.due (unit_id, account_id, from_month, operation, known, booked)
select house_id, id, '2026-01-01', origin, asserted, '2026-02-01' from given, flat;

do $$
declare
    v_one record;
begin
    for v_one in select * from apart loop
        execute format('alter table %s add constraint %I %s', v_one.fact, v_one.name, v_one.definition);
    end loop;
end $$;
drop view given;
drop table flat, made, apart;
select cards.search_rebuild(null);
set session_replication_role = origin;
analyze;
