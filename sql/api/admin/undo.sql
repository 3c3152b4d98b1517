-- Undo: per day, not per row. On the days whose live value still has the operation's origin, the value known just before it is
-- put back; days that somebody changed later are listed and left.

create function admin.undo(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_target admin_data.operation;
    v_kind admin_data.operation_kind;
begin
    perform admin.need_only(p_args, '{operation}', p_kind.title);
    select * into v_target from admin_data.operation where id::text = admin.need_text(p_args, 'operation', p_kind.title);
    if not found then
        perform admin.refuse('KV003', format('Операция %s не найдена', p_args->>'operation'), null, 'Номер операции показывает журнал: экран 900 или kvartal journal');
    end if;
    select * into v_kind from admin_data.operation_kind where name = v_target.kind;
    if v_kind.undo = 'never' then
        perform admin.refuse('KV010', format('Операция «%s» не отменяется', v_kind.title), v_kind.undo_reason);
    end if;
    -- Whoever may not do it may not undo it either.
    perform admin.need_right(v_target.kind);
    perform admin.touch('operation', array[v_target.known], (admin.current_operation()).known);
    if v_kind.undo = 'reversal' then
        return finance.reverse_operation(v_target);
    end if;
    return admin.undo_facts(v_target);
end $$;

create function admin.undo_facts(p_target admin_data.operation) returns jsonb language plpgsql
as $$
declare
    v_fact admin_data.fact_kind;
    v_days bigint := 0;
    v_kept jsonb := '[]';
    v_one record;
begin
    perform billing.lock_units(admin.units_touched(p_target.id));
    for v_fact in select * from admin_data.fact_kind order by name loop
        select * into v_one from admin.undo_fact(v_fact, p_target);
        v_days := v_days + v_one.put_back;
        v_kept := v_kept || v_one.kept;
    end loop;
    if v_days = 0 then
        perform admin.refuse(
            'KV010', 'Отменять нечего: операция уже отменена, или всё, что она изменила, изменено позже', admin.kept_told(v_kept)
        );
    end if;
    return jsonb_build_object('put_back', v_days, 'kept', v_kept);
end $$;

-- What later operations hold, in words.
create function admin.kept_told(p_kept jsonb) returns text language sql immutable
as $$
    select string_agg(distinct format('%s с %s: операция %s', k->>'fact', to_char((k->>'from')::date, 'DD.MM.YYYY'), k->>'by'), '; ')
    from jsonb_array_elements(p_kept) k
$$;

-- The units whose facts carry the operation's origin, so that they are locked in order before anything moves.
create function admin.units_touched(p_operation uuid) returns bigint[] language plpgsql stable
as $$
declare
    v_fact admin_data.fact_kind;
    v_units bigint[] := '{}';
    v_more bigint[];
begin
    for v_fact in select * from admin_data.fact_kind loop
        if v_fact.reach = 'city' then
            execute format('select array[0::bigint] from %s where origin = $1 limit 1', v_fact.fact_table) into v_more using p_operation;
        elsif admin.has_unit(v_fact.fact_table) then
            execute format('select array_agg(distinct unit_id) from %s where origin = $1', v_fact.fact_table) into v_more using p_operation;
        else
            v_more := null;
        end if;
        v_units := v_units || coalesce(v_more, '{}');
    end loop;
    return v_units;
end $$;

create function admin.has_unit(p_table regclass) returns boolean language sql stable
as $$ select exists (select from pg_attribute where attrelid = p_table and attname = 'unit_id' and not attisdropped) $$;

-- Undoes one operation in one table of facts. put_back counts timelines pieces; kept names what later operations hold, thing by thing. What
-- the undo itself leaves empty is held by nobody.
create function admin.undo_fact(p_fact admin_data.fact_kind, p_target admin_data.operation, out put_back bigint, out kept jsonb)
language plpgsql
as $$
declare
    v_mine jsonb;
    v_key jsonb;
begin
    put_back := 0;
    kept := '[]';
    for v_mine in execute format(
        'select to_jsonb(f) from %s f where origin = $1 and retracted is null order by id', p_fact.fact_table
    ) using p_target.id
    loop
        select jsonb_object_agg(k, v_mine->k) into v_key from unnest(p_fact.key_columns) k;
        perform admin.put_back(p_fact, p_target, v_key, (v_mine->>'valid_from')::date, (v_mine->>'valid_to')::date);
        put_back := put_back + 1;
    end loop;
    execute format(
        'select coalesce(jsonb_agg(distinct jsonb_build_object(
             ''fact'', $3::text, ''from'', later.valid_from, ''to'', later.valid_to, ''by'', later.origin, ''key'', jsonb_build_object(%3$s))), ''[]'')
         from %1$s mine
         join %1$s later on %2$s and later.retracted is null and later.origin not in (mine.origin, $4) and later.asserted > $2
             and later.valid_from < mine.valid_to and later.valid_to > mine.valid_from
         join admin_data.operation o on o.id = later.origin and o.known > $2
         where mine.origin = $1 and mine.asserted = $2',
        p_fact.fact_table,
        (select string_agg(format('later.%1$I = mine.%1$I', k), ' and ') from unnest(p_fact.key_columns) k),
        (select string_agg(format('%1$L, later.%1$I', k), ', ') from unnest(p_fact.key_columns) k)
    ) into kept using p_target.id, p_target.known, p_fact.title, (admin.current_operation()).id;
