//! What follows a success: the screen is left, read again, emptied, another one opened.

use super::Desk;
use crate::engine::line::Line;
use crate::engine::model::Then;
use crate::engine::msg::Answer;
use crate::engine::value::{Show, shown};
use crate::engine::window::{Focus, Typed, WindowId};

impl Desk {
    /// Does what follows success.
    pub(crate) fn after(&mut self, id: WindowId, then: &[Then]) {
        let present = self.present.clone();
        for step in then {
            match step {
                Then::Close => {
                    if self.windows.last().is_some_and(|front| front.find(id).is_some()) {
                        self.leave_done();
                    }
                }
                Then::Refresh => {
                    if let Some(front) = self.windows.last_mut() {
                        super::windows::stale(front);
                    }
                }
                // Done with the answer, before this.
                Then::Adopt => {}
                Then::Focus(field) => self.set_focus(id, Focus::Field(*field)),
                Then::Clear => {
                    if let Some(window) = self.window_mut(id) {
                        window.typed.iter_mut().for_each(|typed| *typed = Typed::default());
                        window.fill_defaults(&present);
                    }
                }
                Then::Open(link) => drop(self.follow(id, link)),
                Then::Put(field, value) => {
                    if let Some(window) = self.window_mut(id)
                        && let Some(typed) = window.typed.get_mut(*field)
                    {
                        typed.line = Line::fresh(&shown(value, &Show::Plain));
                    }
                }
            }
        }
    }

    /// What follows a change that turned out to be made while somebody works elsewhere: only what happens on its own screen.
    pub(crate) fn after_behind(&mut self, id: WindowId, then: &[Then]) {
        for step in then {
            match step {
                Then::Close => self.close_behind(id),
                Then::Clear | Then::Put(..) => self.after(id, std::slice::from_ref(step)),
                Then::Refresh | Then::Open(_) | Then::Focus(_) | Then::Adopt => {}
            }
        }
    }

    /// A function was called.
    pub(crate) fn called(&mut self, window: WindowId, at: usize, answer: Answer) {
        match answer {
            Answer::Done(json) => {
                let action = self.action(window, at).cloned();
                if action.as_ref().is_some_and(|action| action.then.contains(&Then::Adopt)) {
                    self.adopt_anew(&json);
                    self.say("adopted");
                } else {
                    let title = action.as_ref().map(|action| action.title.clone()).unwrap_or_default();
                    self.say_with("done", &[("title", title.into())]);
                }
                self.clear_typed(window);
                self.after(window, &action.map(|action| action.then).unwrap_or_default());
            }
            other => self.refused(&other),
        }
    }
}
