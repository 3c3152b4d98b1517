-- Invoices that ask for something else than a month: the overdue debt (долговой), or money in advance (предоплатный). Documents' dossier § 2.2.

-- The overdue debt: what stands of bills whose day to pay has passed, by service; the newest bills are those that are not paid, for
-- payments go to the oldest month first.
create function billing.debt_invoice(p_account text, p_month date, p_day date default current_date)
returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
    v_month billing_data.month := billing.invoice_month(p_month, false);
    v_asked jsonb := billing.overdue(v_account, billing.last_due(v_month.month, p_day), p_day);
begin
    if v_asked is null then
        perform admin.refuse('KV006', format('По счёту %s просроченного долга нет', p_account), null,
            'Долговой документ составляют по счетам, срок оплаты которых прошёл');
    end if;
    return billing.invoice_asked(v_account, v_month, p_day, v_asked);
end $$;

-- The last month that is out and was to be paid before a day.
create function billing.last_due(p_month date, p_day date) returns date language sql stable
as $$
    select max(m.month) from billing_data.month m
    where m.month <= p_month and m.state in ('released', 'sealed') and coalesce(m.due_date, billing.due_date(m.month)) < p_day
$$;

-- The overdue debts of a house in the order of delivery; accounts without one are left out.
create function billing.house_debt_invoices(p_house bigint, p_month date, p_day date default current_date)
returns table (account_id bigint, data jsonb) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_accounts bigint[] := billing.need_house_accounts(p_house);
    v_month billing_data.month := billing.invoice_month(p_month, false);
    v_last date := billing.last_due(v_month.month, p_day);
begin
    return query
        select a.id, billing.invoice_asked(a.id, v_month, p_day, o.asked)
        from unnest(v_accounts) with ordinality a (id, place)
        cross join lateral billing.overdue(a.id, v_last, p_day) o (asked)
        where o.asked is not null order by a.place;
end $$;

-- Overdue sums by service, contract and month, the newest month first; null for what is older than the bills of this base. Penalties stand
-- apart, a sum a service and contract. Without a month that was to be paid there is nothing overdue.
create function billing.overdue(p_account bigint, p_last date, p_day date) returns jsonb language sql stable strict
as $$
    with owed as (
        select b.service_id, b.contract_id,
            b.closing - b.penalty_closing - coalesce(s.paid, 0) - coalesce(f.put_off, 0) as debt, b.penalty_closing - coalesce(s.fined, 0) as fined
        from billing.month_balance(p_last, array[p_account]) b
        cross join lateral (
            select sum(s.amount) filter (where s.part <> 'penalty') as paid, sum(s.amount) filter (where s.part = 'penalty') as fined
            from finance_data.payment_split s
            where s.account_id = p_account and s.service_id = b.service_id and s.contract_id = b.contract_id
                and s.cash_day >= p_last + interval '1 month' and s.cash_day <= p_day
        ) s
        left join billing.instalments_after(p_last, array[p_account]) f on f.service_id = b.service_id and f.contract_id = b.contract_id
    ), booked as (
        select l.service_id, l.contract_id, m.month, sum(l.amount) as amount
        from billing_data.month m join billing_data.line l on l.run = m.run
        where m.month <= p_last and l.account_id = p_account
        group by l.service_id, l.contract_id, m.month having sum(l.amount) > 0
    ), spread as (
        select o.service_id, o.contract_id, b.month, least(b.amount, o.debt - coalesce(sum(b.amount) over newer, 0)) as amount
        from owed o join booked b using (service_id, contract_id)
        where o.debt > 0
        window newer as (partition by o.service_id, o.contract_id order by b.month desc rows between unbounded preceding and 1 preceding)
    ), asked as (
        select service_id, contract_id, month, amount, 'debt' as part from spread where amount > 0
        union all
        select o.service_id, o.contract_id, null, o.debt - coalesce(sum(s.amount) filter (where s.amount > 0), 0), 'debt'
        from owed o left join spread s using (service_id, contract_id)
        where o.debt > 0
        group by o.service_id, o.contract_id, o.debt
        having o.debt > coalesce(sum(s.amount) filter (where s.amount > 0), 0)
        union all
        select service_id, contract_id, null, fined, 'penalty' from owed where fined > 0
    )
    select jsonb_agg(to_jsonb(a)) from asked a
$$;

-- Money in advance: a sum the payer names, or the average of the last released months; shared among services as their charges are,
-- by largest remainder.
create function billing.prepayment_invoice(
    p_account text, p_month date, p_average int default 12, p_amount numeric default null, p_day date default current_date
)
returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
    v_month billing_data.month := billing.invoice_month(p_month, false);
    v_asked jsonb := billing.advance(v_account, v_month.month, p_average, p_amount);
begin
    if v_asked is null then
        perform admin.refuse('KV006', format('По счёту %s не с чего считать аванс: начислений нет', p_account), null, 'Возьмите больше месяцев');
    end if;
    return billing.invoice_asked(v_account, v_month, p_day, v_asked);
end $$;

-- The same for a house in the order of delivery, each account its own average; those with no charges are left out.
create function billing.house_prepayment_invoices(p_house bigint, p_month date, p_average int default 12, p_day date default current_date)
returns table (account_id bigint, data jsonb) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_accounts bigint[] := billing.need_house_accounts(p_house);
    v_month billing_data.month := billing.invoice_month(p_month, false);
