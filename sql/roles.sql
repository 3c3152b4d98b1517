-- Group roles of the cluster. Safe to run again; runs once a cluster, before any database exists.
-- None of them can log in; people are logins `kv_…` made by admin.user_add, the worker is the login `kvartal_worker`.
do $$
declare
    v_role text;
begin
    foreach v_role in array array[
        'kvartal_owner',       -- owns the tables; migrations run as it
        'kvartal_api',         -- owns views and functions; bound by row-level security like everybody
        'kvartal_finder',      -- owns searches: sees every row, filters by the operator's keys itself
        'kvartal_user_admin',  -- owns the functions that make logins
        'kvartal_operator',    -- every operator: may open the workstation
        'kvartal_passport',    -- passport clerk
        'kvartal_accountant',  -- accountant
        'kvartal_cashier',     -- cashier
        'kvartal_dispatcher',  -- dispatcher
        'kvartal_debt',        -- debt officer
        'kvartal_centre',      -- operator of the centre: runs and releases months
        'kvartal_admin'        -- administrator: rights, servers, parameters
    ] loop
        if not exists (select from pg_roles where rolname = v_role) then
            execute format('create role %I nologin', v_role);
        end if;
    end loop;

    -- The worker logs in (its password is set by setup), owns nothing and may act as any operator.
    if not exists (select from pg_roles where rolname = 'kvartal_worker') then
        create role kvartal_worker login noinherit;
    end if;

    -- A session taken over is ended from outside; the function that does it ends connections of its own login only.
    grant pg_signal_backend, pg_read_all_stats to kvartal_user_admin;

    -- Only this role, which nobody can log in as, may make logins (a login role with CREATEROLE can make itself a shell on 15).
    alter role kvartal_user_admin createrole;

    grant kvartal_api, kvartal_finder, kvartal_user_admin to kvartal_owner;
    foreach v_role in array array[
        'kvartal_operator', 'kvartal_passport', 'kvartal_accountant', 'kvartal_cashier',
        'kvartal_dispatcher', 'kvartal_debt', 'kvartal_centre', 'kvartal_admin'
    ] loop
        execute format('grant %I to kvartal_user_admin with admin option', v_role);
        if v_role <> 'kvartal_operator' then
            execute format('grant kvartal_operator to %I', v_role);
        end if;
    end loop;
    grant kvartal_worker to kvartal_owner;
end $$;
