//! Sheets: a verdict marks its row, beeps once, and never moves the cursor or eats keys.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::grid::CellState;
use kvartal::engine::msg::{Answer, LinkState, Msg};

use super::play::Play;

/// A sheet of six meters, the cursor on the first.
pub fn sheet() -> Play {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.sees("ХВ-6");
    play.effects.clear();
    play
}

pub fn cursor(play: &Play) -> (usize, Option<(u16, u16)>) {
    (play.desk.focused().unwrap().grids[0].row, play.desk.canvas().cursor)
}

pub fn states(play: &Play) -> Vec<CellState> {
    play.desk.focused().unwrap().grids[0].cells.values().map(|cell| cell.state.clone()).collect()
}

#[test]
fn a_verdict_never_moves_the_cursor_and_eats_no_key() {
    let mut play = sheet();
    play.types("999{Enter}120{Enter}13");
    let before = cursor(&play);
    assert_eq!(before.0, 2, "{}", play.sight());
    let beeps = |play: &Play| play.effects.iter().filter(|effect| **effect == Effect::Beep).count();
    let beeped = beeps(&play);
    play.settle();
    assert_eq!(cursor(&play), before);
    assert_eq!(beeps(&play) - beeped, 1, "one refusal, one beep");
    assert!(play.sight().contains("Отказов 1"), "{}", play.sight());
    play.types("5{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("53").map(String::as_str), Some("135"));
    play.types("{F9}{Down}");
    assert_eq!(cursor(&play).0, 0, "the next refused row");
}

/// What was written is shown as the books have it as soon as they are read anew: here somebody undid it meanwhile.
#[test]
fn a_sheet_read_anew_shows_the_books() {
    let mut play = sheet();
    play.types("135{Enter}");
    play.settle();
    assert!(play.sight().contains("135"), "{}", play.sight());
    play.town.readings.clear();
    play.run("{F5}");
    play.settle();
    assert!(!play.sight().contains("135"), "{}", play.sight());
}

#[test]
fn rows_of_a_broken_line_are_asked_for_by_their_numbers() {
    let mut play = sheet();
    play.types("120{Enter}130{Enter}");
    // The first was made, the second was not.
    let calls: Vec<_> = play
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Call { call: Call::Sheet(rows), .. } => Some(rows[0].id),
            _ => None,
        })
        .collect();
    play.town.made.remove(&calls[1]);
    play.ready.retain(|msg| !matches!(msg, Msg::Verdict { .. }));
    for msg in play.ready.split_off(0) {
        if let Msg::Reply { req, .. } = msg {
            let lost = super::town::refusal("08006", "Связь прервалась");
            play.tell(Msg::Reply { req, answer: Answer::Lost(lost) });
        }
    }
    assert_eq!(states(&play), [CellState::Sent(calls[0]), CellState::Sent(calls[1])], "nobody knows yet");
    play.tell(Msg::Link(LinkState::Down("Связь прервалась".to_owned())));
    play.tell(Msg::Link(LinkState::Up { again: true }));
    play.settle();
    let states = states(&play);
    assert_eq!(states[0], CellState::Written, "{}", play.sight());
    assert!(matches!(states[1], CellState::Refused(_)), "{states:?}");
}

/// A letter slipped in from the other hand is told of, and changes nothing.
#[test]
fn letters_are_told_of() {
    let mut play = sheet();
    play.types("12ж0{Enter}");
    assert!(play.effects.contains(&Effect::Beep));
    play.settle();
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("120"));
}

/// What was written is not unwritten by a blank: the cell shows it again.
#[test]
fn an_emptied_cell_shows_what_was_written() {
    let mut play = sheet();
    play.types("120{Enter}");
    play.settle();
    play.types("{Up}5{Backspace}");
    assert!(play.sight().contains("записано и остаётся"), "{}", play.sight());
    assert_eq!(states(&play), [CellState::Written]);
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("120"));
}

