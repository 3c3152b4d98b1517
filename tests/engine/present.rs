//! The day and the month of the title line: they move at midnight and when somebody releases a month.

use std::time::Duration;

use kvartal::engine::effect::Effect;
use kvartal::engine::msg::{Msg, Timer};
use serde_json::json;

use super::play::Play;

fn told(day: &str, month: &str, state: &str, left: u64) -> Option<serde_json::Value> {
    Some(json!({ "today": day, "month": month, "month_state": state, "day_left": left }))
}

/// When the workstation wants to be woken for the next day.
fn wakes(play: &Play) -> Vec<Duration> {
    let wake = |effect: &Effect| match effect {
        Effect::Wake { timer: Timer::Day, after } => Some(*after),
        _ => None,
    };
    play.effects.iter().filter_map(wake).collect()
}

/// The server says when its day ends: no clock of the desk is asked.
#[test]
fn at_midnight_the_day_is_another() {
    let mut play = Play::entered();
    play.town.present = told("2026-03-15", "2026-03-01", "collecting", 3_600);
    play.tell(Msg::Woke(Timer::Day));
    play.answer_one();
    assert_eq!(wakes(&play), [Duration::from_secs(3_601)]);
    assert!(play.sight().contains("15.03.2026"), "{}", play.sight());
    play.timers.clear();
    play.effects.clear();
    play.passes(3_601_000);
    play.town.present = told("2026-03-16", "2026-03-01", "collecting", 86_399);
    play.tell(Msg::Woke(Timer::Day));
    play.answer_one();
    assert!(play.desk.canvas().row(0).contains("16.03.2026"), "{}", play.sight());
    assert_eq!(wakes(&play), [Duration::from_secs(86_400)]);
}

#[test]
fn a_month_that_somebody_else_released_is_not_shown_as_open() {
    let mut play = Play::entered();
    assert!(play.desk.canvas().row(0).contains("03.2026"), "{}", play.sight());
    let watched =
        |effect: &Effect| matches!(effect, Effect::Watch { topics } if topics.contains(&"month".to_owned()));
    let mut fresh = Play::prompt();
    fresh.run("kv_anna{Enter}тайна{Enter}");
    assert!(fresh.effects.iter().any(watched), "nobody hears of months");
    play.town.present = told("2026-03-15", "2026-04-01", "collecting", 3_600);
    play.tell(Msg::Notice { topic: "month".to_owned(), id: "2026-03-01".to_owned(), version: 0 });
    play.answer_one();
    assert!(play.desk.canvas().row(0).contains("04.2026"), "{}", play.sight());
}

/// Asked twice, answered in the other order: the last question counts.
#[test]
fn an_answer_to_an_older_question_moves_nothing() {
    let mut play = Play::entered();
    for month in ["2026-04-01", "2026-05-01"] {
        play.town.present = told("2026-03-15", month, "collecting", 3_600);
        play.tell(Msg::Notice { topic: "month".to_owned(), id: "2026-03-01".to_owned(), version: 0 });
    }
    let older = play.ready.pop_front().unwrap();
    while play.answer_one() {}
    assert!(play.desk.canvas().row(0).contains("05.2026"), "{}", play.sight());
    play.tell(older);
    assert!(play.desk.canvas().row(0).contains("05.2026"), "{}", play.sight());
}

/// A day that a form stands on by itself moves too; where anything is typed nothing moves under the hands.
#[test]
fn a_form_moves_with_the_day_unless_something_is_typed() {
    for (typed, day) in [("", "16.03.2026"), ("Иванов", "15.03.2026")] {
        let mut play = Play::entered();
        play.run(&format!("{{F9}}210 41001{{Enter}}{{F9}}231{{Enter}}{typed}"));
        play.timers.clear();
        let form = |play: &Play| play.sight().lines().skip(1).collect::<Vec<_>>().join("\n");
        assert!(form(&play).contains("15.03.2026"), "{}", play.sight());
        play.town.present = told("2026-03-16", "2026-03-01", "collecting", 86_399);
        play.tell(Msg::Woke(Timer::Day));
        play.answer_one();
        assert!(form(&play).contains(day), "{typed}: {}", play.sight());
    }
}
