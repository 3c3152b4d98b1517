-- Whose houses an operation writes rows of: noted by the tables themselves, so that no handler can forget it.

-- Adds the scopes of the rows just written to those of the operation under way (admin.perform keeps them with its arguments).
create function admin.note_scopes() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    v_noted int[] := nullif(current_setting('kvartal.scopes', true), '')::int[];
    v_more int[] := array(select distinct scope from written);
begin
    if not v_more <@ v_noted then
        perform set_config('kvartal.scopes', array(select distinct unnest(v_noted || v_more) order by 1)::text, true);
    end if;
    return null;
end $$;
