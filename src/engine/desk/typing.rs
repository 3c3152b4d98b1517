//! What was being typed over the screens when the line was lost: it stands there again, with its line as it was. What was only asked
//! or shown there is not kept: the state before it comes back, and whoever wants it asks again.

use super::record::{AskedBy, Columns, Over};
use super::{Desk, Origin};
use crate::engine::line::Line;
use crate::engine::overlay::{Overlay, Prompt};
use crate::engine::window::WindowId;
use crate::keymap::Key;

impl Desk {
    /// What is being typed over the screens.
    pub(super) fn typed_over(&self) -> Option<Over> {
        match self.overlay.as_ref()? {
            Overlay::ByExample(example) => {
                let lines = example.lines.iter().map(|(_, line)| line.text().to_owned()).collect();
                Some(Over::Columns(Columns { grid: example.of.1, lines, at: example.at }))
            }
            Overlay::Prompt { prompt, line, .. } => {
                Some(Over::Asked { by: self.asked_by(prompt)?, line: line.clone() })
            }
            Overlay::Palette(palette) => Some(Over::Palette(palette.line.clone())),
            Overlay::Question { .. } | Overlay::Diff(_) | Overlay::Help(_) | Overlay::Choice(_) => None,
        }
    }

    fn asked_by(&self, prompt: &Prompt) -> Option<AskedBy> {
        Some(match prompt {
            Prompt::Ground(window, action, _) => {
                let at = (*window, *action);
                AskedBy::Ground(self.place_of(&Origin::Action { at, title: String::new(), filled: None })?)
            }
            Prompt::Undo(operation, title) => AskedBy::Undo(*operation, title.clone()),
            Prompt::AsOf => AskedBy::AsOf,
            Prompt::Known => AskedBy::Known,
        })
    }

    /// The same again; where its screen is another one now, what was typed is shown with the keys that were not executed.
    pub(super) fn type_over(&mut self, over: Over, opened: &[Option<WindowId>]) {
        match over {
            Over::Columns(columns) => self.fill_columns(&columns),
            Over::Palette(line) => self.open_palette_with(line),
            Over::Asked { by, line } => match self.prompt_of(by, opened) {
                Some(prompt) => {
                    self.overlay = Some(Overlay::prompt(prompt, self.words(), ""));
                    if let Some(Overlay::Prompt { line: typed, .. }) = &mut self.overlay {
                        *typed = line;
                    }
                }
                None => self.queue.held.extend(line.text().chars().map(Key::Char)),
            },
        }
    }

    fn prompt_of(&self, by: AskedBy, opened: &[Option<WindowId>]) -> Option<Prompt> {
        Some(match by {
            AskedBy::Ground(place) => self.ground_of(self.action_at(&place, opened)?),
            AskedBy::Undo(operation, title) => Prompt::Undo(operation, title),
            AskedBy::AsOf => Prompt::AsOf,
            AskedBy::Known => Prompt::Known,
        })
    }

    fn fill_columns(&mut self, columns: &Columns) {
        let is_same = self.exemplary().is_some_and(|(_, grid)| grid == columns.grid);
        if is_same {
            self.open_example();
        }
        match &mut self.overlay {
            Some(Overlay::ByExample(example)) if example.lines.len() == columns.lines.len() => {
                for ((_, line), text) in example.lines.iter_mut().zip(&columns.lines) {
                    *line = Line::fresh(text);
                }
                example.at = columns.at;
            }
            _ => {
                let typed = columns.lines.iter().filter(|line| !line.is_empty());
                let keys = typed.flat_map(|line| line.chars().map(Key::Char).chain([Key::Enter]));
                self.queue.held.extend(keys);
            }
        }
    }
}
