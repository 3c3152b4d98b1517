-- What an invoice prints of one account and month, as one JSON object; names, sums and days, no layout.

create function billing.invoice_data(p_account text, p_month date) returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
    v_month billing_data.month := billing.need_month(p_month);
begin
    if v_month.run is null then
        perform admin.refuse('KV006', format('Месяц %s не рассчитан', to_char(p_month, 'MM.YYYY')), null, 'Рассчитайте месяц: kvartal charge');
    end if;
    return billing.invoice_head(v_account, v_month) || jsonb_build_object(
        'charges', billing.invoice_charges(v_account, v_month),
        'balances', (
            select coalesce(jsonb_agg(to_jsonb(b) || jsonb_build_object('service', s.name) order by s.sort, s.id), '[]')
            from billing.month_balance(p_month, array[v_account]) b join cards_data.service s on s.id = b.service_id
        ),
        'grounds', billing.invoice_grounds(v_account, v_month),
        'meters', billing.invoice_meters(v_account, p_month)
    );
end $$;

-- Who pays, for what premises, to whom, until when. Everything as of the last day of the month.
create function billing.invoice_head(p_account bigint, p_month billing_data.month) returns jsonb language sql stable
as $$
    select jsonb_build_object(
        'account', a.number, 'month', p_month.month, 'state', p_month.state,
        'due', coalesce(p_month.due_date, billing.due_date(p_month.month)), 'through', days.last,
        'payer', coalesce(concat_ws(' ', n.last_name, n.first_name, n.middle_name), o.name, ''),
        'address', concat_ws(', ', nullif(s.settlement, ''), nullif(concat_ws(' ', s.kind, s.name), ''), 'д. ' || h.number,
            case when f.id is null then billing.premises_name(p.kind, p.number)
                 else billing.premises_name(f.kind, f.number) || ', ' || billing.premises_name(p.kind, p.number) end),
        'area_total', r.area_total, 'area_living', r.area_living, 'area_heated', r.area_heated,
        'residents', (
            select count(distinct l.person_id) from passport_data.residence l
            where l.premises_id = p.id and l.retracted is null and not l.void and l.valid_from <= days.last and l.valid_to > days.last
        ),
        'executor', (select to_jsonb(e) from cards_data.organisation e where e.id = coalesce(h.company_id, 0)),
        'payee', (select to_jsonb(e) from cards_data.organisation e where e.id = 0),
        'bank', (
            select to_jsonb(b) from cards_data.settlement_account b
            where b.organisation_id = 0 and b.retracted is null and not b.void and b.valid_from <= days.last and b.valid_to > days.last
        )
    )
    from cards_data.account a
    cross join lateral (select (p_month.month + interval '1 month')::date - 1 as last) days
    join cards_data.premises p on p.id = a.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    join cards_data.house h on h.id = p.house_id
    join cards_data.street s on s.id = h.street_id
    left join cards_data.premises_area r on r.premises_id = p.id and r.retracted is null and not r.void
        and r.valid_from <= days.last and r.valid_to > days.last
    left join cards_data.account_holder c on c.account_id = a.id and c.retracted is null and not c.void
        and c.valid_from <= days.last and c.valid_to > days.last
    left join passport_data.person_name n on n.person_id = c.person_id and n.retracted is null and not n.void
        and n.valid_from <= days.last and n.valid_to > days.last
    left join cards_data.organisation o on o.id = c.organisation_id
    where a.id = p_account
$$;

create function billing.premises_name(p_kind text, p_number text) returns text language sql immutable
as $$
    select case p_kind when 'flat' then 'кв. ' || p_number when 'room' then 'комн. ' || p_number
        when 'non_residential' then 'пом. ' || p_number else null end
$$;

-- Charges of the month itself, by service, contract and component, with the services that have only a balance.
create function billing.invoice_charges(p_account bigint, p_month billing_data.month) returns jsonb language sql stable
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'service_id', l.service_id, 'contract_id', l.contract_id, 'component', l.component, 'service', s.name, 'unit', s.unit,
        'scale', s.scale, 'heat_scale', s.heat_scale, 'volume', l.volume, 'rate', l.rate, 'basis', l.basis, 'amount', l.amount
    ) order by s.sort, s.id, l.contract_id, l.component), '[]')
    from billing_data.line l
    join cards_data.service s on s.id = l.service_id
    where l.run = p_month.run and l.account_id = p_account and l.cause = 0
$$;

-- Recalculations by the operation that caused them, and manual corrections, each with its ground (354 п. 69).
create function billing.invoice_grounds(p_account bigint, p_month billing_data.month) returns jsonb language sql stable
as $$
    with causes as (
        select l.service_id, l.contract_id, l.source_month, o.known, k.title, o.ground, o.at::date as day, sum(l.amount) as amount
        from billing_data.line l
        join admin_data.operation o on o.known = l.cause
        join admin_data.operation_kind k on k.name = o.kind
        where l.run = p_month.run and l.account_id = p_account and l.cause <> 0
        group by l.service_id, l.contract_id, l.source_month, o.known, k.title, o.ground, o.at
        union all
        select c.service_id, c.contract_id, c.source_month, o.known, k.title, o.ground, o.at::date, c.amount
        from billing_data.correction c
        join admin_data.operation o on o.id = c.operation
        join admin_data.operation_kind k on k.name = o.kind
        where c.month = p_month.month and c.account_id = p_account and c.kind <> 'opening'
    )
    select coalesce(jsonb_agg(to_jsonb(g) order by g.sort, g.known), '[]')
    from (
        select c.service_id, c.contract_id, s.name as service, s.sort, c.known, c.title, c.ground, c.day,
            array_agg(distinct c.source_month order by c.source_month) as months, sum(c.amount) as amount
        from causes c join cards_data.service s on s.id = c.service_id
        group by c.service_id, c.contract_id, s.name, s.sort, c.known, c.title, c.ground, c.day
    ) g
$$;

-- The account's own meters with the readings the month was charged by.
create function billing.invoice_meters(p_account bigint, p_month date) returns jsonb language sql stable
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'service', s.name, 'unit', s.unit, 'serial', m.serial, 'register', g.register, 'registers', m.registers,
        'previous', before.value, 'previous_day', before.day, 'current', now.value, 'current_day', now.day
    ) order by s.sort, m.serial, g.register), '[]')
    from cards_data.account a
    join cards_data.premises p on p.id = a.premises_id
    join meters_data.meter m on m.premises_id in (p.id, p.parent_id)
    join cards_data.service s on s.id = m.service_id
    cross join lateral generate_series(1, m.registers) g (register)
    left join lateral (
        select r.value, r.valid_from as day from meters_data.meter_reading r
        where r.meter_id = m.id and r.register = g.register and r.retracted is null and not r.void and r.valid_from < p_month
        order by r.valid_from desc limit 1
    ) before on true
    left join lateral (
        select r.value, r.valid_from as day from meters_data.meter_reading r
        where r.meter_id = m.id and r.register = g.register and r.retracted is null and not r.void
            and r.valid_from >= p_month and r.valid_from < p_month + interval '1 month'
        order by r.valid_from desc limit 1
    ) now on true
    where a.id = p_account and exists (
        select from meters_data.meter_installed i
        where i.meter_id = m.id and i.retracted is null and not i.void
            and i.valid_from < p_month + interval '1 month' and i.valid_to > p_month
    )
$$;
