-- Meters and readings for reading by key.

-- Meters that count for an account: its own, those of its communal flat, those of the house; a row a register.
create view meters.account_meters as
select a.id as account_id, m.id as meter_id, g.register, m.kind, m.premises_id, m.house_id, a.unit_id, s.id as service_id, s.name as service, s.unit, s.sort,
    m.serial, m.digits, m.registers, i.valid_from as installed_on, nullif(i.valid_to, 'infinity') as removed_on,
    l.days[1] as last_day, l.vals[1] as last_value, l.sources[1] as last_source, l.days[2] as previous_day, l.vals[2] as previous_value,
    (l.vals[1] - l.vals[2] + case when l.rolled[1] then power(10::numeric, m.digits) else 0 end) * m.ratio as used,
    v.valid_from as verified_on, nullif(v.valid_to, 'infinity') as verify_by
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
join meters_data.meter m on m.house_id = p.house_id and (m.premises_id is null or m.premises_id in (p.id, p.parent_id))
join meters.meter_installed i on i.meter_id = m.id
join cards_data.service s on s.id = m.service_id
cross join lateral generate_series(1, m.registers::int) g (register)
left join meters.meter_verified v on v.meter_id = m.id
left join lateral (
    select array_agg(r.day order by r.day desc) as days, array_agg(r.value order by r.day desc) as vals,
        array_agg(r.source order by r.day desc) as sources, array_agg(r.rolled_over order by r.day desc) as rolled
    from (
        select x.day, x.value, x.source, x.rolled_over from meters.readings x
        where x.meter_id = m.id and x.register = g.register order by x.day desc limit 2
    ) r
) l on true;
call admin.describe('meters.account_meters', 'time: both. Приборы лицевого счёта', '{
    "kind": "Чей прибор: счёта, квартиры, дома", "installed_on": "Установлен", "removed_on": "Снят", "last_day": "День последнего показания",
    "last_value": "Последнее показание", "last_source": "Откуда последнее показание", "previous_day": "День предыдущего показания",
    "previous_value": "Предыдущее показание", "used": "Расход между последними показаниями", "verified_on": "Поверен", "verify_by": "Поверить до"}');

create view meters.reading_history as
select r.meter_id, r.register, r.day, r.value, r.rolled_over, r.source,
    (r.value - lag(r.value) over w + case when r.rolled_over then power(10::numeric, m.digits) else 0 end) * m.ratio as used,
    r.day - lag(r.day) over w as days, r.origin as operation, o.at, o.operator::text as operator, p.full_name
from meters.readings r
join meters_data.meter m on m.id = r.meter_id
join admin_data.operation o on o.id = r.origin
left join admin_data.operator p on p.login = o.operator
window w as (partition by r.meter_id, r.register order by r.day);
call admin.describe('meters.reading_history', 'time: both. Показания прибора', '{
    "value": "Показание", "used": "Расход с предыдущего показания", "days": "Дней с предыдущего показания", "full_name": "Кто записал"}');

create view meters.meter_head as
select m.id as meter_id, m.kind, m.serial, m.digits, m.registers, m.ratio, s.id as service_id, s.name as service, s.unit,
    m.premises_id, m.house_id, h.unit_id, coalesce(a.address, h.address) as address, i.valid_from as installed_on, nullif(i.valid_to, 'infinity') as removed_on,
    v.valid_from as verified_on, nullif(v.valid_to, 'infinity') as verify_by, t.route_id, r.name as route, t.walk_no
from meters_data.meter m
join cards_data.service s on s.id = m.service_id
join cards.house_address h on h.house_id = m.house_id
left join cards.premises_address a on a.premises_id = m.premises_id
left join meters.meter_installed i on i.meter_id = m.id
left join meters.meter_verified v on v.meter_id = m.id
left join meters.route_stop t on t.meter_id = m.id
left join meters_data.route r on r.id = t.route_id;
call admin.describe('meters.meter_head', 'time: both. Прибор', '{
    "kind": "Чей прибор: счёта, квартиры, дома", "ratio": "Коэффициент трансформации", "installed_on": "Установлен", "removed_on": "Снят",
    "verified_on": "Поверен", "verify_by": "Поверить до", "route": "Обход", "walk_no": "Место в обходе"}');

-- Group meters of a house, and the houses of a group meter with what each had of the month that is calculated now.
create view meters.group_list as
select g.house_id, m.id as meter_id, m.serial, s.name as service, s.unit, b.base, g.valid_from as since,
    (select count(*) from meters.group_house o where o.meter_id = m.id) as houses, g.origin as operation
from meters.group_house g
join meters_data.meter m on m.id = g.meter_id
join cards_data.service s on s.id = m.service_id
left join meters.group_base b on b.meter_id = m.id;
call admin.describe('meters.group_list', 'time: both. Групповые приборы дома', '{
    "base": "По чему делится объём", "since": "С какого дня считает дом", "houses": "Домов на приборе", "operation": "Операция"}');

create view meters.group_member as
select g.meter_id, g.house_id, h.address, g.valid_from as since, nullif(g.valid_to, 'infinity') as until, q.month, q.volume, g.origin as operation
from meters.group_house g
join meters_data.meter m on m.id = g.meter_id
join cards.house_address h on h.house_id = g.house_id
left join lateral (
    select r.month, r.volume from billing_data.house_month r
    where r.run = (select run from billing_data.month where month = billing.open_month())
        and r.house_id = g.house_id and r.service_id = m.service_id and r.month = billing.open_month()
) q on true;
call admin.describe('meters.group_member', 'time: both. Дома группового прибора', '{
    "since": "С какого дня", "until": "По какой день, не включая", "month": "Месяц расчёта", "volume": "Объём дома в месяце", "operation": "Операция"}');
