//! What is done with answers: each goes to the one who asked, late and doubled ones to nobody.

use std::sync::Arc;

use super::{Desk, Purpose};
use crate::engine::blocks::{files, paper, tree::Tree};
use crate::engine::effect::{Call, Effect};
use crate::engine::feed::{Stale, Taking};
use crate::engine::model::{BlockKind, Name, Part, Screen};
use crate::engine::msg::{Answer, LinkState, Refusal, Req, Timer};
use crate::engine::trace;
use crate::engine::value::Value;
use crate::engine::window::{Window, WindowId};
use crate::locale::{Lang, in_english};

impl Desk {
    /// Takes an answer.
    pub(crate) fn answer(&mut self, req: Req, answer: Answer) {
        match answer {
            Answer::Progress(progress) => return self.job_progress(req, progress),
            Answer::Queued(before) => return self.question_waits(req, before),
            _ => {}
        }
        let Some(purpose) = self.requests.remove(&req) else { return };
        let answer = self.worded_refusal(answer);
        let awaited = self.waiting.as_ref().is_some_and(|waiting| waiting.req == req);
        if awaited {
            self.waiting = None;
        }
        match (purpose, answer) {
            (Purpose::Rows { window, source }, answer) => self.rows(req, window, source, answer),
            (Purpose::Block { window, block }, answer) => self.block_told(req, window, block, answer),
            (Purpose::File { screens }, answer) => self.file_read(&screens, &answer),
            (Purpose::Preview { at, operation }, answer) => self.previewed(at, operation, answer),
            (Purpose::Commit { at, operation }, answer) => self.committed(at, operation, answer),
            (Purpose::Settle(operation), answer) => self.settled(&operation, answer),
            (Purpose::Sheet { window, grid, rows }, answer) => {
                self.sheet_done((window, grid), rows.into_iter().flatten(), answer);
            }
            (Purpose::Function { window, action }, answer) => self.called(window, action, answer),
            (Purpose::MarkAll { window, grid, by }, answer) => self.all_counted(window, grid, by, answer),
            (Purpose::Login { in_russian }, answer) => self.logged_in(in_russian, answer),
            (Purpose::Password { window, action }, answer) => self.password_changed(window, action, answer),
            (Purpose::Continue(old), answer) => self.continued(old, answer),
            (Purpose::Drafts(old), answer) => self.drafts_told(old, answer),
            (Purpose::Argument { screen, key }, answer) => self.argument(&screen, &key, answer),
            (Purpose::Menu, answer) => self.menu_read(answer),
            (Purpose::Present, answer) => self.present_told(answer),
            (Purpose::Rights, answer) => self.rights_told(&answer),
            (Purpose::Job(id, title), answer) => self.job_ended(id, title, answer),
            (Purpose::Copied, answer) => self.copied(&answer),
            (Purpose::Nothing, _) => {}
        }
        if awaited && self.message.is_refusal {
            // After a refusal what was typed ahead is shown, not executed.
            self.hold_queue();
            self.must_be_seen();
        }
    }

    /// A refusal in the operator's language.
    fn worded_refusal(&self, answer: Answer) -> Answer {
        match answer {
            Answer::Refused(refusal) => Answer::Refused(self.in_own_words(refusal)),
            Answer::Lost(refusal) => Answer::Lost(self.in_own_words(refusal)),
            other => other,
        }
    }

    /// A sentence of the database as the operator reads it.
    pub(super) fn sentence_in_own_words(&self, message: String) -> String {
        let refusal = Refusal { code: String::new(), message, detail: None, hint: None };
        self.in_own_words(refusal).message
    }

    /// A refusal as the operator reads it.
    pub(super) fn in_own_words(&self, refusal: Refusal) -> Refusal {
        if self.lang == Lang::En { in_english(&refusal) } else { refusal }
    }

