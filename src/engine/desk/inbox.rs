//! The operator's inbox folder: its files are listed, and one of them is read into the screen that shows what it holds.

use std::collections::BTreeMap;

use super::{Desk, Purpose};
use crate::engine::effect::{Effect, Inbox};
use crate::engine::model::BlockKind;
use crate::engine::msg::{Answer, Req};
use crate::engine::value::Value;
use crate::engine::window::WindowId;

impl Desk {
    /// Asks for something of the folder.
    pub(crate) fn fetch(&mut self, purpose: Purpose, what: Inbox) -> Req {
        let req = self.number(purpose);
        self.effects.push(Effect::Fetch { req, what });
        req
    }

    /// Enter on a file: it is read. What cannot be read says why at once. `false` = the block lists no files.
    pub(crate) fn take_file(&mut self, id: WindowId, block: usize) -> bool {
        let Some(window) = self.window(id) else { return false };
        let BlockKind::Files { take, screens, .. } = &window.model.blocks[block].kind else { return false };
        if self.is_past() {
            self.refuse_with("past-read-only", &[]);
            return true;
        }
        let state = &window.blocks[block];
        let Some(file) = state.folder.files.get(state.tree.at) else { return true };
        if let Some(problem) = &file.problem {
            self.refuse_with(&format!("inbox-{problem}"), &[]);
            return true;
        }
        let purpose = Purpose::File { screens: screens.clone() };
        let what = Inbox::File { name: file.name.clone(), take: take.clone() };
        let req = self.fetch(purpose, what);
        self.wait_for_answer(req, true);
        true
    }

    /// A file was read: the screen of its kind opens with the key that came.
    pub(crate) fn file_read(&mut self, screens: &[(String, String)], answer: &Answer) {
        let Answer::Done(json) = answer else {
            self.refused(answer);
            return;
        };
        let of_kind = screens.iter().find(|(kind, _)| json["kind"].as_str() == Some(kind));
        let Some((_, screen)) = of_kind else { return };
        let key = self.screen(screen).and_then(|screen| screen.keys.first().cloned());
        if let (Some(key), Some(id)) = (key, json["key"].as_i64()) {
            self.open_named(screen, BTreeMap::from([(key, Value::Int(id))]));
        }
    }
}
