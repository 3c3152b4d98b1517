-- The money of invoices: lines, payees, totals, grounds; each from the ledger by a way of its own, so that whoever prints them can
-- check that they tie.

-- To whom the payers of each contract pay on a day: the payee written down for it, else the centre where it has an account in a bank,
-- else the provider.
create function billing.contract_payees(p_day date) returns table (contract_id bigint, payee_id bigint) language sql stable
as $$
    select c.id, coalesce(f.payee_id, centre.id, c.provider_id)
    from cards_data.contract c
    left join cards_data.contract_payee f on f.contract_id = c.id and f.retracted is null and not f.void
        and f.valid_from <= p_day and f.valid_to > p_day
    left join lateral (
        select b.organisation_id as id from cards_data.settlement_account b
        where b.organisation_id = 0 and b.retracted is null and not b.void and b.valid_from <= p_day and b.valid_to > p_day
    ) centre on true
$$;

-- Lines, payees and totals. p_through: payments received after the month and not later are taken off what is to pay.
create function billing.invoice_sums(p_accounts bigint[], p_month billing_data.month, p_through date)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    with days as (
        select (p_month.month + interval '1 month')::date as next
    ), payees as materialized (
        select p.contract_id, p.payee_id from days, billing.contract_payees(days.next - 1) p
    ), balance as materialized (
        select b.*, p.payee_id from billing.month_balance(p_month.month, p_accounts) b join payees p on p.contract_id = b.contract_id
    ), since as materialized (
        select s.account_id, p.payee_id, sum(s.amount) as amount
        from days, finance_data.payment_split s join payees p on p.contract_id = s.contract_id
        where s.account_id = any (p_accounts) and s.cash_day >= days.next and s.cash_day <= p_through
        group by s.account_id, p.payee_id
    ), owed as materialized (
        -- Who is owed nothing for a line of nothing, heating in summer, is printed with it all the same.
        select x.account_id, x.payee_id, sum(x.closing) as closing, sum(x.since) as since
        from (
            select b.account_id, b.payee_id, b.closing, 0::numeric as since from balance b
            union all
            select s.account_id, s.payee_id, 0, s.amount from since s
            union all
            select l.account_id, p.payee_id, 0, 0 from billing_data.line l join payees p on p.contract_id = l.contract_id
            where l.run = p_month.run and l.account_id = any (p_accounts) and l.cause = 0 and l.amount = 0
        ) x
        group by x.account_id, x.payee_id
    ), totals as (
        -- Joined, not asked for each account: the balances of a range of houses are read through once.
        select a.id as account_id, jsonb_build_object(
            'opening', coalesce(b.opening, 0)::text, 'charged', coalesce(b.charged, 0)::text,
            'recalculated', coalesce(b.recalculated, 0)::text, 'privilege', coalesce(b.privilege, 0)::text,
            'penalty', coalesce(b.penalty, 0)::text, 'paid', coalesce(b.paid, 0)::text, 'closing', coalesce(b.closing, 0)::text,
            'since', coalesce(s.since, 0)::text, 'payable', coalesce(o.payable, 0)::text
        ) as data
        from unnest(p_accounts) a (id)
        left join (
            select x.account_id, sum(x.opening) as opening, sum(x.charged) as charged, sum(x.recalculated + x.corrected) as recalculated,
                sum(x.privilege) as privilege, sum(x.penalty) as penalty, sum(x.paid) as paid, sum(x.closing) as closing
            from balance x group by x.account_id
        ) b on b.account_id = a.id
        left join (select x.account_id, sum(x.amount) as since from since x group by x.account_id) s on s.account_id = a.id
        left join (select x.account_id, sum(greatest(x.closing - x.since, 0)) as payable from owed x group by x.account_id) o on o.account_id = a.id
    )
    select a.id, jsonb_build_object(
        'through', case when p_through >= days.next then p_through else days.next - 1 end,
        'lines', coalesce(l.data, '[]'), 'payees', coalesce(p.data, '[]'), 'totals', t.data, 'last_payment', y.data
    )
    from days
    cross join unnest(p_accounts) a (id)
    left join billing.invoice_lines(p_accounts, p_month) l on l.account_id = a.id
    left join (
        select o.account_id, jsonb_agg(jsonb_build_object(
            'id', o.payee_id, 'name', g.name, 'tin', g.tin, 'kpp', g.kpp, 'account', b.account, 'bank_name', b.bank_name, 'bic', b.bic,
            'correspondent_account', b.correspondent_account, 'closing', o.closing::text, 'since', o.since::text
        ) order by o.closing desc, o.payee_id) as data
        from days
        cross join owed o
        join cards_data.organisation g on g.id = o.payee_id
        left join cards_data.settlement_account b on b.organisation_id = o.payee_id and b.retracted is null and not b.void
            and b.valid_from < days.next and b.valid_to >= days.next
        group by o.account_id
    ) p on p.account_id = a.id
    join totals t on t.account_id = a.id
    left join lateral (
        select jsonb_build_object('day', x.paid_on, 'amount', x.amount::text) as data
        from finance_data.payment x
        where x.account_id = a.id and x.cash_day <= p_through and x.amount > 0
            and not exists (select from finance_data.payment r where r.reverses = x.id)
        order by x.cash_day desc, x.id desc limit 1
    ) y on true
