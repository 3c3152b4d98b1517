//! Papers of the passport desk: what they say of a day, their numbers, their files, and who may read them.

use kvartal::db::error::DbError;
use kvartal::job::document::{self, Media, Purpose};
use serde_json::{Value, json};

use crate::common::village::NORTH;
use crate::common::{Office, people, village};

const DRAFT: &str = "select passport.paper_draft($1, $2, $3, $4::text::date, null)->'data'";

async fn draft(office: &Office, paper: &str, premises: i64, person: Option<i64>, day: &str) -> Value {
    office.passport.query_one(DRAFT, &[&paper, &premises, &person, &day]).await.unwrap().get(0)
}

fn names(people: &Value) -> Vec<&str> {
    people.as_array().unwrap().iter().map(|one| one["last_name"].as_str().unwrap()).collect()
}

/// Who lives in flat 3 before, on and after the day one of them leaves; the day of leaving is the first one out.
#[tokio::test]
async fn a_paper_says_what_was_true_on_its_day() {
    let office = Office::of(village().await).await;
    let left = json!({ "person_id": 66, "premises_id": 1013, "from": "2026-04-10", "went_to": "г. Томск", "reason": "переезд" });
    office.passport.does("passport.departure", left).await;
    let came =
        json!({ "premises_id": 1013, "person_id": 65, "day": "2020-01-01", "came_from": "с. Заречное" });
    office.passport.asserts("passport.residence_arrival", came).await;
    let before = draft(&office, "house_book", 1013, None, "2026-04-09").await;
    assert_eq!(names(&before["residents"]), ["Дубова", "Ежевикина", "Жасминова"]);
    assert_eq!((names(&before["former"]).len(), &before["count"]), (0, &json!(3)));
    let after = draft(&office, "house_book", 1013, None, "2026-04-10").await;
    assert_eq!(names(&after["residents"]), ["Дубова", "Ежевикина"]);
    let gone = &after["former"][0];
    assert_eq!(
        [&gone["last_name"], &gone["from"], &gone["removed_on"], &gone["left_for"], &gone["left_why"]],
        ["Жасминова", "2020-01-01", "2026-04-10", "г. Томск", "переезд"]
    );
    assert_eq!(after["residents"][1]["arrived_from"], "с. Заречное");
    assert_eq!(after["premises"]["address"], "Энск, улица Садовая, д. 1, кв. 3");
    assert_eq!(after["number"], "проект");
}

/// As known on an earlier day a paper says what was known then, of the same day of life.
#[tokio::test]
async fn a_draft_is_as_known_on_the_day_of_the_line() {
    let office = Office::of(village().await).await;
    let known: i64 = office.value("select max(known) from admin_data.operation").await;
    let left = json!({ "person_id": 66, "premises_id": 1013, "from": "2026-02-10" });
    office.passport.does("passport.departure", left).await;
    let now = draft(&office, "registered", 1013, None, "2026-03-01").await;
    assert_eq!(names(&now["residents"]), ["Дубова", "Ежевикина"]);
    let line = format!("select set_config('kvartal.known_at', '{known}', false)");
    office.passport.batch_execute(&line).await.unwrap();
    let then = draft(&office, "registered", 1013, None, "2026-03-01").await;
    assert_eq!(names(&then["residents"]), ["Дубова", "Ежевикина", "Жасминова"]);
}

/// A stay cut in two by a correction in its middle is one stay, since its first day.
#[tokio::test]
async fn a_corrected_stay_is_still_one_stay() {
    let office = Office::of(village().await).await;
    let relation = json!({ "person_id": 65, "premises_id": 1013, "from": "2024-05-01", "is_temporary": false, "relation": "дочь" });
    office.passport.asserts("passport.residence", relation).await;
    let said = draft(&office, "registered", 1013, None, "2026-03-01").await;
    let one = &said["residents"][1];
    assert_eq!(
        [&one["last_name"], &one["from"], &one["relation"]],
        [&json!("Ежевикина"), &json!("2020-01-01"), &json!("дочь")]
    );
}

