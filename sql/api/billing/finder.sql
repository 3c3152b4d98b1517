-- What is counted over everybody's rows and tells nothing of anybody.

-- Sheets of a print run before a bundle: pages are numbered through in the order of delivery, whoever looks.
create function billing.sheets_before(p_run uuid, p_place int) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(sheets), 0)::bigint from billing_data.print_bundle_done where print_run_id = p_run and place < p_place
$$;
