//! The laws of the database (`sql/README.md`), asked of the catalogue. Each question lists who breaks the law; the
//! answer must be empty, also after months were run and the database was migrated again.

use kvartal::db::connect::Client;
use kvartal::db::migrate::migrate;

use crate::common::{Db, Office, village};

/// Schemas an operator reaches (those that have tables behind them), and all of ours.
const API: &str = "(select n.oid from pg_namespace n where exists (select from pg_namespace d where d.nspname = n.nspname || '_data'))";
const OURS: &str = "(select oid from pg_namespace where nspname !~ '^(pg_|information_schema|public$)')";

/// Every law: what it says, and who breaks it.
fn laws() -> Vec<(&'static str, String)> {
    let mut laws = owners();
    laws.extend(grants());
    laws.extend(row_security());
    laws.extend(functions());
    laws.extend(facts());
    laws.extend(stone());
    laws
}

/// Files of the API whose objects belong to another role than `kvartal_api`, and why: searches see every row, logins
/// make roles, runs attach partitions, stone disables nothing.
const OTHER_OWNERS: &str = "(values
    ('cards.search', 'kvartal_finder'), ('cards.search_tokens', 'kvartal_finder'), ('cards.search_question', 'kvartal_finder'), ('cards.search_numbers', 'kvartal_finder'),
    ('cards.search_rows', 'kvartal_finder'), ('cards.search_people', 'kvartal_finder'), ('cards.search_phones', 'kvartal_finder'),
    ('cards.search_meters', 'kvartal_finder'), ('admin.user_make', 'kvartal_user_admin'), ('admin.own_password', 'kvartal_user_admin'),
    ('admin.session_pids', 'kvartal_user_admin'), ('admin.session_kill', 'kvartal_user_admin'),
    ('billing.run_start', 'kvartal_owner'), ('billing.run_index', 'kvartal_owner'), ('billing.run_key', 'kvartal_owner'),
    ('billing.run_publish', 'kvartal_owner'), ('billing.join_units', 'kvartal_owner'), ('billing.run_drop_old', 'kvartal_owner'), ('billing.petrify', 'kvartal_owner'),
    ('billing.make_stone', 'kvartal_owner'), ('billing.stone_row', 'kvartal_owner'), ('billing.stone_month', 'kvartal_owner'),
    ('billing.stone_balances', 'kvartal_owner'), ('billing.stone_sealed_day', 'kvartal_owner'), ('billing.stone_penalty', 'kvartal_owner'),
    ('cards.account_number_next', 'kvartal_finder'), ('cards.service_plans', 'kvartal_finder'), ('cards.organisation_uses', 'kvartal_finder'), ('billing.is_unused', 'kvartal_finder'), ('billing.sheets_before', 'kvartal_finder'), ('billing.control_totals', 'kvartal_finder'), ('billing.control_findings', 'kvartal_finder'), ('billing.control_kinds', 'kvartal_finder'), ('billing.control_head', 'kvartal_finder'), ('billing.control_list', 'kvartal_finder'), ('billing.control_found', 'kvartal_finder'), ('billing.control_closed', 'kvartal_finder'),
    ('passport.registered_unseen', 'kvartal_finder')
) other (name, owner)";

