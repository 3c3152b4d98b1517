//! What clients may rely on: views with their columns, functions with their arguments, operations, and who may use
//! each. A change of it is seen in `tests/contract.snap`.

use std::fmt::Write;

use kvartal::db::connect::Client;
use kvartal::db::program;

use super::promise;
use crate::common::{Db, kept};

/// The kept list.
const CONTRACT: &str = "tests/contract.snap";

const VIEWS: &str = "select c.oid::regclass::text, obj_description(c.oid, 'pg_class'),
        array(select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
        array(select distinct g.grantee::regrole::text || ' ' || lower(g.privilege_type) from aclexplode(c.relacl) g where g.grantee <> c.relowner order by 1)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and exists (select from pg_namespace d where d.nspname = n.nspname || '_data') order by 1";

/// Functions somebody outside the database calls.
const FUNCTIONS: &str = "select p.oid::regproc::text, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
        array(select distinct g.grantee::regrole::text from aclexplode(p.proacl) g where g.grantee::regrole::text = any (outer_roles) order by 1)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
        (values ('{kvartal_operator,kvartal_worker}'::text[])) roles (outer_roles)
    where exists (select from pg_namespace d where d.nspname = n.nspname || '_data')
        and exists (select from aclexplode(p.proacl) g where g.grantee::regrole::text = any (outer_roles))
    order by 1";

const OPERATIONS: &str = "select k.name, k.title, k.undo, k.ground,
        array(select g.role::text from admin_data.operation_grant g where g.kind = k.name order by 1),
        coalesce(f.key_columns::text[], '{}'), coalesce(f.value_columns::text[], '{}')
    from admin_data.operation_kind k left join admin_data.fact_kind f on f.name = k.fact order by 1";

/// The kept list is not renewed over something that an older program asks for, as long as that program is let in.
async fn breaks_no_promise(root: &Client, now: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(CONTRACT);
    let before = std::fs::read_to_string(file).unwrap_or_default();
    let gone = promise::gone(&before, now);
    let later = "select admin.version_numbers($1) > admin.version_numbers($2)";
    let is_raised: bool =
        root.query_one(later, &[&promise::least(now), &promise::least(&before)]).await.unwrap().get(0);
    assert!(
        gone.is_empty() || is_raised,
        "an older program asks for this: raise db::program::CONTRACT and admin.least_program, then it is refused at its login\n{}",
        gone.join("\n")
    );
}

/// The program is one its own database lets in, and the oldest that has this number of the contract.
#[tokio::test]
async fn the_program_is_not_too_old_for_its_own_database() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let least: String = root.query_one("select admin.least_program()", &[]).await.unwrap().get(0);
    assert!(least.ends_with(&format!("+{}", program::CONTRACT)), "{least}");
    let compared = "select admin.version_numbers($1) >= admin.version_numbers($2)";
    let is_let_in: bool = root.query_one(compared, &[&program::name(), &least]).await.unwrap().get(0);
    assert!(is_let_in, "{} is older than {least}", program::name());
}

#[tokio::test]
async fn the_contract_is_the_one_that_is_kept() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let least: String = root.query_one("select admin.least_program()", &[]).await.unwrap().get(0);
    let mut text = format!(
        "# The contract: views, functions and operations, with those who may use them.\n{}{least}\n",
        promise::LEAST
    );
    for row in root.query(VIEWS, &[]).await.unwrap() {
        let (name, comment): (&str, Option<&str>) = (row.get(0), row.get(1));
        let (columns, grants): (Vec<&str>, Vec<&str>) = (row.get(2), row.get(3));
        write!(text, "\nview {name} [{}]\n    -- {}\n", grants.join(", "), comment.unwrap_or_default())
            .unwrap();
        for column in columns {
            writeln!(text, "    {column}").unwrap();
        }
    }
    for row in root.query(FUNCTIONS, &[]).await.unwrap() {
        let (name, arguments, result): (&str, &str, &str) = (row.get(0), row.get(1), row.get(2));
        let roles: Vec<&str> = row.get(3);
        write!(text, "\nfunction {name}({arguments})\n    returns {result} [{}]\n", roles.join(", "))
            .unwrap();
    }
    for row in root.query(OPERATIONS, &[]).await.unwrap() {
        let (name, title, undo, ground): (&str, &str, &str, &str) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        let (roles, keys, values): (Vec<&str>, Vec<&str>, Vec<&str>) = (row.get(4), row.get(5), row.get(6));
        write!(text, "\noperation {name} «{title}» undo {undo}, ground {ground} [{}]\n", roles.join(", "))
            .unwrap();
        if !keys.is_empty() {
            writeln!(text, "    fact ({}) = ({})", keys.join(", "), values.join(", ")).unwrap();
        }
    }
    breaks_no_promise(&root, &text).await;
    kept(CONTRACT, &text);
}
