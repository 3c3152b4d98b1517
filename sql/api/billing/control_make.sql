-- The control of a month, as the worker makes it: with its own rights, in one snapshot. Sets, never accounts one by one.

-- A threshold of the control in a month.
create function billing.control_parameter(p_code text, p_month date) returns numeric language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    v_value numeric;
begin
    select f.value into v_value
    from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
    where p.code = p_code and f.retracted is null and not f.void and f.valid_from <= p_month and f.valid_to > p_month;
    if v_value is null then
        perform admin.refuse('KV006', format('Не задан параметр «%s» на %s', (select title from cards_data.parameter where code = p_code), to_char(p_month, 'MM.YYYY')), null, 'Введите его значение в справочнике параметров (520)');
    end if;
    return v_value;
end $$;

-- Everything a bill of the month is made of, as one mark: its run, every house's version, what the worker last wrote, corrections, requisites.
create function billing.control_state(p_month date) returns text language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select concat_ws('/',
        (select run from billing_data.month where month = p_month),
        (select max(version) from billing_data.unit),
        (select sum(lines) || ':' || sum(amount) from billing_data.run_total where run = (select run from billing_data.month where month = p_month)),
        coalesce((select max(id) from billing_data.correction where month = p_month), 0),
        (select max(through) from billing_data.penalty_month where month = p_month),
        (select max(greatest(asserted, coalesce(retracted, 0))) from cards_data.settlement_account),
        (select max(greatest(asserted, coalesce(retracted, 0))) from cards_data.contract_payee))
$$;

