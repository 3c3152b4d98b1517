-- Subsidies for housing and utilities (ЖК 159; dossier § 5.3): granted and stopped by decisions of social protection, never by the centre
-- itself, whatever an account owes; and what they came to in a month.

create function billing.need_subsidy_category(p_args jsonb, p_where text) returns bigint language plpgsql stable
as $$
declare
    v_id bigint;
begin
    select id into v_id from billing_data.privilege_category
    where id = admin.need_number(p_args, 'category_id', p_where) and kind = 'subsidy';
    if not found then
        perform admin.refuse('KV003', format('%s: такого вида субсидии нет', p_where), null, 'Виды субсидий показывает F4');
    end if;
    return v_id;
end $$;

-- Whom a subsidy may be granted to: who lives in the premises of the account, owns them or pays for them.
create function billing.need_subsidy_person(p_account cards_data.account, p_person bigint, p_where text) returns bigint language plpgsql stable
as $$
begin
    if not exists (
        select from passport_data.residence r where r.premises_id = p_account.premises_id and r.person_id = p_person and r.retracted is null and not r.void
        union all
        select from passport_data.ownership w where w.premises_id = p_account.premises_id and w.person_id = p_person and w.retracted is null and not w.void
        union all
        select from cards_data.account_holder h where h.account_id = p_account.id and h.person_id = p_person and h.retracted is null and not h.void
    ) then
        perform admin.refuse('KV003', format('%s: %s не живёт в помещении счёта %s, не владеет им и не платит за него', p_where, coalesce(passport.called(p_person), 'человек'), p_account.number),
            null, 'Людей этого дома показывает F4');
    end if;
    return p_person;
end $$;

-- How much: a sum, or the numbers of the formula of this kind of subsidy, as a fact has them.
create function billing.subsidy_measure(p_category bigint, p_args jsonb, p_from date, p_where text) returns jsonb language plpgsql stable
as $$
declare
    v_all text[] := '{persons,income,share,minimum,standard}';
    v_law text := (select formula from billing_data.privilege_category where id = p_category);
    v_formula text[] := case v_law when 'belarus' then '{income,share}' when 'ukraine' then '{persons,income,share,minimum}' else v_all end;
    v_most numeric := cards.parameter_on('subsidy_share_most', p_from);
begin
    if p_args ? 'amount' and p_args ?| v_all then
        perform admin.refuse('KV004', format('%s: указана и сумма, и числа формулы', p_where), null, 'Оставьте то, что написано в решении: сумму либо числа для расчёта');
    elsif p_args ? 'amount' then
        return jsonb_build_object('amount', admin.need_amount(p_args, 'amount', p_where));
    elsif not p_args ?& v_formula or p_args ?| array(select unnest(v_all) except select unnest(v_formula)) then
        perform admin.refuse('KV004', format('%s: не указано, сколько', p_where), null, case v_law
            when 'belarus' then 'Укажите сумму в месяц либо числа формулы: доход и долю, и только их'
            when 'ukraine' then 'Укажите сумму в месяц либо числа формулы: человек в семье, доход, долю, прожиточный минимум, и только их'
            else 'Укажите сумму в месяц либо все числа формулы: человек в семье, доход, долю, прожиточный минимум, стандарт' end);
    elsif admin.need_number(p_args, 'share', p_where) > v_most then
        perform admin.refuse('KV004', format('%s: доля расходов %s больше наибольшей — %s', p_where, admin.number_told((p_args->>'share')::numeric), admin.number_told(v_most)),
            null, 'Доля пишется в процентах; наибольшая — параметр subsidy_share_most');
    end if;
    return jsonb_strip_nulls(jsonb_build_object(
        'persons', case when 'persons' = any (v_formula) then admin.need_number(p_args, 'persons', p_where) end,
        'income', admin.need_amount(p_args, 'income', p_where), 'share', admin.need_number(p_args, 'share', p_where),
        'minimum', case when 'minimum' = any (v_formula) then admin.need_amount(p_args, 'minimum', p_where) end,
        'standard', case when 'standard' = any (v_formula) then admin.need_amount(p_args, 'standard', p_where) end
    ));
end $$;

