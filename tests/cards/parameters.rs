//! Parameters of calculation: a value is what its kind says, and no slip of the hand is law.

use serde_json::json;

use crate::common::{Office, village};

/// Whole days, yes and no, percents, roubles, the cold outside.
#[tokio::test]
async fn a_value_is_of_its_kind() {
    let office = Office::of(village().await).await;
    let fact = async |code: &str, value: &str| {
        let id = format!("select id from cards_data.parameter where code = '{code}'");
        let id: i64 = office.value(&id).await;
        json!({ "facts": [{ "parameter_id": id, "from": "2026-03-01", "value": value, "citation": "решение" }] })
    };
    for (code, value, told) in [
        ("absence_min_full_days", "2.5", "2,5: нужно целое число не меньше нуля"),
        ("absence_min_full_days", "-1", "-1: нужно целое число не меньше нуля"),
        ("meter_average_months", "0", "0: нужно целое число не меньше единицы"),
        ("recalculation_depth_months", "0", "0: нужно целое число не меньше единицы"),
        ("last_day_counts", "2", "2: нужно 1 (да) или 0 (нет)"),
        ("last_day_counts", "0.5", "0,5: нужно 1 (да) или 0 (нет)"),
        ("split_strategy", "3", "3: нужно 0, 1 или 2"),
        ("due_day", "32", "32: нужно число месяца, от 1 до 31"),
        ("heating_season_months", "13", "13: нужно целое число от 1 до 12"),
        ("key_rate", "100.5", "100,5: нужно от 0 до 100 процентов"),
        ("tampering_factor", "0.9", "0,9: нужно число не меньше единицы"),
        ("enforcement_least", "1.005", "1,005: нужно сумма в рублях, не больше двух знаков после запятой"),
        ("outdoor_temperature", "-100", "-100: нужно от −90 до 60 °C"),
    ] {
        let refusal = office.centre.tries("cards.parameter_value", fact(code, value).await).await;
        assert!(refusal.message.ends_with(&format!("не бывает {told}")), "{code}: {}", refusal.message);
    }
    for (code, value) in [("key_rate", "15.25"), ("last_day_counts", "0"), ("outdoor_temperature", "-12.5")] {
        office.centre.does("cards.parameter_value", fact(code, value).await).await;
    }
    let unkind = "select count(*) from cards_data.parameter_value v join cards_data.parameter p on p.id = v.parameter_id
        join cards_data.parameter_kind k on k.name = p.kind
        where v.retracted is null and not v.void and (v.value < k.least or v.value > k.most or v.value <> round(v.value, k.digits))";
    assert_eq!(
        office.value::<i64>(unkind).await,
        0,
        "a value that came with the program is none of its kind"
    );
}
