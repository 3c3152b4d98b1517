-- By which method, contract, tariff and norm a service is charged: told by their codes, of one account, one house, or many houses at once.

-- The parts of a plan that are told, by codes: {"method"?, "provider" and "contract"?, "tariff"?, "norm"?} as a fact has them.
create function cards.plan_told(p_args jsonb, p_service bigint, p_where text) returns jsonb language plpgsql stable
as $$
declare
    v_service cards_data.service;
    v_plan jsonb := '{}';
    v_id bigint;
begin
    select * into v_service from cards_data.service where id = p_service;
    if not found then
        perform admin.refuse('KV003', format('%s: такой услуги нет', p_where), null, 'Услуги — на экране 548');
    end if;
    perform cards.need_offered(p_service, p_where);
    if p_args ? 'method' then
        perform cards.check_method(p_args->>'method', p_where);
        v_plan := jsonb_build_object('method', p_args->'method');
    end if;
    if p_args ?| '{provider,contract}' then
        select c.id into v_id from cards_data.contract c join cards_data.organisation o on o.id = c.provider_id
        where o.id = cards.organisation_by_code(admin.need_text(p_args, 'provider', p_where)) and c.number = admin.need_text(p_args, 'contract', p_where);
        if not found then
            perform admin.refuse('KV003', format('%s: договора «%s» с «%s» нет', p_where, p_args->>'contract', p_args->>'provider'), null, 'Договоры — на экране 541');
        end if;
        v_plan := v_plan || jsonb_build_object('contract_id', v_id);
    end if;
    if p_args ? 'tariff' then
        v_plan := v_plan || jsonb_build_object('tariff_id', cards.need_of_service('tariff', v_service, p_args, p_where));
    end if;
    if p_args ? 'norm' then
        v_plan := v_plan || jsonb_build_object('norm_id', cards.need_of_service('norm', v_service, p_args, p_where));
    end if;
    if v_plan = '{}' then
        perform admin.refuse('KV004', format('%s: не указано, что изменить', p_where), null, 'Укажите способ, договор, тариф или норматив');
    end if;
    return v_plan;
end $$;

-- The tariff or norm of a service with a code.
create function cards.need_of_service(p_what text, p_service cards_data.service, p_args jsonb, p_where text) returns bigint language plpgsql stable
as $$
declare
    v_code text := admin.need_text(p_args, p_what, p_where);
    v_id bigint;
begin
    execute format('select id from cards_data.%I where service_id = $1 and code = $2', p_what) into v_id using p_service.id, v_code;
    if v_id is null then
        perform admin.refuse(
            'KV003', format('%s: %s «%s» у услуги «%s» нет', p_where, case p_what when 'tariff' then 'тарифа' else 'норматива' end, v_code, p_service.name),
            null, case p_what when 'tariff' then 'Тарифы услуги показывает F4' else 'Нормативы услуги показывает F4' end
        );
    end if;
    return v_id;
end $$;

-- By what a method multiplies its norm: a person, a m² of the flat, a m² of common property; null: it knows none.
create function cards.norm_base(p_method text) returns text language sql immutable
as $$
    select case
        when p_method = any ('{persons,meter,two_component,waters,house_hot_water,house_by_volume,containers_persons}') then 'person'
        when p_method = any ('{area_total,area_living,area_heated,house_meter,heating,containers_area}') then 'area'
        when p_method like 'common%' then 'common'
    end
$$;

-- Whether a norm of one method is one of another too. A person's norm of water serves water in two components when it knows the heat.
create function cards.norm_fits(p_norm bigint, p_was text, p_method text) returns boolean language sql stable
as $$
    select cards.norm_base(p_method) is not distinct from cards.norm_base(p_was)
        and (p_method <> 'two_component' or p_was = p_method or exists (
            select from cards_data.norm_value v where v.norm_id = p_norm and v.part = 2 and v.retracted is null and not v.void
        ))
$$;

-- The norm a plan goes on with when its method changes and no other norm is told: the one it has, where that fits; none, where the method can
-- do without; else another must be told. Told is also the one that stood there: a form shows it and sends it back.
create function cards.fitting_norm(p_was jsonb, p_plan jsonb, p_where text) returns jsonb language plpgsql stable
as $$
declare
    v_method text := coalesce(p_plan->>'method', p_was->>'method');
    v_norm bigint := (p_was->>'norm_id')::bigint;