fn owners() -> Vec<(&'static str, String)> {
    vec![
        (
            "what is in the API belongs to the plain role of the API, but for the named few",
            format!(
                "select name || ' of ' || owner from (
                     select p.oid::regproc::text, pg_get_userbyid(p.proowner)::text from pg_proc p where p.pronamespace in {API}
                     union all
                     select c.oid::regclass::text, pg_get_userbyid(c.relowner)::text from pg_class c
                     where c.relnamespace in {API} and c.relkind in ('v', 'm', 'r', 'S')
                 ) object (name, owner)
                 where owner <> coalesce((select other.owner from {OTHER_OWNERS} where other.name = object.name), 'kvartal_api')"
            ),
        ),
        (
            "nothing of ours belongs to a superuser: a view of his leaks every row",
            format!(
                "select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner where c.relnamespace in {OURS} and r.rolsuper
                 union all
                 select p.oid::regproc::text from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace in {OURS} and r.rolsuper"
            ),
        ),
        (
            "no login makes roles, is a superuser or goes past row security",
            "select rolname::text from pg_roles
             where rolcanlogin and (rolname like 'kv%') and rolname <> 'kvartal_root' and (rolsuper or rolcreaterole or rolbypassrls)".to_owned(),
        ),
        (
            "no group role is a superuser or goes past row security, and only the maker of logins makes roles",
            "select rolname::text from pg_roles
             where not rolcanlogin and rolname like 'kvartal\\_%'
                 and (rolsuper or rolbypassrls or rolcreaterole <> (rolname = 'kvartal_user_admin'))".to_owned(),
        ),
        (
            "no operator is a member of a role that owns anything",
            "select l.rolname || ' in ' || r.rolname from pg_roles l, pg_roles r
             where l.rolname like 'kv\\_%' and r.rolname in ('kvartal_owner', 'kvartal_api', 'kvartal_finder', 'kvartal_user_admin', 'kvartal_worker')
                 and pg_has_role(l.oid, r.oid, 'member')".to_owned(),
        ),
    ]
}

fn grants() -> Vec<(&'static str, String)> {
    vec![
        (
            "PUBLIC executes none of our functions",
            format!(
                "select p.oid::regprocedure::text from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                 where p.pronamespace in {OURS} and a.grantee = 0"
            ),
        ),
        (
            "PUBLIC uses none of our schemas and reads none of our tables",
            format!(
                "select n.nspname::text from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                 where n.oid in {OURS} and a.grantee = 0
                 union all
                 select c.oid::regclass::text from pg_class c, aclexplode(c.relacl) a where c.relnamespace in {OURS} and a.grantee = 0"
            ),
        ),
        (
            "operators reach no private schema and no private table",
            "select r.rolname || ' uses ' || n.nspname from pg_roles r, pg_namespace n
             where r.rolname like 'kv%' and r.rolname not in ('kvartal_owner', 'kvartal_api', 'kvartal_finder', 'kvartal_worker', 'kvartal_root', 'kvartal_user_admin')
                 and (n.nspname like '%\\_data' or n.nspname = 'kvartal_schema') and has_schema_privilege(r.oid, n.oid, 'usage')".to_owned(),
        ),
        (
            "partitions and tables of runs are granted to the worker only",
            "select c.oid::regclass || ' to ' || a.grantee::regrole from pg_class c, aclexplode(c.relacl) a
             where c.relnamespace = 'billing_data'::regnamespace and c.relname ~ '^(line|meter_month|house_month|exception|privilege_line)_[0-9]+$'
                 and a.grantee not in ('kvartal_worker'::regrole, c.relowner)".to_owned(),
        ),
        (
            "the API writes no amounts: lines, balances and house quantities are the worker's",
            "select t || ': ' || p from unnest('{line,meter_month,house_month,exception,privilege_line,balance,balance_month,penalty,penalty_month}'::text[]) t, unnest('{insert,update,delete}'::text[]) p
             where has_table_privilege('kvartal_api', 'billing_data.' || t, p)".to_owned(),
        ),
        (
            "the worker truncates nothing and owns nothing",
            format!(
                "select c.oid::regclass::text from pg_class c
                 where c.relnamespace in {OURS} and c.relkind in ('r', 'p')
                     and (has_table_privilege('kvartal_worker', c.oid, 'truncate') or c.relowner = 'kvartal_worker'::regrole)"
            ),
        ),
        (
            "the worker changes no fact, no payment and no operation",
            "select f.fact_table::text from admin_data.fact_kind f where has_table_privilege('kvartal_worker', f.fact_table, 'insert, update, delete')
             union all
             select t from unnest('{finance_data.payment,finance_data.payment_split,finance_data.payment_fee,admin_data.operation,billing_data.correction}'::text[]) t
             where has_table_privilege('kvartal_worker', t, 'insert, update, delete')".to_owned(),
        ),
    ]
}

