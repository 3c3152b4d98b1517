//! The journal: of everything, of one thing, of one operation with what it changed; never of what an operator does not see.

use kvartal::db::connect::Client;
use serde_json::json;
use uuid::Uuid;

use crate::common::village::{NORTH, SOUTH};
use crate::common::{Office, people, village};

/// Titles of the journal of a thing, the latest first.
async fn journal_of(client: &Client, kind: &str, id: i64) -> Vec<String> {
    let sql = "select title from admin.journal_of($1, $2)";
    client.query(sql, &[&kind, &id]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

fn area(premises: i64, total: &str) -> serde_json::Value {
    json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": "20.00", "area_heated": total, "rooms": 1 })
}

#[tokio::test]
async fn a_thing_has_its_journal() {
    let office = Office::of(village().await).await;
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    office.accountant.asserts("cards.premises_area", area(1011, "50.00")).await;
    let reading = json!({ "meter_id": 51, "day": "2026-03-20", "value": "1020", "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", reading).await;
    let payment = json!({ "account": "41001", "amount": "10", "paid_on": "2026-04-02", "source": "касса" });
    office.accountant.does("finance.payment", json!({ "payments": [payment] })).await;
    office.accountant.asserts("cards.premises_area", area(1012, "51.00")).await;
    let all = ["Приём платежей", "Показание прибора", "Изменение площади"];
    assert_eq!(journal_of(&north, "account", 41001).await, all);
    assert_eq!(journal_of(&north, "meter", 51).await, ["Показание прибора"]);
    assert_eq!(journal_of(&north, "premises", 1012).await, ["Изменение площади"]);
    assert_eq!(journal_of(&north, "house", 101).await.len(), 4);
    for (kind, id) in [("account", 41001), ("meter", 51), ("premises", 1012), ("house", 101), ("person", 61)]
    {
        assert!(journal_of(&south, kind, id).await.is_empty(), "{kind} {id} is another's");
    }
    let next = "select title from admin.journal_of('account', 41001, (select jsonb_build_object('known', max(known)) from admin.journal_of('account', 41001)), 1)";
    assert_eq!(north.query_one(next, &[]).await.unwrap().get::<_, &str>(0), "Показание прибора");
    let count = "select admin.journal_of_count('house', 101)";
    assert_eq!(north.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 4);
}

/// Old and new beside each other; what only lost some of its days is not told as changed.
#[tokio::test]
async fn an_operation_tells_what_it_changed() {
    let office = Office::of(village().await).await;
    let changed = office.accountant.asserts("cards.premises_area", area(1011, "50.00")).await;
    let facts = "select string_agg(concat_ws(' | ', fact_title, object_title, valid_from, through, change), '; ') from admin.operation_facts($1)";
    let told: String = office.accountant.query_one(facts, &[&changed]).await.unwrap().get(0);
    assert_eq!(
        told,
        "Площадь помещения | Энск, улица Садовая, д. 1, кв. 1 | 2026-03-01 | общая площадь: 54,3 → 50; жилая площадь: 32,1 → 20; отапливаемая площадь: 54,3 → 50; комнат: 2 → 1"
    );
    let card = "select title, full_name, subject, ground, can_undo, undo_refusal, undone_by is not null from admin.operation_card($1)";
    let row = office.accountant.query_one(card, &[&changed]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "Изменение площади");
    assert_eq!(row.get::<_, &str>(1), "Проверкина Вера");
    assert_eq!(row.get::<_, &str>(2), "Энск, улица Садовая, д. 1, кв. 1");
    assert!(row.get::<_, bool>(4) && !row.get::<_, bool>(6));
    let undone = office.accountant.undoes(changed).await;
    let row = office.accountant.query_one(card, &[&changed]).await.unwrap();
    assert!(!row.get::<_, bool>(4) && row.get::<_, bool>(6), "it is undone, and the card does not say so");
    assert_eq!(row.get::<_, &str>(5), "Операция уже отменена, или всё, что она изменила, изменено позже");
    let undoes = "select undoes from admin.operation_card($1)";
    assert_eq!(office.accountant.query_one(undoes, &[&undone]).await.unwrap().get::<_, Uuid>(0), changed);
    let told: String = office.accountant.query_one(facts, &[&undone]).await.unwrap().get(0);
    assert!(told.contains("общая площадь: 50 → 54,3"), "{told}");
    let cashier = office.db.as_role(people::CASHIER).await;
    let why: Option<String> = cashier.query_one(card, &[&changed]).await.unwrap().get(5);
    assert_eq!(why.as_deref(), Some("Нет права на операцию «Изменение площади»"));
}

/// A list says of each row whether it can be undone and why not, before a ground is asked for: what is undone, and an undo itself.
#[tokio::test]
async fn a_list_says_why_nothing_is_left_to_undo() {
    let office = Office::of(village().await).await;
    let changed = office.accountant.asserts("cards.premises_area", area(1011, "50.00")).await;
    office.accountant.undoes(changed).await;
    let list = "select coalesce(string_agg(can_undo || ' ' || coalesce(undo_refusal, ''), '; ' order by known desc), '')
        from admin.journal_list(p_limit => 2)";
    let told: String = office.accountant.query_one(list, &[]).await.unwrap().get(0);
    assert_eq!(
        told,
        "false Операция «Отмена операции» не отменяется. Сделайте операцию заново; false Операция уже отменена"
    );
}

/// The card of another's operation is not there; neither are its facts.
#[tokio::test]
async fn another_s_operation_is_not_found() {
    let office = Office::of(village().await).await;
    let changed = office.accountant.asserts("cards.premises_area", area(1011, "50.00")).await;
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    for sql in
        ["select count(*) from admin.operation_card($1)", "select count(*) from admin.operation_facts($1)"]
    {
        assert_eq!(north.query_one(sql, &[&changed]).await.unwrap().get::<_, i64>(0), 1, "{sql}");
        assert_eq!(south.query_one(sql, &[&changed]).await.unwrap().get::<_, i64>(0), 0, "{sql}");
    }
}

/// The centre reads everything, by any filter; an accountant the own; a centre of one company what it sees.
#[tokio::test]
async fn the_list_is_filtered_and_counted() {
    let office = Office::of(village().await).await;
    for premises in [1011, 1012, 1021] {
        office.accountant.asserts("cards.premises_area", area(premises, "50.00")).await;
    }
    office.chief.asserts("cards.premises_area", area(1013, "50.00")).await;
    let areas = "p_kind => 'cards.premises_area'";
    let count = async |client: &Client, filter: &str| -> i64 {
        let list = format!("select count(*) from admin.journal_list({filter})");
        let listed: i64 = client.query_one(&list, &[]).await.unwrap().get(0);
        let counted = format!("select admin.journal_count({filter})");
        assert_eq!(client.query_one(&counted, &[]).await.unwrap().get::<_, i64>(0), listed, "{filter}");
        listed
    };
    assert_eq!(count(&office.centre, areas).await, 4);
    assert_eq!(count(&office.accountant, areas).await, 3);
    assert_eq!(count(&office.centre, &format!("{areas}, p_operator => '{}'", people::ACCOUNTANT)).await, 3);
    assert_eq!(count(&office.centre, &format!("{areas}, p_subject => '41001'")).await, 1);
    assert_eq!(count(&office.centre, &format!("{areas}, p_subject => 'ПРОВЕРК'")).await, 4);
    assert_eq!(count(&office.centre, &format!("{areas}, p_subject => 'иное'")).await, 0);
    assert_eq!(count(&office.centre, &format!("{areas}, p_from => current_date + 1")).await, 0);
    assert_eq!(
        count(&office.centre, &format!("{areas}, p_from => current_date - 1, p_to => current_date + 1"))
            .await,
        4
    );
    people::narrow(&office.root, people::CENTRE, Some(11), None).await;
    assert_eq!(count(&office.centre, areas).await, 3, "a centre of one company reads of another's flat");
}

/// Of an operation on several things whose first is another company's, the reader is told how many there are, never «и ещё» of nothing.
#[tokio::test]
async fn a_first_thing_out_of_sight_leaves_a_count() {
    let office = Office::of(village().await).await;
    let payment = |account: &str| json!({ "account": account, "amount": "10", "paid_on": "2026-04-02", "source": "касса" });
    let both = json!({ "payments": [payment("41001"), payment("42001")] });
    office.accountant.does("finance.payment", both).await;
    let told = "select subject from admin.journal_of('account', $1)";
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    assert_eq!(north.query_one(told, &[&41001_i64]).await.unwrap().get::<_, &str>(0), "счёт 41001 и ещё 1");
    assert_eq!(south.query_one(told, &[&42001_i64]).await.unwrap().get::<_, &str>(0), "объектов: 2");
}
