-- The penalty a bill asks for and its grounds (ЖК 155 ч. 14, 14.1; documents' dossier § 2).

-- The rate of a day as it was known at a mark: the one an act names, else the key rate, capped while a cap holds. Percent a year.
create function billing.penalty_rate(p_day date, p_known bigint) returns numeric language sql stable
as $$
    select coalesce(max(f.value) filter (where p.code = 'penalty_rate_fixed'),
        least(max(f.value) filter (where p.code = 'key_rate'), max(f.value) filter (where p.code = 'penalty_rate_cap')))
    from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
    where p.code in ('penalty_rate_fixed', 'key_rate', 'penalty_rate_cap') and not f.void and f.valid_from <= p_day and f.valid_to > p_day
        and f.asserted <= p_known and (f.retracted is null or f.retracted > p_known)
$$;

-- By service and contract: for which months' debts, through which day, at what rate, how much.
create function billing.invoice_penalties(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    select g.account_id, jsonb_agg(jsonb_build_object(
        'service_id', g.service_id, 'contract_id', g.contract_id, 'service', s.name, 'kind', s.penalty, 'months', g.months, 'through', g.through,
        'rate', billing.penalty_rate(g.through, m.known)::text, 'amount', g.amount::text
    ) order by s.sort, s.id, g.contract_id, g.through)
    from (
        select p.account_id, p.service_id, p.contract_id, p.through, array_agg(p.debt_month order by p.debt_month) as months, sum(p.amount) as amount
        from billing_data.penalty p
        where p.month = p_month.month and p.account_id = any (p_accounts)
        group by p.account_id, p.service_id, p.contract_id, p.through
    ) g
    join cards_data.service s on s.id = g.service_id
    join billing_data.penalty_month m on m.through = g.through
    group by g.account_id
$$;
