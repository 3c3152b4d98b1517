//! The screens of the program: nothing is wrong with them, in either language, and English is complete.

use kvartal::engine::model::{Act, Action, Confirm, Kind, Link, Part, Role, Screen, Target, Template};
use kvartal::engine::value::Show;
use kvartal::locale::{Lang, Words};
use kvartal::screen::set::{Set, embedded};
use kvartal::screen::words;

#[test]
fn nothing_is_wrong_with_the_screens() {
    for language in ["ru", "en"] {
        let wrong = Set::of(&embedded(), language).check(&[]);
        assert!(wrong.is_empty(), "{}", wrong.iter().map(|w| format!("{w}\n")).collect::<String>());
    }
}

#[test]
fn the_screens_of_the_engine_are_there() {
    let set = Set::of(&embedded(), "ru");
    let has = |role: Role| set.screens.values().any(|screen| screen.role == Some(role));
    let missing: Vec<&str> =
        words::ROLES.iter().filter(|(_, role)| !has(*role)).map(|(word, _)| *word).collect();
    assert_eq!(missing, [""; 0]);
}

/// What a template says by itself.
fn words_of(Template(parts): &Template) -> impl Iterator<Item = String> {
    parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.clone()),
        Part::Value(..) => None,
    })
}

/// All words of a screen that a person reads.
fn texts(screen: &Screen) -> Vec<String> {
    let mut texts: Vec<String> = words_of(&screen.title).collect();
    texts.push(screen.help.clone());
    texts.extend(screen.pictures.iter().flat_map(|picture| picture.lines.clone()));
    texts.extend(screen.fields.iter().flat_map(|field| [field.label.clone(), field.help.clone()]));
    texts.extend(screen.grids.iter().flat_map(|grid| grid.columns.iter().map(|column| column.title.clone())));
    texts.extend(screen.grids.iter().map(|grid| grid.empty.clone()));
    texts.extend(screen.tabs.iter().map(|tab| tab.title.clone()));
    for action in worded(screen) {
        texts.push(action.title.clone());
        if let Confirm::Ask(question) = &action.confirm {
            texts.extend(words_of(question));
        }
    }
    texts
}

/// Actions in the language of their screen: a language is offered in its own words.
fn worded(screen: &Screen) -> impl Iterator<Item = &Action> {
    screen.actions.iter().filter(|action| action.act != Act::Language)
}

fn is_russian(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё'))
}

#[test]
fn english_is_complete() {
    for screen in Set::of(&embedded(), "en").screens.values() {
        for text in texts(screen) {
            assert!(!is_russian(&text), "{}: {text}", screen.name);
        }
    }
}

#[test]
fn russian_is_the_language_of_the_files() {
    for screen in Set::of(&embedded(), "ru").screens.values() {
        let told = screen.fields.iter().map(|field| &field.help).chain([&screen.help]);
        for help in told.chain(worded(screen).map(|action| &action.title)) {
            assert!(is_russian(help), "{}: {help}", screen.name);
        }
    }
}

#[test]
fn the_list_of_codes_is_the_truth() {
    let readme = include_str!("../../screens/README.md");
    let set = Set::of(&embedded(), "ru");
    let listed: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let (code, name) = (cells.next()?, cells.next()?);
            code.parse::<u32>().ok()?;
            Some((code, name.trim_matches('`')))
        })
        .collect();
    let mut known: Vec<(&str, &str)> = set
        .screens
        .values()
        .filter(|screen| !screen.code.is_empty())
        .map(|screen| (screen.code.as_str(), screen.name.as_str()))
        .collect();
    known.sort_unstable();
    assert_eq!(listed, known);
}

/// What can be typed has words in the locale; what is only shown has a set of words at least.
#[test]
fn closed_sets_have_their_words() {
    let words = Words::of(Lang::Ru);
    let source = Lang::Ru.source();
    for screen in Set::of(&embedded(), "ru").screens.values() {
        for kind in screen.fields.iter().filter_map(|field| Some(&field.entry.as_ref()?.kind)) {
            let Kind::Choice { set, codes } = kind else { continue };
            for code in codes {
                assert!(words.has(&format!("choice-{set}-{code}")), "{}: {set} {code}", screen.name);
            }
        }
        let columns = screen.grids.iter().flat_map(|grid| &grid.columns).map(|column| &column.show);
        for show in screen.fields.iter().map(|field| &field.show).chain(columns) {
            let Show::Choice(set) = show else { continue };
            assert!(source.contains(&format!("\nchoice-{set}-")), "{}: {set}", screen.name);
        }
    }
}

/// A list without deeds of its own from which Enter leads into a form that writes is only a step to it, and says so: whoever may not write
/// is not sent half way.
#[test]
fn a_step_says_what_it_is_a_step_to() {
    let set = Set::of(&embedded(), "ru");
    let writes = |link: &Link| {
        let Target::Screen(name) = &link.screen else { return false };
        let found = set.screens.values().find(|screen| screen.code == *name || screen.name == *name);
        found.is_some_and(|form| {
            form.dialog && form.actions.iter().any(|one| matches!(one.act, Act::Operation { .. }))
        })
    };
    let silent: Vec<&str> = set
        .screens
        .values()
        .filter(|list| list.actions.is_empty() && list.step_to.is_none())
        .filter(|list| list.grids.iter().filter_map(|grid| grid.enter.as_ref()).any(writes))
        .map(|list| list.name.as_str())
        .collect();
    assert_eq!(silent, [""; 0]);
}

/// A slip in a sum is seen only where somebody said what is believed: every sum that is typed has its bounds.
#[test]
fn every_sum_is_typed_between_bounds() {
    let set = Set::of(&embedded(), "ru");
    let unbounded: Vec<String> = set
        .screens
        .values()
        .flat_map(|screen| screen.fields.iter().map(move |field| (screen, field)))
        .filter(|(_, field)| {
            field.entry.as_ref().is_some_and(|entry| entry.kind == Kind::Money && entry.plausible.is_none())
        })
        .map(|(screen, field)| format!("{}: {}", screen.name, field.label))
        .collect();
    assert_eq!(unbounded, [""; 0]);
}