/// What the desk enters comes out: birth, citizenship, document, a name in a case written by hand.
#[tokio::test]
async fn particulars_are_printed() {
    let office = Office::of(village().await).await;
    let document = json!({ "kind": "passport", "series": "99 20", "number": "123456", "issued_on": "2020-02-03", "issued_by": "ОВМ" });
    let details = json!({ "person_id": 61, "from": "2026-01-01", "birth_town": "с. Заречное", "birth_region": "Томская область",
        "citizenship": "Россия", "document": document });
    office.passport.does("passport.person_details", details).await;
    let case = json!({ "person_id": 61, "name_case": "dative", "from": "2026-01-01", "last_name": "Берёзкиной-то", "first_name": "Нине" });
    office.passport.asserts("passport.person_name_case", case).await;
    let said = draft(&office, "household", 1011, Some(61), "2026-03-01").await;
    let person = &said["person"];
    assert_eq!(person["birth_place"], "Томская область, с. Заречное");
    assert_eq!(person["citizenship"], "Россия");
    assert_eq!(person["document_text"], "паспорт 99 20 123456, выдан 03.02.2020 ОВМ");
    assert_eq!(person["cases"]["dative"]["last_name"], "Берёзкиной-то");
    let nothing = json!({ "person_id": 61, "from": "2026-01-01" });
    assert_eq!(office.passport.tries("passport.person_details", nothing).await.code, "KV004");
    let numberless =
        json!({ "person_id": 61, "from": "2026-01-01", "document": { "kind": "passport", "series": "99" } });
    assert_eq!(office.passport.tries("passport.person_details", numberless).await.code, "KV004");
}

/// Numbers run on without a gap though an order between them is refused; the file is made once, says its number, and does not follow
/// later changes.
#[tokio::test]
async fn an_issued_paper_keeps_its_number_and_its_words() {
    let office = Office::of(village().await).await;
    let order = |person: i64| json!({ "paper": "household", "premises_id": 1011, "person_id": person, "purpose": "нотариусу" });
    let first = office.passport.does("passport.paper_issue", order(61)).await;
    assert_eq!(office.passport.tries("passport.paper_issue", order(69)).await.code, "KV003");
    office.passport.does("passport.paper_issue", order(62)).await;
    office.settle().await;
    let numbers = "select string_agg(split_part(number, '/', 1), ' ' order by number) from passport.paper_list where is_made";
    assert_eq!(office.passport.query_one(numbers, &[]).await.unwrap().get::<_, &str>(0), "С-1 С-2");
    let file = "select md5(f.bytes) from admin_data.document d join admin_data.document_file f on f.document_id = d.id
        where f.media = 'application/pdf' and f.digest = sha256(f.bytes) order by d.number limit 1";
    let made: String = office.value(file).await;
    let married =
        json!({ "person_id": 61, "from": "2020-01-01", "last_name": "Вязова", "first_name": "Нина" });
    office.passport.asserts("passport.person_name", married).await;
    office.settle().await;
    assert_eq!(office.value::<String>(file).await, made);
    let opened = office.passport.query_one("select admin.document_open($1)", &[&first]).await.unwrap();
    let lines = opened.get::<_, Value>(0)["lines"].to_string();
    assert!(lines.contains("№ С-1/") && lines.contains("Берёзкиной Нине Петровне"), "{lines}");
    assert!(!lines.contains("Вязов"), "{lines}");
    // Given again byte for byte, and each reading is a reading of the cards of both who live there.
    let read = "select count(*) from passport_data.card_reading where person_id in (61, 62)";
    let before: i64 = office.value(read).await;
    let bytes = document::fetch(&*office.passport, first, Media::Pdf, Purpose::Get).await.unwrap();
    let kept =
        "select bytes from admin_data.document_file where document_id = $1 and media = 'application/pdf'";
    let kept: Vec<u8> = office.root.query_one(kept, &[&first]).await.unwrap().get(0);
    assert!(bytes == kept && bytes.starts_with(b"%PDF"));
    assert_eq!(office.value::<i64>(read).await, before + 2);
    assert_eq!(office.passport.query("select 1 from admin.document_readings", &[]).await.unwrap().len(), 2);
    let undo = office.passport.tries("admin.undo", json!({ "operation": first })).await;
    assert!(undo.to_string().contains("выдайте новую"), "{undo}");
}

