-- Row-level security of every private table, by one procedure, and its grants to the roles that work with it.

-- What the schema knows of itself is common to all; what belongs to a house carries a scope.
do $$
declare
    v_table regclass;
begin
    for v_table in select admin_data.private_tables() loop
        call admin.protect(v_table);
    end loop;
end $$;
