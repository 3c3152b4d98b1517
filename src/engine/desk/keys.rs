//! Where a key goes: to the queue while an answer is awaited, to what stands over the screen, or to the screen.

use std::collections::VecDeque;

use super::Desk;
use crate::engine::effect::Effect;
use crate::engine::model::{Kind, Load, Mode};
use crate::engine::overlay::Overlay;
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::{Bytes, Command, Context, Key};

/// The most keys kept while an answer is awaited.
const MOST: usize = 500;

/// What an operator does with the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A pasted text: never executed as keys.
    Paste(String),
}

impl Input {
    /// The keys that would have typed it: what was pasted is shown and kept like what was typed.
    fn keys(self) -> Vec<Key> {
        let of_letter = |letter: char| match letter {
            '\n' => Key::Enter,
            '\t' => Key::Tab,
            letter => Key::Char(letter),
        };
        match self {
            Self::Key(key) => vec![key],
            Self::Paste(text) => text.chars().map(of_letter).collect(),
        }
    }
}

/// What was typed and pasted while an answer was awaited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// To be executed when the answer comes, in the order it was typed.
    pub keys: VecDeque<Input>,
    /// Not executed after a refusal or before a question was seen: shown, kept in the resume record.
    pub held: Vec<Key>,
}

impl Queue {
    /// After a refusal nothing of it is executed.
    pub fn hold(&mut self) {
        self.held.extend(self.keys.drain(..).flat_map(Input::keys));
    }

    /// Everything that was not executed, as keys.
    #[must_use]
    pub fn unexecuted(&self) -> Vec<Key> {
        let waiting = self.keys.iter().cloned().flat_map(Input::keys);
        self.held.iter().copied().chain(waiting).collect()
    }

    /// The text among the held keys, to be seen and copied.
    #[must_use]
    pub fn held_text(&self) -> String {
        let text = |key: &Key| match key {
            Key::Char(letter) => letter.to_string(),
            other => format!("[{other}]"),
        };
        self.held.iter().map(text).collect()
    }
}

impl Desk {
    /// Takes a key or a pasted text: now, or into the queue.
    pub(crate) fn typed(&mut self, input: Input) {
        if self.is_too_small() {
            // Nobody sees what a key would do: the form waits.
            self.effects.push(Effect::Beep);
            return;
        }
        self.keep_soon();
        if self.waiting.is_some() {
            self.typed_while_waiting(input);
        } else if self.is_unseen() {
            self.typed_before_it_was_seen(input);
        } else {
            self.take(input);
        }
    }

    fn typed_while_waiting(&mut self, input: Input) {
        let Some(waiting) = &self.waiting else { return };
        let stop = matches!(input, Input::Key(Key::Esc | Key::Ctrl('c')));
        if stop && waiting.can_cancel {
            let req = waiting.req;
            self.hold_queue();
            self.effects.push(Effect::Cancel { req });
            self.say("cancelling");
        } else if stop {
            self.say("cannot-cancel");
        } else if self.queue.keys.len() < MOST {
            self.queue.keys.push_back(input);
        } else {
            self.effects.push(Effect::Beep);
        }
    }

    /// A question is not answered, and a refusal not typed over, by what was typed before either was on the terminal.
    fn typed_before_it_was_seen(&mut self, input: Input) {
        if self.asks_secrets() || self.queue.held.len() >= MOST {
            self.effects.push(Effect::Beep);
            return;
        }
        self.queue.keys.push_back(input);
        self.hold_queue();
    }

    /// Runs what waited, until some of it has to wait itself, is refused or opens a dangerous question.
    pub(crate) fn drain_queue(&mut self) {
        while self.waiting.is_none() {
            if self.is_unseen() || self.overlay.as_ref().is_some_and(Overlay::is_question) {
                // A dangerous question takes only keys typed after it was painted.
                self.hold_queue();
                return;
            }
            let Some(input) = self.queue.keys.pop_front() else { return };
            self.take(input);
            self.load_wanted();
            self.follow_cursors();
        }
    }

    /// Runs a key or takes a pasted text; what follows a refusal waits until somebody has seen it.
    pub(crate) fn run(&mut self, input: Input) {
        self.message = super::Message::default();
        if !self.queue.held.is_empty() && input != Input::Key(Key::F(1)) {
            self.queue.held.clear();
        }
        match input {
            Input::Key(key) => self.run_key(key),
            Input::Paste(text) => self.paste(&text),
        }
        if self.message.is_refusal {
            self.must_be_seen();
        }
    }

    fn run_key(&mut self, key: Key) {
        if self.overlay.is_some() {
            self.key_in_overlay(key);
            return;
        }
        if self.is_key_test() {
            self.key_tested(Some(key), Bytes::default());
            return;
        }
        let second = std::mem::take(&mut self.second);
        let context = self.context();
        // A space between two words of a search is a letter of it; after any other key it marks a row.
        if std::mem::take(&mut self.filtering) && key == Key::Char(' ') {
            self.type_letter(' ');
            return;
        }
        if let Some(command) = self.config.keymap.command(context, second, key) {
            self.perform(command);
            return;
        }
        match key {
            Key::Char(letter) if second => self.open_palette(Some(letter)),
            Key::Char(letter) => self.type_letter(letter),
            Key::Ctrl(_) | Key::Alt(_) | Key::F(_) => {
                self.refuse_with("key-means-nothing", &[("key", key.to_string().into())]);
            }
            _ => {}
        }
    }

