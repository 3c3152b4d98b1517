-- A new service of the centre: its code, names, tariff, norm and contract, and the houses that are charged for it; undone as a whole while
-- nobody else's plan needs it.

-- Whether a service is the centre's: recorded by an operation that stands, or come with the town or an import.
create function cards.is_offered(p_service bigint) returns boolean language sql stable
as $$
    select coalesce(bool_or(f.retracted is null and not f.void), true) from cards_data.service_open f where f.service_id = p_service
$$;

-- A plan is of a service of the centre.
create function cards.need_offered(p_service bigint, p_where text) returns void language plpgsql stable
as $$
begin
    if not cards.is_offered(p_service) then
        perform admin.refuse(
            'KV004', format('%s: услуга «%s» отменена', p_where, (select name from cards_data.service where id = p_service)), null,
            'Заведите её заново: экран 549'
        );
    end if;
end $$;

-- A service nobody offers any longer is in nobody's plan: it would be charged without a tariff.
create function cards.whole_service_open(p_service bigint) returns void language plpgsql stable
as $$
declare
    v_houses bigint;
    v_accounts bigint;
begin
    if cards.is_offered(p_service) then
        return;
    end if;
    select p.houses, p.accounts into v_houses, v_accounts from cards.service_plans(p_service) p;
    if v_houses + v_accounts > 0 then
        perform admin.refuse(
            'KV010', format(
                'Услуга «%s» начисляется: домов %s, счетов со своим порядком %s',
                (select name from cards_data.service where id = p_service), v_houses, v_accounts
            ),
            null, 'Сначала отмените операции, которыми она им назначена: их показывает журнал (900)'
        );
    end if;
end $$;

-- The row of a service that was begun and taken back before any month was released with it: its code is free, and whoever begins the service anew
-- gets that row again. What was on bills keeps its name for ever.
create function cards.abandoned_service(p_code text) returns bigint language sql stable
as $$
    select s.id from cards_data.service s
    where s.code = p_code and not cards.is_offered(s.id) and not exists (
        select from cards_data.service_open f
        join billing_data.month m on f.asserted <= m.released_known and (f.retracted is null or f.retracted > m.released_known)
            and f.valid_from < m.month + interval '1 month'
        where f.service_id = s.id and not f.void
    )
$$;

-- What a new service is called and measured in, told by the arguments; its row.
create function cards.service_row(p_args jsonb, p_where text) returns bigint language plpgsql
as $$
declare
    v_code text := admin.need_text(p_args, 'code', p_where);
    v_scale numeric := admin.need_number(p_args, 'scale', p_where);
    v_penalty text := admin.need_text(p_args, 'penalty', p_where);
    v_waters bigint[] := cards.resources_told(p_args, p_where);
    v_id bigint := cards.abandoned_service(v_code);
begin
    if v_code !~ '^[a-z][a-z0-9_]*$' then
        perform admin.refuse('KV004', format('%s: код «%s» пишут строчными латинскими буквами, цифрами и чертой «_», первой — буква', p_where, v_code));
    elsif exists (select from cards_data.service where code = v_code and id is distinct from v_id)
        or exists (select from cards_data.tariff where code = v_code and service_id is distinct from v_id) then
        perform admin.refuse('KV004', format('%s: код «%s» занят', p_where, v_code), null, 'Услуги и их коды — на экране 548');
    elsif v_scale <> all ('{0,1,2,3,4,5,6,7}') then
        perform admin.refuse('KV004', format('%s: знаков после запятой — от 0 до 7, а не %s', p_where, v_scale));
    elsif v_penalty <> all ('{utilities,housing,repair,none}') then
        perform admin.refuse('KV004', format('%s: нет группы «%s»', p_where, v_penalty), null, 'Группы: utilities — коммунальные, housing — жильё, repair — капремонт, none — прочее');
    end if;
    insert into cards_data.service (code, name, unit, scale, sort, waters, penalty, origin)
    values (
        v_code, admin.need_text(p_args, 'name', p_where), admin.need_text(p_args, 'unit', p_where), v_scale,
        coalesce(admin.need_number(jsonb_build_object('sort', coalesce(p_args->'sort', '100')), 'sort', p_where), 100), v_waters, v_penalty,
        (admin.current_operation()).id
    )
    on conflict (code) do update
    set name = excluded.name, unit = excluded.unit, scale = excluded.scale, sort = excluded.sort, waters = excluded.waters, penalty = excluded.penalty,
        origin = excluded.origin
    returning id into v_id;
    return v_id;
