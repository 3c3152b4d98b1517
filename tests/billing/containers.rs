//! Solid waste by containers in the month run: shared by the days of persons, explained, recalculated for the house, frozen for
//! the neighbours of a flat that changes.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use super::stored::stored_equals_rebuilt;
use crate::common::{Office, people};

/// One container of 8 m³, taken away so many times a month.
fn containers(from: &str, to: Option<&str>, removals: &str) -> Value {
    let mut fact = json!({
        "house_id": 101, "service_id": 8, "sort": "смешанные", "from": from, "capacity": "8", "containers": 1, "removals": removals
    });
    if let Some(to) = to {
        fact["to"] = json!(to);
    }
    fact
}

/// The waste of an account in a month of the books, by source month.
async fn waste(office: &Office, account: i64, month: &str) -> Vec<String> {
    let sql = format!(
        "select to_char(source_month, 'MM') || ' ' || sum(volume)::numeric(12,2) || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id = {account} and service = 'waste' group by source_month
         having sum(amount) <> 0 order by source_month"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// 8 m³ × 3 = 24 m³ on eight persons: 3 m³ each, 2 226.54.
#[tokio::test]
async fn containers_are_shared_by_persons_recalculated_and_explained() {
    let office = Office::with_containers().await;
    office.accountant.asserts("cards.waste_container", containers("2026-03-01", None, "3")).await;
    office.charge("2026-03").await;
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap().to_string();
    assert!(why.contains("Вывозов за месяц: 3 раз (контейнеры дома"), "{why}");
    let told = "select c.told from cards.waste_container w, admin.fact_card('containers', w.id) c";
    assert_eq!(
        office.seen::<String>(told).await,
        "услуга: Обращение с ТКО; вид контейнеров: смешанные; объём одного, м³: 8; контейнеров: 1; вывозов в месяц: 3"
    );
    office.release("2026-03").await;
    // Eight persons for 31 days
    let shared = "select volume::int || ' of ' || area::int from billing_data.house_month where service_id = 8 and house_id = 101";
    assert_eq!(office.value::<String>(shared).await, "24 of 248");
    assert_eq!(waste(&office, 41001, "2026-03").await, ["03 6.00 4453.08"]);
    assert_eq!(waste(&office, 41003, "2026-03").await, ["03 9.00 6679.62"]);

    // One more removal in March: a m³ each comes with April
    office.charge("2026-04").await;
    let more = containers("2026-03-01", Some("2026-04-01"), "4");
    let more = office.accountant.asserts("cards.waste_container", more).await;
    office.settle().await;
    assert_eq!(waste(&office, 41001, "2026-04").await, ["03 2.00 1484.36", "04 6.00 4453.08"]);
    stored_equals_rebuilt(&office.db, &office.root, "one more removal").await;
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(more).await;
    office.settle().await;
    assert_eq!(waste(&office, 41001, "2026-04").await, ["04 6.00 4453.08"]);

    // A third person in flat 1 since March: March is shared by the days that were booked, April by 9 × 30 days
    let came = json!({ "premises_id": 1011, "person_id": 70, "from": "2026-03-01", "is_temporary": false });
    office.passport.asserts("passport.residence", came).await;
    office.settle().await;
    // 24 × 3 × 30 ÷ 270 = 8 m³, 24 × 90 ÷ 270 = 8 for flat 3
    assert_eq!(waste(&office, 41001, "2026-04").await, ["03 3.00 2226.54", "04 8.00 5937.44"]);
    assert_eq!(waste(&office, 41003, "2026-04").await, ["04 8.00 5937.44"]);
    stored_equals_rebuilt(&office.db, &office.root, "somebody came").await;
}

/// Months without containers have no price but the norm; none is named here, so every account is told of. The region may charge the
/// year by norm.
#[tokio::test]
async fn a_month_without_containers_is_told() {
    let office = Office::with_containers().await;
    office.charge("2026-03").await;
    let told = "select count(*) from billing_data.exception where code = 'no_containers' and service_id = 8";
    assert_eq!(office.value::<i64>(told).await, 5);
    office.accountant.asserts("cards.waste_container", containers("2026-03-01", None, "3")).await;
    office.settle().await;
    assert_eq!(waste(&office, 41002, "2026-03").await, ["03 3.00 2226.54"]);
}
