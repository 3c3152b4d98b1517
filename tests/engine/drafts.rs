//! Drafts of screens that were left: kept, found again, thrown away, carried to the next login, and never more than there is room for.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::grid::SheetCell;
use kvartal::engine::line::Line;
use kvartal::engine::msg::{Answer, Msg};

use super::play::Play;
use super::town::{SESSION, refusal};

/// The change of an area of the first account.
const OPENS: &str = "{F9}210 41001{Enter}{F9}Изменить площ{Enter}";

/// Half of what is typed into it.
const TYPES: &str = "60,5{Enter}";

/// The form opened once more from the card.
const AGAIN: &str = "{F9}Изменить площ{Enter}";

/// The only draft, by its name.
const BY_NAME: &str = "{F9}Черновик{Enter}";

fn left_as_a_draft() -> Play {
    let mut play = Play::entered();
    play.run(OPENS);
    play.run(TYPES);
    play.run("{F10}");
    play.sees("1 Оставить черновик    2 Выбросить    0 Вернуться");
    play.run("1");
    play.sees("Черновик оставлен (вернуться: F9 и название): Изменение площади");
    assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (2, 1), "{}", play.sight());
    play
}

/// Whoever is logged in next, with the record of a session that ended so.
fn next_login(before: Play, is_left: bool) -> Play {
    let mut play = Play::prompt();
    play.town = before.town;
    play.town.record = before.record;
    (play.town.left, play.town.lost) = (is_left, !is_left);
    play.run("kv_anna{Enter}тайна{Enter}");
    play.settle();
    play
}

#[test]
fn a_screen_that_is_left_stays_a_draft_until_it_is_taken() {
    let mut play = left_as_a_draft();
    play.run(AGAIN);
    play.sees("Есть черновик, 10:00: «Изменение площади");
    play.run("7");
    play.sees("Ответьте цифрой: 1 Взять, 2 Выбросить, 0 Потом");
    play.run("0");
    play.sees("Черновик остался");
    assert!(!play.sight().contains("60,5") && play.desk.drafts.len() == 1, "{}", play.sight());
    play.run("{F10}");
    assert_eq!(play.desk.windows.len(), 2, "nothing was typed, nothing is asked: {}", play.sight());
    play.run(AGAIN);
    play.run("1");
    play.sees("60,5");
    assert!(play.desk.drafts.is_empty());
    // What is taken is typed: it is asked about again, and thrown away by its own answer only.
    play.run("{F10}2");
    assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (2, 0), "{}", play.sight());
    play.run(AGAIN);
    assert!(play.desk.overlay.is_none() && !play.sight().contains("60,5"), "{}", play.sight());
}

#[test]
fn a_draft_that_is_offered_can_be_thrown_away() {
    let mut play = left_as_a_draft();
    play.run(AGAIN);
    play.run("2");
    play.sees("Черновик выброшен");
    assert!(play.desk.drafts.is_empty() && !play.sight().contains("60,5"), "{}", play.sight());
}

/// Esc on a changed form asks too, and Esc over the question changes nothing.
#[test]
fn esc_never_destroys() {
    let mut play = Play::entered();
    play.run(OPENS);
    play.run(TYPES);
    play.run("{Esc}");
    play.sees("1 Оставить черновик");
    play.run("{Esc}");
    assert!(play.desk.overlay.is_none() && play.sight().contains("60,5"), "{}", play.sight());
    assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (3, 0));
}

#[test]
fn the_palette_finds_a_draft_by_its_title() {
    let mut play = left_as_a_draft();
    play.run("{F10}{F9}площади");
    play.sees("Черновик 10:00: Изменение площади");
    play.run("{Esc}");
    play.run(BY_NAME);
    play.sees("Взято из черновика: Изменение площади");
    assert!(play.sight().contains("60,5") && play.desk.drafts.is_empty(), "{}", play.sight());
}

/// A draft writes: while the past is shown it is neither offered nor taken.
#[test]
fn no_draft_is_taken_into_the_past() {
    let mut play = left_as_a_draft();
    play.run("{F9}{F4}010326{Enter}{Enter}");
    play.run(BY_NAME);
    play.sees("Показан другой день");
    assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (2, 1), "{}", play.sight());
}

/// A lost line brings drafts back with the screens.
#[test]
fn drafts_come_back_with_a_lost_session() {
    let mut play = left_as_a_draft();
    play.tell(Msg::Hangup);
    assert_eq!(play.record["left"], false);
    let mut next = next_login(play, false);
    next.run("{F2}");
    next.sees("Сеанс продолжен, черновиков: 1");
    assert_eq!(next.desk.windows.len(), 2, "{}", next.sight());
    next.run(AGAIN);
    next.run("1");
    next.sees("60,5");
}

