//! Delivery: what reaches the spooler and folders, what is said when it does not, and that nothing is printed twice by itself.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kvartal::db::connect::Client;
use kvartal::job::delivery::{self, spooler::Spooler};
use kvartal::job::document::{Media, Subject};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use super::documents::Archive;
use crate::common::village::{CHIEF, NORTH};
use crate::common::{Clerk, people, until};

/// A spooler of the tests: a script in a folder of its own that leaves there what it was asked.
struct Fake {
    folder: TempDir,
}

impl Fake {
    fn of(script: &str) -> Self {
        let fake = Self { folder: tempfile::tempdir().unwrap() };
        fake.program("lp", script);
        fake.program("lpstat", "echo 'printer hp is idle.'");
        fake
    }

    fn program(&self, name: &str, script: &str) {
        let text = format!("#!/bin/sh\ncd '{}'\n{script}\n", self.folder.path().display());
        fs::write(self.file(name), text).unwrap();
        fs::set_permissions(self.file(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn spooler(&self) -> Spooler {
        let (program, asks) = (self.file("lp").into(), self.file("lpstat").into());
        Spooler { program, asks, patience: Duration::from_secs(60) }
    }
}

/// Takes everything: arguments a line each, bytes beside them.
const TAKES: &str = "printf '%s\\n' \"$@\" >> args; cat >> bytes; echo 'request id is hp-17 (1 file(s))'";

struct Desk {
    archive: Archive,
    chief: Clerk,
}

impl Desk {
    async fn open(printers: &[serde_json::Value]) -> Self {
        let archive = Archive::open().await;
        let admin = Clerk::of(&archive.db, people::ADMIN).await;
        for printer in printers {
            admin.does("admin.printer", printer.clone()).await;
        }
        let chief = Clerk::of(&archive.db, CHIEF).await;
        Self { archive, chief }
    }

    async fn bill(&self) -> Uuid {
        let files: [(Media, &[u8]); 2] =
            [(Media::Pdf, b"%PDF bill"), (Media::Text, "Счёт № 1\n\u{c}Лист 2\n".as_bytes())];
        self.archive.enter("test.bill", Subject::House(101), &files).await.0
    }

    async fn print(&self, document: Uuid, printer: &str) -> Uuid {
        self.chief.does("admin.print", json!({ "document": document, "printer": printer })).await
    }

    /// State and reason of an order as its operator sees them.
    async fn seen(&self, order: Uuid) -> (String, String) {
        let sql = "select state, reason from admin.print_list where print_id = $1";
        let row = self.chief.query_one(sql, &[&order]).await.unwrap();
        (row.get(0), row.get(1))
    }
}

/// The delivery of a worker, until it is dropped.
struct Delivery(
    tokio::task::JoinHandle<()>,
    #[allow(dead_code, reason = "held so that it does not stop")] watch::Sender<bool>,
);

impl Delivery {
    fn start(desk: &Desk, spooler: Spooler) -> Self {
        let (stop, asked) = watch::channel(false);
        let address = desk.archive.db.address(people::WORKER);
        let work = tokio::spawn(async move { delivery::run(address, spooler, asked).await.unwrap() });
        Self(work, stop)
    }

    async fn kill(self) {
        self.0.abort();
        let _ = self.0.await;
    }
}

async fn settled(root: &Client) {
    until("nothing waits to be printed", async || {
        let sql =
            "select not exists (select from admin_data.print_order where state in ('waiting', 'taken'))";
        root.query_one(sql, &[]).await.unwrap().get(0)
    })
    .await;
}

fn queue(name: &str) -> serde_json::Value {
    json!({ "name": name, "way": "queue", "target": "hp" })
}

#[tokio::test]
async fn a_sheet_reaches_the_queue_once_with_its_bytes() {
    let desk = Desk::open(&[
        queue("Принтер кабинета № 5"),
        json!({ "name": "Матрица", "way": "queue", "target": "epson", "prints": "text", "charset": "cp866" }),
    ])
    .await;
    let fake = Fake::of(TAKES);
    let delivery = Delivery::start(&desk, fake.spooler());
    let document = desk.bill().await;
    let order = desk.print(document, "Принтер кабинета № 5").await;
    settled(&desk.archive.root).await;
    assert_eq!(desk.seen(order).await, ("done".to_owned(), String::new()));
    assert_eq!(fs::read(fake.file("bytes")).unwrap(), b"%PDF bill");
    let args = fs::read_to_string(fake.file("args")).unwrap();
    assert!(args.starts_with("-d\nhp\n-n\n1\n-t\nП-1/") && !args.contains("raw"), "{args}");
    // Marked as a copy, in the letters of a matrix printer.
    fs::remove_file(fake.file("bytes")).unwrap();
    desk.chief
        .does(
            "admin.print",
            json!({ "document": document, "printer": "Матрица", "copies": 2, "as_copy": true }),
        )
        .await;
    settled(&desk.archive.root).await;
    let bytes = fs::read(fake.file("bytes")).unwrap();
    let (text, ..) = encoding_rs::IBM866.decode(&bytes);
    assert!(
        text.starts_with("КОПИЯ документа № П-1/") && text.contains("\r\nСчёт № 1\r\n\u{c}КОПИЯ"),
        "{text}"
    );
    assert!(fs::read_to_string(fake.file("args")).unwrap().ends_with("-o\nraw\n"));
    let offered = "select printer, as_copy from admin.print_offer($1)";
    let row = desk.chief.query_one(offered, &[&document]).await.unwrap();
    assert_eq!(
        (row.get::<_, &str>(0), row.get::<_, bool>(1)),
        ("Матрица", true),
        "the last one used, and a copy"
    );
    delivery.kill().await;
}

/// A queue that is switched off takes the sheet and keeps it: whoever looks for it is told so.
#[tokio::test]
async fn a_queue_that_stands_still_says_so() {
    let desk = Desk::open(&[queue("Кабинет 5")]).await;
    let fake = Fake::of(TAKES);
    let delivery = Delivery::start(&desk, fake.spooler());
    let document = desk.bill().await;
    let spooled = async |order: Uuid| -> String {
        settled(&desk.archive.root).await;
        let sql = "select spooled from admin.print_list where print_id = $1";
        desk.chief.query_one(sql, &[&order]).await.unwrap().get(0)
    };
    assert_eq!(spooled(desk.print(document, "Кабинет 5").await).await, "hp-17");
    fake.program("lpstat", "echo 'printer hp disabled since Fri Nov 27 14:15:59 2026 -'; echo 'Paused'");
    let kept = spooled(desk.print(document, "Кабинет 5").await).await;
    assert_eq!(kept, "hp-17: очередь стояла, лист ждёт в ней; включить: cupsenable hp");
    delivery.kill().await;
}

#[tokio::test]
async fn what_does_not_come_out_says_why_and_is_tried_again_on_one_key() {
    let desk = Desk::open(&[queue("Принтер")]).await;
    let failing = Fake::of("cat > /dev/null; echo 'lp: The printer or class does not exist.' >&2; exit 1");
    let delivery = Delivery::start(&desk, failing.spooler());
    let order = desk.print(desk.bill().await, "Принтер").await;
    settled(&desk.archive.root).await;
    let (state, reason) = desk.seen(order).await;
    assert_eq!(state, "failed");
    assert!(
        reason.starts_with("Служба печати не знает очереди «hp» или не запущена. Проверьте: lpstat -r"),
        "{reason}"
    );
    delivery.kill().await;
    let north = Clerk::of(&desk.archive.db, NORTH).await;
    assert_eq!(north.tries("admin.print_again", json!({ "order": order })).await.code, "KV003");
    let takes = Fake::of(TAKES);
    let delivery = Delivery::start(&desk, takes.spooler());
    desk.chief.does("admin.print_again", json!({ "order": order })).await;
    settled(&desk.archive.root).await;
    assert_eq!(desk.seen(order).await.0, "done");
    assert_eq!(fs::read(takes.file("bytes")).unwrap(), b"%PDF bill");
    assert_eq!(
        desk.chief.tries("admin.print_again", json!({ "order": order })).await.message,
        "Это уже напечатано"
    );
    delivery.kill().await;
    // A spooler that is not there, and one that never answers.
    let nowhere = Spooler { program: takes.file("нет такой").into(), ..Spooler::default() };
    let delivery = Delivery::start(&desk, nowhere);
    let order = desk.print(desk.bill().await, "Принтер").await;
    settled(&desk.archive.root).await;
    assert!(desk.seen(order).await.1.starts_with("Службы печати нет на сервере"));
    delivery.kill().await;
    let hanging = Fake::of("exec sleep 1000");
    let delivery =
        Delivery::start(&desk, Spooler { patience: Duration::from_millis(200), ..hanging.spooler() });
    desk.chief.does("admin.print_again", json!({ "order": order })).await;
    settled(&desk.archive.root).await;
    assert!(desk.seen(order).await.1.contains("неизвестно, вышел ли лист"));
    delivery.kill().await;
}

/// The worker dies between the spooler's taking the sheet and the note that it did: the sheet is not sent again by itself.
#[tokio::test]
async fn a_killed_worker_prints_nothing_twice() {
    let desk = Desk::open(&[queue("Принтер")]).await;
    let stuck = Fake::of("echo once >> sent; cat > bytes; : > taken; exec sleep 1000");
    let delivery = Delivery::start(&desk, stuck.spooler());
    let order = desk.print(desk.bill().await, "Принтер").await;
    until("the spooler has the sheet", async || stuck.file("taken").exists()).await;
    assert_eq!(
        desk.chief.tries("admin.print_again", json!({ "order": order })).await.message,
        "Это уже печатается"
    );
    delivery.kill().await;
    let takes = Fake::of(TAKES);
    let delivery = Delivery::start(&desk, takes.spooler());
    settled(&desk.archive.root).await;
    let (state, reason) = desk.seen(order).await;
    assert_eq!(state, "failed");
    assert!(reason.contains("неизвестно, вышел ли лист") && !takes.file("bytes").exists(), "{reason}");
    desk.chief.does("admin.print_cancel", json!({ "order": order })).await;
    assert_eq!(desk.seen(order).await.0, "cancelled");
    delivery.kill().await;
}

#[tokio::test]
async fn a_folder_gets_whole_files_by_name() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("Исходящие {login}");
    let printer = json!({ "name": "Папка района", "way": "folder", "target": target });
    let closed = json!({ "name": "Нет такой", "way": "folder", "target": "/proc/kvartal" });
    let desk = Desk::open(&[printer, closed]).await;
    let delivery = Delivery::start(&desk, Fake::of("exit 1").spooler());
    let document = desk.bill().await;
    desk.print(document, "Папка района").await;
    let lost = desk.print(document, "Нет такой").await;
    settled(&desk.archive.root).await;
    let files = names(&home.path().join(format!("Исходящие {CHIEF}")));
    assert!(files.len() == 1 && files[0].starts_with("П-1_") && files[0].ends_with(".pdf"), "{files:?}");
    let (state, reason) = desk.seen(lost).await;
    assert!(state == "failed" && reason.contains("/proc/kvartal"), "{reason}");
    delivery.kill().await;
}

/// The first order failed; the key is pressed again: one sheet comes out, and nothing is left to be repeated by mistake.
#[tokio::test]
async fn a_print_ordered_again_takes_the_place_of_the_one_that_failed() {
    let desk = Desk::open(&[queue("Принтер")]).await;
    let document = desk.bill().await;
    let failing = Fake::of("cat > /dev/null; echo 'lp: Error - scheduler not responding.' >&2; exit 1");
    let delivery = Delivery::start(&desk, failing.spooler());
    let first = desk.print(document, "Принтер").await;
    settled(&desk.archive.root).await;
    let (state, reason) = desk.seen(first).await;
    assert!(state == "failed" && reason.starts_with("Служба печати на сервере не запущена"), "{reason}");
    delivery.kill().await;
    let takes = Fake::of(TAKES);
    let delivery = Delivery::start(&desk, takes.spooler());
    let second = desk.print(document, "Принтер").await;
    settled(&desk.archive.root).await;
    assert_eq!((desk.seen(first).await.0, desk.seen(second).await.0), ("cancelled".into(), "done".into()));
    assert_eq!(fs::read(takes.file("bytes")).unwrap(), b"%PDF bill");
    let open: i64 = desk
        .chief
        .query_one("select count(*) from admin.print_list where is_open", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(open, 0);
    delivery.kill().await;
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn a_print_is_refused_in_a_sentence_before_it_is_ordered() {
    let desk =
        Desk::open(&[queue("Принтер"), json!({ "name": "Узкий", "way": "terminal", "charset": "cp866" })])
            .await;
    let admin = Clerk::of(&desk.archive.db, people::ADMIN).await;
    for (way, target, told) in [
        ("queue", "-o raw", "Очереди «-o raw» не бывает"),
        ("folder", "куда-то", "Путь «куда-то» не начинается от корня"),
    ] {
        let refusal =
            admin.tries("admin.printer", json!({ "name": "П", "way": way, "target": target })).await;
        assert_eq!(refusal.message, told);
    }
    assert_eq!(desk.chief.tries("admin.printer", queue("Чужой")).await.code, "KV001");
    let wide = "─".repeat(81);
    let (wide, _) =
        desk.archive.enter("test.bill", Subject::House(101), &[(Media::Text, wide.as_bytes())]).await;
    let tries = async |document: Uuid, printer: &str| {
        desk.chief.tries("admin.print", json!({ "document": document, "printer": printer })).await.message
    };
    assert!(tries(wide, "Узкий").await.ends_with("81 знаков, а в ней 80"));
    assert!(tries(wide, "Принтер").await.contains("у него есть только текст"));
    let (empty, number) = desk.archive.enter("test.bill", Subject::House(101), &[]).await;
    assert_eq!(tries(empty, "Принтер").await, format!("Документ {number} ещё составляется"));
    assert_eq!(tries(wide, "Нет").await, "Принтера «Нет» нет");
    admin
        .does(
            "admin.printer",
            json!({ "name": "Принтер", "way": "queue", "target": "hp", "is_active": false }),
        )
        .await;
    assert_eq!(tries(wide, "Принтер").await, "Принтер «Принтер» отключён");
}
