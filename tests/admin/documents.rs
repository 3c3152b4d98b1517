//! The archive: numbers without gaps, bytes that never change, readers by scope and right, readings written down.

use kvartal::db::connect::Client;
use kvartal::db::error::DbError;
use kvartal::job::document::{self, Entry, Media, Purpose, Subject};
use serde_json::json;
use uuid::Uuid;

use crate::common::interleave::Session;
use crate::common::village::{CHIEF, NORTH, SOUTH};
use crate::common::{Clerk, Db, people, village};

/// Kinds of the tests: a bill everybody reads, and a personal paper of the passport desk.
const KINDS: &str = "insert into admin_data.document_kind (name, title, series, roles, is_personal) values
    ('test.bill', 'Квитанция', 'П', '{kvartal_operator}', false), ('test.paper', 'Справка', 'С', '{kvartal_passport}', true)";

pub struct Archive {
    pub db: Db,
    pub root: Client,
    operation: Uuid,
}

impl Archive {
    pub async fn open() -> Self {
        let db = village().await;
        let root = db.root().await;
        root.batch_execute(KINDS).await.unwrap();
        let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "50", "area_living": "20", "area_heated": "50", "rooms": 1 });
        let operation = Clerk::of(&db, CHIEF).await.asserts("cards.premises_area", area).await;
        Self { db, root, operation }
    }

    /// Enters a document as the worker does for the chief accountant, and answers with its id and number.
    pub async fn enter(&self, kind: &str, subject: Subject, files: &[(Media, &[u8])]) -> (Uuid, String) {
        let id = Uuid::new_v4();
        let number = self.enter_as(CHIEF, id, kind, subject, files).await.unwrap();
        (id, number)
    }

    async fn enter_as(
        &self,
        login: &str,
        id: Uuid,
        kind: &str,
        subject: Subject,
        files: &[(Media, &[u8])],
    ) -> Result<String, DbError> {
        let mut worker = self.db.as_role(people::WORKER).await;
        let transaction = worker.transaction().await.unwrap();
        document::stand_for(&transaction, login).await?;
        let as_of = "2026-03-31".parse().unwrap();
        let operation = self.operation;
        let entry =
            Entry {
                id, operation, kind, title: "О чём речь", subject, person: None, as_of, content: None
            };
        let number = document::register(&transaction, &entry).await?;
        for (media, bytes) in files {
            document::keep(&transaction, id, *media, bytes, Some(("test/bill.md", b"digest"))).await?;
        }
        transaction.commit().await?;
        Ok(number)
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, DbError>) -> String {
    match outcome {
        Err(DbError::Refused(refusal)) => refusal.message,
        other => panic!("not refused: {other:?}"),
    }
}