end $$;

-- Puts back, on the days of one piece, what was known just before the operation, with the origin it had: a void too belongs to
-- the operation that made it, or the undo of that one would find nothing. Days that had no row at all become void.
create function admin.put_back(p_fact admin_data.fact_kind, p_target admin_data.operation, p_key jsonb, p_from date, p_to date)
returns void language plpgsql
as $$
declare
    v_before record;
    v_value jsonb;
begin
    perform admin.fact_assert(p_fact.name, p_key, p_from, p_to, null);
    for v_before in execute format(
        'select greatest(valid_from, $3) as days_from, least(valid_to, $4) as days_to, origin, to_jsonb(f) as row
         from %s f
         where %s and asserted < $2 and (retracted is null or retracted >= $2)
             and valid_from < $4 and valid_to > $3',
        p_fact.fact_table, admin.same_key(p_fact)
    ) using p_key, p_target.known, p_from, p_to
    loop
        select case when not (v_before.row->>'void')::boolean then coalesce(jsonb_object_agg(c, v_before.row->c), '{}') end
        into v_value from unnest(p_fact.value_columns) c;
        perform admin.fact_assert(p_fact.name, p_key, v_before.days_from, v_before.days_to, v_value, v_before.origin);
    end loop;
    if not p_fact.is_point then
        perform admin.heal(p_fact, p_key, p_from), admin.heal(p_fact, p_key, p_to);
    end if;
end $$;

-- Two pieces that meet on a day and say the same by the same operation are one again: the cut between them was that of what is undone, and
-- whoever reads «с» would read the day of the cut.
create function admin.heal(p_fact admin_data.fact_kind, p_key jsonb, p_day date) returns void language plpgsql
as $$
declare
    v_known bigint := (admin.current_operation()).known;
    v_first jsonb;
    v_next jsonb;
begin
    execute format(
        'with standing as (select f.*, %2$s as fact_value from %1$s f where %3$s and retracted is null and $2 in (valid_from, valid_to))
         select to_jsonb(a) - ''fact_value'', to_jsonb(b) - ''fact_value'' from standing a join standing b
             on b.valid_from = a.valid_to and (b.void, b.origin, b.fact_value) is not distinct from (a.void, a.origin, a.fact_value)',
        p_fact.fact_table, admin.columns_built(p_fact.value_columns), admin.same_key(p_fact)
    ) into v_first, v_next using p_key, p_day;
    if v_first is null then
        return;
    end if;
    perform admin.overtaken(v_known, greatest((v_first->>'asserted')::bigint, (v_next->>'asserted')::bigint));
    execute format('update %s set retracted = $1 where id = any ($2)', p_fact.fact_table)
    using v_known, array[(v_first->>'id')::bigint, (v_next->>'id')::bigint];
    perform admin.fact_insert(p_fact, v_first || jsonb_build_object('valid_to', v_next->'valid_to', 'asserted', v_known));
end $$;
