-- The door: every change by anybody is one operation, and all pass here.

-- Makes one change and writes it into the journal. A repeat of the same id by the same operator with the same arguments is
-- harmless and answers as the first call did. Where a preview of this id was shown, its units must not have moved since.
create function admin.operate(p_id uuid, p_kind text, p_args jsonb, p_ground text default null)
returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_told admin.told;
begin
    for v_try in 1..10 loop
        begin
            return admin.perform(p_id, p_kind, p_args, p_ground);
        exception
            -- Overtaken (admin.overtaken), or somebody asserted the same days meanwhile: rolled back to here and done again, with a
            -- mark of its own turn and the other's facts in sight.
            when sqlstate 'KV999' or exclusion_violation then
                null;
            -- Nonsense in the arguments that no handler foresaw: one sentence for all of it, never the server's own words.
            when data_exception or integrity_constraint_violation then
                get stacked diagnostics
                    v_told.state = returned_sqlstate, v_told.message = message_text, v_told.of_schema = schema_name,
                    v_told.of_table = table_name, v_told.of_column = column_name, v_told.of_constraint = constraint_name;
                perform admin.refuse_nonsense(p_kind, v_told);
        end;
    end loop;
    perform admin.refuse('KV005', 'Те же сведения одновременно изменяют другие операторы', null, 'Повторите; если не помогает, обратитесь к администратору');
    return null;
end $$;

-- An operation draws its mark before it waits for its houses, so one with a later mark may get there first. Going on would retract
-- facts before they were asserted and leave the version of the house where it was: the operation begins again.
create function admin.overtaken(p_known bigint, p_by bigint) returns void language plpgsql
as $$
begin
    if p_by > p_known then
        raise exception using errcode = 'KV999', message = 'Другая операция опередила эту';
    end if;
end $$;

create function admin.perform(p_id uuid, p_kind text, p_args jsonb, p_ground text) returns jsonb language plpgsql
as $$
declare
    v_kind admin_data.operation_kind := admin.need_request(p_id, p_kind, p_args);
    v_digest bytea := admin.operation_digest(p_kind, p_args, p_ground);
    v_known bigint;
    v_result jsonb;
begin
    if v_kind.ground = 'must' and coalesce(btrim(p_ground), '') = '' then
        perform admin.refuse('KV004', format('Операция «%s» требует основания', v_kind.title), null, 'Укажите документ или заявление');
    end if;
    -- The mark is drawn under the lock, so that none drawn before a seal can commit after its snapshot.
    if v_kind.exclusive then
        perform pg_advisory_xact_lock(admin.seal_lock());
    else
        perform pg_advisory_xact_lock_shared(admin.seal_lock());
    end if;
    v_known := nextval('admin_data.known_seq');
    insert into admin_data.operation (id, known, kind, operator, subject, ground, digest)
    values (p_id, v_known, p_kind, admin.operator(), p_args->>'subject', p_ground, v_digest)
    on conflict (id) do nothing;
    if not found then
        return admin.repeated(p_id, v_digest);
    end if;
    insert into admin_data.operation_args (operation, args) values (p_id, p_args - 'seen');
    perform set_config('kvartal.operation', p_id::text, true), set_config('kvartal.scopes', '{}', true),
        set_config('kvartal.seen', coalesce(p_args->>'seen', ''), true), set_config('kvartal.whole', '', true),
        set_config('kvartal.twice', coalesce(p_args->>'twice', ''), true);
    perform admin.check_shown(p_id, v_digest, admin.changes_rules(v_kind, p_args));
    execute format('select %s($1, $2)', coalesce(v_kind.handler, 'admin.assert_facts'))
        into v_result using v_kind, p_args - '{subject,seen,twice}'::text[];
    perform admin.look_at_wholes();
    v_result := coalesce(v_result, '{}') || jsonb_build_object('operation', p_id, 'known', v_known)
        -- who did it need not be asked for the ground of an undo that never comes
        || case when v_kind.undo = 'never' then jsonb_build_object('never_undone', v_kind.undo_reason) else '{}' end;
    update admin_data.operation_args set result = v_result, scopes = current_setting('kvartal.scopes')::int[] where operation = p_id;
    perform set_config('kvartal.operation', '', true), set_config('kvartal.seen', '', true), set_config('kvartal.twice', '', true);
    perform pg_notify('kvartal', 'journal ' || p_id || ' ' || v_known);
    perform admin.announce_subjects(v_known);
    return v_result;
end $$;

-- The kind of a request that is whole and allowed.
create function admin.need_request(p_id uuid, p_kind text, p_args jsonb) returns admin_data.operation_kind language plpgsql stable
as $$
declare
    v_kind admin_data.operation_kind := admin.need_right(p_kind);