    /// The kind of place the cursor is in.
    #[must_use]
    pub fn context(&self) -> Context {
        let Some(window) = self.focused() else { return Context::Form };
        match window.focus {
            Focus::Field(field) => match window.model.fields[field].entry.as_ref().map(|entry| &entry.kind) {
                Some(Kind::Day) if window.typed[field].line.is_fresh() => Context::Date,
                _ => Context::Form,
            },
            Focus::Middle => match window.front_grid().map(|grid| window.model.grids[grid].mode) {
                Some(Mode::Mass) => Context::Sheet,
                _ => Context::List,
            },
        }
    }

    /// Types a letter where the cursor is: a field, a cell of a sheet, or the filter of a list.
    fn type_letter(&mut self, letter: char) {
        let Some(window) = self.focused() else { return };
        match window.focus {
            Focus::Field(field) => self.type_into_field(field, letter),
            Focus::Middle => match self.context() {
                Context::Sheet => self.type_into_sheet(letter),
                _ => self.type_into_filter(letter),
            },
        }
    }

    fn type_into_field(&mut self, field: usize, letter: char) {
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window(id) else { return };
        let model = &window.model.fields[field];
        let Some(entry) = &model.entry else {
            self.refuse_with("field-not-typed", &[("field", model.label.clone().into())]);
            return;
        };
        if self.is_only_read(window, field) {
            self.refuse_with("past-read-only", &[]);
            return;
        }
        let text = entry.written(&letter.to_string());
        let longest = longest(window, field);
        let full_moves_on = entry.auto_next;
        let asks =
            window.model.sources.iter().enumerate().any(|(source, _)| window.model.asks_fields(source));
        let Some(window) = self.window_mut(id) else { return };
        let typed = &mut window.typed[field];
        if !text.chars().all(|letter| typed.line.insert(letter, longest)) {
            let label = window.model.fields[field].label.clone();
            self.effects.push(Effect::Beep);
            self.say_with("field-full", &[("field", label.into()), ("n", longest.into())]);
            return;
        }
        typed.changed = true;
        typed.wrong = None;
        let is_full = typed.line.len() == longest;
        if asks {
            self.filter_soon();
        }
        if full_moves_on && is_full {
            self.accept_field(field);
        }
    }

    /// Whether nothing is put into a field now: the date line shows the past, and what stands in the field would be written.
    pub(super) fn is_only_read(&self, window: &Window, field: usize) -> bool {
        self.is_past() && !is_question_field(window, field)
    }

    /// A list that cannot be filtered hands what is typed to the palette: whoever types in the menu looks for a screen.
    pub(super) fn type_into_filter(&mut self, letter: char) {
        let Some(source) = self.filtered_source() else {
            self.open_palette(Some(letter));
            return;
        };
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window_mut(id) else { return };
        window.feeds[source].filter.push(letter);
        // The best answer stands first, and Enter means it: the row that was first for half a word is left.
        let lists = window.model.grids.iter().zip(&mut window.grids);
        lists.filter(|(grid, _)| grid.source == source).for_each(|(_, state)| state.begin());
        self.filtering = true;
        self.filter_soon();
    }

    /// The source in front, where typing filters it.
    pub(super) fn filtered_source(&self) -> Option<usize> {
        let window = self.window(self.focused_id()?)?;
        let source = window.front_source()?;
        let model = &window.model.sources[source];
        (!model.filter.is_empty() || model.line.is_some()).then_some(source)
    }

    /// A filter became shorter: an empty line of a search asks nothing.
    pub(crate) fn filter_shortened(&mut self, id: WindowId, source: usize) {
        let Some(window) = self.window_mut(id) else { return };
        let model = &window.model.sources[source];
        let is_search = model.line.is_some() && model.load == Load::Ask;
        let feed = &mut window.feeds[source];
        if is_search && feed.filter.is_empty() {
            feed.unask();
        } else {
            self.filter_soon();
        }
    }

    /// Obeys an edit command in a field or filter; `false` = it is not one here.
    pub(crate) fn edit(&mut self, command: Command) -> bool {
        let Some(id) = self.focused_id() else { return false };
        let in_sheet = self.context() == Context::Sheet;
        let Some(window) = self.window(id) else { return false };
        if let Focus::Field(field) = window.focus
            && window.model.fields[field].is_entry()
            && self.is_only_read(window, field)
        {
            if matches!(command, Command::EraseBefore | Command::EraseUnder) {
                self.refuse_with("past-read-only", &[]);
            }
            return false;
        }
        let Some(window) = self.window_mut(id) else { return false };
        match window.focus {
            Focus::Field(field) if window.model.fields[field].is_entry() => {
                let typed = &mut window.typed[field];
                let before = typed.line.text().to_owned();
                let done = typed.line.edit(command);
                if typed.line.text() != before {
                    typed.changed = true;
                    typed.wrong = None;
                    self.filter_soon();
                }
                done
            }
            Focus::Middle if in_sheet => self.edit_sheet(command),
            Focus::Middle if command == Command::EraseBefore => {
                let Some(source) = window.front_source() else { return false };
                window.feeds[source].filter.pop();
                self.filter_shortened(id, source);
                self.filtering = true;
                true
            }
            _ => false,
        }
    }
}

/// The longest text of a field.
#[must_use]
pub(crate) fn longest(window: &Window, field: usize) -> usize {
    let declared = window.model.fields[field].entry.as_ref().map_or(0, |entry| entry.longest);
    if declared > 0 {
        return declared;
    }
    let slots = window.model.pictures.iter().flat_map(|picture| &picture.slots);
    slots.filter(|slot| slot.field == field).map(|slot| usize::from(slot.width)).max().unwrap_or(80)
}

/// Whether a field only asks (a search line), so that typing changes nothing.
fn is_question_field(window: &Window, field: usize) -> bool {
    let of_source =
        |(_, name): &(String, crate::engine::model::Name)| *name == crate::engine::model::Name::Field(field);
    window.model.sources.iter().any(|source| source.by.iter().any(of_source))
}
