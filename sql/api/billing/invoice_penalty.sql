-- The penalty a bill asks for and its grounds (ЖК 155 ч. 14, 14.1; documents' dossier § 2).

-- The law of penalties on a day as it was known at a mark. rate, percent a year: the one an act names, else the key rate, capped while a cap
-- holds. first and second: through which number the rate is divided for a day of delay, second_from the first day of the second step; repair has
-- one step (ЖК 155 ч. 14.1). The citations are those of the rows.
create function billing.penalty_law(p_day date, p_known bigint) returns jsonb language sql stable
as $$
    with law as (
        select p.code, f.value, f.citation
        from cards_data.parameter p
        join cards_data.parameter_value f on f.parameter_id = p.id
        where p.code in (
                'penalty_rate_fixed', 'key_rate', 'penalty_rate_cap', 'penalty_first_divisor', 'penalty_second_divisor', 'penalty_second_from',
                'repair_divisor'
            )
            and not f.void and f.valid_from <= p_day and f.valid_to > p_day
            and f.asserted <= p_known and (f.retracted is null or f.retracted > p_known)
    )
    select jsonb_build_object(
        'rate', coalesce(max(value) filter (where code = 'penalty_rate_fixed'),
            least(max(value) filter (where code = 'key_rate'), max(value) filter (where code = 'penalty_rate_cap')))::text,
        'utilities', jsonb_build_object(
            'first', (max(value) filter (where code = 'penalty_first_divisor'))::text,
            'second', (max(value) filter (where code = 'penalty_second_divisor'))::text,
            'second_from', (max(value) filter (where code = 'penalty_second_from'))::text,
            'citation', max(citation) filter (where code = 'penalty_first_divisor')
        ),
        'repair', jsonb_build_object(
            'first', (max(value) filter (where code = 'repair_divisor'))::text,
            'citation', max(citation) filter (where code = 'repair_divisor')
        )
    )
    from law
$$;

-- By service and contract: for which months' debts, through which day, by what law, how much.
create function billing.invoice_penalties(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    with booked as (
        select p.account_id, p.service_id, p.contract_id, p.through, array_agg(p.debt_month order by p.debt_month) as months, sum(p.amount) as amount
        from billing_data.penalty p
        where p.month = p_month.month and p.account_id = any (p_accounts)
        group by p.account_id, p.service_id, p.contract_id, p.through
    ), law as materialized (
        -- Asked once for all accounts: they share the day they are counted through.
        select m.through, billing.penalty_law(m.through, m.known) as told
        from billing_data.penalty_month m where m.through in (select b.through from booked b)
    )
    select b.account_id, jsonb_agg(jsonb_build_object(
        'service_id', b.service_id, 'contract_id', b.contract_id, 'service', s.name, 'months', b.months, 'through', b.through,
        'rate', l.told->'rate', 'law', coalesce(l.told->replace(s.penalty, 'housing', 'utilities'), '{}'), 'amount', b.amount::text
    ) order by s.sort, s.id, b.contract_id, b.through)
    from booked b
    join cards_data.service s on s.id = b.service_id
    join law l on l.through = b.through
    group by b.account_id
$$;
