//! What a workstation knows of its operator: password, menu, settings, cards opened last.

use kvartal::db::connect::connect;
use kvartal::db::error::DbError;
use postgres_protocol::password::scram_sha_256;

use crate::common::village::{JOBS, NORTH, SOUTH};
use crate::common::{people, village};

/// The new password lets in, the old one does not, and nobody else's changed.
#[tokio::test]
async fn an_operator_changes_the_own_password() {
    let db = village().await;
    // A login of this test alone: logins belong to the server.
    let login = "kv_t_forgetful";
    let admin = crate::common::Clerk::of(&db, people::ADMIN).await;
    let args = serde_json::json!({
        "login": login, "verifier": scram_sha_256(people::PASSWORD.as_bytes()), "full_name": "Н", "job": "Н",
        "groups": ["kvartal_cashier"],
    });
    admin.does("admin.user_add", args).await;
    let client = db.as_role(login).await;
    let verifier = scram_sha_256("новый пароль".as_bytes());
    client.execute("select admin.password_changed($1)", &[&verifier]).await.unwrap();
    let must = "select must_change_password from admin_data.operator where login = $1::text::name";
    let root = db.root().await;
    assert!(!root.query_one(must, &[&login]).await.unwrap().get::<_, bool>(0));
    let own = "select rolpassword from pg_authid where rolname = $1::text::name";
    assert_eq!(root.query_one(own, &[&login]).await.unwrap().get::<_, String>(0), verifier);
    assert!(connect(&db.address(NORTH), "kvartal test").await.is_ok());
    for nonsense in ["новый пароль", "SCRAM-SHA-256$", "SCRAM-SHA-256$4096:x' superuser --"] {
        let refused = client.execute("select admin.password_changed($1)", &[&nonsense]).await.unwrap_err();
        assert_eq!(DbError::from(refused).code(), "KV004", "{nonsense}");
    }
}

#[tokio::test]
async fn every_job_has_its_menu() {
    let db = village().await;
    let menu = "select coalesce(string_agg(code, ' ' order by sort), '') from admin.menu()";
    let mut menus = std::collections::BTreeMap::new();
    for (login, group) in JOBS {
        let codes: String = db.as_role(login).await.query_one(menu, &[]).await.unwrap().get(0);
        menus.insert(group, codes);
    }
    assert!(menus.values().all(|codes| codes.starts_with("100 ") && codes.ends_with(" 990")), "{menus:?}");
    assert!(!menus["kvartal_passport"].contains("410"));
    assert!(menus["kvartal_centre"].contains("410") && menus["kvartal_dispatcher"].contains("332"));
    assert!(menus["kvartal_admin"].contains("930") && !menus["kvartal_accountant"].contains("930"));
    let off = "update admin_data.operator set active = false where login = $1::text::name";
    db.root().await.execute(off, &[&NORTH]).await.unwrap();
    assert_eq!(db.as_role(NORTH).await.query_one(menu, &[]).await.unwrap().get::<_, &str>(0), "");
}

/// Settings are put all or none, and a colleague has others.
#[tokio::test]
async fn settings_of_a_workstation_are_the_operators_own() {
    let db = village().await;
    let north = db.as_role(NORTH).await;
    let put = "select admin.settings_put('en', 'mono', '1c', 120)::text";
    north.execute(put, &[]).await.unwrap();
    let one = "select concat_ws(' ', lang, theme, keymap, esc_hold) from admin.my_workstation";
    assert_eq!(north.query_one(one, &[]).await.unwrap().get::<_, String>(0), "en mono 1c 120");
    let south = db.as_role(SOUTH).await;
    assert_eq!(south.query_one(one, &[]).await.unwrap().get::<_, String>(0), "auto auto default");
    for nonsense in [
        "'ru', 'auto', 'emacs', 120",
        "'ru', 'pink', '1c', 120",
        "'ru', 'auto', '1c', 7",
        "'ru', 'auto', '1c', 701",
    ] {
        let refused = format!("select admin.settings_put({nonsense})");
        let refused = north.execute(&refused, &[]).await.unwrap_err();
        assert_eq!(DbError::from(refused).code(), "KV004", "{nonsense}");
    }
    assert_eq!(north.query_one(one, &[]).await.unwrap().get::<_, String>(0), "en mono 1c 120");
    north.execute("select admin.settings_put('auto', 'auto', 'default')", &[]).await.unwrap();
    assert_eq!(north.query_one(one, &[]).await.unwrap().get::<_, String>(0), "auto auto default");
}

/// Fifty cards, the latest first; a card opened again moves up; a colleague has another list.
#[tokio::test]
async fn the_latest_cards_are_remembered() {
    let db = village().await;
    let north = db.as_role(NORTH).await;
    for account in (1..=60).chain([20]) {
        let put = "select admin.recent_put('account', $1, 'счёт')";
        north.execute(put, &[&i64::from(account)]).await.unwrap();
    }
    let list = "select array_agg(object_id order by opened_at desc) from admin.recent";
    let kept: Vec<i64> = north.query_one(list, &[]).await.unwrap().get(0);
    assert_eq!((kept.len(), kept[0], kept[1], kept[49]), (50, 20, 60, 11));
    let south = db.as_role(SOUTH).await;
    assert_eq!(south.query_one(list, &[]).await.unwrap().get::<_, Option<Vec<i64>>>(0), None);
}
