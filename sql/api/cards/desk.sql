-- Cards of the desk: accounts, houses, services, tariffs, for reading by key.

create view cards.premises_address as
select p.id as premises_id, p.house_id, h.unit_id, h.street_id, p.kind, p.entrance, p.floor,
    case when f.id is null then p.number else f.number || '/' || p.number end as number,
    cards.address_told(s.settlement, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number) as address,
    cards.address_told(null, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number) as address_short
from cards_data.premises p
left join cards_data.premises f on f.id = p.parent_id
join cards_data.house h on h.id = p.house_id
join cards_data.street s on s.id = h.street_id;
call admin.describe('cards.premises_address', 'time: none. Адрес помещения', '{
    "kind": "Вид помещения", "number": "Номер помещения; у комнаты — квартира и комната", "address": "Адрес целиком", "address_short": "Адрес без населённого пункта"}');

create view cards.house_address as
select h.id as house_id, h.unit_id, h.street_id, s.settlement,
    cards.address_told(s.settlement, s.kind, s.name, h.number, null, null, null, null) as address,
    cards.address_told(null, s.kind, s.name, h.number, null, null, null, null) as address_short
from cards_data.house h join cards_data.street s on s.id = h.street_id;
call admin.describe('cards.house_address', 'time: none. Адрес дома', '{
    "settlement": "Населённый пункт", "address": "Адрес целиком", "address_short": "Адрес без населённого пункта"}');

-- The head of an account's card. Money is of today whatever the date line says: bills are not facts.
create view cards.account_head as
select a.id as account_id, a.number, a.premises_id, p.house_id, a.unit_id, d.address, p.kind as premises_kind,
    w.payer as holder, w.person_id as holder_person_id, w.organisation_id as holder_organisation_id,
    r.area_total, r.area_living, r.area_heated, r.rooms,
    l.registered, l.temporary, l.absent,
    h.company_id, o.name as company, h.district_id, t.name as district,
    case when v.account_id is not null then 'open' else 'closed' end as state, coalesce(v.valid_from, (
        select max(x.valid_to) from cards_data.account_open x
        where x.account_id = a.id and not x.void and x.valid_to <= (select admin.as_of())
            and x.asserted <= (select admin.known_at()) and (x.retracted is null or x.retracted > (select admin.known_at()))
    )) as state_since,
    billing.released_month() as balance_month, m.balance, m.paid_since, m.to_pay, billing.open_month() as open_month
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
join cards_data.house h on h.id = p.house_id
join cards.premises_address d on d.premises_id = a.premises_id
join cards_data.district t on t.id = h.district_id
left join cards_data.organisation o on o.id = h.company_id
left join cards.account_payer w on w.account_id = a.id
left join cards.premises_area r on r.premises_id = a.premises_id
left join cards.account_open v on v.account_id = a.id
cross join lateral (
    select count(distinct s.person_id) filter (where not s.is_temporary) as registered,
        count(distinct s.person_id) filter (where s.is_temporary) as temporary,
        (select count(distinct x.person_id) from passport.temporary_absence x where x.premises_id = a.premises_id) as absent
    from passport.residence s where s.premises_id = a.premises_id
) l
cross join lateral billing.owed(array[a.id]) m;
call admin.describe('cards.account_head', 'time: both. Лицевой счёт', '{
    "number": "Номер лицевого счёта", "premises_kind": "Вид помещения", "holder": "Плательщик: на кого выписана квитанция",
    "holder_person_id": "Плательщик-человек: номер в базе", "holder_organisation_id": "Плательщик-организация: номер в базе",
    "area_total": "Общая площадь, м²", "area_living": "Жилая площадь, м²", "area_heated": "Отапливаемая площадь, м²",
    "registered": "Зарегистрировано по месту жительства на день карточки", "temporary": "Зарегистрировано временно на день карточки",
    "absent": "Временно отсутствуют на день карточки", "company": "Управляющая организация", "district": "Участок",
    "state": "Открыт ли счёт на день карточки", "state_since": "С какого дня открыт или закрыт", "balance_month": "Последний выпущенный месяц",
    "balance": "Сальдо на конец выпущенного месяца, ₽: плюс — долг", "paid_since": "Оплачено после конца выпущенного месяца, ₽",
    "to_pay": "Осталось оплатить, ₽: сальдо без оплаченного после", "open_month": "Месяц, который считается сейчас"}');

