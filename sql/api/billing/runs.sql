-- Runs, for the worker alone. Owned by the owner of the tables, because only an owner may attach partitions; so each refuses
-- what must not happen to a released month. lock_timeout keeps readers from waiting behind an attach.

-- Makes a run of a month with its detached, unindexed tables, and returns its number.
create function billing.run_start(p_month date, p_job uuid) returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_run int;
    v_table text;
begin
    if (select state from billing_data.month where month = p_month) in ('released', 'sealed') then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(p_month, 'MM.YYYY')));
    end if;
    select id into v_run from billing_data.run where job = p_job and month = p_month and state = 'building';
    if found then
        return v_run; -- resumed
    end if;
    insert into billing_data.run (month, job) values (p_month, p_job) returning id into v_run;
    foreach v_table in array billing_data.run_tables() loop
        -- The check spares the attach its scan, and given now costs none of its own.
        execute format('create table billing_data.%I (like billing_data.%I including defaults, constraint run_is check (run = %s))',
            v_table || '_' || v_run, v_table, v_run);
        execute format('grant select, insert, delete on billing_data.%I to kvartal_worker', v_table || '_' || v_run);
    end loop;
    return v_run;
end $$;

-- Builds the key of one table. Outside the short transaction: readers do not know of it.
-- What is an account's is found by account, what is a house's by its accounts: for millions of rows a second index is a third of the run.
create function billing.run_index(p_run int, p_table text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
set maintenance_work_mem = '256MB' -- a city's key is sorted in memory, or nearly
set default_statistics_target = 20 -- how many accounts and services there are is told by few rows; autovacuum will know more
as $$
declare
    v_table text := p_table || '_' || p_run;
begin
    if to_regclass(format('billing_data.%I', v_table || '_pkey')) is null then
        execute format('alter table billing_data.%1$I add constraint %2$I primary key (%3$s)',
            v_table, v_table || '_pkey', billing.run_key(p_table));
        if p_table in ('meter_month', 'house_month') then
            execute format('create index on billing_data.%I (unit_id)', v_table);
        end if;
    end if;
    -- Who reads a month in its first minute would else plan for an unknown table: autovacuum comes later. Questions are
    -- joined by the columns of the key; sums and quantities are not asked for, and are the dear half of the work.
    execute format('analyze billing_data.%I (%s)', v_table, billing.run_key(p_table));
end $$;

create function billing.run_key(p_table text) returns text language sql immutable
as $$
    select case p_table
        when 'line' then 'run, account_id, service_id, contract_id, component, source_month, cause'
        when 'meter_month' then 'run, meter_id, register, month'
        when 'house_month' then 'run, house_id, service_id, month'
        when 'exception' then 'run, account_id, service_id, number'
        when 'privilege_line' then 'run, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id'
    end
$$;

-- Publishes a run: attach, move the pointer, queue every unit that moved since its batch. One short transaction.
create function billing.run_publish(p_run int) returns bigint language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
as $$
declare
    v_month date := (select month from billing_data.run where id = p_run);
    v_table text;
    v_moved bigint;
begin
    perform pg_advisory_xact_lock_shared(admin.seal_lock());
    if (select state from billing_data.month where month = v_month for update) in ('released', 'sealed') then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(v_month, 'MM.YYYY')));
    end if;
    foreach v_table in array billing_data.run_tables() loop
        execute format('alter table billing_data.%I attach partition billing_data.%I for values in (%s)', v_table, v_table || '_' || p_run, p_run);
    end loop;
    update billing_data.run set state = 'old' where month = v_month and state = 'current';
    update billing_data.run set state = 'current' where id = p_run;
    update billing_data.month set run = p_run, state = 'charged' where month = v_month;
    insert into billing_data.queue (unit_id, priority, known)
    select u.id, 60, u.version
    from billing_data.unit u
    left join billing_data.run_unit r on r.run = p_run and r.unit_id = u.id
    where u.id <> 0 and r.version is distinct from u.version
        and exists (select from cards_data.house h where h.unit_id = u.id);
    get diagnostics v_moved = row_count;
    insert into billing_data.balance_moved (month, unit_id) select distinct v_month, h.unit_id from cards_data.house h;
    return v_moved;
end $$;

-- Drops the runs a newer one replaced, and runs whose job ended without publishing.
create function billing.run_drop_old() returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '200ms' -- a drop shuts readers out, and they would queue behind it; a later run tries again
as $$
declare
    v_run int;
    v_table text;
    v_count int := 0;
begin
    for v_run in
        select r.id from billing_data.run r left join admin_data.job j on j.id = r.job
        where r.state = 'old' or (r.state = 'building' and j.state in ('failed', 'cancelled'))
    loop
        foreach v_table in array billing_data.run_tables() loop
            execute format('drop table if exists billing_data.%I', v_table || '_' || v_run);
        end loop;
        delete from billing_data.run where id = v_run;
        v_count := v_count + 1;
    end loop;
    return v_count;
end $$;