end $$;

-- Services whose volumes make up this one, told by their codes with commas between. The methods that live by them must have them.
create function cards.resources_told(p_args jsonb, p_where text) returns bigint[] language plpgsql stable
as $$
declare
    v_codes text[] := array(
        select btrim(c) from regexp_split_to_table(coalesce(p_args->>'waters', ''), ',') with ordinality t (c, n) where btrim(c) <> '' order by n
    );
    v_found bigint[] := array(
        select s.id from unnest(v_codes) with ordinality t (c, n) join cards_data.service s on s.code = t.c and cards.is_offered(s.id) order by n
    );
begin
    if cardinality(v_found) <> cardinality(v_codes) then
        perform admin.refuse(
            'KV003', format('%s: услуги «%s» нет', p_where, (
                select c from unnest(v_codes) c where not exists (select from cards_data.service s where s.code = c and cards.is_offered(s.id)) limit 1
            )),
            null, 'Услуги и их коды — на экране 548'
        );
    elsif v_codes = '{}' and p_args->>'method' = any ('{waters,house_by_volume,common_fact,common_average,common_utility,common_utility_whole}') then
        perform admin.refuse('KV004', format('%s: не указано, из объёмов каких услуг она складывается', p_where), null, 'Коды через запятую: cold_water, hot_water');
    end if;
    return v_found;
end $$;

-- The contract a new service is paid under: one that is there, or a new number of a provider.
create function cards.contract_told(p_args jsonb, p_where text) returns bigint language plpgsql
as $$
declare
    v_provider bigint;
    v_number text := admin.need_text(p_args, 'contract', p_where);
    v_id bigint;
begin
    v_provider := cards.organisation_by_code(admin.need_text(p_args, 'provider', p_where));
    if v_provider is null then
        perform admin.refuse('KV003', format('%s: организации «%s» нет', p_where, p_args->>'provider'), null, 'Организации — на экране 540');
    end if;
    select id into v_id from cards_data.contract where provider_id = v_provider and number = v_number;
    if p_args->>'is_new' is distinct from 'yes' and v_id is null then
        perform admin.refuse(
            'KV003', format('%s: договора «%s» с «%s» нет', p_where, v_number, p_args->>'provider'), null, 'Договоры — на экране 541; новый договор отметьте «да»'
        );
    elsif p_args->>'is_new' = 'yes' and v_id is not null then
        perform admin.refuse('KV004', format('%s: договор «%s» с «%s» уже есть', p_where, v_number, p_args->>'provider'), null, 'Уберите отметку «новый»');
    elsif v_id is null then
        insert into cards_data.contract (provider_id, number, origin) values (v_provider, v_number, (admin.current_operation()).id) returning id into v_id;
    end if;
    return v_id;
end $$;

-- The tariff of a new service with its first prices. What providers reckon themselves (ready) has no price.
create function cards.first_tariff(p_service bigint, p_args jsonb, p_from date, p_where text) returns bigint language plpgsql
as $$
declare
    v_citation text := admin.need_text(p_args, 'citation', p_where);
    v_two boolean := p_args ? 'heat_rate';
    v_tariff bigint;
    v_rate numeric := case when p_args->>'method' = 'ready' then 0 else admin.need_number(p_args, 'rate', p_where) end;
