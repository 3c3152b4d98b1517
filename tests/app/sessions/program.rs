//! The real program in a pseudo-terminal: a day, a lost terminal, a killed program, a database that goes away.

use crate::app::place::Place;
use crate::common::link::Link;
use crate::common::{Db, people, until, village};
use crate::term::pty::Desk;

/// Where the search finds the first account, and its card is opened.
const CARD: &[u8] = b"\x1b[20~\x1bOR";

/// Opens the change of an area of the first account and types into it.
fn types_an_area(desk: &mut Desk, area: &str) {
    desk.sees("Меню");
    desk.send(CARD);
    desk.sees("Поиск");
    desk.send("Берёзк\r".as_bytes());
    desk.sees("41001");
    desk.send("\x1b[20~Измен\r".as_bytes());
    desk.sees("Изменение");
    desk.send(area.as_bytes());
}

/// Waits until the text is in somebody's record.
async fn kept(db: &Db, text: &str) {
    let root = db.root().await;
    let sql = "select exists (select from admin_data.session where ended_at is null and resume::text like '%' || $1 || '%')";
    until("the record is written", async || root.query_one(sql, &[&text]).await.unwrap().get(0)).await;
}

/// Logs in again: the session is offered, and what was typed comes back.
fn goes_on(place: &Place, text: &str) {
    let mut next = place.enters(people::ACCOUNTANT);
    next.sees("Незаконченные");
    next.send(b"\x1bOQ");
    next.sees("Изменение");
    next.sees(text);
    next.hang_up();
    assert_eq!(next.finish().1, 0);
}

#[tokio::test]
async fn in_to_find_and_out() {
    let db = village().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    desk.sees("Меню");
    desk.send(CARD);
    desk.sees("Поиск");
    desk.send("Берёзк".as_bytes());
    desk.sees("Берёзкина");
    desk.send(b"\r");
    desk.sees("41001");
    desk.send(b"\x1b[20~\x1b[21~");
    let (_, code) = desk.finish();
    assert_eq!(code, 0);
    let ended = "select count(*) from admin_data.session where ended_at is null";
    let left: i64 = db.root().await.query_one(ended, &[]).await.unwrap().get(0);
    assert_eq!(left, 0, "who leaves in order leaves nothing");
}

#[tokio::test]
async fn a_terminal_that_goes_in_the_middle_of_typing_loses_nothing() {
    let db = village().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    types_an_area(&mut desk, "61,75");
    desk.sees("61,7");
    desk.hang_up();
    assert_eq!(desk.finish().1, 0);
    goes_on(&place, "61,75");
}

#[tokio::test]
async fn a_killed_program_loses_only_what_was_not_yet_kept() {
    let db = village().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    types_an_area(&mut desk, "62,75");
    kept(&db, "62,75").await;
    desk.kill();
    goes_on(&place, "62,75");
}

#[tokio::test]
async fn a_theme_that_is_chosen_is_painted_at_once() {
    let db = village().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    desk.sees("Меню");
    desk.send("\x1b[20~980\r".as_bytes());
    desk.sees("Привычные клавиши");
    desk.sees("как в терминале");
    assert!(desk.is_coloured(), "{}", desk.looks());
    desk.send(b"\rmono\r\x1bOQ");
    desk.sees("Настройки действуют");
    assert!(!desk.is_coloured(), "{}", desk.looks());
    desk.hang_up();
    assert_eq!(desk.finish().1, 0);
}

// The line is carried while the test waits for a sight.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_goes_on_while_the_database_is_away() {
    let db = village().await;
    let link = Link::to(&db).await;
    let place = Place::of(link.url(&db, people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    types_an_area(&mut desk, "6");
    desk.sees("6");
    // What is open breaks, what is new gets no answer.
    link.freeze();
    link.cut();
    desk.sees("НЕТ СВЯЗИ");
    desk.send(b"3,5");
    link.thaw();
    desk.sees("восстановлена");
    desk.send(b"\r4");
    kept(&db, "63,5").await;
    desk.hang_up();
    assert_eq!(desk.finish().1, 0);
}

// The line is carried while the test waits for a sight.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_while_the_database_was_away_waits_for_the_next_login() {
    let db = village().await;
    let link = Link::to(&db).await;
    let place = Place::of(link.url(&db, people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    types_an_area(&mut desk, "6");
    kept(&db, "\"6\"").await;
    link.freeze();
    link.cut();
    desk.sees("НЕТ СВЯЗИ");
    desk.send(b"4,25");
    desk.sees("64,25");
    desk.hang_up();
    assert_eq!(desk.finish().1, 0);
    let drawer = place.home.path().join(".local/state/kvartal/sessions");
    let files = || std::fs::read_dir(&drawer).unwrap().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    let text = std::fs::read_to_string(&files()[0]).unwrap();
    assert!(text.contains("64,25") && !text.contains(people::PASSWORD), "{text}");
    link.thaw();
    goes_on(&place, "64,25");
    assert_eq!(files(), Vec::<std::path::PathBuf>::new(), "what was given back is kept no longer");
}

/// A question and its answer in one burst, as a slow line brings them: the question is asked, what was typed before it was seen is
/// shown and not done.
#[tokio::test]
async fn a_burst_answers_no_question_of_its_own() {
    let db = village().await;
    let place = Place::of(db.url(people::ACCOUNTANT));
    let mut desk = place.enters(people::ACCOUNTANT);
    types_an_area(&mut desk, "61,75");
    desk.sees("61,75");
    // F10 and «1 Оставить черновик».
    desk.send(b"\x1b[21~1");
    desk.sees("Не выполнено клавиш: 1");
    desk.sees("Оставить его черновиком?");
    desk.answers("Оставить его черновиком?", '0');
    desk.sees("Изменение площади");
    desk.send(b"\x1b[21~");
    desk.sees("Оставить его черновиком?");
    desk.answers("Оставить его черновиком?", '2');
    desk.sees("Начисления");
    desk.kill();
}
