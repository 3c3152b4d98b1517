-- What a month brings beside its charges, and what it should have brought: money, penalties, payers, readings. Made with the worker's rights, as
-- the rest of the control.

-- Money beside the charges: what was taken, corrected or fined twice, and penalties the law does not know.
create function billing.control_of_money(p_control uuid, p_month date) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    -- The same sum of the same day by two operations: a register loaded again, an opening balance brought again.
    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'payment_twice', p.scope, p.account_id, p.amount, sum(p.amount)
    from finance_data.payment p
    where p.cash_day >= p_month and p.reverses is null and not exists (select from finance_data.payment r where r.reverses = p.id)
    group by p.scope, p.account_id, p.paid_on, p.source, p.amount having count(distinct p.operation) > 1;

    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, before, now)
    select p_control, 'correction_twice', c.scope, c.account_id, c.service_id, c.amount, sum(c.amount)
    from billing_data.correction c
    where c.month = p_month and c.kind in ('opening', 'manual') and c.reverses is null and not exists (select from billing_data.correction r where r.reverses = c.id)
    group by c.scope, c.account_id, c.service_id, c.contract_id, c.source_month, c.kind, c.amount having count(distinct c.operation) > 1;

    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, before, now)
    select p_control, 'penalty_early', p.scope, p.account_id, p.service_id, p.debt, p.amount
    from billing_data.penalty p where p.month = p_month and p.through <= p.due_date and p.amount > 0;

    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'penalty_jump', p.scope, p.account_id, p.before, p.now
    from (
        select scope, account_id, sum(amount) filter (where month < p_month) as before, sum(amount) filter (where month = p_month) as now
        from billing_data.penalty where month in (p_month, p_month - interval '1 month') group by scope, account_id
    ) p
    where p.before > 0 and p.now - p.before >= billing.control_parameter('control_least', p_month)
        and p.now >= p.before * billing.control_parameter('control_fold', p_month)
$$;

-- Payments of the month against those of the month before through the same day: a register that was not loaded makes debtors of a whole town.
create function billing.control_of_payments(p_control uuid, p_month date) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, before, now)
    select p_control, 'payments_fallen', p.before, p.now
    from (
        select coalesce(sum(amount) filter (where cash_day < d.earlier + d.days), 0) as before, coalesce(sum(amount) filter (where cash_day >= p_month), 0) as now
        from (
            select (p_month - interval '1 month')::date as earlier, least(current_date + 1, (p_month + interval '1 month')::date) - p_month as days
        ) d
        cross join finance_data.payment
        where cash_day >= d.earlier and cash_day < p_month + d.days and (cash_day < d.earlier + d.days or cash_day >= p_month)
    ) p
    where p.before - p.now >= billing.control_parameter('control_least', p_month)
        and (p.before - p.now) * 100 > p.before * billing.control_parameter('control_change_percent', p_month)
$$;

-- Accounts fined for the first time in two months: some every month, many after a wrong due date or a moratorium that was not entered.
create function billing.control_of_penalties(p_control uuid, p_month date, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'penalty_first', scope, account_id, 0, sum(amount) filter (where month = p_month)
    from billing_data.penalty
    where month in (p_month, p_month - interval '1 month')
    group by scope, account_id
    having sum(amount) filter (where month = p_month) > 0 and coalesce(sum(amount) filter (where month < p_month), 0) <= 0 and p_before is not null
$$;

-- Accounts charged to nobody: their bills would bear no name.
create function billing.control_of_payers(p_control uuid, p_month date, p_run int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, now)
    select p_control, 'payer_missing', a.scope, a.id, b.now
    from (select account_id, sum(amount) as now from billing_data.line where run = p_run group by account_id) b
    join cards_data.account a on a.id = b.account_id
    where b.now <> 0 and not exists (
        select from cards_data.account_holder h
        where h.account_id = a.id and h.retracted is null and not h.void
            and h.valid_from < p_month + interval '1 month' and h.valid_to >= p_month + interval '1 month'
    )
$$;

-- Houses most of whose accounts were charged by readings a month ago and are not now: a file or a round that did not come in. basis 3 = readings.
create function billing.control_of_readings(p_control uuid, p_month date, p_run int, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, house_id, service_id, before, now)
    select p_control, 'readings_lost', h.scope, r.house_id, r.service_id, r.before, r.now
    from (
        select p.house_id, l.service_id, count(distinct l.account_id) filter (where l.run = p_before) as before,
            count(distinct l.account_id) filter (where l.run = p_run) as now
        from billing_data.line l
        join cards_data.account a on a.id = l.account_id
        join cards_data.premises p on p.id = a.premises_id
        where l.run in (p_run, p_before) and l.cause = 0 and l.basis = 3
        group by p.house_id, l.service_id
    ) r
    join cards_data.house h on h.id = r.house_id
    where r.before >= 5 and 2 * r.now < r.before
$$;