$$;

-- A line a service and contract: its balance, its payee, and the parts its charge is made of.
create function billing.invoice_lines(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    with parts as materialized (
        select l.account_id, l.service_id, l.contract_id, jsonb_agg(jsonb_build_object(
            'component', l.component, 'volume', l.volume::text, 'rate', l.rate::text, 'basis', l.basis, 'amount', l.amount::text
        ) order by l.component) as data
        from billing_data.line l
        where l.run = p_month.run and l.account_id = any (p_accounts) and l.cause = 0 and l.component not between 51 and 59
        group by l.account_id, l.service_id, l.contract_id
    )
    select x.account_id, jsonb_agg(jsonb_build_object(
        'service_id', s.id, 'contract_id', x.contract_id, 'payee', y.payee_id, 'service', s.name, 'unit', s.unit, 'scale', s.scale,
        'heat_scale', s.heat_scale, 'opening', x.opening::text, 'charged', x.charged::text, 'recalculated', x.recalculated::text,
        'privilege', x.privilege::text, 'penalty', x.penalty::text, 'paid', x.paid::text, 'closing', x.closing::text,
        'parts', coalesce(x.parts, '[]')
    ) order by s.sort, s.id, x.contract_id)
    from (
        select coalesce(b.account_id, p.account_id) as account_id, coalesce(b.service_id, p.service_id) as service_id,
            coalesce(b.contract_id, p.contract_id) as contract_id, coalesce(b.opening, 0) as opening, coalesce(b.charged, 0) as charged,
            coalesce(b.recalculated + b.corrected, 0) as recalculated, coalesce(b.privilege, 0) as privilege,
            coalesce(b.penalty, 0) as penalty, coalesce(b.paid, 0) as paid, coalesce(b.closing, 0) as closing, p.data as parts
        from billing.month_balance(p_month.month, p_accounts) b
        full join parts p on p.account_id = b.account_id and p.service_id = b.service_id and p.contract_id = b.contract_id
    ) x
    join cards_data.service s on s.id = x.service_id
    join billing.contract_payees((p_month.month + interval '1 month')::date - 1) y on y.contract_id = x.contract_id
    group by x.account_id
$$;

-- Recalculations by the operation that caused them, and manual corrections, each with its ground (354 п. 69).
create function billing.invoice_grounds(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    with causes as (
        select l.account_id, l.service_id, l.contract_id, l.source_month, o.known, k.title, o.ground, o.at::date as day, sum(l.amount) as amount
        from billing_data.line l
        join admin_data.operation o on o.known = l.cause
        join admin_data.operation_kind k on k.name = o.kind
        where l.run = p_month.run and l.account_id = any (p_accounts) and l.cause <> 0
        group by l.account_id, l.service_id, l.contract_id, l.source_month, o.known, k.title, o.ground, o.at
        union all
        select c.account_id, c.service_id, c.contract_id, c.source_month, o.known, case c.kind when 'interest' then 'Проценты за рассрочку' else k.title end, o.ground, o.at::date, c.amount
        from billing_data.correction c
        join admin_data.operation o on o.id = c.operation
        join admin_data.operation_kind k on k.name = o.kind
        where c.month = p_month.month and c.account_id = any (p_accounts) and c.kind <> 'opening'
    ), floors as materialized (
        select c.known, billing.depth_floor(p_month.month, c.known) as month from (select distinct known from causes) c
    )
    select g.account_id, jsonb_agg(jsonb_build_object(
        'service_id', g.service_id, 'contract_id', g.contract_id, 'service', g.service, 'months', g.months, 'title', g.title,
        'ground', g.ground, 'day', g.day, 'amount', g.amount::text,
        'beyond', case when f.month = any (g.months) then billing.beyond_depth_told(g.account_id, g.service_id, f.month, g.known) end
    ) order by g.sort, g.service_id, g.known)
    from (
        select c.account_id, c.service_id, c.contract_id, s.name as service, s.sort, c.known, c.title, c.ground, c.day,
            array_agg(distinct c.source_month order by c.source_month) as months, sum(c.amount) as amount
        from causes c join cards_data.service s on s.id = c.service_id
        group by c.account_id, c.service_id, c.contract_id, s.name, s.sort, c.known, c.title, c.ground, c.day
    ) g
    join floors f on f.known = g.known
    group by g.account_id
$$;
