-- Checks and searches of the card index.


-- Methods the program can calculate; a plan naming another is refused, not skipped at the month run.
create function cards.methods() returns text[] language sql immutable
as $$
    select array['area_total', 'area_living', 'area_heated', 'persons', 'meter', 'two_component', 'waters', 'quantity', 'ready', 'house_meter',
        'heating', 'house_hot_water', 'house_by_volume', 'common_norm', 'common_average', 'common_fact',
        'common_utility', 'common_utility_whole', 'containers_persons', 'containers_area']
$$;

create function cards.check_house_plan(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    perform cards.check_method(p_value->>'method', 'Порядок начисления по дому');
    if p_value is not null then
        perform cards.need_offered((p_key->>'service_id')::bigint, 'Порядок начисления по дому');
    end if;
end $$;

create function cards.check_account_plan(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if not coalesce((p_value->>'is_off')::boolean, false) then
        perform cards.check_method(p_value->>'method', 'Порядок начисления по счёту');
        if p_value is not null then
            perform cards.need_offered((p_key->>'service_id')::bigint, 'Порядок начисления по счёту');
        end if;
        perform cards.need_open((p_key->>'account_id')::bigint, p_day, 'Порядок начисления по счёту');
    end if;
end $$;

-- What is entered for an account begins on a day when it is open: another day is a slip, or another account was meant.
create function cards.need_open(p_account bigint, p_day date, p_where text) returns void language plpgsql stable
as $$
declare
    v_number text;
begin
    select a.number into v_number
    from cards_data.account a
    where a.id = p_account and not exists (
        select from cards_data.account_open o
        where o.account_id = a.id and o.retracted is null and not o.void and o.valid_from <= p_day and o.valid_to > p_day
    );
    if found then
        perform admin.refuse(
            'KV004', format('%s: лицевой счёт %s на %s не открыт', p_where, v_number, to_char(p_day, 'DD.MM.YYYY')), null,
            'Проверьте день: с какого и по какой день счёт открыт, видно на экранах 252 и 253'
        );
    end if;
end $$;

-- The first day any account was open: of a house, of all the operator sees.
create function cards.house_since(p_house bigint) returns date language sql stable
as $$
    select min(o.valid_from) from cards_data.premises p
    join cards_data.account a on a.premises_id = p.id
    join cards_data.account_open o on o.account_id = a.id and o.retracted is null and not o.void
    where p.house_id = p_house
$$;

create function cards.centre_since() returns date language sql stable
as $$ select min(o.valid_from) from cards_data.account_open o where o.retracted is null and not o.void $$;

-- Before which day nothing is entered of a thing: people were born and lived somewhere before, bills and whom they are paid to were not.
create function cards.kept_since(p_fact admin_data.fact_kind, p_key jsonb) returns date language sql stable
as $$
    select case
        when p_fact.module = 'passport' then null
        when p_fact.reach = 'city' or p_fact.entity_table = 'cards_data.organisation'::regclass then cards.centre_since()
        when p_fact.reach = 'house' then cards.house_since((p_key->>p_fact.entity_column)::bigint)
        when p_fact.reach = 'premises' then cards.house_since((select house_id from cards_data.premises where id = (p_key->>'premises_id')::bigint))
        when p_fact.reach = 'account' then (
            select min(o.valid_from) from cards_data.account_open o
            where o.account_id = (p_key->>p_fact.entity_column)::bigint and o.retracted is null and not o.void
        )
    end
$$;

-- Bills begin with the first account: what is entered for days before moves nobody's, and is a slip in the year.
create function cards.need_kept(p_since date, p_day date, p_where text) returns void language plpgsql stable
as $$
begin
    if p_day < p_since then
        perform admin.refuse(
            'KV004', format('%s: лицевые счета ведутся только с %s', p_where, to_char(p_since, 'DD.MM.YYYY')), null,
            format('Проверьте день: %s раньше', to_char(p_day, 'DD.MM.YYYY'))
        );
    end if;
end $$;

-- Payers and payments of an account may come when it is closed, but never before the day it was first opened.
create function cards.need_opened(p_account bigint, p_day date, p_where text) returns void language plpgsql stable
as $$
declare
    v_account record;
begin
    select a.number, min(o.valid_from) as since into v_account
    from cards_data.account a join cards_data.account_open o on o.account_id = a.id
    where a.id = p_account and o.retracted is null and not o.void
    group by a.number having min(o.valid_from) > p_day;
    if found then
        perform admin.refuse(
            'KV004', format('%s: лицевой счёт %s открыт только с %s', p_where, v_account.number, to_char(v_account.since, 'DD.MM.YYYY')), null,
            format('Проверьте день: %s раньше', to_char(p_day, 'DD.MM.YYYY'))
        );
    end if;
end $$;

-- Nobody pays for an account before it was opened: a slip in the year would give its whole past another payer.
create function cards.check_account_holder(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select cards.need_opened((p_key->>'account_id')::bigint, p_day, 'Плательщик') where p_value is not null $$;

-- An account is opened on a day when it is not open, and opened again only after it was open.
create function cards.check_account_open(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_open cards_data.account_open;
begin
    select * into v_open from cards_data.account_open o
    where o.account_id = (p_key->>'account_id')::bigint and o.retracted is null and not o.void and o.valid_from <= p_day and o.valid_to > p_day;
    if found and p_value is not null then
        perform admin.refuse(
            'KV004', format('Лицевой счёт открыт с %s и не закрыт', to_char(v_open.valid_from, 'DD.MM.YYYY')), null,
            'Снова открывают закрытый счёт: проверьте день'
        );
    elsif p_value is not null then
        perform cards.need_opened((p_key->>'account_id')::bigint, p_day, 'Лицевой счёт открывается снова');
    else
        perform cards.need_open((p_key->>'account_id')::bigint, p_day, 'Закрытие счёта');
    end if;
end $$;

create function cards.check_account_share(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select cards.need_open((p_key->>'account_id')::bigint, p_day, 'Доля плательщика') where p_value is not null $$;

create function cards.check_service_quantity(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select cards.need_charged(p_key, p_day, 'quantity', 'Количество по услуге') where p_value is not null $$;

create function cards.check_ready_amount(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
begin
    if p_value is null then
        return;
    elsif scale(trim_scale((p_value->>'amount')::numeric)) > 2 then
        perform admin.refuse('KV004', format('Готовое начисление поставщика: в сумме %s больше двух знаков после запятой', admin.number_told((p_value->>'amount')::numeric)));
    end if;
    perform cards.need_charged(p_key, p_day, 'ready', 'Готовое начисление поставщика');
end $$;

-- Bank details go onto every bill: a slip in a digit leads the money of a town nowhere. A BIC of nine digits is a Russian bank's, whose accounts
-- have twenty digits and a key; banks elsewhere have other codes, and accounts of their own lengths.
create function cards.judge_settlement_account(p_title text, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_is_russian boolean := p_value->>'bic' ~ '^\d{9}$';
    v_account text := case when v_is_russian then '^\d{20}$' else '^[A-Z0-9]{5,34}$' end;
begin
    if not v_is_russian and p_value->>'bic' !~ '^(\d{6}|[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)$' then
        perform admin.refuse('KV004', format('%s: в БИК не девять цифр', p_title), null, 'Перепишите БИК из договора счёта');
    elsif p_value->>'account' !~ v_account or v_is_russian and p_value->>'correspondent_account' !~ '^\d{20}$' then
        perform admin.refuse('KV004', format('%s: в номере счёта не двадцать цифр', p_title), null, 'Перепишите номер из договора счёта');
    elsif v_is_russian and not billing.bank_account_fits(p_value->>'account', p_value->>'bic') then
        perform admin.refuse('KV004', format('%s: счёт не подходит к БИК', p_title), null, 'Проверьте цифры: контрольный ключ счёта не сходится с этим банком');
    end if;
end $$;

-- Whole days, yes and no, percents: a value is what its kind of parameter says (cards_data.parameter_kind).
create function cards.check_parameter_value(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_value numeric := (p_value->>'value')::numeric;
    v_kind record;
begin
    select p.title, k.* into v_kind from cards_data.parameter p join cards_data.parameter_kind k on k.name = p.kind
    where p.id = (p_key->>'parameter_id')::bigint
        and (v_value < k.least or v_value > k.most or v_value <> round(v_value, k.digits));
    if found then
        perform admin.refuse(
            'KV004', format('«%s» не бывает %s: нужно %s', v_kind.title, admin.number_told(v_value), v_kind.told), null, 'Проверьте значение по документу'
        );
    end if;
end $$;

-- Containers are of a house that is charged by them: elsewhere they would change nothing.
create function cards.check_waste_container(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_house bigint := (p_key->>'house_id')::bigint;
    v_service bigint := (p_key->>'service_id')::bigint;
begin
    -- fact_place refuses what cannot be seen
    if p_value is not null and exists (select from cards_data.house where id = v_house) and not exists (
        select from cards_data.house_plan l
        where l.house_id = v_house and l.service_id = v_service and l.retracted is null and not l.void
            and l.valid_from <= p_day and l.valid_to > p_day and l.method in ('containers_persons', 'containers_area')
    ) then
        perform admin.refuse(
            'KV004', format(
                'Контейнеры для отходов: «%s» в доме на %s не начисляется по контейнерам',
                coalesce((select name from cards_data.service where id = v_service), v_service::text), to_char(p_day, 'DD.MM.YYYY')
            ),
            null, 'Проверьте услугу и день; способ дому задают на экране 262'
        );
    end if;
end $$;

-- Who is paid must have an account to be paid to: a bill for the others has no payment code.
create function cards.check_contract_payee(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_name text;
begin
    select o.name into v_name from cards_data.organisation o
    where o.id = (p_value->>'payee_id')::bigint and not cards.is_organisation(o.id);
    if found then
        perform admin.refuse('KV004', format('Получатель платы по договору: организация «%s» отменена', v_name), null, 'Организации — на экране 540');
    end if;
    select o.name into v_name from cards_data.organisation o
    where o.id = (p_value->>'payee_id')::bigint and not exists (
        select from cards_data.settlement_account b
        where b.organisation_id = o.id and b.retracted is null and not b.void and b.valid_from <= p_day and b.valid_to > p_day
    );
    if found then
        perform admin.refuse(
            'KV004', format('Получатель платы по договору: у организации «%s» на %s нет банковских реквизитов', v_name, to_char(p_day, 'DD.MM.YYYY')),
            null, 'Сначала внесите реквизиты: экран 547'
        );
    end if;
end $$;

-- A number that only one method charges is of an account that is charged by it on that day: elsewhere it would change nothing.
create function cards.need_charged(p_key jsonb, p_day date, p_method text, p_where text) returns void language plpgsql stable
as $$
declare
    v_account bigint := (p_key->>'account_id')::bigint;
    v_service bigint := (p_key->>'service_id')::bigint;
begin
    perform cards.need_open(v_account, p_day, p_where);
    -- fact_place refuses what cannot be seen
    if exists (select from cards_data.account where id = v_account) and cards.method_on(v_account, v_service, p_day) is distinct from p_method then
        perform admin.refuse(
            'KV004', format(
                '%s: «%s» на %s не начисляется по способу «%s»', p_where, (select name from cards_data.service where id = v_service),
                to_char(p_day, 'DD.MM.YYYY'), case p_method when 'ready' then 'готовое' else 'количество' end
            ),
            null, 'Проверьте услугу и день; способ задают на экране 266'
        );
    end if;
end $$;

-- How a service is charged to an account on a day: by its own plan, else by that of the house; null where it is not.
create function cards.method_on(p_account bigint, p_service bigint, p_day date) returns text language sql stable
as $$
    select case when o.id is null then h.method else o.method end
    from cards_data.account a
    join cards_data.premises p on p.id = a.premises_id
    left join cards_data.account_plan o on o.account_id = a.id and o.service_id = p_service and o.retracted is null and not o.void
        and o.valid_from <= p_day and o.valid_to > p_day
    left join cards_data.house_plan h on h.house_id = p.house_id and h.service_id = p_service and h.retracted is null and not h.void
        and h.valid_from <= p_day and h.valid_to > p_day
    where a.id = p_account
$$;

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

-- The value of a parameter on a day; null where it has none.
create function cards.parameter_on(p_code text, p_day date) returns numeric language sql stable
as $$
    select f.value from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
    where p.code = p_code and f.retracted is null and not f.void and f.valid_from <= p_day and f.valid_to > p_day
$$;

-- The account or house an operation names, if the operator sees it.
create function cards.need_account(p_args jsonb, p_where text) returns cards_data.account language plpgsql stable
as $$
declare
    v_account cards_data.account;
begin
    select * into v_account from cards_data.account where id = admin.need_number(p_args, 'account_id', p_where);
    if not found then
        perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('account')), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    return v_account;
end $$;

create function cards.need_house(p_args jsonb, p_name text, p_where text) returns cards_data.house language plpgsql stable
as $$
declare
    v_house cards_data.house;
begin
    select * into v_house from cards_data.house where id = admin.need_number(p_args, p_name, p_where);
    if not found then
        perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('house')), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    return v_house;
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