async fn this_year(archive: &Archive) -> i32 {
    archive.root.query_one("select extract(year from current_date)::int", &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_document_is_given_back_byte_for_byte() {
    let archive = Archive::open().await;
    // Two parts and a bit, no byte like its neighbour's in the next part.
    let bundle: Vec<u8> = (0..9_000_000_u32).flat_map(|n| [(n % 251) as u8]).collect();
    let files: [(Media, &[u8]); 2] =
        [(Media::Pdf, &bundle), (Media::Text, "Иванов\nК оплате\u{c}Второй лист\u{c}".as_bytes())];
    let (id, number) = archive.enter("test.bill", Subject::House(101), &files).await;
    let north = archive.db.as_role(NORTH).await;
    assert_eq!(document::find(&north, &number.to_lowercase()).await.unwrap(), id);
    assert!(document::fetch(&north, id, Media::Pdf, Purpose::Get).await.unwrap() == bundle);
    let opened = north.query_one("select admin.document_open($1)", &[&id]).await.unwrap();
    let lines = json!({ "lines": ["Иванов", "К оплате", "\u{c}", "Второй лист"] });
    assert_eq!(opened.get::<_, serde_json::Value>(0), lines);
    let head = "select subject, size, digest = encode(sha256($2), 'hex'), template, has_text from admin.document_head where id = $1";
    let row = north.query_one(head, &[&id, &bundle]).await.unwrap();
    assert_eq!((row.get::<_, &str>(0), row.get::<_, i64>(1)), ("Энск, улица Садовая, д. 1", 9_000_000));
    assert_eq!(
        (row.get::<_, bool>(2), row.get::<_, &str>(3), row.get::<_, bool>(4)),
        (true, "test/bill.md", true)
    );
}

#[tokio::test]
async fn numbers_have_no_gaps_and_are_given_once() {
    let archive = Archive::open().await;
    let year = this_year(&archive).await;
    let (id, first) = archive.enter("test.bill", Subject::House(101), &[]).await;
    assert_eq!(first, format!("П-1/{year}"));
    // Refused after its number was drawn: the next one gets it.
    let lost = archive.enter_as(NORTH, Uuid::new_v4(), "test.bill", Subject::House(102), &[]).await;
    assert!(refused(lost).contains("дом не найден или вам не виден"));
    assert_eq!(archive.enter("test.bill", Subject::Account(41001), &[]).await.1, format!("П-2/{year}"));
    assert_eq!(archive.enter("test.paper", Subject::Premises(1011), &[]).await.1, format!("С-1/{year}"));
    // A job that begins again names the same id.
    let again = archive.enter_as(CHIEF, id, "test.bill", Subject::House(101), &[]).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(archive.enter("test.bill", Subject::House(101), &[]).await.1, format!("П-3/{year}"));
}

/// Two who draw a number at once: the second waits, and neither number is lost or given twice.
#[tokio::test]
async fn two_who_draw_a_number_wait_for_each_other() {
    let archive = Archive::open().await;
    let draw = |id: u128| {
        format!(
            "select set_config('kvartal.operator', '{CHIEF}', true);
             select admin.document_register('{}', '{}', 'test.bill', 'О чём речь', 'house', 101)",
            Uuid::from_u128(id),
            archive.operation
        )
    };
    let one = Session::of(&archive.db, people::WORKER).await;
    let two = Session::of(&archive.db, people::WORKER).await;
    one.run("begin").await.unwrap();
    one.run(&draw(1)).await.unwrap();
    two.run("begin").await.unwrap();
    let step = two.start(&draw(2));
    step.blocked(&archive.db).await;
    one.run("rollback").await.unwrap();
    step.done().await.unwrap();
    two.run("commit").await.unwrap();
    let left = "select string_agg(number, ' ') from admin_data.document";
    let left: String = archive.root.query_one(left, &[]).await.unwrap().get(0);
    assert_eq!(left, format!("П-1/{}", this_year(&archive).await));
}

#[tokio::test]
async fn bytes_never_change() {
    let archive = Archive::open().await;
    let house = Subject::House(101);
    let (id, _) = archive.enter("test.bill", house, &[(Media::Pdf, b"%PDF one")]).await;
    archive.enter_as(CHIEF, id, "test.bill", house, &[(Media::Pdf, b"%PDF one")]).await.unwrap();
    let other = archive.enter_as(CHIEF, id, "test.bill", house, &[(Media::Pdf, b"%PDF two")]).await;
    assert!(refused(other).contains("с другим содержанием"));
    for past in [
        "update admin_data.document_file set bytes = ''",
        "delete from admin_data.document",
        "truncate admin_data.document_file",
    ] {
        assert!(archive.root.batch_execute(past).await.is_err(), "{past}");
    }
    let north = archive.db.as_role(NORTH).await;
    assert_eq!(document::fetch(&north, id, Media::Pdf, Purpose::Get).await.unwrap(), b"%PDF one");
}

#[tokio::test]
async fn documents_of_others_are_not_seen() {
    let archive = Archive::open().await;
    let (id, number) = archive.enter("test.bill", Subject::House(101), &[(Media::Pdf, b"%PDF")]).await;
    archive.enter("test.bill", Subject::Town, &[(Media::Pdf, b"%PDF all")]).await;
    let listed = async |client: &Client| -> i64 {
        client.query_one("select admin.document_count()", &[]).await.unwrap().get(0)
    };
    let (south, north, chief) =
        (archive.db.as_role(SOUTH).await, archive.db.as_role(NORTH).await, archive.db.as_role(CHIEF).await);
    assert_eq!((listed(&south).await, listed(&north).await, listed(&chief).await), (0, 1, 2));
    assert!(refused(document::find(&south, &number).await).contains("не найден или вам не виден"));
    assert!(refused(document::fetch(&south, id, Media::Pdf, Purpose::Get).await).contains("не найден"));
    let heads = "select count(*) from admin.document_head";
    assert_eq!(south.query_one(heads, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn a_personal_paper_is_read_by_right_and_the_reading_is_written_down() {
    let archive = Archive::open().await;
    let files: [(Media, &[u8]); 2] = [(Media::Pdf, b"%PDF"), (Media::Text, b"one")];
    let (id, _) = archive.enter("test.paper", Subject::Premises(1011), &files).await;
    let (north, passport) = (archive.db.as_role(NORTH).await, archive.db.as_role(people::PASSPORT).await);
    assert!(
        refused(document::fetch(&north, id, Media::Pdf, Purpose::Get).await).contains("Нет права читать")
    );
    assert_eq!(north.query_one("select admin.document_count()", &[]).await.unwrap().get::<_, i64>(0), 0);
    document::fetch(&passport, id, Media::Pdf, Purpose::Print).await.unwrap();
    passport.query("select admin.document_open($1)", &[&id]).await.unwrap();
    let read = "select array_agg(operator || ' ' || purpose order by id) from admin.document_readings where document_id = $1";
    let seen: Vec<String> =
        archive.db.as_role(people::ADMIN).await.query_one(read, &[&id]).await.unwrap().get(0);
    assert_eq!(seen, ["kv_test_passport print", "kv_test_passport view"]);
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let archive = Archive::open().await;
    for subject in [Subject::House(101), Subject::Account(41001), Subject::House(101)] {
        archive.enter("test.bill", subject, &[]).await;
    }
    archive.enter("test.paper", Subject::Premises(1011), &[]).await;
    let chief = archive.db.as_role(CHIEF).await;
    let found = async |filter: &str| -> String {
        let sql = format!(
            "select coalesce(string_agg(split_part(number, '/', 1), ' '), '') from admin.document_list({filter})"
        );
        chief.query_one(&sql, &[]).await.unwrap().get(0)
    };
    assert_eq!(found("").await, "С-1 П-3 П-2 П-1");
    assert_eq!(found("p_line => '41001'").await, "П-2");
    assert_eq!(found("p_line => 'о чём'").await, "С-1 П-3 П-2 П-1");
    assert_eq!(found("p_line => '%'").await, "", "a sign of patterns is a sign like others");
    assert_eq!(found("p_kind => 'test.bill', p_limit => 2").await, "П-3 П-2");
    let after = "p_kind => 'test.bill', p_after => (select jsonb_build_object('place', place) from admin.document_head where number like 'П-2/%')";
    assert_eq!(found(after).await, "П-1");
    assert_eq!(found("p_to => current_date - 2").await, "");
}
