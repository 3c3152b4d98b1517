-- Amounts for reading by key.

-- One row an account, month, service and contract. volume and rate are of the service itself, or of the first of its parts (day, water);
-- second_* of the second (night, heat). total is what the bill of the month asks for the service.
create view billing.charge_list as
select l.account_id, m.month, m.state, l.service_id, s.name as service, s.unit, s.sort, l.contract_id, o.id as organisation_id, o.name as provider,
    l.volume, l.rate, l.second_volume, l.second_rate, l.charged, l.recalculated, l.privilege, 0::numeric as penalty,
    l.charged + l.recalculated - l.privilege as total, l.basis, l.parts
from billing_data.month m
cross join lateral (
    select run, account_id, service_id, contract_id,
        (array_agg(volume order by component) filter (where cause = 0))[1] as volume,
        (array_agg(rate order by component) filter (where cause = 0))[1] as rate,
        (array_agg(volume order by component) filter (where cause = 0 and component < 30))[2] as second_volume,
        (array_agg(rate order by component) filter (where cause = 0 and component < 30))[2] as second_rate,
        coalesce(sum(amount) filter (where cause = 0 and component not between 51 and 59), 0) as charged,
        -coalesce(sum(amount) filter (where cause = 0 and component between 51 and 59), 0) as privilege, coalesce(sum(amount) filter (where cause <> 0), 0) as recalculated,
        (array_agg(basis order by component) filter (where cause = 0))[1] as basis, count(*) filter (where cause = 0 and component not between 51 and 59) as parts
    from billing_data.line where run = m.run group by run, account_id, service_id, contract_id
) l
join cards_data.service s on s.id = l.service_id
join cards_data.contract c on c.id = l.contract_id
join cards_data.organisation o on o.id = c.provider_id;
call admin.describe('billing.charge_list', 'time: none. Начисления по месяцам и услугам', '{
    "state": "Состояние месяца", "second_volume": "Объём второй части: ночь, тепло", "second_rate": "Цена второй части, ₽", "charged": "Начислено, ₽",
    "recalculated": "Перерасчёт, ₽", "privilege": "Льгота, ₽", "penalty": "Пени, ₽", "total": "Итого, ₽", "parts": "Из скольких строк начисление"}');

-- Every recalculation with the operation that caused it.
create view billing.recalculation_list as
select l.account_id, m.month, m.state, l.source_month, l.service_id, s.name as service, l.contract_id, g.name as provider, l.cause as known,
    o.id as operation, k.title, p.full_name, o.at, o.ground, sum(l.amount) as amount
from billing_data.month m
join billing_data.line l on l.run = m.run and l.cause <> 0
join cards_data.service s on s.id = l.service_id
join cards_data.contract c on c.id = l.contract_id
join cards_data.organisation g on g.id = c.provider_id
join admin_data.operation o on o.known = l.cause
join admin_data.operation_kind k on k.name = o.kind
left join admin_data.operator p on p.login = o.operator
group by l.account_id, m.month, m.state, l.source_month, l.service_id, s.name, l.contract_id, g.name, l.cause, o.id, k.title, p.full_name, o.at, o.ground
union all
select c.account_id, c.month, m.state, c.source_month, c.service_id, s.name, c.contract_id, g.name, o.known,
    o.id, k.title, p.full_name, o.at, o.ground, c.amount
from billing_data.correction c
join billing_data.month m on m.month = c.month
join cards_data.service s on s.id = c.service_id
join cards_data.contract t on t.id = c.contract_id
join cards_data.organisation g on g.id = t.provider_id
join admin_data.operation o on o.id = c.operation
join admin_data.operation_kind k on k.name = o.kind
left join admin_data.operator p on p.login = o.operator
where c.kind <> 'opening';
call admin.describe('billing.recalculation_list', 'time: none. Перерасчёты и корректировки с причинами', '{
    "month": "Месяц, в котором учтено", "state": "Состояние месяца", "title": "Операция-причина", "full_name": "Кто сделал"}');

