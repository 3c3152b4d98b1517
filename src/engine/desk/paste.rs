//! A pasted text goes where the cursor is, never as keys: its first line into a field, whole or not at all; a column of values down
//! the rows of a sheet.

use super::Desk;
use super::keys::longest;
use super::sheet::Place;
use crate::engine::grid::{CellState, row_key};
use crate::engine::line::Line;
use crate::engine::model::{Edit, Entry};
use crate::engine::typed;
use crate::engine::value::Value;
use crate::engine::window::Focus;
use crate::keymap::{Context, first_line, one_line};

/// The longest text of a cell.
pub(super) const CELL: usize = 16;

/// The longest text that is pasted over the rows of a list.
const FILTER: usize = 100;

/// One pasted value and the row it goes to.
struct Pasted {
    place: Place,
    text: String,
    value: Value,
}

impl Desk {
    /// Takes a pasted text.
    pub(crate) fn paste(&mut self, text: &str) {
        let (line, lines) = first_line(text);
        if let Some(overlay) = &mut self.overlay {
            let taken = overlay.paste(&line);
            self.tell_of_paste(taken, lines);
            return;
        }
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window(id) else { return };
        let Focus::Field(field) = window.focus else {
            self.paste_into_middle(text, &line, lines);
            return;
        };
        let Some(entry) = &window.model.fields[field].entry else {
            self.refuse_with("paste-nowhere", &[]);
            return;
        };
        if self.is_only_read(window, field) {
            self.refuse_with("past-read-only", &[]);
            return;
        }
        let longest = longest(window, field);
        // Letter by letter, as it would be typed: a word of both layouts is folded too.
        let line: String = line.chars().map(|letter| entry.written(&letter.to_string())).collect();
        let Some(window) = self.window_mut(id) else { return };
        let typed = &mut window.typed[field];
        if !typed.line.paste(&line, longest) {
            let label = window.model.fields[field].label.clone();
            self.refuse_with("paste-too-long-for", &[("field", label.into()), ("n", longest.into())]);
            return;
        }
        typed.changed = true;
        typed.wrong = None;
        self.filter_soon();
        self.tell_of_paste(true, lines);
    }

    /// Says what was not taken of a pasted text: all of it, or the lines behind the first.
    fn tell_of_paste(&mut self, taken: bool, lines: usize) {
        if !taken {
            self.refuse_with("paste-too-long", &[]);
        } else if lines > 1 {
            self.say_with("pasted-first", &[("n", lines.into())]);
        }
    }

    fn paste_into_middle(&mut self, text: &str, line: &str, lines: usize) {
        if self.context() == Context::Sheet {
            self.paste_into_sheet(text);
        } else if self.filtered_source().is_none() {
            self.refuse_with("paste-nowhere", &[]);
        } else {
            let is_taken = line.chars().count() <= FILTER;
            if is_taken {
                line.chars().for_each(|letter| self.type_into_filter(letter));
            }
            self.tell_of_paste(is_taken, lines);
        }
    }

    /// One value is typed into its cell. A column goes down the rows from the cursor on and is sent row by row, as if each was typed
    /// and accepted; an empty line leaves its row alone. All of it is understood before any of it is taken.
    fn paste_into_sheet(&mut self, text: &str) {
        if self.is_sheet_shut() {
            return;
        }
        let text = text.trim_end();
        if !text.contains(['\n', '\t']) {
            self.paste_one(text.trim());
            return;
        }
        let Some(first) = self.sheet_place() else { return };
        if self.head_is_wrong(&first) {
            return;
        }
        if let Some(pasted) = self.understood(&first, text) {
            self.take_column(&first, pasted);
        }
    }

