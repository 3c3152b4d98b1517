//! The resume record: what it holds, what it must not, and what comes back of it.

use kvartal::engine::msg::{Answer, Msg};
use serde_json::Value as Json;

use super::play::Play;

/// Somebody else logs in and goes on with a record.
fn restored(record: &Json, town: super::town::Town) -> Play {
    let mut play = Play::prompt();
    play.town = town;
    play.town.record = record.clone();
    play.town.lost = true;
    play.run("kv_anna{Enter}тайна{Enter}");
    play.settle();
    play.run("{F2}");
    play.settle();
    play
}

#[test]
fn what_comes_back_looks_as_it_did() {
    for keys in [
        "{F9}210 41001{Enter}{Down}{Down}{Right}",
        "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}12",
        "{F9}{F3}Груш",
        "{F9}332{Enter}{Tab}{Enter}{Down}120{Enter}13",
    ] {
        let mut play = Play::entered();
        play.run(keys);
        play.settle();
        play.tell(Msg::Hangup);
        let (sight, record) = (without_message(&play), play.record.clone());
        let back = restored(&record, play.town);
        assert_eq!(without_message(&back), sight, "{keys}");
        assert_eq!(serde_json::to_value(back.desk.record()).unwrap()["screens"], record["screens"], "{keys}");
    }
}

/// Everything but the line that tells what happened last.
fn without_message(play: &Play) -> String {
    let sight = play.sight();
    let rows: Vec<&str> = sight.lines().collect();
    [&rows[..rows.len() - 3], &rows[rows.len() - 1..]].concat().join("\n")
}

#[test]
fn secrets_are_never_written_down_and_never_shown() {
    let mut play = Play::prompt();
    play.town.must_change_password = true;
    play.run("kv_anna{Enter}тайна{Enter}");
    play.settle();
    play.run("тайна{Enter}новаятайна{Enter}новаятайна");
    let mut seen = play.sight();
    play.tell(Msg::Hangup);
    seen.push_str(&play.record.to_string());
    // Typed ahead while the change is under way.
    play.types("{F2}тайна");
    play.tell(Msg::Hangup);
    seen.push_str(&play.record.to_string());
    seen.push_str(&format!("{:?}", play.effects));
    assert!(!seen.contains("тайна"), "{seen}");
}

#[test]
fn a_password_typed_ahead_of_a_refused_login_is_not_shown() {
    let mut play = Play::prompt();
    play.types("kv_anna{Enter}не тот{Enter}kv_anna{Enter}тайна");
    play.settle();
    let sight = play.sight();
    assert!(sight.contains("Пароль не подошёл") && !sight.contains("тайна"), "{sight}");
}

#[test]
fn a_line_typed_into_a_question_is_kept_with_the_keys() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}{F4}01.02");
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let back = restored(&record, play.town);
    assert!(back.sight().contains("01.02"), "{}", back.sight());
}

#[test]
fn an_unsettled_change_is_asked_for_by_the_next_session() {
    let mut play = Play::entered();
    play.run(
        "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}",
    );
    play.settle();
    play.types("{F2}");
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was sent") };
    let lost = super::town::refusal("08006", "Связь прервалась");
    play.tell(Msg::Reply { req, answer: Answer::Lost(lost) });
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    back.settle();
    assert!(back.desk.unsettled.is_empty());
    assert_eq!(back.town.done.len(), 1, "{:?}", back.town.done);
}
