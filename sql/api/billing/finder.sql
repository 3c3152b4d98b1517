-- What is counted over everybody's rows and tells nothing of anybody.

-- Sheets of a print run before a bundle: pages are numbered through in the order of delivery, whoever looks.
create function billing.sheets_before(p_run uuid, p_place int) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(sheets), 0)::bigint from billing_data.print_bundle_done where print_run_id = p_run and place < p_place
$$;

-- The control of a month as it is read: by a role that sees every row and filters by the operator's keys itself.

-- Why the operator may not do what a control asks for, a kind of operation of this module; null where he may. A control is of the whole town, so
-- whoever sees a part of it looks and tells the others.
create function billing.control_closed(p_kind text, p_month date, p_is_true boolean) returns text language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select case
        when not exists (
            select from admin_data.operation_grant g where g.kind = p_kind and pg_has_role(admin.operator(), g.role, 'member')
        ) then 'Это делает оператор центра: у вас нет такого права'
        when exists (select from admin_data.scope where id <> all (admin.my_keys())) then 'Вам видны не все дома: это делает оператор центра, которому видны все'
        when exists (select from billing_data.month m where m.month = p_month and m.state in ('released', 'sealed')) then 'Месяц уже выпущен'
        when not p_is_true then 'После контроля данные изменились: проведите контроль заново'
    end
$$;

