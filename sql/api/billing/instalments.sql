-- Payment by instalments (рассрочка; 354 пп. 72, 75, dossier § 4.3): who is to be offered it, agreements, and what they move.

-- What a released month asked of an account for one service and contract, privileges and subsidies taken off.
create function billing.instalment_charge(p_account bigint, p_service bigint, p_contract bigint, p_month date) returns numeric language sql stable
as $$
    select coalesce(sum(l.amount), 0)
    from billing_data.month m
    join billing_data.line l on l.run = m.run
    where m.month = p_month and l.account_id = p_account and l.service_id = p_service and l.contract_id = p_contract and l.cause = 0
$$;

-- A sum in equal parts, the odd kopecks with the first ones, and the interest of each month on what is still put off: a twelfth of the yearly rate.
create function billing.instalment_parts(p_amount numeric, p_parts int, p_percent numeric)
returns table (place int, part numeric, rest numeric, interest numeric)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    with cut as (
        select k as place, div(p_amount * 100, p_parts) / 100 + case when k < mod(p_amount * 100, p_parts) then 0.01 else 0 end as part
        from generate_series(0, p_parts - 1) k
    ), left_over as (
        select c.place, c.part, p_amount - coalesce(sum(c.part) over (order by c.place rows between unbounded preceding and 1 preceding), 0) as rest from cut c
    )
    select l.place, round(l.part, 2), round(l.rest, 2), case when l.place = 0 then 0 else round(l.rest * p_percent / 1200, 2) end
    from left_over l
$$;

-- The highest interest a year that may be agreed on a day: the key rate and a margin.
create function billing.instalment_percent_most(p_day date) returns numeric language sql stable
as $$ select cards.parameter_on('key_rate', p_day) + cards.parameter_on('instalment_rate_margin', p_day) $$;

-- Handler: {"account_id", "service_id", "contract_id", "month", "amount"?, "parts"?, "percent", "agreed_on", "document"}: the charge of a released
-- month, or a part of it, in equal parts. Parts whose month is out already stay where they are.
create function billing.instalment_agree(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_agreed billing_data.instalment;
    v_place record;
    v_owed numeric;
begin
    perform admin.need_only(p_args, '{account_id,service_id,contract_id,month,amount,parts,percent,agreed_on,document}', p_kind.title);
    v_agreed := billing.instalment_read(p_args, p_kind.title);
    perform billing.lock_units(array[v_agreed.unit_id]);
    select sum(p.part) as put_off, billing.open_month() as open into v_place
    from billing.instalment_parts(v_agreed.amount, v_agreed.parts, v_agreed.percent) p
    where v_agreed.month + make_interval(months => p.place) >= billing.open_month() and p.place > 0;
    if v_place.put_off is null then
        perform admin.refuse('KV004', format('%s: все части (%s) уже должны быть внесены', p_kind.title, v_agreed.parts), null, 'Рассрочка откладывает только части будущих месяцев');
    end if;
    select coalesce(sum(o.amount), 0) into v_owed
    from finance.outstanding(array[v_agreed.account_id]) o
    where o.month = v_agreed.month and o.service_id = v_agreed.service_id and o.contract_id = v_agreed.contract_id and o.part = 'debt';
    if v_place.put_off > v_owed then
        perform admin.refuse('KV004', format('%s: за %s осталось оплатить %s ₽, а отложить просят %s ₽', p_kind.title, to_char(v_agreed.month, 'MM.YYYY'), admin.sum_told(v_owed), admin.sum_told(v_place.put_off)),
            null, case when v_owed > 0 then 'Укажите сумму рассрочки меньше' else 'Рассрочивают неоплаченное: выберите другую плату' end);
    end if;
    insert into billing_data.instalment select v_agreed.*;
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, part, amount, operation)
    select v_agreed.unit_id, v_agreed.scope, v_agreed.account_id, v_agreed.service_id, v_agreed.contract_id, m.month, m.source_month, m.kind, m.part, m.amount, v_agreed.operation
    from (
        select v_place.open as month, v_agreed.month as source_month, 'instalment' as kind, 'debt' as part, -v_place.put_off as amount
        union all
        select d.month, d.month, x.kind, x.part, x.amount
        from billing.instalment_parts(v_agreed.amount, v_agreed.parts, v_agreed.percent) p
        cross join lateral (select (v_agreed.month + make_interval(months => p.place))::date as month) d
        cross join lateral (values ('instalment', 'debt', p.part), ('interest', 'interest', p.interest)) x (kind, part, amount)
        where d.month >= v_place.open and p.place > 0 and x.amount <> 0
    ) m;
    perform admin.touch('account', array[v_agreed.account_id], (admin.current_operation()).known);
    return jsonb_build_object('put_off', v_place.put_off::text);
end $$;

