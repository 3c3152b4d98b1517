//! Questions as data, asked as an operator of a real database.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kvartal::db::desk::session::Place;
use kvartal::db::desk::{Cell, Question, Session, Stop};

use crate::common::{Clerk, Db, people, village};

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

async fn session(db: &Db) -> std::sync::Arc<Session> {
    let begun = Session::begin(&db.address(people::ACCOUNTANT), &Place::default(), "billing.desk_now").await;
    begun.unwrap().session
}

/// Reads page after page, each behind the last row of the one before.
async fn walk(session: &Session, mut question: Question) -> Vec<Vec<Cell>> {
    let mut walked = Vec::new();
    loop {
        let page = session.rows(&question, &Stop::default()).await.unwrap();
        assert!(page.rows.len() <= question.limit.unwrap());
        walked.extend(page.rows);
        if !page.more {
            return walked;
        }
        let last: &Vec<Cell> = walked.last().unwrap();
        let place =
            |name: &String| last[question.columns.iter().position(|column| column == name).unwrap()].clone();
        question.after = Some(question.order.iter().map(|(name, _)| place(name)).collect());
    }
}

#[tokio::test]
async fn paging_walks_every_row_once_whatever_the_order() {
    let db = Db::fresh().await;
    let session = session(&db).await;
    // The reason is empty for most kinds, so both ends of an order meet empty values.
    for (reason, name) in [(false, false), (true, false), (false, true), (true, true)] {
        let question = Question {
            relation: "admin.operation_list".to_owned(),
            columns: names(&["undo_reason", "name"]),
            order: vec![("undo_reason".to_owned(), reason), ("name".to_owned(), name)],
            ..Question::default()
        };
        let whole = session.rows(&question, &Stop::default()).await.unwrap();
        assert!(whole.rows.len() > 20 && !whole.more && whole.total.is_none());
        let walked = walk(&session, Question { limit: Some(7), ..question }).await;
        assert_eq!(walked, whole.rows);
        let once: BTreeSet<String> = walked.iter().map(|row| row[1].word()).collect();
        assert_eq!(once.len(), walked.len());
    }
}

#[tokio::test]
async fn a_filter_means_itself_and_names_are_names() {
    let db = Db::fresh().await;
    let session = session(&db).await;
    let question = |text: &str| Question {
        relation: "admin.operation_list".to_owned(),
        columns: names(&["name"]),
        filter: Some((text.to_owned(), names(&["name", "title"]))),
        ..Question::default()
    };
    let found = session.rows(&question("CARDS.premises_AREA"), &Stop::default()).await.unwrap();
    assert_eq!(found.rows, [[Cell::Text("cards.premises_area".to_owned())]]);
    assert!(session.rows(&question("%%"), &Stop::default()).await.unwrap().rows.is_empty());
    let wrong = Question { relation: "admin_data.operation; select 1".to_owned(), ..question("") };
    assert!(session.rows(&wrong, &Stop::default()).await.is_err());
    let forbidden = Question {
        relation: "admin_data.operation".to_owned(),
        filter: None,
        columns: names(&["id"]),
        ..question("")
    };
    assert!(session.rows(&forbidden, &Stop::default()).await.is_err());
}

#[tokio::test]
async fn a_function_that_pages_itself_is_counted_in_the_same_question() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let args = |amount: &str| serde_json::json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": amount });
    for amount in ["-1.00", "-2.00", "-3.00"] {
        clerk.does("billing.correction", args(amount)).await;
    }
    let session = session(&db).await;
    let question = Question {
        relation: "admin.journal_list".to_owned(),
        is_function: true,
        columns: names(&["known", "at", "id"]),
        by: vec![("p_operator".to_owned(), Cell::Text(people::ACCOUNTANT.to_owned()))],
        order: vec![("known".to_owned(), true)],
        limit: Some(2),
        count: Some("admin.journal_count".to_owned()),
        ..Question::default()
    };
    let page = session.rows(&question, &Stop::default()).await.unwrap();
    assert_eq!((page.rows.len(), page.more, page.total), (2, true, Some(3)));
    let local: chrono::NaiveDateTime = db
        .root()
        .await
        .query_one("select at::timestamp from admin_data.operation order by known desc limit 1", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(page.rows[0][1], Cell::Moment(local));
    assert_eq!(walk(&session, Question { count: None, ..question }).await.len(), 3);
}

#[tokio::test]
async fn the_two_times_hold_for_one_question_only() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let show = "create function cards.times() returns table (as_of date, known_at bigint) language sql stable
            as $$ select admin.as_of(), admin.known_at() $$;
        grant execute on function cards.times() to kvartal_operator";
    root.batch_execute(show).await.unwrap();
    let session = session(&db).await;
    let day = NaiveDate::from_ymd_opt(2026, 2, 28);
    let now = Question {
        relation: "cards.times".to_owned(),
        is_function: true,
        columns: names(&["as_of", "known_at"]),
        ..Question::default()
    };
    let dated = Question { as_of: day, known_on: day, ..now.clone() };
    let rows = session.rows(&dated, &Stop::default()).await.unwrap().rows;
    assert_eq!(rows, [[Cell::Day(day.unwrap()), Cell::Int(0)]]);
    let rows = session.rows(&now, &Stop::default()).await.unwrap().rows;
    assert_eq!(rows[0][1], Cell::Int(i64::MAX));
    assert_ne!(rows[0][0], Cell::Day(day.unwrap()));
}

#[tokio::test]
async fn a_value_of_another_kind_is_refused_before_it_is_sent() {
    let db = Db::fresh().await;
    let session = session(&db).await;
    let question = Question {
        relation: "billing.months".to_owned(),
        columns: names(&["month"]),
        by: vec![("month".to_owned(), Cell::Text("не дата".to_owned()))],
        ..Question::default()
    };
    let refused = format!("{:?}", session.rows(&question, &Stop::default()).await.unwrap_err());
    assert!(refused.contains("KV004") && refused.contains("дата"), "{refused}");
}
