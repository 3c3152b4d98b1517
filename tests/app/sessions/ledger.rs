//! The ledger of keystrokes: every task is done in both layouts, its keys are counted and compared with its budget and with
//! `docs/keystrokes.md`; the bytes of all its frames are held to theirs.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::json;
use tokio::task::LocalSet;

use super::seat::{Bytes, Seat};
use super::tasks::{Steps, TASKS, Task};
use crate::common::{Office, kept, village};

const HEAD: &str = "# Сколько клавиш стоит работа

Печатает проверка `app::sessions::ledger`: каждая работа делается на настоящей базе клавиша за клавишей, в русской и в латинской раскладке. \
Рост числа требует объяснения.

| работа | клавиш | не больше | после |
| --- | ---: | ---: | --- |
";

async fn steps(seat: &mut Seat, steps: Steps) {
    for (keys, seen) in steps {
        seat.types(keys).await;
        seat.sees(seen).await;
    }
}

/// Does a task; answers with its keys and the most bytes of its frames.
async fn done(office: &Office, task: &Task, other: bool) -> (usize, Bytes) {
    let mut seat = Seat::at(office.db.root_address()).in_the_other_layout(other);
    seat.enters(task.login).await;
    seat.sees("Меню").await;
    steps(&mut seat, task.before).await;
    seat.keys = 0;
    steps(&mut seat, task.steps).await;
    let keys = seat.keys;
    assert_eq!(seat.idles().await, 0, "{}", task.title);
    let bytes = seat.bytes;
    // Left in order: the next login of the same operator is offered nothing.
    seat.types("{F9}{F10}").await;
    assert!(seat.left, "{}: {}", task.title, seat.sight());
    seat.hangs_up().await;
    (keys, bytes)
}

async fn all(other: bool) -> (String, Bytes) {
    let office = Office::of(village().await).await;
    let route = json!({ "name": "Садовая 1", "meters": [52, 51, 56], "from": "2026-03-01" });
    office.accountant.does("meters.route_make", route).await;
    let (mut page, mut most) = (HEAD.to_owned(), Bytes::default());
    for task in &TASKS {
        office.settle().await;
        if task.signed {
            office.sign("2026-03").await;
        }
        let (keys, bytes) = done(&office, task, other).await;
        assert!(keys <= task.budget, "{}: {keys} keys, {} may be", task.title, task.budget);
        let after =
            if task.before.is_empty() { "входа" } else { "того, что открыто до неё" };
        let _ = writeln!(page, "| {} | {keys} | {} | {after} |", task.title, task.budget);
        most.letter = most.letter.max(bytes.letter);
        most.step = most.step.max(bytes.step);
        most.screen = most.screen.max(bytes.screen);
    }
    (page, most)
}

#[tokio::test]
async fn every_task_takes_its_keys_and_bytes_in_both_layouts() {
    let work = async {
        let (page, bytes) = all(false).await;
        writeln!(std::io::stdout(), "{page}{bytes:?}").unwrap();
        let (other, other_bytes) = all(true).await;
        assert_eq!(page, other, "the other layout takes other keys");
        for bytes in [bytes, other_bytes] {
            assert!(bytes.letter <= 64, "{} bytes for a typed character", bytes.letter);
            assert!(bytes.step <= 256, "{} bytes for a move", bytes.step);
            assert!(bytes.screen <= 2_500, "{} bytes for a screen", bytes.screen);
        }
        kept("docs/keystrokes.md", &page);
    };
    LocalSet::new().run_until(work).await;
}
