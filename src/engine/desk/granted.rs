//! Rights given or taken while somebody works: bar, palette and codes follow at once, not at the next login.

use super::{Desk, Purpose};
use crate::engine::effect::Call;
use crate::engine::msg::Answer;
use crate::engine::rights::Rights;

/// What the server announces them by, with the number of the session.
pub(super) const TOPIC: &str = "rights";

impl Desk {
    /// Somebody changed the rights of an operator: those of this session are asked for.
    pub(super) fn hear_of_rights(&mut self, session: &str) {
        if self.operator.session.is_some_and(|own| own.to_string() == session) {
            self.ask_rights();
        }
    }

    /// Asks what the operator may do now.
    pub(super) fn ask_rights(&mut self) {
        self.outdate(&Purpose::Rights);
        let call = Call::Function { name: "admin.session_rights".to_owned(), args: Vec::new() };
        self.call(Purpose::Rights, call, false);
    }

    /// What the operator may do from now on. What is open stays open and is read again: which rows are seen hangs on it too. An answer
    /// that says nothing of rights changes none. Who was switched off is told so, and what they typed stays.
    pub(crate) fn rights_told(&mut self, answer: &Answer) {
        if let Answer::Refused(_) = answer {
            self.windows.iter_mut().for_each(super::news::hint_all);
            self.refused(answer);
            return;
        }
        let told = match answer {
            Answer::Done(json) => Rights::of(json),
            _ => None,
        };
        let Some(rights) = told.filter(|told| self.rights.as_ref() != Some(told)) else { return };
        self.rights = Some(rights);
        self.ask_menu();
        self.windows.iter_mut().for_each(super::news::hint_all);
        if !self.message.is_refusal {
            self.say("rights-changed");
        }
    }
}
