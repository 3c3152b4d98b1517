-- Arguments of operations: what is missing or misspelt is told in one sentence.

-- Refuses arguments nobody asked for: a misspelt name must not silently do nothing.
create function admin.need_only(p_args jsonb, p_allowed text[], p_where text) returns void language plpgsql immutable
as $$
declare
    v_unknown text;
begin
    select string_agg(format('«%s»', k), ', ') into v_unknown
    from jsonb_object_keys(p_args) k where k <> all (p_allowed);
    if v_unknown is not null then
        perform admin.refuse(
            'KV004', format('%s: лишние сведения %s', p_where, v_unknown), null, 'Допустимы: ' || array_to_string(p_allowed, ', ')
        );
    end if;
end $$;

-- A list of at least one set of arguments.
create function admin.need_list(p_args jsonb, p_name text, p_where text) returns jsonb language plpgsql immutable
as $$
begin
    if jsonb_typeof(p_args->p_name) is distinct from 'array' or jsonb_array_length(p_args->p_name) = 0 then
        perform admin.refuse('KV004', format('%s: нет списка «%s»', p_where, p_name));
    end if;
    if exists (select from jsonb_array_elements(p_args->p_name) e where jsonb_typeof(e) <> 'object') then
        perform admin.refuse('KV004', format('%s: в списке «%s» не набор сведений', p_where, p_name), null, 'Каждая строка списка — набор {"имя": значение, …}');
    end if;
    return p_args->p_name;
end $$;

-- A day. The server itself would also take «today» or «infinity», which say something else tomorrow or nothing at all.
create function admin.need_date(p_args jsonb, p_name text, p_where text) returns date language plpgsql immutable
as $$
declare
    v_day date;
begin
    if p_args->>p_name is null then
        perform admin.refuse('KV004', format('%s: не указана дата «%s»', p_where, p_name));
    end if;
    if p_args->>p_name ~ '^\d{4}-\d{2}-\d{2}$' then
        v_day := (p_args->>p_name)::date;
    end if;
    if v_day is null or v_day not between date '1850-01-01' and date '2199-12-31' then
        perform admin.refuse('KV004', format('%s: «%s» — не дата', p_where, p_args->>p_name), null, 'Дата пишется так: 2026-09-30');
    end if;
    return v_day;
exception
    when invalid_datetime_format or datetime_field_overflow then
        perform admin.refuse('KV004', format('%s: «%s» — не дата', p_where, p_args->>p_name), null, 'Дата пишется так: 2026-09-30');
end $$;

-- The first day when it is no longer so; not told: there is none.
create function admin.need_end(p_args jsonb, p_where text) returns date language sql immutable
as $$ select case when p_args->>'to' is null then 'infinity' else admin.need_date(p_args, 'to', p_where) end $$;

-- A month, as its first day; 2026-09 and 2026-09-01 say the same.
create function admin.need_month(p_args jsonb, p_name text, p_where text) returns date language plpgsql immutable
as $$
begin
    if admin.need_text(p_args, p_name, p_where) !~ '^\d{4}-(0[1-9]|1[0-2])(-01)?$' then
        perform admin.refuse('KV004', format('%s: «%s» — не месяц', p_where, p_args->>p_name), null, 'Месяц пишется так: 2026-09');
    end if;
    return (left(admin.need_text(p_args, p_name, p_where), 7) || '-01')::date;
end $$;

-- What a form calls an argument that it may leave empty; others are told by their own name, to whoever writes them by hand.
create function admin.argument_told(p_name text) returns text language sql immutable
as $$
    select case p_name
        when 'last_name' then 'фамилия' when 'first_name' then 'имя' when 'provider' then 'поставщик' when 'contract' then 'договор' else p_name
    end
$$;

create function admin.need_text(p_args jsonb, p_name text, p_where text) returns text language plpgsql immutable
as $$
begin
    if coalesce(btrim(p_args->>p_name), '') = '' then
        perform admin.refuse('KV004', format('%s: не указано «%s»', p_where, admin.argument_told(p_name)));
    end if;
    return btrim(p_args->>p_name);
end $$;

-- A number, as JSON writes it or as the same in quotes.
create function admin.need_number(p_args jsonb, p_name text, p_where text) returns numeric language plpgsql immutable
as $$
begin
    if not admin.is_number(admin.need_text(p_args, p_name, p_where)) then
        perform admin.refuse('KV004', format('%s: «%s» — не число', p_where, p_args->>p_name));
    end if;
    return (p_args->>p_name)::numeric;
end $$;

-- The server would also take «NaN» for a number, and it compares as greater than every sum.
create function admin.is_number(p_text text) returns boolean language sql immutable
as $$ select p_text ~ '^\s*[-+]?\d{1,200}(\.\d{1,200})?([eE][-+]?\d{1,2})?\s*$' $$;

-- An amount of money: whole kopecks, as much as a ledger holds.
create function admin.need_amount(p_args jsonb, p_name text, p_where text) returns numeric language plpgsql immutable
as $$
declare
    v_amount numeric := admin.need_number(p_args, p_name, p_where);
begin
    if v_amount <> round(v_amount, 2) or abs(v_amount) >= 1000000000000 then
        perform admin.refuse('KV004', format('%s: сумма %s не годится', p_where, admin.number_told(v_amount)), null, 'Сумма пишется в рублях, без долей копейки');
    end if;
    return v_amount;
end $$;
