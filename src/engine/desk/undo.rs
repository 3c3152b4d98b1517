//! Taking back what was done: an operation like any other, shown first.

use serde_json::{Value as Json, json};

use super::{Desk, Purpose};
use crate::engine::effect::{Call, Operation};
use crate::engine::model::{Action, Name};
use crate::engine::overlay::{Overlay, Prompt};
use crate::engine::value::Value;
use crate::engine::window::WindowId;

impl Desk {
    /// F9 F2: undoes the last change of this session.
    pub(crate) fn undo_last(&mut self) {
        if let Some((id, title)) = self.last.clone() {
            self.overlay = Some(Overlay::prompt(Prompt::Undo(id, title), self.words(), ""));
        }
    }

    pub(super) fn undo_of(&mut self, id: WindowId, name: &Name, action: &Action) {
        if let Some(Value::Id(operation)) = self.window(id).map(|window| window.value(name, &self.present)) {
            let prompt = Prompt::Undo(operation, action.title.clone());
            self.overlay = Some(Overlay::prompt(prompt, self.words(), ""));
        }
    }

    /// An undo is an operation like any other: shown first.
    pub(crate) fn undo(&mut self, undone: uuid::Uuid, ground: String) {
        let id = self.new_id();
        let args = json!({ "operation": undone.to_string() });
        let operation = Operation { id, kind: "admin.undo".to_owned(), args, ground: Some(ground) };
        let window = self.focused_id().unwrap_or_default();
        let call = Call::Preview(operation.clone());
        self.call(Purpose::Preview { window, action: usize::MAX, operation }, call, true);
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
