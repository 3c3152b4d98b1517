-- What is owed, as cards and lists show it.

-- The last month whose bills are out; null before the first.
create function billing.released_month() returns date language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select max(month) from billing_data.month where state in ('released', 'sealed') $$;

create function billing.open_month() returns date language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select min(month) from billing_data.month where state in ('collecting', 'charged') $$;

-- What a workstation shows in its title: the day, the month being worked on and its state. The clock is the server's.
create function billing.desk_now() returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'today', current_date, 'day_left', ceil(extract(epoch from (current_date + 1)::timestamptz - clock_timestamp()))::int,
        'month', m.month, 'month_state', m.state
    )
    from (select billing.open_month() as month) o left join billing_data.month m on m.month = o.month
$$;

-- What accounts owe: the balance of the last released month, and what of it is still to be paid today, without what an agreement put off. Without a released month
-- the balances of before it, brought from another program. Every card asks this: its question is planned once a session.
create function billing.owed(p_accounts bigint[]) returns table (account_id bigint, balance numeric, paid_since numeric, to_pay numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_released date := billing.released_month();
    v_month date := coalesce(v_released, billing.open_month());
    -- Money of this day and after is not in the balance.
    v_since date := case when v_released is null then v_month else (v_released + interval '1 month')::date end;
begin
    return query
    select a.id, coalesce(b.balance, 0), coalesce(p.paid, 0), coalesce(b.balance, 0) - coalesce(p.paid, 0) - coalesce(f.put_off, 0)
    from cards_data.account a
    left join (
        select m.account_id, sum(case when v_released is null then m.opening else m.closing end) as balance
        from billing.month_balance(v_month, p_accounts) m group by m.account_id
    ) b on b.account_id = a.id
    left join lateral (
        select sum(s.amount) as paid from finance_data.payment_split s where s.account_id = a.id and s.cash_day >= v_since
    ) p on true
    left join (
        select i.account_id, sum(i.put_off) as put_off from billing.instalments_after(v_released, p_accounts) i group by i.account_id
    ) f on f.account_id = a.id
    where a.id = any (p_accounts);
end $$;
