-- Balances of a month added up: by provider and service of the whole town, and house by house. Whoever asks sees the sums of what they see.

create function billing.balance_providers(p_month date)
returns table (
    contract_id bigint, service_id bigint, provider text, contract text, service text, sort smallint, accounts bigint,
    opening numeric, charged numeric, recalculated numeric, privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select c.id, s.id, o.name, c.number, s.name, s.sort, sum(b.accounts)::bigint,
        sum(b.opening), sum(b.charged), sum(b.recalculated), sum(b.privilege), sum(b.penalty), sum(b.corrected), sum(b.paid), sum(b.closing)
    from billing.house_sums(date_trunc('month', p_month)::date) b
    join cards_data.service s on s.id = b.service_id
    join cards_data.contract c on c.id = b.contract_id
    join cards_data.organisation o on o.id = c.provider_id
    group by c.id, s.id, o.name, c.number, s.name, s.sort
    order by o.name, c.number, c.id, s.sort, s.id
$$;

-- A page of houses by their address, each with the sums of its accounts. p_after: {"street", "number_order", "number", "house_id"} of the last row.
create function billing.balance_houses(p_month date, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (
    house_id bigint, address text, street text, number_order bigint, number text, accounts bigint,
    opening numeric, charged numeric, recalculated numeric, privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with page as materialized (
        select h.* from meters.house_choice(p_line, p_folded, p_after, p_limit) h
    )
    select h.house_id, h.address, h.street, h.number_order, h.number, coalesce(c.accounts, 0),
        coalesce(t.opening, 0), coalesce(t.charged, 0), coalesce(t.recalculated, 0), coalesce(t.privilege, 0), coalesce(t.penalty, 0),
        coalesce(t.corrected, 0), coalesce(t.paid, 0), coalesce(t.closing, 0)
    from page h
    left join billing.house_accounts(date_trunc('month', p_month)::date, array(select g.house_id from page g)) c on c.house_id = h.house_id
    left join (
        select b.house_id, sum(b.opening) as opening, sum(b.charged) as charged, sum(b.recalculated) as recalculated, sum(b.privilege) as privilege,
            sum(b.penalty) as penalty, sum(b.corrected) as corrected, sum(b.paid) as paid, sum(b.closing) as closing
        from billing.house_sums(date_trunc('month', p_month)::date, array(select g.house_id from page g)) b
        group by b.house_id
    ) t on t.house_id = h.house_id
    order by h.street, h.number_order, h.number, h.house_id
$$;
