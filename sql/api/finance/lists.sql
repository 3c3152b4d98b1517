-- Payments as cards show them.

-- Payments of an account, the latest first. p_after: {"cash_day", "payment_id"}.
create function finance.payment_list(p_account bigint, p_after jsonb default null, p_limit int default 100)
returns table (
    payment_id bigint, cash_day date, paid_on date, amount numeric, source text, months text, advance numeric, reverses bigint, reversed_by bigint,
    operation uuid, full_name text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select p.id, p.cash_day, p.paid_on, p.amount, p.source, x.months, x.advance, p.reverses, (select r.id from finance_data.payment r where r.reverses = p.id),
        p.operation, q.full_name
    from (
        select * from finance_data.payment
        where account_id = p_account and (p_after is null or (cash_day, id) < ((p_after->>'cash_day')::date, (p_after->>'payment_id')::bigint))
        order by cash_day desc, id desc limit least(greatest(p_limit, 0), 2000)
    ) p
    left join admin_data.operation o on o.id = p.operation
    left join admin_data.operator q on q.login = o.operator
    left join lateral (
        select string_agg(distinct to_char(s.month, 'MM.YYYY'), ', ') as months, sum(s.amount) filter (where s.service_id = 0) as advance
        from finance_data.payment_split s where s.payment_id = p.id
    ) x on true
    order by p.cash_day desc, p.id desc
$$;
