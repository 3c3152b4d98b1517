//! Heating by the meters of the house, and a co-owner's share, through the database.

use serde_json::json;

use super::balances::broken;
use crate::common::{Office, village};

/// The lines of a service in a month, of one source month: account, volume, amount.
async fn lines(office: &Office, service: &str, month: &str, of: &str) -> Vec<String> {
    let sql = format!(
        "select account_id || ' ' || round(sum(volume), 6) || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and source_month = '{of}-01' and service = '{service}' and account_id / 1000 = 41
         group by account_id having sum(amount) <> 0 order by account_id"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// House 101 used 6 Гкал; flat 2 (38 m²) has no devices, the common area is 60 m², all premises 225.90 m². Heat of a m²: 6 ÷ (225.90 −
/// 38 + 60) = 0.0242033; premises 0.0242033 × 187.90 = 4.547802; the rest 1.452198.
#[tokio::test]
async fn a_released_house_keeps_its_heat() {
    let office = Office::of(village().await).await;
    let plan = json!({ "house_id": 101, "service_id": 5, "from": "2026-03-01", "contract_id": 22, "method": "heating", "tariff_id": 35, "norm_id": null });
    office.chief.asserts("cards.house_plan", plan).await;
    let area = |premises: i64, total: f64, heated: f64| json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": 19, "area_heated": heated, "rooms": 1 });
    office.accountant.asserts("cards.premises_area", area(1012, 38.0, 0.0)).await;
    let reading = json!({ "meter_id": 53, "register": 1, "day": "2026-03-20", "value": 1024, "rolled_over": false, "source": "route" });
    office.accountant.asserts("meters.reading", reading).await;
    office.charge("2026-03").await;
    // 54.30 × 0.0242033 + 54.30 ÷ 225.90 × 1.452198 = 1.663307; 38 ÷ 225.90 × 1.452198 = 0.244283
    let march = lines(&office, "heating", "2026-03", "2026-03").await;
    assert_eq!(march[..2], ["41001 1.663307 3856.33", "41002 0.244283 566.36"]);
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office.accountant.asserts("cards.premises_area", area(1011, 60.0, 60.0)).await;
    office.settle().await;
    // The row of the house is frozen: flat 1 alone moves, 60 × 0.0242033 + 60 ÷ 225.90 × 1.452198 less what it was.
    assert_eq!(lines(&office, "heating", "2026-04", "2026-03").await, ["41001 0.174602 404.81"]);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// 54.30 × 31.74 = 1 723.48; half of it is 861.74.
#[tokio::test]
async fn a_co_owner_pays_his_share() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let whole = lines(&office, "maintenance", "2026-03", "2026-03").await;
    assert_eq!(whole[0], "41001 54.300000 1723.48");
    let share = json!({ "account_id": 41001, "from": "2026-03-01", "numerator": 1, "denominator": 2 });
    let given = office.accountant.asserts("cards.account_share", share).await;
    office.settle().await;
    assert_eq!(lines(&office, "maintenance", "2026-03", "2026-03").await[0], "41001 27.150000 861.74");
    office.charge("2026-03").await;
    assert_eq!(lines(&office, "maintenance", "2026-03", "2026-03").await[0], "41001 27.150000 861.74");
    office.accountant.undoes(given).await;
    office.settle().await;
    assert_eq!(lines(&office, "maintenance", "2026-03", "2026-03").await, whole);
    let wrong =
        json!({ "facts": [{ "account_id": 41001, "from": "2026-03-01", "numerator": 3, "denominator": 2 }] });
    let refusal = office.accountant.tries("cards.account_share", wrong).await;
    assert!(refusal.message.contains("доля не может быть больше целого"), "{}", refusal.message);
}