begin
    return query
        select a.id, billing.invoice_asked(a.id, v_month, p_day, o.asked)
        from unnest(v_accounts) with ordinality a (id, place)
        cross join lateral billing.advance(a.id, v_month.month, p_average, p_amount => null) o (asked)
        where o.asked is not null order by a.place;
end $$;

-- What an account is asked for in advance; null where nothing was charged.
create function billing.advance(p_account bigint, p_month date, p_average int, p_amount numeric) returns jsonb language plpgsql stable
as $$
declare
    v_asked jsonb;
begin
    if p_amount <= 0 or p_average < 1 then
        perform admin.refuse('KV004', 'Сумма аванса и число месяцев должны быть больше нуля');
    end if;
    with months as (
        select m.month, m.run from billing_data.month m
        where m.month <= p_month and m.state in ('released', 'sealed') order by m.month desc limit p_average
    ), charged as (
        select l.service_id, l.contract_id, round(sum(l.amount) / (select count(*) from months), 2) as amount
        from months m join billing_data.line l on l.run = m.run
        where l.account_id = p_account
        group by l.service_id, l.contract_id having round(sum(l.amount) / (select count(*) from months), 2) > 0
    ), exact as (
        select c.service_id, c.contract_id, c.amount * coalesce(p_amount, sum(c.amount) over ()) / sum(c.amount) over () as share,
            coalesce(p_amount, sum(c.amount) over ()) as whole
        from charged c
    ), cut as (
        select e.*, trunc(e.share, 2) as amount,
            row_number() over (order by e.share - trunc(e.share, 2) desc, e.share desc, e.service_id, e.contract_id) as place
        from exact e
    )
    select jsonb_agg(jsonb_build_object(
        'service_id', c.service_id, 'contract_id', c.contract_id, 'month', null,
        'amount', c.amount + case when c.place <= (c.whole - (select sum(amount) from cut)) * 100 then 0.01 else 0 end
    ))
    into v_asked
    from cut c;
    return v_asked;
end $$;

-- The document of such sums, in the form of an invoice: each is a line that is owed and nothing else.
create function billing.invoice_asked(p_account bigint, p_month billing_data.month, p_through date, p_asked jsonb)
returns jsonb language sql stable
as $$
    with asked as materialized (
        select r.*, y.payee_id, s.sort, s.name, s.unit, s.scale, s.heat_scale
        from jsonb_to_recordset(p_asked) r (service_id bigint, contract_id bigint, month date, amount numeric, part text)
        join billing.contract_payees(p_through) y on y.contract_id = r.contract_id
        join cards_data.service s on s.id = r.service_id
    ), line as (
        select a.service_id, a.contract_id, a.payee_id, a.sort, a.name, a.unit, a.scale, a.heat_scale, sum(a.amount)::text as amount
        from asked a group by 1, 2, 3, 4, 5, 6, 7, 8
    ), payee as (
        select a.payee_id, sum(a.amount) as amount from asked a group by a.payee_id
    )
    select h.data || jsonb_build_object(
        'through', p_through, 'last_payment', null, 'grounds', '[]'::jsonb, 'meters', '[]'::jsonb, 'houses', '[]'::jsonb, 'use', '[]'::jsonb, 'norms', '[]'::jsonb, 'penalties', '[]'::jsonb,
        'lines', (select jsonb_agg(jsonb_build_object(
            'service_id', l.service_id, 'contract_id', l.contract_id, 'payee', l.payee_id, 'service', l.name, 'unit', l.unit, 'scale', l.scale,
            'heat_scale', l.heat_scale, 'opening', l.amount, 'charged', '0', 'recalculated', '0', 'privilege', '0', 'penalty', '0', 'paid', '0',
            'closing', l.amount, 'parts', '[]'::jsonb
        ) order by l.sort, l.service_id, l.contract_id) from line l),
        'asked', (select jsonb_agg(jsonb_build_object('service_id', a.service_id, 'contract_id', a.contract_id, 'month', a.month,
                'is_penalty', coalesce(a.part, 'debt') = 'penalty', 'amount', a.amount::text)
            order by a.sort, a.service_id, a.contract_id, coalesce(a.part, 'debt'), a.month nulls first) from asked a),
        'payees', (select jsonb_agg(jsonb_build_object(
            'id', p.payee_id, 'name', g.name, 'tin', g.tin, 'kpp', g.kpp, 'account', b.account, 'bank_name', b.bank_name, 'bic', b.bic,
            'correspondent_account', b.correspondent_account, 'closing', p.amount::text, 'since', '0'
        ) order by p.amount desc, p.payee_id)
        from payee p
        join cards_data.organisation g on g.id = p.payee_id
        left join cards_data.settlement_account b on b.organisation_id = p.payee_id and b.retracted is null and not b.void
            and b.valid_from <= p_through and b.valid_to > p_through),
        'totals', (select jsonb_build_object('opening', sum(a.amount)::text, 'charged', '0', 'recalculated', '0', 'privilege', '0', 'penalty', '0', 'paid', '0',
            'closing', sum(a.amount)::text, 'since', '0', 'payable', sum(a.amount)::text) from asked a)
    )
    from billing.invoice_heads(array[p_account], p_month) h
$$;
