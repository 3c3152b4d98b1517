//! Drafts: what was typed into a screen that was left. They are offered where the same thing is opened again, found by their title in
//! the palette, and wait for the next login.

use uuid::Uuid;

use super::bounds::size;
use super::record::{Draft, Kept, kept};
use super::{Desk, Origin, Purpose};
use crate::engine::effect::Call;
use crate::engine::grid::CellState;
use crate::engine::msg::Answer;
use crate::engine::overlay::palette::{Choice as Found, Item};
use crate::engine::overlay::{Asked, Overlay};
use crate::engine::value::Value;
use crate::engine::window::{Window, WindowId};

/// The most drafts of an operator: more than anybody keeps in mind.
const MOST: usize = 20;

/// The most bytes of all drafts together: they are in every record that is written.
const MOST_BYTES: usize = 200_000;

impl Desk {
    /// Leaves the screen in front; what is typed there stays a draft. The oldest goes where there is no room for all.
    pub(crate) fn keep_draft(&mut self) {
        let Some(draft) = self.draft_of_front() else { return };
        if size(&draft) > MOST_BYTES {
            self.refuse_with("draft-too-large", &[]);
            return;
        }
        let title = draft.title.clone();
        self.leave_now();
        self.drafts.push(draft);
        match self.let_go_of_the_oldest() {
            None => self.say_with("draft-kept", &[("title", title.into())]),
            Some(oldest) => self.say_with("draft-kept-for-another", &[("oldest", oldest.into())]),
        }
    }

    fn draft_of_front(&mut self) -> Option<Draft> {
        let id = self.new_id();
        let front = self.windows.last()?;
        let kept = drafted(front)?;
        let sent = self.origins.iter().find_map(|(operation, origin)| match origin {
            Origin::Action { at: (window, _), filled, .. } => {
                let found = front.find(*window)?;
                (filled.as_ref() == Some(&found.filled())).then_some(*operation)
            }
            Origin::Row(..) => None,
        });
        Some(Draft { id, title: self.title_of_draft(front), at: self.now, kept, awaits: sent })
    }

    /// What a screen is called when it is gone: a dialog with the screen it stood over.
    pub(super) fn title_of_draft(&self, front: &Window) -> String {
        let title = |window: &Window| self.title_told(window);
        let below = self.windows.iter().skip(1).rev().skip(1).find(|window| !window.model.dialog);
        match below.filter(|_| front.model.dialog) {
            Some(below) => format!("{} · {}", title(front), title(below)),
            None => title(front),
        }
    }

    /// Keeps the number and size of drafts within bounds; answers with the title of what went, the last of several.
    fn let_go_of_the_oldest(&mut self) -> Option<String> {
        let mut gone = None;
        while self.drafts.len() > MOST || size(&self.drafts) > MOST_BYTES && self.drafts.len() > 1 {
            gone = Some(self.drafts.remove(0).title);
        }
        gone
    }

    /// Offers the newest draft of what was just opened.
    pub(super) fn offer_draft(&mut self, id: WindowId) {
        let Some(window) = self.window(id).filter(|_| !self.is_past()) else { return };
        let is_offered = |draft: &&Draft| draft.awaits.is_none() && is_of(&draft.kept, window);
        let Some(draft) = self.drafts.iter().rev().find(is_offered) else { return };
        let when = self.when(draft);
        let asked = Asked::Draft(id, draft.id);
        let text =
            self.words().with("draft-offer", &[("when", when.into()), ("title", draft.title.clone().into())]);
        self.ask(Overlay::Question { text, asked });
    }

    /// Puts a draft into a screen: it is a draft no longer.
    pub(super) fn take_draft(&mut self, window: WindowId, id: Uuid) {
        let Some(at) = self.drafts.iter().position(|draft| draft.id == id) else { return };
        let draft = self.drafts.remove(at);
        self.fill_window(window, &draft.kept);
        self.say_with("draft-taken", &[("title", draft.title.into())]);
    }

    /// Throws a draft away.
    pub(super) fn throw_draft(&mut self, id: Uuid) {
        let Some(at) = self.drafts.iter().position(|draft| draft.id == id) else { return };
        let draft = self.drafts.remove(at);
        self.say_with("draft-thrown", &[("title", draft.title.into())]);
    }

    /// Opens the screen of a draft with what was typed there.
    pub(super) fn open_draft(&mut self, id: Uuid) {
        let Some(Draft { kept, awaits, .. }) = self.drafts.iter().find(|draft| draft.id == id).cloned()
        else {
            return;
        };
        if self.is_past() || awaits.is_some() {
            let why = if self.is_past() { "past-read-only" } else { "unsettled-here" };
            self.refuse_with(why, &[]);
            return;
        }
        let shut = self.screen(&kept.screen).and_then(|model| self.why_not_enter(&model));
        if let Some(why) = shut {
            self.refuse(why, "");
        } else if let Some(window) = self.open_screen(&kept.screen, kept.keys.clone()) {
            self.take_draft(window, id);
        }
    }

