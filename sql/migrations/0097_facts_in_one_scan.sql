-- A fact is read by one scan of its table, standing rows and past rows together, and a filter tells which were known. Two halves joined
-- by UNION ALL used their own indexes for a key that was given, but a half cannot be asked for the key of a neighbour in a join: a card of
-- a flat read the names of the whole town. So the indexes lose their condition; of past rows there are few.

-- Makes the table of one kind of fact: all have the same shape, constraints and indexes.
-- A row with void = true says "nothing is true on these days": so that every day has an origin and undo can put back.
create or replace procedure admin_data.make_fact(
    p_module text, p_name text, p_title text, p_entity_table regclass, p_entity_column text,
    p_key_columns text[], p_key_definition text, p_value_columns text[], p_value_definition text,
    p_required text[], p_reach text, p_is_point boolean default false
)
language plpgsql
as $$
declare
    v_table text := format('%I.%I', p_module || '_data', p_name);
    v_key text := array_to_string(p_key_columns, ', ');
    v_placed boolean := exists (
        select from pg_attribute where attrelid = p_entity_table and attname = 'scope' and not attisdropped
    );
begin
    execute format(
        'create table %s (
            id bigint primary key default nextval(''admin_data.id_seq''),
            %s%s,
            valid_from date not null,
            valid_to date not null default ''infinity'',
            void boolean not null default false,
            %s,
            asserted bigint not null,
            retracted bigint,
            origin uuid not null references admin_data.operation,
            constraint %I check (valid_from < valid_to),
            constraint %I check (retracted >= asserted)%s
        )',
        v_table,
        case when v_placed then 'unit_id bigint not null, scope int not null, ' else '' end,
        p_key_definition, p_value_definition,
        p_name || '_days', p_name || '_marks',
        case when cardinality(p_required) = 0 then ''
             else format(', constraint %I check (void or num_nulls(%s) = 0)', p_name || '_complete', array_to_string(p_required, ', ')) end
    );
    if p_is_point then
        execute format('create unique index %I on %s (%s, valid_from) where retracted is null', p_name || '_point', v_table, v_key);
    else
        execute format(
            'alter table %s add constraint %I exclude using gist (%s, daterange(valid_from, valid_to) with &&) where (retracted is null)',
            v_table, p_name || '_no_overlap',
            (select string_agg(format('%I with =', k), ', ') from unnest(p_key_columns) k)
        );
    end if;
    execute format('create index %I on %s (%s%s)', p_name || '_key', v_table, v_key, case when p_is_point then ', valid_from' else '' end);
    execute format('create index %I on %s (origin)', p_name || '_origin', v_table);
    if v_placed then
        execute format('create index %I on %s (unit_id)', p_name || '_unit', v_table);
    end if;
    insert into admin_data.fact_kind
    values (p_name, p_module, p_title, v_table::regclass, p_entity_table, p_entity_column, p_key_columns, p_value_columns, p_required, p_is_point, p_reach);
end $$;

do $$
declare
    v_fact admin_data.fact_kind;
    v_index record;
begin
    for v_fact in select * from admin_data.fact_kind loop
        for v_index in
            select i.indexrelid::regclass as name, c.relname, pg_get_expr(i.indpred, i.indrelid) as predicate, pg_get_indexdef(i.indexrelid) as definition
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = v_fact.fact_table and not i.indisunique and not i.indisexclusion
                and pg_get_expr(i.indpred, i.indrelid) in ('(retracted IS NULL)', '(retracted IS NOT NULL)')
        loop
            execute format('drop index %s', v_index.name);
            -- The key's own index is made anew below; of two halves one is left.
            if v_index.predicate = '(retracted IS NULL)' and v_index.relname <> v_fact.name || '_live' then
                execute replace(v_index.definition, ' WHERE (retracted IS NULL)', '');
            end if;
        end loop;
        execute format('create index %I on %s (%s%s)', v_fact.name || '_key', v_fact.fact_table,
            (select string_agg(format('%I', k), ', ') from unnest(v_fact.key_columns) k),
            case when v_fact.is_point then ', valid_from' else '' end);
    end loop;
end $$;