create view cards.house_head as
select h.id as house_id, h.unit_id, h.street_id, d.address, h.number, h.kind, h.built_year, h.floors, h.has_lift, h.stove, g.area_common,
    h.company_id, o.name as company, h.district_id, t.name as district,
    (select count(*) from cards_data.premises p where p.house_id = h.id) as premises_count,
    (select count(*) from cards_data.premises p join cards_data.account a on a.premises_id = p.id where p.house_id = h.id) as account_count,
    (select sum(r.area_total) from cards_data.premises p join cards.premises_area r on r.premises_id = p.id
     where p.house_id = h.id and p.parent_id is null) as area_total,
    (select count(distinct l.person_id) from cards_data.premises p join passport.residence l on l.premises_id = p.id where p.house_id = h.id) as residents,
    (select count(*) from meters_data.meter m join meters.meter_installed i on i.meter_id = m.id
     where m.house_id = h.id and m.kind = 'house') as house_meters
from cards_data.house h
join cards.house_address d on d.house_id = h.id
join cards_data.district t on t.id = h.district_id
left join cards_data.organisation o on o.id = h.company_id
left join cards.house_area g on g.house_id = h.id;
call admin.describe('cards.house_head', 'time: both. Дом', '{
    "number": "Номер дома", "kind": "Вид дома", "built_year": "Год постройки", "floors": "Этажей", "has_lift": "Есть ли лифт", "stove": "Плиты",
    "area_common": "Площадь общего имущества, м²", "company": "Управляющая организация", "district": "Участок", "premises_count": "Помещений",
    "account_count": "Лицевых счетов", "area_total": "Общая площадь помещений, м²", "residents": "Зарегистрировано на день карточки",
    "house_meters": "Общедомовых приборов"}');

-- What an account is charged for: its own plan where it has one, else that of the house.
create view cards.account_services as
select a.id as account_id, s.id as service_id, s.name as service, s.unit, s.sort, l.origin_of, l.method,
    l.contract_id, c.provider_id as organisation_id, o.name as provider, c.number as contract,
    l.tariff_id, t.title as tariff, q.rate, q.second_rate, l.norm_id, n.title as norm, v.value as norm_value, y.quantity, z.amount as ready_amount,
    l.valid_from
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
cross join lateral (
    select 'account' as origin_of, service_id, contract_id, method, tariff_id, norm_id, valid_from
    from cards.account_plan where account_id = a.id and not is_off
    union all
    select 'house', x.service_id, x.contract_id, x.method, x.tariff_id, x.norm_id, x.valid_from
    from cards.house_plan x
    where x.house_id = p.house_id and not exists (select from cards.account_plan y where y.account_id = a.id and y.service_id = x.service_id)
) l
join cards_data.service s on s.id = l.service_id
left join cards_data.contract c on c.id = l.contract_id
left join cards_data.organisation o on o.id = c.provider_id
left join cards_data.tariff t on t.id = l.tariff_id
left join cards_data.norm n on n.id = l.norm_id
left join cards.service_quantity y on y.account_id = a.id and y.service_id = l.service_id
left join cards.ready_amount z on z.account_id = a.id and z.service_id = l.service_id
left join cards.premises_area r on r.premises_id = a.premises_id
left join lateral (
    select (array_agg(f.rate order by f.part))[1] as rate, (array_agg(f.rate order by f.part))[2] as second_rate
    from cards.tariff_rate f where f.tariff_id = l.tariff_id
) q on true
left join lateral (
    -- The line of the norm that fits the flat, as the calculation chooses it: an exact number before "any".
    select f.value from cards.norm_value f
    where f.norm_id = l.norm_id and f.rooms in (0, r.rooms)
        and f.persons in (0, (select count(distinct e.person_id) from passport.residence e where e.premises_id = a.premises_id))
    order by f.part, f.rooms desc, f.persons desc limit 1
) v on true;
call admin.describe('cards.account_services', 'time: both. Услуги лицевого счёта', '{
    "origin_of": "Чей порядок начисления: дома или самого счёта", "second_rate": "Цена второй части, ₽: тепло, ночь", "rate": "Цена за единицу на день карточки, ₽",
    "norm_value": "Норматив на день карточки", "quantity": "Количество", "ready_amount": "Готовое начисление поставщика, ₽"}');