-- Months with their state, the run that counts, and the job that is making another. Sums are as the full run left them, and only for whoever sees everybody.
create view billing.month_list as
select m.month, m.state, m.due_date, p.full_name as released_by, r.at as released_at, q.full_name as sealed_by, m.run,
    n.started_at as run_at, b.accounts, b.lines, b.amount, e.exceptions,
    j.id as job, j.state as job_state, j.stage, j.done, j.total,
    (select count(*) from billing_data.queue) as waiting
from billing_data.month m
left join admin_data.operator p on p.login = m.released_by
left join admin_data.operator q on q.login = m.sealed_by
left join admin_data.operation r on r.known = m.released_known
left join billing_data.run n on n.id = m.run
left join lateral (
    select sum(x.accounts)::bigint as accounts, sum(x.lines)::bigint as lines, sum(x.amount) as amount
    from billing_data.run_total x where x.run = m.run
) b on true
left join lateral (select count(*) as exceptions from billing_data.exception x where x.run = m.run) e on true
left join lateral (
    select x.id, x.state, x.stage, x.done, x.total from admin_data.job x
    where x.kind in ('billing.charge', 'billing.seal') and x.args->>'month' = to_char(m.month, 'YYYY-MM') and x.state in ('queued', 'running')
    order by x.number desc limit 1
) j on true;
call admin.describe('billing.month_list', 'time: none. Месяцы: состояние, расчёт, выпуск', '{
    "state": "Состояние месяца", "due_date": "Оплатить до", "released_by": "Кто выпустил", "released_at": "Когда выпущен", "sealed_by": "Кто закрыл",
    "run": "Номер расчёта", "run_at": "Когда рассчитан", "accounts": "Счетов с начислениями", "lines": "Строк начислений", "amount": "Начислено и пересчитано, ₽",
    "exceptions": "Строк контрольного списка", "job": "Последнее задание месяца", "job_state": "Состояние задания", "stage": "Что делается",
    "done": "Сделано", "total": "Из скольких", "waiting": "Изменений ждут пересчёта"}');

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

-- The same by category, with the open accounts of the premises: whom a change of its law concerns, and what social protection asks for.
create view billing.privilege_holder_list as
select l.id, a.id as account_id, a.number as account, a.unit_id, d.address_short as address, l.person_id, l.full_name, l.category_id,
    l.members, l.document, l.valid_from, l.through, l.state, l.operation
from billing.privilege_list l
join cards_data.account a on a.premises_id = l.premises_id
join cards.account_open o on o.account_id = a.id
join cards.premises_address d on d.premises_id = l.premises_id;
call admin.describe('billing.privilege_holder_list', 'time: both. Кто пользуется категорией льготы', '{
    "account": "Лицевой счёт", "address": "Адрес", "full_name": "У кого льгота", "category_id": "Номер категории в базе",
    "members": "На скольких членов семьи; пусто — на всех", "document": "Документ о праве", "state": "Действует ли на день карточки"}');

create view billing.privilege_category as
select c.id as category_id, c.code, c.title, c.citation,
    (select count(*) from billing.privilege_rule r where r.category_id = c.id) as services,
    (select count(distinct p.person_id) from billing.privilege p where p.category_id = c.id) as people
from billing_data.privilege_category c where c.kind = 'privilege';
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

-- Runs as the desk lists them; the sums are those of the houses the operator sees.
create view billing.print_run_list as
select r.id, r.number, r.month, d.name as district, r.through, r.has_reasons, p.full_name, r.created_at, j.state, j.stage, j.done, j.total,
    j.failure->>'message' as failure, n.bundles, n.invoices, n.sheets, n.charged, n.payable, c.id as control, c.number as control_number,
    coalesce(n.invoices, 0) > 0 as can_print, c.id is not null as has_control
