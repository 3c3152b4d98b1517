-- Import of an old program's data: set statements, one operation a portion, every row known by its key in the old program,
-- so that a repeat adds nothing. Facts are inserted, not asserted: everything here is new, and months before the import are
-- never recalculated (calc_from).

-- Handler: {"source", "month", "providers", "services", "tariffs", "norms"}: directories.
create function exchange.legacy_directory(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_source text := admin.need_text(p_args, 'source', p_kind.title);
    v_month date := admin.need_month(p_args, 'month', p_kind.title);
begin
    perform admin.need_only(p_args, '{source,month,providers,services,tariffs,norms}', p_kind.title);
    perform exchange.need_open(v_month);
    perform exchange.add_providers(v_source, v_month, p_args->'providers', v_operation);
    perform exchange.add_services(v_source, v_month, p_args->'services', v_operation);
    perform exchange.add_rates(v_source, p_args->'tariffs', p_args->'norms', v_operation);
    -- Rows are inserted, not asserted: whoever remembers the rules common to all must hear that there are more of them.
    update billing_data.unit set version = greatest(version, v_operation.known) where id = 0;
    return jsonb_build_object('providers', jsonb_array_length(p_args->'providers'), 'services', jsonb_array_length(p_args->'services'));
end $$;

-- Handler: {"files", "bad"}: the record of what was read, written last, so that an import broken off may be repeated.
create function exchange.legacy_record(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
begin
    perform admin.need_only(p_args, '{files,bad}', p_kind.title);
    insert into exchange_data.import_file (digest, name, kind, rows, bad_rows, operation)
    select f->>'digest', f->>'name', f->>'kind', (f->>'rows')::int, (f->>'bad_rows')::int, v_operation.id
    from jsonb_array_elements(p_args->'files') f
    on conflict (digest) do nothing;
    insert into exchange_data.import_bad_row (operation, file, line, reason)
    select v_operation.id, b->>'file', (b->>'line')::int, b->>'reason' from jsonb_array_elements(p_args->'bad') b;
    return jsonb_build_object('files', jsonb_array_length(p_args->'files'), 'bad_rows', jsonb_array_length(p_args->'bad'));
end $$;

create function exchange.need_open(p_month date) returns void language plpgsql stable
as $$
begin
    if (billing.need_month(p_month)).state in ('released', 'sealed') then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(p_month, 'MM.YYYY')), null,
            'Загружайте данные в первый невыпущенный месяц');
    end if;
end $$;

-- The id a row of the old program has here; drawn once.
create function exchange.identify(p_source text, p_kind text, p_keys text[], p_operation uuid) returns table (key text, id bigint, fresh boolean)
language sql
as $$
    with drawn as (
        insert into exchange_data.import_row (source, kind, key, target_id, operation)
        select p_source, p_kind, k, nextval('admin_data.id_seq'), p_operation from (select distinct unnest(p_keys) as k) keys
        on conflict (source, kind, key) do nothing
        returning import_row.key, target_id
    )
    select d.key, d.target_id, true from drawn d
    union all
    select r.key, r.target_id, false from exchange_data.import_row r
    where r.source = p_source and r.kind = p_kind and r.key = any (p_keys)
        and not exists (select from drawn d where d.key = r.key)
$$;

create function exchange.add_providers(p_source text, p_month date, p_rows jsonb, p_operation admin_data.operation) returns void
language sql
as $$
    with input as (
        select * from jsonb_to_recordset(p_rows) as r(code text, name text, fee_agent numeric, fee_centre numeric, tin text,
            settlement_account text, bank_name text, bic text)
    ), ids as materialized (
        select * from exchange.identify(p_source, 'provider', array(select code from input), (p_operation).id) where fresh
    ), organisation as (
        insert into cards_data.organisation (id, code, name, kinds, tin, origin)
        select i.id, p_source || ': ' || r.code, r.name, '{resource_supplier}', r.tin, (p_operation).id
        from ids i join input r on r.code = i.key
    ), contract as (
        insert into cards_data.contract (id, provider_id, number, origin)
        select i.id, i.id, 'перенесён', (p_operation).id from ids i
    ), fee as (
        insert into finance_data.fee_rate (organisation_id, fee, valid_from, percent, asserted, origin)
        select i.id, f.fee, p_month, f.percent, (p_operation).known, (p_operation).id
        from ids i join input r on r.code = i.key
        cross join lateral (values ('agent', r.fee_agent), ('centre', r.fee_centre)) f (fee, percent)
        where f.percent is not null
    )
    insert into cards_data.settlement_account (organisation_id, valid_from, account, bank_name, bic, asserted, origin)
    select i.id, p_month, r.settlement_account, r.bank_name, coalesce(r.bic, ''), (p_operation).known, (p_operation).id
    from ids i join input r on r.code = i.key
    where r.settlement_account is not null and r.bank_name is not null
