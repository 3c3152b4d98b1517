//! Keys of what stands over the screens.

use super::Desk;
use crate::engine::model::Kind;
use crate::engine::overlay::help::broken;
use crate::engine::overlay::{Help, LONGEST, Overlay, Prompt};
use crate::engine::typed;
use crate::engine::value::Value;
use crate::engine::window::Focus;
use crate::keymap::{Command, Context, Key};

/// Columns a help text is broken at, where the terminal has room for them.
const HELP_WIDTH: usize = 68;

/// Columns of the name of a key: `F9 F10`.
const KEY_NAME: usize = 6;

/// Columns around a help text: its frame and what shows of the screen below.
const AROUND_HELP: usize = 8;

impl Desk {
    /// Gives a key to what stands over the screens.
    pub(crate) fn key_in_overlay(&mut self, key: Key) {
        match &self.overlay {
            Some(Overlay::Question { .. }) => self.key_in_question(key),
            Some(Overlay::Prompt { .. }) => self.key_in_prompt(key),
            Some(Overlay::Palette(_)) => self.key_in_palette(key),
            Some(Overlay::Diff(_)) => self.key_in_diff(key),
            Some(Overlay::Help(_)) => self.key_in_help(key),
            Some(Overlay::Choice(_)) => self.key_in_choice(key),
            Some(Overlay::ByExample(_)) => self.key_in_example(key),
            None => {}
        }
    }

    fn key_in_question(&mut self, key: Key) {
        let Some(Overlay::Question { asked, .. }) = self.overlay.clone() else { return };
        match (self.config.keymap.command(Context::Dialog, false, key), asked.other()) {
            (Some(Command::Yes), _) => {
                self.overlay = None;
                self.answered(asked);
            }
            (Some(Command::Other), Some(other)) => {
                self.overlay = None;
                self.answered(other);
            }
            (Some(Command::No | Command::Cancel | Command::Back), _) => {
                self.overlay = None;
                if let Some(said) = asked.declined() {
                    self.say(said);
                }
            }
            _ => {
                let words = self.words().text(asked.answers());
                let answers: Vec<&str> =
                    words.split("  ").map(str::trim).filter(|one| !one.is_empty()).collect();
                self.refuse_with("answer-one-of", &[("answers", answers.join(", ").into())]);
            }
        }
    }

    fn key_in_prompt(&mut self, key: Key) {
        let Some(Overlay::Prompt { line, wrong, .. }) = &mut self.overlay else { return };
        match (self.config.keymap.command(Context::Form, false, key), key) {
            (Some(Command::Cancel | Command::Back), _) => {
                self.overlay = None;
                self.say("not-done");
            }
            (Some(Command::Accept | Command::Save), _) => self.accept_prompt(),
            (Some(command), _) => drop(line.edit(command)),
            (None, Key::Char(letter)) => {
                *wrong = None;
                line.insert(letter, LONGEST);
            }
            _ => {}
        }
    }

    fn accept_prompt(&mut self) {
        let Some(Overlay::Prompt { prompt, line, .. }) = self.overlay.clone() else { return };
        let text = line.text().trim().to_owned();
        match prompt {
            Prompt::Ground(..) | Prompt::Undo(..) if text.is_empty() => self.wrong_prompt("ground-needed"),
            Prompt::Ground(id, at, _) => {
                self.overlay = None;
                self.run_action(id, at, Some(text));
            }
            Prompt::Undo(operation, _) => {
                self.overlay = None;
                self.undo(operation, text);
            }
            Prompt::AsOf | Prompt::Known => self.accept_day(&prompt, &text),
        }
    }

    /// Two days, one after the other: as of, and as known on; empty = now.
    fn accept_day(&mut self, prompt: &Prompt, text: &str) {
        let day = if text.is_empty() {
            None
        } else {
            let entry = crate::engine::model::Entry { kind: Kind::Day, ..Default::default() };
            match typed::value(&entry, text, self.present.today) {
                Ok(Value::Day(day)) => Some(day),
                _ => {
                    self.wrong_prompt("wrong-day-line");
                    return;
                }
            }
        };
        if *prompt == Prompt::AsOf {
            self.times.as_of = day;
            self.present.shown = day;
            self.overlay = Some(Overlay::prompt(Prompt::Known, self.words(), ""));
        } else {
            self.times.known_on = day;
            self.overlay = None;
            self.say(if self.is_past() { "past-shown" } else { "present-shown" });
        }
        if let Some(front) = self.windows.last_mut() {
            super::windows::stale(front);
        }
    }

    fn wrong_prompt(&mut self, key: &str) {
        let sentence = self.words().text(key).into_owned();
        if let Some(Overlay::Prompt { wrong, line, .. }) = &mut self.overlay {
            *wrong = Some(sentence.clone());
            // As in a field: who types it anew means instead of it.
            line.enter();
        }
        self.refuse(sentence, "");
    }

