//! Pasted texts on a sheet: a value into its cell, a column down the rows, whole or not at all.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::Msg;

use kvartal::keymap::Key;

use super::play::Play;
use super::sheets::{cursor, sheet, states};

/// A column from a spreadsheet goes down the rows: an empty line leaves its row alone, spaces of thousands are none.
#[test]
fn a_pasted_column_goes_down_the_rows() {
    let mut play = sheet();
    play.tell(Msg::Paste("120\n\n 1 40,5\n999".to_owned()));
    play.settle();
    let written = |meter: &str| play.town.readings.get(meter).cloned();
    assert_eq!(written("51").as_deref(), Some("120"));
    assert_eq!(written("52"), None, "its line was empty");
    assert_eq!(written("53").as_deref(), Some("140.5"));
    assert_eq!(written("54"), None, "the server refused it");
    assert!(play.sight().contains("Отказов 1"), "{}", play.sight());
    assert_eq!(cursor(&play).0, 3);
}

/// All rows of a column go in one request behind one record that names each: thousands of records of thousands of rows are written by
/// nobody.
#[test]
fn a_pasted_column_is_sent_at_once() {
    let mut play = sheet();
    play.effects.clear();
    play.tell(Msg::Paste("120\n130\n140".to_owned()));
    let told = |effect: &Effect| match effect {
        Effect::KeepResume { record, .. } => Some(("named", record["unsettled"].as_array().unwrap().len())),
        Effect::Call { call: Call::Sheet(rows), .. } => Some(("sent", rows.len())),
        _ => None,
    };
    assert_eq!(play.effects.iter().filter_map(told).collect::<Vec<_>>(), [("named", 3), ("sent", 3)]);
    play.settle();
    assert_eq!(play.town.readings.len(), 3);
}

/// What is out of the usual is not sent: it waits in its row, with the cursor on it, to be typed again.
#[test]
fn a_pasted_value_beyond_belief_is_asked_for_again() {
    let mut play = sheet();
    play.tell(Msg::Paste("120\n5000\n130".to_owned()));
    play.settle();
    assert!(play.sight().contains("введите их ещё раз"), "{}", play.sight());
    assert_eq!(play.town.readings.len(), 2, "{:?}", play.town.readings);
    assert_eq!(cursor(&play).0, 1);
    play.types("5000{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("52").map(String::as_str), Some("5000"));
}

/// Longer than the rows, with a second column, or with what is no value: nothing of it is taken.
#[test]
fn a_paste_that_is_no_column_is_refused_whole() {
    let told = [
        ("1\n2\n3\n4\n5\n6\n7", "строк листа от курсора: 6"),
        ("120\t5\n130\t6", "«120 5» — не значение"),
        ("120\nдвадцать\n130", "строка 2"),
        ("120\n1.2.3", "строка 2"),
        ("120 130", "одно значение"),
        ("12о4", "одно значение"),
        ("12345678901234567", "одно значение"),
    ];
    for (pasted, sentence) in told {
        let mut play = sheet();
        play.tell(Msg::Paste(pasted.to_owned()));
        play.settle();
        assert!(play.sight().contains(sentence), "{pasted:?}: {}", play.sight());
        assert!(states(&play).is_empty() && play.town.readings.is_empty(), "{pasted:?}");
        assert_eq!(cursor(&play).0, 0);
    }
}

/// A pasted value goes on with what is typed, whole or not at all.
#[test]
fn a_pasted_value_is_taken_whole_or_not_at_all() {
    let mut play = sheet();
    play.types("12");
    play.tell(Msg::Paste("0,5".to_owned()));
    play.tell(Msg::Paste("12345678901234".to_owned()));
    play.settle();
    assert!(play.sight().contains("Вставка длиннее поля"), "{}", play.sight());
    play.types("{Enter}");
    play.settle();
    assert_eq!(play.town.readings.get("51").map(String::as_str), Some("120.5"));
}

/// What is pasted into a field of Latin letters is folded as what is typed there: letter by letter, so that a word of both layouts is one.
#[test]
fn a_pasted_text_folds_as_a_typed_one() {
    for text in ["kv_anna", "KV_Anna", "лм_фттф", "ЛМ_ФТТФ", "kv_с", "kv_аnnа", "ыфму kv"]
    {
        let (mut typed, mut pasted) = (Play::prompt(), Play::prompt());
        typed.settle();
        pasted.settle();
        text.chars().for_each(|letter| typed.tell(Msg::Key(Key::Char(letter))));
        pasted.tell(Msg::Paste(text.to_owned()));
        let line = |play: &Play| play.desk.focused().unwrap().typed[0].line.text().to_owned();
        assert!(!line(&typed).is_empty() && line(&typed).is_ascii(), "{text}: {}", typed.sight());
        assert_eq!(line(&pasted), line(&typed), "{text}");
    }
}
