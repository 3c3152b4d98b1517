//! The key plan of the house, and that every command can be named, explained and reached.

use std::collections::BTreeSet;

use kvartal::keymap::{Command, Context, Key, Keymap, Sequence};
use kvartal::locale::{Lang, Words};

fn map() -> &'static Keymap {
    Keymap::builtin()
}

#[test]
fn the_keymaps_of_the_house_are_read() {
    let base = Keymap::builtin_files();
    assert_eq!(Keymap::read(base).as_ref(), Ok(map()));
    for extra in Keymap::extra_files() {
        let with = Keymap::read(&[base, &[*extra]].concat()).unwrap();
        assert_ne!(&with, map(), "{} adds nothing", extra.0);
        for context in Context::ALL {
            for command in Command::ALL {
                let (before, after) = (map().keys_of(context, *command), with.keys_of(context, *command));
                assert!(before.iter().all(|keys| after.contains(keys)), "{} takes keys away", extra.0);
            }
        }
    }
}

#[test]
fn synonyms_are_chosen_by_name() {
    let with = Keymap::with_synonyms("1c");
    let key: Key = "Ctrl+F".parse().unwrap();
    assert_eq!(with.command(Context::Form, false, key), Some(Command::Find));
    assert_eq!(map().command(Context::Form, false, key), None);
    for name in ["", "default", "numpad", "../1c"] {
        assert_eq!(&Keymap::with_synonyms(name), map(), "{name}");
    }
}

#[test]
fn the_bar_is_the_same_everywhere() {
    use Command::{
        AsOf, Back, Choose, Copy, Delete, Diff, Exit, Find, Help, Journal, Menu, More, New, Pane, Print,
        Refresh, Save, SearchAll, Undo, Why,
    };
    let first = [Help, Save, Find, Choose, Refresh, Pane, New, Delete, More, Back].map(Some);
    let second = [Why, Undo, SearchAll, AsOf, Journal, Print, Copy, Diff, Menu, Exit].map(Some);
    for context in Context::ALL {
        assert_eq!((map().bar(context, false), map().bar(context, true)), (first, second), "{context:?}");
    }
    for (digit, command) in "1234567890".chars().zip(first) {
        assert_eq!(map().command(Context::Text, false, Key::Alt(digit)), command, "Alt+{digit}");
        assert_eq!(map().command(Context::Text, true, Key::Alt(digit)), second[digit_place(digit)]);
    }
}

fn digit_place(digit: char) -> usize {
    (digit.to_digit(10).unwrap() as usize + 9) % 10
}

#[test]
fn every_command_has_a_key_somewhere() {
    for command in Command::ALL {
        let anywhere = Context::ALL.iter().any(|context| !map().keys_of(*context, *command).is_empty());
        assert!(anywhere, "{} has no key", command.name());
        assert_eq!(command.name().parse(), Ok(*command));
    }
    let names: BTreeSet<&str> = Command::ALL.iter().map(|command| command.name()).collect();
    assert_eq!(names.len(), Command::ALL.len());
}

#[test]
fn no_character_is_a_command_where_text_is_typed() {
    for letter in (' '..='~').chain('А'..='я').chain("ёЁ№€".chars()) {
        for context in [Context::Form, Context::Text, Context::Palette] {
            for second_row in [false, true] {
                assert_eq!(map().command(context, second_row, Key::Char(letter)), None, "{letter}");
            }
        }
        if letter.is_alphanumeric() && !letter.is_ascii_digit() {
            for context in Context::ALL {
                assert_eq!(map().command(context, false, Key::Char(letter)), None, "{letter} in {context:?}");
            }
        }
    }
}

#[test]
fn one_hand_on_the_numeric_part_is_enough_for_a_sheet() {
    let sheet = |key| map().command(Context::Sheet, false, key);
    assert_eq!(sheet(Key::Enter), Some(Command::Accept));
    assert_eq!(sheet(Key::Char('+')), Some(Command::AcceptPlus));
    assert_eq!(sheet(Key::Char('*')), Some(Command::DupAbove));
    assert_eq!(sheet(Key::Char('/')), Some(Command::NoAccess));
    assert_eq!("0123456789.,-".chars().find_map(|digit| sheet(Key::Char(digit))), None);
    assert_eq!(map().command(Context::Form, false, Key::Char('+')), None);
}

#[test]
fn keys_of_a_command_are_those_that_start_it() {
    for context in Context::ALL {
        for command in Command::ALL {
            for Sequence { second_row, key } in map().keys_of(context, *command) {
                assert_eq!(map().command(context, second_row, key), Some(*command));
            }
        }
    }
    let told: Vec<String> =
        map().keys_of(Context::List, Command::Mark).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["Space", "Ins"]);
}

#[test]
fn every_command_has_its_words_in_both_languages() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for command in Command::ALL {
            let name = command.name();
            for key in ["", ".bar", ".help"].map(|attribute| format!("command-{name}{attribute}")) {
                assert!(words.has(&key), "{lang:?}: no {key}");
            }
            let (label, title, help) = (command.label(words), command.title(words), command.help(words));
            assert!((1..=6).contains(&label.chars().count()), "{lang:?}, {name}: «{label}» is no label");
            assert!(title.chars().count() <= 30 && !title.ends_with('.'), "{lang:?}, {name}: «{title}»");
            assert!(help.ends_with('.') && help.chars().count() <= 160, "{lang:?}, {name}: «{help}»");
        }
        for context in Context::ALL {
            assert!(words.has(&format!("context-{}", context.name())));
        }
    }
}

/// At 60 columns a place of the bar has 4 cells for its word: a whole word or a short form stands there, all different in a row.
#[test]
fn no_label_of_the_bar_is_cut_on_a_narrow_terminal() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (context, second) in Context::ALL.iter().flat_map(|context| [(*context, false), (*context, true)])
        {
            let labels: Vec<String> = map()
                .bar(context, second)
                .into_iter()
                .flatten()
                .map(|one| one.label_within(words, 4))
                .collect();
            for label in &labels {
                assert!((1..=4).contains(&label.chars().count()), "{lang:?}: «{label}»");
            }
            let different: BTreeSet<&String> = labels.iter().collect();
            assert_eq!(different.len(), labels.len(), "{lang:?}: {labels:?}");
        }
    }
    assert_eq!(Command::Refresh.label_within(Words::of(Lang::Ru), 6), "Свежее");
}

#[test]
fn a_row_of_the_bar_fits_the_narrowest_screen() {
    for lang in Lang::ALL {
        for second_row in [false, true] {
            let labels = map().bar(Context::Form, second_row).into_iter().flatten();
            let cells = labels.enumerate().map(|(at, command)| {
                let number = (at + 1).to_string();
                number.len() + command.label(Words::of(lang)).chars().count()
            });
            assert!(cells.sum::<usize>() + 9 <= 80, "{lang:?}, second row: {second_row}");
        }
    }
}