-- The last control of a month: whether it is still true, and who signed it; one row, with the state none before the first. Its figures are of
-- the whole town, so only for whoever sees it. refusal: why the operator may not make a control; sign_refusal: why not sign this one.
create function billing.control_head(p_month date)
returns table (
    made_at timestamptz, is_true boolean, accounts bigint, before numeric, now numeric, signed_by text, signed_at timestamptz, ground text, state text,
    style text, can_control boolean, refusal text, can_sign boolean, sign_refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select c.made_at, t.is_true, case when e.sees then c.accounts end, case when e.sees then c.before end, case when e.sees then c.now end,
        p.full_name, o.at, o.ground, t.state, case t.state when 'stale' then 'bad' when 'signed' then 'good' end,
        w.control is null, w.control, w.sign is null, w.sign
    from billing.last_control(p_month) c
    cross join (select not exists (select from admin_data.scope where id <> all (admin.my_keys())) as sees) e
    left join billing_data.control_signature s on s.control_id = c.id
    left join admin_data.operation o on o.id = s.operation
    left join admin_data.operator p on p.login = o.operator
    cross join lateral (
        -- What is released stays as it was signed: the bills of later months move the mark of it no more.
        select c.id is not null and (exists (select from billing_data.month m where m.month = p_month and m.state in ('released', 'sealed'))
            or c.state = billing.control_state(p_month) and not exists (select from billing_data.queue)) as is_true
    ) x
    cross join lateral (
        select x.is_true, case when c.id is null then 'none' when not x.is_true then 'stale' when s.control_id is not null then 'signed' else 'made' end as state
    ) t
    cross join lateral (
        -- Another control would take the signature and all that was accepted away, for nothing.
        select coalesce(
                billing.control_closed('billing.control', p_month, true),
                case when t.state = 'signed' then 'Контроль подписан, и данные с тех пор не менялись: проводить его заново незачем' end
            ) as control,
            coalesce(
                billing.control_closed('billing.control_sign', p_month, t.is_true or t.state = 'none'),
                case when t.state = 'none' then 'Контроль ещё не проведён'
                     when t.state = 'signed' then 'Контроль уже подписан'
                     else 'Найдено и никем не принято: ' || billing.control_left(c.id) end
            ) as sign
    ) w
$$;

-- What the last control found, by kind. Whoever sees a part of the town counts the findings there, and those about the whole of it.
-- accepted: findings accepted one by one; accepted_by: who accepted the whole kind, or the last who accepted one where none is left.
-- refusal: why the operator may not accept the kind.
create function billing.control_kinds(p_month date)
returns table (
    kind text, title text, advice text, findings bigint, accepted bigint, difference numeric, stops boolean, accepted_by text, ground text, verdict text,
    style text, can_accept boolean, refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select k.code, k.title, k.advice, x.findings, case when a.kind is not null then x.findings else r.mine end, x.difference, n.stops, p.full_name, o.ground, v.verdict,
        case v.verdict when 'stop' then 'bad' when 'accepted' then 'good' end, w.refusal is null, w.refusal
    from billing.control_head(p_month) h
    cross join (select not exists (select from admin_data.scope where id <> all (admin.my_keys())) as sees) e
    join billing_data.control_count n on n.control_id = (billing.last_control(p_month)).id
    cross join lateral (
        select n.findings, n.difference where e.sees
        union all
        select count(*), sum(coalesce(f.now, 0) - coalesce(f.before, 0))
        from billing_data.control_finding f
        where not e.sees and f.control_id = n.control_id and f.kind = n.kind and (f.scope is null or f.scope = any ((select admin.my_keys())::int[]))
        having not e.sees and count(*) > 0
    ) x
    join billing_data.control_kind k on k.code = n.kind
    left join billing_data.control_acceptance a on a.control_id = n.control_id and a.kind = n.kind
    cross join lateral (
        select count(*) as rows, (array_agg(f.operation order by f.number desc))[1] as operation, count(*) filter (where e.sees or exists (
            select from billing_data.control_finding d
            where d.control_id = f.control_id and d.kind = f.kind and d.number = f.number and (d.scope is null or d.scope = any ((select admin.my_keys())::int[]))
        )) as mine
        from billing_data.control_finding_acceptance f where f.control_id = n.control_id and f.kind = n.kind
    ) r
    left join admin_data.operation o on o.id = coalesce(a.operation, case when r.rows = n.findings then r.operation end)
    left join admin_data.operator p on p.login = o.operator
    cross join lateral (select case when o.id is not null then 'accepted' when n.stops then 'stop' else 'note' end as verdict) v
    cross join lateral (
        select coalesce(billing.control_closed('billing.control_accept', p_month, h.is_true), case when o.id is not null then 'Уже принято' end) as refusal
    ) w
    order by n.stops desc, k.sort
$$;

-- Whether a control has this finding: asked by the door, whose row-level security shows no finding about the whole town.
create function billing.control_found(p_control uuid, p_kind text, p_number bigint) returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from billing_data.control_finding f where f.control_id = p_control and f.kind = p_kind and f.number = p_number
    ) and not exists (select from admin_data.scope where id <> all (admin.my_keys()))
$$;

-- Findings of the last control the operator may see, as they were found. refusal: why the operator may not accept one.
create function billing.control_findings(p_month date, p_kind text default null, p_after jsonb default null, p_limit int default 100)
returns table (
    kind text, number bigint, account_id bigint, account text, house_id bigint, address text, service text, before numeric, now numeric,
    title text, detail text, advice text, accepted_by text, ground text, style text, can_accept boolean, refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select f.kind, f.number, f.account_id, a.number, coalesce(f.house_id, p.house_id), cards.address_told(t.settlement, t.kind, t.name, h.number, p.kind, p.number, r.kind, r.number), s.name,
        -- Sums have their kopecks; what is no money has no idle zeros.
        case when f.kind = any ('{volume_jump,area_jump,persons_jump}') then trim_scale(f.before) else f.before end,
        case when f.kind = any ('{volume_jump,area_jump,persons_jump}') then trim_scale(f.now) else f.now end, k.title, f.detail,
        k.advice, w.full_name, o.ground, case when w.login is not null then 'good' end, c.refusal is null and w.login is null,
        coalesce(c.refusal, case when w.login is not null then 'Уже принято' end)
    from (
        -- Asked once, not with every finding.
        select billing.control_closed('billing.control_accept', p_month, h.is_true) as refusal from billing.control_head(p_month) h
    ) c
    cross join (
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
    left join billing_data.control_acceptance wa on wa.control_id = f.control_id and wa.kind = f.kind
    left join billing_data.control_finding_acceptance fa on fa.control_id = f.control_id and fa.kind = f.kind and fa.number = f.number
    left join admin_data.operation o on o.id = coalesce(fa.operation, wa.operation)
    left join admin_data.operator w on w.login = o.operator
    order by f.kind, f.number
$$;

-- Months with their last control; stops: kinds of findings that stop the month and nobody has accepted.
create function billing.control_list()
returns table (month date, month_state text, state text, stops bigint, signed_by text, made_at timestamptz, accounts bigint, style text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select m.month, m.state, h.state, k.stops, h.signed_by, h.made_at, h.accounts, case when k.stops > 0 then 'bad' else h.style end
    from billing_data.month m
    cross join lateral billing.control_head(m.month) h
    cross join lateral (select nullif(count(*), 0) as stops from billing.control_kinds(m.month) where verdict = 'stop') k
    order by m.month desc
$$;

-- Control totals of the last control against the month before, by service, or by house, of one service where one is named; of the houses the
-- operator sees. percent: of the month before.
create function billing.control_totals(p_month date, p_by_house boolean default false, p_service bigint default null)
returns table (service_id bigint, service text, house_id bigint, address text, accounts bigint, before numeric, now numeric, difference numeric, percent numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select t.service_id, s.name, t.house_id, cards.address_told(r.settlement, r.kind, r.name, h.number, null, null, null, null), t.accounts, t.before, t.now, t.now - t.before, round((t.now - t.before) * 100 / nullif(t.before, 0), 1)
    from (
        select x.service_id, case when p_by_house then x.house_id end as house_id, sum(x.accounts)::bigint as accounts, sum(x.before) as before, sum(x.now) as now
        from billing_data.control_total x
        where x.control_id = (billing.last_control(p_month)).id and x.scope = any ((select admin.my_keys())::int[])
            and (p_service is null or x.service_id = p_service)
        group by 1, 2
    ) t
    join cards_data.service s on s.id = t.service_id
    left join cards_data.house h on h.id = t.house_id
    left join cards_data.street r on r.id = h.street_id
    order by s.sort, s.id, abs(t.now - t.before) desc
$$;

-- Whether a tariff or a norm is in nobody's plan and no rule of a privilege: what it says moves no bill until one names it. Of everybody, also
-- of houses the operator does not see, for their bills would move.
create function billing.is_unused(p_fact admin_data.fact_kind, p_key jsonb) returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select case p_fact.name
        when 'tariff_rate' then not exists (select from cards_data.house_plan where tariff_id = (p_key->>'tariff_id')::bigint and retracted is null and not void)
            and not exists (select from cards_data.account_plan where tariff_id = (p_key->>'tariff_id')::bigint and retracted is null and not void)
            and not exists (select from billing_data.privilege_rule where tariff_id = (p_key->>'tariff_id')::bigint and retracted is null and not void)
        when 'norm_value' then not exists (select from cards_data.house_plan where norm_id = (p_key->>'norm_id')::bigint and retracted is null and not void)
            and not exists (select from cards_data.account_plan where norm_id = (p_key->>'norm_id')::bigint and retracted is null and not void)
            and not exists (select from billing_data.privilege_rule where norm_id = (p_key->>'norm_id')::bigint and retracted is null and not void)
        else false
    end
$$;
