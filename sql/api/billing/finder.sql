-- What is counted over everybody's rows and tells nothing of anybody.

-- Sheets of a print run before a bundle: pages are numbered through in the order of delivery, whoever looks.
create function billing.sheets_before(p_run uuid, p_place int) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(sheets), 0)::bigint from billing_data.print_bundle_done where print_run_id = p_run and place < p_place
$$;

-- The control of a month as it is read: by a role that sees every row and filters by the operator's keys itself.

-- The last control of a month: whether it is still true, and who signed it.
create function billing.control_head(p_month date)
returns table (made_at timestamptz, is_true boolean, accounts bigint, before numeric, now numeric, signed_by text, signed_at timestamptz, ground text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select c.made_at, c.state = billing.control_state(p_month) and not exists (select from billing_data.queue), c.accounts, c.before, c.now,
        p.full_name, o.at, o.ground
    from billing.last_control(p_month) c
    left join billing_data.control_signature s on s.control_id = c.id
    left join admin_data.operation o on o.id = s.operation
    left join admin_data.operator p on p.login = o.operator
    where c.id is not null and not exists (select from admin_data.scope where id <> all (admin.my_keys()))
$$;

-- What the last control found, by kind: the figures are of the whole town, so only for whoever sees it.
create function billing.control_kinds(p_month date)
returns table (kind text, title text, advice text, findings bigint, difference numeric, stops boolean, accepted_by text, ground text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select k.code, k.title, k.advice, n.findings, n.difference, n.stops, p.full_name, o.ground
    from billing_data.control_count n
    join billing_data.control_kind k on k.code = n.kind
    left join billing_data.control_acceptance a on a.control_id = n.control_id and a.kind = n.kind
    left join admin_data.operation o on o.id = a.operation
    left join admin_data.operator p on p.login = o.operator
    where n.control_id = (billing.last_control(p_month)).id and not exists (select from admin_data.scope where id <> all (admin.my_keys()))
    order by n.stops desc, k.sort
$$;

-- Findings of the last control the operator may see, the largest differences first within a kind.
create function billing.control_findings(p_month date, p_kind text default null, p_after jsonb default null, p_limit int default 100)
returns table (
    kind text, number bigint, account_id bigint, account text, house_id bigint, address text, service text, before numeric, now numeric,
    title text, detail text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select f.kind, f.number, f.account_id, a.number, coalesce(f.house_id, p.house_id), cards.address_told(t.settlement, t.kind, t.name, h.number, p.kind, p.number, r.kind, r.number), s.name, f.before, f.now, k.title, f.detail
    from (
        select x.* from billing_data.control_finding x
        where x.control_id = (billing.last_control(p_month)).id and (p_kind is null or x.kind = p_kind)
            and (x.scope is null or x.scope = any ((select admin.my_keys())::int[]))
            and (p_after is null or (x.kind, x.number) > (p_after->>'kind', (p_after->>'number')::bigint))
        order by x.kind, x.number limit least(greatest(p_limit, 0), 2000)
    ) f
    join billing_data.control_kind k on k.code = f.kind
    left join cards_data.account a on a.id = f.account_id
    left join cards_data.premises p on p.id = a.premises_id
    left join cards_data.premises r on r.id = p.parent_id
    left join cards_data.house h on h.id = coalesce(f.house_id, p.house_id)
    left join cards_data.street t on t.id = h.street_id
    left join cards_data.service s on s.id = f.service_id
    order by f.kind, f.number
$$;

-- Control totals of the last control against the month before, by service, or by house of one service; of the houses the operator sees.
create function billing.control_totals(p_month date, p_by_house boolean default false)
returns table (service_id bigint, service text, house_id bigint, address text, accounts bigint, before numeric, now numeric, difference numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select t.service_id, s.name, t.house_id, cards.address_told(r.settlement, r.kind, r.name, h.number, null, null, null, null), t.accounts, t.before, t.now, t.now - t.before
    from (
        select x.service_id, case when p_by_house then x.house_id end as house_id, sum(x.accounts)::bigint as accounts, sum(x.before) as before, sum(x.now) as now
        from billing_data.control_total x
        where x.control_id = (billing.last_control(p_month)).id and x.scope = any ((select admin.my_keys())::int[])
        group by 1, 2
    ) t
    join cards_data.service s on s.id = t.service_id
    left join cards_data.house h on h.id = t.house_id
    left join cards_data.street r on r.id = h.street_id
    order by s.sort, s.id, abs(t.now - t.before) desc
$$;
