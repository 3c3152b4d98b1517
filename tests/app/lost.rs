//! The line breaks while a change is under way: nobody knows, then somebody asks, and the answer is true.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::{Answer, LinkState, Msg};
use serde_json::json;
use tokio::task::LocalSet;

use super::station::{Station, correction, done};
use crate::common::link::Link;
use crate::common::{people, until, village};

/// Held by whoever seals; every operation waits for it at the door.
const GATE: &str = "select pg_advisory_lock(admin.seal_lock())";
const OPEN: &str = "select pg_advisory_unlock(admin.seal_lock())";
/// The connection that is at the door and waits.
const AT_THE_DOOR: &str = "select pid from pg_stat_activity where datname = current_database()
    and query like '%admin.operate(%' and pid <> pg_backend_pid() and cardinality(pg_blocking_pids(pid)) > 0";

#[tokio::test]
async fn a_change_whose_connection_was_killed_was_not_made() {
    let work = async {
        let db = village().await;
        let root = db.root().await;
        root.batch_execute(GATE).await.unwrap();
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let operation = correction("-1.00");
        let (id, req) = (operation.id, station.number());
        station.begin(Effect::Call { req, call: Call::Commit(operation.clone()) });
        until("the change is at the door", async || {
            root.query_opt(AT_THE_DOOR, &[]).await.unwrap().is_some()
        })
        .await;
        let kill = format!("select pg_terminate_backend(pid) from ({AT_THE_DOOR}) at_the_door");
        root.execute(&kill, &[]).await.unwrap();
        let answer = station.answer(req).await;
        assert!(matches!(answer, Answer::Lost(_)), "{answer:?}");
        root.batch_execute(OPEN).await.unwrap();
        let answer = station.call(Call::Settle(id)).await;
        assert!(matches!(&answer, Answer::Refused(refusal) if refusal.code == "KV003"), "{answer:?}");
        // The same once more, with the same number: made once.
        assert_eq!(done(station.call(Call::Commit(operation)).await)["operation"], json!(id));
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn a_change_whose_answer_was_lost_was_made() {
    let work = async {
        let db = village().await;
        let root = db.root().await;
        let link = Link::to(&db).await;
        let address = link.address(&db, people::ACCOUNTANT);
        let (mut station, session) = Station::of(&address, people::ACCOUNTANT).await;
        root.batch_execute(GATE).await.unwrap();
        let operation = correction("-1.00");
        let (id, req) = (operation.id, station.number());
        station.begin(Effect::Call { req, call: Call::Commit(operation) });
        until("the change is at the door", async || {
            root.query_opt(AT_THE_DOOR, &[]).await.unwrap().is_some()
        })
        .await;
        link.freeze();
        root.batch_execute(OPEN).await.unwrap();
        let made = "select exists (select from admin_data.operation where id = $1)";
        until("the change is made", async || root.query_one(made, &[&id]).await.unwrap().get(0)).await;
        link.cut();
        let answer = station.answer(req).await;
        assert!(matches!(answer, Answer::Lost(_)), "{answer:?}");
        link.thaw();
        station.until(|msg| matches!(msg, Msg::Link(LinkState::Down(_)))).await;
        station.until(|msg| *msg == Msg::Link(LinkState::Up { again: true })).await;
        assert_eq!(done(station.call(Call::Settle(id)).await)["repeated"], json!(true));
        // The new connections belong to the same session.
        let both = "select count(*) from pg_stat_activity where application_name = 'kvartal ' || $1::text";
        let count: i64 = root.query_one(both, &[&session.to_string()]).await.unwrap().get(0);
        assert!(count >= 2, "{count} connections of the session");
    };
    LocalSet::new().run_until(work).await;
}
