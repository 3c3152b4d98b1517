-- Payments, their split by payee, fees withheld.

-- What is owed under released bills, by month, service, contract and part; positive sums only, credits are netted by operations. The month
-- of a penalty is that of the debt it is for, so that what a later seal takes back meets what an earlier one booked.
create function finance.outstanding(p_accounts bigint[])
returns table (account_id bigint, month date, service_id bigint, contract_id bigint, part text, amount numeric)
language sql stable
as $$
    select account_id, month, service_id, contract_id, part, sum(amount)
    from (
        select l.account_id, m.month, l.service_id, l.contract_id, 'debt' as part, l.amount
        from billing_data.month m
        join billing_data.line l on l.run = m.run
        where m.state in ('released', 'sealed') and l.account_id = any (p_accounts)
        union all
        select p.account_id, p.debt_month, p.service_id, p.contract_id, 'penalty', p.amount
        from billing_data.penalty p
        join billing_data.month m on m.month = p.month
        where m.state in ('released', 'sealed') and p.account_id = any (p_accounts)
        union all
        select c.account_id, c.source_month, c.service_id, c.contract_id, c.part, c.amount
        from billing_data.correction c
        where c.account_id = any (p_accounts)
            -- Parts of instalments are owed with the bills of their own months.
            and (c.kind in ('opening', 'manual') or c.source_month <= (select max(m.month) from billing_data.month m where m.state in ('released', 'sealed')))
        union all
        select s.account_id, s.month, s.service_id, s.contract_id, s.part, -s.amount
        from finance_data.payment_split s where s.account_id = any (p_accounts) and s.month is not null
    ) owed
    group by account_id, month, service_id, contract_id, part
    having sum(amount) > 0
$$;

-- Whether penalties wait until every debt is paid (Пленум ВС РФ 22.11.2016 № 54), or are paid with their month.
create function finance.pays_penalty_last(p_day date) returns boolean language sql stable
as $$
    select coalesce((
        select f.value <> 0
        from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
        where p.code = 'payment_penalty_last' and f.retracted is null and not f.void and f.valid_from <= p_day and f.valid_to > p_day
    ), true)
$$;

-- The last month whose debts are too old to be paid unasked on a day: their own day passed more years before than limitation lasts
-- (ГК 196, 319.1 п. 3; Пленум ВС РФ 27.06.2017 № 22 п. 32).
create function finance.barred_through(p_day date) returns date language plpgsql stable
as $$
declare
    v_first date := (p_day - make_interval(years => cards.parameter_on('limitation_years', p_day)::int))::date;
    v_month date;
begin
    if v_first is null then
        return '-infinity';
    end if;
    v_month := date_trunc('month', v_first);
    while coalesce((select m.due_date from billing_data.month m where m.month = v_month), billing.due_date(v_month)) >= v_first loop
        v_month := v_month - interval '1 month';
    end loop;
    return v_month;
end $$;

-- Whether a service waits for the others of its month (dossier § 7.2): by split_strategy 1 or none those no plan gives the account any more, by
-- 2 those that one gives, by 0 none.
create function finance.comes_second(p_account bigint, p_service bigint, p_day date) returns boolean language sql stable
as $$
    select case cards.parameter_on('split_strategy', p_day) when 0 then false when 2 then r.is_rendered else not r.is_rendered end
    from (
        select coalesce((
            select not o.is_off from cards_data.account_plan o
            where o.account_id = p_account and o.service_id = p_service and o.retracted is null and not o.void
                and o.valid_from <= p_day and o.valid_to > p_day
        ), exists (
            select from cards_data.account a
            join cards_data.premises p on p.id = a.premises_id
            join cards_data.house_plan h on h.house_id = p.house_id
            where a.id = p_account and h.service_id = p_service and h.retracted is null and not h.void and h.valid_from <= p_day and h.valid_to > p_day
        )) as is_rendered
    ) r
$$;

