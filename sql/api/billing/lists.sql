-- Amounts that no view can give by key alone: the identity of balances, the control list.

-- The months of an account with the identity of balances summed over services, the latest first. p_after: {"month"}.
create function billing.month_totals(p_account bigint, p_after jsonb default null, p_limit int default 24)
returns table (
    month date, state text, due_date date, opening numeric, charged numeric, recalculated numeric, privilege numeric, penalty numeric,
    corrected numeric, paid numeric, closing numeric, penalty_closing numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select m.month, m.state, m.due_date, b.opening, b.charged, b.recalculated, b.privilege, b.penalty, b.corrected, b.paid, b.closing, b.penalty_closing
    from (
        select * from billing_data.month
        where p_after is null or month < (p_after->>'month')::date order by month desc limit least(greatest(p_limit, 0), 240)
    ) m
    cross join lateral (
        select coalesce(sum(opening), 0) as opening, coalesce(sum(charged), 0) as charged, coalesce(sum(recalculated), 0) as recalculated,
            coalesce(sum(privilege), 0) as privilege, coalesce(sum(penalty), 0) as penalty, coalesce(sum(corrected), 0) as corrected,
            coalesce(sum(paid), 0) as paid, coalesce(sum(closing), 0) as closing, coalesce(sum(penalty_closing), 0) as penalty_closing
        from billing.month_balance(m.month, array[p_account])
    ) b
    where exists (select from cards_data.account where id = p_account)
    order by m.month desc
$$;

-- Services of an account against the columns of the identity, for one month.
create function billing.account_month_balance(p_account bigint, p_month date)
returns table (
    service_id bigint, contract_id bigint, service text, provider text, sort smallint, opening numeric, charged numeric, recalculated numeric,
    privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric, penalty_closing numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select b.service_id, b.contract_id, s.name, o.name, s.sort, b.opening, b.charged, b.recalculated, b.privilege, b.penalty, b.corrected, b.paid, b.closing, b.penalty_closing
    from billing.month_balance(p_month, array[p_account]) b
    join cards_data.service s on s.id = b.service_id
    join cards_data.contract c on c.id = b.contract_id
    join cards_data.organisation o on o.id = c.provider_id
    order by s.sort, s.id, b.contract_id
$$;

-- The control list of a month, by account. p_after: {"account_id", "service_id", "number"} of the last row seen.
create function billing.exception_list(p_month date, p_code text default null, p_after jsonb default null, p_limit int default 100)
returns table (account_id bigint, service_id bigint, number int, account text, address text, service text, code text, sentence text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select e.account_id, e.service_id, e.number, a.number, d.address, s.name, e.code, e.sentence
    from (
        select x.* from billing_data.exception x
        where x.run = (select run from billing_data.month where month = p_month) and (p_code is null or x.code = p_code)
            and (p_after is null or (x.account_id, x.service_id, x.number)
                > ((p_after->>'account_id')::bigint, (p_after->>'service_id')::bigint, (p_after->>'number')::int))
        order by x.account_id, x.service_id, x.number limit least(greatest(p_limit, 0), 2000)
    ) e
    join cards_data.account a on a.id = e.account_id
    join cards.premises_address d on d.premises_id = a.premises_id
    left join cards_data.service s on s.id = nullif(e.service_id, 0)
    order by e.account_id, e.service_id, e.number
$$;

create function billing.exception_count(p_month date, p_code text default null) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from billing_data.exception x
        where x.run = (select run from billing_data.month where month = p_month) and (p_code is null or x.code = p_code) limit 10001
    ) bounded
$$;
