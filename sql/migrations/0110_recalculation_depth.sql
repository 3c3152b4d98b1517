-- How far back a change recalculates released months, and whether undersupply lowers the surplus of the coefficient: dated law.
insert into cards_data.parameter (code, title) values
    ('recalculation_depth_months', 'За сколько выпущенных месяцев назад делается перерасчёт'),
    ('undersupply_of_surplus', 'Недопоставка снижает и плату по повышающему коэффициенту: 1 — да, 0 — нет');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', v.value, v.citation, o.known, o.id
from (values
    ('recalculation_depth_months', 36, 'ГК РФ, ст. 196: исковая давность три года'),
    ('undersupply_of_surplus', 1, 'ПП РФ 06.05.2011 № 354, п. 98, Прил. 2 ф. 4(1): снижается вся плата за услугу')
) v (code, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

-- The mark of the operation that ordered to go beyond the depth.
alter table billing_data.due add column ordered_known bigint;
create index due_from on billing_data.due (from_month);

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('570', 'menu-depths', 'Глубже срока перерасчёта', 'billing', 'month', 82, '{kvartal_accountant,kvartal_centre}');
