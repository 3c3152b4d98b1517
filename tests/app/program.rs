//! The real program in a pseudo-terminal: somebody logs in, the line goes, the record stays.

use serde_json::json;

use super::place::Place;
use crate::common::{Db, Office, people, until, village};

#[tokio::test]
async fn the_program_logs_in_and_keeps_the_record_when_the_line_goes() {
    let db = Db::fresh().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    desk.wait_for("Меню");
    let root = db.root().await;
    let begun = "select exists (select from admin_data.session)";
    until("a session is begun", async || root.query_one(begun, &[]).await.unwrap().get(0)).await;
    desk.hang_up();
    let (_, code) = desk.finish();
    assert_eq!(code, 0);
    let kept = "select resume is not null and ended_at is null from admin_data.session";
    assert!(root.query_one(kept, &[]).await.unwrap().get::<_, bool>(0), "nothing was kept");
}

/// A terminal that is new to the operator: the test is offered once, and reads the very bytes.
#[tokio::test]
async fn keys_of_a_new_terminal_are_tested() {
    let db = Db::fresh().await;
    let place = Place::of(db.url(people::ACCOUNTANT)).with("TERM", "putty");
    for is_new in [true, false] {
        let mut desk = place.enters(people::ACCOUNTANT);
        if is_new {
            desk.sees("впервые");
            desk.answers("впервые", '1');
            desk.sees("....:...10");
            // F5 as PuTTY sends it in its mode VT100+.
            desk.send(b"\x1bOT");
            desk.sees("^[OT");
            desk.sees("VT100+");
            desk.send(b"\x1b[21~");
        }
        desk.sees("Меню");
        desk.send(b"\x1b[20~100\r");
        desk.sees("Наберите");
        let root = db.root().await;
        let met = "select exists (select from admin_data.terminal where kind = 'putty')";
        until("the terminal is remembered", async || root.query_one(met, &[]).await.unwrap().get(0)).await;
        desk.kill();
    }
}

/// With `NO_COLOR` no colour is named, before the login and after it, though the operator chose none: bold, underline and reverse stay.
#[tokio::test]
async fn without_colours_no_colour_is_named() {
    let db = Db::fresh().await;
    let place = Place::of(db.url(people::ACCOUNTANT)).with("TERM", "xterm-256color").with("NO_COLOR", "1");
    let (mut desk, mut shown) = place.starts();
    desk.send(format!("{}\r{}\r", people::ACCOUNTANT, people::PASSWORD).as_bytes());
    shown += &desk.wait_for("Меню");
    desk.send(b"\x1b[20~100\r");
    shown += &desk.wait_for("Наберите");
    let named: Vec<&str> = shown
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| {
            rest.split_once(|letter: char| letter.is_ascii_alphabetic()).map(|(body, _)| (body, rest))
        })
        .filter(|(body, rest)| rest[body.len()..].starts_with('m'))
        .map(|(body, _)| body)
        .collect();
    assert!(
        named.iter().any(|codes| codes.split(';').any(|code| code == "7")),
        "nothing is reversed: {named:?}"
    );
    let is_colour = |code: &str| code.parse().is_ok_and(|code: u16| (30..=49).contains(&code) || code >= 90);
    let coloured: Vec<_> = named.iter().filter(|codes| codes.split(';').any(is_colour)).collect();
    assert!(coloured.is_empty(), "{coloured:?}");
    desk.kill();
}

/// A paper goes to the printer of the terminal between its pair of sequences, in the letters of a matrix printer, and the order is done.
#[tokio::test]
async fn a_paper_is_printed_by_the_terminal() {
    let office = Office::of(village().await).await;
    office.passport.does("passport.paper_issue", json!({ "paper": "registered", "premises_id": 1011 })).await;
    office.settle().await;
    let wish = "select admin.printer_default_put('passport.registered', 'Принтер терминала')";
    office.passport.batch_execute(wish).await.unwrap();
    let place = Place::of(office.db.url(people::PASSPORT));
    let mut desk = place.enters(people::PASSPORT);
    desk.sees("Меню");
    desk.send(b"\x1b[20~240\r");
    desk.sees("Журнал выданных справок");
    desk.sees("С-1/");
    desk.send(b"\x1b[20~\x1b[17~");
    desk.sees("Принтер терминала");
    desk.send(b"\x1bOQ");
    desk.wait_for("\x1b[5i");
    let printed = desk.wait_for("\x1b[4i");
    assert!(printed.ends_with("\x0c\x1b[4i") && printed.contains("\r\n"), "{printed:?}");
    let root = &office.root;
    let done = "select exists (select from admin_data.print_order where state = 'done' and tries = 1)";
    until("the order is done", async || root.query_one(done, &[]).await.unwrap().get(0)).await;
    desk.kill();
}

#[test]
fn what_is_no_terminal_is_refused_with_a_sentence() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_kvartal"))
        .args(["--url", "postgresql://127.0.0.1:1/none"])
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(said.stdout.is_empty());
    assert!(String::from_utf8_lossy(&said.stderr).contains("терминал"), "{said:?}");
}