begin
    if v_norm is null or p_plan ? 'norm_id' and p_plan->'norm_id' <> p_was->'norm_id' or cards.norm_fits(v_norm, p_was->>'method', v_method) then
        return p_was->'norm_id';
    elsif p_plan ? 'norm_id' or cards.must_have_norm(v_method) then
        perform admin.refuse(
            'KV004', format('%s: норматив «%s» к новому способу не подходит', p_where, (select code from cards_data.norm where id = v_norm)), null,
            case when cards.must_have_norm(v_method) then 'Укажите норматив этого способа: F4' else 'Очистите норматив или укажите другой: F4' end
        );
    end if;
    return 'null';
end $$;

-- Methods that multiply by a norm of a person or of a m² of common property: without one they charge nothing.
create function cards.must_have_norm(p_method text) returns boolean language sql immutable
as $$ select p_method = any ('{persons,two_component,common_norm,common_average,common_utility}') $$;

create function cards.need_norm(p_plan jsonb, p_where text) returns void language plpgsql immutable
as $$
begin
    if cards.must_have_norm(p_plan->>'method') and p_plan->>'norm_id' is null then
        perform admin.refuse('KV004', format('%s: не указан норматив', p_where), null, 'Этот способ умножает на норматив: на человека или на м² общего имущества');
    end if;
end $$;

-- A plan for days: whole where everything that must be is told; else what is told changes and the rest stays as it is, piece by piece.
-- Answers whether anything was there to change.
create function cards.plan_set(p_fact text, p_key jsonb, p_from date, p_to date, p_plan jsonb) returns boolean language plpgsql
as $$
declare
    v_fact admin_data.fact_kind := admin.need_fact_kind(p_fact);
    v_mine jsonb := case p_fact when 'account_plan' then '{"is_off": false}' else '{}' end;
    v_pieces text := format(
        'select to_jsonb(f) from %s f
         where %s and service_id = ($1->>''service_id'')::bigint and retracted is null and not void and method is not null
             and valid_from < $3 and valid_to > $2
         order by valid_from',
        v_fact.fact_table, format('%1$I = ($1->>%1$L)::bigint', v_fact.entity_column)
    );
    v_piece jsonb;
    v_whole jsonb;
    v_any boolean := false;
begin
    if p_plan ?& '{method,contract_id,tariff_id}' then
        perform cards.need_norm(p_plan, v_fact.title);
        for v_piece in execute v_pieces using p_key, p_from, p_to loop
            if v_piece->'norm_id' = p_plan->'norm_id' then
                perform cards.fitting_norm(v_piece, p_plan, v_fact.title);
            end if;
        end loop;
        perform admin.fact_assert(p_fact, p_key, p_from, p_to, v_mine || p_plan);
        return true;
    end if;
    for v_piece in execute v_pieces using p_key, p_from, p_to loop
        v_whole := jsonb_build_object(
            'method', v_piece->'method', 'contract_id', v_piece->'contract_id', 'tariff_id', v_piece->'tariff_id',
            'norm_id', cards.fitting_norm(v_piece, p_plan, v_fact.title)
        ) || p_plan;
        perform cards.need_norm(v_whole, v_fact.title);
        perform admin.fact_assert(
            p_fact, p_key, greatest(p_from, (v_piece->>'valid_from')::date), least(p_to, (v_piece->>'valid_to')::date),
            v_mine || v_whole
        );
        v_any := true;
    end loop;
    return v_any;
end $$;