-- Totals by house and service, this month against the one before; then what is odd about them. A house is compared with houses whose service was
-- charged the same way: one that pays by the meter of the house follows the weather and falls to nothing in summer, one that pays by area or norm does not.
create function billing.control_of_totals(p_control uuid, p_month date, p_run int, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    with total as (
        select h.id as house_id, l.service_id, h.scope, count(*) filter (where l.run = p_run) as accounts,
            coalesce(sum(l.amount) filter (where l.run = p_before), 0) as before, coalesce(sum(l.amount) filter (where l.run = p_run), 0) as now,
            2 * count(*) filter (where l.run = p_before and l.by_house) > count(*) filter (where l.run = p_before) as by_house
        from (
            select run, account_id, service_id, sum(amount) as amount,
                bool_or(basis = 7 and component = 1) as by_house -- a share of the house meter
            from billing_data.line where run in (p_run, p_before) and cause = 0 group by run, account_id, service_id
        ) l
        join cards_data.account a on a.id = l.account_id
        join cards_data.premises p on p.id = a.premises_id
        join cards_data.house h on h.id = p.house_id
        group by h.id, l.service_id, h.scope
    ), kept as (
        insert into billing_data.control_total (control_id, house_id, service_id, scope, accounts, before, now)
        select p_control, house_id, service_id, scope, accounts, before, now from total
    )
    -- A house moved against the others: by more than the threshold beside what the service did in them.
    insert into billing_data.control_finding (control_id, kind, scope, house_id, service_id, before, now)
    select p_control, case when t.accounts = 0 then 'service_missing' else 'house_unlike' end, t.scope, t.house_id, t.service_id, t.before, t.now
    from (
        select *, sum(before) over alike - before as others_before, sum(now) over alike - now as others_now
        from total window alike as (partition by service_id, by_house)
    ) t
    cross join (
        select billing.control_parameter('control_least', p_month) as least, billing.control_parameter('control_change_percent', p_month) as percent
        offset 0 -- asked once, not with every row
    ) k
    where t.before > 0 and (
        t.accounts = 0
        or t.others_before > 0 and t.others_now > 0 and t.accounts >= 5
            and abs(t.now - t.before * t.others_now / t.others_before) >= k.least
            and abs(t.now - t.before * t.others_now / t.others_before) * 100 > t.before * k.percent
    );

    insert into billing_data.control_finding (control_id, kind, service_id, before, now)
    select p_control, 'service_total', service_id, sum(before), sum(now)
    from billing_data.control_total where control_id = p_control
    group by service_id
    having p_before is not null and abs(sum(now) - sum(before)) >= billing.control_parameter('control_least', p_month)
        and abs(sum(now) - sum(before)) * 100 > abs(sum(before)) * billing.control_parameter('control_change_percent', p_month)
$$;

-- Every bill against the one before it; each is of one kind, the gravest.
create function billing.control_of_bills(p_control uuid, p_month date, p_run int, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, k.kind, a.scope, a.id, b.before, b.now
    from (
        select account_id, sum(amount) filter (where run = p_before) as before, sum(amount) filter (where run = p_run) as now
        from billing_data.line where run in (p_run, p_before) group by account_id
    ) b
    join cards_data.account a on a.id = b.account_id
    cross join (
        select billing.control_parameter('control_least', p_month) as least, billing.control_parameter('control_fold', p_month) as fold,
            billing.control_parameter('control_change_percent', p_month) as percent
        offset 0 -- asked once, not with every row
    ) t
    cross join lateral (
        select case
            when b.now is null and exists (
                select from cards_data.account_open o where o.account_id = a.id and o.retracted is null and not o.void
                    and o.valid_from <= p_month + interval '1 month' - interval '1 day' and o.valid_to > p_month + interval '1 month' - interval '1 day'
            ) then 'bill_vanished'
            when b.now is null then null
            when b.now < 0 then 'bill_negative'
            when p_before is null then case when b.now = 0 then 'bill_zero' end
            when b.before is null then 'bill_new'
            when b.now = 0 and b.before > 0 then 'bill_zero'
            when b.before > 0 and b.now >= b.before * t.fold and b.now - b.before >= t.least then 'bill_fold'
            when abs(b.now - b.before) >= t.least and abs(b.now - b.before) * 100 > abs(b.before) * t.percent then 'bill_changed'
        end as kind
    ) k
    where k.kind is not null
$$;

-- Lines: charged twice, below zero, a volume several times the one before.
create function billing.control_of_lines(p_control uuid, p_month date, p_run int, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, before, now)
    select p_control, k.kind, a.scope, a.id, l.service_id, l.before, l.now
    from (
        select account_id, service_id, sum(amount) filter (where run = p_before) as before, sum(amount) filter (where run = p_run) as now,
            sum(volume) filter (where run = p_before and component < 30) as volume_before, sum(volume) filter (where run = p_run and component < 30) as volume_now,
            max(contract_id) filter (where run = p_run) <> min(contract_id) filter (where run = p_run) as contracts,
            count(distinct contract_id) filter (where run = p_before) as contracts_before
        from billing_data.line where run in (p_run, p_before) and cause = 0 group by account_id, service_id
    ) l
    join cards_data.account a on a.id = l.account_id
    cross join (
        select billing.control_parameter('control_least', p_month) as least, billing.control_parameter('control_fold', p_month) as fold
        offset 0 -- asked once, not with every row
    ) t
    cross join lateral (
        select case
            when l.now < 0 then 'charge_negative'
            when l.contracts and l.contracts_before <= 1 then 'line_doubled'
            when l.volume_before > 0 and l.volume_now >= l.volume_before * t.fold and l.now - l.before >= t.least then 'volume_jump'
        end as kind
    ) k
    where k.kind is not null
$$;

-- Rules of the month: what the run could not charge, tariffs without an order or with a leap.
create function billing.control_of_rules(p_control uuid, p_month date, p_run int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, detail)
    select p_control, case when code in ('no_rate', 'no_norm', 'no_parameter', 'no_service') then 'rule_missing' else 'not_charged' end,
        scope, account_id, nullif(service_id, 0), sentence
    from billing_data.exception where run = p_run;

    insert into billing_data.control_finding (control_id, kind, service_id, before, now, detail)
    select p_control, case when coalesce(btrim(n.citation), '') = '' then 'tariff_unordered' else 'tariff_jump' end, t.service_id, b.rate, n.rate, t.title
    from cards_data.tariff_rate n
    join cards_data.tariff t on t.id = n.tariff_id
    left join cards_data.tariff_rate b on b.tariff_id = n.tariff_id and b.part = n.part and b.retracted is null and not b.void
        and b.valid_from < n.valid_from and b.valid_to >= n.valid_from
    where n.retracted is null and not n.void and n.valid_from >= p_month and n.valid_from < p_month + interval '1 month' and n.rate is distinct from b.rate
        and b.rate is not null and (
            coalesce(btrim(n.citation), '') = ''
            or abs(n.rate - b.rate) * 100 > b.rate * billing.control_parameter('control_change_percent', p_month)
        )
$$;

-- Sums of a service that lost their kopecks: most of its lines end in none, and did not the month before. A price of whole roubles gives such
-- sums too, every month.
create function billing.control_of_kopecks(p_control uuid, p_month date, p_run int, p_before int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, service_id, before, now, detail)
    select p_control, 'rounded', l.service_id, l.before, l.now, format('без копеек %s из %s', l.whole, l.lines)
    from (
        select service_id, count(*) filter (where run = p_run) as lines, count(*) filter (where run = p_run and amount = trunc(amount)) as whole,
            count(*) filter (where run = p_before) as lines_before, count(*) filter (where run = p_before and amount = trunc(amount)) as whole_before,
            coalesce(sum(amount) filter (where run = p_before), 0) as before, sum(amount) filter (where run = p_run) as now
        from billing_data.line where run in (p_run, p_before) and cause = 0 and amount <> 0 group by service_id
    ) l
    where l.lines >= 5 and 2 * l.whole > l.lines and l.lines_before >= 5 and 2 * l.whole_before <= l.lines_before
$$;

-- Charges of accounts that are open on no day of the month.
create function billing.control_of_closed(p_control uuid, p_month date, p_run int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'closed_charged', a.scope, a.id, 0, b.now
    from (select account_id, sum(amount) as now from billing_data.line where run = p_run and cause = 0 group by account_id) b
    join cards_data.account a on a.id = b.account_id
    where b.now <> 0 and not exists (
        select from cards_data.account_open o where o.account_id = a.id and o.retracted is null and not o.void
            and o.valid_from < p_month + interval '1 month' and o.valid_to > p_month
    )
$$;

-- Flats: areas and people that leapt since the month before.
create function billing.control_of_flats(p_control uuid, p_month date) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'area_jump', a.scope, a.id, b.area_total, n.area_total
    from cards_data.premises_area n
    join cards_data.premises_area b on b.premises_id = n.premises_id and b.retracted is null and not b.void
        and b.valid_from < n.valid_from and b.valid_to >= n.valid_from
    join cards_data.account a on a.premises_id = n.premises_id
    where n.retracted is null and not n.void and n.valid_from >= p_month and n.valid_from < p_month + interval '1 month'
        and abs(n.area_total - b.area_total) * 100 > b.area_total * billing.control_parameter('control_change_percent', p_month);

    insert into billing_data.control_finding (control_id, kind, scope, account_id, before, now)
    select p_control, 'persons_jump', a.scope, a.id, r.before, r.now
    from (
        select premises_id, count(*) filter (where valid_from < p_month and valid_to >= p_month) as before,
            count(*) filter (where valid_to >= p_month + interval '1 month') as now
        from passport_data.residence
        where retracted is null and not void and valid_from < p_month + interval '1 month' and valid_to >= p_month
        group by premises_id
    ) r
    join cards_data.account a on a.premises_id = r.premises_id
    where r.before > 0 and r.now >= 2 * r.before and r.now - r.before >= 2
$$;

-- Meters of flats that stopped to count in this month: their verification ran out and no other was made.
create function billing.control_of_meters(p_control uuid, p_month date) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, scope, account_id, service_id, detail)
    select p_control, 'verification_ended', a.scope, a.id, m.service_id, m.serial || ', ' || to_char(v.valid_to, 'DD.MM.YYYY')
    from meters_data.meter_verified v
    join meters_data.meter m on m.id = v.meter_id
    join cards_data.premises p on m.premises_id in (p.id, p.parent_id)
    join cards_data.account a on a.premises_id = p.id
    where v.retracted is null and not v.void and v.valid_to >= p_month and v.valid_to < p_month + interval '1 month'
        and not exists (
            select from meters_data.meter_verified n where n.meter_id = v.meter_id and n.retracted is null and not n.void and n.valid_from >= v.valid_to
        )
        and exists (
            select from meters_data.meter_installed i
            where i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from <= v.valid_to and i.valid_to > v.valid_to
        )
$$;

-- Whether an account of a bank is one: the key of its twenty digits fits the bank's code (Положение Банка России № 579-П; порядок расчёта ключа
-- № 515 от 08.09.1997). A branch of the Bank of Russia stands with zero and digits five and six of its code.
create function billing.bank_account_fits(p_account text, p_bic text) returns boolean language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select case when coalesce(p_account, '') !~ '^[0-9]{20}$' or coalesce(p_bic, '') !~ '^[0-9]{9}$' then false
        when p_account like '0%' then true -- an account of the treasury: its key is the treasury's own
        else (
            select sum(substr(d.digits, i, 1)::int * (array[7, 1, 3])[(i - 1) % 3 + 1]) % 10 = 0
            from (
                select case when right(p_bic, 3) in ('000', '001', '002') then '0' || substr(p_bic, 5, 2) else right(p_bic, 3) end || p_account as digits
            ) d
            cross join generate_series(1, 23) i
            group by d.digits
        )
    end
$$;

-- Whom the bills will name as payee: without good requisites money goes nowhere, with changed ones it may go astray.
create function billing.control_of_payees(p_control uuid, p_month date, p_run int) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_finding (control_id, kind, detail, now)
    select p_control, case when s.id is null or s.fits is not true then 'payee_wrong' else 'payee_changed' end, g.name, p.amount
    from (
        select coalesce(x.payee_id, c.provider_id) as payee_id, sum(l.amount) as amount
        from (select contract_id, sum(amount) as amount from billing_data.line where run = p_run group by contract_id) l
        join cards_data.contract c on c.id = l.contract_id
        left join cards_data.contract_payee x on x.contract_id = c.id and x.retracted is null and not x.void
            and x.valid_from <= p_month + interval '1 month' and x.valid_to > p_month + interval '1 month'
        group by 1
    ) p
    join cards_data.organisation g on g.id = p.payee_id
    left join lateral (
        select b.id, b.valid_from, billing.bank_account_fits(b.account, b.bic) as fits,
            exists ( -- an undo puts the same requisites back from a later day on: that is no change
                select from cards_data.settlement_account o
                where o.organisation_id = g.id and o.retracted is null and not o.void and o.valid_from < b.valid_from and o.valid_to >= b.valid_from
                    and (o.account, o.bic) is distinct from (b.account, b.bic)
            ) as follows
        from cards_data.settlement_account b
        where b.organisation_id = g.id and b.retracted is null and not b.void
            and b.valid_from <= p_month + interval '1 month' and b.valid_to > p_month + interval '1 month'
        order by b.valid_from desc limit 1
    ) s on true
    where s.id is null or s.fits is not true or s.follows and s.valid_from > p_month
$$;

-- Counts of every kind, and whether it stops the month: always, or because it is one of many.
create function billing.control_counted(p_control uuid, p_month date) returns void language sql
set search_path = pg_catalog, pg_temp
as $$
    insert into billing_data.control_count (control_id, kind, findings, difference, stops)
    select p_control, f.kind, count(*), coalesce(sum(coalesce(f.now, 0) - coalesce(f.before, 0)), 0),
        k.always or not k.tells_only and count(distinct f.account_id) * 100 > c.accounts * billing.control_parameter('control_mass_percent', p_month)
    from billing_data.control_finding f
    join billing_data.control_kind k on k.code = f.kind
    join billing_data.control c on c.id = f.control_id
    where f.control_id = p_control
    group by f.kind, k.always, k.tells_only, c.accounts
$$;

-- Makes the control of a month and answers with its figures.
create function billing.control_make(p_control uuid, p_month date) returns jsonb language plpgsql
set search_path = pg_catalog, pg_temp
set work_mem = '256MB' -- the bills of a city are summed in memory
as $$
declare
    v_run int := (select run from billing_data.month where month = p_month and state = 'charged');
    v_before int := (select run from billing_data.month where month = p_month - interval '1 month');
begin
    if v_run is null then
        perform admin.refuse('KV006', format('Месяц %s не ждёт контроля: он не рассчитан или уже выпущен', to_char(p_month, 'MM.YYYY')));
    elsif exists (select from billing_data.queue) then
        perform admin.refuse('KV007', 'Ещё пересчитываются изменения', null, 'Дождитесь обработчика и повторите контроль');
    end if;
    delete from billing_data.control_finding f using billing_data.control c
    where c.id = f.control_id and c.month = p_month and not exists (select from billing_data.control_signature s where s.control_id = c.id);
    insert into billing_data.control (id, month, run, state, known, accounts, before, now)
    select p_control, p_month, v_run, billing.control_state(p_month), (select max(known) from admin_data.operation),
        count(*) filter (where run = v_run), coalesce(sum(amount) filter (where run = v_before), 0),
        coalesce(sum(amount) filter (where run = v_run), 0)
    from (
        select run, account_id, sum(amount) as amount from billing_data.line where run in (v_run, v_before) group by run, account_id
    ) bill;
    perform billing.control_of_totals(p_control, p_month, v_run, v_before);
    perform billing.control_of_bills(p_control, p_month, v_run, v_before);
    perform billing.control_of_lines(p_control, p_month, v_run, v_before);
    perform billing.control_of_rules(p_control, p_month, v_run);
    perform billing.control_of_kopecks(p_control, p_month, v_run, v_before);
    perform billing.control_of_closed(p_control, p_month, v_run);
    perform billing.control_of_money(p_control, p_month);
    perform billing.control_of_payments(p_control, p_month);
    perform billing.control_of_penalties(p_control, p_month, v_before);
    perform billing.control_of_payers(p_control, p_month, v_run);
    perform billing.control_of_readings(p_control, p_month, v_run, v_before);
    perform billing.control_of_flats(p_control, p_month);
    perform billing.control_of_meters(p_control, p_month);
    perform billing.control_of_payees(p_control, p_month, v_run);
    perform billing.control_of_growth(p_control, p_month, v_run);
    perform billing.control_counted(p_control, p_month);
    return (
        select jsonb_build_object('accounts', c.accounts, 'findings', coalesce(sum(n.findings), 0), 'stops', count(n.kind) filter (where n.stops))
        from billing_data.control c left join billing_data.control_count n on n.control_id = c.id
        where c.id = p_control group by c.accounts
    );
end $$;