-- What an agreement says, if it may be made.
create function billing.instalment_read(p_args jsonb, p_where text) returns billing_data.instalment language plpgsql stable
as $$
declare
    v_account cards_data.account := cards.need_account(p_args, p_where);
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_where));
    v_agreed billing_data.instalment;
    v_most numeric;
    v_charge numeric;
begin
    v_agreed.operation := (admin.current_operation()).id;
    v_agreed.unit_id := v_account.unit_id;
    v_agreed.scope := v_account.scope;
    v_agreed.account_id := v_account.id;
    v_agreed.service_id := admin.need_number(p_args, 'service_id', p_where);
    v_agreed.contract_id := admin.need_number(p_args, 'contract_id', p_where);
    v_agreed.month := v_month.month;
    v_agreed.agreed_on := admin.need_date(p_args, 'agreed_on', p_where);
    v_agreed.document := admin.need_text(p_args, 'document', p_where);
    v_agreed.percent := admin.need_number(p_args, 'percent', p_where);
    v_agreed.parts := coalesce(case when p_args->>'parts' is not null then admin.need_number(p_args, 'parts', p_where) end, cards.parameter_on('instalment_months', v_agreed.agreed_on));
    v_charge := billing.instalment_charge(v_account.id, v_agreed.service_id, v_agreed.contract_id, v_month.month);
    v_agreed.amount := case when p_args->>'amount' is null then v_charge else admin.need_amount(p_args, 'amount', p_where) end;
    v_most := billing.instalment_percent_most(v_agreed.agreed_on);
    if v_month.state not in ('released', 'sealed') then
        perform admin.refuse('KV006', format('%s: месяц %s не выпущен', p_where, to_char(v_month.month, 'MM.YYYY')), null, 'Рассрочку дают по платёжному документу: сначала выпустите месяц');
    elsif v_charge <= 0 or v_agreed.amount > v_charge then
        perform admin.refuse('KV004', format('%s: плата за %s — %s ₽, рассрочить просят %s ₽', p_where, to_char(v_month.month, 'MM.YYYY'), admin.sum_told(v_charge), admin.sum_told(v_agreed.amount)),
            null, 'Рассрочить можно плату месяца или её часть');
    elsif v_agreed.parts > cards.parameter_on('instalment_months', v_agreed.agreed_on) then
        perform admin.refuse('KV004', format('%s: частей %s, а дают не больше чем на %s мес.', p_where, v_agreed.parts, admin.number_told(cards.parameter_on('instalment_months', v_agreed.agreed_on))));
    elsif v_most is null then
        perform admin.refuse('KV006', format('%s: на %s не задана ключевая ставка', p_where, to_char(v_agreed.agreed_on, 'DD.MM.YYYY')), null, 'Внесите параметр key_rate: экран 520');
    elsif v_agreed.percent > v_most then
        perform admin.refuse('KV004', format('%s: проценты %s больше наибольших — %s', p_where, admin.number_told(v_agreed.percent), admin.number_told(v_most)),
            null, 'Проценты бывают выше ключевой ставки не больше чем на 3 п. п. (ПП РФ № 354, п. 72)');
    elsif billing.instalment_stands(v_account.id, v_agreed.service_id, v_agreed.contract_id, v_month.month) then
        perform admin.refuse('KV004', format('%s: плата за %s уже рассрочена', p_where, to_char(v_month.month, 'MM.YYYY')), null, 'Прежнее соглашение отменяют на экране 275');
    end if;
    return v_agreed;
end $$;

-- Whether a charge is put off by an agreement nobody ended.
create function billing.instalment_stands(p_account bigint, p_service bigint, p_contract bigint, p_month date) returns boolean language sql stable
as $$
    select exists (
        select from billing_data.instalment i
        where i.account_id = p_account and i.service_id = p_service and i.contract_id = p_contract and i.month = p_month
            and billing.instalment_ended(i.operation) is null
    )
$$;

-- The operation that ended an agreement; null while it stands.
create function billing.instalment_ended(p_operation uuid) returns uuid language sql stable
as $$
    select r.operation from billing_data.correction c join billing_data.correction r on r.reverses = c.id
    where c.operation = p_operation limit 1
$$;

-- Undo of an agreement: the parts of months not out yet are due at once, their interest is asked no more.
create function billing.instalment_end(p_target admin_data.operation) returns jsonb language plpgsql
as $$
declare
    v_open date := billing.open_month();
    v_operation admin_data.operation := admin.current_operation();
    v_count bigint;
