-- Print runs: what is ordered, what of it is printed, and that it ties to the ledger.

-- Handler: {"month", "district"?, "reasons"?}: orders the invoices of a released month, house by house in the order of delivery: district,
-- street, number of the house. Payments received through today are counted on every sheet, on whichever day it is printed.
create function billing.print_run(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_month billing_data.month := billing.invoice_month(admin.need_month(p_args, 'month', p_kind.title), false);
    v_district bigint;
    v_order jsonb;
begin
    perform admin.need_only(p_args, '{month,district,reasons}', p_kind.title);
    if coalesce(btrim(p_args->>'district'), '') <> '' then
        select id into v_district from cards_data.district where id::text = p_args->>'district' or lower(name) = lower(btrim(p_args->>'district'));
        if not found then
            perform admin.refuse('KV003', format('Участок «%s» не найден', p_args->>'district'),
                (select 'Есть: ' || string_agg(name, ', ' order by name) from cards_data.district), 'Назовите участок или оставьте пустым: печать всех домов');
        end if;
    end if;
    v_order := admin.order_job(p_kind, jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM')));
    insert into billing_data.print_run (id, month, district_id, through, operator, has_reasons)
    values (v_operation.id, v_month.month, v_district, current_date, v_operation.operator, coalesce((p_args->>'reasons')::boolean, false));
    insert into billing_data.print_bundle (print_run_id, place, house_id, scope, accounts)
    select v_operation.id, row_number() over (order by d.name, s.settlement, s.name, s.kind, billing.delivery_key(h.number), h.id), h.id, h.scope, a.accounts
    from cards_data.house h
    join cards_data.street s on s.id = h.street_id
    left join cards_data.district d on d.id = h.district_id
    join (
        select p.house_id, count(*) as accounts
        from cards_data.account c join cards_data.premises p on p.id = c.premises_id group by p.house_id
    ) a on a.house_id = h.id
    where v_district is null or h.district_id = v_district;
    if not found then
        perform admin.refuse('KV003', 'Нет ни одного дома, документы которого вы видите', null, 'Проверьте участок и свои права');
    end if;
    return v_order;
end $$;

-- What a run printed, and the same sums by the ledger: of the houses that are done, from balances, by another way than the sheets'.
create function billing.print_run_ties(p_run uuid)
returns table (what text, printed numeric, ledger numeric) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_run billing_data.print_run;
    v_accounts bigint[];
begin
    select * into strict v_run from billing_data.print_run where id = p_run;
    v_accounts := array(
        select a.id from billing_data.print_bundle_done n
        join billing_data.print_bundle b on b.print_run_id = n.print_run_id and b.place = n.place
        join cards_data.premises p on p.house_id = b.house_id
        join cards_data.account a on a.premises_id = p.id
        where n.print_run_id = p_run
    );
    return query
        with ledger as (
            select sum(m.opening) as opening, sum(m.charged) as charged, sum(m.recalculated + m.corrected) as recalculated, sum(m.privilege) as privilege,
                sum(m.penalty) as penalty, sum(m.paid) as paid, sum(m.closing) as closing
            from billing.month_balance(v_run.month, v_accounts) m
        ), printed as (
            select sum(n.opening) as opening, sum(n.charged) as charged, sum(n.recalculated) as recalculated, sum(n.privilege) as privilege,
                sum(n.penalty) as penalty, sum(n.paid) as paid, sum(n.closing) as closing
            from billing_data.print_bundle_done n where n.print_run_id = p_run
        )
        select v.what, coalesce(v.printed, 0), coalesce(v.ledger, 0)
        from printed p cross join ledger l
        cross join lateral (values
            ('долг на начало', p.opening, l.opening), ('начислено', p.charged, l.charged), ('перерасчёты', p.recalculated, l.recalculated),
            ('льготы', p.privilege, l.privilege), ('пени', p.penalty, l.penalty), ('оплачено', p.paid, l.paid), ('долг на конец', p.closing, l.closing)
        ) v (what, printed, ledger);
end $$;

-- What the control sheet says: the run, its bundles with their sums, and the ledger's.
create function billing.print_run_control(p_run uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'number', r.number, 'month', to_char(r.month, 'YYYY-MM-DD'), 'through', r.through, 'district', d.name, 'operator', p.full_name,
        'organisation', (select jsonb_build_object('name', o.name) from cards_data.organisation o where o.id = 0),
        'bundles', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'place', b.place, 'address', h.address_short, 'invoices', n.invoices, 'sheets', n.sheets, 'first', n.first,
                'charged', n.charged::text, 'recalculated', n.recalculated::text, 'payable', n.payable::text, 'document', t.number
            ) order by b.place), '[]')
            from billing_data.print_bundle b
            join (
                select x.*, sum(x.sheets) over (order by x.place) - x.sheets + 1 as first from billing_data.print_bundle_done x where x.print_run_id = p_run
            ) n on n.place = b.place
            join cards.house_address h on h.house_id = b.house_id
            left join admin_data.document t on t.id = n.document_id
            where b.print_run_id = p_run and n.invoices > 0
        ),
        'totals', (
            select jsonb_build_object(
                'houses', count(*) filter (where n.invoices > 0), 'invoices', sum(n.invoices), 'sheets', sum(n.sheets), 'charged', sum(n.charged)::text,
                'recalculated', sum(n.recalculated)::text, 'since', sum(n.since)::text, 'payable', sum(n.payable)::text
            )
            from billing_data.print_bundle_done n where n.print_run_id = p_run
        ),
        'ties', (select jsonb_agg(jsonb_build_object('what', t.what, 'printed', t.printed::text, 'ledger', t.ledger::text)) from billing.print_run_ties(p_run) t)
    )
    from billing_data.print_run r
    left join cards_data.district d on d.id = r.district_id
    left join admin_data.operator p on p.login = r.operator
    where r.id = p_run
$$;
