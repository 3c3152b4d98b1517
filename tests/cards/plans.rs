//! By what a service is charged: of one account, one house, all houses of a street or district; told by codes, undone as one.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use super::services::guard;
use crate::common::office::GROUND;
use crate::common::village::SOUTH;
use crate::common::{Clerk, Office, people, village};

/// What the open month asks of everybody for upkeep.
async fn upkeep(office: &Office) -> String {
    office.settle().await;
    office.seen("select sum(amount)::text from billing.lines where service = 'maintenance' and month = '2026-03-01'").await
}

/// What the list of a street or district says of everything under a line.
async fn marked(client: &Clerk, place: &str, line: &str) -> Value {
    let sql = format!("select cards.street_service_marked({place}, '{line}')");
    client.query_one(&sql, &[]).await.unwrap().get(0)
}

/// Everything of the street under a line, as the workstation sends it once it was confirmed.
async fn all(office: &Office, line: &str) -> Value {
    json!({ "all": { "p_street": 1, "p_district": 0, "p_line": line }, "told": marked(&office.centre, "1, 0", line).await })
}

fn living(chosen: &Value) -> Value {
    json!({ "chosen": chosen, "from": "2026-03-01", "method": "area_living" })
}

/// Upkeep of both houses: 31.74 × (54.30, 38.00, 71.60, 31.00, 28.00) = 7 074.84 and 31.74 × (44.10, 49.90) =
/// 1 399.73 + 1 583.83. By living area 31.74 × (32.10, 19.50, 44.00, 22.00, 18.00) =
/// 1 018.85 + 618.93 + 1 396.56 + 698.28 + 571.32 = 4 303.94 and 31.74 × (28.00, 30.00) = 888.72 + 952.20: 3 913.54 less.
#[tokio::test]
async fn a_street_is_changed_at_once_shown_before_and_undone_as_one() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    assert_eq!(upkeep(&office).await, "10058.40");
    let told = marked(&office.centre, "1, 0", "содержание").await;
    assert_eq!((&told["count"], &told["sum"]), (&json!(2), &json!("10058.40")));
    let change = Operation {
        id: Uuid::new_v4(),
        kind: "cards.house_plan_set".to_owned(),
        args: living(&all(&office, "содержание").await),
        ground: Some(GROUND.to_owned()),
    };
    let mut door = Door::open(&office.db.address(people::CENTRE), "kvartal test").await.unwrap();
    let told = door.preview(&change).await.unwrap();
    assert_eq!((told.accounts, told.total.to_string()), (7, "-3913.54".to_owned()));
    assert_eq!(upkeep(&office).await, "10058.40", "a preview writes nothing");
    door.commit(&change).await.unwrap();
    assert_eq!(upkeep(&office).await, "6144.86");
    office.centre.undoes(change.id).await;
    assert_eq!(upkeep(&office).await, "10058.40");
}

/// A switch of marked houses is one of all their accounts: 7 074.84 + 2 983.56 are not charged.
#[tokio::test]
async fn a_service_of_a_street_is_switched_off_and_on() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let args = json!({ "chosen": all(&office, "содержание").await, "state": "off", "from": "2026-03-01" });
    let off = office.centre.does("cards.service_switch", args).await;
    office.settle().await;
    let none = "select count(*) from billing.lines where service = 'maintenance' and month = '2026-03-01'";
    assert_eq!(office.value::<i64>(none).await, 0);
    office.centre.undoes(off).await;
    assert_eq!(upkeep(&office).await, "10058.40");
}

/// Who sees one house marks one house; a set that changed since is not the set that was confirmed.
#[tokio::test]
async fn only_what_is_seen_and_confirmed_is_changed() {
    let office = Office::of(village().await).await;
    let south = Clerk::of(&office.db, SOUTH).await;
    assert_eq!(marked(&south, "1, 0", "").await["count"], 5, "its own house");
    assert_eq!(marked(&south, "0, 1", "").await["count"], 0, "the district of the other house");
    assert_eq!(marked(&office.centre, "0, 1", "").await["count"], 5);
    assert_eq!(marked(&office.centre, "1, 0", "2 водо").await["count"], 3, "the waters of house 2");
    let confirmed = all(&office, "содержание").await;
    office
        .centre
        .does("cards.house_plan_end", json!({ "house_id": 102, "service_id": 1, "from": "2026-03-01" }))
        .await;
    let refusal = office.centre.tries("cards.house_plan_set", living(&confirmed)).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        ("KV005", "Отбор изменился: подтверждено строк 2, теперь их 1")
    );
}

