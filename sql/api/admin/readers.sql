-- Readers of facts, generated: <module>.<fact> shows each kind as of a day and as known on a day. One scan with a filter: a join
-- can ask it for the key of a neighbour, which two halves joined by UNION ALL could not be asked for.

do $$
declare
    v_fact admin_data.fact_kind;
    v_columns text;
    v_titles jsonb; -- what its columns are called in the table
begin
    for v_fact in select * from admin_data.fact_kind loop
        select string_agg(format('%I', c), ', ') into v_columns
        from unnest(v_fact.key_columns || v_fact.value_columns) c;
        select jsonb_object_agg(a.attname, col_description(a.attrelid, a.attnum)) into v_titles from pg_attribute a
        where a.attrelid = v_fact.fact_table and a.attnum > 0 and col_description(a.attrelid, a.attnum) is not null;
        execute format(
            'create view %1$I.%2$I as
             select id, %3$s, valid_from, valid_to, asserted, origin from %4$s
             where not void and asserted <= (select admin.known_at()) and (retracted is null or retracted > (select admin.known_at()))
                 and valid_from <= (select admin.as_of()) and valid_to > (select admin.as_of())',
            v_fact.module, v_fact.name, v_columns, v_fact.fact_table
        );
        call admin.describe(
            format('%I.%I', v_fact.module, v_fact.name)::regclass, 'time: both. ' || v_fact.title,
            v_titles
        );
    end loop;
end $$;
