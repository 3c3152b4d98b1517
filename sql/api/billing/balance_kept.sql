-- Sums of balances by house, kept by the worker: see billing_data.house_sum.

-- Houses whose kept sums of a month are not what their accounts come to, or were never made.
create function billing.houses_moved(p_month date) returns table (house_id bigint) language sql stable
as $$
    select p.house_id
    from billing_data.balance_moved b
    join cards_data.account a on a.id = b.account_id
    join cards_data.premises p on p.id = a.premises_id
    where b.month <= p_month
    union
    select h.id from billing_data.balance_moved b join cards_data.house h on h.unit_id = b.unit_id where b.month <= p_month
    union
    select h.id from cards_data.house h
    where not exists (select from billing_data.house_summed s where s.month = p_month and s.house_id = h.id)
$$;

-- The worker: adds up some units that moved, or that were never added up, of the months after the last sealed one and of that itself; how many
-- houses. What moved is taken away first and the ledgers are read by a later statement, so that what commits in between is found there or waits.
create function billing.sum_houses(p_limit int) returns int language plpgsql
as $$
declare
    v_base date := coalesce((select max(month) from billing_data.balance_month), '-infinity');
    v_units bigint[];
    v_houses bigint[];
    v_accounts bigint[];
    v_from date;
    v_month date;
begin
    if not pg_try_advisory_xact_lock(4718, 1) then
        return 0;
    end if;
    select array_agg(u.unit_id), min(u.month) into v_units, v_from from (
        select t.unit_id, min(t.month) as month from (
            select coalesce(b.unit_id, a.unit_id) as unit_id, b.month
            from billing_data.balance_moved b left join cards_data.account a on a.id = b.account_id
        ) t
        where t.unit_id is not null group by t.unit_id order by t.unit_id limit p_limit
    ) u;
    if v_units is null then
        select array_agg(u.unit_id), min(u.month) into v_units, v_from from (
            select h.unit_id, min(m.month) as month
            from billing_data.month m
            cross join cards_data.house h
            where m.month >= v_base and not exists (select from billing_data.house_summed s where s.month = m.month and s.house_id = h.id)
            group by h.unit_id order by h.unit_id limit p_limit
        ) u;
    end if;
    if v_units is null then
        return 0;
    end if;
    v_houses := array(select h.id from cards_data.house h where h.unit_id = any (v_units));
    v_accounts := array(select a.id from cards_data.account a where a.unit_id = any (v_units));
    delete from billing_data.balance_moved where unit_id = any (v_units) or account_id = any (v_accounts);
    for v_month in select m.month from billing_data.month m where m.month >= v_from order by m.month loop
        perform billing.sum_month(v_month, v_houses, v_accounts);
    end loop;
    return greatest(cardinality(v_houses), 1);
end $$;

-- Adds up one month of some houses.
create function billing.sum_month(p_month date, p_houses bigint[], p_accounts bigint[]) returns void language plpgsql
as $$
begin
    delete from billing_data.house_sum where month = p_month and house_id = any (p_houses);
    delete from billing_data.house_summed where month = p_month and house_id = any (p_houses);
    with rows as materialized (
        select p.house_id, b.*
        from billing.month_balance(p_month, p_accounts) b
        join cards_data.account a on a.id = b.account_id
        join cards_data.premises p on p.id = a.premises_id
    ), summed as (
        insert into billing_data.house_sum (
            month, house_id, scope, service_id, contract_id, accounts, opening, charged, recalculated, privilege, penalty, corrected, paid, closing
        )
        select p_month, r.house_id, r.scope, r.service_id, r.contract_id, count(*), sum(r.opening), sum(r.charged), sum(r.recalculated),
            sum(r.privilege), sum(r.penalty), sum(r.corrected), sum(r.paid), sum(r.closing)
        from rows r
        group by r.house_id, r.scope, r.service_id, r.contract_id
    )
    insert into billing_data.house_summed (month, house_id, scope, accounts)
    select p_month, h.id, coalesce(c.scope, h.scope), coalesce(c.accounts, 0)
    from cards_data.house h
    left join (select r.house_id, r.scope, count(distinct r.account_id) as accounts from rows r group by r.house_id, r.scope) c on c.house_id = h.id
    where h.id = any (p_houses);
end $$;

-- Balances of a month by house, service and contract, of the houses named or of all the caller sees: kept ones, and those of houses that
-- moved from their accounts.
create function billing.house_sums(p_month date, p_houses bigint[] default null)
returns table (
    house_id bigint, service_id bigint, contract_id bigint, accounts bigint,
    opening numeric, charged numeric, recalculated numeric, privilege numeric, penalty numeric, corrected numeric, paid numeric, closing numeric
)
language plpgsql stable
as $$
declare
    v_moved bigint[] := array(select m.house_id from billing.houses_moved(p_month) m where p_houses is null or m.house_id = any (p_houses));
    v_accounts bigint[];
begin
    return query
        select s.house_id, s.service_id, s.contract_id, s.accounts, s.opening, s.charged, s.recalculated, s.privilege, s.penalty, s.corrected, s.paid, s.closing
        from billing_data.house_sum s
        where s.month = p_month and (p_houses is null or s.house_id = any (p_houses)) and s.house_id <> all (v_moved);
    if v_moved = '{}' then
        return;
    end if;
    -- Of everybody it is one question, not one of many accounts.
    if p_houses is not null or cardinality(v_moved) < (select count(*) from cards_data.house) then
        v_accounts := array(
            select a.id from cards_data.account a join cards_data.premises p on p.id = a.premises_id where p.house_id = any (v_moved)
        );
    end if;
    return query
        select p.house_id, b.service_id, b.contract_id, count(*), sum(b.opening), sum(b.charged), sum(b.recalculated), sum(b.privilege), sum(b.penalty),
            sum(b.corrected), sum(b.paid), sum(b.closing)
        from billing.month_balance(p_month, v_accounts) b
        join cards_data.account a on a.id = b.account_id
        join cards_data.premises p on p.id = a.premises_id
        group by p.house_id, b.service_id, b.contract_id;
end $$;

-- How many accounts of some houses have a balance in a month.
create function billing.house_accounts(p_month date, p_houses bigint[]) returns table (house_id bigint, accounts bigint) language plpgsql stable
as $$
declare
    v_moved bigint[] := array(select m.house_id from billing.houses_moved(p_month) m where m.house_id = any (p_houses));
begin
    return query
        select s.house_id, sum(s.accounts)::bigint from billing_data.house_summed s
        where s.month = p_month and s.house_id = any (p_houses) and s.house_id <> all (v_moved) group by s.house_id;
    if v_moved <> '{}' then
        return query
            select p.house_id, count(distinct b.account_id)
            from billing.month_balance(p_month, array(
                select a.id from cards_data.account a join cards_data.premises p on p.id = a.premises_id where p.house_id = any (v_moved)
            )) b
            join cards_data.account a on a.id = b.account_id
            join cards_data.premises p on p.id = a.premises_id
            group by p.house_id;
    end if;
end $$;
