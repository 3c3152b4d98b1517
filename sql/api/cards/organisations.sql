-- A new organisation: whom people pay, who serves houses, who owns or pays; undone as a whole while nobody needs it.

-- Whether an organisation is there: recorded by an operation that stands, or come with the town or an import.
create function cards.is_organisation(p_id bigint) returns boolean language sql stable
as $$
    select coalesce(bool_or(f.retracted is null and not f.void), true) from cards_data.organisation_open f where f.organisation_id = p_id
$$;

-- The organisation with a code; null where there is none.
create function cards.organisation_by_code(p_code text) returns bigint language sql stable
as $$ select o.id from cards_data.organisation o where o.code = btrim(p_code) and cards.is_organisation(o.id) $$;

-- An organisation that was taken back serves no house, is paid by no contract, owns and pays nothing.
create function cards.whole_organisation_open(p_id bigint) returns void language plpgsql stable
as $$
declare
    v_uses text;
begin
    if cards.is_organisation(p_id) then
        return;
    end if;
    v_uses := cards.organisation_uses(p_id);
    if v_uses is not null then
        perform admin.refuse(
            'KV010', format('Организация «%s» нужна: %s', (select name from cards_data.organisation where id = p_id), v_uses), null,
            'Сначала отмените операции, которыми она там указана: их показывает журнал (900)'
        );
    end if;
end $$;

-- Check digits of an ИНН of ten or twelve digits (порядок присвоения ИНН, ФНС России): weighted sums modulo 11, then 10.
create function cards.inn_fits(p_inn text) returns boolean language sql immutable
as $$
    select case
        when p_inn !~ '^(\d{10}|\d{12})$' then false
        else (
            select bool_and(substr(p_inn, c.place, 1)::int = (
                select sum(substr(p_inn, i, 1)::int * (array[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])[12 - c.place + i]) % 11 % 10 from generate_series(1, c.place - 1) i
            ))
            from unnest(case length(p_inn) when 10 then array[10] else array[11, 12] end) c (place)
        )
    end
$$;

-- Numbers of a taxpayer: a firm has an ИНН of ten digits with a КПП (four digits, two digits or letters, three digits), a person of twelve without.
create function cards.judge_taxpayer(p_args jsonb, p_where text, p_own bigint default null) returns void language plpgsql stable
as $$
declare
    v_tin text := admin.need_text(p_args, 'tin', p_where);
    v_other text;
begin
    if not cards.inn_fits(v_tin) then
        perform admin.refuse('KV004', format('%s: контрольные цифры ИНН %s не сходятся', p_where, v_tin), null, 'Перепишите ИНН из выписки: десять цифр, у предпринимателя двенадцать');
    elsif length(v_tin) = 12 and p_args ? 'kpp' then
        perform admin.refuse('KV004', format('%s: у предпринимателя нет КПП', p_where), null, 'Очистите КПП или проверьте ИНН: у организации десять цифр');
    elsif p_args ? 'kpp' and p_args->>'kpp' !~ '^\d{4}[0-9A-Z]{2}\d{3}$' then
        perform admin.refuse('KV004', format('%s: КПП «%s» — не девять знаков', p_where, p_args->>'kpp'), null, 'Перепишите КПП из выписки: 780101001');
    end if;
    select o.name into v_other from cards_data.organisation o
    where o.tin = v_tin and o.kpp is not distinct from p_args->>'kpp' and o.id is distinct from p_own and cards.is_organisation(o.id) limit 1;
    if found then
        perform admin.refuse('KV004', format('%s: ИНН %s уже есть: %s', p_where, v_tin, v_other), null, 'Найдите её на экране 540; у филиала свой КПП');
    end if;
end $$;

-- Handler: a new organisation. {"code", "name", "role", "tin", "kpp"?, "address"?, "from", "citation"?, and, where people will pay to it,
-- "account", "bank_name", "bic", "correspondent_account"?}. Telephones and hours are of 551, contracts of services and payees.
create function cards.organisation_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_where text := p_kind.title;
    v_from date := admin.need_date(p_args, 'from', v_where);
    v_code text := admin.need_text(p_args, 'code', v_where);
    v_role text := admin.need_text(p_args, 'role', v_where);
    v_bank jsonb := (select jsonb_object_agg(key, value) from jsonb_each(p_args) where key = any ('{account,bank_name,bic,correspondent_account}'));
    v_id bigint;
