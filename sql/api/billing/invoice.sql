-- What invoices print, one JSON object an account; names, sums and days, no layout. Sums are the ledger's own and travel as text:
-- JSON's readers know no kopecks. A house is asked for at once.

-- One account, as the operator sees it. p_day: payments received through it are counted.
create function billing.invoice_data(
    p_account text, p_month date, p_is_draft boolean default false, p_day date default current_date
)
returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
begin
    return (select data from billing.invoices(array[v_account], p_month, p_is_draft, p_day));
end $$;

-- The accounts of some houses, house by house as they are named, each in the order a postman goes, the rest of one who was there once at
-- their place too. Accounts with neither lines nor a balance get an invoice without lines: whoever prints leaves it out.
create function billing.house_invoices(p_houses bigint[], p_month date, p_is_draft boolean default false, p_day date default current_date)
returns table (house_id bigint, account_id bigint, data jsonb) language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_accounts bigint[];
    v_houses bigint[];
begin
    -- Apart from the question itself: a planner that is told the accounts knows how many there are.
    select array_agg(a.id order by h.place, a.place), array_agg(h.id order by h.place, a.place) into v_accounts, v_houses
    from unnest(p_houses) with ordinality h (id, place)
    cross join lateral unnest(billing.need_house_accounts(h.id)) with ordinality a (id, place);
    return query
        select v_houses[i.place], i.account_id, i.data
        from billing.invoices(v_accounts, p_month, p_is_draft, p_day) with ordinality i (account_id, data, place)
        order by i.place;
end $$;

-- The accounts of a house in the order of delivery, if the operator sees it.
create function billing.need_house_accounts(p_house bigint) returns bigint[] language plpgsql stable
as $$
begin
    if not exists (select from cards_data.house where id = p_house) then
        perform admin.refuse('KV003', format('Дом № %s не найден или вам не виден', p_house), null, 'Номер дома показывает его карточка, экран 220');
    end if;
    return billing.delivery_order(p_house);
end $$;

-- Flats of a house by number, rooms of a flat by number, accounts of a room by number.
create function billing.delivery_order(p_house bigint) returns bigint[] language sql stable
as $$
    select coalesce(array_agg(a.id order by billing.delivery_key(coalesce(f.number, p.number)), f.id is not null, billing.delivery_key(p.number), billing.delivery_key(a.number)), '{}')
    from cards_data.account a
    join cards_data.premises p on p.id = a.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    where p.house_id = p_house
$$;

-- A number as it is sorted by people: 9, 10, 10а, 11.
create function billing.delivery_key(p_number text) returns text language sql immutable
as $$ select lpad(coalesce(substring(p_number from '^[0-9]+'), ''), 12, '0') || ' ' || p_number $$;

-- The month invoices are made of: a released one, or, for a draft, one that is calculated.
create function billing.invoice_month(p_month date, p_is_draft boolean) returns billing_data.month language plpgsql stable
as $$
declare
    v_month billing_data.month := billing.need_month(p_month);
begin
    if v_month.run is null then
        perform admin.refuse('KV006', format('Месяц %s не рассчитан', to_char(p_month, 'MM.YYYY')), null, 'Рассчитайте месяц: экран 410 или kvartal charge');
    end if;
    if v_month.state not in ('released', 'sealed') and not p_is_draft then
        perform admin.refuse('KV006', format('Месяц %s не выпущен: платёжных документов за него ещё нет', to_char(p_month, 'MM.YYYY')),
            'До выпуска суммы ещё меняются', 'Выпустите месяц: экран 410 или kvartal release; посмотреть раньше — черновик, kvartal invoice --draft');
    end if;
    return v_month;
end $$;

-- The invoices of some accounts, in the order they are named.
create function billing.invoices(p_accounts bigint[], p_month date, p_is_draft boolean, p_day date)
returns table (account_id bigint, data jsonb) language plpgsql stable
as $$
declare
    v_month billing_data.month := billing.invoice_month(p_month, p_is_draft);
    -- Payments after the month count while its bill is the last one out; after that they pay for later months too.
    v_through date := case
        when p_month = (select max(month) from billing_data.month where state in ('released', 'sealed')) then p_day
        else (p_month + interval '1 month')::date - 1
    end;
begin
    -- Each part once for all accounts of the house: joined as they are, the parts are worked out anew for every account.
    return query
        with h as materialized (select * from billing.invoice_heads(p_accounts, v_month)),
            s as materialized (select * from billing.invoice_sums(p_accounts, v_month, v_through)),
            g as materialized (select * from billing.invoice_grounds(p_accounts, v_month)),
            m as materialized (select * from billing.invoice_meters(p_accounts, p_month)),
            o as materialized (select * from billing.invoice_houses(p_accounts, v_month)),
            u as materialized (select * from billing.invoice_use(p_accounts, p_month)),
            n as materialized (select * from billing.invoice_norms(p_accounts, v_month)),
            f as materialized (select * from billing.invoice_penalties(p_accounts, v_month)),
            p as materialized (select * from billing.invoice_support(p_accounts, v_month)),
            i as materialized (select * from billing.invoice_instalments(p_accounts, v_month))
        select h.account_id, h.data || s.data || jsonb_build_object(
            'grounds', coalesce(g.data, '[]'), 'meters', coalesce(m.data, '[]'), 'houses', coalesce(o.data, '[]'), 'use', coalesce(u.data, '[]'),
            'norms', coalesce(n.data, '[]'), 'penalties', coalesce(f.data, '[]'), 'support', coalesce(p.data, '[]'), 'instalments', coalesce(i.data, '[]')
        )
        from unnest(p_accounts) with ordinality a (id, place)
        join h on h.account_id = a.id
        join s on s.account_id = a.id
        left join g on g.account_id = a.id
        left join m on m.account_id = a.id
        left join o on o.account_id = a.id
        left join u on u.account_id = a.id
        left join n on n.account_id = a.id
        left join f on f.account_id = a.id
        left join p on p.account_id = a.id
        left join i on i.account_id = a.id
        order by a.place;
