-- Who is asking, what they may see, how the program refuses.


-- A sum as operators read it: `1 333,26`. For sentences; what is shown is formatted by whoever shows it.
create function admin.sum_told(p_sum numeric) returns text language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select replace(replace(to_char(p_sum, 'FM999,999,999,999,990.00'), ',', ' '), '.', ',') $$;

-- Any other number as operators read it: `1 304,75`, thousands apart, no zeros behind. What no column holds stays as it came, with its comma.
create function admin.number_told(p_number numeric) returns text language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when abs(p_number) >= 1e18 then replace(p_number::text, '.', ',')
        else case when p_number < 0 then '-' else '' end
            || replace(to_char(trunc(abs(p_number)), 'FM999,999,999,999,999,990'), ',', ' ')
            || coalesce(',' || nullif(split_part(trim_scale(abs(p_number))::text, '.', 2), ''), '')
    end
$$;

-- Refuses with a sentence. Codes of class KV are the program's own (docs/errors.md).
create function admin.refuse(p_code text, p_message text, p_detail text default null, p_hint text default null)
returns void language plpgsql
as $$
begin
    raise exception using
        errcode = p_code, message = p_message,
        detail = coalesce(p_detail, ''), hint = coalesce(p_hint, '');
end $$;

-- The operator on whose behalf the session acts: the login itself, except for the worker, which names one for the transaction. Bound to
-- what it names when it is made and with no setting of its own, it becomes part of whatever asks it: conditions ask it of every row.
create function admin.operator() returns name language sql stable
return case
    when session_user <> 'kvartal_worker' then session_user
    else nullif(current_setting('kvartal.operator', true), '')::name
end;

-- The scopes the operator may see. A policy calls it once a statement, never once a row. In this language, because a session plans it
-- once and not for every statement.
create function admin.my_keys() returns int[] language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(distinct s.id), '{}')
        from admin_data.operator_scope o
        join admin_data.operator p on p.login = o.login and p.active
        join admin_data.scope s
            on (o.company_id is null or o.company_id = s.company_id)
            and (o.district_id is null or o.district_id = s.district_id)
        where o.login = admin.operator()
    );
end $$;

-- Whether the operator sees every house.
create function admin.sees_everybody() returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select not exists (select from admin_data.scope where id <> all (admin.my_keys())) $$;

-- The two dates of the date line. Without a setting: today, and everything known.
create function admin.as_of() returns date language sql stable
set search_path = pg_catalog, pg_temp
as $$ select coalesce(nullif(current_setting('kvartal.as_of', true), '')::date, current_date) $$;

create function admin.known_at() returns bigint language sql stable
set search_path = pg_catalog, pg_temp
as $$ select coalesce(nullif(current_setting('kvartal.known_at', true), '')::bigint, 9223372036854775807) $$;

-- The mark of the last operation of a day: what "as known on this day" means. Without a day none.
create function admin.known_on(p_day date) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    -- Marks and moments grow together but for what ran side by side: the latest few hundred moments hold the latest mark.
    select coalesce((
        select max(o.known) from (select known from admin_data.operation where at < p_day + 1 order by at desc limit 500) o
    ), 0)
    where p_day is not null
$$;

-- Whether a version of a fact stood at the mark of the date line; what tells of other days than that of the line reads by it.
create function admin.was_known(p_asserted bigint, p_retracted bigint) returns boolean language sql stable
as $$ select p_asserted <= admin.known_at() and (p_retracted is null or p_retracted > admin.known_at()) $$;

-- Protects a table: row-level security, forced, with policies of one form on the table's own column.
-- With a scope column operators see their keys; without one the table is common to all.
create procedure admin.protect(p_table regclass) language plpgsql
as $$
declare
    v_policy text;
    v_scoped boolean := exists (
        select from pg_attribute where attrelid = p_table and attname = 'scope' and not attisdropped
    );
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('alter table %s force row level security', p_table);
    for v_policy in select polname from pg_policy where polrelid = p_table loop
        execute format('drop policy %I on %s', v_policy, p_table);
    end loop;
    execute format('create policy worker on %s to kvartal_worker using (true) with check (true)', p_table);
    execute format('create policy finder on %s for select to kvartal_finder using (true)', p_table);
    execute format('create policy owner on %s to kvartal_owner using (true) with check (true)', p_table);
    if v_scoped then
        execute format(
            'create policy operator on %1$s to kvartal_api
                 using (scope = any ((select admin.my_keys())::int[]))
                 with check (scope = any ((select admin.my_keys())::int[]))',
            p_table
        );
    else
        execute format('create policy operator on %s to kvartal_api using (true) with check (true)', p_table);
    end if;
end $$;