/// The sum of the paper against the sum of the sheet: 120 + 130 = 250; 250 − 250 = 0, 240 − 250 = −10. Without one nothing is told.
#[test]
fn the_control_total_is_compared_with_the_sum_of_the_sheet() {
    let mut play = sheet();
    play.types("120{Enter}130{Enter}");
    play.settle();
    let gap = |play: &Play| {
        let sight = play.sight();
        let (_, gap) = sight.split_once("Расхождение").unwrap();
        gap.lines().next().unwrap().trim().to_owned()
    };
    assert_eq!(gap(&play), "");
    play.run("{BackTab}240{Enter}");
    assert_eq!(gap(&play), "-10", "{}", play.sight());
    play.run("{BackTab}250{Enter}");
    assert_eq!(gap(&play), "0", "{}", play.sight());
}

/// What was typed and not accepted is no reading once the inspector was not let in: the row shows that, and no sum counts it.
#[test]
fn no_access_takes_the_place_of_what_was_typed() {
    let mut play = sheet();
    play.types("1{Enter}");
    assert!(play.sight().contains("1 меньше прежнего 100"), "{}", play.sight());
    play.types("/");
    play.settle();
    let sight = play.sight();
    let head = sight.lines().find(|line| line.contains("Введено")).unwrap().to_owned();
    assert!(head.contains("Введено       0") && head.contains("Сумма                0"), "{head}");
    assert_eq!((cursor(&play).0, states(&play).first()), (1, Some(&CellState::Written)));
    assert!(sight.lines().any(|line| line.contains("ХВ-1") && line.contains('/')), "{sight}");
    // A reading that was written is taken back by undo, not by a stroke.
    play.types("120{Enter}{Up}/");
    play.settle();
    assert!(play.sight().contains("записано и остаётся"), "{}", play.sight());
}

/// Control sums are of what stands in the books: a refused value is not among them.
#[test]
fn a_refused_value_is_not_summed() {
    let mut play = sheet();
    play.types("999{Enter}120{Enter}130{Enter}");
    play.settle();
    let sight = play.sight();
    let head = sight.lines().find(|line| line.contains("Введено")).unwrap().to_owned();
    assert!(head.contains(" 2 ") && head.contains("250"), "{head}");
}

/// What a sheet wrote last is what «undo the last change» offers, by the words it was typed in.
#[test]
fn a_written_row_is_the_last_change() {
    let mut play = sheet();
    play.types("120{Enter}");
    play.settle();
    play.run("{F9}{F2}");
    play.sees("Показание 120");
}