-- Handler: {"account_id", "service_id", "from", "to"?, and what changes}: the account's own plan of a service, whole where it has none.
create function cards.account_plan_set(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_account cards_data.account := cards.need_account(p_args, p_kind.title);
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
begin
    perform admin.need_only(p_args, '{account_id,service_id,from,to,method,provider,contract,tariff,norm}', p_kind.title);
    perform cards.need_open(v_account.id, admin.need_date(p_args, 'from', p_kind.title), p_kind.title);
    perform billing.lock_units(array[v_account.unit_id]);
    if not cards.plan_set(
        'account_plan', jsonb_build_object('account_id', v_account.id, 'service_id', v_service),
        admin.need_date(p_args, 'from', p_kind.title), v_to, cards.plan_told(p_args, v_service, p_kind.title)
    ) then
        perform admin.refuse(
            'KV004', format('%s: у счёта %s своего порядка по этой услуге нет', p_kind.title, v_account.number), null,
            'Укажите способ, договор и тариф'
        );
    end if;
    return '{}';
end $$;

-- What an operation on houses is about: {"chosen"} as marked in a list, or {"house_id", "service_id"}.
create function cards.houses_meant(p_args jsonb) returns jsonb language sql immutable
as $$
    select coalesce(p_args->'chosen', jsonb_build_object('rows', jsonb_build_array(
        jsonb_build_object('house_id', p_args->'house_id', 'service_id', p_args->'service_id')
    )))
$$;

-- Their calculation units, for the time of the operation; of days before any of them had an account nothing is told.
create function cards.lock_houses(p_args jsonb, p_from date, p_where text) returns void language sql
as $$
    select cards.need_kept(min(cards.house_since(c.house_id)), p_from, p_where) from cards.houses_chosen(cards.houses_meant(p_args)) c;
    select billing.lock_units(array(
        select distinct h.unit_id from cards.houses_chosen(cards.houses_meant(p_args)) c join cards_data.house h on h.id = c.house_id
    ))
$$;

-- Handler: {"chosen" or "house_id" and "service_id", "from", "to"?, and what changes}: the plan of a service in all marked houses. What is
-- not told stays as it is in each of them.
create function cards.house_plan_set(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_services bigint[];
    v_plan jsonb;
    v_house record;
    v_count int := 0;
begin
    perform admin.need_only(p_args, '{chosen,house_id,service_id,from,to,method,provider,contract,tariff,norm}', p_kind.title);
    select array_agg(distinct c.service_id) into v_services from cards.houses_chosen(cards.houses_meant(p_args)) c;
    if cardinality(v_services) is distinct from 1 then
        perform admin.refuse('KV004', format('%s: отмечены разные услуги (%s)', p_kind.title, cardinality(v_services)), null, 'Тариф и норматив — одной услуги: отберите её название и отметьте заново');
    end if;
    v_plan := cards.plan_told(p_args, v_services[1], p_kind.title);
    perform cards.lock_houses(p_args, v_from, p_kind.title);
    for v_house in select * from cards.houses_chosen(cards.houses_meant(p_args)) c order by c.house_id loop
        if not cards.plan_set(
            'house_plan', jsonb_build_object('house_id', v_house.house_id, 'service_id', v_services[1]), v_from, v_to, v_plan
        ) then
            perform admin.refuse(
                'KV004', format('%s: у дома %s этой услуги в эти дни нет', p_kind.title, (select address from cards.house_address where house_id = v_house.house_id)),
                null, 'Укажите способ, договор и тариф, или снимите отметку с этого дома'
            );
        end if;
        v_count := v_count + 1;
    end loop;
    return jsonb_build_object('houses', v_count);
end $$;

-- Handler: {"chosen" or "house_id" and "service_id", "from", "to"?}: houses lose a service; accounts with a plan of their own keep it.
-- Houses that have none in these days are left alone.
create function cards.house_plan_end(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_fact admin_data.fact_kind := admin.need_fact_kind('house_plan');
    v_key jsonb;
    v_ended int := 0;
    v_left int := 0;
begin
    perform admin.need_only(p_args, '{chosen,house_id,service_id,from,to}', p_kind.title);
    perform cards.lock_houses(p_args, v_from, p_kind.title);
    for v_key in
        select jsonb_build_object('house_id', c.house_id, 'service_id', c.service_id)
        from cards.houses_chosen(cards.houses_meant(p_args)) c order by c.house_id, c.service_id
    loop
        if admin.is_true(v_fact, v_key, v_from, v_to) then
            perform admin.fact_assert('house_plan', v_key, v_from, v_to, null);
            v_ended := v_ended + 1;
        else
            v_left := v_left + 1;
        end if;
    end loop;
    if v_ended = 0 then
        perform admin.need_true(v_fact, v_key, v_from);
    end if;
    return jsonb_build_object('houses', v_ended, 'left', v_left);
end $$;
