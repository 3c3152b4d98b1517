-- Amounts for reading by key.

-- One row an account, month, service and contract. volume and rate are of the service itself, or of the first of its parts (day, water);
-- second_* of the second (night, heat). total is what the bill of the month asks for the service.
create view billing.charge_list as
select l.account_id, m.month, m.state, l.service_id, s.name as service, s.unit, s.sort, l.contract_id, o.id as organisation_id, o.name as provider,
    l.volume, l.rate, l.second_volume, l.second_rate, l.charged, l.recalculated, 0::numeric as privilege, 0::numeric as penalty,
    l.charged + l.recalculated as total, l.basis, l.parts
from billing_data.month m
cross join lateral (
    select run, account_id, service_id, contract_id,
        (array_agg(volume order by component) filter (where cause = 0))[1] as volume,
        (array_agg(rate order by component) filter (where cause = 0))[1] as rate,
        (array_agg(volume order by component) filter (where cause = 0 and component < 30))[2] as second_volume,
        (array_agg(rate order by component) filter (where cause = 0 and component < 30))[2] as second_rate,
        coalesce(sum(amount) filter (where cause = 0), 0) as charged, coalesce(sum(amount) filter (where cause <> 0), 0) as recalculated,
        (array_agg(basis order by component) filter (where cause = 0))[1] as basis, count(*) filter (where cause = 0) as parts
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