    fn key_in_diff(&mut self, key: Key) {
        let page = isize::try_from(self.size.1 / 2).unwrap_or(10);
        let Some(Overlay::Diff(diff)) = &mut self.overlay else { return };
        match self
            .config
            .keymap
            .command(Context::Dialog, false, key)
            .or_else(|| self.config.keymap.command(Context::List, false, key))
        {
            Some(Command::Save) => {
                let (of, operation) = (diff.of, diff.operation.clone());
                self.overlay = None;
                self.commit(of, operation);
            }
            Some(Command::Cancel | Command::Back) => {
                if diff.only.is_some() {
                    diff.drill();
                } else {
                    self.overlay = None;
                    self.say("not-done");
                }
            }
            Some(Command::Accept) => diff.drill(),
            Some(Command::Up) => diff.step(-1),
            Some(Command::Down) => diff.step(1),
            Some(Command::PageUp) => diff.step(-page),
            Some(Command::PageDown) => diff.step(page),
            _ => self.refuse_with("diff-keys", &[]),
        }
    }

    /// F1: the last message, the field, the screen, the keys; last, what the author of the screen wants to know, which F1 once more turns to.
    pub(crate) fn open_help(&mut self) {
        let words = self.words();
        let mut pages = Vec::new();
        let broken = |text: &str| broken(text, self.help_width());
        if self.message.is_refusal {
            let mut text = self.message.text.clone();
            if !self.message.code.is_empty() {
                text = format!(
                    "{text}\n\n{}",
                    words.with("help-code", &[("code", self.message.code.clone().into())])
                );
            }
            pages.push((words.text("help-message").into_owned(), broken(&text)));
        } else if let Some(refusal) = self.refusal_here() {
            pages.push((words.text("help-message").into_owned(), broken(&refusal.to_string())));
        }
        let mut for_author = None;
        if let Some(window) = self.focused() {
            let screen = pages.len();
            let title = self.title_told(window);
            let help = if window.model.help.is_empty() {
                words.text("help-none").into_owned()
            } else {
                window.model.help.clone()
            };
            pages.push((title.clone(), broken(&help)));
            if let Some((of_place, text, origin)) = self.help_of_place(window) {
                // A value beside another has no label of its own.
                let of_place = if of_place.is_empty() { title.clone() } else { of_place };
                // A column says little of itself: over a list the screen comes first, in a form the field.
                let is_field = matches!(window.focus, Focus::Field(_));
                pages.insert(if is_field { screen } else { screen + 1 }, (of_place, broken(&text)));
                for_author = Some((words.text("help-author").into_owned(), broken(&origin)));
            }
        }
        let keys = self.keys_of_place();
        pages.push((words.text("help-keys").into_owned(), keys));
        let author = for_author.is_some().then_some(pages.len());
        pages.extend(for_author);
        self.overlay = Some(Overlay::Help(Help { pages, page: 0, top: 0, author }));
    }

    /// Every command that means something here, with its key and sentence.
    fn keys_of_place(&self) -> Vec<String> {
        let words = self.words();
        let context = self.context();
        let mut lines = Vec::new();
        for second in [false, true] {
            for command in self.config.keymap.bar(context, second).into_iter().flatten() {
                let action = self.action_on(command).and_then(|(id, at)| self.action(id, at));
                let title = action.map_or_else(|| command.help(words), |action| action.title.clone());
                let beside = KEY_NAME + 1;
                let sentence = broken(&title, self.help_width().saturating_sub(beside));
                let keys = std::iter::once(self.key_name(command)).chain(std::iter::repeat(String::new()));
                lines.extend(sentence.iter().zip(keys).map(|(line, key)| format!("{key:<KEY_NAME$} {line}")));
            }
        }
        lines
    }

    /// Columns of a help text on this terminal.
    pub(super) fn help_width(&self) -> usize {
        usize::from(self.size.0).saturating_sub(AROUND_HELP).min(HELP_WIDTH)
    }

    fn key_in_help(&mut self, key: Key) {
        let Some(Overlay::Help(help)) = &mut self.overlay else { return };
        match self.config.keymap.command(Context::List, false, key) {
            Some(Command::Help) => help.for_author(),
            Some(Command::Pane | Command::Next | Command::Accept) => help.turn(),
            Some(Command::Up) => help.scroll(-1),
            Some(Command::Down) => help.scroll(1),
            Some(Command::PageUp) => help.scroll(-15),
            Some(Command::PageDown) => help.scroll(15),
            _ => self.overlay = None,
        }
    }

    fn key_in_choice(&mut self, key: Key) {
        let Some(Overlay::Choice(choice)) = &mut self.overlay else { return };
        let last = choice.items.len().saturating_sub(1);
        if !matches!(key, Key::Char(_)) {
            choice.sought.clear();
        }
        match (self.config.keymap.command(Context::List, false, key), key) {
            (Some(Command::Cancel | Command::Back), _) => self.overlay = None,
            (Some(Command::Up), _) => choice.at = choice.at.saturating_sub(1),
            (Some(Command::Down), _) => choice.at = (choice.at + 1).min(last),
            (Some(Command::Accept), _) => self.accept_choice(),
            (_, Key::Char(letter)) => choice.find(letter),
            _ => {}
        }
    }
}
