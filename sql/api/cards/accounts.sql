-- Accounts: opened with their premises, area and payer in one operation.

-- The next number after the greatest one of the town that is digits only; nothing where numbers are of another kind.
create function cards.account_offer() returns table (account text) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select cards.account_number_next() $$;

-- Handler: {"house_id", "premises", "flat"?, "kind"?, "entrance"?, "floor"?, "area_total"?, "area_living"?, "area_heated"?, "rooms"?, "account",
-- "from", "payer"}: premises are those of this number, of a room with the number of its flat; where there are none they are made, and
-- need a kind and an area. An account that was closed there is opened again.
create function cards.account_new(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_house cards_data.house := cards.need_house(p_args, 'house_id', p_kind.title);
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_premises bigint;
    v_account bigint;
begin
    perform admin.need_only(
        p_args, '{house_id,premises,flat,kind,entrance,floor,area_total,area_living,area_heated,rooms,account,from,payer}', p_kind.title
    );
    perform billing.lock_units(array[v_house.unit_id]);
    v_premises := cards.premises_for_account(v_house, p_args, p_kind.title);
    if p_args ?| '{area_total,area_living,area_heated,rooms}' then
        perform cards.area_set(v_premises, v_from, p_args, p_kind.title);
    end if;
    perform cards.need_kept(cards.centre_since(), v_from, p_kind.title);
    v_account := cards.account_for_premises(v_house, v_premises, v_from, p_args, p_kind.title);
    perform cards.doubt_second_account(v_premises, v_account, v_from, p_kind.title);
    perform admin.fact_assert('account_open', jsonb_build_object('account_id', v_account), v_from, 'infinity', '{}');
    perform admin.fact_assert(
        'account_holder', jsonb_build_object('account_id', v_account), v_from, 'infinity',
        passport.party(p_args->'payer', v_from, p_kind.title)
    );
    return jsonb_build_object('account_id', v_account, 'premises_id', v_premises);
end $$;

-- A second account of the same premises is rare (shares of co-owners) and a slip is common: it is asked for. Rooms of a communal flat are premises
-- of their own.
create function cards.doubt_second_account(p_premises bigint, p_account bigint, p_from date, p_where text) returns void language plpgsql stable
as $$
declare
    v_open record;
begin
    select a.number, d.address into v_open
    from cards_data.account a
    join cards_data.account_open o on o.account_id = a.id and o.retracted is null and not o.void and o.valid_to > p_from
    join cards.premises_address d on d.premises_id = a.premises_id
    where a.premises_id = p_premises and a.id <> p_account
    order by a.number limit 1;
    if found and not admin.is_typed_twice() then
        perform admin.refuse(
            'KV014', format('%s: в помещении уже открыт лицевой счёт %s (%s)', p_where, v_open.number, v_open.address), null,
            'Если счетов и должно быть два, подтвердите это (в kvartal op — "twice": true)'
        );
    end if;
end $$;

-- The premises of a number in a house, made where there are none yet.
create function cards.premises_for_account(p_house cards_data.house, p_args jsonb, p_where text) returns bigint language plpgsql
as $$
declare
    v_number text := admin.need_text(p_args, 'premises', p_where);
    v_flat bigint;
    v_found bigint;
begin
    if p_args ? 'flat' then
        select id into v_flat from cards_data.premises
        where house_id = p_house.id and parent_id is null and upper(number) = upper(admin.need_text(p_args, 'flat', p_where));
        if not found then
            perform admin.refuse('KV003', format('%s: квартиры %s в доме нет', p_where, p_args->>'flat'), null, 'Сначала откройте счёт квартире или проверьте её номер');
        end if;
    end if;
    select id into v_found from cards_data.premises
    where house_id = p_house.id and parent_id is not distinct from v_flat and upper(number) = upper(v_number);
    if found then
        return v_found;
    end if;
    if not p_args ?& '{kind,area_total}' then
        perform admin.refuse(
            'KV004', format('%s: помещения %s в доме нет; чтобы его завести, укажите вид и общую площадь', p_where, v_number),
            null, 'Если помещение есть, проверьте его номер в карточке дома'
        );
    elsif p_args->>'kind' <> all ('{flat,room,non_residential,private}') or (p_args->>'kind' = 'room') <> (v_flat is not null) then
        perform admin.refuse(
            'KV004', format('%s: вид помещения «%s» не подходит', p_where, p_args->>'kind'), null,
            'Вид: flat, non_residential, private; у комнаты (room) указывают и квартиру, в которой она'
        );
    end if;
    insert into cards_data.premises (unit_id, scope, house_id, parent_id, kind, number, entrance, floor, origin)
    values (
        p_house.unit_id, p_house.scope, p_house.id, v_flat, p_args->>'kind', v_number,
        case when p_args ? 'entrance' then admin.need_number(p_args, 'entrance', p_where) end,
        case when p_args ? 'floor' then admin.need_number(p_args, 'floor', p_where) end, (admin.current_operation()).id
    )
    returning id into v_found;
    return v_found;
end $$;

-- Areas told with an account: what is not told stays as it was, or follows from the total.
create function cards.area_set(p_premises bigint, p_from date, p_args jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_was cards_data.premises_area;
    v_value jsonb;
begin
    select * into v_was from cards_data.premises_area
    where premises_id = p_premises and retracted is null and not void and valid_from <= p_from and valid_to > p_from;
    v_value := jsonb_build_object(
        'area_total', coalesce(p_args->'area_total', to_jsonb(v_was.area_total)),
        'area_living', coalesce(p_args->'area_living', to_jsonb(v_was.area_living), p_args->'area_total'),
        'area_heated', coalesce(p_args->'area_heated', p_args->'area_total', to_jsonb(v_was.area_heated)),
        'rooms', coalesce(p_args->'rooms', to_jsonb(v_was.rooms), '1')
    );
    if v_value->>'area_total' is null then
        perform admin.refuse('KV004', format('%s: не указана общая площадь', p_where));
    end if;
    perform admin.check_fact(admin.need_fact_kind('premises_area'), jsonb_build_object('premises_id', p_premises), p_from, v_value);
    perform admin.fact_assert('premises_area', jsonb_build_object('premises_id', p_premises), p_from, 'infinity', v_value);
end $$;

-- The account of a number: a new one, or one of these premises that is not open from that day on.
create function cards.account_for_premises(p_house cards_data.house, p_premises bigint, p_from date, p_args jsonb, p_where text)
returns bigint language plpgsql
as $$
declare
    v_number text := admin.need_text(p_args, 'account', p_where);
    v_found record;
begin
    select a.id, a.premises_id, d.address, exists (
        select from cards_data.account_open o where o.account_id = a.id and o.retracted is null and not o.void and o.valid_to > p_from
    ) as is_open into v_found
    from cards_data.account a join cards.premises_address d on d.premises_id = a.premises_id where a.number = v_number;
    if found and (v_found.is_open or v_found.premises_id <> p_premises) then
        perform admin.refuse(
            'KV004', format('%s: лицевой счёт %s уже есть: %s', p_where, v_number, v_found.address), null,
            'Возьмите другой номер; закрытый счёт открывают снова в том же помещении'
        );
    elsif found then
        return v_found.id;
    end if;
    insert into cards_data.account (unit_id, scope, premises_id, number, origin)
    values (p_house.unit_id, p_house.scope, p_premises, v_number, (admin.current_operation()).id)
    returning id into v_found.id;
    return v_found.id;
end $$;