/// Below the value before it is never written unasked: the doubt tells both and the use, and what it means is asked when it is
/// typed again. 1 − 100 = −99; the dial has five digits: 1 − 100 + 10⁵ = 99 901.
#[test]
fn a_value_below_the_one_before_is_asked_what_it_means() {
    let mut play = sheet();
    play.types("1{Enter}");
    assert!(play.sight().contains("1 меньше прежнего 100, расход -99"), "{}", play.sight());
    play.types("1{Enter}");
    play.sees("Переход через ноль: расход 99 901");
    assert!(play.sight().contains("завышено прежнее: расход -99"), "{}", play.sight());
    // Digits typed on without looking answer nothing.
    play.types("120");
    play.settle();
    assert!(play.town.readings.is_empty());
    play.types("{Enter}");
    play.sees("Не выполнено");
    assert_eq!((cursor(&play).0, play.town.readings.len()), (0, 0), "a slip is typed anew");
    play.types("1{Enter}1{Enter}{Down}{Enter}");
    play.settle();
    assert!(play.town.passed && play.town.readings.get("51").map(String::as_str) == Some("1"));
    play.types("2{Enter}2{Enter}{Down}{Down}{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("52").map(String::as_str), Some("2"));
    assert_eq!(cursor(&play).0, 2);
}

/// Above the usual the doubt tells the use and the usual one: 5 000 − 100 = 4 900, believed up to 1 000 − 100 = 900.
#[test]
fn a_value_beyond_the_usual_says_what_the_usual_is() {
    let mut play = sheet();
    play.types("5000{Enter}");
    assert!(play.sight().contains("даёт расход 4 900 от прежнего 100, обычно до 900"), "{}", play.sight());
    play.types("5000{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("5000"));
}

/// No row is typed while the day of the sheet is none: the cursor goes to it, and nothing is sent.
#[test]
fn a_sheet_whose_day_is_wrong_takes_no_rows() {
    let mut play = sheet();
    play.types("{BackTab}{BackTab}abc{Tab}{Tab}1");
    assert!(play.sight().contains("Строки вводятся после этого"), "{}", play.sight());
    play.settle();
    assert!(states(&play).is_empty() && play.town.readings.is_empty(), "{}", play.sight());
    // A day of another month would be seen on no sheet of this one.
    play.types("{Esc}280226{Tab}{Tab}1");
    assert!(play.sight().contains("день не из месяца 03.2026"), "{}", play.sight());
    assert!(states(&play).is_empty(), "{}", play.sight());
    play.types("{Esc}{Tab}{Tab}120{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("120"));
}

/// The reason of a refused row stands in the foot while the cursor is on it; the command that goes there is found by its name.
#[test]
fn the_reason_of_a_refused_row_is_told_on_it() {
    let mut play = sheet();
    play.types("999{Enter}120{Enter}");
    play.settle();
    assert!(!play.sight().contains("Показание меньше прежнего"), "{}", play.sight());
    play.types("{Up}{Up}");
    assert!(play.sight().contains("Показание меньше прежнего"), "{}", play.sight());
    play.types("{Down}{Down}{F9}следующий отк{Enter}");
    assert_eq!(cursor(&play).0, 0, "{}", play.sight());
    assert!(play.sight().contains("Показание меньше прежнего"), "{}", play.sight());
}

/// A month that is none lists nothing and says so; a month typed to look at is no work that could be lost.
#[test]
fn a_wrong_month_lists_nothing_and_is_left_without_a_question() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}");
    play.sees("Садовая, нечётная");
    play.run("abc");
    play.settle();
    assert!(!play.sight().contains("Садовая"), "{}", play.sight());
    assert!(play.sight().contains("«Месяц» не читается"), "{}", play.sight());
    play.run("{F10}");
    assert!(!play.sight().contains("незаписанное"), "{}", play.sight());
    assert_eq!(play.desk.windows.len(), 1, "{}", play.sight());
}

/// Numbers of the operations that rows were sent as.
fn sent(play: &Play) -> Vec<uuid::Uuid> {
    let id = |effect: &Effect| match effect {
        Effect::Call { call: Call::Sheet(rows), .. } => Some(rows[0].id),
        _ => None,
    };
    play.effects.iter().filter_map(id).collect()
}

/// Two values for one meter, sent one behind the other: each verdict belongs to its own.
#[test]
fn a_verdict_belongs_to_the_value_it_was_given_on() {
    // The first is refused, the second written.
    let mut play = sheet();
    play.types("999{Enter}{Up}120{Enter}");
    let ids = sent(&play);
    play.answer_one();
    assert_eq!(states(&play), [CellState::Sent(ids[1])], "the second has no verdict yet");
    play.settle();
    assert_eq!(states(&play), [CellState::Written], "{}", play.sight());
    // The first is written, the second refused: emptied, the cell shows what stands in the books.
    let mut play = sheet();
    play.types("120{Enter}{Up}999{Enter}");
    play.settle();
    assert!(matches!(states(&play)[..], [CellState::Refused(_)]), "{}", play.sight());
    play.types("{Up}{Backspace}{Backspace}{Backspace}");
    assert_eq!(states(&play), [CellState::Written], "{}", play.sight());
    let cell = play.desk.focused().unwrap().grids[0].cells.values().next().unwrap();
    assert_eq!(cell.line.text(), "120");
}

/// What is taken back letter by letter after it was sent is another value, and written by nobody.
#[test]
fn a_value_changed_after_it_was_sent_is_not_written() {
    let mut play = sheet();
    play.types("120{Enter}{Up}{Backspace}");
    play.settle();
    assert_eq!(states(&play), [CellState::Typed], "{}", play.sight());
    assert!(play.desk.focused().unwrap().is_changed());
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("120"));
}