-- Splits the waiting money of an operation: what the payer named first, then debts, oldest month first, then penalties; a step that is not paid
-- whole by split_strategy, then by largest remainder; the rest is an advance. What is too old is paid only where the payer named its month. The rule is that of calc::allocate.
-- One payment of an account at a time, all accounts together.
create function finance.split_waiting(p_operation uuid) returns void language plpgsql
as $$
begin
    while exists (select from finance_data.to_split where operation = p_operation) loop
        perform finance.split_round(p_operation);
    end loop;
    perform finance.withhold_fees(p_operation);
end $$;

create function finance.split_round(p_operation uuid) returns void language plpgsql
as $$
begin
    with money as (
        delete from finance_data.to_split w
        using (
            select distinct on (account_id) payment_id from finance_data.to_split
            where operation = p_operation order by account_id, payment_id
        ) first
        where w.payment_id = first.payment_id and w.operation = p_operation
        returning w.payment_id, w.scope, w.account_id, w.cash_day, (w.amount * 100)::bigint as kopecks, w.for_month, w.for_part
    ), days as (
        select d.cash_day, finance.barred_through(d.cash_day) as barred from (select distinct cash_day from money) d
    ), asked as (
        -- named: what the document of the named month asks for
        select m.payment_id, m.scope, m.account_id, m.cash_day, m.kopecks as payment, m.for_month, m.for_part,
            o.month, o.service_id, o.contract_id, o.part, (o.amount * 100)::bigint as kopecks, s.sort,
            sum((o.amount * 100)::bigint) filter (where o.month = m.for_month) over (partition by m.payment_id) as named
        from finance.outstanding(array(select account_id from money)) o
        join money m on m.account_id = o.account_id
        join cards_data.service s on s.id = o.service_id
        join days d on d.cash_day = m.cash_day
        where o.month = m.for_month or o.month > d.barred
    ), owed as (
        -- The penalty of a named month is meant only where the money is enough for the whole of the month.
        select a.*, finance.pays_penalty_last(a.cash_day) and a.part = 'penalty' as late,
            not coalesce(
                num_nonnulls(a.for_month, a.for_part) > 0 and coalesce(a.for_month = a.month, true)
                    and coalesce(a.for_part = a.part, a.part <> 'penalty' or a.for_month is not null and a.payment >= a.named), false
            ) as beside
        from asked a
    ), steps as (
        select payment_id, beside, late, month, sum(kopecks) as total,
            sum(sum(kopecks)) over (partition by payment_id order by beside, late, month) - sum(kopecks) as earlier
        from owed group by payment_id, beside, late, month
    ), cut as (
        -- how much of the payment falls to the step; only one that is not paid whole has something to wait for
        select o.*, n.total, share.kopecks as whole, share.kopecks < n.total and finance.comes_second(o.account_id, o.service_id, o.cash_day) as second
        from owed o
        join steps n on (n.payment_id, n.beside, n.late, n.month) = (o.payment_id, o.beside, o.late, o.month)
        cross join lateral (select least(greatest(o.payment - n.earlier, 0), n.total) as kopecks) share
        where share.kopecks > 0
    ), halves as (
        select c.*, sum(c.kopecks) over (partition by c.payment_id, c.beside, c.late, c.month, c.second) as half from cut c
    ), shares as (
        -- how much of it falls to the half, and each line's part of that: quotient and remainder
        select h.*, share.kopecks as share,
            share.kopecks * h.kopecks / h.half as quotient, mod(share.kopecks * h.kopecks, h.half) as remainder
        from halves h
        cross join lateral (select least(greatest(h.whole - case when h.second then h.total - h.half else 0 end, 0), h.half) as kopecks) share
        where share.kopecks > 0
    ), parts as (
        select *, floor(quotient) + case
            when row_number() over (partition by payment_id, beside, late, month, second order by remainder desc, kopecks desc, sort, service_id, contract_id, part)
                <= share - sum(floor(quotient)) over (partition by payment_id, beside, late, month, second) then 1 else 0 end as paid
        from shares
    ), placed as (
        insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, month, part, cash_day, amount, operation)
        select payment_id, scope, account_id, service_id, contract_id, month, part, cash_day, paid / 100, p_operation from parts where paid > 0
        returning payment_id, amount
    )
    insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, month, cash_day, amount, operation)
    select m.payment_id, m.scope, m.account_id, 0, 0, null, m.cash_day, m.kopecks / 100.0 - coalesce(sum(p.amount), 0), p_operation
    from money m left join placed p on p.payment_id = m.payment_id
    group by m.payment_id, m.scope, m.account_id, m.cash_day, m.kopecks
    having m.kopecks / 100.0 <> coalesce(sum(p.amount), 0);
