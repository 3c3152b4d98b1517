//! The test of a terminal: every key is shown instead of done, until it is left.

use super::Desk;
use crate::engine::blocks::keytest::Arrival;
use crate::engine::effect::Call;
use crate::engine::model::BlockKind;
use crate::engine::overlay::{Asked, Overlay};
use crate::engine::value::Value;
use crate::engine::window::Window;
use crate::keymap::{Bytes, Context, Key};

impl Desk {
    /// Whether the block in front tells which key arrived.
    #[must_use]
    pub fn is_key_test(&self) -> bool {
        let test = |window: &Window| {
            let block = window.front_block().and_then(|block| window.model.blocks.get(block));
            block.is_some_and(|block| block.kind == BlockKind::KeyTest)
        };
        self.overlay.is_none() && self.focused().is_some_and(test)
    }

    /// A press with its bytes, as the test wants it; a key that is typed elsewhere meanwhile is a key like others.
    pub(crate) fn seen(&mut self, key: Option<Key>, bytes: Bytes) {
        if self.is_key_test() && self.waiting.is_none() {
            self.key_tested(key, bytes);
        } else if let Some(key) = key {
            self.typed(super::Input::Key(key));
        }
    }

    /// Tells what arrived. F10 leaves, and so does Esc pressed twice: F10 may be the key that is dead.
    pub(crate) fn key_tested(&mut self, key: Option<Key>, bytes: Bytes) {
        let Some(id) = self.focused_id() else { return };
        let command = key.and_then(|key| self.config.keymap.command(Context::List, false, key));
        let means = match (command, key) {
            (Some(command), _) => command.title(self.words()),
            (None, Some(_)) => String::new(),
            (None, None) => self.words().text("key-unknown").into_owned(),
        };
        self.message = super::Message::default();
        let Some(window) = self.window_mut(id) else { return };
        let Some(block) = window.front_block() else { return };
        let test = &mut window.blocks[block].keys;
        let is_again = key.is_some_and(|key| test.is_again(key));
        test.take(Arrival { key: key.map(Key::plain), bytes, means });
        let leaves = key.map(Key::plain) == Some(Key::F(10)) || is_again && key == Some(Key::Esc);
        if leaves {
            let (missing, count) = (test.missing(), test.arrivals.len());
            self.leave_now();
            // Who only looked in is told nothing of keys that were not pressed.
            match (missing.is_empty(), count > 2) {
                (true, _) => self.say("key-test-whole"),
                (false, true) => {
                    let keys: Vec<String> = missing.iter().map(ToString::to_string).collect();
                    self.say_with("key-test-missing", &[("keys", keys.join(", ").into())]);
                }
                (false, false) => {}
            }
        }
    }

    /// The first login from a terminal offers the test once; it is remembered by the server that it was offered.
    pub(super) fn offer_key_test(&mut self) {
        let Some(session) = self.operator.session else { return };
        let text = self.words().text("key-test-offer").into_owned();
        self.ask(Overlay::Question { text, asked: Asked::TestKeys });
        let args = vec![("p_session".to_owned(), Value::Id(session))];
        let call = Call::Function { name: "admin.terminal_met".to_owned(), args };
        self.call(super::Purpose::Nothing, call, false);
    }
}