/// What undo offers is what was sent, not what was typed over it since.
#[test]
fn a_written_row_is_called_by_what_was_sent() {
    let mut play = sheet();
    play.types("120{Enter}{Up}13");
    play.settle();
    assert_eq!(play.desk.changes.last().map(|change| change.title.as_str()), Some("Показание 120"));
}

/// Whoever leaves a sheet before its last verdict is told of a refusal all the same, and finds it in a list.
#[test]
fn a_row_refused_after_its_sheet_was_left_is_told_and_listed() {
    let mut play = sheet();
    play.types("999{Enter}{F10}1");
    play.settle();
    let told = play.desk.message.text.clone();
    assert!(told.contains("лист уже оставлен") && told.contains("Прибор ХВ-1: Показание 999"), "{told}");
    assert!(told.contains("Показание меньше прежнего"), "{told}");
    play.types("{F10}{F10}{F9}{Esc}");
    play.desk.message = Default::default();
    assert!(play.sight().contains("Отказов по оставленным листам: 1"), "{}", play.sight());
    play.types("{F9}{Down}");
    assert!(
        play.sight().contains("Отказы по оставленным листам") && play.sight().contains("ХВ-1"),
        "{}",
        play.sight()
    );
    play.types("{Esc}");
    play.desk.message = Default::default();
    assert!(!play.sight().contains("Отказов по оставленным"), "it was read: {}", play.sight());
    play.types("{F9}{Down}");
    assert!(play.sight().contains("ХВ-1"), "it can be found again: {}", play.sight());
}

/// A value beyond belief is typed again by somebody who saw why: what came with it in one burst is kept and shown.
#[test]
fn a_doubt_is_not_confirmed_by_what_was_typed_before_it_was_seen() {
    let mut play = sheet();
    play.bursts("5000{Enter}5000{Enter}");
    assert!(play.sight().contains("Не выполнено клавиш: 5 «5000[Enter]»"), "{}", play.sight());
    assert!(play.sight().contains("обычно до 900"), "{}", play.sight());
    play.paint();
    play.settle();
    assert!(play.town.readings.is_empty(), "{:?}", play.town.readings);
    play.types("5000{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("5000"));
    // The question behind it neither.
    play.bursts("1{Enter}");
    play.paint();
    play.bursts("1{Enter}{Down}{Enter}");
    play.paint();
    play.sees("Переход через ноль");
    assert_eq!(play.town.readings.len(), 1, "{:?}", play.town.readings);
}

/// What nobody has to stop at goes through in one burst, however long it is.
#[test]
fn a_burst_of_rows_is_written_whole() {
    let mut play = sheet();
    play.bursts("120{Enter}130{Enter}140{Enter}150{Enter}");
    play.settle();
    assert_eq!(play.town.readings.len(), 4, "{:?}", play.town.readings);
}

/// Rows of a sheet that are not here yet are waited for by what is pasted, as by what is typed.
#[test]
fn a_column_pasted_ahead_of_its_sheet_goes_down_the_rows() {
    let mut play = Play::entered();
    play.run("{F9}332{Enter}{Tab}");
    play.types("{Enter}{Tab}{Tab}");
    play.tell(Msg::Paste("120\n130".to_owned()));
    play.types("{Down}140{Enter}");
    play.settle();
    let written: Vec<_> = ["51", "52", "53"].map(|meter| play.town.readings.get(meter).cloned()).into();
    assert_eq!(written, ["120", "130", "140"].map(|value| Some(value.to_owned())), "{}", play.sight());
}
