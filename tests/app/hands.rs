//! Requests: each ends, each is answered once, a cancelled one leaves its connection usable.

use kvartal::engine::effect::{Call, Effect, Secret};
use kvartal::engine::msg::{Answer, Msg};
use kvartal::engine::value::Value;
use tokio::task::LocalSet;

use super::station::{Station, correction, done, query};
use crate::common::{Db, people, until, village};

/// A function that takes as long as it is told, for operators to call.
const NAP: &str = "create function cards.nap(p_seconds int) returns int language plpgsql
    as $$ begin perform pg_sleep(p_seconds); return p_seconds; end $$;
    grant execute on function cards.nap(int) to kvartal_operator";

fn nap(station: &mut Station, seconds: i64) -> (kvartal::engine::msg::Req, Effect) {
    let req = station.number();
    let args = vec![("p_seconds".to_owned(), Value::Int(seconds))];
    let call = Call::Function { name: "cards.nap".to_owned(), args };
    (req, Effect::Call { req, call })
}

#[tokio::test]
async fn a_cancelled_statement_has_ended_and_the_line_goes_on() {
    let work = async {
        let db = Db::fresh().await;
        let root = db.root().await;
        root.batch_execute(NAP).await.unwrap();
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let naps = "select exists (select from pg_stat_activity where datname = current_database()
            and state = 'active' and wait_event = 'PgSleep')";
        let (req, effect) = nap(&mut station, 600);
        let (behind, waits) = nap(&mut station, 600);
        station.begin(effect);
        until("the server naps", async || root.query_one(naps, &[]).await.unwrap().get(0)).await;
        station.begin(waits);
        // The one that waits for the connection is cancelled first: the one that has it must not notice.
        station.begin(Effect::Cancel { req: behind });
        assert_eq!(station.answer(behind).await, Answer::Cancelled);
        assert!(
            root.query_one(naps, &[]).await.unwrap().get::<_, bool>(0),
            "the wrong statement was cancelled"
        );
        station.begin(Effect::Cancel { req });
        assert_eq!(station.answer(req).await, Answer::Cancelled);
        assert!(!root.query_one(naps, &[]).await.unwrap().get::<_, bool>(0), "the statement runs on");
        let (req, effect) = nap(&mut station, 0);
        station.begin(effect);
        assert_eq!(done(station.answer(req).await), 0);
    };
    LocalSet::new().run_until(work).await;
}

/// A view that is slow the first time it is read and quick after: a sequence remembers what a rollback forgets.
const SLOW_ONCE: &str = "create sequence cards.read_count;
    create function cards.slow_once() returns bigint language plpgsql security definer as $$
    declare v_time bigint := nextval('cards.read_count');
    begin
        if v_time = 1 then perform pg_sleep(600); end if;
        return v_time;
    end $$;
    create view cards.slow_once_list as select cards.slow_once() as time;
    grant select on cards.slow_once_list to kvartal_operator;
    grant execute on function cards.slow_once() to kvartal_operator";

