-- Row-level security of every private table, by one procedure, and its grants to the roles that work with it.

-- What the schema knows of itself is common to all; what belongs to a house carries a scope.
do $$
declare
    v_table regclass;
begin
    for v_table in
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname like '%\_data' and c.relkind in ('r', 'p') and not c.relispartition
            -- the detached tables of a run being built take COPY, which row-level security forbids
            and c.relname !~ '^(line|meter_month|house_month|exception)_[0-9]+$'
    loop
        call admin.protect(v_table);
    end loop;
end $$;
