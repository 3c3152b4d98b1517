-- The machinery of facts: assert for days, put back by days, and what each change makes due.

-- The operation under way in this very transaction. Nobody but the door can make the row it looks for.
create function admin.current_operation() returns admin_data.operation language plpgsql stable
as $$
declare
    v_operation admin_data.operation;
begin
    select * into v_operation from admin_data.operation
    where id = nullif(current_setting('kvartal.operation', true), '')::uuid and tx = pg_current_xact_id_if_assigned();
    if not found then
        perform admin.refuse('KV008', 'Изменение записывается только операцией', null, 'Вызовите admin.operate');
    end if;
    return v_operation;
end $$;

-- Asserts a value for [p_from, p_to) of one timeline; null says that nothing is true there. What stood before is retracted,
-- its days outside the range are kept with the origin they had.
create function admin.fact_assert(
    p_kind text, p_key jsonb, p_from date, p_to date, p_value jsonb, p_origin uuid default null
) returns void language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_kind admin_data.fact_kind := admin.need_fact_kind(p_kind);
    v_place jsonb := admin.fact_place(v_kind, p_key);
    v_same_key text := admin.same_key(v_kind);
    v_old jsonb;
begin
    if p_from >= p_to then
        perform admin.refuse('KV004', format('%s: начало %s не раньше окончания %s', v_kind.title, to_char(p_from, 'DD.MM.YYYY'), to_char(p_to, 'DD.MM.YYYY')));
    end if;
    perform admin.need_numbers(v_kind, p_value);
    if p_origin is null and p_value is not null then
        -- What is put back was believed before.
        perform admin.judge_fact(v_kind, p_value);
    end if;
    for v_old in execute format(
        'update %s set retracted = greatest($2, asserted) where %s and retracted is null and valid_from < $4 and valid_to > $3 returning to_jsonb(%s)',
        v_kind.fact_table, v_same_key, (select relname from pg_class where oid = v_kind.fact_table)
    ) using p_key, v_operation.known, p_from, p_to
    loop
        perform admin.overtaken(v_operation.known, (v_old->>'asserted')::bigint);
        perform admin.need_seen(v_kind, v_same_key, v_old);
        if (v_old->>'valid_from')::date < p_from then
            perform admin.fact_insert(v_kind, v_old || jsonb_build_object('valid_to', p_from, 'asserted', v_operation.known));
        end if;
        if (v_old->>'valid_to')::date > p_to then
            perform admin.fact_insert(v_kind, v_old || jsonb_build_object('valid_from', p_to, 'asserted', v_operation.known));
        end if;
    end loop;
    perform admin.fact_insert(v_kind, coalesce(p_value, '{}') || p_key || v_place || jsonb_build_object(
        'valid_from', p_from, 'valid_to', p_to, 'void', p_value is null,
        'asserted', v_operation.known, 'origin', coalesce(p_origin, v_operation.id)
    ));
    perform admin.touched(v_kind, p_key || coalesce(p_value, '{}'), v_operation.known);
    perform billing.moved(v_kind, p_key, v_place, p_from, v_operation);
    perform admin.after_fact(v_kind, p_key);
    perform admin.look_at_whole(v_kind, p_key);
end $$;

-- The condition that a row is of the timeline with the key $1.
create function admin.same_key(p_fact admin_data.fact_kind) returns text language sql stable
as $$
    select string_agg(format('%I = ($1->>%L)::%s', a.attname, a.attname, format_type(a.atttypid, a.atttypmod)), ' and ')
    from pg_attribute a where a.attrelid = p_fact.fact_table and a.attname = any (p_fact.key_columns)
$$;

-- Whether anything is true on some of the days of a timeline.
create function admin.is_true(p_fact admin_data.fact_kind, p_key jsonb, p_from date, p_to date) returns boolean language plpgsql stable
as $$
declare
    v_found boolean;
begin
    execute format(
        'select exists (select from %s where %s and retracted is null and not void and valid_from < $3 and valid_to > $2)',
        p_fact.fact_table, admin.same_key(p_fact)
    ) into v_found using p_key, p_from, p_to;
    return v_found;
end $$;

-- What is to be true no longer from a day on must be true on that day: whoever ends nothing meant another day, or another thing.
create function admin.need_true(p_fact admin_data.fact_kind, p_key jsonb, p_day date) returns void language plpgsql stable
as $$
begin
    perform admin.fact_place(p_fact, p_key);
    if not admin.is_true(p_fact, p_key, p_day, p_day + 1) then
        perform admin.refuse(
            'KV004', format('%s: с %s прекращать нечего', p_fact.title, to_char(p_day, 'DD.MM.YYYY')), null,
            'В этот день ничего не записано: проверьте день'
        );
    end if;
end $$;

-- What else must follow a change of one kind lives in <module>.after_<fact>(key), if there is such a function: so that no handler,
-- and no undo, can forget it.
create function admin.after_fact(p_fact admin_data.fact_kind, p_key jsonb) returns void language plpgsql
as $$
begin
    if to_regprocedure(format('%I.%I(jsonb)', p_fact.module, 'after_' || p_fact.name)) is not null then
        execute format('select %I.%I($1)', p_fact.module, 'after_' || p_fact.name) using p_key;
    end if;
end $$;