begin
    if v_two is distinct from (p_args ? 'heat_norm') then
        perform admin.refuse('KV004', format('%s: у воды в двух компонентах и цена тепла, и норматив подогрева', p_where));
    elsif p_args->>'method' = 'two_component' and not v_two then
        perform admin.refuse('KV004', format('%s: не указаны цена тепла и норматив подогрева', p_where));
    end if;
    insert into cards_data.tariff (service_id, code, title, origin)
    values (p_service, p_args->>'code', p_args->>'name', (admin.current_operation()).id)
    on conflict (code) do update set title = excluded.title, origin = excluded.origin returning id into v_tariff;
    perform admin.fact_assert(
        'tariff_rate', jsonb_build_object('tariff_id', v_tariff, 'part', v_two::int), p_from, 'infinity', jsonb_build_object('rate', v_rate, 'citation', v_citation)
    );
    if v_two then
        perform admin.fact_assert(
            'tariff_rate', jsonb_build_object('tariff_id', v_tariff, 'part', 2), p_from, 'infinity',
            jsonb_build_object('rate', admin.need_number(p_args, 'heat_rate', p_where), 'citation', v_citation)
        );
    end if;
    return v_tariff;
end $$;

-- Its norm, where one is told; methods that multiply by it must have it.
create function cards.first_norm(p_service bigint, p_args jsonb, p_from date, p_where text) returns bigint language plpgsql
as $$
declare
    v_norm bigint;
    v_part record;
begin
    if not p_args ? 'norm' then
        perform cards.need_norm(p_args, p_where);
        return null;
    end if;
    insert into cards_data.norm (service_id, code, title, origin)
    values (p_service, p_args->>'code', p_args->>'name', (admin.current_operation()).id)
    on conflict (code) do update set title = excluded.title, origin = excluded.origin returning id into v_norm;
    for v_part in select * from (values ('norm', 0), ('heat_norm', 2)) v (name, part) where p_args ? v.name loop
        perform admin.fact_assert(
            'norm_value', jsonb_build_object('norm_id', v_norm, 'part', v_part.part, 'rooms', 0, 'persons', 0), p_from, 'infinity',
            jsonb_build_object('value', admin.need_number(p_args, v_part.name, p_where), 'citation', admin.need_text(p_args, 'citation', p_where))
        );
    end loop;
    return v_norm;
end $$;

-- Handler: a new service. {"code", "name", "unit", "scale", "sort"?, "penalty", "waters"?, "method", "provider", "contract", "is_new"?, "rate",
-- "heat_rate"?, "norm"?, "heat_norm"?, "citation", "from", "houses"}: with "houses": "all" every house the operator sees is charged by it
-- from that day; with "none" houses get it later (262).
create function cards.service_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_where text := p_kind.title;
    v_from date := admin.need_date(p_args, 'from', v_where);
    v_plan jsonb;
    v_service bigint;
    v_house bigint;
    v_count int := 0;
begin
    perform admin.need_only(
        p_args, '{code,name,unit,scale,sort,penalty,waters,method,provider,contract,is_new,rate,heat_rate,norm,heat_norm,citation,from,houses}', v_where
    );
    if admin.need_text(p_args, 'houses', v_where) <> all ('{all,none}') then
        perform admin.refuse('KV004', format('%s: нет такого круга домов: «%s»', v_where, p_args->>'houses'), null, 'all — все дома, none — пока никакие');
    end if;
    perform cards.check_method(admin.need_text(p_args, 'method', v_where), v_where);
    perform cards.need_kept(cards.centre_since(), v_from, v_where);
    v_service := cards.service_row(p_args, v_where);
    v_plan := jsonb_build_object(
        'method', p_args->'method', 'contract_id', cards.contract_told(p_args, v_where),
        'tariff_id', cards.first_tariff(v_service, p_args, v_from, v_where), 'norm_id', cards.first_norm(v_service, p_args, v_from, v_where)
    );
    perform admin.fact_assert('service_open', jsonb_build_object('service_id', v_service), v_from, 'infinity', jsonb_build_object('citation', p_args->'citation'));
    if p_args->>'houses' = 'all' then
        perform billing.lock_units(array(select distinct unit_id from cards_data.house));
        for v_house in select id from cards_data.house order by id loop
            perform admin.fact_assert('house_plan', jsonb_build_object('house_id', v_house, 'service_id', v_service), v_from, 'infinity', v_plan);
            v_count := v_count + 1;
        end loop;
    end if;
    return jsonb_build_object('service_id', v_service, 'houses', v_count);
end $$;
