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
    let details = |document: Value| json!({ "person_id": 61, "from": "2026-03-01", "document": document });
    for (cause, document) in
        [("У документа нет номера", json!({ "series": "99 01" })), ("Анкета пустая", json!({}))]
    {
        gallery.refuses(cause, &clerk, &op("passport.person_details", &details(document))).await;
    }
    centre
        .asserts(
            "passport.paper_terms",
            json!({ "paper_kind_id": 3, "from": "2020-01-01", "is_issued": false }),
        )
        .await;
    gallery.refuses("Эту справку больше не выдают", &clerk, &draft("household", 1011, 61)).await;
}
