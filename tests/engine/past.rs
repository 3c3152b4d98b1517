//! While the date line shows the past nothing is written, and one sentence says why; what explains and what is printed is of that day.

use chrono::NaiveDate;
use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::Msg;

use super::play::Play;

const WHY: &str = "Показан другой день";

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

/// A card as of the first of February, as known on the tenth.
fn past_card() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}{F4}01.02.2026{Enter}10.02.2026{Enter}");
    play.sees("01.02.2026");
    play
}

fn changes(play: &Play) -> usize {
    let is_change = |effect: &&Effect| {
        matches!(effect, Effect::Call { call: Call::Preview(_) | Call::Commit(_) | Call::Sheet(_), .. })
    };
    play.effects.iter().filter(is_change).count()
}

/// «Почему?» is asked of what was known then; now of what is known now.
#[test]
fn an_explanation_is_as_known_on_the_day_of_the_line() {
    let asked = |play: &Play| {
        play.effects.iter().rev().find_map(|effect| match effect {
            Effect::Call { call: Call::Explain { known_on, .. }, .. } => Some(*known_on),
            _ => None,
        })
    };
    let mut play = past_card();
    play.run("{Right}{Right}{Right}{F9}{F1}");
    play.settle();
    assert_eq!(asked(&play), Some(day("2026-02-10")), "{}", play.sight());
    // Another day is asked for on the explanation itself.
    play.run("{F9}{F4}{Enter}{Enter}");
    play.settle();
    assert_eq!(asked(&play), Some(None), "{}", play.sight());
}

/// A form that only writes does not open; one that stood open takes no key, no paste, no list, and keeps what is in it.
#[test]
fn nothing_is_put_into_a_form_while_the_past_is_shown() {
    let mut play = past_card();
    play.run("{F9}212{Enter}");
    play.sees(WHY);
    assert_eq!(play.desk.windows.len(), 2, "{}", play.sight());

    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}212{Enter}60,5{F9}{F4}01.02.2026{Enter}{Enter}");
    play.sees("01.02.2026");
    let before = play.desk.record();
    play.tell(Msg::Paste("77".to_owned()));
    play.sees(WHY);
    for keys in ["7", "{Backspace}", "{F2}"] {
        play.run(keys);
        play.sees(WHY);
    }
    assert_eq!(play.desk.record(), before);
    assert_eq!(changes(&play), 0);
    play.run("{F9}{F4}{Enter}{Enter}");
    play.settle();
    assert!(play.sight().contains("60,5"), "what was typed is there again: {}", play.sight());
}

/// A sheet opened while the past is shown takes no digit, no «no access», no value of the row above, no pasted column.
#[test]
fn a_sheet_sends_nothing_while_the_past_is_shown() {
    let mut play = past_card();
    play.run("{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}");
    play.sees("ХВ-1");
    for key in ["1", "/", "*"] {
        play.run(key);
        play.sees(WHY);
    }
    play.run("{Enter}");
    play.tell(Msg::Paste("150\n151".to_owned()));
    play.sees(WHY);
    assert_eq!(changes(&play), 0, "{}", play.sight());
    assert!(play.town.done.is_empty());
}
