//! Accounts opened with their premises, area and payer in one operation; closed, and opened again.

use serde_json::{Value, json};

use crate::common::{Office, village};

/// A new flat 5 of house 101, with one thing otherwise.
fn account(name: &str, value: Value) -> Value {
    let mut account = json!({
        "house_id": 101, "premises": "5", "kind": "flat", "area_total": "40.50", "account": "41007", "from": "2026-03-01",
        "payer": { "last_name": "Новикова", "first_name": "Анна" },
    });
    account[name] = value;
    account
}

/// What an account is charged for upkeep in March; nothing where it is not charged.
async fn upkeep(office: &Office, number: &str) -> String {
    office.settle().await;
    office
        .seen(&format!(
            "select coalesce(sum(l.amount), 0)::text from billing.lines l join cards.account_card a using (account_id)
             where a.number = '{number}' and l.service = 'maintenance' and l.month = '2026-03-01'"
        ))
        .await
}

async fn head(office: &Office, number: &str) -> String {
    let head = format!(
        "select concat_ws(' | ', address, holder, state, state_since, area_total) from cards.account_head where number = '{number}'"
    );
    office.accountant.query_one(&head, &[]).await.unwrap().get(0)
}

/// 40.50 m² × 31.74 = 1 285.47; undone, nobody is charged, and the number may be used there again.
#[tokio::test]
async fn an_account_is_opened_with_its_premises_and_payer() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let opened = office.accountant.does("cards.account_new", account("rooms", json!(1))).await;
    assert_eq!(
        head(&office, "41007").await,
        "Энск, улица Садовая, д. 1, кв. 5 | Новикова Анна | open | 2026-03-01 | 40.50"
    );
    assert_eq!(upkeep(&office, "41007").await, "1285.47");
    let found = "select count(*) from cards.search('новикова') where kind = 'account'";
    assert_eq!(office.accountant.query_one(found, &[]).await.unwrap().get::<_, i64>(0), 1);
    office.accountant.undoes(opened).await;
    assert_eq!(upkeep(&office, "41007").await, "0");
    office.accountant.does("cards.account_new", account("payer", json!({ "organisation": "heat" }))).await;
    assert_eq!(
        head(&office, "41007").await,
        "Энск, улица Садовая, д. 1, кв. 5 | Теплосеть | open | 2026-03-01 | 40.50"
    );
}

/// The next number is after the greatest of the town, whoever's it is.
#[tokio::test]
async fn the_next_number_is_offered() {
    let office = Office::of(village().await).await;
    let south = office.db.as_role(village::SOUTH).await;
    let offer = "select account from cards.account_offer()";
    assert_eq!(south.query_one(offer, &[]).await.unwrap().get::<_, &str>(0), "42003");
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let office = Office::of(village().await).await;
    for (name, value, sentence) in [
        ("house_id", json!(999), "дом не найден или вам не виден"),
        ("area_total", Value::Null, "помещения 5 в доме нет; чтобы его завести, укажите вид и общую площадь"),
        ("kind", json!("room"), "вид помещения «room» не подходит"),
        ("flat", json!("9"), "квартиры 9 в доме нет"),
        ("account", json!("41002"), "лицевой счёт 41002 уже есть: Энск, улица Садовая, д. 1, кв. 2"),
        ("payer", json!({}), "укажите одно — человека, организацию или фамилию нового человека"),
        ("payer", json!({ "person_id": 999 }), "человек не найден или вам не виден"),
        ("payer", json!({ "organisation": "gas" }), "организации с кодом «gas» нет"),
    ] {
        let mut args = account(name, value);
        args.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let refusal = office.accountant.tries("cards.account_new", args).await;
        assert_eq!(refusal.message, format!("Открытие нового счёта: {sentence}"));
    }
}

/// Closed from the 16th, flat 2 pays 15 of 31 days: 38.00 × 31.74 × 15 / 31 = 583.606…; opened again it pays the month.
#[tokio::test]
async fn a_closed_account_is_not_charged_and_may_be_opened_again() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let close = json!({ "account_id": 41002, "from": "2026-03-16", "void": true });
    let closed = office.accountant.asserts("cards.account_open", close).await;
    assert_eq!(upkeep(&office, "41002").await, "583.61");
    let again = json!({ "house_id": 101, "premises": "2", "account": "41002", "from": "2026-03-16", "payer": { "person_id": 63 } });
    office.accountant.does("cards.account_new", again).await;
    assert_eq!(upkeep(&office, "41002").await, "1206.12");
    let refusal = office.accountant.tries("admin.undo", json!({ "operation": closed })).await;
    assert_eq!(refusal.code, "KV010", "its days are another operation's now");
}

/// A second account of one flat is asked for and names the first; rooms of a communal flat are premises of their own, and a closed
/// account is no doubt.
#[tokio::test]
async fn a_second_account_of_a_flat_is_doubted() {
    let office = Office::of(village().await).await;
    let mut second = account("premises", json!("2"));
    let refusal = office.accountant.tries("cards.account_new", second.clone()).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        (
            "KV014",
            "Открытие нового счёта: в помещении уже открыт лицевой счёт 41002 (Энск, улица Садовая, д. 1, кв. 2)"
        )
    );
    second["twice"] = json!(true);
    office.accountant.does("cards.account_new", second).await;
    let mut room = account("premises", json!("9"));
    (room["flat"], room["kind"], room["account"]) = (json!("2"), json!("room"), json!("41008"));
    office.accountant.does("cards.account_new", room).await;
    let close = json!({ "account_id": 41001, "from": "2026-03-16", "void": true });
    office.accountant.asserts("cards.account_open", close).await;
    let mut next = account("premises", json!("1"));
    (next["account"], next["from"]) = (json!("41009"), json!("2026-03-16"));
    office.accountant.does("cards.account_new", next).await;
}
