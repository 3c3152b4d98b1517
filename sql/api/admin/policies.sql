-- Row-level security of every private table, by one procedure, and its grants to the roles that work with it.

-- Tables operations write rows of houses to note whose they are; amounts and quantities of runs are the worker's.
do $$
declare
    v_table regclass;
begin
    for v_table in
        select t from admin_data.private_tables() t
        where exists (select from pg_attribute where attrelid = t and attname = 'scope' and not attisdropped)
            and t <> all (array(select 'billing_data.' || r from unnest(billing_data.run_tables() || '{balance,penalty}'::text[]) r)::regclass[])
            and t not in (
                'cards_data.search_entry'::regclass, 'finance_data.to_split'::regclass, 'billing_data.run_total'::regclass,
                'billing_data.print_bundle_done'::regclass, 'analytics_data.what_if_house'::regclass, 'analytics_data.what_if_bill'::regclass,
                'billing_data.control_total'::regclass, 'billing_data.control_finding'::regclass, 'billing_data.house_sum'::regclass,
                'billing_data.house_summed'::regclass
            )
    loop
        execute format('create trigger note_scopes after insert on %s referencing new table as written for each statement execute function admin.note_scopes()', v_table);
    end loop;
end $$;

-- What the schema knows of itself is common to all; what belongs to a house carries a scope.
do $$
declare
    v_table regclass;
begin
    for v_table in select admin_data.private_tables() loop
        call admin.protect(v_table);
    end loop;
end $$;
