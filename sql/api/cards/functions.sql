-- Checks and searches of the card index.


-- Methods the program can calculate; a plan naming another is refused, not skipped at the month run.
create function cards.methods() returns text[] language sql immutable
as $$
    select array['area_total', 'area_living', 'area_heated', 'persons', 'meter', 'two_component', 'waters', 'quantity', 'ready', 'house_meter',
        'heating', 'house_hot_water', 'house_by_volume', 'common_norm', 'common_average', 'common_fact',
        'common_utility', 'common_utility_whole']
$$;

create function cards.check_house_plan(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$ begin perform cards.check_method(p_value->>'method', 'Порядок начисления по дому'); end $$;

create function cards.check_account_plan(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if not coalesce((p_value->>'is_off')::boolean, false) then
        perform cards.check_method(p_value->>'method', 'Порядок начисления по счёту');
    end if;
end $$;

create function cards.check_method(p_method text, p_where text) returns void language plpgsql immutable
as $$
begin
    if p_method is not null and p_method <> all (cards.methods()) then
        perform admin.refuse('KV004', format('%s: нет способа «%s»', p_where, p_method), null, 'Способы: ' || array_to_string(cards.methods(), ', '));
    end if;
end $$;

create function cards.check_premises_area(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if (p_value->>'area_living')::numeric > (p_value->>'area_total')::numeric then
        perform admin.refuse('KV004', 'Жилая площадь больше общей', null, 'Проверьте обе площади по техническому паспорту');
    end if;
end $$;

-- The account with a printed number, if the operator may see it.
create function cards.account_by_number(p_number text) returns bigint language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_id bigint;
begin
    select id into v_id from cards_data.account where number = btrim(p_number);
    if v_id is null then
        perform admin.refuse('KV003', format('Лицевой счёт %s не найден или вам не виден', p_number), null, 'Проверьте номер и свой участок');
    end if;
    return v_id;
end $$;

-- An address in one line; without a settlement the short one. p_flat_*: the communal flat of a room.
create function cards.address_told(
    p_settlement text, p_street_kind text, p_street text, p_house text, p_kind text, p_number text, p_flat_kind text, p_flat_number text
) returns text language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select concat_ws(', ', nullif(p_settlement, ''), nullif(concat_ws(' ', p_street_kind, p_street), ''), 'д. ' || p_house,
        case p_flat_kind when 'flat' then 'кв. ' || p_flat_number when 'non_residential' then 'пом. ' || p_flat_number end,
        case p_kind when 'flat' then 'кв. ' || p_number when 'room' then 'комн. ' || p_number when 'non_residential' then 'пом. ' || p_number end)
$$;

-- Digits of a number of premises, to put 2 before 10: numbers are words (12а, Н1).
create function cards.number_order(p_number text) returns bigint language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$ select coalesce(left(substring(p_number from '[0-9]+'), 15)::bigint, 0) $$;
