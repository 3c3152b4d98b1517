//! Names of people in the wrong letters: told when the field is left, with the name that was meant.

use kvartal::engine::msg::Msg;

use super::play::Play;

/// The registration of a new person, the cursor on the surname; names are pasted, so that no layout changes them.
fn named(text: &str) -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F6}{F7}");
    play.sees("Регистрация нового жителя");
    play.tell(Msg::Paste(text.to_owned()));
    play.run("{Enter}");
    play
}

fn surname(play: &Play) -> String {
    let window = play.desk.focused().unwrap();
    let at = window.model.fields.iter().position(|field| field.name == "last_name").unwrap();
    window.typed[at].line.text().to_owned()
}

/// The layout was not switched: the name on the same keys is offered, F4 and Enter take it.
#[test]
fn a_name_in_the_other_layout_is_offered_in_russian() {
    for (typed, told) in [("Bdfyjd", "латинская буква «B»"), ("Ljk;tyrj", "набрано латинскими буквами")]
    {
        let mut play = named(typed);
        play.sees(told);
        play.run("{F4}{Enter}");
        assert!(["Иванов", "Долженко"].contains(&surname(&play).as_str()), "{}", play.sight());
        assert!(!play.sight().contains("латинск"), "{}", play.sight());
    }
}

/// On a terminal of 60×20 the sentence is whole, on two lines.
#[test]
fn a_narrow_terminal_shows_what_f4_would_put() {
    let mut play = Play::entered();
    play.tell(Msg::Resize { width: 60, height: 20 });
    play.run("{F9}210 41001{Enter}{F6}{F7}");
    play.tell(Msg::Paste("Bdfyjd".to_owned()));
    play.run("{Enter}");
    play.sees("F4 — взять «Иванов»");
    play.sees("ещё раз");
}

/// A foreigner has a Latin name: the same once more is believed.
#[test]
fn a_latin_name_is_asked_for_twice() {
    let mut play = named("Smith");
    play.sees("латинская буква «S»");
    play.run("{Enter}");
    assert!(!play.sight().contains("латинск"), "{}", play.sight());
    assert_eq!(surname(&play), "Smith");
}

/// That it was typed twice goes with the operation: the door asks for it.
#[test]
fn what_was_typed_twice_is_sent_so() {
    use kvartal::engine::effect::{Call, Effect};
    for (name, twice) in [("Smith", true), ("Петров", false)] {
        let mut play = named(name);
        play.run("{Enter}");
        if !twice {
            play.run("{Up}");
        }
        let model = play.desk.focused().unwrap().model.clone();
        let fill = |play: &mut Play, field: &str, text: &str| {
            let at = model.field(field).unwrap();
            let window = play.desk.windows.last_mut().unwrap();
            window.typed[at].line = kvartal::engine::line::Line::fresh(text);
            window.typed[at].changed = true;
        };
        for (field, text) in [
            ("first_name", "Иван"),
            ("sex", "male"),
            ("born", "01.01.1980"),
            ("from", "01.03.2026"),
            ("ground", "заявление"),
        ] {
            fill(&mut play, field, text);
        }
        play.run("{F2}");
        let sent = play.effects.iter().rev().find_map(|effect| match effect {
            Effect::Call { call: Call::Preview(operation), .. } => Some(operation.args.clone()),
            _ => None,
        });
        let sent = sent.unwrap_or_else(|| panic!("{}", play.sight()));
        assert_eq!(sent["twice"] == serde_json::json!(true), twice, "{sent}");
    }
}

/// A Latin letter among Russian ones is never meant, however often it is typed; what it looks like is offered.
#[test]
fn a_latin_letter_in_a_russian_word_is_refused() {
    let mut play = named("Ив\u{61}нов");
    play.sees("латинская буква «a» в русском слове");
    play.run("{Enter}{Enter}");
    play.sees("латинская буква «a» в русском слове");
    play.run("{F4}{Enter}");
    assert_eq!(surname(&play), "Иванов");
}

/// Three pasted lines are not one name.
#[test]
fn of_several_pasted_lines_the_first_is_the_name() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F6}{F7}");
    play.tell(Msg::Paste("Петров\nИван\nж".to_owned()));
    play.sees("Вставлена первая строка из 3");
    assert_eq!(surname(&play), "Петров");
}