/// Who leaves in order is told how many drafts wait; the next login has them, and is asked to go on with nothing else.
#[test]
fn drafts_outlive_a_session_that_was_left_in_order() {
    let mut play = left_as_a_draft();
    play.run("{F9}{F10}");
    play.sees("Оставлено черновиков: 1");
    assert!(!play.effects.contains(&Effect::Exit));
    play.run("1");
    assert!(play.effects.contains(&Effect::Exit) && play.desk.is_unfinished());
    assert_eq!((&play.record["left"], &play.record["screens"]), (&true.into(), &serde_json::json!([])));
    let mut next = next_login(play, true);
    next.sees("Ждут черновики: 1");
    assert_eq!(next.desk.windows.len(), 1, "{}", next.sight());
    // The old session is forgotten only when the drafts are in the record of the new one.
    let kept = next.effects.iter().position(|effect| match effect {
        Effect::KeepResume { record, .. } => record["drafts"].as_array().is_some_and(|all| all.len() == 1),
        _ => false,
    });
    let forgot = next
        .effects
        .iter()
        .position(|effect| matches!(effect, Effect::Call { call: Call::Forget(SESSION), .. }));
    assert!(kept.is_some() && kept < forgot, "{kept:?} {forgot:?}");
    next.run(BY_NAME);
    next.sees("60,5");
}

#[test]
fn who_leaves_nothing_behind_is_asked_nothing() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}{F10}");
    assert!(play.effects.contains(&Effect::Exit) && !play.desk.is_unfinished());
}

/// What is under way to the server is told by its verdict; only what nobody sent is a draft.
#[test]
fn a_row_that_was_sent_is_in_no_draft() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.types("130{Enter}14{F10}");
    assert!(play.sight().contains("1 Оставить черновик"), "{}", play.sight());
    play.types("1");
    play.settle();
    assert_eq!(play.town.done, ["meters.sheet_reading null 130"]);
    let cells: Vec<_> = play.desk.drafts[0].kept.cells.iter().map(|cell| cell.3.as_str()).collect();
    assert_eq!(cells, ["14"]);
    play.run(BY_NAME);
    play.sees("Взято из черновика");
    assert!(play.sight().contains(" 14"), "{}", play.sight());
    assert_eq!(play.town.done.len(), 1);
}

/// Everything typed was sent and not answered yet: there is nothing to keep, and nothing says there is.
#[test]
fn a_sheet_with_nothing_but_sent_rows_makes_no_draft() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.types("130{Enter}{F10}");
    assert!(play.sight().contains("1 Да    0 Нет"), "{}", play.sight());
    play.types("1");
    play.settle();
    assert!(play.desk.drafts.is_empty(), "{}", play.sight());
}

/// The screen of a change of area with everything typed, its difference shown.
const CHANGE: &str =
    "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}";

/// A form whose answer was lost, left as a draft before anybody knows: it is not taken meanwhile, so that nothing is written twice; once
/// the change turns out to be made nothing is left of it, and the whole of it where it was not.
#[test]
fn a_draft_of_a_change_nobody_knows_the_end_of_waits_for_it() {
    for is_made in [true, false] {
        let mut play = Play::entered();
        play.run(CHANGE);
        play.settle();
        play.types("{F2}");
        let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was sent") };
        let lost = refusal("08006", "Связь прервалась");
        play.tell(Msg::Reply { req, answer: Answer::Lost(lost) });
        if !is_made {
            play.town.made.clear();
            play.town.done.clear();
        }
        play.types("{F10}1");
        assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (2, 1), "{}", play.sight());
        play.types(BY_NAME);
        assert!(play.sight().contains("Ещё выясняется"), "{}", play.sight());
        play.settle();
        assert_eq!(play.desk.drafts.is_empty(), is_made, "{}", play.sight());
        if !is_made {
            play.run(BY_NAME);
            play.sees("акт 5");
        }
    }
}

#[test]
fn the_oldest_of_too_many_drafts_goes_and_that_is_said() {
    let mut play = Play::entered();
    for minute in 0..22 {
        play.run(OPENS);
        // The newest draft of the same thing is offered: it stays.
        if minute > 0 {
            play.run("0");
        }
        play.run(TYPES);
        play.run("{F10}1");
        assert_eq!(play.sight().contains("самый старый выброшен"), minute >= 20, "{}", play.sight());
        play.run("{F10}");
        play.passes(60_000);
    }
    assert_eq!(play.desk.drafts.len(), 20);
    assert_eq!(play.desk.drafts[0].at.format("%H:%M").to_string(), "10:02");
}

/// What is larger than all drafts together may be stays where it is.
#[test]
fn a_screen_that_is_too_large_for_a_draft_stays_open() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}14");
    let window = play.desk.windows.last_mut().unwrap();
    for row in 0..20_000 {
        let cell = SheetCell { line: Line::fresh("123"), ..SheetCell::default() };
        window.grids[0].cells.insert((format!("{row}"), 1), cell);
    }
    let windows = play.desk.windows.len();
    play.run("{F10}1");
    play.sees("больше, чем помещается в черновик");
    assert_eq!((play.desk.windows.len(), play.desk.drafts.len()), (windows, 0));
}