    /// The drafts as rows of the palette, the newest first.
    pub(super) fn drafts_by_title(&self) -> Vec<Item> {
        let item = |draft: &Draft| {
            let model = self.screen(&draft.kept.screen);
            let told = [("when", self.when(draft).into()), ("title", draft.title.clone().into())];
            Item {
                title: self.words().with("draft-item", &told),
                aka: model.iter().map(|model| model.aka.clone()).collect(),
                key: model.map(|model| model.code.clone()).unwrap_or_default(),
                choice: Found::Draft(draft.id),
            }
        };
        self.drafts.iter().rev().map(item).collect()
    }

    /// The minute a draft was left, with its day where it is another.
    fn when(&self, draft: &Draft) -> String {
        let is_today = draft.at.date() == self.now.date();
        draft.at.format(if is_today { "%H:%M" } else { "%d.%m %H:%M" }).to_string()
    }

    /// Drafts of another session, beside those that are here; the newest stay.
    pub(super) fn take_in(&mut self, drafts: Vec<Draft>) {
        for draft in drafts {
            if self.drafts.iter().all(|known| known.id != draft.id) {
                self.drafts.push(draft);
            }
        }
        self.drafts.sort_by_key(|draft| draft.at);
        self.let_go_of_the_oldest();
    }

    /// Asks for the drafts of sessions that were left in order.
    pub(super) fn ask_for_drafts(&mut self, sessions: &[Uuid]) {
        for session in sessions {
            let args = vec![("p_session".to_owned(), Value::Id(*session))];
            let call = Call::Function { name: "admin.session_take".to_owned(), args };
            self.call(Purpose::Drafts(*session), call, false);
        }
    }

    /// The record of a session that was left in order: its drafts are of this one now. What does not come stays where it is.
    pub(crate) fn drafts_told(&mut self, session: Uuid, answer: Answer) {
        let Answer::Done(json) = answer else { return };
        let Ok(record) = serde_json::from_value::<super::Record>(json) else {
            self.refuse_with("record-not-understood", &[]);
            return;
        };
        self.take_in(record.drafts);
        self.keep(false);
        self.call(Purpose::Nothing, Call::Forget(session), false);
        self.say_with("drafts-wait", &[("n", self.drafts.len().into())]);
    }

    /// A change turned out to be made, or not: a draft of exactly what was sent is spent, or waits for nothing any more.
    pub(super) fn draft_ends(&mut self, operation: Uuid, is_made: bool) {
        self.drafts.retain(|draft| !is_made || draft.awaits != Some(operation));
        for draft in self.drafts.iter_mut().filter(|draft| draft.awaits == Some(operation)) {
            draft.awaits = None;
        }
    }
}

/// What a draft of a screen would hold; nothing where nothing typed there can wait: it is secret, or on its way to the server, whose
/// answer is told wherever the operator is.
pub(super) fn drafted(window: &Window) -> Option<Kept> {
    let mut draft = kept(window);
    forget_sent(&mut draft, window);
    holds_anything(&draft).then_some(draft)
}

fn forget_sent(kept: &mut Kept, window: &Window) {
    let is_sent = |(grid, row, column, _): &(usize, String, usize, String)| {
        let cell = window.grids.get(*grid).and_then(|state| state.cells.get(&(row.clone(), *column)));
        cell.is_some_and(|cell| matches!(cell.state, CellState::Sent(_)))
    };
    kept.cells.retain(|cell| !is_sent(cell));
    if let (Some(inside), Some(open)) = (&mut kept.inside, window.embeds.get(&window.tab)) {
        forget_sent(inside, open);
    }
    for (tab, inside) in &mut kept.behind {
        if let Some(open) = window.embeds.get(tab) {
            forget_sent(inside, open);
        }
    }
}

fn holds_anything(kept: &Kept) -> bool {
    let mut inside = kept.inside.iter().map(|inside| &**inside).chain(kept.behind.values());
    !kept.typed.is_empty()
        || kept.cells.iter().any(|(.., text)| !text.is_empty())
        || inside.any(holds_anything)
}

/// Whether a draft was typed into the same screen of the same thing.
fn is_of(kept: &Kept, window: &Window) -> bool {
    let model = &window.model;
    let mut telling = model.keys.iter().filter(|key| !model.optional.contains(key));
    kept.screen == model.name && telling.all(|key| kept.keys.get(key) == window.keys.get(key))
}