-- What must hold of all facts of a thing together lives in <module>.whole_<fact>(thing), if there is such a function. It is noted here
-- and looked at once, when the operation is through: on the way it may well not hold.
create function admin.look_at_whole(p_fact admin_data.fact_kind, p_key jsonb) returns void language plpgsql
as $$
declare
    v_call text := format('%I.%I', p_fact.module, 'whole_' || p_fact.name);
    v_noted jsonb := coalesce(nullif(current_setting('kvartal.whole', true), ''), '[]');
    v_one jsonb := jsonb_build_object('call', v_call, 'thing', (p_key->>p_fact.entity_column)::bigint);
begin
    if to_regprocedure(v_call || '(bigint)') is not null and not v_noted @> jsonb_build_array(v_one) then
        perform set_config('kvartal.whole', (v_noted || v_one)::text, true);
    end if;
end $$;

-- Looks at everything noted.
create function admin.look_at_wholes() returns void language plpgsql
as $$
declare
    v_one jsonb;
begin
    for v_one in select value from jsonb_array_elements(nullif(current_setting('kvartal.whole', true), '')::jsonb) loop
        execute format('select %s($1)', v_one->>'call') using (v_one->>'thing')::bigint;
    end loop;
    perform set_config('kvartal.whole', '', true);
end $$;

-- What a kind of fact refuses beyond the types of its columns lives in <module>.judge_<fact>(title, value), if there is such a function.
create function admin.judge_fact(p_fact admin_data.fact_kind, p_value jsonb) returns void language plpgsql
as $$
begin
    if to_regprocedure(format('%I.%I(text,jsonb)', p_fact.module, 'judge_' || p_fact.name)) is not null then
        execute format('select %I.%I($1, $2)', p_fact.module, 'judge_' || p_fact.name) using p_fact.title, p_value;
    end if;
end $$;

-- Whether what is doubtful was typed twice: the operation says so in its argument «twice», and the journal keeps it.
create function admin.is_typed_twice() returns boolean language sql stable
as $$ select coalesce(nullif(current_setting('kvartal.twice', true), '')::boolean, false) $$;

-- Inserts one fact row with a fresh id, standing.
create function admin.fact_insert(p_kind admin_data.fact_kind, p_row jsonb) returns void language plpgsql
as $$
begin
    execute format(
        'insert into %1$s select (jsonb_populate_record(null::%1$s, $1)).*', p_kind.fact_table
    ) using p_row || jsonb_build_object('id', nextval('admin_data.id_seq'), 'retracted', null);
end $$;

-- Columns of numbers take numbers only: see admin.is_number.
create function admin.need_numbers(p_kind admin_data.fact_kind, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_wrong text;
begin
    select format('«%s» — не число (%s)', v.value, admin.column_told(p_kind.fact_table, v.key)) into v_wrong
    from jsonb_each_text(coalesce(p_value, '{}')) v
    join pg_attribute a on a.attrelid = p_kind.fact_table and a.attname = v.key and a.atttypid = 'numeric'::regtype
    where not admin.is_number(v.value)
    limit 1;
    if v_wrong is not null then
        perform admin.refuse('KV004', format('%s: %s', p_kind.title, v_wrong));
    end if;
end $$;

create function admin.need_fact_kind(p_kind text) returns admin_data.fact_kind language plpgsql stable
as $$
declare
    v_kind admin_data.fact_kind;
begin
    select * into v_kind from admin_data.fact_kind where name = p_kind;
    if not found then
        perform admin.refuse('KV004', format('Нет вида сведений «%s»', p_kind));
    end if;
    return v_kind;
end $$;

-- That a thing of a table is not there or not the operator's: which of the two is nobody's to know. Its number is the base's and tells
-- nothing; what it is called is not told to whom it is hidden.
create function admin.unseen(p_table text) returns text language sql immutable
as $$
    select case p_table
        when 'account' then 'лицевой счёт не найден или вам не виден'
        when 'premises' then 'помещение не найдено или вам не видно'
        when 'house' then 'дом не найден или вам не виден'
        when 'meter' then 'прибор не найден или вам не виден'
        when 'person' then 'человек не найден или вам не виден'
        when 'organisation' then 'организация не найдена или вам не видна'
        when 'service' then 'услуга не найдена или вам не видна'
        when 'act' then 'акт не найден или вам не виден'
        else 'запись не найдена или вам не видна'
    end
$$;

-- The unit and scope of the thing a fact is about; refuses what the operator cannot see, for foreign keys would accept it.
create function admin.fact_place(p_kind admin_data.fact_kind, p_key jsonb) returns jsonb language plpgsql stable
as $$
declare
    v_place jsonb;
    v_placed boolean := exists (
        select from pg_attribute where attrelid = p_kind.entity_table and attname = 'scope' and not attisdropped
    );
begin
    execute format(
        'select %s from %s where id = ($1->>%L)::bigint',
        case when v_placed then 'jsonb_build_object(''unit_id'', unit_id, ''scope'', scope)' else '''{}''::jsonb' end,
        p_kind.entity_table, p_kind.entity_column
    ) into v_place using p_key;
    if v_place is null then
        perform admin.refuse(
            'KV003', format('%s: %s', p_kind.title, admin.unseen((select relname from pg_class where oid = p_kind.entity_table))),
            null, 'Проверьте свой участок и откройте карточку заново'
        );
    end if;
    return v_place;
end $$;