begin
    if p_id is null or jsonb_typeof(p_args) is distinct from 'object' then
        perform admin.refuse('KV004', format('Операция «%s»: нет номера или сведений', v_kind.title), null, 'Сведения записываются набором: {"имя": значение, …}');
    end if;
    return v_kind;
end $$;

-- Held shared by every operation, exclusively by release and seal.
create function admin.seal_lock() returns bigint language sql immutable as $$ select 4711::bigint $$;

create function admin.operation_digest(p_kind text, p_args jsonb, p_ground text) returns bytea language sql immutable
as $$ select sha256(convert_to(p_kind || chr(10) || p_args::text || chr(10) || coalesce(p_ground, ''), 'UTF8')) $$;

-- The answer to a repeated id.
create function admin.repeated(p_id uuid, p_digest bytea) returns jsonb language plpgsql stable
as $$
declare
    v_operation admin_data.operation;
begin
    select * into v_operation from admin_data.operation where id = p_id;
    if v_operation.operator <> admin.operator() or v_operation.digest <> p_digest then
        perform admin.refuse('KV002', 'Операция с этим номером уже записана с другим содержанием', null, 'Повторите действие с новым номером');
    end if;
    return (select result || '{"repeated": true}' from admin_data.operation_args where operation = p_id);
end $$;

-- The kind, if the operator may: rights are memberships in group roles.
create function admin.need_right(p_kind text) returns admin_data.operation_kind language plpgsql stable
as $$
declare
    v_kind admin_data.operation_kind;
begin
    select * into v_kind from admin_data.operation_kind where name = p_kind;
    if not found then
        perform admin.refuse('KV004', format('Нет операции «%s»', p_kind), null, 'Список операций: kvartal op --list');
    end if;
    if (admin.need_operator()).must_change_password then
        perform admin.refuse('KV001', 'Сначала смените пароль, выданный администратором', null, 'Войдите в рабочее место: оно спросит новый пароль');
    end if;
    if not exists (
        select from admin_data.operation_grant g
        where g.kind = p_kind and pg_has_role(admin.operator(), g.role, 'member')
    ) then
        perform admin.refuse('KV001', format('Нет права на операцию «%s»', v_kind.title), null, 'Право даёт администратор');
    end if;
    return v_kind;
end $$;

-- What was shown must still be true: the units of the preview are locked in the order of their ids and must have the versions
-- the difference was computed from. Unit 0, the rules common to all, comes first as everywhere: two houses may be changed at once
-- and only share it; a change of the rules takes it whole, for two that share it and then both want it would wait for ever.
create function admin.check_shown(p_id uuid, p_digest bytea, p_changes_rules boolean) returns void language plpgsql
as $$
declare
    v_preview admin_data.preview;
    v_moved bigint;
begin
    select * into v_preview from admin_data.preview where id = p_id and operator = admin.operator();
    if not found or v_preview.state <> 'shown' or admin.is_preview() then
        return;
    end if;
    if v_preview.digest <> p_digest then
        perform admin.refuse('KV005', 'Показано было другое изменение', null, 'Посмотрите разницу ещё раз');
    end if;
    if p_changes_rules then
        perform billing.lock_units('{0}');
    else
        perform from billing_data.unit where id = 0 for share;
    end if;
    perform billing.lock_units(array(select k::bigint from jsonb_object_keys(v_preview.versions) k where k <> '0'));
    select count(*) into v_moved
    from jsonb_each_text(v_preview.versions) shown
    join billing_data.unit u on u.id = shown.key::bigint
    where u.version <> shown.value::bigint;
    if v_moved > 0 then
        perform admin.refuse(
            'KV005', 'Пока вы смотрели разницу, данные изменил другой оператор',
            format('Изменилось домов: %s', v_moved), 'Посмотрите разницу ещё раз'
        );
    end if;
end $$;

-- Whether an operation changes rules common to all: tariffs, norms, parameters, or the undo of such a change.
create function admin.changes_rules(p_kind admin_data.operation_kind, p_args jsonb) returns boolean language sql stable
as $$
    select exists (
        select from admin_data.operation_kind k
        join admin_data.fact_kind f on f.name = k.fact and f.reach = 'city'
        where k.name in (
            p_kind.name,
            (select o.kind from admin_data.operation o where p_kind.name = 'admin.undo' and o.id::text = p_args->>'operation')
        )
    )
$$;

-- True in the transaction the worker will roll back.
create function admin.is_preview() returns boolean language sql stable
as $$ select session_user = 'kvartal_worker' and coalesce(current_setting('kvartal.preview', true), '') = 'on' $$;

