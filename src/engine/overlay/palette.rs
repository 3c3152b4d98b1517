//! Everything by its name: screens, actions of this screen, commands; and screen codes with an argument. Names are found by
//! letters in their order, in either keyboard layout.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use uuid::Uuid;

use crate::engine::line::Line;
use crate::engine::window::WindowId;
use crate::keymap::{Command, fold_to_latin, fold_to_ru, plain_yo};

/// What a row of the palette does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Opens a screen of the menu by its code.
    Screen(String),
    /// Starts an action.
    Action(WindowId, usize),
    /// Goes on with a draft.
    Draft(Uuid),
    /// Does a command.
    Command(Command),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub title: String,
    /// What else it is called: in the other language, on its own screen.
    pub aka: Vec<String>,
    /// The key or code that does the same: the palette teaches it.
    pub key: String,
    /// What it does.
    pub choice: Choice,
}

/// The palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// What is typed.
    pub line: Line,
    /// Everything there is.
    pub items: Vec<Item>,
    /// The row under the cursor, among the found ones.
    pub at: usize,
}

/// The longest code of a screen; more digits are the number of an account.
pub const LONGEST_CODE: usize = 3;

/// The most rows shown.
pub const ROWS: usize = 12;

impl Palette {
    /// Whether a screen code is typed instead of a name.
    #[must_use]
    pub fn is_code(&self) -> bool {
        self.line.text().starts_with(|c: char| c.is_ascii_digit())
    }

    /// The items that fit what is typed, the best first; where nothing is typed, all there are, those of the screen in front first.
    #[must_use]
    pub fn found(&self) -> Vec<&Item> {
        let typed = self.line.text().trim();
        if self.is_code() {
            let code = typed.split(' ').next().unwrap_or(typed);
            return self.items.iter().filter(|item| item.key.starts_with(code)).take(ROWS).collect();
        }
        if typed.is_empty() {
            return self.items.iter().collect();
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let patterns: Vec<Pattern> = [typed.to_owned(), fold_to_ru(typed), fold_to_latin(typed)]
            .iter()
            .map(|text| Pattern::parse(&plain_yo(text), CaseMatching::Ignore, Normalization::Smart))
            .collect();
        let mut scored: Vec<(u32, &Item)> = self
            .items
            .iter()
            .filter_map(|item| {
                let score = |name: &String, matcher: &mut Matcher| {
                    let mut buffer = Vec::new();
                    let name = plain_yo(name);
                    let name = Utf32Str::new(&name, &mut buffer);
                    patterns.iter().filter_map(|pattern| pattern.score(name, matcher)).max()
                };
                let own = score(&item.title, &mut matcher);
                // What it is also called is meant less often than what is read.
                let aka = item.aka.iter().filter_map(|name| score(name, &mut matcher)).max();
                let score = own.max(aka.map(|score| score - score / 8))?;
                // What can be done on the screen in front is meant more often than going elsewhere.
                let nearer = u32::from(matches!(item.choice, Choice::Action(..)));
                Some((score + nearer * score / 4, item))
            })
            .collect();
        // What cannot be taken back is never the first of several: a slip and Enter would do it.
        let is_final = |item: &Item| item.choice == Choice::Command(Command::Exit);
        scored.sort_by_key(|(score, item)| (is_final(item), std::cmp::Reverse(*score)));
        scored.into_iter().map(|(_, item)| item).take(ROWS).collect()
    }

    /// Moves over the found rows.
    pub fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.found().len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette(typed: &str) -> Palette {
        let item = |(title, key): &(&str, &str)| Item {
            title: (*title).to_owned(),
            aka: Vec::new(),
            key: (*key).to_owned(),
            choice: Choice::Screen((*key).to_owned()),
        };
        let items = [("Выпустить месяц", ""), ("Найти счёт", "100"), ("Месяцы", "410"), ("Tariffs", "510")];
        let mut line = Line::default();
        for letter in typed.chars() {
            line.insert(letter, 20);
        }
        Palette { line, items: items.iter().map(item).collect(), at: 0 }
    }

    fn first(typed: &str) -> Option<String> {
        palette(typed).found().first().map(|item| item.title.clone())
    }

    #[test]
    fn names_are_found_in_any_case_and_layout() {
        assert_eq!(first("вып").as_deref(), Some("Выпустить месяц"));
        assert_eq!(first("ВЫП").as_deref(), Some("Выпустить месяц"));
        assert_eq!(first("dsg").as_deref(), Some("Выпустить месяц"));
        assert_eq!(first("ефкша").as_deref(), Some("Tariffs"));
        assert_eq!(first("счет").as_deref(), Some("Найти счёт"));
        assert_eq!(first("щщщ"), None);
    }

    /// «Месяц» fits both; the action of the screen in front comes first, though it stands behind in the list.
    #[test]
    fn an_action_in_front_comes_before_a_screen_elsewhere() {
        let mut palette = palette("месяц");
        let action = Item {
            title: "Месяц закрыть".to_owned(),
            aka: Vec::new(),
            key: String::new(),
            choice: Choice::Action(1, 0),
        };
        palette.items.push(action);
        assert_eq!(palette.found()[0].title, "Месяц закрыть");
    }

    /// By the words of the other language too; the end of the session is never what a beginning of a word does first.
    #[test]
    fn names_of_the_other_language_are_found_and_the_end_is_last() {
        let item = |title: &str, aka: &str, choice| Item {
            title: title.to_owned(),
            aka: vec![aka.to_owned()],
            key: String::new(),
            choice,
        };
        let mut palette = palette("end");
        palette.items = vec![
            item("End the session", "Закончить работу", Choice::Command(Command::Exit)),
            item("The privilege ends", "Конец льготы", Choice::Screen("223".to_owned())),
            item("Take off the register", "Снять с учёта", Choice::Action(1, 0)),
        ];
        assert_eq!(palette.found()[0].title, "The privilege ends");
        assert_eq!(palette.found().len(), 2);
        palette.line = Line::fresh("снять");
        assert_eq!(palette.found()[0].title, "Take off the register");
    }

    #[test]
    fn without_a_letter_everything_is_listed_as_it_stands() {
        let palette = palette("");
        assert_eq!(palette.found().len(), palette.items.len());
        assert_eq!(palette.found()[0].title, "Выпустить месяц");
    }

    #[test]
    fn digits_are_a_code() {
        assert_eq!(first("41").as_deref(), Some("Месяцы"));
    }
}