/// Reading a draft is reading the cards of everybody on it; others may neither draw nor open one, nor see houses that are not theirs.
#[tokio::test]
async fn papers_are_read_by_right_and_written_down() {
    let office = Office::of(village().await).await;
    draft(&office, "registered", 1013, None, "2026-03-01").await;
    let read = "select string_agg(person_id::text, ' ' order by person_id) from passport_data.card_reading";
    assert_eq!(office.value::<String>(read).await, "64 65 66");
    let day = "2026-03-01";
    let refused = office.accountant.query_one(DRAFT, &[&"registered", &1013_i64, &None::<i64>, &day]).await;
    assert_eq!(DbError::from(refused.unwrap_err()).code(), "KV001");
    people::narrow(&office.root, people::PASSPORT, Some(11), None).await;
    let foreign = office.passport.query_one(DRAFT, &[&"registered", &1021_i64, &None::<i64>, &day]).await;
    assert_eq!(DbError::from(foreign.unwrap_err()).code(), "KV003");
    let order = json!({ "paper": "registered", "premises_id": 1021 });
    assert_eq!(office.passport.tries("passport.paper_issue", order).await.code, "KV003");
    office.chief.does("passport.paper_issue", json!({ "paper": "registered", "premises_id": 1021 })).await;
    office.passport.does("passport.paper_issue", json!({ "paper": "registered", "premises_id": 1011 })).await;
    let listed = "select string_agg(premises_id::text, ' ') from passport.paper_list";
    assert_eq!(office.passport.query_one(listed, &[]).await.unwrap().get::<_, &str>(0), "1011");
    assert_eq!(
        office
            .seen::<String>(
                "select string_agg(premises_id::text, ' ' order by number) from passport.paper_list"
            )
            .await,
        "1021 1011"
    );
    let north = office.db.as_role(NORTH).await;
    assert!(north.query("select bytes from admin_data.document_file", &[]).await.is_err());
}

/// A centre stops issuing a kind by a dated fact.
#[tokio::test]
async fn a_kind_may_be_abolished() {
    let office = Office::of(village().await).await;
    office
        .centre
        .asserts(
            "passport.paper_terms",
            json!({ "paper_kind_id": 3, "from": "2020-01-01", "is_issued": false }),
        )
        .await;
    let order = json!({ "paper": "household", "premises_id": 1011, "person_id": 61 });
    let refusal = office.passport.tries("passport.paper_issue", order).await;
    assert_eq!(refusal.message, "«Справка о составе семьи» больше не выдаётся");
}

async fn related(office: &Office, person: i64, relation: &str) {
    let fact = json!({ "person_id": person, "premises_id": 1013, "from": "2020-01-01", "is_temporary": false, "relation": relation });
    office.passport.asserts("passport.residence", fact).await;
}

