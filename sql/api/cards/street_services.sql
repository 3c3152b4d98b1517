-- Services of the houses of a street or a district: the list, what is marked in it, and what marked houses come to.

-- House by service, as planned on the day of the date line. One of street and district is 0: any.
create function cards.street_service_rows(p_street bigint, p_district bigint, p_line text, p_folded text)
returns table (
    house_id bigint, service_id bigint, street text, number_order bigint, number text, sort smallint, service text, method text,
    tariff text, norm text, since date, unit_id bigint
)
language sql stable
as $$
    select h.id, l.service_id, concat_ws(' ', s.kind, s.name), cards.number_order(h.number), h.number, v.sort, v.name, l.method, t.title, n.title, l.valid_from, h.unit_id
    from cards_data.house h
    join cards_data.street s on s.id = h.street_id
    join cards.house_plan l on l.house_id = h.id
    join cards_data.service v on v.id = l.service_id
    left join cards_data.tariff t on t.id = l.tariff_id
    left join cards_data.norm n on n.id = l.norm_id
    where p_street in (0, h.street_id) and p_district in (0, h.district_id) and (p_street <> 0 or p_district <> 0)
        and (
            p_line is null or cards.line_fits(p_line, h.number, concat_ws(' ', s.name, v.name, t.title, n.title))
            or p_folded is not null and cards.line_fits(p_folded, h.number, concat_ws(' ', s.name, v.name, t.title, n.title))
        )
$$;

-- What the open month asks of all accounts of a house for a service.
create function cards.house_service_amount(p_house bigint, p_service bigint) returns numeric language sql stable
as $$
    select sum(l.amount)
    from cards_data.premises p
    join cards_data.account a on a.premises_id = p.id
    join billing_data.line l on l.account_id = a.id
    where p.house_id = p_house and l.run = (select run from billing_data.month where month = billing.open_month())
        and l.service_id = p_service and l.cause = 0
$$;

-- The accounts of a house that follow its plan of a service: open ones without one of their own.
create function cards.house_service_followers(p_house bigint, p_service bigint) returns setof bigint language sql stable
as $$
    select a.id
    from cards_data.premises p
    join cards_data.account a on a.premises_id = p.id
    join cards.account_open o on o.account_id = a.id
    where p.house_id = p_house
        -- Counted account by account: as a join the plans of all the town for the service would be read for every account.
        and (select count(*) from cards.account_plan y where y.account_id = a.id and y.service_id = p_service) = 0
$$;

create function cards.house_service_accounts(p_house bigint, p_service bigint) returns bigint language sql stable
as $$ select count(*) from cards.house_service_followers(p_house, p_service) $$;

-- The list. p_after: {"street", "number_order", "number", "house_id", "sort", "service_id"} of the last row seen.
create function cards.street_service_list(
    p_street bigint, p_district bigint, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100
)
returns table (
    house_id bigint, service_id bigint, street text, number_order bigint, number text, sort smallint, service text, method text,
    tariff text, norm text, since date, unit_id bigint, accounts bigint, amount numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select r.*, cards.house_service_accounts(r.house_id, r.service_id), cards.house_service_amount(r.house_id, r.service_id)
    from (
        select * from cards.street_service_rows(p_street, p_district, p_line, p_folded) x
        where p_after is null or (x.street, x.number_order, x.number, x.house_id, x.sort, x.service_id) > (
            p_after->>'street', (p_after->>'number_order')::bigint, p_after->>'number', (p_after->>'house_id')::bigint,
            (p_after->>'sort')::smallint, (p_after->>'service_id')::bigint
        )
        order by x.street, x.number_order, x.number, x.house_id, x.sort, x.service_id limit least(greatest(p_limit, 0), 2000)
    ) r
    order by r.street, r.number_order, r.number, r.house_id, r.sort, r.service_id
$$;

create function cards.street_service_count(p_street bigint, p_district bigint, p_line text default null, p_folded text default null)
returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select count(*) from (select from cards.street_service_rows(p_street, p_district, p_line, p_folded) limit 10001) bounded $$;

-- All the list would show: {"count", "sum", "digest"}, as cards.house_service_marked tells of one house.
create function cards.street_service_marked(p_street bigint, p_district bigint, p_line text default null, p_folded text default null)
returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'count', count(*), 'sum', coalesce(sum(cards.house_service_amount(r.house_id, r.service_id)), 0)::text,
        'digest', md5(string_agg(r.house_id || ':' || r.service_id, ',' order by r.house_id, r.service_id))
    )
    from cards.street_service_rows(p_street, p_district, p_line, p_folded) r