$$;

-- A service that exists here under the same code is used as it is.
create function exchange.add_services(p_source text, p_month date, p_rows jsonb, p_operation admin_data.operation) returns void
language plpgsql
as $$
begin
    insert into cards_data.service (code, name, unit, scale, origin)
    select r.becomes, r.name, r.unit, r.scale, (p_operation).id
    from jsonb_to_recordset(p_rows) as r(becomes text, name text, unit text, scale smallint)
    on conflict (code) do nothing;
    insert into exchange_data.import_row (source, kind, key, target_id, operation)
    select p_source, 'service', r.code, s.id, (p_operation).id
    from jsonb_to_recordset(p_rows) as r(code text, becomes text) join cards_data.service s on s.code = r.becomes
    on conflict (source, kind, key) do nothing;
    insert into cards_data.tariff (id, service_id, code, title, origin)
    select i.id, s.target_id, p_source || ': ' || i.key, r.name, (p_operation).id
    from exchange.identify(p_source, 'tariff', array(select r->>'code' from jsonb_array_elements(p_rows) r), (p_operation).id) i
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = i.key
    join jsonb_to_recordset(p_rows) as r(code text, name text) on r.code = i.key
    where i.fresh;
    insert into cards_data.norm (id, service_id, code, title, origin)
    select i.id, s.target_id, p_source || ': ' || i.key, r.name, (p_operation).id
    from exchange.identify(p_source, 'norm', array(select r->>'code' from jsonb_array_elements(p_rows) r), (p_operation).id) i
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = i.key
    join jsonb_to_recordset(p_rows) as r(code text, name text) on r.code = i.key
    where i.fresh;
    -- Who renders each service and how it is charged, for the plans of houses.
    insert into exchange_data.import_service (source, code, contract_id, method)
    select p_source, r.code, c.target_id, r.method
    from jsonb_to_recordset(p_rows) as r(code text, provider text, method text)
    join exchange_data.import_row c on c.source = p_source and c.kind = 'provider' and c.key = r.provider
    on conflict (source, code) do nothing;
end $$;

create function exchange.add_rates(p_source text, p_tariffs jsonb, p_norms jsonb, p_operation admin_data.operation) returns void
language sql
as $$
    insert into cards_data.tariff_rate (tariff_id, valid_from, valid_to, rate, citation, asserted, origin)
    select i.target_id, r.from, coalesce(r.to, 'infinity'), r.value, p_source, (p_operation).known, (p_operation).id
    from jsonb_to_recordset(p_tariffs) as r(service text, "from" date, "to" date, value numeric)
    join exchange_data.import_row i on i.source = p_source and i.kind = 'tariff' and i.key = r.service and i.operation = (p_operation).id;
    insert into cards_data.norm_value (norm_id, valid_from, valid_to, value, citation, asserted, origin)
    select i.target_id, r.from, coalesce(r.to, 'infinity'), r.value, p_source, (p_operation).known, (p_operation).id
    from jsonb_to_recordset(p_norms) as r(service text, "from" date, "to" date, value numeric)
    join exchange_data.import_row i on i.source = p_source and i.kind = 'norm' and i.key = r.service and i.operation = (p_operation).id
$$;