end $$;

-- Fees of an operation's splits: per payment and payee, each rounded by itself; what is booked is the sum of the rounded parts.
create function finance.withhold_fees(p_operation uuid) returns void language sql
as $$
    insert into finance_data.payment_fee (payment_id, scope, provider_id, fee, cash_day, base, percent, amount, operation)
    select b.payment_id, b.scope, b.provider_id, r.fee, b.cash_day, b.base, r.percent, round(b.base * r.percent / 100, 2), p_operation
    from (
        select s.payment_id, s.scope, c.provider_id, s.cash_day, sum(s.amount) as base
        from finance_data.payment_split s join cards_data.contract c on c.id = s.contract_id
        where s.operation = p_operation and s.contract_id <> 0
        group by s.payment_id, s.scope, c.provider_id, s.cash_day
        having sum(s.amount) <> 0
    ) b
    join finance_data.fee_rate r on r.organisation_id = b.provider_id and r.retracted is null and not r.void
        and r.valid_from <= b.cash_day and r.valid_to > b.cash_day
$$;

-- Handler: {"payments": [{"account", "amount", "paid_on", "cash_day"?, "source", "month"?, "part"?}]}: takes payments and splits them at once.
-- month and part, debt or penalty, are what the payer said the money is for.
create function finance.payment_accept(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation uuid := (admin.current_operation()).id;
    v_row jsonb;
    v_total numeric;
    v_count bigint;
    v_unknown text;
begin
    perform admin.need_only(p_args, '{payments}', p_kind.title);
    for v_row in select value from jsonb_array_elements(admin.need_list(p_args, 'payments', p_kind.title)) loop
        perform finance.check_payment(v_row, p_kind.title);
    end loop;
    -- All accounts at once: asked one by one, row-level security would gather the operator's keys for each.
    select p->>'account' into v_unknown
    from jsonb_array_elements(p_args->'payments') with ordinality list(p, place)
    where not exists (select from cards_data.account a where a.number = p->>'account')
    order by place limit 1;
    if found then
        perform admin.refuse('KV003', format('Лицевой счёт %s не найден или вам не виден', v_unknown), null, 'Платёж без счёта проводится в невыясненные');
    end if;
    perform cards.need_opened(a.id, (p->>'paid_on')::date, p_kind.title)
    from jsonb_array_elements(p_args->'payments') p join cards_data.account a on a.number = p->>'account'
    where exists (
        select from cards_data.account_open o where o.account_id = a.id and o.retracted is null and not o.void having min(o.valid_from) > (p->>'paid_on')::date
    );
    perform billing.lock_units(array(
        select a.unit_id from jsonb_array_elements(p_args->'payments') p join cards_data.account a on a.number = p->>'account'
    ));
    insert into finance_data.payment (unit_id, scope, account_id, paid_on, cash_day, amount, source, for_month, for_part, operation)
    select a.unit_id, a.scope, a.id, (p->>'paid_on')::date, coalesce((p->>'cash_day')::date, current_date), (p->>'amount')::numeric, p->>'source',
        (left(p->>'month', 7) || '-01')::date, p->>'part', v_operation
    from jsonb_array_elements(p_args->'payments') with ordinality list(p, place) join cards_data.account a on a.number = p->>'account'
    order by place;
    insert into finance_data.to_split (operation, payment_id, scope, account_id, cash_day, amount, for_month, for_part)
    select operation, id, scope, account_id, cash_day, amount, for_month, for_part from finance_data.payment where operation = v_operation;
    perform admin.touch('account', array(select account_id from finance_data.payment where operation = v_operation), (admin.current_operation()).known);
    perform finance.split_waiting(v_operation);
    select count(*), sum(amount) into v_count, v_total from finance_data.payment where operation = v_operation;
    return jsonb_build_object('payments', v_count, 'amount', v_total::text); -- as text: JSON's readers know no kopecks
end $$;

-- Handler: {"account", "amount", "paid_on", "source", "month"?, "part"?}: one payment taken by hand, where nobody has a register of them.
create function finance.payment_take(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
begin
    perform finance.need_believed(p_args, p_kind.title);
    return finance.payment_accept(p_kind, jsonb_build_object('payments', jsonb_build_array(jsonb_strip_nulls(p_args))));
end $$;

-- The most an account is believed to pay at once: its debt and so many of its largest bills of the last year ahead, or the sum below which
-- nothing is doubted.
create function finance.payment_limits(p_accounts bigint[]) returns table (account_id bigint, ahead int, most numeric) language plpgsql stable
as $$
declare
    v_least numeric := cards.parameter_on('payment_doubt_least', current_date);
    v_ahead numeric := coalesce(cards.parameter_on('payment_doubt_months', current_date), 0);
begin
    return query
        select a.id, v_ahead::int, greatest(v_least, coalesce(o.owed, 0) + v_ahead * coalesce(b.bill, 0))
        from unnest(p_accounts) a (id)
        left join (
            select d.account_id, sum(d.amount) as owed from finance.outstanding(p_accounts) d group by d.account_id
        ) o on o.account_id = a.id
        left join (
            select s.account_id, max(s.amount) as bill
            from (
                select l.account_id, l.run, sum(l.amount) as amount
                from billing_data.month m join billing_data.line l on l.run = m.run
                where m.state in ('released', 'sealed') and m.month > current_date - interval '13 months' and l.account_id = any (p_accounts)
                group by l.account_id, l.run
            ) s
            group by s.account_id
        ) b on b.account_id = a.id;
end $$;

-- Between which sums a payment, a correction, an advance of an account is believed: a form asks for what lies outside twice.
create function finance.payment_belief(p_account bigint) returns table (lower_bound numeric, upper_bound numeric) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select -l.most, l.most from cards_data.account a cross join finance.payment_limits(array[a.id]) l where a.id = p_account
$$;

-- A slip of the hand is refused: a sum nobody pays at once, unless it was typed twice, and a month that is not paid for yet.
create function finance.need_believed(p_row jsonb, p_where text) returns void language plpgsql stable
as $$
declare
    v_limit record;
    v_last date;
begin
    select l.* into v_limit
    from cards_data.account a cross join finance.payment_limits(array[a.id]) l where a.number = p_row->>'account';
    v_last := (billing.open_month() + make_interval(months => v_limit.ahead))::date;
    if admin.need_amount(p_row, 'amount', p_where) > v_limit.most and not admin.is_typed_twice() then
        perform admin.refuse(
            'KV004', format('%s: %s ₽ больше долга и счетов за %s мес. вперёд (%s ₽)', p_where,
                admin.sum_told((p_row->>'amount')::numeric), v_limit.ahead, admin.sum_told(v_limit.most)),
            null, 'Проверьте сумму; если она верна, наберите её дважды (в kvartal op — "twice": true)'
        );
    elsif p_row->>'month' is not null and admin.need_month(p_row, 'month', p_where) > v_last then
        perform admin.refuse(
            'KV004', format('%s: за %s ещё не платят', p_where, to_char(admin.need_month(p_row, 'month', p_where), 'MM.YYYY')),
            null, format('Вперёд платят не дальше %s; без месяца лишнее остаётся авансом', to_char(v_last, 'MM.YYYY'))
        );
    end if;
end $$;

create function finance.check_payment(p_row jsonb, p_title text) returns void language plpgsql stable
as $$
declare
    v_amount numeric := admin.need_amount(p_row, 'amount', p_title);
begin
    perform admin.need_only(p_row, '{account,amount,paid_on,cash_day,source,month,part}', p_title);
    perform admin.need_date(p_row, 'paid_on', p_title);
    if p_row ? 'cash_day' then
        perform admin.need_date(p_row, 'cash_day', p_title);
    end if;
    perform admin.need_text(p_row, 'source', p_title);
    if p_row ? 'month' then
        perform admin.need_month(p_row, 'month', p_title);
    end if;
    if p_row ? 'part' and coalesce(p_row->>'part', '') not in ('debt', 'penalty') then
        perform admin.refuse('KV004', format('%s: часть «%s» не известна', p_title, p_row->>'part'), null, 'Платёж бывает в счёт долга (debt) или пеней (penalty)');
    end if;
    if v_amount <= 0 then
        perform admin.refuse('KV004', format('%s: сумма %s не больше нуля', p_title, admin.sum_told(v_amount)), null, 'Возврат — отмена операции, которой платёж принят');
    end if;
end $$;

-- Undo of a payment: the same rows with the opposite sign, by the current operational day.
create function finance.reverse_operation(p_target admin_data.operation) returns jsonb language plpgsql
as $$
declare
    v_operation uuid := (admin.current_operation()).id;
    v_count bigint;
begin
    if p_target.kind = 'billing.correction' then
        return billing.reverse_correction(p_target);
    elsif p_target.kind = 'billing.instalment' then
        return billing.instalment_end(p_target);
    end if;
    perform billing.lock_units(array(select unit_id from finance_data.payment where operation = p_target.id));
    insert into finance_data.payment (unit_id, scope, account_id, paid_on, cash_day, amount, source, reverses, operation)
    select p.unit_id, p.scope, p.account_id, p.paid_on, current_date, -p.amount, p.source, p.id, v_operation
    from finance_data.payment p
    where p.operation = p_target.id and not exists (select from finance_data.payment r where r.reverses = p.id);
    get diagnostics v_count = row_count;
    if v_count = 0 then
        perform admin.refuse('KV010', 'Отменять нечего: платежи уже сторнированы');
    end if;
    perform admin.touch('account', array(select account_id from finance_data.payment where operation = v_operation), (admin.current_operation()).known);
    insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, month, part, cash_day, amount, operation)
    select r.id, s.scope, s.account_id, s.service_id, s.contract_id, s.month, s.part, r.cash_day, -sum(s.amount), v_operation
    from finance_data.payment r join finance_data.payment_split s on s.payment_id = r.reverses
    where r.operation = v_operation
    group by r.id, s.scope, s.account_id, s.service_id, s.contract_id, s.month, s.part, r.cash_day
    having sum(s.amount) <> 0;
    insert into finance_data.payment_fee (payment_id, scope, provider_id, fee, cash_day, base, percent, amount, operation)
    select r.id, f.scope, f.provider_id, f.fee, r.cash_day, -sum(f.base), max(f.percent), -sum(f.amount), v_operation
    from finance_data.payment r join finance_data.payment_fee f on f.payment_id = r.reverses
    where r.operation = v_operation
    group by r.id, f.scope, f.provider_id, f.fee, r.cash_day
    having sum(f.base) <> 0;
    return jsonb_build_object('reversed', v_count);
end $$;

-- Advances meet the bills of a month as it is released: a pair of rows that sums to nothing, under the payment that brought the advance.
create function finance.settle_advances(p_operation uuid, p_cash_day date) returns void language plpgsql
as $$
begin
    insert into finance_data.to_split (operation, payment_id, scope, account_id, cash_day, amount, for_month, for_part)
    select p_operation, a.payment_id, a.scope, a.account_id, p_cash_day, a.amount, p.for_month, p.for_part
    from (
        select coalesce(p.reverses, p.id) as payment_id, s.scope, s.account_id, sum(s.amount) as amount
        from finance_data.payment_split s
        join finance_data.payment p on p.id = s.payment_id
        where s.service_id = 0 and s.month is null
        group by coalesce(p.reverses, p.id), s.scope, s.account_id
        having sum(s.amount) > 0
    ) a
    join finance_data.payment p on p.id = a.payment_id;
    insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, month, cash_day, amount, operation)
    select payment_id, scope, account_id, 0, 0, null, cash_day, -amount, p_operation
    from finance_data.to_split where operation = p_operation;
    perform finance.split_waiting(p_operation);
end $$;