fn row_security() -> Vec<(&'static str, String)> {
    let scoped = "exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'scope' and not a.attisdropped)";
    vec![
        (
            "every private table forces row security; only tables of runs, which take COPY, do without",
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname like '%\\_data' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
                 and c.relname !~ '^(line|meter_month|house_month|exception|privilege_line)_[0-9]+$'".to_owned(),
        ),
        (
            "operators meet exactly one policy, and it asks for their keys once a query",
            format!(
                "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname like '%\\_data' and c.relkind in ('r', 'p') and c.relforcerowsecurity
                     and array(
                         select pg_get_expr(p.polqual, p.polrelid) || ' | ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') from pg_policy p
                         where p.polrelid = c.oid and 'kvartal_api'::regrole = any (p.polroles)
                     ) <> array[case when {scoped}
                         then '(scope = ANY (( SELECT admin.my_keys() AS my_keys)::integer[])) | (scope = ANY (( SELECT admin.my_keys() AS my_keys)::integer[]))'
                         else 'true | true' end]"
            ),
        ),
        (
            "no policy is for PUBLIC",
            "select p.polrelid::regclass::text from pg_policy p where 0 = any (p.polroles)".to_owned(),
        ),
    ]
}

fn functions() -> Vec<(&'static str, String)> {
    vec![
        (
            "a function that acts as its owner has a fixed search path",
            format!(
                "select p.oid::regprocedure::text from pg_proc p
                 where p.pronamespace in {OURS} and p.prosecdef and not coalesce(array_to_string(p.proconfig, ' ') ~ 'search_path=.*pg_temp', false)"
            ),
        ),
        (
            "so has every function that operators call, unless it was bound to its names when it was made",
            format!(
                "select p.oid::regprocedure::text from pg_proc p
                 where p.pronamespace in {OURS} and has_function_privilege('kvartal_operator', p.oid, 'execute')
                     and p.oid <> 'admin.refuse(text, text, text, text)'::regprocedure and p.prosqlbody is null
                     and not coalesce(array_to_string(p.proconfig, ' ') ~ 'search_path=.*pg_temp', false)"
            ),
        ),
        (
            "no function is overloaded",
            format!("select min(p.oid::regproc::text) from pg_proc p where p.pronamespace in {OURS} group by p.pronamespace, p.proname having count(*) > 1"),
        ),
        (
            "every view says what time it knows",
            format!(
                "select c.oid::regclass::text from pg_class c where c.relnamespace in {API} and c.relkind = 'v'
                     and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^time: (both|valid|none)\\. '"
            ),
        ),
        (
            "every column of a view of the desk says in Russian what it is",
            format!(
                "select a.attrelid::regclass || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                 where c.relnamespace in {API} and c.relkind = 'v' and a.attnum > 0 and not a.attisdropped
                     and obj_description(c.oid, 'pg_class') ~ '^time: \\w+\\. [А-Я]' and coalesce(col_description(c.oid, a.attnum), '') !~ '[А-Яа-я]'"
            ),
        ),
        (
            "every kind of operation that can be asked for has its handler, its fact and somebody who may",
            "select k.name from admin_data.operation_kind k
             where k.name <> 'admin.setup' and (
                 case when k.handler is null then not exists (select from admin_data.fact_kind f where f.name = k.fact)
                      else to_regprocedure(k.handler || '(admin_data.operation_kind, jsonb)') is null end
                 or not exists (select from admin_data.operation_grant g join pg_roles r on r.rolname = g.role where g.kind = k.name))".to_owned(),
        ),
        (
            "nobody but the API executes a handler",
            "select r.rolname || ' executes ' || k.handler from admin_data.operation_kind k, pg_roles r
             where k.handler is not null and r.rolname like 'kv%' and r.rolname not in ('kvartal_api', 'kvartal_owner', 'kvartal_finder', 'kvartal_root')
                 and has_function_privilege(r.oid, k.handler || '(admin_data.operation_kind, jsonb)', 'execute')".to_owned(),
        ),
        (
            "every constraint arguments can break says in Russian what it stands for",
            "select c.conrelid::regclass || '.' || c.conname from pg_constraint c
             where c.contype in ('c', 'x') and c.conrelid in (select fact_table from admin_data.fact_kind) and obj_description(c.oid, 'pg_constraint') !~ '[а-я]{3}'
             union all
             select f.conrelid::regclass || '.' || f.conname from pg_constraint f
             where f.contype = 'f' and f.conrelid in (select fact_table from admin_data.fact_kind) and f.confrelid <> 'admin_data.operation'::regclass
                 and coalesce(obj_description(f.confrelid, 'pg_class'), '') !~ '[а-я]{3}'".to_owned(),
        ),
    ]
}