from billing_data.print_run r
join admin_data.job j on j.id = r.id
left join cards_data.district d on d.id = r.district_id
left join admin_data.operator p on p.login = r.operator
left join admin_data.document c on c.operation = r.id and c.kind = 'billing.print_control'
left join lateral (
    select count(*) as bundles, sum(x.invoices)::bigint as invoices, sum(x.sheets)::bigint as sheets, sum(x.charged) as charged, sum(x.payable) as payable
    from billing_data.print_bundle_done x where x.print_run_id = r.id
) n on true;
call admin.describe('billing.print_run_list', 'time: none. Печать платёжных документов', '{
    "number": "Номер печати", "month": "Месяц", "district": "Участок; пусто — все", "through": "Оплаты учтены по этот день", "has_reasons": "С оборотом «Почему столько»",
    "created_at": "Когда заказана", "state": "Состояние задания", "stage": "Что делает обработчик", "done": "Готово домов", "total": "Всего домов",
    "failure": "Почему не вышло", "bundles": "Домов напечатано", "invoices": "Документов", "sheets": "Листов", "charged": "Начислено, ₽",
    "payable": "К оплате, ₽", "control": "Контрольный лист", "control_number": "Номер контрольного листа",
    "can_print": "Есть что отправить на принтер", "has_control": "Контрольный лист составлен"}');

create view billing.print_bundle_list as
select b.print_run_id, b.place, b.house_id, h.address_short as address, b.accounts, n.invoices, n.sheets,
    n.first_sheet,
    n.charged, n.payable, n.document_id as document, t.number, n.done_at,
    n.document_id is not null as can_print, case when n.place is null then 'Дом ещё не напечатан' else 'По дому печатать нечего' end as refusal
from billing_data.print_bundle b
join cards.house_address h on h.house_id = b.house_id
left join lateral (
    select x.*, billing.sheets_before(x.print_run_id, x.place) + 1 as first_sheet from billing_data.print_bundle_done x
    where x.print_run_id = b.print_run_id and x.place = b.place
) n on n.print_run_id = b.print_run_id and n.place = b.place
left join admin_data.document t on t.id = n.document_id;
call admin.describe('billing.print_bundle_list', 'time: none. Дома одной печати, в порядке разноски', '{
    "print_run_id": "Печать", "place": "По порядку", "accounts": "Счетов", "invoices": "Документов", "sheets": "Листов", "first_sheet": "Первый лист",
    "charged": "Начислено, ₽", "payable": "К оплате, ₽", "document": "Документ архива", "done_at": "Когда готов",
    "can_print": "Есть документ", "refusal": "Почему нечего печатать"}');

-- What executors charged too much, a row a service and month.
create view billing.fine_list as
select f.account_id, f.service_id, s.name as service, f.valid_from as month, f.excess, f.citation, f.origin as operation
from billing_data.overcharge f
join cards_data.service s on s.id = f.service_id
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('billing.fine_list', 'time: both. Штрафы исполнителя', '{"month": "В каком месяце зачитывается", "excess": "Излишне начислено, ₽"}');

-- The subsidies of an account, as known at the mark of the date line; those to come and those that ended too.
create view billing.subsidy_list as
select f.id, f.account_id, f.category_id, c.title as category, c.citation, f.person_id,
    (select concat_ws(' ', n.last_name, n.first_name, n.middle_name) from passport.person_name n where n.person_id = f.person_id) as full_name,
    f.form, f.amount, case when f.amount is null then 'formula' else 'amount' end as measure, f.valid_from as first_month, (f.valid_to - 1)::date as last_month,
    case when (select admin.as_of()) < f.valid_from then 'future' when (select admin.as_of()) < f.valid_to then 'stands' else 'ended' end as state,
    f.document, f.origin as operation
from billing_data.subsidy f
join billing_data.privilege_category c on c.id = f.category_id
where not f.void and f.asserted <= (select admin.known_at()) and (f.retracted is null or f.retracted > (select admin.known_at()));
call admin.describe('billing.subsidy_list', 'time: both. Субсидии счёта', '{
    "category_id": "Номер вида субсидии в базе", "category": "Вид субсидии", "citation": "Закон", "full_name": "Получатель", "form": "В квитанции или деньгами",
    "amount": "Сумма в месяц, ₽; пусто — по формуле", "measure": "Сумма решения или формула", "first_month": "С месяца", "last_month": "По месяц",
    "document": "Решение", "state": "Действует ли на день карточки"}');