    /// Puts one value where the cursor is in its cell, whole or not at all.
    fn paste_one(&mut self, text: &str) {
        let Some(place) = self.sheet_place() else { return };
        let edit = self
            .window(place.window)
            .and_then(|window| window.model.grids[place.grid].columns[place.column].edit.clone());
        // Two values side by side are no value with its thousands apart.
        let edit = edit.filter(|_| !text.contains(' '));
        let Some((text, _)) = edit.and_then(|edit| self.value_of_line(&edit, text)) else {
            self.refuse_with("paste-one-value", &[]);
            return;
        };
        if self.head_is_wrong(&place) {
            return;
        }
        let Some(cell) = self.cell_to_type(&place) else { return };
        if !cell.line.paste(&text, CELL) {
            self.refuse_with("paste-too-long", &[]);
        }
    }

    /// The values of a pasted column with their rows; nothing and a refusal when there are more lines than rows or one of them is
    /// no value.
    fn understood(&mut self, first: &Place, text: &str) -> Option<Vec<Pasted>> {
        let window = self.window(first.window)?;
        let model = &window.model.grids[first.grid];
        let edit = model.columns[first.column].edit.clone()?;
        let (title, at) = (model.columns[first.column].title.clone(), window.grids[first.grid].row);
        let keys: Vec<String> =
            window.feeds[model.source].rows.iter().skip(at).map(|row| row_key(model, row)).collect();
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        if lines.len() > keys.len() {
            let counts = [("lines", lines.len().into()), ("rows", keys.len().into())];
            self.refuse_with("paste-more-than-rows", &counts);
            return None;
        }
        let mut pasted = Vec::new();
        for (number, (line, key)) in
            lines.into_iter().zip(keys).enumerate().filter(|(_, (line, _))| !line.is_empty())
        {
            let Some((text, value)) = self.value_of_line(&edit, line) else {
                let told =
                    [("field", title.into()), ("line", (number + 1).into()), ("text", one_line(line).into())];
                self.refuse_with("paste-no-value", &told);
                return None;
            };
            pasted.push(Pasted { place: Place { key, ..first.clone() }, text, value });
        }
        Some(pasted)
    }

    /// A line as it would be typed: digits, a comma or point, a minus; spaces of thousands are left out.
    fn value_of_line(&self, edit: &Edit, line: &str) -> Option<(String, Value)> {
        let text: String = line.chars().filter(|letter| *letter != ' ').collect();
        let typeable = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.' | '-');
        if text.chars().count() > CELL || !text.chars().all(typeable) {
            return None;
        }
        let entry = Entry { kind: edit.kind.clone(), must: true, ..Entry::default() };
        typed::value(&entry, &text, self.present.today).ok().map(|value| (text, value))
    }

    /// Sends what is believed; a value beyond its bounds waits in its cell to be typed again, and the first of them gets the cursor.
    fn take_column(&mut self, first: &Place, pasted: Vec<Pasted>) {
        let Some(model) = self.window(first.window).map(|window| window.model.grids[first.grid].clone())
        else {
            return;
        };
        let Some(edit) = model.columns[first.column].edit.clone() else { return };
        let (mut rows, mut doubted, mut last) = (Vec::new(), Vec::new(), None);
        for Pasted { place, text, value } in pasted {
            let is_doubted = self.doubt_of_row(&place, &edit, &value).is_some();
            let Some(cell) = self.sheet_cell(&place) else { continue };
            cell.line = Line::fresh(&text);
            if is_doubted {
                cell.state = CellState::Doubted(text);
                doubted.push(place.key);
            } else {
                cell.state = CellState::Typed;
                rows.extend(self.row_to_send(&place, &model, Some(&value), false));
                last = Some(place.key);
            }
        }
        let sent = rows.len();
        self.send_rows(first, rows);
        let stop = doubted.first().cloned().or(last);
        if let Some(window) = self.window_mut(first.window) {
            let rows = &window.feeds[model.source].rows;
            let at = rows.iter().position(|row| Some(row_key(&model, row)) == stop);
            let (at, count) = (at.unwrap_or_default(), rows.len());
            window.grids[first.grid].go(at, count);
        }
        if doubted.is_empty() {
            self.say_with("pasted-rows", &[("n", sent.into())]);
        } else {
            self.refuse_with("pasted-doubted", &[("n", sent.into()), ("doubted", doubted.len().into())]);
        }
    }
}