fn facts() -> Vec<(&'static str, String)> {
    vec![
        (
            "every table of facts has a b-tree of its key, of standing rows and of past rows",
            "select f.name::text from admin_data.fact_kind f
             where not exists (
                 select from pg_index i where i.indrelid = f.fact_table and not i.indisunique and i.indpred is null
                     and (array(select a.attname from unnest(i.indkey) with ordinality k(n, place)
                                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n order by place))[:cardinality(f.key_columns)] = f.key_columns
             )".to_owned(),
        ),
        (
            "facts are retracted, never deleted, and nothing else of them changes",
            "select f.name from admin_data.fact_kind f
             where has_table_privilege('kvartal_api', f.fact_table, 'delete') or has_table_privilege('kvartal_api', f.fact_table, 'update')
                 or not has_column_privilege('kvartal_api', f.fact_table, 'retracted', 'update')".to_owned(),
        ),
    ]
}

fn stone() -> Vec<(&'static str, String)> {
    vec![
        (
            "the triggers of stone fire for everybody, the replication role included",
            "select t.tgrelid::regclass || '.' || t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid
             where p.proname like 'stone%' and t.tgenabled <> 'A'".to_owned(),
        ),
        (
            "ledgers and the journal are stone, and cannot be truncated",
            "select t.name::text from unnest('{admin_data.operation,finance_data.payment,finance_data.payment_split,finance_data.payment_fee,
                 billing_data.correction,billing_data.balance,billing_data.balance_month,billing_data.penalty,billing_data.penalty_month}'::regclass[]) t (name)
             where (select count(*) from pg_trigger g where g.tgrelid = t.name and g.tgname in ('stone', 'stone_truncate')) <> 2".to_owned(),
        ),
        (
            "so are all tables of the run of a released month",
            "select r.name from billing_data.month m, lateral (select 'billing_data.' || t || '_' || m.run from unnest(billing_data.run_tables()) t) r (name)
             where m.state in ('released', 'sealed')
                 and (select count(*) from pg_trigger g where g.tgrelid = r.name::regclass and g.tgname in ('stone', 'stone_truncate')) <> 2".to_owned(),
        ),
    ]
}

