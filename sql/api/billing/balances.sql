-- Balances: opening + charged + recalculated - privilege + penalty + corrected - paid = closing, for every account, service and contract.
-- The penalty_* columns say how much of opening, paid and closing is penalty; the rest is the debt itself.

-- Balances of a month for some accounts (null: all the caller's rows). Everything after the last sealed month is summed from the
-- ledger and the projection. The text of the question depends on whether accounts are named: with «all or these» in one text the
-- ledgers of everybody would be read for one card.
create function billing.month_balance(p_month date, p_accounts bigint[] default null)
returns table (
    scope int, account_id bigint, service_id bigint, contract_id bigint,
    opening numeric, charged numeric, recalculated numeric, privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric,
    penalty_opening numeric, penalty_paid numeric, penalty_closing numeric
)
language plpgsql stable
as $$
declare
    -- The last month whose balances stand as stone. Known before the question is planned: a planner that does not know it takes a month's
    -- payments for few and reads those of the whole town for one house.
    v_base date := coalesce((select max(month) from billing_data.balance_month where month < p_month), '-infinity');
begin
    return query execute format($ask$
        with moves as (
            -- fined: what moved of the penalty in the month, payments apart
            select b.scope, b.account_id, b.service_id, b.contract_id,
                b.closing as before, 0::numeric as charged, 0::numeric as recalculated,
                0::numeric as privilege, 0::numeric as penalty, 0::numeric as corrected, 0::numeric as paid,
                b.penalty_closing as fined_before, 0::numeric as fined, 0::numeric as fined_paid
            from billing_data.balance b
            where b.month = $3 and %1$s
            union all
            select l.scope, l.account_id, l.service_id, l.contract_id,
                case when m.month < $1 then l.amount else 0 end,
                case when m.month = $1 and l.cause = 0 and l.component not between 51 and 59 then l.amount else 0 end,
                case when m.month = $1 and l.cause <> 0 then l.amount else 0 end,
                case when m.month = $1 and l.cause = 0 and l.component between 51 and 59 then -l.amount else 0 end, 0, 0, 0, 0, 0, 0
            from billing_data.month m
            join billing_data.line l on l.run = m.run
            where m.month <= $1 and m.month > $3
                and %1$s
            union all
            select p.scope, p.account_id, p.service_id, p.contract_id,
                case when p.month < $1 then p.amount else 0 end, 0, 0, 0, case when p.month = $1 then p.amount else 0 end, 0, 0,
                case when p.month < $1 then p.amount else 0 end, case when p.month = $1 then p.amount else 0 end, 0
            from billing_data.penalty p
            where p.month <= $1 and p.month > $3
                and %1$s
            union all
            select c.scope, c.account_id, c.service_id, c.contract_id,
                -- a balance brought from another program is an opening one, also in the month it was brought in
                case when c.month < $1 or c.kind = 'opening' then c.amount else 0 end, 0, 0, 0, 0,
                case when c.month = $1 and c.kind <> 'opening' then c.amount else 0 end, 0,
                case when c.part = 'penalty' and (c.month < $1 or c.kind = 'opening') then c.amount else 0 end,
                case when c.part = 'penalty' and c.month = $1 and c.kind <> 'opening' then c.amount else 0 end, 0
            from billing_data.correction c
            where c.month <= $1 and c.month > $3
                and %1$s
            union all
            select s.scope, s.account_id, s.service_id, s.contract_id,
                case when s.cash_day < $1 then -s.amount else 0 end, 0, 0, 0, 0, 0, case when s.cash_day >= $1 then s.amount else 0 end,
                case when s.part = 'penalty' and s.cash_day < $1 then -s.amount else 0 end, 0,
                case when s.part = 'penalty' and s.cash_day >= $1 then s.amount else 0 end
            from finance_data.payment_split s
            where s.cash_day < ($1 + interval '1 month')::date and s.cash_day >= ($3 + interval '1 month')::date
                and %1$s
        )
        select scope, account_id, service_id, contract_id, sum(before), sum(charged), sum(recalculated), sum(privilege), sum(penalty), sum(corrected), sum(paid),
            sum(before) + sum(charged) + sum(recalculated) - sum(privilege) + sum(penalty) + sum(corrected) - sum(paid),
            sum(fined_before), sum(fined_paid), sum(fined_before) + sum(fined) - sum(fined_paid)
        from moves
        group by scope, account_id, service_id, contract_id
        having sum(before) <> 0 or sum(charged) <> 0 or sum(recalculated) <> 0 or sum(privilege) <> 0 or sum(penalty) <> 0 or sum(corrected) <> 0
            or sum(paid) <> 0 or sum(fined_before) <> 0 or sum(fined) <> 0 or sum(fined_paid) <> 0 or count(*) filter (where charged <> 0) > 0
    $ask$, case when p_accounts is null then 'true' else 'account_id = any ($2)' end) using p_month, p_accounts, v_base;
end $$;

-- The balances of one account, for its card.
create function billing.account_balance(p_account bigint, p_month date)
returns table (
    service_id bigint, contract_id bigint, opening numeric, charged numeric, recalculated numeric,
    privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric,
    penalty_opening numeric, penalty_paid numeric, penalty_closing numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select service_id, contract_id, opening, charged, recalculated, privilege, penalty, corrected, paid, closing, penalty_opening, penalty_paid, penalty_closing
    from billing.month_balance(p_month, array[p_account])
$$;
