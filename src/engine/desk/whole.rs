//! What stands under the cursor, whole: read where it was cut, and put out of the terminal.

use unicode_width::UnicodeWidthStr;

use super::{Desk, Purpose};
use crate::engine::effect::Effect;
use crate::engine::model::{Column, Part, Template};
use crate::engine::msg::Answer;
use crate::engine::overlay::{Help, Overlay, help};
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Focus, Window};
use crate::locale::{Lang, said};

impl Desk {
    /// The whole value under the cursor.
    pub(crate) fn value_under_cursor(&self) -> Option<String> {
        let window = self.focused()?;
        match window.focus {
            Focus::Field(field) if window.model.fields[field].is_entry() => {
                Some(window.typed[field].line.text().to_owned())
            }
            Focus::Field(field) => Some(
                self.in_words(&window.field_value(field, &self.present), &window.model.fields[field].show),
            ),
            Focus::Middle => {
                if let Some(block) = window.front_block() {
                    let tree = &window.blocks[block].tree;
                    return tree.nodes.get(tree.at).map(|node| node.text.clone());
                }
                let grid = window.front_grid()?;
                let model = &window.model.grids[grid];
                let state = &window.grids[grid];
                let column = model.columns.get(state.column)?;
                let value = window.feeds[model.source].cell(state.row, column.column)?;
                Some(self.in_words(value, &column.show))
            }
        }
    }

    /// One line stands in the message line; more is a text to be read and scrolled. Of a list it is the row, with the columns that
    /// found no room.
    pub(super) fn show_whole(&mut self) {
        if let Some(row) = self.row_under_cursor() {
            let title = self.words().text("whole-row").into_owned();
            let pages = vec![(title, help::broken(&row, self.help_width()))];
            self.overlay = Some(Overlay::Help(Help { pages, page: 0, top: 0, author: None }));
            return;
        }
        let Some(value) = self.value_under_cursor() else { return };
        if value.width() <= usize::from(self.size.0) {
            self.message = super::Message { text: value, ..super::Message::default() };
            return;
        }
        let title = self.words().text("command-show-whole").into_owned();
        let pages = vec![(title, help::broken(&value, self.help_width()))];
        self.overlay = Some(Overlay::Help(Help { pages, page: 0, top: 0, author: None }));
    }

    /// Every column of the row under the cursor with its heading, a line each.
    fn row_under_cursor(&self) -> Option<String> {
        let window = self.focused().filter(|window| window.focus == Focus::Middle)?;
        let grid = window.front_grid()?;
        let model = &window.model.grids[grid];
        let row = window.feeds[model.source].rows.get(window.grids[grid].row)?;
        let line = |column: &Column| {
            let value = row.get(column.column).map(|value| self.in_words(value, &column.show));
            format!("{}: {}", window.heading(column, &self.present), value.unwrap_or_default())
        };
        Some(model.columns.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// The title of a screen, with the values in it as they are told everywhere else.
    #[must_use]
    pub fn title_told(&self, window: &Window) -> String {
        self.told(window, &window.model.title)
    }

    /// A sentence of a screen file with its values.
    #[must_use]
    pub(super) fn told(&self, window: &Window, template: &Template) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Value(name, show) => self.in_words(&window.value(name, &self.present), show),
        };
        template.0.iter().map(part).collect()
    }

    /// A value in the language of the desk: codes of closed sets, yes and no have words.
    #[must_use]
    pub fn in_words(&self, value: &Value, show: &Show) -> String {
        let text = shown(value, show);
        match (show, value) {
            (Show::Choice(set), _) if !text.is_empty() => {
                self.words().text(&format!("choice-{set}-{text}")).into_owned()
            }
            (Show::Said | Show::Ending, Value::Text(_)) if self.lang == Lang::En => said(&text),
            (_, Value::Bool(yes)) => self.words().text(if *yes { "yes" } else { "no" }).into_owned(),
            _ => text,
        }
    }

    /// Puts the value under the cursor out, or the marked rows, tab-separated.
    pub(super) fn copy(&mut self) {
        if self.marks_are_elsewhere() {
            self.refuse_with("marked-not-read", &[]);
            return;
        }
        let Some(text) = self.marked_text().or_else(|| self.value_under_cursor()) else { return };
        let name = self.focused().map_or_else(String::new, |window| window.model.name.replace('/', "-"));
        let req = self.number(Purpose::Copied);
        self.effects.push(Effect::Deliver { req, name, text });
    }

    /// Says where a copied text came to be, once it is known.
    pub(super) fn copied(&mut self, answer: &Answer) {
        let Answer::Done(json) = answer else { return self.refused(answer) };
        let has_clipboard = json["clipboard"].as_bool() == Some(true);
        match (json["file"].as_str(), has_clipboard) {
            (Some(file), true) => self.say_with("copied", &[("file", file.into())]),
            (Some(file), false) => self.say_with("copied-file", &[("file", file.into())]),
            (None, _) => {
                let why = json["why"].as_str().unwrap_or("trouble");
                let why = self.words().text(&format!("outbox-{why}")).into_owned();
                let key = if has_clipboard { "copied-terminal" } else { "copied-nowhere" };
                self.refuse_with(key, &[("why", why.into())]);
            }
        }
    }
}
