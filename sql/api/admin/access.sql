-- Which role works with which table. Operators get none; what may change is named here one by one.

do $$
declare
    v_schema name;
    v_table regclass;
begin
    for v_schema in select nspname from pg_namespace where nspname like '%\_data' loop
        execute format('revoke all on schema %I from public', v_schema);
        execute format('revoke all on all routines in schema %I from public', v_schema);
        execute format('grant usage on schema %I to kvartal_api, kvartal_finder, kvartal_worker', v_schema);
        execute format('grant usage on all sequences in schema %I to kvartal_api, kvartal_worker', v_schema);
    end loop;
    for v_table in select admin_data.private_tables() loop
        execute format('grant select, insert on %s to kvartal_api', v_table);
        execute format('grant select on %s to kvartal_finder, kvartal_worker', v_table);
    end loop;
end $$;

-- Facts are retracted, never deleted.
do $$
declare
    v_table regclass;
begin
    for v_table in select fact_table from admin_data.fact_kind loop
        execute format('grant update (retracted) on %s to kvartal_api', v_table);
    end loop;
end $$;
grant update on admin_data.operation_args, admin_data.preview, admin_data.job, admin_data.operator, admin_data.operation_kind to kvartal_api;
grant update on admin_data.session, admin_data.operator_setting, admin_data.recent to kvartal_api;
grant update on admin_data.document_kind, admin_data.document_series, admin_data.printer, admin_data.print_order to kvartal_api;
grant delete on admin_data.operation_grant, admin_data.operator_scope, cards_data.search_entry, finance_data.to_split, admin_data.session, admin_data.recent, admin_data.printer_default, exchange_data.brought_file to kvartal_api;
-- What an organisation is called follows from its details.
grant update (name, kinds, tin, kpp, address, origin, first) on cards_data.organisation to kvartal_api;
-- A service that was taken back is begun anew under its code, in its row.
grant update (name, unit, scale, sort, waters, penalty, origin) on cards_data.service to kvartal_api;
grant update (title, origin) on cards_data.tariff, cards_data.norm to kvartal_api;
grant update on billing_data.unit, billing_data.month, billing_data.due, exchange_data.import_file to kvartal_api;

-- The worker: amounts are written by this role alone.
grant insert, delete, update on billing_data.line, billing_data.meter_month, billing_data.house_month, billing_data.exception, billing_data.privilege_line
    to kvartal_worker;
grant insert, delete on billing_data.queue, billing_data.run_batch, billing_data.run_unit to kvartal_worker;
grant insert, update on billing_data.run_total to kvartal_worker;
grant insert, update on billing_data.unit_picture to kvartal_worker;
grant insert, delete on billing_data.house_sum, billing_data.house_summed, billing_data.balance_moved to kvartal_worker;
grant update on billing_data.queue to kvartal_worker; -- to lock its rows; they are never changed
grant insert on billing_data.balance, billing_data.balance_month, billing_data.penalty, billing_data.penalty_month to kvartal_worker;
grant insert on analytics_data.what_if, analytics_data.what_if_part, analytics_data.what_if_house, analytics_data.what_if_decile, analytics_data.what_if_bill
    to kvartal_worker;
grant insert on billing_data.control, billing_data.control_total, billing_data.control_finding, billing_data.control_count to kvartal_worker;
grant delete on billing_data.control_finding to kvartal_worker;
grant update on billing_data.unit, admin_data.preview, admin_data.job, admin_data.print_order to kvartal_worker;
grant insert on billing_data.print_bundle_done to kvartal_worker;
-- Of a month only what it finds in the stone; states are moved by operations.
grant update (sealed_sum, sealed_lines, sealed_hash, engine_version) on billing_data.month to kvartal_worker;
revoke insert, update, delete on billing_data.line, billing_data.meter_month, billing_data.house_month, billing_data.exception, billing_data.privilege_line,
    billing_data.balance, billing_data.balance_month, billing_data.penalty, billing_data.penalty_month, billing_data.run_total from kvartal_api;
revoke insert on billing_data.print_bundle_done from kvartal_api;
revoke insert on billing_data.house_sum, billing_data.house_summed from kvartal_api;
revoke all on billing_data.unit_picture from kvartal_api, kvartal_finder;
revoke insert on analytics_data.what_if, analytics_data.what_if_part, analytics_data.what_if_house, analytics_data.what_if_decile, analytics_data.what_if_bill
    from kvartal_api;
revoke insert on billing_data.control, billing_data.control_kind, billing_data.control_total, billing_data.control_finding, billing_data.control_count
    from kvartal_api;
