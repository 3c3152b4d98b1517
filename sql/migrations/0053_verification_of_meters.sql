-- A meter whose verification ran out does not count (354 п. 59): its dates move bills, and there is a list of what runs out soon.

update admin_data.fact_kind set reach = 'meter' where name = 'meter_verified';
create index meter_verified_end on meters_data.meter_verified (valid_to, meter_id) where retracted is null;

-- Months not out yet are calculated anew where some verification has an end.
insert into billing_data.queue (unit_id, priority, known)
select distinct u.id, 60, u.version
from meters_data.meter_verified v join billing_data.unit u on u.id = v.unit_id
where v.retracted is null and not v.void and v.valid_to < 'infinity';

insert into cards_data.parameter (code, title) values
    ('verification_notice_days', 'За сколько дней до конца поверки прибор попадает в список');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 60, 'Порядок расчётного центра', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'verification_notice_days' and o.id = '00000000-0000-4000-8000-000000000000';

insert into billing_data.control_kind (code, sort, always, title, advice) values
    ('verification_ended', 210, false, 'Истёк срок поверки прибора', 'Запишите новую поверку; пока её нет, берётся среднее, затем норматив');

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('345', 'menu-verifications', 'Истекает поверка приборов', 'meters', 'meters', 62, '{kvartal_accountant,kvartal_dispatcher,kvartal_centre}');