-- The generic handler: a list of facts of the kind's own table. Arguments: {"facts": [{key…, "from", "to"?, value…}]};
-- a fact with "void": true says that nothing is true on those days.
create function admin.assert_facts(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_fact admin_data.fact_kind := admin.need_fact_kind(p_kind.fact);
    v_row jsonb;
    v_count int := 0;
begin
    perform admin.need_only(p_args, '{facts}', p_kind.title);
    perform billing.lock_units(admin.units_of(v_fact, admin.need_list(p_args, 'facts', p_kind.title)));
    for v_row in select value from jsonb_array_elements(p_args->'facts') loop
        perform admin.assert_fact_row(v_fact, v_row);
        v_count := v_count + 1;
    end loop;
    return jsonb_build_object('facts', v_count);
end $$;

-- Checks one row of arguments and asserts it.
create function admin.assert_fact_row(p_fact admin_data.fact_kind, p_row jsonb) returns void language plpgsql
as $$
declare
    v_from date;
    v_to date;
    v_void boolean := coalesce((p_row->>'void')::boolean, false);
    v_missing text;
    v_key jsonb;
    v_value jsonb;
begin
    perform admin.need_only(
        p_row,
        p_fact.key_columns::text[] || p_fact.value_columns::text[] || case when p_fact.is_point then '{day,void}'::text[] else '{from,to,void}' end,
        p_fact.title
    );
    v_from := admin.need_date(p_row, case when p_fact.is_point then 'day' else 'from' end, p_fact.title);
    v_to := case when p_fact.is_point then v_from + 1 else admin.need_end(p_row, p_fact.title) end;
    select jsonb_object_agg(k, p_row->k) into v_key from unnest(p_fact.key_columns) k where p_row->k is not null;
    v_key := admin.default_keys(p_fact) || coalesce(v_key, '{}');
    -- In the words of the books: a column's name says nothing to who filled in a form.
    select string_agg(format('«%s»', admin.column_told(p_fact.fact_table, k)), ', ') into v_missing
    from (
        select k from unnest(p_fact.key_columns) k where v_key->>k is null
        union all
        select r from unnest(p_fact.required_columns) r where not v_void and p_row->>r is null
    ) missing(k);
    if v_missing is not null then
        perform admin.refuse('KV004', format('%s: не указано %s', p_fact.title, v_missing));
    end if;
    if not v_void then
        select coalesce(jsonb_object_agg(c, p_row->c), '{}') into v_value from unnest(p_fact.value_columns) c where p_row ? c;
    end if;
    -- The check of a kind comes first: it says better than the general sentence why nothing ends.
    perform admin.check_fact(p_fact, v_key, v_from, v_value);
    if v_void then
        perform admin.need_true(p_fact, v_key, v_from);
    elsif p_fact.name <> 'account_open' then
        perform cards.need_kept(cards.kept_since(p_fact, v_key), v_from, p_fact.title);
    end if;
    perform admin.fact_assert(p_fact.name, v_key, v_from, v_to, v_value);
end $$;

-- Key columns that have a default in the table (part 0, register 1).
create function admin.default_keys(p_fact admin_data.fact_kind) returns jsonb language sql stable
as $$
    select coalesce(jsonb_object_agg(a.attname, trim(both '''' from split_part(pg_get_expr(d.adbin, d.adrelid), '::', 1))), '{}')
    from pg_attribute a
    join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = p_fact.fact_table and a.attname = any (p_fact.key_columns)
$$;

-- Checks of one kind live in <module>.check_<fact>(key, day, value), if there is such a function.
create function admin.check_fact(p_fact admin_data.fact_kind, p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql
as $$
begin
    if to_regprocedure(format('%I.%I(jsonb, date, jsonb)', p_fact.module, 'check_' || p_fact.name)) is not null then
        execute format('select %I.%I($1, $2, $3)', p_fact.module, 'check_' || p_fact.name) using p_key, p_day, p_value;
    end if;
end $$;

-- Units of the things a list of facts speaks of.
create function admin.units_of(p_fact admin_data.fact_kind, p_rows jsonb) returns bigint[] language plpgsql stable
as $$
declare
    v_units bigint[];
begin
    if p_fact.reach in ('city', 'none') then
        return case when p_fact.reach = 'city' then '{0}'::bigint[] else '{}'::bigint[] end;
    end if;
    -- An array, because of a set of rows the server expects a hundred, and would read the table of the town.
    execute format(
        'select array_agg(distinct unit_id) from %s where id = any (array(select (r->>%L)::bigint from jsonb_array_elements($1) r))',
        p_fact.entity_table, p_fact.entity_column
    ) into v_units using p_rows;
    return coalesce(v_units, '{}');
end $$;