/// A sheet of departure tells of the stay that ended, and there is none before the day it ended.
#[tokio::test]
async fn a_sheet_of_departure_is_of_who_has_left() {
    let office = Office::of(village().await).await;
    let left = json!({ "person_id": 66, "premises_id": 1013, "from": "2026-04-10", "went_to": "г. Томск", "reason": "переезд" });
    office.passport.does("passport.departure", left).await;
    let early =
        office.passport.query_one(DRAFT, &[&"departure_sheet", &1013_i64, &66_i64, &"2026-04-09"]).await;
    let early = DbError::from(early.unwrap_err());
    assert_eq!(
        (early.code(), early.to_string().starts_with("На 09.04.2026 этот человек здесь не снят с учёта")),
        ("KV006", true)
    );
    let again = json!({ "person_id": 66, "premises_id": 1013, "from": "2026-05-01", "is_temporary": false, "relation": "дочь" });
    office.passport.asserts("passport.residence", again).await;
    let sheet = draft(&office, "departure_sheet", 1013, Some(66), "2026-05-02").await;
    assert_eq!([&sheet["person"]["removed_on"], &sheet["person"]["left_for"]], ["2026-04-10", "г. Томск"]);
    let sheet = draft(&office, "arrival_sheet", 1013, Some(66), "2026-05-02").await;
    assert_eq!(
        (&sheet["person"]["from"], &sheet["person"]["removed_on"]),
        (&json!("2026-05-01"), &Value::Null)
    );
}

/// The head of the household comes first. Sons and daughters under 14 stand on the cards of the head and the spouse, on nobody else's: not on
/// a lodger's, and not on the child's own.
#[tokio::test]
async fn children_stand_on_the_cards_of_their_parents() {
    let office = Office::of(village().await).await;
    for (person, relation) in [(64, "не родственник"), (65, "глава семьи"), (66, "муж")]
    {
        related(&office, person, relation).await;
    }
    let child = json!({ "person": { "last_name": "Ежевикин", "first_name": "Яков", "sex": "male", "born_on": "2020-05-06" },
        "premises_id": 1013, "from": "2026-02-01", "relation": "сын" });
    office.passport.does("passport.arrival", child).await;
    let all = draft(&office, "registered", 1013, None, "2026-03-01").await;
    assert_eq!(names(&all["residents"]), ["Ежевикина", "Дубова", "Жасминова", "Ежевикин"]);
    let child = all["residents"][3]["person_id"].as_i64().unwrap();
    for (person, expected) in [(64, vec![]), (65, vec!["Ежевикин"]), (66, vec!["Ежевикин"]), (child, vec![])]
    {
        let card = draft(&office, "registration_card", 1013, Some(person), "2026-03-01").await;
        assert_eq!(names(&card["children"]), expected, "{person}");
    }
    assert_eq!(
        draft(&office, "registration_card", 1013, Some(65), "2034-05-06").await["children"],
        json!([])
    );
}

/// A foreign passport has no series; a certificate is «выдано».
#[tokio::test]
async fn a_card_names_the_document_as_it_is() {
    let office = Office::of(village().await).await;
    for (person, document, told) in [
        (
            61,
            json!({ "kind": "foreign_passport", "number": "401234567", "issued_on": "2022-05-06", "issued_by": "МВД Республики Таджикистан" }),
            "паспорт иностранного гражданина № 401234567, выдан 06.05.2022 МВД Республики Таджикистан",
        ),
        (
            62,
            json!({ "kind": "birth_certificate", "series": "I-ОМ", "number": "712345", "issued_on": "2021-08-03", "issued_by": "ЗАГС" }),
            "свидетельство о рождении, серия I-ОМ № 712345, выдано 03.08.2021 ЗАГС",
        ),
    ] {
        let details = json!({ "person_id": person, "from": "2026-01-01", "document": document });
        office.passport.does("passport.person_details", details).await;
        let order = json!({ "paper": "registration_card", "premises_id": 1011, "person_id": person });
        let issued = office.passport.does("passport.paper_issue", order).await;
        office.settle().await;
        let bytes = document::fetch(&*office.passport, issued, Media::Pdf, Purpose::Get).await.unwrap();
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let text = squeezed(&file.extract_text(&[1]).unwrap());
        assert!(text.contains(&squeezed(told)), "{text}");
    }
}
