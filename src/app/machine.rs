//! What the loop needs of an engine.

use chrono::NaiveDateTime;

use crate::engine::canvas::Canvas;
use crate::engine::desk::Desk;
use crate::engine::effect::Effect;
use crate::engine::msg::Msg;

/// A state machine of a workstation: messages in, effects out, and a picture of its state.
pub trait Machine {
    /// Takes a message at a moment of local time; answers with what is to be done.
    fn update(&mut self, now: NaiveDateTime, msg: Msg) -> Vec<Effect>;

    /// Whether something is typed that was not written: whoever leaves now is offered it at the next login.
    fn is_unfinished(&self) -> bool;

    /// Whether keys are tested: presses are told with their bytes then.
    fn tests_keys(&self) -> bool {
        false
    }

    /// What is to be seen, at the size of the last [`Msg::Resize`].
    fn canvas(&self) -> Canvas;
}

impl Machine for Desk {
    fn update(&mut self, now: NaiveDateTime, msg: Msg) -> Vec<Effect> {
        Self::update(self, now, msg)
    }

    fn is_unfinished(&self) -> bool {
        Self::is_unfinished(self)
    }

    fn tests_keys(&self) -> bool {
        self.is_key_test()
    }

    fn canvas(&self) -> Canvas {
        Self::canvas(self)
    }
}
