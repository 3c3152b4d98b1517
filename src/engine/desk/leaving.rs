//! Leaving a screen or the program with something unwritten: nothing is lost by a key, what is typed stays a draft.

use super::Desk;
use super::drafts::drafted;
use crate::engine::effect::Effect;
use crate::engine::overlay::{Asked, Overlay};
use crate::engine::window::Window;

impl Desk {
    /// Asks what becomes of what is typed on the screen in front: a draft, nothing, or the screen stays.
    pub(super) fn ask_leave(&mut self) {
        let Some(front) = self.windows.last() else { return };
        // What may be in no record, or is on its way already, is no draft.
        let can_wait = drafted(front).is_some();
        let (key, asked) =
            if can_wait { ("leave-draft", Asked::Leave) } else { ("leave-changed", Asked::GiveUp) };
        let title = self.title_told(front);
        let text = self.words().with(key, &[("title", title.into())]);
        self.ask(Overlay::Question { text, asked });
    }

    /// Leaves the program; whoever leaves something behind is told how much of it first.
    pub(crate) fn ask_exit(&mut self) {
        let is_changed = self.windows.iter().any(Window::is_changed);
        let key = match (is_changed, self.drafts.is_empty()) {
            (false, true) => return self.exit(),
            (false, false) => "exit-drafts",
            (true, true) => "exit-changed",
            (true, false) => "exit-changed-drafts",
        };
        let text = self.words().with(key, &[("n", self.drafts.len().into())]);
        self.ask(Overlay::Question { text, asked: Asked::Exit });
    }

    /// Leaves the program. Where only drafts are left behind the record holds nothing else: nobody is asked to go on with screens
    /// that were left in order.
    pub(super) fn exit(&mut self) {
        self.has_left = !self.is_to_be_gone_on();
        self.keep(true);
        self.effects.push(Effect::Exit);
    }

    /// Whether something waits for the next login: what is typed and not written, a draft, a change nobody knows the end of.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.is_to_be_gone_on() || !self.drafts.is_empty()
    }

    fn is_to_be_gone_on(&self) -> bool {
        self.windows.iter().any(Window::is_changed) || !self.unsettled.is_empty()
    }
}