    fn rows(&mut self, req: Req, window: WindowId, source: usize, answer: Answer) {
        let answer = match answer {
            Answer::Rows(rows) => Answer::Rows(self.worded_menu(window, source, rows)),
            other => other,
        };
        let Some(found) = self.window_mut(window) else { return };
        let model = Arc::clone(&found.model);
        let grid = model.grids.iter().find(|grid| grid.source == source && !grid.key.is_empty());
        let Some(feed) = found.feeds.get_mut(source).filter(|feed| feed.current == Some(req)) else { return };
        match answer {
            Answer::Rows(rows) if rows.rows.is_empty() && is_named_by(&model, source) => {
                feed.current = None;
                return self.thing_gone(window);
            }
            Answer::Rows(rows) => feed.take(rows, grid),
            Answer::Refused(refusal) | Answer::Lost(refusal) => {
                feed.refuse(refusal.clone());
                self.refuse(refusal.to_string(), &refusal.code);
                return;
            }
            _ => {
                feed.current = None;
                return;
            }
        }
        let present = self.present.clone();
        if let Some(window) = self.window_mut(window) {
            settle(window, source);
            window.fill_defaults(&present);
            window.look(source, &present);
        }
        self.remember(window);
    }

    /// What a dialog is about was taken away meanwhile: it goes too, unless something is typed in it, which stays under the name it had.
    fn thing_gone(&mut self, id: WindowId) {
        let is_front = self.windows.last().is_some_and(|front| front.id == id && !front.is_changed());
        if is_front {
            self.leave_now();
        }
        self.refuse_with("thing-gone", &[]);
    }

    /// The card of a thing that has just been read is the operator's most recent one.
    fn remember(&mut self, id: WindowId) {
        let Some(window) = self.window(id) else { return };
        let kind = window.model.card_of.clone();
        let key = window.keys.get(&format!("{kind}_id")).cloned();
        let Some(key) = key.filter(|_| !kind.is_empty() && !window.remembered) else { return };
        let title = self.title_told(window);
        if let Some(window) = self.window_mut(id) {
            window.remembered = true;
        }
        let args = [("p_kind", Value::Text(kind)), ("p_id", key), ("p_title", Value::Text(title))];
        let args = args.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let call = Call::Function { name: "admin.recent_put".to_owned(), args };
        self.call(Purpose::Nothing, call, false);
    }

    fn block_told(&mut self, req: Req, window: WindowId, block: usize, answer: Answer) {
        let service = self.wanted_service(window, block);
        let words = self.words();
        let model = self.window(window).map(|window| window.model.clone());
        let kind = model.as_ref().and_then(|model| model.blocks.get(block)).map(|block| &block.kind);
        let Some(state) = self.block_mut(window, block).filter(|state| state.current == Some(req)) else {
            return;
        };
        state.current = None;
        state.before = 0;
        match answer {
            Answer::Done(json) => {
                state.refusal = None;
                state.tree = match kind {
                    Some(BlockKind::Paper { .. }) => Tree { nodes: paper::nodes(&json), ..Tree::default() },
                    Some(BlockKind::Files { .. }) => {
                        state.folder = files::Folder::of(&json);
                        files::lines(&state.folder, &state.tree)
                    }
                    _ => state.tree.told_anew(trace::nodes(&json, service, words)),
                };
            }
            Answer::Refused(refusal) | Answer::Lost(refusal) => {
                state.refusal = Some(refusal.clone());
                self.refuse(refusal.to_string(), &refusal.code);
            }
            _ => {}
        }
    }

    fn wanted_service(&self, window: WindowId, block: usize) -> Option<i64> {
        let window = self.window(window)?;
        let BlockKind::Explain { service: Some(name), .. } = &window.model.blocks.get(block)?.kind else {
            return None;
        };
        match window.value(name, &self.present) {
            Value::Int(service) => Some(service),
            _ => None,
        }
    }

