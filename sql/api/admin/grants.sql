-- Who may use what. PUBLIC may nothing; operators get the listed views and functions; the worker gets the tables it works on.

do $$
declare
    v_schema name;
begin
    for v_schema in
        select n.nspname from pg_namespace n where exists (select from pg_namespace d where d.nspname = n.nspname || '_data')
    loop
        execute format('revoke all on all functions in schema %I from public', v_schema);
        execute format('revoke all on all procedures in schema %I from public', v_schema);
        execute format('revoke all on schema %I from public', v_schema);
        execute format('grant usage on schema %I to kvartal_operator, kvartal_worker, kvartal_finder, kvartal_user_admin, kvartal_owner', v_schema);
        execute format('grant execute on all functions in schema %I to kvartal_api, kvartal_owner, kvartal_finder', v_schema);
        execute format('grant select on all tables in schema %I to kvartal_operator', v_schema);
    end loop;
end $$;

-- The worker calls what only the worker may.
grant execute on function
    billing.run_start(date, uuid), billing_data.run_tables(), billing.run_index(int, text), billing.run_publish(int), billing.run_drop_old(),
    billing.sum_houses(int), billing.sum_month(date, bigint[], bigint[]), billing.month_balance(date, bigint[]), admin.seal_lock(), admin.operator(), admin.is_preview(), admin.refuse(text, text, text, text),
    billing.control_make(uuid, date), billing.control_state(date), billing.control_parameter(text, date), billing.bank_account_fits(text, text),
    billing.control_of_totals(uuid, date, int, int), billing.control_of_bills(uuid, date, int, int), billing.control_of_lines(uuid, date, int, int),
    billing.control_of_rules(uuid, date, int), billing.control_of_flats(uuid, date), billing.control_of_meters(uuid, date), billing.control_of_payees(uuid, date, int),
    billing.control_of_kopecks(uuid, date, int, int), billing.control_of_closed(uuid, date, int), billing.control_of_money(uuid, date),
    billing.control_of_payments(uuid, date), billing.control_of_penalties(uuid, date, int), billing.control_of_payers(uuid, date, int),
    billing.control_of_readings(uuid, date, int, int), billing.control_of_growth(uuid, date, int),
    billing.instalment_growth(int, int, bigint), billing.instalment_bound(date), cards.parameter_on(text, date),
    billing.control_counted(uuid, date)
    to kvartal_worker;
-- It makes the files of documents and prints them, in the place of whoever ordered them.
grant execute on function
    admin.document_register(uuid, uuid, text, text, text, bigint, bigint, date, jsonb, bigint[]), admin.document_keep(uuid, text, bytea, text, bytea),
    admin.document_read(uuid, text, text, int, int),
    admin.print_told(admin_data.print_order, admin_data.document, admin_data.printer), admin.printer_media(text)
    to kvartal_worker;
-- And prints months, likewise.
grant execute on function
    billing.house_invoices(bigint[], date, boolean, date), billing.print_run_ties(uuid), billing.print_run_control(uuid), admin.sees_everybody()
    to kvartal_worker;

grant execute on function billing.instalment_parts(numeric, int, numeric), billing.depth_floor(date, bigint),
    billing.beyond_depth_told(bigint, bigint, date, bigint) to kvartal_worker;

grant select on admin.custom_files to kvartal_worker;

-- Operators: the door, its answers, searches.
grant execute on function
    admin.operate(uuid, text, jsonb, text), admin.preview_ask(uuid, text, jsonb, text), admin.preview_result(uuid),
    admin.job_state(uuid), admin.job_cancel(uuid), admin.job_again(uuid), admin.worker_alive(),
    admin.operator(), admin.my_keys(), admin.sees_everybody(), admin.as_of(), admin.known_at(), admin.known_on(date), admin.refuse(text, text, text, text),
    cards.account_by_number(text), cards.search(text, text, int),
    billing.explain_ask(uuid, text, date, date, text), billing.reasons_ask(uuid, bigint, date), billing.penalty_ask(uuid, text, date), billing.account_balance(bigint, date), billing.invoice_data(text, date, boolean, date),
    billing.house_invoices(bigint[], date, boolean, date), billing.debt_invoice(text, date, date),
    billing.house_debt_invoices(bigint, date, date), billing.house_prepayment_invoices(bigint, date, int, date),
    billing.prepayment_invoice(text, date, int, numeric, date),
    exchange.known_files(text[])
    to kvartal_operator;

