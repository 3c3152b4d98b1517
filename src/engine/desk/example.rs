//! F3 on a list: its columns are filled, and the server filters by them.

use super::Desk;
use crate::engine::example::{Condition, Example, Is, condition};
use crate::engine::line::Line;
use crate::engine::model::{Grid, Mode};
use crate::engine::overlay::{ByExample, LONGEST, Overlay};
use crate::engine::value::{Show, Value};
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::{Command, Context, Key};
use crate::locale::Lang;

impl Desk {
    /// The list in front, where its columns can be asked for: a function that cuts its own pages filters by its arguments only.
    pub(crate) fn exemplary(&self) -> Option<(WindowId, usize)> {
        let window = self.focused().filter(|window| window.focus == Focus::Middle)?;
        let grid = window.front_grid()?;
        let model = &window.model.grids[grid];
        let source = window.model.sources.get(model.source)?;
        (model.mode == Mode::Read && (!source.is_function || source.page.is_none()))
            .then_some((window.id, grid))
    }

    /// Opens the columns of the list in front, with what they were asked for last.
    pub(crate) fn open_example(&mut self) {
        let Some((id, grid)) = self.exemplary() else { return };
        let Some(window) = self.window(id) else { return };
        let model = &window.model.grids[grid];
        let before = &window.feeds[model.source].example.typed;
        let typed =
            |at: usize| before.iter().find(|(column, _)| *column == at).map_or("", |(_, text)| text.as_str());
        let columns = model.columns.iter().enumerate();
        let lines = columns.map(|(at, column)| (column.title.clone(), Line::fresh(typed(at)))).collect();
        self.overlay = Some(Overlay::ByExample(ByExample { of: (id, grid), lines, at: 0, wrong: None }));
    }

    /// A key over the columns.
    pub(crate) fn key_in_example(&mut self, key: Key) {
        let command = self.config.keymap.command(Context::Form, false, key);
        let Some(Overlay::ByExample(example)) = &mut self.overlay else { return };
        let last = example.lines.len().saturating_sub(1);
        match (command, key) {
            (Some(Command::Cancel | Command::Back), _) => self.overlay = None,
            (Some(Command::Save | Command::Find | Command::Accept), _) => self.ask_by_example(),
            (Some(Command::Up | Command::Previous), _) => example.at = example.at.saturating_sub(1),
            (Some(Command::Down | Command::Next), _) => example.at = (example.at + 1).min(last),
            (Some(command), _) => {
                if let Some((_, line)) = example.lines.get_mut(example.at) {
                    line.edit(command);
                }
            }
            (None, Key::Char(letter)) => {
                example.wrong = None;
                if let Some((_, line)) = example.lines.get_mut(example.at) {
                    line.insert(letter, LONGEST);
                }
            }
            _ => {}
        }
    }

    /// Takes what is typed; a text that means nothing in its column keeps the cursor and says why.
    fn ask_by_example(&mut self) {
        let Some(Overlay::ByExample(asked)) = self.overlay.clone() else { return };
        let (id, grid) = asked.of;
        let Some(window) = self.window(id) else { return };
        let mut example = Example::default();
        for (at, (title, line)) in asked.lines.iter().enumerate() {
            let text = line.text().trim();
            if text.is_empty() {
                continue;
            }
            match self.asked_of(window, grid, at, text) {
                Ok(is) => {
                    let column = column_name(window, &window.model.grids[grid], at);
                    example.conditions.push(Condition { column, is });
                    example.typed.push((at, text.to_owned()));
                    let apart = if example.told.is_empty() { "" } else { ", " };
                    example.told.push_str(&format!("{apart}{title} «{text}»"));
                }
                Err(sentence) => {
                    self.wrong_example(at, sentence);
                    return;
                }
            }
        }
        self.overlay = None;
        if let Some(window) = self.window_mut(id) {
            let feed = &mut window.feeds[window.model.grids[grid].source];
            feed.asked = true;
            feed.example = example;
        }
    }

    /// What a text asks of a column; a word of a closed set is the codes it stands for.
    fn asked_of(&self, window: &Window, grid: usize, at: usize, text: &str) -> Result<Is, String> {
        let model = &window.model.grids[grid];
        let column = &model.columns[at];
        if let Show::Choice(set) = &column.show {
            let codes = codes(self.lang, set, text);
            return if codes.is_empty() {
                Err(self.words().with("example-no-word", &[("text", text.into())]))
            } else {
                Ok(Is::OneOf(codes))
            };
        }
        let rows = &window.feeds[model.source].rows;
        let sample =
            rows.iter().filter_map(|row| row.get(column.column)).find(|value| **value != Value::Null);
        condition(text, (&column.show, &column.kind), sample.unwrap_or(&Value::Null), self.present.today)
            .map_err(|wrong| {
                self.words().with(
                    wrong.message,
                    &[("field", column.title.clone().into()), ("with", wrong.with.into())],
                )
            })
    }

    fn wrong_example(&mut self, at: usize, sentence: String) {
        if let Some(Overlay::ByExample(example)) = &mut self.overlay {
            example.at = at;
            example.wrong = Some(sentence.clone());
        }
        self.refuse(sentence, "");
    }
}

/// Codes of a closed set whose words hold the text.
fn codes(lang: Lang, set: &str, text: &str) -> Vec<String> {
    let (prefix, text) = (format!("choice-{set}-"), text.to_lowercase());
    let entry = |line: &'static str| line.strip_prefix(&prefix)?.split_once(" = ");
    let entries = lang.source().lines().filter_map(entry);
    entries.filter(|(_, word)| word.to_lowercase().contains(&text)).map(|(code, _)| code.to_owned()).collect()
}

fn column_name(window: &Window, grid: &Grid, at: usize) -> String {
    let column = grid.columns[at].column;
    window
        .model
        .sources
        .get(grid.source)
        .and_then(|source| source.columns.get(column))
        .cloned()
        .unwrap_or_default()
}
