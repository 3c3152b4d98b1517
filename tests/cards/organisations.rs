//! A new organisation: shown before, paid by a bill, undone; taken back only while nobody needs it.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::office::GROUND;
use crate::common::{Office, people, village};

/// A firm that is paid itself, from March. Its ИНН: 9·2+9·4+0+1·3+0+0+7·4+7·6+7·8 = 183, 183 mod 11 = 7.
fn firm() -> Value {
    json!({
        "code": "phone", "name": "ООО «Домофон»", "role": "other", "tin": "9901007777", "kpp": "990101001",
        "from": "2026-03-01", "account": "40702810600000000123", "bank_name": "Банк", "bic": "049902707",
        "correspondent_account": "30101810000000000707",
    })
}

async fn is_listed(office: &Office) -> bool {
    office.seen("select exists (select from cards.organisation_list where code = 'phone')").await
}

/// A preview moves no bill and writes nothing; once it is there, the maintenance of house 1 is paid to it, and the bill names it with its
/// numbers and account. Under the payee it is not taken back; after that it is in no list.
#[tokio::test]
async fn an_organisation_is_begun_paid_and_taken_back() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let begin = Operation {
        id: Uuid::new_v4(),
        kind: "cards.organisation_new".to_owned(),
        args: firm(),
        ground: Some(GROUND.to_owned()),
    };
    let mut door = Door::open(&office.db.address(people::CENTRE), "kvartal test").await.unwrap();
    let told = door.preview(&begin).await.unwrap();
    assert_eq!((told.accounts, is_listed(&office).await), (0, false));
    door.commit(&begin).await.unwrap();
    assert!(is_listed(&office).await);
    let id: i64 =
        office.seen("select organisation_id from cards.organisation_list where code = 'phone'").await;
    let payee = json!({ "facts": [{ "contract_id": 23, "from": "2026-03-01", "payee_id": id }] });
    let paid = office.centre.does("cards.contract_payee", payee).await;
    let bill = kvartal::job::invoice::read(&*office.accountant, "41001", "2026-03".parse().unwrap(), false)
        .await
        .unwrap();
    let share = bill.payees.iter().find(|share| share.payee.name == "ООО «Домофон»").unwrap();
    let maintenance: String =
        office.seen("select sum(closing)::text from billing.account_balance(41001, '2026-03-01') where contract_id = 23").await;
    assert_eq!(share.payable().to_string(), maintenance);
    let refusal = office.centre.tries("admin.undo", json!({ "operation": begin.id })).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        ("KV010", "Организация «ООО «Домофон»» нужна: получатель по договорам: 1")
    );
    office.centre.undoes(paid).await;
    office.centre.undoes(begin.id).await;
    assert!(!is_listed(&office).await);
    let bank = "select not exists (select from cards.settlement_account s join cards_data.organisation o on o.id = s.organisation_id where o.code = 'phone')";
    assert!(office.value::<bool>(bank).await, "its account went with it");
}

/// The digits of ten and of twelve; an entrepreneur has no КПП.
#[tokio::test]
async fn the_numbers_of_a_taxpayer_are_checked() {
    let office = Office::of(village().await).await;
    let fits = |inn: &str| format!("select cards.inn_fits('{inn}')");
    for (inn, right) in [
        ("9901007777", true),
        ("9901007778", false),
        ("500100732259", true),
        ("500100732250", false),
        ("990100777", false),
        ("99010077a7", false),
    ] {
        assert_eq!(office.value::<bool>(&fits(inn)).await, right, "{inn}");
    }
    let mut person = firm();
    person["tin"] = json!("500100732259");
    let refusal = office.centre.tries("cards.organisation_new", person.clone()).await;
    assert_eq!(refusal.message, "Новая организация: у предпринимателя нет КПП");
    person.as_object_mut().unwrap().remove("kpp");
    office.centre.does("cards.organisation_new", person.clone()).await;
    person["code"] = json!("phone2");
    let refusal = office.centre.tries("cards.organisation_new", person).await;
    assert_eq!(refusal.message, "Новая организация: ИНН 500100732259 уже есть: ООО «Домофон»");
}

/// A firm is renamed and gets another ИНН; taken back it is called as before. Its code is free once the firm is taken back itself.
#[tokio::test]
async fn an_organisation_is_renamed_and_its_code_is_free_after_undo() {
    let office = Office::of(village().await).await;
    let begun = office.centre.does("cards.organisation_new", firm()).await;
    let listed = async |what: &str| {
        office
            .seen::<String>(&format!("select {what} from cards.organisation_list where code = 'phone'"))
            .await
    };
    let id: i64 =
        office.seen("select organisation_id from cards.organisation_list where code = 'phone'").await;
    let mut change = json!({
        "organisation_id": id, "name": "ООО «Домофон-Сервис»", "tin": "500100732259", "from": "2026-03-01",
    });
    let renamed = office.centre.does("cards.organisation_change", change.clone()).await;
    assert_eq!(
        listed("name || ' ' || tin || ' ' || (kpp is null)").await,
        "ООО «Домофон-Сервис» 500100732259 true"
    );
    change["tin"] = json!("9901007778");
    let refusal = office.centre.tries("cards.organisation_change", change.clone()).await;
    assert!(refusal.message.contains("контрольные цифры ИНН 9901007778 не сходятся"), "{refusal:?}");
    let mut early = change.clone();
    (early["tin"], early["from"]) = (json!("500100732259"), json!("1999-03-01"));
    let refusal = office.centre.tries("cards.organisation_change", early).await;
    assert!(refusal.message.ends_with("лицевые счета ведутся только с 01.01.2020"), "{refusal:?}");
    change["organisation_id"] = json!(999);
    assert_eq!(office.centre.tries("cards.organisation_change", change).await.code, "KV003");
    office.centre.undoes(renamed).await;
    assert_eq!(listed("name || ' ' || tin || ' ' || kpp").await, "ООО «Домофон» 9901007777 990101001");
    office.centre.undoes(begun).await;
    assert!(!is_listed(&office).await);
    let mut next = firm();
    next["name"] = json!("ООО «Связь»");
    let again = office.centre.does("cards.organisation_new", next).await;
    assert_eq!(listed("name").await, "ООО «Связь»");
    office.centre.undoes(again).await;
    assert!(!is_listed(&office).await);
}
