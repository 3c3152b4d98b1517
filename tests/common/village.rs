//! A village by hand: two houses of two companies in two districts, seven accounts (`village.sql`), and operators
//! of every job, made through the door as an administrator makes them. The first month of the books is 2026-03.

use kvartal::db::connect::Client;
use postgres_protocol::password::scram_sha_256;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Db, people};

const FACTS: &str = include_str!("village.sql");

/// An accountant of the company of house 101, who sees nothing else.
pub const NORTH: &str = "kv_t_north";
/// An accountant of the company of house 102.
pub const SOUTH: &str = "kv_t_south";

/// A chief accountant: every job of money, houses and people.
pub const CHIEF: &str = "kv_t_chief";

/// A login of every job, each of a group of its own; all see both houses.
pub const JOBS: [(&str, &str); 7] = [
    ("kv_t_passport", "kvartal_passport"),
    ("kv_t_accountant", "kvartal_accountant"),
    ("kv_t_cashier", "kvartal_cashier"),
    ("kv_t_dispatcher", "kvartal_dispatcher"),
    ("kv_t_debt", "kvartal_debt"),
    ("kv_t_centre", "kvartal_centre"),
    ("kv_t_admin", "kvartal_admin"),
];

/// A database of a test's own with the village in it.
pub async fn village() -> Db {
    Db::filled("village", fill).await
}

/// The village with a crowd around it, for runs of several batches.
pub async fn crowd() -> Db {
    Db::filled("crowd", crowded).await
}

/// The village with 50 000 accounts around it, to see what is read of so many; made once for each state of `sql/`.
pub async fn multitude() -> Db {
    let filled = async |root: &mut Client| {
        fill(root).await;
        root.batch_execute(include_str!("multitude.sql")).await.unwrap();
    };
    Db::filled("multitude", filled).await
}

/// Fills a fresh database with the village and the crowd.
pub async fn crowded(root: &mut Client) {
    fill(root).await;
    root.batch_execute(include_str!("crowd.sql")).await.unwrap();
}

async fn fill(root: &mut Client) {
    root.batch_execute(FACTS).await.unwrap();
    for (login, group) in JOBS {
        add_operator(root, login, &[group], json!([{}])).await;
    }
    let all = ["kvartal_accountant", "kvartal_centre", "kvartal_passport"];
    add_operator(root, CHIEF, &all, json!([{}])).await;
    for (login, company) in [(NORTH, 11), (SOUTH, 12)] {
        add_operator(root, login, &["kvartal_accountant"], json!([{"company_id": company}])).await;
    }
}

/// Makes a login as the administrator does; the superuser only takes his place for a moment.
pub async fn add_operator(root: &Client, login: &str, groups: &[&str], scopes: Value) {
    let take = format!("set session authorization {}", people::ADMIN);
    root.batch_execute(&take).await.unwrap();
    let operation = json!({
        "login": login, "verifier": scram_sha_256(people::PASSWORD.as_bytes()), "full_name": "Проверкина Нина",
        "job": "Проверка", "groups": groups, "scopes": scopes,
    });
    let sql = "select admin.operate($1, 'admin.user_add', $2)";
    root.execute(sql, &[&Uuid::new_v4(), &operation]).await.unwrap();
    root.batch_execute("reset session authorization").await.unwrap();
    // The password was handed over and changed: the rest of the day begins.
    let changed = "update admin_data.operator set must_change_password = false where login = $1::text::name";
    root.execute(changed, &[&login]).await.unwrap();
}