create view billing.subsidy_category as
select c.id as category_id, c.code, c.title, c.citation from billing_data.privilege_category c where c.kind = 'subsidy';
call admin.describe('billing.subsidy_category', 'time: none. Виды субсидий', '{
    "category_id": "Номер вида субсидии в базе", "code": "Код", "title": "Вид субсидии", "citation": "Закон"}');

-- The agreements of an account. rest: what is still to come, without interest.
create view billing.instalment_list as
select i.operation, i.account_id, i.service_id, i.contract_id, s.name as service, i.month, i.amount, i.parts, i.percent, i.agreed_on, i.document,
    case when e.ended is not null then 'ended' when coalesce(f.rest, 0) = 0 then 'paid' else 'stands' end as state, coalesce(f.rest, 0) as rest
from billing_data.instalment i
join cards_data.service s on s.id = i.service_id
cross join lateral (
    select (select r.operation from billing_data.correction c join billing_data.correction r on r.reverses = c.id where c.operation = i.operation limit 1) as ended
) e
left join lateral (
    select sum(c.amount) as rest from billing_data.correction c
    where c.operation = i.operation and c.kind = 'instalment' and c.amount > 0 and c.month >= billing.open_month()
        and not exists (select from billing_data.correction r where r.reverses = c.id)
) f on true;
call admin.describe('billing.instalment_list', 'time: none. Рассрочки счёта', '{
    "month": "За какой месяц плата", "amount": "Рассрочено, ₽", "parts": "На сколько частей", "percent": "Проценты, годовых", "agreed_on": "День соглашения",
    "document": "Соглашение", "state": "Действует ли", "rest": "Ещё не внесено, без процентов, ₽"}');

-- The months of an agreement: what each asks.
create view billing.instalment_part_list as
select i.operation, i.account_id, p.place + 1 as place, (i.month + make_interval(months => p.place))::date as month, p.part, p.interest,
    p.part + p.interest as total, p.rest - p.part as rest, m.state
from billing_data.instalment i
cross join lateral billing.instalment_parts(i.amount, i.parts, i.percent) p
left join billing_data.month m on m.month = (i.month + make_interval(months => p.place))::date;
call admin.describe('billing.instalment_part_list', 'time: none. Части рассрочки по месяцам', '{
    "place": "Часть по порядку", "month": "С платой за месяц", "part": "Часть, ₽", "interest": "Проценты, ₽", "total": "Вместе, ₽", "rest": "Останется после неё, ₽",
    "state": "Состояние месяца"}');

-- What an agreement of today may say.
create view billing.instalment_terms as
select max(f.value) filter (where p.code = 'instalment_months')::int as parts,
    max(f.value) filter (where p.code = 'key_rate') + max(f.value) filter (where p.code = 'instalment_rate_margin') as percent_most
from cards_data.parameter p
join cards_data.parameter_value f on f.parameter_id = p.id and f.retracted is null and not f.void and f.valid_from <= current_date and f.valid_to > current_date
where p.code in ('instalment_months', 'key_rate', 'instalment_rate_margin');
call admin.describe('billing.instalment_terms', 'time: none. Условия рассрочки сегодня', '{
    "parts": "На сколько месяцев", "percent_most": "Наибольшие проценты, годовых"}');

-- The paragraph of a number on the bills of an organisation, and of number 0 the place of the next one.
create view billing.note_place as
select n.organisation_id, n.note_no::int as note_no, n.note_no::int as next_no, n.text, n.citation, n.valid_from as since
from billing.invoice_note n
union all
select o.id, 0, coalesce((select max(n.note_no) from billing.invoice_note n where n.organisation_id = o.id), 0) + 1, null, null, null
from cards_data.organisation o;
call admin.describe('billing.note_place', 'time: both. Абзац платёжного документа', '{
    "note_no": "Который по счёту; 0 — новый", "next_no": "Который по счёту", "text": "Текст", "citation": "Закон", "since": "С какого дня"}');
