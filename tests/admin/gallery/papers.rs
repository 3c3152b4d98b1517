//! What provokes the refusals of the papers of the passport desk.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::{Clerk, people};

fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(3))
}

pub async fn of_papers(gallery: &mut Gallery) {
    let db = &gallery.office.db;
    let (clerk, accountant) =
        (Clerk::of(db, people::PASSPORT).await, Clerk::of(db, people::ACCOUNTANT).await);
    let centre = Clerk::of(db, people::CENTRE).await;
    let draft = |kind: &str, premises: i64, person: i64| {
        format!("select passport.paper_draft('{kind}', {premises}, {person}, '2026-03-01', null)")
    };
    gallery.refuses("Справку составляет не паспортистка", &accountant, &draft("registered", 1011, 61)).await;
    for (cause, statement) in [
        ("Такой справки нет", draft("pasport", 1011, 61)),
        ("Помещения нет", draft("registered", 999, 61)),
        ("Человек здесь не жил", draft("household", 1011, 69)),
        ("Справки с таким номером нет", "select admin.document_by_number('С-1/1999')".to_owned()),
    ] {
        gallery.refuses(cause, &clerk, &statement).await;
    }
    let paper =
        |day: &str| json!({ "paper": "household", "premises_id": 1012, "person_id": 63, "as_of": day });
    gallery.refuses("День ещё не наступил", &clerk, &op("passport.paper_issue", &paper("2199-01-01"))).await;
    clerk
        .does("passport.departure", json!({ "person_id": 63, "premises_id": 1012, "from": "2026-03-05" }))
        .await;
    gallery
        .refuses("Человек уже снят с учёта", &clerk, &op("passport.paper_issue", &paper("2026-03-05")))
        .await;
    gallery.refuses("Человек ещё не снят с учёта", &clerk, &draft("departure_sheet", 1011, 61)).await;
    let departure = json!({ "person_id": 61, "premises_id": 1011, "from": "1901-01-01" });
    gallery
        .refuses("Снимают с учёта раньше регистрации", &clerk, &op("passport.departure", &departure))
        .await;
    details_refused(gallery, &clerk).await;
    slips_refused(gallery, &clerk).await;
    registration_refused(gallery, &clerk).await;
    centre
        .asserts(
            "passport.paper_terms",
            json!({ "paper_kind_id": 3, "from": "2020-01-01", "is_issued": false }),
        )
        .await;
    gallery.refuses("Эту справку больше не выдают", &clerk, &draft("household", 1011, 61)).await;
}

async fn details_refused(gallery: &mut Gallery, clerk: &Clerk) {
    let given = |more: Value| {
        let mut details = json!({ "person_id": 61, "from": "2026-03-01" });
        details.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        op("passport.person_details", &details)
    };
    let before_birth = json!({ "number": "123456", "issued_on": "1960-01-01" });
    for (cause, more) in [
        ("У документа нет номера", json!({ "document": { "series": "99 01" } })),
        ("Документ выдан раньше рождения", json!({ "document": before_birth })),
        ("Место рождения без населённого пункта", json!({ "birth_country": "Казахстан" })),
        ("Анкета пустая", json!({})),
    ] {
        gallery.refuses(cause, clerk, &given(more)).await;
    }
}

async fn slips_refused(gallery: &mut Gallery, clerk: &Clerk) {
    let name = json!({ "facts": [{ "person_id": 61, "from": "1960-01-01", "last_name": "Ольхова", "first_name": "Нина" }] });
    gallery.refuses("Имя раньше рождения", clerk, &op("passport.person_name", &name)).await;
    let payer = json!({ "facts": [{ "account_id": 41001, "from": "1990-01-01", "person_id": 62 }] });
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let bank = |account: &str, bic: &str| json!({ "facts": [{ "organisation_id": 13, "from": "2026-04-01", "account": account, "bank_name": "Банк", "bic": bic }] });
    for (cause, details) in [
        ("Счёт не из двадцати цифр", bank("4070281000000000001", "044030001")),
        ("БИК не из девяти цифр", bank("40702810000000000001", "0440З0001")),
    ] {
        gallery.refuses(cause, &centre, &op("cards.settlement_account", &details)).await;
    }
    gallery.refuses("Плательщик раньше открытия счёта", clerk, &op("cards.account_holder", &payer)).await;
}

async fn registration_refused(gallery: &mut Gallery, clerk: &Clerk) {
    let to = |premises: i64, from: &str, more: Value| {
        let mut args = json!({ "person_id": 66, "premises_id": premises, "from": from });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        op("passport.registration", &args)
    };
    let term = json!({ "to": "2026-09-01" });
    gallery.refuses("Уже зарегистрирован по этому адресу", clerk, &to(1013, "2026-03-16", json!({}))).await;
    gallery.refuses("Срок у постоянной регистрации", clerk, &to(1012, "2026-03-16", term)).await;
    clerk
        .does("passport.registration", json!({ "person_id": 66, "premises_id": 1012, "from": "2026-03-16" }))
        .await;
    gallery.refuses("Раньше следующей регистрации", clerk, &to(1011, "2026-03-01", json!({}))).await;
    let guest = json!({ "person_id": 69, "premises_id": 1011, "from": "2026-03-01", "is_temporary": true });
    clerk.does("passport.registration", guest).await;
    people::narrow(&gallery.office.root, people::PASSPORT, Some(11), Some(1)).await;
    let here = json!({ "person_id": 69, "premises_id": 1012, "from": "2026-03-16" });
    gallery.refuses("Живёт на другом участке", clerk, &op("passport.registration", &here)).await;
    people::narrow(&gallery.office.root, people::PASSPORT, None, None).await;
}
