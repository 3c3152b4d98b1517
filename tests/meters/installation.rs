//! Meters put up and taken down, each as one operation with its readings, its verification and its seal, and put back as one.

use serde_json::{Value, json};

use crate::common::{Office, village};

/// What an account is charged for cold water in March.
async fn water(office: &Office, account: i64) -> String {
    office.settle().await;
    office
        .seen(&format!(
            "select coalesce(sum(volume), 0)::numeric(10,3) || ' ' || coalesce(sum(amount), 0) from billing.lines
             where account_id = {account} and service = 'cold_water' and month = '2026-03-01'"
        ))
        .await
}

/// A meter of flat 3, with one thing otherwise.
fn meter(name: &str, value: Value) -> Value {
    let mut meter = json!({
        "account_id": 41003, "kind": "individual", "service_id": 2, "serial": "ХВ-9", "day": "2026-03-10", "initial": { "r1": "0.5" },
        "verified_on": "2026-02-01", "verify_by": "2032-02-01", "certificate": "С-1", "seal": "П-77", "seal_act": "акт 5",
    });
    meter[name] = value;
    meter
}

/// Three persons by the norm, 3 × 4.33 × 47.36 = 615.21; with a meter from the 10th nine days of 31 by the norm,
/// 12.99 × 9 / 31 = 3.771, and 3.5 − 0.5 = 3 by the meter.
#[tokio::test]
async fn a_new_meter_counts_from_its_day_and_is_put_back() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    assert_eq!(water(&office, 41003).await, "12.990 615.21");
    let new = office.accountant.does("meters.meter_new", meter("digits", json!(5))).await;
    let id: i64 = office.value("select id from meters_data.meter where serial = 'ХВ-9'").await;
    let reading = json!({ "meter_id": id, "day": "2026-03-25", "value": "3.5", "rolled_over": false, "source": "payer" });
    let read = office.accountant.asserts("meters.reading", reading).await;
    assert!(water(&office, 41003).await.starts_with("6.771 "), "{}", water(&office, 41003).await);
    let head = "select concat_ws(' ', installed_on, verified_on, verify_by, certificate, seal, sealed_on) from meters.meter_head where serial = 'ХВ-9'";
    assert_eq!(
        office.accountant.query_one(head, &[]).await.unwrap().get::<_, &str>(0),
        "2026-03-10 2026-02-01 2032-02-01 С-1 П-77 2026-03-10"
    );
    office.accountant.undoes(read).await;
    office.accountant.undoes(new).await;
    assert_eq!(water(&office, 41003).await, "12.990 615.21");
    let stands = "select count(*) from meters.account_meters where account_id = 41003 and serial = 'ХВ-9'";
    assert_eq!(office.accountant.query_one(stands, &[]).await.unwrap().get::<_, i64>(0), 0);
}

/// A communal flat's meter stands in the flat, a house's in no premises.
#[tokio::test]
async fn whose_it_is_says_where_it_stands() {
    let office = Office::of(village().await).await;
    let flat = json!({
        "account_id": 41005, "kind": "flat", "service_id": 4, "serial": "ГВ-4", "day": "2026-03-10", "initial": ["0"],
    });
    office.accountant.does("meters.meter_new", flat).await;
    let house = json!({
        "house_id": 102, "kind": "house", "service_id": 2, "serial": "ОДПУ-Х", "day": "2026-03-10", "initial": ["7"], "ratio": "40",
    });
    office.accountant.does("meters.meter_new", house).await;
    let stands = "select string_agg(serial || ' ' || coalesce(premises_id, house_id) || ' ' || kind, ', ' order by serial)
        from meters_data.meter where serial in ('ГВ-4', 'ОДПУ-Х')";
    assert_eq!(office.value::<String>(stands).await, "ГВ-4 1014 flat, ОДПУ-Х 102 house");
    let of_house = "select string_agg(serial || ' ' || trim_scale(last_value), ', ') from meters.meter_registers where house_id = 102 and is_of_house";
    assert_eq!(office.accountant.query_one(of_house, &[]).await.unwrap().get::<_, &str>(0), "ОДПУ-Х 7");
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let office = Office::of(village().await).await;
    let accountant = &office.accountant;
    for (name, value, sentence) in [
        ("kind", json!("мой"), "«мой» — не чей прибор"),
        ("serial", json!("хв-1"), "прибор хв-1 уже стоит: Энск, улица Садовая, д. 1, кв. 1"),
        ("initial", json!({ "r2": 1 }), "нужны показания каждого регистра (1)"),
        ("initial", json!([]), "нужны показания каждого регистра (1)"),
        ("account_id", json!(999), "счёт или дом не найден или вам не виден"),
    ] {
        let refusal = accountant.tries("meters.meter_new", meter(name, value)).await;
        assert_eq!(refusal.message, format!("Установка прибора: {sentence}"));
    }
    let removal = |day: &str, last: &str| json!({ "meter_id": 51, "day": day, "final": [last] });
    let refusal = accountant.tries("meters.removal", removal("2026-03-12", "1010")).await;
    assert_eq!(refusal.message, "Снятие прибора: показание 1 010 меньше прежнего 1 015");
    let refusal = accountant.tries("meters.removal", removal("2026-02-10", "1015")).await;
    assert_eq!(refusal.message, "Снятие прибора: у прибора ХВ-1 есть показание от 20.02.2026");
    let mut rolled = removal("2026-03-12", "3");
    rolled["rolled_over"] = json!(true);
    accountant.does("meters.removal", rolled).await;
    let gone = "select removed_on::text from meters.meter_head where meter_id = 51";
    assert_eq!(accountant.query_one(gone, &[]).await.unwrap().get::<_, &str>(0), "2026-03-12");
}

/// The new meter walks in the place of the old one, and an undo gives it back.
#[tokio::test]
async fn a_replacement_keeps_the_place_in_the_round() {
    let office = Office::of(village().await).await;
    let route = json!({ "name": "Обход", "meters": [52, 51], "from": "2026-01-01" });
    office.accountant.does("meters.route_make", route).await;
    let args = json!({ "meter_id": 51, "day": "2026-03-12", "final": { "r1": 1018 }, "serial": "ХВ-1н", "initial": { "r1": 0 } });
    let replaced = office.accountant.does("meters.replacement", args).await;
    let walked = "select string_agg(m.serial || ' ' || s.walk_no, ', ' order by s.walk_no) from meters_data.route_stop s
        join meters_data.meter m on m.id = s.meter_id where s.retracted is null and not s.void and s.valid_to = 'infinity'";
    assert_eq!(office.value::<String>(walked).await, "ХВ-2 1, ХВ-1н 2");
    office.accountant.undoes(replaced).await;
    assert_eq!(office.value::<String>(walked).await, "ХВ-2 1, ХВ-1 2");
}
