-- Meters and readings for reading by key.

-- Meters in place with what they told last, a row a register.
create view meters.meter_registers as
select m.id as meter_id, g.register, m.kind, m.premises_id, m.house_id, m.kind = 'house' as is_of_house, s.id as service_id,
    s.name as service, s.unit, s.sort, m.serial, m.digits, m.registers, i.valid_from as installed_on, nullif(i.valid_to, 'infinity') as removed_on,
    l.days[1] as last_day, l.vals[1] as last_value, l.sources[1] as last_source, l.days[2] as previous_day, l.vals[2] as previous_value,
    (l.vals[1] - l.vals[2] + case when l.rolled[1] then power(10::numeric, m.digits) else 0 end) * m.ratio as used,
    v.valid_from as verified_on, nullif(v.valid_to, 'infinity') as verify_by
from meters_data.meter m
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
call admin.describe('meters.meter_registers', 'time: both. Стоящие приборы', '{
    "kind": "Чей прибор: счёта, квартиры, дома", "is_of_house": "Общедомовой", "installed_on": "Установлен", "removed_on": "Снят", "last_day": "День последнего показания",
    "last_value": "Последнее показание", "last_source": "Откуда последнее показание", "previous_day": "День предыдущего показания",
    "previous_value": "Предыдущее показание", "used": "Расход между последними показаниями", "verified_on": "Поверен", "verify_by": "Поверить до"}');

-- Meters that count for a house: its own, and those of several houses it stands on, whichever house they hang in.
create view meters.house_registers as
select r.house_id as serves_id, r.*
from meters.meter_registers r
where r.kind = 'house'
union all
select g.house_id, r.*
from meters.group_house g
join meters.meter_registers r on r.meter_id = g.meter_id;
call admin.describe('meters.house_registers', 'time: both. Приборы, по которым считается дом: общедомовые и групповые', '{
    "serves_id": "Дом, который по ним считается", "house_id": "Дом, в котором стоит", "kind": "Чей прибор: дома, группы домов", "is_of_house": "Общедомовой",
    "installed_on": "Установлен", "removed_on": "Снят", "last_day": "День последнего показания", "last_value": "Последнее показание",
    "last_source": "Откуда последнее показание", "previous_day": "День предыдущего показания", "previous_value": "Предыдущее показание",
    "used": "Расход между последними показаниями", "verified_on": "Поверен", "verify_by": "Поверить до"}');

-- Meters that count for an account: its own, those of its communal flat, those of the house; a row a register.
create view meters.account_meters as
select a.id as account_id, a.unit_id, r.*
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
join meters.meter_registers r on r.house_id = p.house_id and (r.premises_id is null or r.premises_id in (p.id, p.parent_id));
call admin.describe('meters.account_meters', 'time: both. Приборы лицевого счёта', '{
    "kind": "Чей прибор: счёта, квартиры, дома", "is_of_house": "Общедомовой", "installed_on": "Установлен", "removed_on": "Снят", "last_day": "День последнего показания",
    "last_value": "Последнее показание", "last_source": "Откуда последнее показание", "previous_day": "День предыдущего показания",
    "previous_value": "Предыдущее показание", "used": "Расход между последними показаниями", "verified_on": "Поверен", "verify_by": "Поверить до"}');

-- What an account may have a meter of: its services, each with the meters it has. No dial counts a floor's area, pieces, or what comes
-- ready from the provider.
create view meters.account_service_meters as
select l.account_id, l.service_id, l.service, l.unit, l.sort, l.method, (
    select string_agg(distinct m.serial, ', ') from meters.account_meters m
    where m.account_id = l.account_id and m.service_id = l.service_id and m.premises_id is not null
) as meters
from cards.account_services l
where meters.may_be_metered(l.method);
call admin.describe('meters.account_service_meters', 'time: both. Услуги счёта и приборы по ним', '{"meters": "Номера приборов"}');

-- What a house may have a meter of: services of its plan and of its accounts that are charged by volume.
create view meters.house_service_meters as
select l.house_id, s.id as service_id, s.name as service, s.unit, s.sort, (
    select string_agg(distinct m.serial, ', ') from meters.meter_registers m
    where m.house_id = l.house_id and m.service_id = s.id and m.is_of_house
) as meters
from (
    select x.house_id, x.service_id from cards.house_plan x where meters.may_be_metered(x.method)
    union
    select p.house_id, y.service_id from cards.account_plan y
    join cards_data.account a on a.id = y.account_id join cards_data.premises p on p.id = a.premises_id
    where not y.is_off and meters.may_be_metered(y.method)
) l
join cards_data.service s on s.id = l.service_id;
call admin.describe('meters.house_service_meters', 'time: both. Услуги дома и общедомовые приборы по ним', '{"meters": "Номера приборов"}');

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
    m.premises_id, m.house_id, h.unit_id, coalesce(a.address, h.address) as address, i.valid_from as installed_on,
    coalesce(nullif(i.valid_to, 'infinity'), (
        select max(x.valid_to) from meters_data.meter_installed x
        where x.meter_id = m.id and not x.void and x.valid_to <= (select admin.as_of())
            and x.asserted <= (select admin.known_at()) and (x.retracted is null or x.retracted > (select admin.known_at()))
    )) as removed_on,
    v.valid_from as verified_on, nullif(v.valid_to, 'infinity') as verify_by, v.certificate, e.number as seal, e.valid_from as sealed_on, t.route_id, r.name as route, t.walk_no
from meters_data.meter m
join cards_data.service s on s.id = m.service_id
join cards.house_address h on h.house_id = m.house_id
left join cards.premises_address a on a.premises_id = m.premises_id
left join meters.meter_installed i on i.meter_id = m.id
left join meters.meter_verified v on v.meter_id = m.id
left join meters.meter_seal e on e.meter_id = m.id
left join meters.route_stop t on t.meter_id = m.id
left join meters_data.route r on r.id = t.route_id;
call admin.describe('meters.meter_head', 'time: both. Прибор', '{
    "kind": "Чей прибор: счёта, квартиры, дома", "ratio": "Коэффициент трансформации", "installed_on": "Установлен", "removed_on": "Снят",
    "verified_on": "Поверен", "verify_by": "Поверить до", "certificate": "Свидетельство о поверке", "seal": "Номер пломбы", "sealed_on": "Когда опломбирован",
    "route": "Обход", "walk_no": "Место в обходе"}');

-- Group meters of a house, and the houses of a group meter with what each had of the month that is calculated now.
create view meters.group_list as
select g.house_id, m.id as meter_id, m.serial, s.name as service, s.unit, b.base, g.valid_from as since,
    (select count(*) from meters.group_house o where o.meter_id = m.id) as houses, g.origin as operation
from meters.group_house g
join meters_data.meter m on m.id = g.meter_id
join meters.meter_installed i on i.meter_id = m.id
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