end $$;

-- Who pays, for what premises, until when. Everything as of the last day of the month. Nobody lives where nobody can.
create function billing.invoice_heads(p_accounts bigint[], p_month billing_data.month)
returns table (account_id bigint, data jsonb) language sql stable
as $$
    -- What is the same for many accounts is asked for once.
    with due as materialized (
        select coalesce(p_month.due_date, billing.due_date(p_month.month)) as day
    ), notes as materialized (
        select e.id, billing.invoice_notes(e.id, (p_month.month + interval '1 month')::date - 1) as data
        from (
            select distinct coalesce(h.company_id, 0) as id
            from cards_data.account a
            join cards_data.premises p on p.id = a.premises_id
            join cards_data.house h on h.id = p.house_id
            where a.id = any (p_accounts)
        ) e
    )
    select a.id, jsonb_build_object(
        'account', a.number, 'state', p_month.state, 'due', due.day,
        'payer', coalesce(nullif(concat_ws(' ', n.last_name, n.first_name, n.middle_name), ''), o.name, ''),
        'tenure', t.tenure, 'is_dwelling', p.kind <> 'non_residential', 'is_firm', c.organisation_id is not null,
        'address', concat_ws(', ', nullif(s.settlement, ''), nullif(concat_ws(' ', s.kind, s.name), ''), 'д. ' || h.number,
            case when f.id is null then billing.premises_name(p.kind, p.number)
                 else billing.premises_name(f.kind, f.number) || ', ' || billing.premises_name(p.kind, p.number) end),
        'area_total', r.area_total::text, 'area_living', r.area_living::text, 'area_heated', r.area_heated::text,
        'residents', case when p.kind <> 'non_residential' then (
            select count(distinct l.person_id) from passport_data.residence l
            where l.premises_id = p.id and l.retracted is null and not l.void and l.valid_from <= days.last and l.valid_to > days.last
        ) end,
        'executor', jsonb_build_object(
            'name', e.name, 'tin', e.tin, 'address', e.address, 'phone', coalesce(k.phone, e.phone), 'dispatch_phone', k.dispatch_phone,
            'email', k.email, 'site', k.site, 'hours', k.hours
        ),
        'notes', notes.data
    )
    from cards_data.account a
    cross join due
    cross join (select (p_month.month + interval '1 month')::date - 1 as last) days
    join cards_data.premises p on p.id = a.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    join cards_data.house h on h.id = p.house_id
    join cards_data.street s on s.id = h.street_id
    join cards_data.organisation e on e.id = coalesce(h.company_id, 0)
    join notes on notes.id = e.id
    left join cards_data.organisation_contact k on k.organisation_id = e.id and k.retracted is null and not k.void
        and k.valid_from <= days.last and k.valid_to > days.last
    left join cards_data.premises_area r on r.premises_id = p.id and r.retracted is null and not r.void
        and r.valid_from <= days.last and r.valid_to > days.last
    -- A room of a communal flat has a right of its own.
    left join lateral (
        select o.tenure from passport_data.premises_tenure o
        where o.premises_id in (p.id, p.parent_id) and o.retracted is null and not o.void and o.valid_from <= days.last and o.valid_to > days.last
        order by o.premises_id = p.id desc limit 1
    ) t on true
    left join cards_data.account_holder c on c.account_id = a.id and c.retracted is null and not c.void
        and c.valid_from <= days.last and c.valid_to > days.last
    left join passport_data.person_name n on n.person_id = c.person_id and n.retracted is null and not n.void
        and n.valid_from <= days.last and n.valid_to > days.last
    left join cards_data.organisation o on o.id = c.organisation_id
    where a.id = any (p_accounts)
$$;

-- The paragraphs at the end of the sheet: the executor's own, else the centre's.
create function billing.invoice_notes(p_executor bigint, p_day date) returns jsonb language sql stable
as $$
    with live as (
        select n.* from billing_data.invoice_note n
        where n.organisation_id in (p_executor, 0) and n.retracted is null and not n.void and n.valid_from <= p_day and n.valid_to > p_day
    )
    select coalesce(jsonb_agg(case when l.citation is null then l.text else rtrim(l.text, '.') || ' (' || l.citation || ').' end order by l.note_no), '[]')
    from live l
    where l.organisation_id = case when exists (select from live where organisation_id = p_executor) then p_executor else 0 end
$$;

create function billing.premises_name(p_kind text, p_number text) returns text language sql immutable
as $$
    select case p_kind when 'flat' then 'кв. ' || p_number when 'room' then 'комн. ' || p_number
        when 'non_residential' then 'пом. ' || p_number else null end
$$;