/// Asks every law of a database.
async fn hold(root: &Client) {
    let mut broken = Vec::new();
    for (law, question) in laws() {
        let rows = root.query(&question, &[]).await.unwrap_or_else(|error| panic!("{law}: {error:?}"));
        broken.extend(rows.iter().map(|row| format!("{law}: {}", row.get::<_, String>(0))));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[tokio::test]
async fn a_fresh_database_obeys() {
    let db = village().await;
    hold(&db.root().await).await;
}

#[tokio::test]
async fn so_does_one_that_has_run_months_and_was_upgraded() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    migrate(&mut office.db.root().await).await.unwrap();
    hold(&office.root).await;
    let run: i32 = office.value("select run from billing_data.month where month = '2026-03-01'").await;
    let breach = format!("drop trigger stone on billing_data.line_{run}");
    assert!(blind(&office.root, STONE_OF_RUNS, &breach).await.is_none());
}

/// Every law is broken once: none of them is quietly blind.
#[tokio::test]
async fn each_law_can_be_broken() {
    let db = Db::fresh().await;
    let root = db.root().await;
    for (law, breach) in BREACHES {
        assert_eq!(blind(&root, law, breach).await, None);
    }
    let mut names = laws().into_iter().map(|(name, _)| name);
    let untried =
        names.find(|name| *name != STONE_OF_RUNS && !BREACHES.iter().any(|(law, _)| name.starts_with(law)));
    assert_eq!(untried, None);
}

/// The law that can only be broken where a month was released.
const STONE_OF_RUNS: &str = "so are all tables of the run of a released month";

/// Breaks a law for a moment; says so if the law does not see it.
async fn blind(root: &Client, law: &str, breach: &str) -> Option<String> {
    root.batch_execute(&format!("begin; {breach}"))
        .await
        .unwrap_or_else(|error| panic!("{breach}: {error:?}"));
    let (name, question) = laws().into_iter().find(|(name, _)| name.starts_with(law)).unwrap();
    let seen = !root.query(&question, &[]).await.unwrap().is_empty();
    root.batch_execute("rollback").await.unwrap();
    (!seen).then(|| format!("«{name}» is blind to: {breach}"))
}

/// The beginning of a law and a breach of it.
const BREACHES: &[(&str, &str)] = &[
    ("what is in the API", "create view cards.mine as select 1 as one"),
    ("nothing of ours", "create view cards.mine as select 1 as one"),
    ("no login makes", "alter role kv_test_cashier createrole"),
    ("no group role", "alter role kvartal_centre bypassrls"),
    ("no operator is a member", "grant kvartal_api to kv_test_cashier"),
    ("PUBLIC executes", "create function cards.f() returns int language sql as 'select 1'"),
    ("PUBLIC uses", "grant usage on schema cards_data to public"),
    ("every column of a view", "comment on column cards.account_head.holder is null"),
    ("operators reach", "grant usage on schema cards_data to kvartal_cashier"),
    (
        "partitions and tables",
        "create table billing_data.line_1 (); grant select on billing_data.line_1 to kvartal_api",
    ),
    ("the API writes", "grant insert on billing_data.line to kvartal_api"),
    ("the worker truncates", "grant truncate on billing_data.queue to kvartal_worker"),
    ("the worker changes", "grant insert on cards_data.premises_area to kvartal_worker"),
    ("every private table", "alter table cards_data.house no force row level security"),
    ("operators meet", "create policy more on cards_data.house to kvartal_api using (id > 0)"),
    ("no policy", "create policy more on cards_data.house using (id > 0)"),
    (
        "a function that acts",
        "create function cards.f() returns int language sql security definer as 'select 1'",
    ),
    ("so has every", "create function cards.f() returns int language sql as 'select 1'"),
    ("no function is", "create function admin.operator(int) returns int language sql as 'select 1'"),
    ("every view", "comment on view cards.services is 'services'"),
    (
        "every kind",
        "update admin_data.operation_kind set handler = 'billing.nothing' where name = 'billing.charge'",
    ),
    (
        "nobody but the API",
        "grant execute on function billing.correct(admin_data.operation_kind, jsonb) to kvartal_accountant",
    ),
    ("every constraint", "comment on constraint fee_rate_fee_check on finance_data.fee_rate is 'fee'"),
    ("every table of facts", "drop index cards_data.premises_area_key"),
    ("facts are retracted", "grant delete on cards_data.premises_area to kvartal_api"),
    ("the triggers of stone", "alter table finance_data.payment enable trigger stone"),
    ("ledgers and the journal", "drop trigger stone_truncate on finance_data.payment"),
];
