-- Privileges for reading: who has one, what categories are given, what they cost.

-- The privileges of the people of premises, as known at the mark of the date line; those to come and those that ended too.
create view billing.privilege_list as
select f.id, f.premises_id, f.person_id,
    (select concat_ws(' ', n.last_name, n.first_name, n.middle_name) from passport.person_name n where n.person_id = f.person_id) as full_name,
    f.category_id, c.title as category, f.members, f.document, f.valid_from, (nullif(f.valid_to, 'infinity') - 1)::date as through,
    case when (select admin.as_of()) < f.valid_from then 'future' when (select admin.as_of()) < f.valid_to then 'stands' else 'ended' end as state,
    f.origin as operation
from billing_data.privilege f
join billing_data.privilege_category c on c.id = f.category_id
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('billing.privilege_list', 'time: both. Льготы жильцов помещения', '{
    "full_name": "У кого льгота", "category_id": "Номер категории в базе", "category": "Категория", "members": "На скольких членов семьи; пусто — на всех",
    "document": "Документ о праве", "state": "Действует ли на день карточки"}');

create view billing.privilege_category as
select c.id as category_id, c.code, c.title, c.citation,
    (select count(*) from billing.privilege_rule r where r.category_id = c.id) as services,
    (select count(distinct p.person_id) from billing.privilege p where p.category_id = c.id) as people
from billing_data.privilege_category c;
call admin.describe('billing.privilege_category', 'time: both. Категории льгот', '{
    "category_id": "Номер категории в базе", "code": "Код категории", "title": "Категория", "citation": "Закон",
    "services": "По скольким услугам действует на день карточки", "people": "У скольких людей действует"}');

-- Every service beside what the category is given for it on the day of the card.
create view billing.privilege_service as
select c.id as category_id, c.title as category, s.id as service_id, s.name as service, s.sort,
    r.percent, r.base, r.covers, r.funding, r.form, n.code as norm, t.code as tariff, r.citation, r.valid_from,
    (nullif(r.valid_to, 'infinity') - 1)::date as through, r.origin as operation
from billing_data.privilege_category c
cross join cards_data.service s
left join billing.privilege_rule r on r.category_id = c.id and r.service_id = s.id
left join cards_data.norm n on n.id = r.norm_id
left join cards_data.tariff t on t.id = r.tariff_id
where s.id <> 0;
call admin.describe('billing.privilege_service', 'time: both. Правила категории по услугам', '{
    "category_id": "Номер категории в базе", "category": "Категория", "percent": "Процент", "base": "От чего берётся процент", "covers": "На кого",
    "funding": "Какой бюджет платит", "form": "В квитанции или деньгами", "norm": "Код нормы площади", "tariff": "Код тарифа минимального взноса"}');

-- What privileges cost in a month, by category, service and provider: charged privileges, recalculated ones and what budgets owe. A budget
-- is that of the component: 1 federal, 2 regional, 3 municipal; 5x on the bill, 6x in money.
create function billing.privilege_cost(p_month date)
returns table (
    category_id bigint, category text, service_id bigint, service text, sort smallint, contract_id bigint, provider text, component smallint,
    funding text, form text, accounts bigint, people bigint, unit text, volume numeric, amount numeric, recalculated numeric, total numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select c.id, c.title, s.id, s.name, s.sort, l.contract_id, o.name, l.component,
        (array['federal', 'regional', 'municipal'])[l.component % 10], case when l.component < 60 then 'discount' else 'cash' end,
        count(distinct l.account_id), count(distinct l.person_id), s.unit, -coalesce(sum(l.volume) filter (where l.cause = 0), 0),
        -coalesce(sum(l.amount) filter (where l.cause = 0), 0), -coalesce(sum(l.amount) filter (where l.cause <> 0), 0), -sum(l.amount)
    from billing_data.month m
    join billing_data.privilege_line l on l.run = m.run
    join billing_data.privilege_category c on c.id = l.category_id
    join cards_data.service s on s.id = l.service_id
    join cards_data.contract t on t.id = l.contract_id
    join cards_data.organisation o on o.id = t.provider_id
    where m.month = date_trunc('month', p_month)
    group by c.id, c.title, s.id, s.name, s.sort, s.unit, l.contract_id, o.name, l.component
    order by c.title, c.id, s.sort, s.id, l.contract_id, l.component
$$;
