-- Acts for reading by key.

create view claims.act_list as
select c.id as act_id, c.house_id, h.unit_id, h.address, c.number, c.drawn_on, c.service_id, s.name as service, d.code as deficiency, d.title as kind, d.measured as measure_unit,
    c.entrance, a.number as account, c.note, t.started_at, t.ended_at, t.intervals, c.origin as operation,
    case when t.intervals is null then 'withdrawn' else 'stands' end as state,
    t.intervals is not null as can_change, case when t.intervals is null then 'Акт отозван' end as refusal
from claims_data.act c
join cards.house_address h on h.house_id = c.house_id
join cards_data.service s on s.id = c.service_id
join claims_data.deficiency d on d.id = c.deficiency_id
left join cards_data.account a on a.id = c.account_id
left join lateral (
    select min(u.started_at) as started_at, max(u.ended_at) as ended_at, nullif(count(distinct u.interval_no), 0) as intervals
    from claims_data.undersupply u
    where u.house_id = c.house_id and u.act_id = c.id and not u.void and u.asserted <= (select admin.known_at())
        and (u.retracted is null or u.retracted > (select admin.known_at()))
) t on true;
call admin.describe('claims.act_list', 'time: both. Акты о перерывах и качестве', '{
    "act_id": "Номер акта в базе", "number": "Номер акта", "drawn_on": "Когда составлен", "deficiency": "Код вида отклонения", "kind": "Что нарушено",
    "measure_unit": "В чём измерено", "entrance": "Подъезд; пусто — весь дом", "account": "Один счёт; пусто — все", "started_at": "Начало", "ended_at": "Окончание",
    "intervals": "Промежутков", "state": "Действует или отозван", "can_change": "Можно ли добавить промежуток или отозвать", "refusal": "Почему нельзя"}');

create view claims.act_intervals as
select u.id, u.house_id, u.act_id, u.interval_no, u.started_at, u.ended_at, round((extract(epoch from u.ended_at - u.started_at) / 3600)::numeric, 2) as hours,
    u.measured, u.required, u.origin as operation
from claims_data.undersupply u
where not u.void and u.asserted <= (select admin.known_at()) and (u.retracted is null or u.retracted > (select admin.known_at()));
call admin.describe('claims.act_intervals', 'time: both. Промежутки акта', '{
    "act_id": "Номер акта в базе", "interval_no": "По порядку", "started_at": "Начало", "ended_at": "Окончание", "hours": "Часов", "measured": "Измерено",
    "required": "Норма, если не та, что в таблице"}');

-- What may be wrong with the services of a house: a row a service of its plan and kind of deviation.
create view claims.deficiency_choice as
select l.house_id, s.id as service_id, s.name as service, s.sort, d.id as deficiency_id, d.code, d.title, d.measured, d.sort as kind_sort,
    f.month_hours, f.once_hours, f.rate, f.unit_hours, f.citation
from (
    select distinct x.house_id, x.service_id from cards.house_plan x
    union
    select p.house_id, y.service_id from cards.account_plan y
    join cards_data.account a on a.id = y.account_id join cards_data.premises p on p.id = a.premises_id where not y.is_off
) l
join cards_data.service s on s.id = l.service_id
join claims_data.deficiency d on d.service_code = s.code
left join claims.deficiency_limit f on f.deficiency_id = d.id and f.line_no = 1;
call admin.describe('claims.deficiency_choice', 'time: both. Виды отклонений для услуг дома', '{
    "deficiency_id": "Номер вида отклонения в базе", "code": "Код вида", "title": "Что нарушено", "measured": "Что измеряет акт", "kind_sort": "Порядок видов",
    "month_hours": "Допустимо часов в месяц", "once_hours": "Допустимо часов сразу", "rate": "Процент снижения", "unit_hours": "За сколько часов"}');

-- The table of deviations, line by line.
create view claims.limit_list as
select d.id as deficiency_id, f.line_no, d.code, d.title, d.measured, d.sort, f.since, f.month_hours, f.once_hours, f.rate, f.unit_hours, f.required,
    f.tolerance_day, f.tolerance_night, f.tolerance_up, f.step, f.bound, f.priced_as, f.citation, f.valid_from
from claims_data.deficiency d
join claims.deficiency_limit f on f.deficiency_id = d.id;
call admin.describe('claims.limit_list', 'time: both. Пределы отклонений', '{
    "deficiency_id": "Номер вида отклонения в базе", "line_no": "Строка", "code": "Код вида", "title": "Что нарушено", "measured": "Что измеряет акт",
    "since": "Начиная с какого измеренного", "month_hours": "Допустимо часов в месяц", "once_hours": "Допустимо часов сразу", "rate": "Процент снижения",
    "unit_hours": "За сколько часов", "required": "Норма", "tolerance_day": "Допустимо ниже днём", "tolerance_night": "Допустимо ниже ночью",
    "tolerance_up": "Допустимо выше", "step": "За каждые сколько единиц", "bound": "Граница, за которой не платят", "priced_as": "По цене какой услуги"}');
