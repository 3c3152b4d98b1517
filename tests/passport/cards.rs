//! Cards of people: masked in lists, whole only by a reading that is written down.

use kvartal::db::error::DbError;
use serde_json::json;

use crate::common::village::NORTH;
use crate::common::{Office, people, village};

#[tokio::test]
async fn a_whole_card_is_read_by_right_and_written_down() {
    let office = Office::of(village().await).await;
    let paper = json!({ "person_id": 61, "from": "2020-01-01", "series": "4010", "number": "123456", "issued_on": "2010-05-05" });
    office.passport.asserts("passport.identity_document", paper).await;
    let phone = json!({ "person_id": 61, "from": "2020-01-01", "number": "+79211234567" });
    office.passport.asserts("passport.phone", phone).await;
    for sql in [
        "select document from passport.person_head where person_id = 61",
        "select document from passport.resident_list where premises_id = 1011 and person_id = 61",
    ] {
        assert_eq!(
            office.accountant.query_one(sql, &[]).await.unwrap().get::<_, &str>(0),
            "**** ***456",
            "{sql}"
        );
    }
    assert!(office.accountant.execute("select * from passport.identity_document", &[]).await.is_err());
    assert!(office.accountant.execute("select * from passport.phone", &[]).await.is_err());
    let open = "select series || ' ' || number || ' ' || phones from passport.card_open($1)";
    let refused = office.accountant.query_one(open, &[&61_i64]).await.unwrap_err();
    assert_eq!(DbError::from(refused).code(), "KV001");
    let read = office.passport.query_one(open, &[&61_i64]).await.unwrap();
    assert_eq!(read.get::<_, &str>(0), "4010 123456 +79211234567");
    let written = "select person_id, operator from passport.card_readings";
    let admin = office.db.as_role(people::ADMIN).await;
    let row = admin.query_one(written, &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, &str>(1)), (61, people::PASSPORT));
    assert!(office.accountant.query(written, &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_person_of_another_company_is_not_found() {
    let office = Office::of(village().await).await;
    let north = office.db.as_role(NORTH).await;
    for (person, seen) in [(61_i64, 1_i64), (69, 0)] {
        for view in ["passport.person_head", "passport.person_places"] {
            let sql = format!("select count(distinct person_id) from {view} where person_id = $1");
            assert_eq!(north.query_one(&sql, &[&person]).await.unwrap().get::<_, i64>(0), seen, "{view}");
        }
    }
    people::narrow(&office.root, people::PASSPORT, Some(11), None).await;
    let open = office.passport.query("select * from passport.card_open(69)", &[]).await.unwrap_err();
    assert_eq!(DbError::from(open).code(), "KV003");
    let name = json!({ "facts": [{ "person_id": 69, "from": "2026-03-01", "last_name": "Чужая", "first_name": "Нина" }] });
    assert_eq!(office.passport.tries("passport.person_name", name).await.code, "KV003");
}

/// Residents as of a day: who is away, who owns, who left.
#[tokio::test]
async fn residents_are_of_their_day() {
    let office = Office::of(village().await).await;
    let away = json!({ "premises_id": 1011, "person_id": 62, "from": "2026-03-01", "to": "2026-04-01", "reason": "вахта" });
    office.passport.asserts("passport.temporary_absence", away).await;
    let list = "select string_agg(concat_ws(' ', person_id, share, absence, absent_through), ', ' order by person_id) from passport.resident_list where premises_id = 1011";
    for (day, residents) in [("2026-03-31", "61 1/1, 62 вахта 2026-03-31"), ("2026-04-01", "61 1/1, 62")]
    {
        office.accountant.batch_execute(&format!("set kvartal.as_of = '{day}'")).await.unwrap();
        assert_eq!(
            office.accountant.query_one(list, &[]).await.unwrap().get::<_, &str>(0),
            residents,
            "{day}"
        );
    }
}
