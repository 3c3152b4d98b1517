-- Services of an account against months: half a year beside each other, the latest last.

-- The six months that end in p_through (null: the month being collected), and the ends of the half-years beside them.
create function billing.matrix_months(p_through date default null)
returns table (
    month_1 date, month_2 date, month_3 date, month_4 date, month_5 date, month_6 date, earlier date, later date
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select (last.month - interval '5 months')::date, (last.month - interval '4 months')::date, (last.month - interval '3 months')::date,
        (last.month - interval '2 months')::date, (last.month - interval '1 month')::date, last.month::date,
        (last.month - interval '6 months')::date, (last.month + interval '6 months')::date
    from (select date_trunc('month', coalesce(p_through, billing.open_month(), admin.as_of())) as month) last
$$;

-- One row a service; p_what: charged (what the month asked, with recalculations, privileges and corrections), paid, or closing.
-- A month without a line of the service is empty, not nothing.
create function billing.service_matrix(p_account bigint, p_what text, p_through date default null)
returns table (
    service_id bigint, service text, sort smallint, amount_1 numeric, amount_2 numeric, amount_3 numeric, amount_4 numeric, amount_5 numeric,
    amount_6 numeric, total numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with months as (
        select v.place, v.month from billing.matrix_months(p_through) m
        cross join lateral (values (1, m.month_1), (2, m.month_2), (3, m.month_3), (4, m.month_4), (5, m.month_5), (6, m.month_6)) v (place, month)
        where exists (select from billing_data.month b where b.month = v.month)
            and exists (select from cards_data.account a where a.id = p_account)
    ), told as (
        select m.place, b.service_id, sum(case p_what
            when 'charged' then b.charged + b.recalculated - b.privilege + b.penalty + b.corrected
            when 'paid' then b.paid
            when 'closing' then b.closing
        end) as amount
        from months m cross join lateral billing.month_balance(m.month, array[p_account]) b
        group by m.place, b.service_id
    )
    select s.id, s.name, s.sort,
        sum(t.amount) filter (where t.place = 1), sum(t.amount) filter (where t.place = 2), sum(t.amount) filter (where t.place = 3),
        sum(t.amount) filter (where t.place = 4), sum(t.amount) filter (where t.place = 5), sum(t.amount) filter (where t.place = 6),
        case when p_what <> 'closing' then sum(t.amount) end
    from told t join cards_data.service s on s.id = t.service_id
    group by s.id, s.name, s.sort
    order by s.sort, s.id
$$;