-- Handler: {"source", "month", "houses": [{"city", "street", "house", "services", "premises": [{"flat", areas…, "accounts": […]}]}]}.
create function exchange.legacy_houses(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_source text := admin.need_text(p_args, 'source', p_kind.title);
    v_month date := admin.need_month(p_args, 'month', p_kind.title);
    v_house jsonb;
    v_premises jsonb;
    v_accounts int := 0;
    v_place exchange_data.import_place;
begin
    perform admin.need_only(p_args, '{source,month,houses}', p_kind.title);
    perform exchange.need_open(v_month);
    for v_house in select value from jsonb_array_elements(p_args->'houses') loop
        v_place := exchange.add_house(v_source, v_month, v_house, v_operation);
        for v_premises in select value from jsonb_array_elements(v_house->'premises') loop
            v_accounts := v_accounts + exchange.add_premises(v_source, v_month, v_place, v_premises, v_operation);
        end loop;
        -- Rows are inserted, not asserted: whoever remembers a house must hear that there is more of it.
        update billing_data.unit set version = greatest(version, v_operation.known) where id = v_place.unit_id;
        insert into billing_data.queue (unit_id, priority, known) values (v_place.unit_id, 60, v_operation.known);
    end loop;
    perform pg_notify('kvartal_queue', '');
    return jsonb_build_object('accounts', v_accounts);
end $$;

-- A house with its plan; one already brought is only found.
create function exchange.add_house(p_source text, p_month date, p_house jsonb, p_operation admin_data.operation)
returns exchange_data.import_place language plpgsql
as $$
declare
    v_key text := concat_ws(', ', p_house->>'city', p_house->>'street', p_house->>'house');
    v_id record;
    v_place exchange_data.import_place;
    v_street bigint;
    v_district bigint;
begin
    select * into v_id from exchange.identify(p_source, 'house', array[v_key], (p_operation).id);
    if not v_id.fresh then
        select unit_id, scope, id into v_place from cards_data.house where id = v_id.id;
        return v_place;
    end if;
    insert into cards_data.district (name, origin) values (p_house->>'city', (p_operation).id) on conflict (name) do nothing;
    select id into v_district from cards_data.district where name = p_house->>'city';
    insert into admin_data.scope (company_id, district_id) values (null, v_district) on conflict do nothing;
    insert into cards_data.street (settlement, name, kind, origin) values (p_house->>'city', p_house->>'street', '', (p_operation).id)
    on conflict (settlement, kind, name) do nothing;
    select id into v_street from cards_data.street where settlement = p_house->>'city' and name = p_house->>'street' and kind = '';
    insert into billing_data.unit (id, version) values (v_id.id, (p_operation).known);
    select v_id.id, s.id, v_id.id into v_place from admin_data.scope s where s.company_id is null and s.district_id = v_district;
    insert into cards_data.house (id, unit_id, scope, street_id, district_id, number, kind, origin)
    values (v_id.id, v_id.id, v_place.scope, v_street, v_district, p_house->>'house', 'apartment', (p_operation).id);
    insert into cards_data.house_plan (unit_id, scope, house_id, service_id, contract_id, method, tariff_id, norm_id, valid_from, asserted, origin)
    select v_id.id, v_place.scope, v_id.id, p.service_id, p.contract_id, p.method, p.tariff_id, p.norm_id, p_month, (p_operation).known, (p_operation).id
    from exchange.plans_of(p_source, p_house->'services') p;
    return v_place;
end $$;

-- The plan of each service as the old program's directory gave it.
create function exchange.plans_of(p_source text, p_services jsonb)
returns table (service_id bigint, contract_id bigint, method text, tariff_id bigint, norm_id bigint) language sql stable
as $$
    select s.target_id, m.contract_id, m.method, t.target_id, case when m.method = 'persons' then n.target_id end
    from jsonb_array_elements_text(p_services) wanted (code)
    join exchange_data.import_service m on m.source = p_source and m.code = wanted.code
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = wanted.code
    join exchange_data.import_row t on t.source = p_source and t.kind = 'tariff' and t.key = wanted.code
    join exchange_data.import_row n on n.source = p_source and n.kind = 'norm' and n.key = wanted.code
$$;

-- Premises with its areas and accounts; answers how many accounts were new.
create function exchange.add_premises(
    p_source text, p_month date, p_place exchange_data.import_place, p_premises jsonb, p_operation admin_data.operation
) returns int language plpgsql
as $$
declare
    v_key text := p_place.house_id || ', ' || coalesce(p_premises->>'flat', '');
    v_id record;
    v_account jsonb;
    v_count int := 0;
begin
    select * into v_id from exchange.identify(p_source, 'premises', array[v_key], (p_operation).id);
    if v_id.fresh then
        insert into cards_data.premises (id, unit_id, scope, house_id, kind, number, origin)
        values (v_id.id, p_place.unit_id, p_place.scope, p_place.house_id,
            case when p_premises->>'flat' is null then 'private' else 'flat' end, coalesce(p_premises->>'flat', ''), (p_operation).id);
        if p_premises->>'total' is not null then
            insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
            values (p_place.unit_id, p_place.scope, v_id.id, p_month, (p_premises->>'total')::numeric, (p_premises->>'living')::numeric,
                (p_premises->>'heated')::numeric, 0, (p_operation).known, (p_operation).id);
        end if;
    end if;
    for v_account in select value from jsonb_array_elements(p_premises->'accounts') loop
        if exchange.add_account(p_source, p_month, p_place, v_id.id, v_account, p_operation) then
            v_count := v_count + 1;
        end if;
    end loop;
    return v_count;
end $$;

-- An account with its payer, persons, exceptions, quantities, ready amounts and opening balances; false when it was here before.
create function exchange.add_account(
    p_source text, p_month date, p_place exchange_data.import_place, p_premises bigint, p_account jsonb, p_operation admin_data.operation
) returns boolean language plpgsql
as $$
declare
    v_id record;
    v_person bigint;
    v_number int;
    v_op uuid := (p_operation).id;
    v_known bigint := (p_operation).known;
begin
    select * into v_id from exchange.identify(p_source, 'account', array[p_account->>'number'], v_op);
    if not v_id.fresh then
        return false;
    end if;
    insert into cards_data.account (id, unit_id, scope, premises_id, number, calc_from, origin)
    values (v_id.id, p_place.unit_id, p_place.scope, p_premises, p_account->>'number', p_month, v_op);
    insert into cards_data.account_open (unit_id, scope, account_id, valid_from, valid_to, asserted, origin)
    values (p_place.unit_id, p_place.scope, v_id.id, coalesce((p_account->>'opened')::date, p_month),
        coalesce((p_account->>'closed')::date, 'infinity'), v_known, v_op);
    for v_number in 1..greatest(coalesce((p_account->>'persons')::int, 0), 1) loop
        insert into passport_data.person (origin) values (v_op) returning id into v_person;
        insert into passport_data.person_name (person_id, valid_from, last_name, first_name, middle_name, asserted, origin)
        values (v_person, p_month, coalesce(p_account->>'last_name', ''),
            case when v_number = 1 then coalesce(p_account->>'first_name', '') else format('житель %s', v_number) end,
            case when v_number = 1 then p_account->>'patronymic' end, v_known, v_op);
        if v_number = 1 then
            insert into cards_data.account_holder (unit_id, scope, account_id, person_id, valid_from, asserted, origin)
            values (p_place.unit_id, p_place.scope, v_id.id, v_person, p_month, v_known, v_op);
        end if;
        if v_number <= coalesce((p_account->>'persons')::int, 0) then
            insert into passport_data.residence (unit_id, scope, premises_id, person_id, valid_from, is_temporary, asserted, origin)
            values (p_place.unit_id, p_place.scope, p_premises, v_person, p_month, false, v_known, v_op);
        end if;
    end loop;
    perform exchange.add_charges(p_source, p_month, p_place, v_id.id, p_account, p_operation);
    perform cards.search_rebuild(array[p_premises]);
    return true;
end $$;

-- What the account is charged by, and what was owed.
create function exchange.add_charges(
    p_source text, p_month date, p_place exchange_data.import_place, p_account_id bigint, p_account jsonb, p_operation admin_data.operation
) returns void language sql
as $$
    insert into cards_data.account_plan (unit_id, scope, account_id, service_id, valid_from, is_off, contract_id, method, tariff_id, norm_id, asserted, origin)
    select p_place.unit_id, p_place.scope, p_account_id, p.service_id, p_month, false, p.contract_id, p.method, p.tariff_id, p.norm_id,
        (p_operation).known, (p_operation).id
    from exchange.plans_of(p_source, p_account->'own') p;
    insert into cards_data.account_plan (unit_id, scope, account_id, service_id, valid_from, is_off, asserted, origin)
    select p_place.unit_id, p_place.scope, p_account_id, p.service_id, p_month, true, (p_operation).known, (p_operation).id
    from exchange.plans_of(p_source, p_account->'off') p;
    insert into cards_data.service_quantity (unit_id, scope, account_id, service_id, valid_from, valid_to, quantity, asserted, origin)
    select p_place.unit_id, p_place.scope, p_account_id, s.target_id, p_month,
        case when q.month_only then (p_month + interval '1 month')::date else 'infinity' end, q.value, (p_operation).known, (p_operation).id
    from jsonb_to_recordset(p_account->'quantities') as q(service text, value numeric, month_only boolean)
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = q.service;
    insert into cards_data.ready_amount (unit_id, scope, account_id, service_id, valid_from, valid_to, amount, asserted, origin)
    select p_place.unit_id, p_place.scope, p_account_id, s.target_id, p_month, (p_month + interval '1 month')::date, q.value,
        (p_operation).known, (p_operation).id
    from jsonb_to_recordset(p_account->'ready') as q(service text, value numeric)
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = q.service;
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, amount, operation)
    select p_place.unit_id, p_place.scope, p_account_id, s.target_id, m.contract_id, p_month, (p_month - interval '1 month')::date, 'opening', q.value,
        (p_operation).id
    from jsonb_to_recordset(p_account->'balances') as q(service text, value numeric)
    join exchange_data.import_row s on s.source = p_source and s.kind = 'service' and s.key = q.service
    join exchange_data.import_service m on m.source = p_source and m.code = q.service
    where q.value <> 0
$$;

-- Files already brought, by digest: name and when.
create function exchange.known_files(p_digests text[]) returns table (digest text, name text, at timestamptz) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select f.digest, f.name, f.at from exchange_data.import_file f where f.digest = any (p_digests) $$;