$$;

-- The marked houses: {"rows": [{"house_id", "service_id"}]}, or {"all": {arguments of the list}, "told": what was confirmed}.
create function cards.houses_chosen(p_chosen jsonb) returns table (house_id bigint, service_id bigint) language plpgsql stable
as $$
declare
    v_all jsonb := p_chosen->'all';
begin
    if v_all is null then
        return query select (r->>'house_id')::bigint, (r->>'service_id')::bigint from cards.rows_chosen(p_chosen, 'house') r;
    else
        perform cards.need_told(
            cards.street_service_marked((v_all->>'p_street')::bigint, (v_all->>'p_district')::bigint, v_all->>'p_line', v_all->>'p_folded'),
            p_chosen->'told'
        );
        return query
            select r.house_id, r.service_id
            from cards.street_service_rows((v_all->>'p_street')::bigint, (v_all->>'p_district')::bigint, v_all->>'p_line', v_all->>'p_folded') r;
    end if;
end $$;

-- Rows marked one by one, each once: things of a kind (account, house), all of them seen by the operator.
create function cards.rows_chosen(p_chosen jsonb, p_kind text) returns setof jsonb language plpgsql stable
as $$
declare
    v_rows jsonb := admin.need_list(coalesce(p_chosen, '{}'), 'rows', 'Отмеченные строки');
    v_key text := p_kind || '_id';
    v_is_unseen boolean;
begin
    execute format(
        'select exists (select from jsonb_array_elements($1) r where not exists (select from cards_data.%I t where t.id = (r->>$2)::bigint))', p_kind
    ) into v_is_unseen using v_rows, v_key;
    if v_is_unseen then
        perform admin.refuse(
            'KV003', format('Отмеченные строки: %s', admin.unseen(p_kind)), null, 'Прочтите список заново и отметьте строки ещё раз'
        );
    end if;
    return query select distinct jsonb_build_object(v_key, r->v_key, 'service_id', r->'service_id') from jsonb_array_elements(v_rows) r;
end $$;

-- Whoever confirmed one set is not given another.
create function cards.need_told(p_now jsonb, p_told jsonb) returns void language plpgsql immutable
as $$
begin
    if p_now->'count' is distinct from p_told->'count' or p_now->'digest' is distinct from p_told->'digest' then
        perform admin.refuse(
            'KV005', format('Отбор изменился: подтверждено строк %s, теперь их %s', admin.number_told((p_told->>'count')::numeric), admin.number_told((p_now->>'count')::numeric)),
            null, 'Отметьте отобранное ещё раз'
        );
    end if;
end $$;

-- Whether marks are of houses rather than of accounts.
create function cards.marks_houses(p_chosen jsonb) returns boolean language sql immutable
as $$ select coalesce(p_chosen->'all' ? 'p_street' or p_chosen->'rows'->0 ? 'house_id', false) $$;

-- What was marked, in one row: for the question what to do with it. Where all marked agree, their present values.
create function cards.house_plan_chosen(p_chosen jsonb)
returns table (
    houses bigint, accounts bigint, amount numeric, service_id bigint, services text, method text, provider text, contract text, tariff text, norm text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(distinct c.house_id),
        -- Who is charged for two of the marked services is one account.
        (select count(distinct f) from cards.houses_chosen(p_chosen) m cross join lateral cards.house_service_followers(m.house_id, m.service_id) f),
        coalesce(sum(cards.house_service_amount(c.house_id, c.service_id)), 0), min(c.service_id), string_agg(distinct s.name, ', '),
        case when count(distinct l.method) = 1 then min(l.method) end, case when count(distinct l.contract_id) = 1 then min(o.code) end,
        case when count(distinct l.contract_id) = 1 then min(k.number) end, case when count(distinct l.tariff_id) = 1 then min(t.code) end,
        case when count(distinct l.norm_id) = 1 then min(n.code) end
    from cards.houses_chosen(p_chosen) c
    join cards_data.service s on s.id = c.service_id
    left join cards.house_plan l on l.house_id = c.house_id and l.service_id = c.service_id
    left join cards_data.contract k on k.id = l.contract_id
    left join cards_data.organisation o on o.id = k.provider_id
    left join cards_data.tariff t on t.id = l.tariff_id
    left join cards_data.norm n on n.id = l.norm_id
$$;