-- The desk: sessions, lists, cards, and what its views call.
grant execute on function
    admin.session_begin(text, text, text, text), admin.session_rights(), admin.terminal_met(uuid), admin.session_join(uuid), admin.session_keep(uuid, jsonb, text), admin.session_left(uuid, jsonb, text, timestamptz, text, text), admin.session_resume(uuid),
    admin.session_end(uuid), admin.session_take(uuid, uuid), admin.password_changed(text),
    admin.menu(), admin.settings(), admin.setting_put(text, text), admin.settings_put(text, text, text, bigint), admin.recent_put(text, bigint, text), admin.column_titles(),
    admin.journal_list(text, text, text, date, date, jsonb, int), admin.journal_count(text, text, text, date, date),
    admin.journal_of(text, bigint, jsonb, int), admin.journal_of_count(text, bigint),
    admin.document_list(text, text, date, date, jsonb, int), admin.document_count(text, text, date, date), admin.document_by_number(text),
    admin.document_read(uuid, text, text, int, int), admin.document_open(uuid), admin.reads_documents(name[]), admin.document_subject(text, bigint),
    admin.printer_default_put(text, text), admin.print_offer(uuid), admin.print_take(uuid), admin.print_ended(uuid, text, text, text),
    admin.operation_card(uuid), admin.operation_facts(uuid), admin.fact_card(text, bigint), admin.operation_parts(),
    cards.house_premises(bigint, jsonb, int, text, text), cards.house_premises_count(bigint, text, text), cards.tariff_list(),
    cards.premises_choice(text, text),
    cards.house_service_list(bigint, text, text, jsonb, int), cards.house_service_count(bigint, text, text),
    cards.house_service_marked(bigint, text, text), cards.service_switch_head(jsonb),
    cards.street_service_list(bigint, bigint, text, text, jsonb, int), cards.street_service_count(bigint, bigint, text, text),
    cards.street_service_marked(bigint, bigint, text, text), cards.house_plan_chosen(jsonb), cards.account_offer(),
    cards.address_told(text, text, text, text, text, text, text, text),
    billing.released_month(), billing.open_month(), billing.desk_now(), billing.owed(bigint[]),
    billing.month_totals(bigint, jsonb, int), billing.account_month_balance(bigint, date),
    billing.matrix_months(date), billing.service_matrix(bigint, text, date),
    billing.privilege_cost(date), claims.act_effect(bigint),
    billing.depth_list(uuid, jsonb, int),
    billing.balance_providers(date), billing.balance_houses(date, text, text, jsonb, int),
    billing.instalment_choice(bigint), billing.instalment_offers(date, text, text, jsonb, int), billing.instalment_parts(numeric, int, numeric),
    billing.subsidy_month(date, text, text, jsonb, int), billing.subsidy_month_count(date, text, text), billing.subsidy_totals(date),
    billing.penalty_accounts(date, text, text, jsonb, int), billing.penalty_account_count(date, text, text), billing.penalty_totals(date),
    billing.exception_list(date, text, jsonb, int), billing.exception_count(date, text),
    billing.control_list(), billing.control_head(date), billing.control_kinds(date), billing.control_findings(date, text, jsonb, int), billing.control_totals(date, boolean, bigint),
    billing.control_found(uuid, text, bigint), billing.control_closed(text, date, boolean),
    finance.payment_list(bigint, jsonb, int), finance.payment_belief(bigint),
    passport.masked(text), passport.may_see(bigint), passport.card_open(bigint),
    passport.paper_draft(text, bigint, bigint, date, text), billing.invoice_draft(bigint, date, text, numeric),
    exchange.files_known(jsonb), exchange.file_put(jsonb), exchange.file_head(bigint),
    exchange.file_rows(bigint, text, jsonb, int), exchange.file_count(bigint, text),
    meters.verification_until(), meters.verification_list(date, text, text, jsonb, int), meters.verification_count(date, text, text),
    meters.may_be_metered(text), meters.house_choice(text, text, jsonb, int), meters.house_choice_count(text, text),
    meters.route_list(date, jsonb, int), meters.route_sheet(bigint, date), meters.reading_belief(bigint, int), meters.reading_bounds(bigint, int, date),
    billing.sheets_before(uuid, int), billing.print_run_offer(uuid),
    analytics.changes_told(jsonb)
    to kvartal_operator;
grant execute on function admin.my_keys(), admin.operator() to kvartal_worker, kvartal_finder, kvartal_user_admin;
grant execute on function admin.refuse(text, text, text, text), admin.group_roles() to kvartal_user_admin;
revoke execute on function admin.user_make(name, text, name[]), admin.own_password(text), admin.session_kill(uuid, name) from kvartal_finder;
grant execute on function admin.user_make(name, text, name[]), admin.own_password(text), admin.session_kill(uuid, name) to kvartal_api;
-- Names are read where somebody lives or pays, within the operator's houses; persons themselves have no scope.
revoke select on passport.person_name, passport.phone, passport.identity_document, passport.person_birth, passport.citizenship, passport.person_name_case
    from kvartal_operator;
revoke execute on function billing.petrify(int) from kvartal_finder, kvartal_worker;

-- A base that had accounts before the search had these rows gets them now.
do $$
begin
    if not exists (select from cards_data.search_entry) then
        perform cards.search_rebuild(null);
    end if;
end $$;