begin
    perform admin.need_only(p_args, '{code,name,role,tin,kpp,address,from,citation,account,bank_name,bic,correspondent_account}', v_where);
    if v_code !~ '^[a-z][a-z0-9_]{0,39}$' then
        perform admin.refuse('KV004', format('%s: код «%s» пишут строчными латинскими буквами, цифрами и чертой «_», первой — буква', v_where, v_code));
    elsif exists (
        select from cards_data.organisation o where o.code = v_code and (
            cards.is_organisation(o.id)
            or exists (select from cards_data.organisation_details d where d.organisation_id = o.id and d.retracted is null and not d.void)
        )
    ) then
        perform admin.refuse('KV004', format('%s: код «%s» занят', v_where, v_code), null, 'Организации и их коды — на экране 540');
    elsif v_role <> all (cards.organisation_roles()) then
        perform admin.refuse('KV004', format('%s: нет роли «%s»', v_where, v_role), null, 'Роли: ' || array_to_string(cards.organisation_roles(), ', '));
    end if;
    perform cards.judge_taxpayer(p_args, v_where);
    insert into cards_data.organisation (code, name, kinds, tin, kpp, address, origin)
    values (
        v_code, admin.need_text(p_args, 'name', v_where), array[v_role], btrim(p_args->>'tin'), p_args->>'kpp', p_args->>'address',
        (admin.current_operation()).id
    )
    -- The code of one that was taken back is free.
    on conflict (code) do update set name = excluded.name, kinds = excluded.kinds, tin = excluded.tin, kpp = excluded.kpp,
        address = excluded.address, origin = excluded.origin, first = null
    returning id into v_id;
    perform admin.fact_assert('organisation_open', jsonb_build_object('organisation_id', v_id), v_from, 'infinity', jsonb_build_object('citation', p_args->'citation'));
    if v_bank is not null then
        if not v_bank ?& '{account,bank_name,bic}' then
            perform admin.refuse('KV004', format('%s: реквизиты банка не целы', v_where), null, 'Нужны счёт, БИК и название банка; без них платят не ей');
        end if;
        perform cards.judge_settlement_account(v_where, v_bank);
        perform admin.fact_assert('settlement_account', jsonb_build_object('organisation_id', v_id), v_from, 'infinity', v_bank);
    end if;
    return jsonb_build_object('organisation_id', v_id);
end $$;

create function cards.organisation_roles() returns text[] language sql immutable
as $$ select '{management_company,resource_supplier,waste_operator,capital_repair_fund,municipality,other}'::text[] $$;

-- Handler: another name, ИНН, КПП or address of an organisation from a day on: {"organisation_id", "name", "tin"?, "kpp"?, "address"?, "from",
-- "citation"?}. Bank details are of 547. Bills name it as it is called on the day they are made.
create function cards.organisation_change(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_where text := p_kind.title;
    v_id bigint := admin.need_number(p_args, 'organisation_id', v_where);
    v_from date := admin.need_date(p_args, 'from', v_where);
    v_value jsonb := jsonb_build_object(
        'name', admin.need_text(p_args, 'name', v_where), 'tin', btrim(p_args->>'tin'), 'kpp', p_args->>'kpp', 'address', p_args->>'address',
        'citation', p_args->>'citation'
    );
begin
    perform cards.need_kept(cards.centre_since(), v_from, v_where);
    perform admin.need_only(p_args, '{organisation_id,name,tin,kpp,address,from,citation}', v_where);
    if not exists (select from cards_data.organisation where id = v_id and cards.is_organisation(id)) then
        perform admin.refuse('KV003', format('%s: такой организации нет', v_where), null, 'Организации — на экране 540');
    end if;
    -- Who came with an import may have no numbers yet.
    if p_args ? 'tin' then
        perform cards.judge_taxpayer(p_args, v_where, v_id);
    end if;
    update cards_data.organisation o
    set first = jsonb_build_object('name', o.name, 'tin', o.tin, 'kpp', o.kpp, 'address', o.address)
    where o.id = v_id and o.first is null;
    perform admin.fact_assert('organisation_details', jsonb_build_object('organisation_id', v_id), v_from, 'infinity', v_value);
    return '{}';
end $$;

-- What an organisation is called now follows from what stands of today, and where nothing does, from what it was at first.
create function cards.after_organisation_details(p_key jsonb) returns void language sql
as $$
    update cards_data.organisation o
    set name = v.now->>'name', tin = v.now->>'tin', kpp = v.now->>'kpp', address = v.now->>'address'
    from (
        select coalesce((
            select jsonb_build_object('name', d.name, 'tin', d.tin, 'kpp', d.kpp, 'address', d.address) from cards_data.organisation_details d
            where d.organisation_id = (p_key->>'organisation_id')::bigint and d.retracted is null and not d.void
            -- one of a day to come is not waited for: nobody would be told when it comes
            order by d.valid_from <= current_date desc, case when d.valid_from <= current_date then d.valid_from end desc nulls last, d.valid_from limit 1
        ), (select first from cards_data.organisation where id = (p_key->>'organisation_id')::bigint)) as now
    ) v
    where o.id = (p_key->>'organisation_id')::bigint and v.now is not null
$$;