-- All a tariff was, is and will be, as known at the mark of the date line.
create view cards.tariff_history as
select f.id, f.tariff_id, f.part, t.title, s.name as service, s.unit, f.rate, f.citation, f.valid_from, (nullif(f.valid_to, 'infinity') - 1)::date as through,
    f.origin as operation, o.at, o.operator::text as operator, o.ground
from cards_data.tariff_rate f
join cards_data.tariff t on t.id = f.tariff_id
join cards_data.service s on s.id = t.service_id
join admin_data.operation o on o.id = f.origin
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('cards.tariff_history', 'time: both. Цены тарифа по времени', '{"title": "Тариф"}');

-- A service with the provider of a contract: what a line of money is counted under.
create view cards.services_of_contract as
select s.id as service_id, c.id as contract_id, s.name as service, o.id as organisation_id, o.name as provider, c.number as contract
from cards_data.service s cross join cards_data.contract c join cards_data.organisation o on o.id = c.provider_id;
call admin.describe('cards.services_of_contract', 'time: none. Услуга и поставщик по договору');

-- Norms and parameters of calculation: what stands, and all they were and will be.

-- Every parameter, also one that nobody has set yet.
create view cards.parameter_list as
select p.id as parameter_id, p.code, p.title, v.value, v.citation, v.valid_from, n.value as next_value, n.valid_from as next_from
from cards_data.parameter p
left join cards.parameter_value v on v.parameter_id = p.id
left join lateral (
    select f.value, f.valid_from from cards_data.parameter_value f
    where f.parameter_id = p.id and not f.void and f.valid_from > (select admin.as_of())
        and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()))
    order by f.valid_from limit 1
) n on true;
call admin.describe('cards.parameter_list', 'time: both. Параметры расчёта', '{
    "parameter_id": "Номер параметра в базе", "code": "Код параметра", "title": "Параметр", "value": "Значение на день карточки",
    "citation": "Закон или решение", "next_value": "Назначено вперёд", "next_from": "С какого дня"}');

-- All values of a parameter, as known at the mark of the date line.
create view cards.parameter_history as
select f.id, f.parameter_id, p.code, p.title, f.value, f.citation, f.valid_from, (nullif(f.valid_to, 'infinity') - 1)::date as through,
    f.origin as operation, o.operator::text as operator, o.ground
from cards_data.parameter_value f
join cards_data.parameter p on p.id = f.parameter_id
join admin_data.operation o on o.id = f.origin
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('cards.parameter_history', 'time: both. Значения параметра по времени', '{
    "parameter_id": "Номер параметра в базе", "code": "Код параметра", "title": "Параметр", "value": "Значение", "citation": "Закон или решение"}');

-- Norms by parts, rooms and persons; 0 rooms or persons: any number of them.
create view cards.norm_list as
select n.id as norm_id, n.service_id, n.code, n.title, s.name as service, s.unit, s.sort, v.part, v.rooms, v.persons, v.value, v.citation, v.valid_from
from cards_data.norm n
join cards_data.service s on s.id = n.service_id
left join cards.norm_value v on v.norm_id = n.id;
call admin.describe('cards.norm_list', 'time: both. Нормативы', '{
    "norm_id": "Номер норматива в базе", "code": "Код норматива", "title": "Норматив", "part": "Часть: у горячей воды 1 — тепло",
    "rooms": "Комнат; 0 — сколько угодно", "persons": "Человек; 0 — сколько угодно", "value": "Значение на день карточки", "citation": "Решение"}');