/// What is not told stays as each has it, piece by piece; told whole, a service begins where there was none.
#[tokio::test]
async fn what_is_not_told_stays() {
    let office = Office::of(village().await).await;
    let later = json!({ "house_id": 101, "service_id": 2, "from": "2026-06-01", "to": "2026-07-01", "method": "persons" });
    office.centre.does("cards.house_plan_set", later).await;
    let contract = json!({ "house_id": 101, "service_id": 2, "from": "2026-03-01", "provider": "heat", "contract": "Т-1" });
    office.centre.does("cards.house_plan_set", contract).await;
    let pieces = "select string_agg(valid_from || ' ' || method || ' ' || contract_id || ' ' || norm_id, ', ' order by valid_from)
        from cards_data.house_plan where house_id = 101 and service_id = 2 and retracted is null and not void";
    assert_eq!(
        office.value::<String>(pieces).await,
        "2020-01-01 meter 21 42, 2026-03-01 meter 22 42, 2026-06-01 persons 22 42, 2026-07-01 meter 22 42"
    );
    let mut whole = json!({
        "account_id": 41003, "service_id": 7, "from": "2026-03-01", "method": "quantity", "provider": "power", "contract": "Э-1",
    });
    let refusal = office.accountant.tries("cards.account_plan_set", whole.clone()).await;
    assert_eq!(
        refusal.message,
        "Изменение порядка начисления счёту: у счёта 41003 своего порядка по этой услуге нет"
    );
    whole["tariff"] = json!("antenna");
    office.accountant.does("cards.account_plan_set", whole).await;
    let own = "select method || ' ' || origin_of from cards.account_plan_head where account_id = 41003 and service_id = 7";
    office.accountant.batch_execute("set kvartal.as_of = '2026-03-15'").await.unwrap();
    assert_eq!(office.accountant.query_one(own, &[]).await.unwrap().get::<_, &str>(0), "quantity account");
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let office = Office::of(village().await).await;
    let house = |service: i64, name: &str, value: &str| {
        let mut args = json!({ "house_id": 101, "service_id": service, "from": "2026-03-01" });
        args[name] = json!(value);
        args
    };
    let both =
        json!({ "rows": [{ "house_id": 101, "service_id": 1 }, { "house_id": 102, "service_id": 2 }] });
    let unseen = json!({ "rows": [{ "house_id": 999, "service_id": 1 }] });
    let title = "Изменение порядка начисления домам: ";
    for (args, sentence) in [
        (house(1, "method", "на глаз"), format!("{title}нет способа «на глаз»")),
        (
            house(1, "tariff", "heating"),
            format!("{title}тарифа «heating» у услуги «Содержание жилого помещения» нет"),
        ),
        (
            house(1, "norm", "heating"),
            format!("{title}норматива «heating» у услуги «Содержание жилого помещения» нет"),
        ),
        (house(99, "method", "meter"), format!("{title}такой услуги нет")),
        (
            house(6, "method", "meter"),
            format!("{title}у дома Энск, улица Садовая, д. 1 этой услуги в эти дни нет"),
        ),
        (house(1, "to", "2026-04-01"), format!("{title}не указано, что изменить")),
        (living(&both), format!("{title}отмечены разные услуги (2)")),
        (living(&unseen), "Отмеченные строки: дом не найден или вам не виден".to_owned()),
    ] {
        assert_eq!(office.centre.tries("cards.house_plan_set", args).await.message, sentence);
    }
    let mut contract = house(1, "contract", "Э-1");
    contract["provider"] = json!("heat");
    let refusal = office.centre.tries("cards.house_plan_set", contract).await;
    assert_eq!(refusal.message, format!("{title}договора «Э-1» с «heat» нет"));
    let refusal = office.accountant.tries("cards.house_plan_set", house(1, "method", "meter")).await;
    assert_eq!(refusal.code, "KV001", "plans of houses are the centre's");
}

