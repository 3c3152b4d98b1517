//! `kvartal demo` as it is run: the real program, a server of its own, what it prints and leaves behind.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use kvartal::cli::demo::operators::PASSWORD;
use kvartal::db::config::Address;
use kvartal::db::connect::connect;
use serde_json::Value;

use crate::common::until;
use crate::term::pty::Desk;

/// A directory for a town; whatever runs in it ends with the test.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn dir(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kvartal"));
        command.args(words.split_whitespace()).arg("--dir").arg(self.dir()).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    /// The last line of what must succeed, and everything said beside it.
    fn answer(&self, words: &str) -> (Value, String) {
        let done = self.run(words);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{said}");
        let out = String::from_utf8(done.stdout).unwrap();
        (serde_json::from_str(out.lines().next_back().unwrap()).unwrap(), said)
    }

    fn refusal(&self, words: &str) -> String {
        let done = self.run(words);
        assert_eq!(done.status.code(), Some(1));
        assert!(done.stdout.is_empty());
        String::from_utf8(done.stderr).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = self.run("demo --stop");
        let _ = self.run("cluster remove");
    }
}

/// Where the programs of the server are looked for: a terminal of a test has no variables of its own.
const SYSTEM: &str = "/usr/local/bin:/usr/bin:/bin";

const TOWN: &str = "demo --prepare-only --accounts 40 --seed 7 --history 2";

async fn months(url: &str) -> Vec<String> {
    let client = connect(&Address::parse(url).unwrap(), "kvartal test").await.unwrap();
    let rows = client.query("select month || ' ' || state from billing.months order by month", &[]).await;
    rows.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_town_is_prepared_once_stopped_and_woken() {
    let place = Place::new();
    let (made, _) = place.answer(TOWN);
    assert_eq!(made["months"][0]["state"], "released");
    assert_eq!(made["months"][1]["state"], "charged");
    let roles = made["roles"].as_array().unwrap();
    assert_eq!(roles.len(), 8);
    for role in roles {
        assert!(["login", "password", "job", "url"].into_iter().all(|name| role[name].is_string()), "{role}");
    }
    let url = made["url"].as_str().unwrap();
    assert!(url.contains("@127.0.0.1:") && url.ends_with("?sslmode=disable"), "{url}");
    assert_eq!(months(url).await, ["2026-05-01 released", "2026-06-01 charged"]);

    let (again, said) = place.answer(TOWN);
    assert_eq!(again, made);
    assert!(said.contains("уже готов"), "{said}");
    let (again, _) = place.answer("demo --prepare-only");
    assert_eq!(again, made);
    let told = place.refusal("demo --prepare-only --accounts 41");
    assert!(told.contains("--accounts 40 --seed 7 --history 2"), "{told}");

    assert!(place.run("demo --stop").status.success());
    assert!(!place.dir().join("worker.pid").exists());
    assert_eq!(place.run("cluster status").status.code(), Some(1));
    let (woken, _) = place.answer(TOWN);
    assert_eq!(woken["months"], made["months"]);
    assert_eq!(months(woken["url"].as_str().unwrap()).await.len(), 2);
}

#[tokio::test]
async fn an_interrupted_preparation_is_begun_anew() {
    let place = Place::new();
    let words = "demo --prepare-only --accounts 40 --history 0";
    let mut first = place.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("the server is there", async || place.run("cluster status").status.success()).await;
    first.kill().unwrap();
    first.wait().unwrap();
    let (made, said) = place.answer(words);
    assert!(said.contains("прервана"), "{said}");
    assert_eq!(made["months"][0]["state"], "collecting");
}

#[test]
fn there_is_nothing_to_stop_where_nothing_was_started() {
    let told = Place::new().refusal("demo --stop");
    assert!(told.contains("нет показательного города"), "{told}");
}

/// The account of a family: address, people, a table that adds up, a reason, an invoice.
#[test]
fn the_demo_ends_with_the_account_of_a_family() {
    let place = Place::new();
    let done = place.run("demo --accounts 60 --history 2");
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for part in
        ["Лицевой счёт", "Зарегистрированы", "Начисления за июнь 2026", "Итого", "Почему?", "KVARTAL_URL"]
    {
        assert!(out.contains(part), "«{part}» in\n{out}");
    }
    let file = out.lines().find_map(|line| line.strip_prefix("Платёжный документ за май 2026 г.: ")).unwrap();
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
}

/// In a terminal the town is followed by the workstation: logins are told, Enter opens the screen of login, which lets them in.
#[test]
fn in_a_terminal_the_demo_hands_over_to_the_workstation() {
    let place = Place::new();
    let dir = place.dir().to_str().unwrap();
    let log = place.dir().join("log");
    let variables = [
        ("HOME", dir),
        ("KVARTAL_LANG", "ru"),
        ("KVARTAL_LOG_FILE", log.to_str().unwrap()),
        ("PATH", SYSTEM),
    ];
    let mut desk = Desk::start(&["demo", "--accounts", "40", "--history", "0", "--dir", dir], &variables);
    desk.wait_for("kv_centre");
    desk.wait_for("Enter открывает рабочее место");
    desk.send(b"\r");
    desk.sees("Логин");
    desk.send(format!("kv_accountant\r{PASSWORD}\r").as_bytes());
    desk.sees("Меню");
    desk.hang_up();
    let (_, code) = desk.finish();
    assert_eq!(code, 0);
}