#[tokio::test]
async fn a_cancellation_that_comes_late_does_not_end_the_next_question() {
    let work = async {
        let db = Db::fresh().await;
        let root = db.root().await;
        root.batch_execute(SLOW_ONCE).await.unwrap();
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let req = station.number();
        station.begin(Effect::Load { req, query: query("cards.slow_once_list", false, &["time"]) });
        let hit = "select coalesce(bool_or(pg_cancel_backend(pid)), false) from pg_stat_activity
            where datname = current_database() and state = 'active' and wait_event = 'PgSleep'";
        until("the server naps", async || root.query_one(hit, &[]).await.unwrap().get(0)).await;
        assert!(matches!(station.answer(req).await, Answer::Rows(_)), "the question was not asked again");
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn every_row_of_a_sheet_has_its_own_verdict() {
    let work = async {
        let db = village().await;
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let mut wrong = correction("1.00");
        wrong.args["account_id"] = 999.into();
        let rows = vec![correction("-1.00"), wrong, correction("-2.00")];
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let req = station.number();
        station.begin(Effect::Call { req, call: Call::Sheet(rows) });
        done(station.answer(req).await);
        let verdicts: Vec<(usize, bool)> = station
            .heard
            .iter()
            .filter_map(|msg| match msg {
                Msg::Verdict { row, refusal, .. } => Some((*row, refusal.is_none())),
                _ => None,
            })
            .collect();
        assert_eq!(verdicts, [(0, true), (1, false), (2, true)]);
        let made = "select count(*) from admin_data.operation where id = any ($1)";
        assert_eq!(db.root().await.query_one(made, &[&ids]).await.unwrap().get::<_, i64>(0), 2);
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn notices_of_watched_topics_arrive() {
    let work = async {
        let db = village().await;
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        station.begin(Effect::Watch { topics: vec!["journal".to_owned()] });
        let operation = correction("-1.00");
        let id = operation.id.to_string();
        done(station.call(Call::Commit(operation)).await);
        let is_told = move |msg: &Msg| matches!(msg, Msg::Notice { topic, id: of, .. } if topic == "journal" && *of == id);
        station.until(is_told).await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn a_wrong_password_is_a_refusal_and_a_text_goes_to_the_outbox() {
    let work = async {
        let db = Db::fresh().await;
        let mut station = Station::at(db.root_address());
        let call =
            Call::Login { login: people::CASHIER.to_owned(), password: Secret("не тот".to_owned()) };
        // A socket may trust everybody; an unknown login is refused everywhere.
        let answer = station.call(call).await;
        assert!(matches!(answer, Answer::Refused(_) | Answer::Done(_)));
        let call = Call::Login { login: "kv_nobody".to_owned(), password: Secret("x".to_owned()) };
        assert!(matches!(station.call(call).await, Answer::Refused(_)));
        let req = station.number();
        let effect = Effect::Deliver { req, name: "счёт".to_owned(), text: "1 234,56".to_owned() };
        station.begin(effect);
        let told = done(station.answer(req).await);
        assert!(told["file"].as_str().is_some_and(|file| file.ends_with("-счёт.txt")), "{told}");
        let outbox = station.home().join("kvartal/outbox");
        assert_eq!(std::fs::read_dir(&outbox).unwrap().count(), 1);
        // No folder can be where a file is.
        std::fs::remove_dir_all(&outbox).unwrap();
        std::fs::write(&outbox, "").unwrap();
        let req = station.number();
        station.begin(Effect::Deliver { req, name: "счёт".to_owned(), text: "1 234,56".to_owned() });
        let told = done(station.answer(req).await);
        assert_eq!((told["file"].as_str(), told["why"].as_str()), (None, Some("no-folder")), "{told}");
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn without_a_session_a_question_is_refused_not_lost() {
    let work = async {
        let db = Db::fresh().await;
        let mut station = Station::at(db.root_address());
        let answer = station.load(query("admin.menu", true, &["code"])).await;
        assert!(matches!(&answer, Answer::Refused(refusal) if refusal.code == "08000"), "{answer:?}");
    };
    LocalSet::new().run_until(work).await;
}

/// A record as the engine would write it, naming a change.
fn record_of(id: uuid::Uuid) -> Effect {
    let record = serde_json::json!({ "screens": [], "keys": [], "unsettled": [{ "id": id }] });
    Effect::KeepResume { record, screen: "211".to_owned(), now: true }
}

/// What a change leaves behind when it is made: whether the session's record names it at that moment.
const WITNESS: &str = "create table public.witness (id uuid, is_named boolean);
    create function public.witness() returns trigger language plpgsql security definer as $$
    begin
        insert into public.witness select new.id, exists (select from admin_data.session
            where resume #>> '{unsettled,0,id}' = new.id::text);
        return new;
    end $$;
    create trigger witness before insert on admin_data.operation for each row execute function public.witness()";

/// However long the record takes: the change follows it.
#[tokio::test]
async fn a_change_is_not_sent_before_its_record_is_written() {
    let work = async {
        let db = village().await;
        let root = db.root().await;
        root.batch_execute(WITNESS).await.unwrap();
        let (mut station, session) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        // Somebody holds the row of the session.
        root.batch_execute("begin").await.unwrap();
        root.execute("select from admin_data.session where id = $1 for update", &[&session]).await.unwrap();
        let operation = correction("-1.00");
        let (id, req) = (operation.id, station.number());
        station.begin(record_of(id));
        station.begin(Effect::Call { req, call: Call::Commit(operation) });
        let held = "select exists (select from pg_stat_activity where datname = current_database()
            and query like '%session_keep%' and cardinality(pg_blocking_pids(pid)) > 0)";
        let other = db.root().await;
        until("the record waits", async || other.query_one(held, &[]).await.unwrap().get(0)).await;
        // A change that goes on without it is made within so many looks.
        let made = "select exists (select from admin_data.operation where id = $1)";
        for _ in 0..20 {
            assert!(!other.query_one(made, &[&id]).await.unwrap().get::<_, bool>(0), "it went ahead");
        }
        root.batch_execute("commit").await.unwrap();
        done(station.answer(req).await);
        let named = "select is_named from public.witness where id = $1";
        assert!(other.query_one(named, &[&id]).await.unwrap().get::<_, bool>(0), "no record names it");
    };
    LocalSet::new().run_until(work).await;
}

/// A record that is refused holds the change back, with its reason: whoever went on would make it again.
#[tokio::test]
async fn a_change_whose_record_is_refused_is_not_made() {
    let work = async {
        let db = village().await;
        let root = db.root().await;
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let operation = correction("-1.00");
        let (id, req) = (operation.id, station.number());
        let long = serde_json::json!({ "keys": "x".repeat(1_000_001) });
        station.begin(Effect::KeepResume { record: long, screen: "211".to_owned(), now: true });
        station.begin(Effect::Call { req, call: Call::Commit(operation.clone()) });
        let answer = station.answer(req).await;
        assert!(
            matches!(&answer, Answer::Refused(refusal) if refusal.message.contains("больше мегабайта")),
            "{answer:?}"
        );
        let made = "select exists (select from admin_data.operation where id = $1)";
        assert!(!root.query_one(made, &[&id]).await.unwrap().get::<_, bool>(0));
        // With less in it the same is made.
        station.begin(record_of(id));
        done(station.call(Call::Commit(operation)).await);
    };
    LocalSet::new().run_until(work).await;
}

/// A worker that is there and busy: the question waits behind the one before it, and says so; without a worker nobody is waited for.
#[tokio::test]
async fn a_question_waits_for_a_busy_worker_only() {
    let work = async {
        let db = village().await;
        let (mut station, _) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let refused = station.call(Call::Preview(correction("-1.00"))).await;
        assert!(
            matches!(&refused, Answer::Refused(refusal) if refusal.message.contains("не отвечает")),
            "{refused:?}"
        );
        // The lock by which a worker is known, held by somebody who answers nothing.
        let root = db.root().await;
        root.batch_execute("select pg_advisory_lock(4713, 1)").await.unwrap();
        let req = station.number();
        station.begin(Effect::Call { req, call: Call::Preview(correction("-1.00")) });
        assert_eq!(station.answer(req).await, Answer::Queued(1), "behind the one nobody answered");
        station.begin(Effect::Cancel { req });
        assert_eq!(station.answer(req).await, Answer::Cancelled);
    };
    LocalSet::new().run_until(work).await;
}
