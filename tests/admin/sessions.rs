//! Sessions of workstations: begun, kept, continued, taken over; nobody reads another's.

use kvartal::db::connect::Client;
use kvartal::db::error::DbError;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::village::{NORTH, SOUTH};
use crate::common::{Clerk, Db, interleave, people, until, village};

async fn begin(client: &Client) -> Value {
    let sql = "select admin.session_begin('pts/1', 'узел', '1.0.0')";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

fn id(begun: &Value) -> Uuid {
    begun["session"].as_str().unwrap().parse().unwrap()
}

async fn keep(client: &Client, session: Uuid, resume: &Value) -> bool {
    let sql = "select admin.session_keep($1, $2, '210')";
    client.query_one(sql, &[&session, &resume]).await.unwrap().get(0)
}

async fn take(client: &Client, session: Uuid, by: Uuid) -> String {
    let sql = "select admin.session_take($1, $2)->>'state'";
    client.query_one(sql, &[&session, &by]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_session_begins_with_all_the_first_screen_needs() {
    let db = village().await;
    let north = db.as_role(NORTH).await;
    north.execute("select admin.setting_put('lang', 'en')", &[]).await.unwrap();
    let handed =
        format!("update admin_data.operator set must_change_password = true where login = '{NORTH}'");
    db.root().await.batch_execute(&handed).await.unwrap();
    let begun = begin(&north).await;
    assert_eq!(begun["login"], NORTH);
    assert_eq!(begun["full_name"], "Проверкина Нина");
    assert_eq!(begun["roles"], json!(["kvartal_accountant"]));
    assert_eq!((&begun["settings"]["lang"], &begun["settings"]["theme"]), (&json!("en"), &json!("auto")));
    assert_eq!((&begun["must_change_password"], &begun["continue"]), (&json!(true), &json!([])));
}

/// A terminal is new until its test was offered: by kind and place, to each operator; where nobody says what it is, it never is.
#[tokio::test]
async fn a_terminal_is_new_once() {
    let db = village().await;
    let is_new = async |login: &str, kind: &str, host: &str| {
        let client = db.as_role(login).await;
        let begin = "select admin.session_begin('pts/1', $1, '1.0.0', $2)";
        let begun: Value = client.query_one(begin, &[&host, &kind]).await.unwrap().get(0);
        let met = "select admin.terminal_met($1)";
        client.execute(met, &[&id(&begun)]).await.unwrap();
        begun["new_terminal"].as_bool().unwrap()
    };
    assert!(is_new(NORTH, "putty", "10.0.0.7").await);
    assert!(!is_new(NORTH, "putty", "10.0.0.7").await);
    assert!(is_new(NORTH, "putty", "10.0.0.8").await);
    assert!(is_new(NORTH, "xterm-256color", "10.0.0.7").await);
    assert!(is_new(SOUTH, "putty", "10.0.0.7").await);
    assert!(!is_new(SOUTH, "", "10.0.0.9").await);
}

/// A program is too old by its numbers, not by its letters.
#[tokio::test]
async fn an_old_program_is_refused() {
    let db = Db::fresh().await;
    let least = "update admin_data.setting set value = '0.9.3' where name = 'least_version'";
    db.root().await.batch_execute(least).await.unwrap();
    let clerk = db.as_role(people::CASHIER).await;
    for (version, code) in [("0.9.2", Some("KV012")), ("0.10.0", None), ("0.9.3", None)] {
        let sql = format!("select admin.session_begin('', '', '{version}')");
        let refused = clerk.batch_execute(&sql).await.err().map(DbError::from);
        assert_eq!(refused.as_ref().map(DbError::code), code, "{version}");
    }
}

/// The line dropped: a new login is offered what was left, reads it, and ends the old session.
#[tokio::test]
async fn what_was_typed_is_continued() {
    let db = village().await;
    let resume = json!({ "title": "счёт 41001", "fields": { "area": "54,3" } });
    let lost = db.as_role(NORTH).await;
    let old = id(&begin(&lost).await);
    assert!(keep(&lost, old, &resume).await);
    drop(lost);
    let client = db.as_role(NORTH).await;
    until("the lost connection is gone", async || {
        let sql = "select admin.session_backends($1)";
        db.root().await.query_one(sql, &[&old]).await.unwrap().get::<_, i32>(0) == 0
    })
    .await;
    let begun = begin(&client).await;
    let offered = &begun["continue"][0];
    assert_eq!(offered["session"], json!(old));
    assert_eq!(
        (&offered["screen"], &offered["title"], &offered["alive"]),
        (&json!("210"), &json!("счёт 41001"), &json!(false))
    );
    assert_eq!(take(&client, old, id(&begun)).await, "left");
    let read = "select admin.session_resume($1)";
    assert_eq!(client.query_one(read, &[&old]).await.unwrap().get::<_, Value>(0), resume);
    client.execute("select admin.session_end($1)", &[&old]).await.unwrap();
    assert_eq!(DbError::from(client.query_one(read, &[&old]).await.unwrap_err()).code(), "KV003");
    let kept: i64 = db
        .root()
        .await
        .query_one("select count(*) from admin_data.session where resume is not null", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(kept, 0, "what was typed outlives its session");
}

/// The line is half open: the old process is asked to leave, and when it stays silent its connections are ended, both of them.
#[tokio::test]
async fn a_silent_session_is_taken_over() {
    let db = village().await;
    let (old_client, second) = (db.as_role(NORTH).await, db.as_role(NORTH).await);
    let old = id(&begin(&old_client).await);
    second.execute("select admin.session_join($1)", &[&old]).await.unwrap();
    assert!(keep(&old_client, old, &json!({})).await);
    let client = db.as_role(NORTH).await;
    let new = id(&begin(&client).await);
    assert_eq!(take(&client, old, new).await, "asked");
    assert!(
        !keep(&old_client, old, &json!({ "last": "word" })).await,
        "the old process was not told to leave"
    );
    assert_eq!(take(&client, old, new).await, "asked", "it had no time to leave");
    // Two seconds of silence, told to the clock of the base.
    let silence =
        "update admin_data.session set take_asked_at = take_asked_at - interval '2 seconds' where id = $1";
    db.root().await.execute(silence, &[&old]).await.unwrap();
    assert_eq!(take(&client, old, new).await, "left");
    until("both old connections are ended", async || old_client.is_closed() && second.is_closed()).await;
    let resume: Value = client.query_one("select admin.session_resume($1)", &[&old]).await.unwrap().get(0);
    assert_eq!(resume, json!({ "last": "word" }));
}

/// Two logins in the same second want what a third session left: one has it, the other is told so and is offered nothing; it has its
/// turn when the first died with it.
#[tokio::test]
async fn what_was_left_goes_to_one_of_two() {
    let db = village().await;
    let old_client = db.as_role(NORTH).await;
    let old = id(&begin(&old_client).await);
    keep(&old_client, old, &json!({ "left": true, "drafts": [1] })).await;
    drop(old_client);
    let gone = async |session: Uuid| {
        let sql = "select admin.session_backends($1)";
        db.root().await.query_one(sql, &[&session]).await.unwrap().get::<_, i32>(0) == 0
    };
    until("the connection of the old session is gone", async || gone(old).await).await;
    let (one, two) = (interleave::Session::of(&db, NORTH).await, interleave::Session::of(&db, NORTH).await);
    let begin = "select admin.session_begin('pts/1', 'узел', '1.0.0')->>'session'";
    let (first, second) = (one.run(begin).await.unwrap(), two.run(begin).await.unwrap());
    let take = |by: &str| format!("select admin.session_take('{old}', '{by}')->>'state'");
    let (first, second) = (first[0][0].clone(), second[0][0].clone());
    one.run("begin").await.unwrap();
    assert_eq!(one.run(&take(&first)).await.unwrap(), [["left"]]);
    let other = two.start(&take(&second));
    other.blocked(&db).await;
    one.run("commit").await.unwrap();
    assert_eq!(DbError::from(other.done().await.unwrap_err()).code(), "KV005");
    // Who has it asks again and has it still; whoever comes now is not offered it.
    assert_eq!(one.run(&take(&first)).await.unwrap(), [["left"]]);
    let offered = format!(
        "select jsonb_path_query_array(admin.session_begin('', '', '1.0.0'), '$.continue[*].session') ? '{old}'"
    );
    assert_eq!(interleave::Session::of(&db, NORTH).await.run(&offered).await.unwrap(), [["f"]]);
    drop(one);
    until("the first is gone", async || gone(first.parse().unwrap()).await).await;
    assert_eq!(two.run(&take(&second)).await.unwrap(), [["left"]]);
}

/// A colleague's session is neither read, kept, taken nor ended.
#[tokio::test]
async fn nobody_reads_another_s_session() {
    let db = village().await;
    let (north, south) = (db.as_role(NORTH).await, db.as_role(SOUTH).await);
    let (mine, theirs) = (id(&begin(&north).await), id(&begin(&south).await));
    keep(&south, theirs, &json!({ "title": "Дубова Нина" })).await;
    for sql in [
        format!("select admin.session_resume('{theirs}')"),
        format!("select admin.session_end('{theirs}')"),
        format!("select admin.session_join('{theirs}')"),
        format!("select admin.session_take('{theirs}', '{mine}')"),
    ] {
        assert_eq!(DbError::from(north.execute(&sql, &[]).await.unwrap_err()).code(), "KV003", "{sql}");
    }
    assert!(!keep(&north, theirs, &json!({})).await);
    // An administrator sees that somebody works, not with whom; the operator sees both.
    for (login, told) in [(people::ADMIN, None), (SOUTH, Some("Дубова Нина".to_owned()))] {
        let sql = "select title from admin.session_list where id = $1";
        let row = db.as_role(login).await.query_one(sql, &[&theirs]).await.unwrap();
        assert_eq!(row.get::<_, Option<String>>(0), told, "{login}");
    }
    let seen: i64 = north.query_one("select count(*) from admin.session_list", &[]).await.unwrap().get(0);
    assert_eq!(seen, 1);
    assert_eq!(begin(&north).await["continue"], json!([]));
}

/// An administrator ends it by right and by name; a connection that only calls itself so is not touched.
#[tokio::test]
async fn an_administrator_ends_a_session_by_name() {
    let db = village().await;
    let (south, north) = (db.as_role(SOUTH).await, db.as_role(NORTH).await);
    let session = id(&begin(&south).await);
    assert!(keep(&south, session, &json!({ "typed": "54,3" })).await);
    north.batch_execute(&format!("set application_name = 'kvartal {session}'")).await.unwrap();
    let admin = Clerk::of(&db, people::ADMIN).await;
    let wrong = json!({ "session": session, "login": NORTH });
    assert_eq!(admin.tries("admin.session_end", wrong).await.code, "KV003");
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let named = json!({ "session": session, "login": SOUTH });
    assert_eq!(clerk.tries("admin.session_end", named.clone()).await.code, "KV001");
    admin.does("admin.session_end", named).await;
    until("the session is ended", async || south.is_closed()).await;
    assert!(north.query_one("select 1", &[]).await.is_ok());
    // Its workstation does not connect again; whoever logs in anew is offered what was typed.
    let again = db.as_role(SOUTH).await;
    let join = DbError::from(again.execute("select admin.session_join($1)", &[&session]).await.unwrap_err());
    assert_eq!(join.refusal().unwrap().message, "Администратор завершил этот сеанс");
    let begun = begin(&again).await;
    assert_eq!(begun["continue"][0]["session"], json!(session));
    assert_eq!(take(&again, session, id(&begun)).await, "left");
    let resume = "select admin.session_resume($1)";
    assert_eq!(
        again.query_one(resume, &[&session]).await.unwrap().get::<_, Value>(0),
        json!({ "typed": "54,3" })
    );
}

#[tokio::test]
async fn a_week_old_session_is_forgotten() {
    let db = village().await;
    let north = db.as_role(NORTH).await;
    let old = id(&begin(&north).await);
    keep(&north, old, &json!({ "x": 1 })).await;
    let root = db.root().await;
    root.execute(
        "update admin_data.session set last_key_at = last_key_at - interval '8 days' where id = $1",
        &[&old],
    )
    .await
    .unwrap();
    assert_eq!(begin(&north).await["continue"], json!([]));
    assert!(root.query_opt("select from admin_data.session where id = $1", &[&old]).await.unwrap().is_none());
}
