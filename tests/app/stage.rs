//! The loop with a machine that only writes down what it is told.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::rc::Rc;

use chrono::NaiveDateTime;
use kvartal::app::Machine;
use kvartal::app::hands::Hands;
use kvartal::app::outbox::Folders;
use kvartal::app::stage::{End, Paper, Stage, Terminal};
use kvartal::db::config::Address;
use kvartal::db::desk::session::Place;
use kvartal::draw::{Screen, Theme};
use kvartal::engine::canvas::{Canvas, Tone};
use kvartal::engine::effect::Effect;
use kvartal::engine::msg::Msg;
use kvartal::keymap::Key;
use kvartal::term::Input;
use serde_json::json;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{LocalSet, spawn_local};

use super::station::Station;
use crate::common::{Clerk, Db, people, until};

/// Keeps what is typed, at once; leaves when told, or at `q`; stops with an error at `!`.
struct Pad(String);

impl Machine for Pad {
    fn update(&mut self, _: NaiveDateTime, msg: Msg) -> Vec<Effect> {
        let keep = |text: &str, now| Effect::KeepResume {
            record: json!({ "typed": text }),
            screen: "100".to_owned(),
            now,
        };
        match msg {
            Msg::Key(Key::Char('q')) => vec![Effect::Exit],
            Msg::Key(Key::Char('!')) => panic!("the engine fails"),
            Msg::Key(Key::Char(letter)) => {
                self.0.push(letter);
                vec![keep(&self.0, false)]
            }
            Msg::Hangup => vec![keep(&self.0, true), Effect::Exit],
            _ => Vec::new(),
        }
    }

    fn is_unfinished(&self) -> bool {
        self.0.contains('…')
    }

    fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::new(20, 2);
        canvas.put(0, 0, &self.0, Tone::Entry);
        canvas
    }
}

struct Typist(UnboundedReceiver<Input>);

impl Terminal for Typist {
    async fn next(&mut self) -> Input {
        self.0.recv().await.unwrap_or(Input::Hangup)
    }
}

/// Types, then the line is gone; answers with how it ended and what is kept of the session.
async fn typed(text: &str) -> ((End, bool), Option<serde_json::Value>, bool) {
    let db = Db::fresh().await;
    let work = async {
        let (station, session) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let (keys, typed) = unbounded_channel();
        for letter in text.chars() {
            keys.send(Input::Key(Key::Char(letter))).unwrap();
        }
        drop(keys);
        let screen = Screen::new(Vec::new(), 20, 2, Theme::Mono).unwrap();
        let stage = Stage::new(Pad(String::new()), Typist(typed), screen, station.hands);
        let end = stage.run().await;
        let kept = "select resume, ended_at is not null from admin_data.session where id = $1";
        let row = db.root().await.query_one(kept, &[&session]).await.unwrap();
        (end, row.get(0), row.get(1))
    };
    LocalSet::new().run_until(work).await
}

#[tokio::test]
async fn a_line_that_drops_loses_nothing_that_was_typed() {
    let (end, kept, is_ended) = typed("Иванов").await;
    assert_eq!(end, (End::HungUp, true));
    assert_eq!(kept, Some(json!({ "typed": "Иванов" })));
    assert!(!is_ended);
}

#[tokio::test]
async fn an_engine_that_fails_leaves_its_last_record() {
    let (end, kept, _) = typed("Пе!").await;
    assert_eq!(end, (End::Broken, true));
    assert_eq!(kept, Some(json!({ "typed": "Пе" })));
}

