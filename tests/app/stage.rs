//! The loop with a machine that only writes down what it is told.

use chrono::NaiveDateTime;
use kvartal::app::Machine;
use kvartal::app::stage::{End, Stage, Terminal};
use kvartal::draw::{Screen, Theme};
use kvartal::engine::canvas::{Canvas, Tone};
use kvartal::engine::effect::Effect;
use kvartal::engine::msg::Msg;
use kvartal::keymap::Key;
use kvartal::term::Input;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::LocalSet;

use super::station::Station;
use crate::common::{Db, people};

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
        let stage = Stage::new(Pad(String::new()), Typist(typed), screen, station.hands, false);
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
