-- Two operators on one card: whoever comes second changes nothing they have not seen.

-- What a form was opened with: everything committed by now, as a mark that operations carry back in their argument `seen`. Marks of the
-- journal would not do: an operation that is under way has a smaller one than others that are visible already.
create view admin.seen as select pg_current_snapshot()::text as mark;
call admin.describe('admin.seen', 'time: none. Что показано', '{"mark": "Отметка показанного"}');

-- Refuses to replace a value that the form did not show. Days nobody else touched, and values that are the same again, are let pass.
create function admin.need_seen(p_fact admin_data.fact_kind, p_same_key text, p_stands jsonb) returns void language plpgsql
as $$
declare
    v_seen pg_snapshot := nullif(current_setting('kvartal.seen', true), '')::pg_snapshot;
    v_by admin_data.operation;
    v_was jsonb;
begin
    select * into v_by from admin_data.operation where known = (p_stands->>'asserted')::bigint;
    if v_seen is null or pg_visible_in_snapshot(v_by.tx, v_seen) or v_by.tx = pg_current_xact_id() then
        return;
    end if;
    execute format(
        'select to_jsonb(f) from %s f join admin_data.operation o on o.known = f.asserted left join admin_data.operation r on r.known = f.retracted
         where %s and f.valid_from < $3 and f.valid_to > $2
             and pg_visible_in_snapshot(o.tx, $4) and (r.tx is null or not pg_visible_in_snapshot(r.tx, $4))
         order by f.valid_from desc limit 1',
        p_fact.fact_table, p_same_key
    ) into v_was using p_stands, (p_stands->>'valid_from')::date, (p_stands->>'valid_to')::date, v_seen;
    if admin.values_of(p_fact, v_was) is distinct from admin.values_of(p_fact, p_stands) then
        perform admin.refuse(
            'KV005',
            format('Пока экран был открыт, другие изменили то же. %s: %s (%s, %s)', p_fact.title,
                admin.change_told(p_fact, admin.values_of(p_fact, v_was), admin.values_of(p_fact, p_stands)),
                coalesce((select full_name from admin_data.operator where login = v_by.operator), v_by.operator),
                to_char(v_by.at, 'DD.MM.YYYY HH24:MI')),
            null, 'Набранное осталось: F5 покажет, что стоит теперь; проверьте и запишите снова'
        );
    end if;
end $$;

-- The values of a row, or nothing where it says that nothing is true.
create function admin.values_of(p_fact admin_data.fact_kind, p_row jsonb) returns jsonb language sql immutable
as $$
    select jsonb_object_agg(c, p_row->c) from unnest(p_fact.value_columns) c where not (p_row->>'void')::boolean
$$;