/// 101 and 102 have their accounts since 2020: what is to begin or end before is a slip in the year.
#[tokio::test]
async fn days_before_the_first_account_are_refused() {
    let office = Office::of(village().await).await;
    let sentence = |title: &str| format!("{title}: лицевые счета ведутся только с 01.01.2020");
    let both =
        json!({ "rows": [{ "house_id": 101, "service_id": 1 }, { "house_id": 102, "service_id": 1 }] });
    let plan = json!({ "chosen": both, "from": "1999-03-01", "method": "area_living" });
    let end = json!({ "chosen": both, "from": "1999-03-01" });
    let rate = json!({ "facts": [{ "tariff_id": 31, "part": 0, "from": "1999-03-01", "rate": "10", "citation": "решение" }] });
    let area = json!({ "facts": [{ "house_id": 101, "from": "1999-03-01", "area_common": "70" }] });
    for (kind, args, title) in [
        ("cards.house_plan_set", plan, "Изменение порядка начисления домам"),
        ("cards.house_plan_end", end, "Исключение услуги из порядка домов"),
        ("cards.tariff_rate", rate, "Тариф"),
        ("cards.house_area", area, "Площадь общего имущества"),
        ("cards.service_new", guard("from", json!("1999-03-01")), "Новая услуга центра"),
    ] {
        let refusal = office.centre.tries(kind, args).await;
        assert_eq!(refusal.message, sentence(title), "{kind}");
    }
    let flat = json!({ "facts": [{
        "premises_id": 1011, "from": "1999-03-01", "area_total": "60", "area_living": "30", "area_heated": "60", "rooms": 2,
    }] });
    let correction = json!({
        "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "5", "source_month": "1999-03",
    });
    let account = json!({
        "house_id": 101, "premises": "5", "kind": "flat", "area_total": "40", "account": "41007", "from": "1999-03-01",
        "payer": { "last_name": "Новикова", "first_name": "Анна" },
    });
    let meter = json!({
        "account_id": 41001, "kind": "individual", "service_id": 3, "serial": "Х-1", "day": "1999-03-01", "initial": [0],
    });
    let act = json!({
        "house_id": 101, "service_id": 2, "deficiency": "cold_interruption", "number": "А-1", "drawn_on": "1999-03-05",
        "from_day": "1999-03-03", "from_time": "08:00", "to_day": "1999-03-03", "to_time": "11:00",
    });
    for (kind, args) in [
        ("cards.premises_area", flat),
        ("billing.correction", correction),
        ("cards.account_new", account),
        ("meters.meter_new", meter),
        ("claims.act", act),
    ] {
        let refusal = office.accountant.tries(kind, args).await;
        assert!(
            refusal.message.ends_with("лицевые счета ведутся только с 01.01.2020"),
            "{kind}: {refusal:?}"
        );
    }
    let off = json!({
        "chosen": { "rows": [{ "account_id": 41001, "service_id": 1 }] }, "state": "off", "from": "1999-03-01",
    });
    let refusal = office.accountant.tries("cards.service_switch", off).await;
    assert!(refusal.message.ends_with("лицевые счета ведутся только с 01.01.2020"), "{refusal:?}");
}

/// House 101 has five accounts; marked for upkeep and heating they are five still.
#[tokio::test]
async fn an_account_marked_for_two_services_is_one() {
    let office = Office::of(village().await).await;
    let chosen =
        json!({ "rows": [{ "house_id": 101, "service_id": 1 }, { "house_id": 101, "service_id": 5 }] });
    let head = "select houses, accounts from cards.house_plan_chosen($1)";
    let row = office.centre.query_one(head, &[&chosen]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 5));
}

/// A norm of a person is none of a m²: by area the house goes on without it, by common needs another must be told; and a form that
/// sends the old one back is told so.
#[tokio::test]
async fn a_norm_that_does_not_fit_the_new_method_goes() {
    let office = Office::of(village().await).await;
    let change =
        |method: &str| json!({ "house_id": 101, "service_id": 2, "from": "2026-03-01", "method": method });
    let refusal = office.centre.tries("cards.house_plan_set", change("common_norm")).await;
    let unfit = "Порядок начисления по дому: норматив «cold_water» к новому способу не подходит";
    assert_eq!(refusal.message, unfit);
    let mut whole = change("area_total");
    for (name, value) in
        [("provider", "water"), ("contract", "В-1"), ("tariff", "cold_water"), ("norm", "cold_water")]
    {
        whole[name] = json!(value);
    }
    let refusal = office.centre.tries("cards.house_plan_set", whole.clone()).await;
    assert_eq!(refusal.message, unfit);
    // A person's norm of water knows no heat to warm it.
    let refusal = office.centre.tries("cards.house_plan_set", change("two_component")).await;
    assert_eq!(refusal.message, unfit);
    let missing = "Порядок начисления по дому: не указан норматив";
    whole["method"] = json!("persons");
    whole.as_object_mut().unwrap().remove("norm");
    assert_eq!(office.centre.tries("cards.house_plan_set", whole).await.message, missing);
    office.centre.does("cards.house_plan_set", change("area_total")).await;
    let plan = "select method || ' ' || coalesce(norm_id::text, '—') from cards_data.house_plan
        where house_id = 101 and service_id = 2 and retracted is null and not void and valid_from = '2026-03-01'";
    assert_eq!(office.value::<String>(plan).await, "area_total —");
}