-- Handler: {"account_id", "category_id", "person_id", "from", "through", "form", "amount" | "persons", "income", "share", "minimum", "standard",
-- "document"}: a subsidy for the months from the first to the last named. What a decision before it gave for them is replaced.
create function billing.subsidy_grant(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_account cards_data.account := cards.need_account(p_args, p_kind.title);
    v_category bigint := billing.need_subsidy_category(p_args, p_kind.title);
    v_from date := admin.need_month(p_args, 'from', p_kind.title);
    v_to date := (admin.need_month(p_args, 'through', p_kind.title) + interval '1 month')::date;
    v_most int := cards.parameter_on('subsidy_months', v_from);
    v_months int := (extract(year from v_to) - extract(year from v_from)) * 12 + extract(month from v_to) - extract(month from v_from);
begin
    perform admin.need_only(
        p_args, '{account_id,category_id,person_id,from,through,form,amount,persons,income,share,minimum,standard,document}', p_kind.title
    );
    if v_months < 1 then
        perform admin.refuse('KV004', format('%s: последний месяц раньше первого', p_kind.title), null, 'Проверьте срок в решении');
    elsif v_months > v_most then
        perform admin.refuse('KV004', format('%s: срок %s мес., а назначают не больше чем на %s', p_kind.title, v_months, v_most),
            null, 'Проверьте срок в решении; на следующие месяцы бывает новое решение');
    end if;
    if not exists (
        select from cards_data.account_open o
        where o.account_id = v_account.id and o.retracted is null and not o.void and o.valid_from < v_to and o.valid_to > v_from
    ) then
        perform admin.refuse('KV004', format('%s: лицевой счёт %s в эти месяцы закрыт', p_kind.title, v_account.number), null, 'Проверьте счёт и месяцы в решении');
    end if;
    perform billing.lock_units(array[v_account.unit_id]);
    perform admin.fact_assert(
        'subsidy', jsonb_build_object('account_id', v_account.id, 'category_id', v_category), v_from, v_to,
        jsonb_build_object(
            'person_id', billing.need_subsidy_person(v_account, admin.need_number(p_args, 'person_id', p_kind.title)::bigint, p_kind.title),
            'form', admin.need_text(p_args, 'form', p_kind.title), 'document', admin.need_text(p_args, 'document', p_kind.title)
        ) || billing.subsidy_measure(v_category, p_args, v_from, p_kind.title)
    );
    return '{}';
end $$;

-- Handler: {"account_id", "category_id", "from", "through"?}: by a decision there is no subsidy in these months; without a last one there is none
-- any more. Suspended and then given again is an undo of this.
create function billing.subsidy_stop(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_account cards_data.account := cards.need_account(p_args, p_kind.title);
    v_category bigint := billing.need_subsidy_category(p_args, p_kind.title);
    v_from date := admin.need_month(p_args, 'from', p_kind.title);
    v_end date;
begin
    perform admin.need_only(p_args, '{account_id,category_id,from,through}', p_kind.title);
    select max(valid_to) into v_end from billing_data.subsidy
    where account_id = v_account.id and category_id = v_category and retracted is null and not void and valid_to > v_from;
    if p_args->>'through' is not null then
        v_end := least(v_end, (admin.need_month(p_args, 'through', p_kind.title) + interval '1 month')::date);
    end if;
    if v_end is null or not exists (
        select from billing_data.subsidy where account_id = v_account.id and category_id = v_category and retracted is null and not void
            and valid_to > v_from and valid_from < v_end
    ) then
        perform admin.refuse('KV004', format('%s: с %s субсидии по счёту %s и так нет', p_kind.title, to_char(v_from, 'MM.YYYY'), v_account.number),
            null, 'Месяцы субсидии показывает экран 271');
    end if;
    perform billing.lock_units(array[v_account.unit_id]);
    perform admin.fact_assert('subsidy', jsonb_build_object('account_id', v_account.id, 'category_id', v_category), v_from, v_end, null);
    return '{}';
end $$;

-- What was granted for a month and what was given in it, an account and kind a row: by facts as they stand and by the lines of the run.
create function billing.subsidies_of(p_month date)
returns table (account_id bigint, category_id bigint, person_id bigint, form text, granted numeric, through date, document text, given numeric, recalculated numeric)
language sql stable
as $$
    with granted as (
        select f.account_id, f.category_id, f.person_id, f.form, f.amount, f.valid_to, f.document
        from billing_data.subsidy f
        where f.retracted is null and not f.void and f.valid_from <= p_month and f.valid_to > p_month
    ), given as (
        select l.account_id, l.category_id, max(l.person_id) as person_id, case when bool_or(l.component = 54) then 'discount' else 'cash' end as form,
            -coalesce(sum(l.amount) filter (where l.cause = 0), 0) as given, -coalesce(sum(l.amount) filter (where l.cause <> 0), 0) as recalculated
        from billing_data.month m join billing_data.privilege_line l on l.run = m.run and l.component in (54, 64)
        where m.month = p_month
        group by l.account_id, l.category_id
    )
    select coalesce(g.account_id, n.account_id), coalesce(g.category_id, n.category_id), coalesce(g.person_id, n.person_id), coalesce(g.form, n.form),
        g.amount, (g.valid_to - 1)::date, g.document, coalesce(n.given, 0), coalesce(n.recalculated, 0)
    from granted g full join given n on n.account_id = g.account_id and n.category_id = g.category_id
$$;

-- The list of a month. p_after: {"account_id", "category_id"} of the last row seen.
create function billing.subsidy_month(p_month date, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (
    account_id bigint, category_id bigint, account text, address text, full_name text, category text, form text, granted numeric, given numeric,
    recalculated numeric, charged numeric, owed numeric, last_month date, document text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with page as materialized (
        select s.*, a.number, d.address
        from billing.subsidies_of(date_trunc('month', p_month)::date) s
        join cards_data.account a on a.id = s.account_id
        join cards.premises_address d on d.premises_id = a.premises_id
        where (p_after is null or (s.account_id, s.category_id) > ((p_after->>'account_id')::bigint, (p_after->>'category_id')::bigint))
            and (billing.penalty_meant(a.number, d.address, p_line) or p_folded is not null and billing.penalty_meant(a.number, d.address, p_folded))
        order by s.account_id, s.category_id limit least(greatest(p_limit, 0), 2000)
    )
    select p.account_id, p.category_id, p.number, p.address,
        (select concat_ws(' ', n.last_name, n.first_name, n.middle_name) from passport.person_name n where n.person_id = p.person_id),
        c.title, p.form, p.granted, p.given, p.recalculated,
        (select coalesce(sum(l.amount), 0) from billing_data.month m join billing_data.line l on l.run = m.run
         where m.month = date_trunc('month', p_month) and l.account_id = p.account_id and l.cause = 0 and l.component <> 54),
        o.balance, p.through, p.document
    from page p
    join billing_data.privilege_category c on c.id = p.category_id
    left join billing.owed(array(select distinct g.account_id from page g)) o on o.account_id = p.account_id
    order by p.account_id, p.category_id
$$;

create function billing.subsidy_month_count(p_month date, p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from billing.subsidies_of(date_trunc('month', p_month)::date) s
        join cards_data.account a on a.id = s.account_id
        join cards.premises_address d on d.premises_id = a.premises_id
        where billing.penalty_meant(a.number, d.address, p_line) or p_folded is not null and billing.penalty_meant(a.number, d.address, p_folded)
        limit 10001
    ) bounded
$$;

-- Their sums: what the bills have less, and what is paid in money.
create function billing.subsidy_totals(p_month date)
returns table (month date, accounts bigint, on_bill numeric, in_money numeric, recalculated numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select date_trunc('month', p_month)::date, count(distinct s.account_id), coalesce(sum(s.given) filter (where s.form = 'discount'), 0),
        coalesce(sum(s.given) filter (where s.form = 'cash'), 0), coalesce(sum(s.recalculated), 0)
    from billing.subsidies_of(date_trunc('month', p_month)::date) s
$$;

-- What budgets help an account with in a month beside the privileges of its lines: subsidies, and everything that is paid in money
-- (documents' dossier § 2.4).
create function billing.invoice_support(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    select g.account_id, jsonb_agg(jsonb_build_object('title', g.title, 'in_money', g.in_money, 'amount', g.amount::text) order by g.in_money, g.title)
    from (
        select l.account_id, c.title, l.component > 60 as in_money, -sum(l.amount) as amount
        from billing_data.privilege_line l
        join billing_data.privilege_category c on c.id = l.category_id
        where l.run = p_month.run and l.account_id = any (p_accounts) and l.cause = 0 and (l.component = 54 or l.component > 60)
        group by l.account_id, c.title, l.component > 60
        having sum(l.amount) <> 0
    ) g
    group by g.account_id
$$;