-- All values of a norm, as known at the mark of the date line.
create view cards.norm_history as
select f.id, f.norm_id, n.title, s.name as service, s.unit, f.part, f.rooms, f.persons, f.value, f.citation, f.valid_from,
    (nullif(f.valid_to, 'infinity') - 1)::date as through, f.origin as operation, o.operator::text as operator, o.ground
from cards_data.norm_value f
join cards_data.norm n on n.id = f.norm_id
join cards_data.service s on s.id = n.service_id
join admin_data.operation o on o.id = f.origin
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('cards.norm_history', 'time: both. Значения норматива по времени', '{
    "norm_id": "Номер норматива в базе", "title": "Норматив", "part": "Часть", "rooms": "Комнат; 0 — сколько угодно",
    "persons": "Человек; 0 — сколько угодно", "value": "Значение", "citation": "Решение"}');

-- Directories a plan is told from, and the plans themselves.

create view cards.organisation_list as
select o.id as organisation_id, o.code, o.name, o.tin, o.kpp, o.address, o.phone,
    (select count(*) from cards_data.contract c where c.provider_id = o.id) as contracts, o.kinds[1] as role
from cards_data.organisation o
-- those that were taken back are in no list
where o.id not in (select f.organisation_id from cards_data.organisation_open f group by 1 having bool_and(f.retracted is not null or f.void));
call admin.describe('cards.organisation_list', 'time: none. Организации', '{
    "name": "Организация", "tin": "ИНН", "kpp": "КПП", "phone": "Телефон", "contracts": "Сколько с ней договоров", "role": "Кто она: управляет домами, поставляет, вывозит отходы"}');

-- Whose signature stands on the papers of an organisation; an office nobody holds has its row too.
create view cards.officer_list as
select o.id as organisation_id, v.office, v.sort, f.post, concat_ws(' ', f.last_name, f.first_name, f.middle_name) as full_name,
    f.last_name, f.first_name, f.middle_name, f.valid_from as since
from cards_data.organisation o
cross join (values ('head', 1), ('accountant', 2), ('passport', 3)) v (office, sort)
left join cards.officer f on f.organisation_id = o.id and f.office = v.office;
call admin.describe('cards.officer_list', 'time: both. Кто подписывает бумаги организации', '{
    "office": "Руководитель, главный бухгалтер, паспортист", "sort": "Порядок", "post": "Должность", "full_name": "Фамилия, имя, отчество",
    "last_name": "Фамилия", "first_name": "Имя", "middle_name": "Отчество", "since": "С какого дня"}');

create view cards.contract_list as
select c.id as contract_id, c.number as contract, o.organisation_id, o.code as provider_code, o.name as provider,
    y.payee_id, p.name as payee, y.valid_from
from cards_data.contract c
join cards.organisation_list o on o.organisation_id = c.provider_id
left join cards.contract_payee y on y.contract_id = c.id
left join cards_data.organisation p on p.id = y.payee_id
where c.id <> 0;
call admin.describe('cards.contract_list', 'time: both. Договоры с поставщиками', '{
    "provider_code": "Код поставщика", "payee_id": "Получатель платы: номер в базе", "payee": "Получатель платы; пусто — расчётный центр"}');

create view cards.tariff_choice as
select t.service_id, t.id as tariff_id, t.code, t.title, s.name as service, s.unit, q.rate, q.second_rate, q.valid_from
from cards_data.tariff t
join cards_data.service s on s.id = t.service_id
left join lateral (
    select (array_agg(f.rate order by f.part))[1] as rate, (array_agg(f.rate order by f.part))[2] as second_rate, max(f.valid_from) as valid_from
    from cards.tariff_rate f where f.tariff_id = t.id
) q on true;
call admin.describe('cards.tariff_choice', 'time: both. Тарифы услуги', '{
    "code": "Код тарифа", "title": "Тариф", "second_rate": "Цена второй части, ₽: тепло, ночь"}');

