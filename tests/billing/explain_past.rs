//! «Почему?» as known on an earlier day: what was found out since is not in it.

use kvartal::job::door::Session;
use kvartal::lang::Lang;
use serde_json::{Value, json};

use crate::common::{Office, people, village};

async fn why(office: &Office, known_on: Option<&str>) -> Value {
    let mut door = Session::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let known_on = known_on.map(|day| day.parse().unwrap());
    door.explain_in(Lang::Ru, "41001", ("2026-03-01".parse().unwrap(), known_on)).await.unwrap()
}

fn upkeep(why: &Value) -> (String, Value) {
    let lines = why["lines"].as_array().unwrap();
    let line =
        lines.iter().find(|line| line["tree"][0]["text"].as_str().unwrap().contains("Содержание")).unwrap();
    (line["amount"].as_str().unwrap().to_owned(), line["booked"].clone())
}

/// 54.30 m² × 31.74 = 1 723.48 was known on the tenth of March; on the twentieth the area became 60 from the first: 60 × 31.74 = 1 904.40.
/// What was calculated on the tenth is not kept, so there is nothing booked to compare with.
#[tokio::test]
async fn an_open_month_is_explained_as_it_was_known() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "60.00", "area_living": "30.00", "area_heated": "60.00", "rooms": 2 });
    let changed = office.accountant.asserts("cards.premises_area", area).await;
    office.settle().await;
    // Everything before was known on the tenth, the change on the twentieth.
    office.root.execute("alter table admin_data.operation disable trigger user", &[]).await.unwrap();
    let date = "update admin_data.operation set at = case when id = $1 then timestamptz '2026-03-20 12:00' else timestamptz '2026-03-10 12:00' end";
    office.root.execute(date, &[&changed]).await.unwrap();
    assert_eq!(upkeep(&why(&office, Some("2026-03-15")).await), ("1723.48".to_owned(), Value::Null));
    assert_eq!(upkeep(&why(&office, Some("2026-03-20")).await).0, "1904.40");
    assert_eq!(upkeep(&why(&office, None).await), ("1904.40".to_owned(), json!("1904.40")));
}
