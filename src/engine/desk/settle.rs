//! A change from its sending on: it is made once; a lost answer is asked for; what follows it happens once, and where it was made.

use serde_json::Value as Json;

use super::{At, Change, Desk, Origin, Purpose};
use crate::engine::effect::{Call, Operation};
use crate::engine::grid::GridState;
use crate::engine::msg::{Answer, DOUBT, Refusal, Timer};
use crate::engine::window::{Window, WindowId};

impl Desk {
    /// Sends a change. From here on it cannot be cancelled.
    pub(crate) fn commit(&mut self, at: Option<At>, operation: Operation) {
        let call = Call::Commit(operation.clone());
        self.call(Purpose::Commit { at, operation }, call, true);
    }

    /// The change was made, refused, or nobody knows.
    pub(crate) fn committed(&mut self, at: Option<At>, operation: Operation, answer: Answer) {
        match answer {
            Answer::Done(json) => {
                self.keep_soon();
                self.done(at, &operation, &json);
            }
            Answer::Lost(refusal) => {
                if let Some(origin) = at.map(|at| self.origin_of_action(at)) {
                    self.origins.insert(operation.id, origin);
                }
                self.are_lost(vec![operation], &refusal);
            }
            Answer::Refused(refusal) if refusal.code == DOUBT => {
                self.keep_soon();
                self.ask_doubt(at, operation, &refusal);
            }
            Answer::Refused(refusal) => {
                self.keep_soon();
                self.refuse(refusal.to_string(), &refusal.code);
            }
            _ => {}
        }
    }

    /// Where an action is, with what is typed there now.
    pub(super) fn origin_of_action(&self, at: At) -> Origin {
        let title = self.action(at.0, at.1).map(|action| action.title.clone()).unwrap_or_default();
        Origin::Action { at, title, filled: self.window(at.0).map(Window::filled) }
    }

    /// Nobody knows whether these were made: they are asked for until somebody does.
    pub(crate) fn are_lost(&mut self, operations: Vec<Operation>, refusal: &Refusal) {
        self.unsettled.extend(operations);
        self.refuse(refusal.to_string(), &refusal.code);
        self.keep(false);
        self.wake(Timer::Settle, 2_000, true);
    }

    /// Changes whose answer was lost are asked for by their ids; none twice at a time.
    pub(crate) fn settle_all(&mut self) {
        for operation in self.unsettled.clone() {
            let is_it =
                |purpose: &Purpose| matches!(purpose, Purpose::Settle(asked) if asked.id == operation.id);
            if !self.requests.values().any(is_it) {
                let call = Call::Settle(operation.id);
                self.call(Purpose::Settle(operation), call, false);
            }
        }
    }

    /// Whether a change was made whose answer was lost. Whoever is told twice does nothing the second time.
    pub(crate) fn settled(&mut self, operation: &Operation, answer: Answer) {
        if !self.unsettled.iter().any(|one| one.id == operation.id) {
            return;
        }
        let made = match answer {
            Answer::Done(json) => Ok(json),
            Answer::Refused(refusal) => Err(refusal),
            // Still nobody knows: it is asked again, at the latest when the line is back.
            _ => {
                self.wake(Timer::Settle, 2_000, true);
                return;
            }
        };
        self.unsettled.retain(|one| one.id != operation.id);
        self.keep_soon();
        self.draft_ends(operation.id, made.is_ok());
        match (self.origins.remove(&operation.id), made) {
            (Some(Origin::Row(window, grid, row)), made) => {
                self.row_ends((window, grid), &row, operation.id, made.err());
            }
            (Some(Origin::Action { at, title, filled }), Ok(json)) => {
                self.say_made(&title, operation, &json);
                self.follow_job_of(&json, title, false);
                let is_as_sent = filled.is_some() && self.window(at.0).map(Window::filled) == filled;
                self.made_late(at, is_as_sent);
            }
            // Of a session that was gone on with, whose screen is no more.
            (None, Ok(json)) => self.say_made(&operation.kind, operation, &json),
            (_, Err(refusal)) => self.refuse(refusal.to_string(), &refusal.code),
        }
    }

    /// Whether it is still being asked what became of a change made on this screen: a second one might double it.
    pub(crate) fn is_unsettled(&self, id: WindowId) -> bool {
        let here = |origin: &Origin| matches!(origin, Origin::Action { at, .. } if at.0 == id);
        self.origins.values().any(here)
    }

    fn done(&mut self, at: Option<At>, operation: &Operation, json: &Json) {
        let action = at.and_then(|(window, action)| self.action(window, action)).cloned();
        let title = action.as_ref().map_or_else(|| operation.kind.clone(), |action| action.title.clone());
        self.say_made(&title, operation, json);
        self.follow_job_of(json, title, true);
        // An undo says nothing of what is typed here.
        if let (Some(action), Some((window, _))) = (action, at) {
            self.clear_typed(window);
            self.after(window, &action.then);
        }
        if let Some(front) = self.windows.last_mut() {
            super::windows::stale(front);
            super::marks::spent(front);
        }
    }

    /// What follows a change that turns out to be made while the operator works on: everything where nobody touched its screen
    /// since and it is in front; elsewhere only what happens on that screen, and nothing to what was typed there since.
    fn made_late(&mut self, (id, action): At, is_as_sent: bool) {
        let then = self.action(id, action).map(|action| action.then.clone()).unwrap_or_default();
        let is_front = self.windows.last().is_some_and(|front| front.find(id).is_some());
        if let Some(holder) = self.windows.iter_mut().find(|outer| outer.find(id).is_some()) {
            super::windows::stale(holder);
        }
        if !is_as_sent {
            return;
        }
        self.clear_typed(id);
        if let Some(window) = self.window_mut(id) {
            super::marks::spent(window);
        }
        if is_front && self.overlay.is_none() && self.waiting.is_none() {
            self.after(id, &then);
        } else {
            self.after_behind(id, &then);
        }
    }

    /// Says that a change was made and remembers it for undo.
    fn say_made(&mut self, title: &str, operation: &Operation, json: &Json) {
        if operation.kind == super::undo::KIND {
            self.is_undone(operation);
            let grids = self.windows.iter_mut().flat_map(|window| &mut window.grids);
            grids.for_each(GridState::forget_written);
            self.say_undone(json);
        } else {
            let never = json["never_undone"].as_str().map(|why| self.sentence_in_own_words(why.to_owned()));
            // A job has only begun; the key that undoes is named where it would.
            let said = match (json["job"].is_string(), &never) {
                (true, _) => "job-begun",
                (false, None) => "written",
                (false, Some(_)) => "done",
            };
            self.changed(Change { id: operation.id, title: title.to_owned(), never });
            self.say_with(said, &[("title", title.to_owned().into())]);
        }
        if operation.kind.starts_with("billing.") {
            self.ask_present();
        }
    }

    /// Follows the job a change began; a late one takes no other's place.
    fn follow_job_of(&mut self, json: &Json, title: String, is_prompt: bool) {
        let job = json["job"].as_str().and_then(|job| job.parse().ok());
        if let Some(job) = job.filter(|_| is_prompt || self.job.is_none()) {
            self.follow_job(job, title);
        }
    }

    /// What was written is a draft no longer.
    pub(super) fn clear_typed(&mut self, id: WindowId) {
        if let Some(window) = self.window_mut(id) {
            for typed in &mut window.typed {
                typed.changed = false;
                typed.wrong = None;
            }
        }
    }
}
