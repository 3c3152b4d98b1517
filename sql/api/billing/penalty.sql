-- Penalties that were booked, for reading: of an account, and of everybody in a month.

create view billing.penalty_list as
select p.account_id, p.month, m.state, p.through, p.service_id, s.name as service, s.sort, p.contract_id, o.name as provider, p.debt_month, p.due_date,
    p.through - p.due_date as days, p.debt, p.accrued, p.amount
from billing_data.penalty p
join billing_data.month m on m.month = p.month
join cards_data.service s on s.id = p.service_id
join cards_data.contract c on c.id = p.contract_id
join cards_data.organisation o on o.id = c.provider_id;
call admin.describe('billing.penalty_list', 'time: none. Пени счёта, учтённые при закрытии месяцев', '{
    "month": "Месяц, в счёте за который пени", "state": "Состояние месяца", "through": "Просрочка по этот день включительно", "debt_month": "За какой месяц долг",
    "due_date": "Последний день оплаты в срок", "days": "Дней просрочки", "debt": "Долг на этот день, ₽", "accrued": "Начислено на долг всего, ₽",
    "amount": "Учтено в этом месяце, ₽"}');

-- The month whose penalties are asked for; where none is named, the last that has any.
create function billing.penalty_month(p_month date) returns date language sql stable
as $$ select coalesce(p_month, (select max(month) from billing_data.penalty_month where rows > 0), billing.open_month()) $$;

-- Whether an account is meant by what was typed: each word stands in its number or address.
create function billing.penalty_meant(p_account text, p_address text, p_line text) returns boolean language sql immutable
as $$
    select coalesce(bool_and(p_account || ' ' || p_address ilike '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%'), true)
    from regexp_split_to_table(btrim(coalesce(p_line, '')), '\s+') w
    where w <> ''
$$;

-- The accounts with penalties in a month. p_after: {"account_id"}.
create function billing.penalty_accounts(p_month date, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (account_id bigint, account text, address text, services bigint, oldest date, days int, debt numeric, accrued numeric, amount numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select g.account_id, a.number, d.address, g.services, g.oldest, g.days, g.debt, g.accrued, g.amount
    from (
        select p.account_id, count(distinct p.service_id) as services, min(p.debt_month) as oldest, max(p.through - p.due_date) as days,
            sum(p.debt) as debt, sum(p.accrued) as accrued, sum(p.amount) as amount
        from billing_data.penalty p
        where p.month = billing.penalty_month(p_month) and (p_after is null or p.account_id > (p_after->>'account_id')::bigint)
        group by p.account_id
    ) g
    join cards_data.account a on a.id = g.account_id
    join cards.premises_address d on d.premises_id = a.premises_id
    where billing.penalty_meant(a.number, d.address, p_line) or p_folded is not null and billing.penalty_meant(a.number, d.address, p_folded)
    order by g.account_id limit least(greatest(p_limit, 0), 2000)
$$;

create function billing.penalty_account_count(p_month date, p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from (select distinct p.account_id from billing_data.penalty p where p.month = billing.penalty_month(p_month)) g
        join cards_data.account a on a.id = g.account_id
        join cards.premises_address d on d.premises_id = a.premises_id
        where billing.penalty_meant(a.number, d.address, p_line) or p_folded is not null and billing.penalty_meant(a.number, d.address, p_folded)
        limit 10001
    ) bounded
$$;

-- The sums of a month.
create function billing.penalty_totals(p_month date default null)
returns table (month date, state text, through date, accounts bigint, debt numeric, accrued numeric, amount numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select m.month, m.state, t.through, t.accounts, t.debt, t.accrued, t.amount
    from billing_data.month m
    cross join lateral (
        select max(p.through) as through, count(distinct p.account_id) as accounts, coalesce(sum(p.debt), 0) as debt,
            coalesce(sum(p.accrued), 0) as accrued, coalesce(sum(p.amount), 0) as amount
        from billing_data.penalty p where p.month = m.month
    ) t
    where m.month = billing.penalty_month(p_month)
$$;