create view cards.norm_choice as
select n.service_id, n.id as norm_id, n.code, n.title, s.name as service, s.unit, q.value, q.valid_from
from cards_data.norm n
join cards_data.service s on s.id = n.service_id
left join lateral (
    select (array_agg(f.value order by f.part, f.rooms, f.persons))[1] as value, max(f.valid_from) as valid_from
    from cards.norm_value f where f.norm_id = n.id
) q on true;
call admin.describe('cards.norm_choice', 'time: both. Нормативы услуги', '{"code": "Код норматива", "title": "Норматив", "value": "Первое значение на день карточки"}');

create view cards.house_plan_list as
select l.house_id, l.service_id, s.name as service, s.unit, s.sort, l.method, l.contract_id, o.name as provider, o.code as provider_code,
    c.number as contract, t.title as tariff, t.code as tariff_code, n.title as norm, n.code as norm_code, l.valid_from,
    (nullif(l.valid_to, 'infinity') - 1)::date as through, l.origin as operation
from cards.house_plan l
join cards_data.service s on s.id = l.service_id
left join cards_data.contract c on c.id = l.contract_id
left join cards_data.organisation o on o.id = c.provider_id
left join cards_data.tariff t on t.id = l.tariff_id
left join cards_data.norm n on n.id = l.norm_id;
call admin.describe('cards.house_plan_list', 'time: both. Порядок начисления по дому', '{
    "provider_code": "Код поставщика", "tariff_code": "Код тарифа", "norm_code": "Код норматива"}');

-- Whether anything in a house is charged by containers, on any day: where nothing is, they would change nothing.
create view cards.container_offer as
select h.id as house_id, p.is_charged, case when not p.is_charged then 'По контейнерам дому ничего не начисляется: способ задают на экране 262' end as refusal
from cards_data.house h
cross join lateral (
    select exists (
        select from cards_data.house_plan l
        where l.house_id = h.id and l.retracted is null and not l.void and l.method in ('containers_persons', 'containers_area')
    ) as is_charged
) p;
call admin.describe('cards.container_offer', 'time: none. Начисляется ли дому по контейнерам', '{
    "is_charged": "Начисляется ли что-нибудь по контейнерам", "refusal": "Почему контейнеры не записывают"}');

-- Containers of a house with what they hold in a month; services it is charged for by containers.
create view cards.container_list as
select w.house_id, w.service_id, w.sort as container, s.name as service, s.unit, w.capacity, w.containers, w.removals,
    trim_scale(w.capacity * w.containers * w.removals) as volume, w.valid_from, (nullif(w.valid_to, 'infinity') - 1)::date as through,
    w.origin as operation
from cards.waste_container w
join cards_data.service s on s.id = w.service_id;
call admin.describe('cards.container_list', 'time: both. Контейнеры дома для отходов', '{
    "container": "Вид контейнеров", "capacity": "Объём одного, м³", "containers": "Контейнеров", "removals": "Вывозов в месяц"}');

create view cards.container_service as
select l.house_id, l.service_id, s.name as service, s.unit, s.sort, l.method
from cards.house_plan l
join cards_data.service s on s.id = l.service_id
where l.method in ('containers_persons', 'containers_area');
call admin.describe('cards.container_service', 'time: both. Услуги дома, которые начисляются по контейнерам');

-- The services of the centre with how many houses are charged for each. One whose beginning was taken back (services.sql) is none of them.
create view cards.service_list as
select s.id as service_id, s.code, s.name, s.unit, s.scale, s.sort, s.penalty,
    (select string_agg(w.name, ', ' order by array_position(s.waters, w.id)) from cards_data.service w where w.id = any (s.waters)) as resources,
    (select count(*) from cards.house_plan l where l.service_id = s.id) as houses
