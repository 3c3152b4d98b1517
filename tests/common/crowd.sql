-- Thirty houses of 250 flats, charged by area: enough for a run of several batches. The services and tariffs are the village's.

create temporary view given as
select id as origin, known as asserted from admin_data.operation where id = '00000000-0000-4000-8000-0000000000aa';

insert into billing_data.unit (id) select generate_series(1001, 1030);
insert into cards_data.house (id, unit_id, scope, street_id, district_id, company_id, number, kind, origin)
select h, h, s.id, 1, 1, 11, h::text, 'apartment', origin
from given, generate_series(1001, 1030) h, admin_data.scope s where s.company_id = 11;
insert into cards_data.house_plan (unit_id, scope, house_id, service_id, valid_from, contract_id, method, tariff_id, asserted, origin)
select unit_id, scope, id, 1, '2020-01-01', 23, 'area_total', 31, asserted, given.origin from cards_data.house, given where id > 1000;
insert into cards_data.premises (id, unit_id, scope, house_id, kind, number, origin)
select h.id * 1000 + f, h.unit_id, h.scope, h.id, 'flat', f::text, given.origin
from given, cards_data.house h, generate_series(1, 250) f where h.id > 1000 order by 1;
insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
select unit_id, scope, id, '2020-01-01', 30 + (id % 97) / 2.0, 20, 30, 2, asserted, given.origin from cards_data.premises, given where id > 1000000;
insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
select id, unit_id, scope, id, id::text, given.origin from cards_data.premises, given where premises.id > 1000000 order by 1;
insert into cards_data.account_open (unit_id, scope, account_id, valid_from, asserted, origin)
select unit_id, scope, id, '2020-01-01', asserted, given.origin from cards_data.account, given where id > 1000000;
drop view given;
analyze;