    /// The argument of a screen code became its key.
    fn argument(&mut self, screen: &str, key: &str, answer: Answer) {
        match answer {
            Answer::Done(json) => {
                let value = match json {
                    serde_json::Value::Number(number) => number.as_i64().map_or(Value::Null, Value::Int),
                    serde_json::Value::String(text) => Value::Text(text),
                    _ => Value::Null,
                };
                if value.is_empty() {
                    self.refuse_with("nothing-found", &[]);
                } else {
                    let mut keys = self.keys_of_session(screen);
                    keys.insert(key.to_owned(), value);
                    self.open_named(screen, keys);
                }
            }
            other => self.refused(&other),
        }
    }

    /// Says why an answer is not what was hoped for.
    pub(crate) fn refused(&mut self, answer: &Answer) {
        match answer {
            Answer::Refused(refusal) | Answer::Lost(refusal) => {
                let Refusal { code, .. } = refusal;
                self.refuse(refusal.to_string(), &code.clone());
            }
            Answer::Cancelled => self.say("cancelled"),
            _ => {}
        }
    }

    /// The line to the database broke or came back.
    pub(crate) fn link(&mut self, state: LinkState) {
        match state {
            LinkState::Up { again } => {
                self.away = None;
                if again {
                    self.windows.iter_mut().for_each(super::news::hint_all);
                    self.say("link-again");
                    self.settle_all();
                    self.follow_on();
                    self.ask_present();
                    self.ask_rights();
                    if self.menu.is_empty() {
                        self.ask_menu();
                    }
                }
            }
            LinkState::Down(reason) => {
                self.away = Some(reason);
                self.stop_waiting_for_rows();
                for window in &mut self.windows {
                    drop_awaited(window);
                }
            }
            LinkState::Closed(refusal) if self.operator.session.is_none() => {
                self.refused(&Answer::Refused(self.in_own_words(refusal)));
            }
            LinkState::Taken | LinkState::Closed(_) => {
                self.keep(true);
                self.effects.push(Effect::Exit);
            }
        }
    }

    /// The worker is there and answers others first: that is told, and waited for as long as the operator wants to.
    fn question_waits(&mut self, req: Req, before: i64) {
        if let Some(waiting) = self.waiting.as_mut().filter(|waiting| waiting.req == req) {
            waiting.before = before;
        }
        if let Some(Purpose::Block { window, block }) = self.requests.get(&req) {
            let (window, block) = (*window, *block);
            if let Some(state) = self.block_mut(window, block).filter(|state| state.current == Some(req)) {
                state.before = before;
            }
        }
    }

    /// «Запрос… 3 с»: after 400 ms, then twice a second.
    pub(crate) fn tell_waiting(&mut self) {
        if self.config.quiet {
            return;
        }
        if let Some(waiting) = &mut self.waiting {
            waiting.told = true;
            self.wake(Timer::Waiting, 500, true);
        }
    }
}

/// Cursors keep their rows after a source was read.
fn settle(window: &mut Window, source: usize) {
    for (index, grid) in window.model.grids.iter().enumerate().filter(|(_, grid)| grid.source == source) {
        if let (Some(state), Some(feed)) = (window.grids.get_mut(index), window.feeds.get(source)) {
            state.settle(grid, &feed.rows, feed.taking == Taking::Compared);
            // Read anew, a sheet shows what is in the books: it may be another's, or undone.
            if feed.taking == Taking::Anew {
                state.forget_written();
            }
        }
    }
}

/// Answers of a lost line will not come: the questions are open again.
fn drop_awaited(window: &mut Window) {
    for feed in &mut window.feeds {
        if feed.current.take().is_some() {
            feed.stales(Stale::Hint);
        }
    }
    for block in &mut window.blocks {
        if block.current.take().is_some() {
            block.asked = false;
        }
    }
    window.embeds.values_mut().for_each(drop_awaited);
}

/// Whether a dialog has its name from the row of a source: without the row there is nothing it could be about.
fn is_named_by(model: &Screen, source: usize) -> bool {
    let is_named =
        |part: &Part| matches!(part, Part::Value(Name::Column { source: named, .. }, _) if *named == source);
    model.dialog && model.title.0.iter().any(is_named)
}
