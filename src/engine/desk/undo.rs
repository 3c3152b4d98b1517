//! Taking back what was done: an operation like any other, shown first.

use serde_json::{Value as Json, json};

use super::{Change, Desk, Purpose};
use crate::engine::effect::{Call, Operation};
use crate::engine::model::{Action, Name};
use crate::engine::overlay::{Overlay, Prompt};
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::WindowId;
use crate::keymap::Command;

/// The operation that undoes another.
pub(super) const KIND: &str = "admin.undo";

/// How many changes of a session are remembered to be undone by a key; the rest is in the journal.
const MOST: usize = 100;

impl Desk {
    /// F9 F2: undoes what the screen in front shows, where it shows an operation; else the last change of this session that can
    /// be. A later one that never can is told of, and holds nothing up.
    pub(crate) fn undo_key(&mut self) {
        if let Some((id, action)) = self.action_on(Command::Undo) {
            self.start_action(id, action);
            return;
        }
        let (Some(next), Some(last)) = (self.next_undoable().cloned(), self.changes.last().cloned()) else {
            return;
        };
        if let Some(why) = last.never {
            let told =
                [("title", last.title.into()), ("why", why.into()), ("next", next.title.clone().into())];
            self.say_with("undo-passes-over", &told);
        }
        self.overlay = Some(Overlay::prompt(Prompt::Undo(next.id, next.title), self.words(), ""));
    }

    /// The last change of this session whose kind can be undone.
    pub(super) fn next_undoable(&self) -> Option<&Change> {
        self.changes.iter().rev().find(|change| change.never.is_none())
    }

    /// Why the key undoes nothing of this session; nothing where it would.
    pub(super) fn why_no_undo(&self) -> Option<String> {
        let words = self.words();
        match (self.next_undoable(), self.changes.last()) {
            (Some(_), _) => None,
            (None, Some(Change { title, never: Some(why), .. })) => Some(
                words.with("undo-never", &[("title", title.clone().into()), ("why", why.clone().into())]),
            ),
            (None, _) => Some(words.text("nothing-to-undo").into_owned()),
        }
    }

    /// Something was changed.
    pub(super) fn changed(&mut self, change: Change) {
        self.changes.push(change);
        if self.changes.len() > MOST {
            self.changes.remove(0);
        }
    }

    /// The change of this session that an undo takes back.
    pub(super) fn change_undone_by(&self, undo: &Operation) -> Option<&Change> {
        let undone = undone_by(undo)?;
        self.changes.iter().find(|change| change.id == undone)
    }

    /// An operation was undone: it is not offered again.
    pub(super) fn is_undone(&mut self, undo: &Operation) {
        let undone = undone_by(undo);
        self.changes.retain(|change| Some(change.id) != undone);
    }

    pub(super) fn undo_of(&mut self, id: WindowId, name: &Name, action: &Action) {
        let Some(window) = self.window(id) else { return };
        let Value::Id(operation) = window.value(name, &self.present) else { return };
        let named = action.named.as_ref().map(|name| shown(&window.value(name, &self.present), &Show::Plain));
        let title = named.filter(|title| !title.is_empty()).unwrap_or_else(|| action.title.clone());
        self.overlay = Some(Overlay::prompt(Prompt::Undo(operation, title), self.words(), ""));
    }

    /// An undo is an operation like any other: shown first.
    pub(crate) fn undo(&mut self, undone: uuid::Uuid, ground: String) {
        let id = self.new_id();
        let args = json!({ "operation": undone.to_string() });
        let operation =
            Operation { id, kind: KIND.to_owned(), args, ground: Some(ground), secrets: Vec::new() };
        let call = Call::Preview(operation.clone());
        self.call(Purpose::Preview { at: None, operation }, call, true);
    }

    pub(super) fn say_undone(&mut self, json: &Json) {
        let kept = json["kept"].as_array().map_or(0, Vec::len);
        if kept == 0 {
            self.say("undone");
        } else {
            self.say_with("undone-partly", &[("n", kept.into())]);
        }
    }
}

/// The operation that an undo names.
fn undone_by(undo: &Operation) -> Option<uuid::Uuid> {
    undo.args["operation"].as_str()?.parse().ok()
}