begin
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, part, amount, reverses, operation)
    select c.unit_id, c.scope, c.account_id, c.service_id, c.contract_id, c.month, c.source_month, c.kind, c.part, -c.amount, c.id, v_operation.id
    from billing_data.correction c
    where c.operation = p_target.id and c.month >= v_open and not exists (select from billing_data.correction r where r.reverses = c.id);
    get diagnostics v_count = row_count;
    if v_count = 0 then
        perform admin.refuse('KV010', 'Отменять нечего: рассрочка уже прекращена, или все её месяцы выпущены');
    end if;
    -- What was put off in a month that is out comes back in the open one.
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, part, amount, operation)
    select c.unit_id, c.scope, c.account_id, c.service_id, c.contract_id, v_open, v_open, 'instalment', 'debt', -sum(c.amount), v_operation.id
    from billing_data.correction c
    where c.operation = v_operation.id and c.kind = 'instalment'
    group by c.unit_id, c.scope, c.account_id, c.service_id, c.contract_id having sum(c.amount) <> 0;
    perform admin.touch('account', array(select account_id from billing_data.instalment where operation = p_target.id), v_operation.known);
    return jsonb_build_object('reversed', v_count);
end $$;

-- What agreements put off past a month: of each account, service and contract what its balance does not ask yet.
create function billing.instalments_after(p_month date, p_accounts bigint[])
returns table (account_id bigint, service_id bigint, contract_id bigint, put_off numeric) language sql stable
as $$
    select c.account_id, c.service_id, c.contract_id, -sum(c.amount)
    from billing_data.correction c
    where c.account_id = any (p_accounts) and c.kind = 'instalment' and c.month > p_month and c.source_month <= p_month
    group by c.account_id, c.service_id, c.contract_id having sum(c.amount) <> 0
$$;

-- Charges of two months of an account, or of all, side by side, and by how many percent the later one grew (354 п. 72: for utilities); what
-- lowers a charge is left out. Whom it asks of is written into the question: a planner that does not know reads two whole runs for an account.
create function billing.instalment_growth(p_run int, p_run_before int, p_account bigint)
returns table (account_id bigint, service_id bigint, before numeric, now numeric, growth numeric) language plpgsql stable
as $$
begin
    return query execute format($ask$
        select g.account_id, g.service_id, g.before, g.now, case when g.before > 0 then (g.now - g.before) * 100 / g.before end
        from (
            select l.account_id, l.service_id, coalesce(sum(l.amount) filter (where l.run = $2), 0) as before,
                coalesce(sum(l.amount) filter (where l.run = $1), 0) as now
            from billing_data.line l
            join cards_data.service s on s.id = l.service_id and s.penalty = 'utilities'
            where l.run in ($1, $2) and l.cause = 0 and l.component < 41 and %s
            group by l.account_id, l.service_id
        ) g
    $ask$, case when p_account is null then 'true' else 'l.account_id = $3' end) using p_run, p_run_before, p_account;
end $$;

create function billing.instalment_bound(p_month date) returns numeric language sql stable
as $$ select cards.parameter_on('instalment_growth_percent', p_month) $$;

