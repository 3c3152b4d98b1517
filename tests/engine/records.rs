//! The resume record: what it holds, what it must not, and what comes back of it.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::grid::CellState;
use kvartal::engine::msg::{Answer, Msg, Timer};
use kvartal::keymap::Key;
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
        // A line over the screens, and the date line.
        "{F9}210 41001{Enter}{F9}Измен",
        "{F9}210 41001{Enter}{F9}{F4}01.02",
        "{F9}210 41001{Enter}{F9}{F4}010326{Enter}0203",
        "{F9}210 41001{Enter}{F9}{F4}010326{Enter}{Enter}",
        "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}{F2}{F9}{F2}ошиб",
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

/// Whoever goes on types where they stopped: in a question over the screen, in a field; nothing of it is a key that was not executed.
#[test]
fn a_line_goes_on_where_it_was() {
    for (keys, more, whole) in [
        ("{F9}210 41001{Enter}{F9}{F4}01.0", "2", "01.02"),
        ("{F9}210 41001{Enter}{F9}21", "2", "212"),
        ("{F9}210 41001{Enter}{F9}Измен{Enter}60", ",75", "60,75"),
    ] {
        let mut play = Play::entered();
        play.run(keys);
        play.tell(Msg::Hangup);
        let record = play.record.clone();
        assert_eq!(record["keys"], serde_json::json!([]), "{keys}");
        let mut back = restored(&record, play.town);
        back.run(more);
        assert!(back.sight().contains(whole), "{keys}: {}", back.sight());
    }
}

/// A question and a difference are not brought back: the state before them is, and nothing of them is answered.
#[test]
fn the_state_before_a_question_comes_back() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}");
    let before = without_message(&play);
    play.run("{F10}");
    assert!(play.desk.overlay.is_some());
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    assert_eq!(without_message(&back), before);
    back.run("1");
    assert_eq!(back.desk.windows.len(), 3, "{}", back.sight());
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

/// The screen of a change of area with everything typed, its difference shown.
const CHANGE: &str =
    "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}";

#[test]
fn the_record_names_a_change_before_it_is_sent() {
    let mut play = Play::entered();
    play.run(CHANGE);
    play.settle();
    play.effects.clear();
    play.types("{F2}");
    let kept = play.effects.iter().position(|effect| match effect {
        Effect::KeepResume { record, .. } => record["unsettled"].as_array().is_some_and(|all| all.len() == 1),
        _ => false,
    });
    let sent =
        play.effects.iter().position(|effect| matches!(effect, Effect::Call { call: Call::Commit(_), .. }));
    assert!(kept.is_some() && kept < sent, "{kept:?} {sent:?}");
}

/// Made or not: who goes on learns it, and what follows a change happens on its screen.
#[test]
fn a_line_that_drops_while_a_change_is_under_way_doubles_nothing() {
    for is_made in [true, false] {
        let mut play = Play::entered();
        play.run(CHANGE);
        play.settle();
        play.types("{F2}");
        play.tell(Msg::Hangup);
        if !is_made {
            play.town.made.clear();
            play.town.done.clear();
            play.town.area = None;
        }
        let record = play.record.clone();
        let mut back = restored(&record, play.town);
        back.settle();
        let sight = back.sight();
        assert_eq!(sight.contains("Изменение площади"), !is_made, "{sight}");
        assert!(sight.contains("60,5"), "{sight}");
        assert!(back.desk.unsettled.is_empty());
        if !is_made {
            back.run("{F2}");
            back.sees("12,30");
            back.run("{F2}");
            back.settle();
        }
        assert_eq!(back.town.done.len(), 1, "{:?}", back.town.done);
    }
}

#[test]
fn rows_of_a_sheet_that_were_under_way_are_asked_for_not_sent_again() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.sees("ХВ-6");
    play.types("120{Enter}130{Enter}14");
    play.tell(Msg::Hangup);
    assert_eq!(play.record["unsettled"].as_array().unwrap().len(), 2, "{}", play.record);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    back.settle();
    let states: Vec<_> =
        back.desk.focused().unwrap().grids[0].cells.values().map(|cell| cell.state.clone()).collect();
    // The books tell of the two that were made; the third is still only typed.
    assert_eq!(states, [CellState::Typed], "{}", back.sight());
    assert!(back.sight().contains("120") && back.sight().contains("130"), "{}", back.sight());
    assert_eq!(back.town.done.len(), 2, "{:?}", back.town.done);
}

/// Every key asks to be woken 300 ms after it; after 700 ms of typing without a pause the clock is left to run.
#[test]
fn whoever_never_stops_typing_is_kept_within_a_second() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}");
    play.tell(Msg::Woke(Timer::Resume));
    let mut asked = Vec::new();
    for tenths in 0..10 {
        play.effects.clear();
        play.tell(Msg::Key(Key::Char('1')));
        let wakes = |effect: &Effect| matches!(effect, Effect::Wake { timer: Timer::Resume, .. });
        if play.effects.iter().any(wakes) {
            asked.push(tenths);
        }
        play.passes(100);
    }
    assert_eq!(asked, [0, 1, 2, 3, 4, 5, 6]);
}

/// Columns of a list that were being filled stand over it again, the cursor in its line.
#[test]
fn columns_that_were_being_filled_come_back() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F3}{Down}Холод");
    play.settle();
    play.tell(Msg::Hangup);
    let (sight, record) = (without_message(&play), play.record.clone());
    assert!(sight.contains("Холод"), "{sight}");
    let mut back = restored(&record, play.town);
    assert_eq!(without_message(&back), sight);
    // Where the list is another one by then, it is shown with the keys that were not executed.
    let mut other = record.clone();
    other["over"]["columns"]["grid"] = 7.into();
    back = restored(&other, std::mem::take(&mut back.town));
    assert!(back.sight().contains("Не выполнено клавиш: 6 «Холод[Enter]»"), "{}", back.sight());
}

/// What was chosen on a tab that is not in front is there again when it is.
#[test]
fn what_was_done_on_another_tab_comes_back() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{Down} {F6}");
    play.settle();
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    let tabs = back.desk.front().unwrap().model.tabs.len();
    assert_eq!(back.desk.front().unwrap().tab, 1);
    back.run(&"{F6}".repeat(tabs - 1));
    back.settle();
    let window = back.desk.focused().unwrap();
    assert_eq!((back.desk.front().unwrap().tab, window.grids[0].marks.len()), (0, 1), "{}", back.sight());
}

/// A row refused after its sheet was left is told by the next session too.
#[test]
fn refusals_of_left_sheets_come_back() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.types("999{Enter}{F10}1");
    play.settle();
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    back.types("{F9}{Down}");
    assert!(
        back.sight().contains("Прибор ХВ-1: ") && back.sight().contains("Показание 999"),
        "{}",
        back.sight()
    );
}

/// What was typed into the form after the answer was lost is no part of the change: it stays a draft in the next session as well.
#[test]
fn what_was_typed_after_a_lost_answer_stays_a_draft() {
    let mut play = Play::entered();
    play.run(CHANGE);
    play.settle();
    play.types("{F2}");
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was sent") };
    let lost = super::town::refusal("08006", "Связь прервалась");
    play.tell(Msg::Reply { req, answer: Answer::Lost(lost) });
    play.types("бис");
    play.tell(Msg::Hangup);
    let record = play.record.clone();
    let mut back = restored(&record, play.town);
    back.settle();
    assert!(back.desk.unsettled.is_empty());
    assert!(back.sight().contains("Изменение площади") && back.sight().contains("бис"), "{}", back.sight());
    assert_eq!(back.town.done.len(), 1);
}