/// Somebody typed a letter; an administrator does what is told and ends the session. What the desk left with, and what was kept.
async fn sent_away(switched_off: bool) -> (End, serde_json::Value) {
    let db = Db::fresh().await;
    let work = async {
        let (station, session) = Station::of(db.root_address(), people::ACCOUNTANT).await;
        let (keys, typed) = unbounded_channel();
        keys.send(Input::Key(Key::Char('я'))).unwrap();
        let screen = Screen::new(Vec::new(), 20, 2, Theme::Mono).unwrap();
        let stage = spawn_local(Stage::new(Pad(String::new()), Typist(typed), screen, station.hands).run());
        let root = db.root().await;
        let kept = "select resume is not null from admin_data.session where id = $1";
        until("the record is kept", async || root.query_one(kept, &[&session]).await.unwrap().get(0)).await;
        let admin = Clerk::of(&db, people::ADMIN).await;
        if switched_off {
            admin.does("admin.user_block", json!({ "login": people::ACCOUNTANT })).await;
        }
        admin.does("admin.session_end", json!({ "session": session, "login": people::ACCOUNTANT })).await;
        let (end, _) = stage.await.unwrap();
        drop(keys);
        let resume = "select resume from admin_data.session where id = $1 and ended_at is null";
        (end, root.query_one(resume, &[&session]).await.unwrap().get(0))
    };
    LocalSet::new().run_until(work).await
}

/// The desk of a session that an administrator ended does not come back: it leaves, and what was typed waits.
#[tokio::test]
async fn a_session_an_administrator_ended_is_left() {
    let (End::Closed(refusal), kept) = sent_away(false).await else { panic!("not sent away") };
    assert_eq!(refusal.message, "Администратор завершил этот сеанс");
    assert_eq!(kept, json!({ "typed": "я" }));
}

/// Whose login is off is not told to log in again.
#[tokio::test]
async fn a_login_that_was_switched_off_is_told_to_be_off() {
    let (End::Closed(refusal), kept) = sent_away(true).await else { panic!("not sent away") };
    assert_eq!(
        refusal.to_string(),
        format!("Вход {} отключён. Обратитесь к администратору", people::ACCOUNTANT)
    );
    assert_eq!(kept, json!({ "typed": "я" }));
}

#[tokio::test]
async fn who_leaves_in_order_leaves_nothing() {
    let (end, kept, is_ended) = typed("abq").await;
    assert_eq!(end.0, End::Left);
    assert_eq!((kept, is_ended), (None, true));
}

/// «Оно сохранится в черновике»: the record stays, and the session is offered at the next login.
#[tokio::test]
async fn who_leaves_with_something_unwritten_finds_it_again() {
    let (end, kept, is_ended) = typed("аб…q").await;
    assert_eq!(end.0, End::Left);
    assert_eq!((kept, is_ended), (Some(json!({ "typed": "аб…" })), false));
}

/// A terminal that takes what is written only when the test lets it.
#[derive(Clone, Default)]
struct Slow {
    /// What was written, a piece a write.
    pieces: Rc<RefCell<Vec<Vec<u8>>>>,
    is_busy: Rc<Cell<bool>>,
    taken: Rc<Notify>,
}

impl Slow {
    fn takes(&self) {
        self.is_busy.set(false);
        self.taken.notify_waiters();
    }
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.is_busy.set(true);
        self.pieces.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Paper for Slow {
    fn is_idle(&self) -> bool {
        !self.is_busy.get()
    }

    async fn idle(&self) {
        while self.is_busy.get() {
            self.taken.notified().await;
        }
    }
}

/// Writes down what it is told; every `?` asks something.
#[derive(Clone, Default)]
struct Asker {
    told: Rc<RefCell<Vec<String>>>,
    asked: Rc<Cell<u64>>,
}

impl Machine for Asker {
    fn update(&mut self, _: NaiveDateTime, msg: Msg) -> Vec<Effect> {
        if msg == Msg::Key(Key::Char('?')) {
            self.asked.set(self.asked.get() + 1);
        }
        self.told.borrow_mut().push(match msg {
            Msg::Key(key) => key.to_string(),
            Msg::Painted { said } => format!("painted {said}"),
            other => format!("{other:?}"),
        });
        if self.told.borrow().last().is_some_and(|last| last == "q") {
            vec![Effect::Exit]
        } else {
            Vec::new()
        }
    }

    fn is_unfinished(&self) -> bool {
        false
    }

    fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::new(20, 2);
        canvas.put(
            0,
            0,
            &self.told.borrow().iter().filter(|told| told.len() == 1).cloned().collect::<String>(),
            Tone::Entry,
        );
        canvas.said = self.asked.get();
        canvas
    }
}

/// A stage whose terminal takes nothing by itself, at work; and what moves it.
struct Desk {
    asker: Asker,
    paper: Slow,
    keys: UnboundedSender<Input>,
    ends: tokio::task::JoinHandle<(End, bool)>,
}

impl Desk {
    fn of() -> Self {
        let (asker, paper) = (Asker::default(), Slow::default());
        let (keys, typed) = unbounded_channel();
        let home = tempfile::tempdir().unwrap();
        let address = Address::parse("postgresql://nobody@127.0.0.1:1/none").unwrap();
        let hands = Hands::new(&address, Place::default(), Folders::below(home.path()));
        let screen = Screen::new(paper.clone(), 20, 2, Theme::Mono).unwrap();
        let stage = Stage::new(asker.clone(), Typist(typed), screen, hands);
        Self { asker, paper, keys, ends: spawn_local(stage.run()) }
    }

    fn types(&self, text: &str) {
        text.chars().for_each(|letter| self.keys.send(Input::Key(Key::Char(letter))).unwrap());
    }

    /// Everything happens that can happen without anybody.
    async fn rests(&self) {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
    }

    fn told(&self) -> String {
        self.asker.told.borrow().join(" ")
    }

    fn frames(&self) -> usize {
        self.paper.pieces.borrow().len()
    }
}

/// A question counts as seen when the terminal has taken the frame that shows it, and what was typed before that is heard before.
#[tokio::test]
async fn a_question_is_told_to_be_seen_when_its_frame_is_taken() {
    let work = async {
        let desk = Desk::of();
        desk.rests().await;
        desk.paper.takes();
        desk.rests().await;
        desk.types("a?1");
        desk.rests().await;
        assert_eq!(desk.told(), "a ? 1", "the frame is on its way");
        desk.types("2");
        desk.rests().await;
        assert_eq!(desk.told(), "a ? 1 2");
        // The frame of the question is taken, and the next one with the 2 goes out.
        desk.types("3");
        desk.paper.takes();
        desk.rests().await;
        assert_eq!(desk.told(), "a ? 1 2 3 painted 1");
        desk.paper.takes();
        desk.rests().await;
        desk.types("4");
        desk.rests().await;
        assert_eq!(desk.told(), "a ? 1 2 3 painted 1 4", "it is told once");
        desk.types("q");
        assert_eq!(desk.ends.await.unwrap().0, End::Left);
    };
    LocalSet::new().run_until(work).await;
}

/// A terminal that takes nothing gets one frame, not a queue of them; then the newest. And while nothing changes, none.
#[tokio::test]
async fn a_slow_terminal_gets_the_newest_frame_and_an_idle_one_nothing() {
    let work = async {
        let desk = Desk::of();
        desk.rests().await;
        desk.paper.takes();
        desk.rests().await;
        let before = desk.frames();
        for letter in ["a", "b", "c", "d"] {
            desk.types(letter);
            desk.rests().await;
        }
        assert_eq!(desk.frames() - before, 1, "the first letter alone");
        desk.paper.takes();
        desk.rests().await;
        assert_eq!(desk.frames() - before, 2);
        let last = desk.paper.pieces.borrow().last().unwrap().clone();
        let last = String::from_utf8_lossy(&last).into_owned();
        assert!(last.contains("bcd"), "{last:?}");
        desk.paper.takes();
        desk.rests().await;
        // The machine hears of it and shows the same.
        desk.keys.send(Input::Paste("unseen".to_owned())).unwrap();
        desk.rests().await;
        assert_eq!(desk.frames() - before, 2, "nothing was to be painted");
        desk.types("q");
        assert_eq!(desk.ends.await.unwrap().0, End::Left);
    };
    LocalSet::new().run_until(work).await;
}