-- What an account was charged in the last released months, service by service, beside the same month of the year before.
create function billing.instalment_choice(p_account bigint)
returns table (month date, service_id bigint, contract_id bigint, service text, sort smallint, charge numeric, before numeric, growth numeric, offer text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with months as (
        select m.month, m.run, (select b.run from billing_data.month b where b.month = (m.month - interval '1 year')::date) as run_before
        from billing_data.month m where m.state in ('released', 'sealed') order by m.month desc limit 3
    ), charges as (
        select m.month, m.run, m.run_before, l.service_id, l.contract_id, sum(l.amount) as charge
        from months m join billing_data.line l on l.run = m.run
        where l.account_id = p_account and l.cause = 0
        group by m.month, m.run, m.run_before, l.service_id, l.contract_id having sum(l.amount) > 0
    )
    select c.month, c.service_id, c.contract_id, s.name, s.sort, c.charge, nullif(g.before, 0), round(g.growth, 2),
        case when billing.instalment_stands(p_account, c.service_id, c.contract_id, c.month) then 'agreed'
            when o.amount is null then 'paid'
            when g.growth > billing.instalment_bound(c.month) then 'must' else 'may' end
    from charges c
    join cards_data.service s on s.id = c.service_id
    left join billing.instalment_growth(c.run, c.run_before, p_account) g on g.service_id = c.service_id
    left join finance.outstanding(array[p_account]) o
        on (o.month, o.service_id, o.contract_id, o.part) = (c.month, c.service_id, c.contract_id, 'debt')
    where exists (select from cards_data.account a where a.id = p_account)
    order by c.month desc, s.sort, c.service_id, c.contract_id
$$;

-- Whom a month offers instalments: found by its control, once, and kept beside what else it found. A list that added two months of the town up
-- for every page would take as long as the control does.
create function billing.control_of_growth(p_control uuid, p_month date, p_run int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, before, now)
    select p_control, 'charge_growth', a.scope, a.id, g.service_id, g.before, g.now
    from billing_data.month b
    cross join (select billing.instalment_bound(p_month) as bound offset 0) l
    cross join lateral billing.instalment_growth(p_run, b.run, null) g
    join cards_data.account a on a.id = g.account_id
    where b.month = (p_month - interval '1 year')::date and g.growth > l.bound
$$;

-- Who is to be offered instalments for a month, as its last control found. p_after: {"account_id", "service_id"} of the last row seen.
create function billing.instalment_offers(p_month date, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (account_id bigint, service_id bigint, account text, address text, service text, before numeric, now numeric, growth numeric, offer text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select f.account_id, f.service_id, a.number, d.address, s.name, f.before, f.now, round((f.now - f.before) * 100 / f.before, 2),
        case when exists (
            select from billing_data.instalment i
            where i.account_id = f.account_id and i.service_id = f.service_id and i.month = date_trunc('month', p_month)
                and billing.instalment_ended(i.operation) is null
        ) then 'agreed' else 'must' end
    from (select (billing.last_control(date_trunc('month', p_month)::date)).id as control offset 0) c
    join billing_data.control_finding f on f.control_id = c.control and f.kind = 'charge_growth'
    join cards_data.account a on a.id = f.account_id
    join cards.premises_address d on d.premises_id = a.premises_id
    join cards_data.service s on s.id = f.service_id
    where f.scope = any ((select admin.my_keys())::int[])
        and (p_after is null or (f.account_id, f.service_id) > ((p_after->>'account_id')::bigint, (p_after->>'service_id')::bigint))
        and (billing.penalty_meant(a.number, d.address, p_line) or p_folded is not null and billing.penalty_meant(a.number, d.address, p_folded))
    order by f.account_id, f.service_id limit least(greatest(p_limit, 0), 2000)
$$;

-- Section 5 of a bill (documents' dossier § 2.7): services the month offers instalments for, and parts of earlier months that fall due in it.
-- current: what of this month's charge may be paid now; later: what would be left for the months after.
create function billing.invoice_instalments(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    with bounds as materialized (
        select (select b.run from billing_data.month b where b.month = (p_month.month - interval '1 year')::date) as run_before,
            billing.instalment_bound(p_month.month) as bound, cards.parameter_on('instalment_months', p_month.month)::int as parts,
            billing.instalment_percent_most((p_month.month + interval '1 month')::date - 1) as percent
    ), offered as (
        select a.id as account_id, g.service_id, g.growth, b.parts, b.percent
        from bounds b
        cross join unnest(p_accounts) a (id)
        cross join lateral billing.instalment_growth(p_month.run, b.run_before, a.id) g
        where b.run_before is not null and g.growth > b.bound
    ), due as (
        select c.account_id, c.service_id, sum(c.amount) filter (where c.kind = 'instalment') as earlier, coalesce(sum(c.amount) filter (where c.kind = 'interest'), 0) as interest
        from billing_data.correction c
        where c.account_id = any (p_accounts) and c.month = p_month.month and c.kind in ('instalment', 'interest') and c.source_month = p_month.month
        group by c.account_id, c.service_id
    ), agreed as (
        select i.account_id, i.service_id, max(i.percent) as percent from billing_data.instalment i
        where i.account_id = any (p_accounts) group by i.account_id, i.service_id
    ), balance as materialized (
        select b.account_id, b.service_id, sum(b.charged - b.privilege) as charged
        from billing.month_balance(p_month.month, p_accounts) b group by b.account_id, b.service_id
    ), rows as (
        select account_id, service_id from offered union select account_id, service_id from due
    ), told as (
        select r.account_id, s.name, s.sort, s.id, b.charged, o.growth, o.parts, o.percent as percent_most,
            case when o.parts is not null and b.charged > 0 then (select p.part from billing.instalment_parts(b.charged, o.parts, 0) p where p.place = 0) else b.charged end as current,
            coalesce(d.earlier, 0) as earlier, coalesce(d.interest, 0) as interest, case when d.account_id is not null then g.percent end as percent
        from rows r
        join balance b on b.account_id = r.account_id and b.service_id = r.service_id
        join cards_data.service s on s.id = r.service_id
        left join offered o on o.account_id = r.account_id and o.service_id = r.service_id
        left join due d on d.account_id = r.account_id and d.service_id = r.service_id
        left join agreed g on g.account_id = r.account_id and g.service_id = r.service_id
    )
    select t.account_id, jsonb_agg(jsonb_build_object(
        'service', t.name, 'current', t.current::text, 'earlier', t.earlier::text, 'interest', t.interest::text, 'percent', t.percent::text,
        'payable', (t.current + t.earlier + t.interest)::text, 'growth', round(t.growth, 2)::text, 'parts', t.parts, 'percent_most', t.percent_most::text
    ) order by t.sort, t.id)
    from told t
    group by t.account_id
$$;