from cards_data.service s
where s.id <> 0 and (
    not exists (select from cards_data.service_open f where f.service_id = s.id)
    or exists (select from cards_data.service_open f where f.service_id = s.id and f.retracted is null and not f.void)
);
call admin.describe('cards.service_list', 'time: both. Услуги центра', '{
    "name": "Услуга", "penalty": "Группа: коммунальные, жильё, капремонт, прочее", "resources": "Из объёмов каких услуг складывается",
    "houses": "Скольким домам начисляется"}');

-- Any service for any house or account, with what is planned now: to change it, or to begin it.
create view cards.house_plan_head as
select h.id as house_id, s.service_id, s.name as service, s.unit, s.sort, l.method, l.provider, l.provider_code, l.contract, l.tariff_code,
    l.norm_code, l.valid_from
from cards_data.house h
cross join cards.service_list s
left join cards.house_plan_list l on l.house_id = h.id and l.service_id = s.service_id;

call admin.describe('cards.house_plan_head', 'time: both. Порядок начисления услуги по дому', '{
    "provider_code": "Код поставщика", "tariff_code": "Код тарифа", "norm_code": "Код норматива"}');

create view cards.account_plan_head as
select a.id as account_id, s.service_id, s.name as service, s.unit, s.sort,
    case when y.is_off then 'off' when y.account_id is not null then 'account' when l.house_id is not null then 'house' end as origin_of,
    coalesce(y.method, l.method) as method, o.code as provider_code, o.name as provider, c.number as contract, t.code as tariff_code, n.code as norm_code,
    coalesce(y.valid_from, l.valid_from) as valid_from, q.quantity, q.valid_from as quantity_from, z.amount as ready_amount, z.valid_from as ready_from
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
cross join cards.service_list s
left join cards.account_plan y on y.account_id = a.id and y.service_id = s.service_id
left join cards.house_plan l on l.house_id = p.house_id and l.service_id = s.service_id
left join cards_data.contract c on c.id = case when y.account_id is null then l.contract_id else y.contract_id end
left join cards_data.organisation o on o.id = c.provider_id
left join cards_data.tariff t on t.id = case when y.account_id is null then l.tariff_id else y.tariff_id end
left join cards_data.norm n on n.id = case when y.account_id is null then l.norm_id else y.norm_id end
left join cards.service_quantity q on q.account_id = a.id and q.service_id = s.service_id
left join cards.ready_amount z on z.account_id = a.id and z.service_id = s.service_id;

call admin.describe('cards.account_plan_head', 'time: both. Порядок начисления услуги счёту', '{
    "origin_of": "Чей порядок начисления: дома, самого счёта, или услуга выключена", "provider_code": "Код поставщика", "tariff_code": "Код тарифа",
    "norm_code": "Код норматива", "quantity": "Количество", "quantity_from": "С какого дня столько", "ready_amount": "Готовое начисление поставщика, ₽",
    "ready_from": "С какого дня оно"}');

create view cards.district_choice as
select d.id as district_id, d.name as title from cards_data.district d;
call admin.describe('cards.district_choice', 'time: none. Участки, из которых выбирают', '{"title": "Участок"}');

-- Streets and districts, for what is done to all their houses.
create view cards.place_list as
select s.id as street_id, 0::bigint as district_id, 'street' as kind, concat_ws(', ', nullif(s.settlement, ''), concat_ws(' ', s.kind, s.name)) as title,
    count(h.id) as houses
from cards_data.street s join cards_data.house h on h.street_id = s.id group by s.id
union all
select 0, d.id, 'district', d.name, count(h.id)
from cards_data.district d join cards_data.house h on h.district_id = d.id group by d.id;
call admin.describe('cards.place_list', 'time: none. Улицы и участки', '{"kind": "Улица или участок", "title": "Название", "houses": "Домов"}');
