//! Asking for rows: everything a visible part needs and whose question is known is asked for; a question that changed is asked
//! anew, and only the last number counts.

use super::{Desk, Purpose, Waiting};
use crate::engine::blocks::BlockState;
use crate::engine::effect::{Call, Effect, Inbox, Query, Times};
use crate::engine::feed::{Stale, Taking};
use crate::engine::model::{BlockKind, Load, Name, Screen};
use crate::engine::msg::{Req, Timer};
use crate::engine::value::Value;
use crate::engine::window::{Present, Window, WindowId};

/// What a block waits for.
enum Wanted {
    Call(Call),
    Fetch(Inbox),
}

impl Desk {
    /// Sends a call; `blocks` = the next key must not run ahead of its answer.
    pub(crate) fn call(&mut self, purpose: Purpose, call: Call, blocks: bool) -> Req {
        let can_cancel =
            !matches!(purpose, Purpose::Commit { .. } | Purpose::Settle { .. } | Purpose::Password { .. });
        let follows_the_record = matches!(call, Call::Commit(_) | Call::Sheet(_) | Call::Forget(_));
        let req = self.number(purpose);
        if follows_the_record {
            // The record names a change before it is sent: whoever goes on asks what became of it instead of making it again.
            self.keep(true);
        }
        self.effects.push(Effect::Call { req, call });
        if blocks {
            self.wait_for_answer(req, can_cancel);
        }
        req
    }

    /// The next key does not run ahead of this answer.
    pub(crate) fn wait_for_answer(&mut self, req: Req, can_cancel: bool) {
        self.waiting = Some(Waiting { req, since: self.now, can_cancel, told: false, before: 0 });
        self.wake(Timer::Waiting, 400, true);
    }

    /// Asks for everything that is wanted and not asked for yet.
    pub(crate) fn load_wanted(&mut self) {
        if self.away.is_some() || self.operator.login.is_empty() {
            return;
        }
        self.open_embeds();
        self.forget_wrong_questions();
        // An answer may complete the question of another source; each round asks what became askable.
        for (window, source, query) in self.wanted() {
            self.ask_rows(window, source, query, false);
        }
        for (window, block, wanted) in self.wanted_blocks() {
            let purpose = Purpose::Block { window, block };
            let req = match wanted {
                Wanted::Call(call) => self.call(purpose, call, false),
                Wanted::Fetch(what) => self.fetch(purpose, what),
            };
            if let Some(state) = self.block_mut(window, block) {
                state.current = Some(req);
                state.asked = true;
            }
        }
    }

    /// A list whose question is no longer one shows nothing: what stood there answered another.
    fn forget_wrong_questions(&mut self) {
        if self.is_typing() {
            return;
        }
        let front = self.windows.last().map(Window::in_sight).unwrap_or_default();
        let wrong: Vec<(WindowId, usize)> = front
            .into_iter()
            .flat_map(|window| (0..window.feeds.len()).map(move |source| (window, source)))
            .filter(|(window, source)| window.feeds[*source].query.is_some())
            .filter(|(window, source)| window.wrong_question(*source, &self.present).is_some())
            .map(|(window, source)| (window.id, source))
            .collect();
        for (window, source) in wrong {
            let Some(feed) = self.window_mut(window).and_then(|window| window.feeds.get_mut(source)) else {
                continue;
            };
            let awaited = feed.current;
            let filter = std::mem::take(&mut feed.filter);
            feed.unask();
            feed.filter = filter;
            if let Some(req) = awaited {
                self.requests.insert(req, Purpose::Nothing);
                self.effects.push(Effect::Cancel { req });
            }
        }
    }

    fn wanted(&self) -> Vec<(WindowId, usize, Query)> {
        // What is covered whole is read when it is seen again, and then anew: a list kept still behind another screen would come
        // back with its new rows above its first line.
        let covering = self.windows.iter().rposition(|window| !window.model.dialog).unwrap_or(0);
        let shown = self.windows.iter().skip(covering).rev().flat_map(Window::in_sight);
        let mut wanted = Vec::new();
        for window in shown {
            for source in (0..window.model.sources.len()).filter(|source| window.wants(*source)) {
                let feed = &window.feeds[source];
                let Some(query) = question(window, source, &self.present, self.times) else { continue };
                // Somebody is typing: the question is asked a moment after the last letter.
                if self.is_typing() && feed.query.as_ref() != Some(&query) && window.model.asks_fields(source)
                {
                    continue;
                }
                if feed.stale != Stale::No && !feed.is_awaited() || feed.query.as_ref() != Some(&query) {
                    wanted.push((window.id, source, query));
                }
            }
        }
        wanted
    }

    pub(crate) fn ask_rows(&mut self, window: WindowId, source: usize, query: Query, append: bool) {
        let req = self.number(Purpose::Rows { window, source });
        let Some(feed) = self.window_mut(window).and_then(|window| window.feeds.get_mut(source)) else {
            return;
        };
        let sent = if append { query.clone() } else { feed.again(&query) };
        let before = feed.current.replace(req);
        feed.asked = true;
        let by = query.by.clone();
        feed.taking = match (append, feed.stale) {
            (true, _) => Taking::Behind,
            (false, Stale::Hint) if feed.shown.as_ref() == Some(&query) => Taking::Compared,
            _ => Taking::Anew,
        };
        if !append {
            feed.stale = Stale::No;
            feed.query = Some(query);
        }
        self.effects.push(Effect::Load { req, query: sent });
        self.wake(Timer::Waiting, 400, false);
        if !append {
            self.forget_other_marks(window, source, &by);
        }
        if let Some(before) = before {
            self.requests.insert(before, Purpose::Nothing);
            self.effects.push(Effect::Cancel { req: before });
        }
    }

    /// Asks for the page behind the last row, if there is one.
    pub(crate) fn ask_next_page(&mut self, window: WindowId, source: usize) {
        let Some(found) = self.window(window) else { return };
        let feed = &found.feeds[source];
        let model = &found.model.sources[source];
        if !feed.more || feed.is_awaited() {
            return;
        }
        let (Some(query), Some(last)) = (feed.query.clone(), feed.rows.last()) else { return };
        let place = |column: &String| model.columns.iter().position(|one| one == column);
        let after: Option<Vec<Value>> = model
            .order
            .iter()
            .map(|order| place(&order.column).and_then(|at| last.get(at)).cloned())
            .collect();
        self.ask_rows(window, source, Query { after, count: None, ..query }, true);
    }

    /// Blocks in sight that wait for an answer nobody asked for yet.
    fn wanted_blocks(&self) -> Vec<(WindowId, usize, Wanted)> {
        let mut wanted = Vec::new();
        for window in self.windows.last().into_iter().flat_map(Window::in_sight) {
            let blocks = window.model.blocks.iter().enumerate();
            for (index, block) in blocks.filter(|(index, _)| !window.blocks[*index].asked) {
                wanted.extend(self.wanted_by(window, &block.kind).map(|wanted| (window.id, index, wanted)));
            }
        }
        wanted
    }

    fn wanted_by(&self, window: &Window, kind: &BlockKind) -> Option<Wanted> {
        let value = |name| window.value(name, &self.present);
        match kind {
            BlockKind::Explain { account, month, .. } => match (value(account), value(month)) {
                (Value::Text(account), Value::Day(month)) => {
                    let (known_on, lang) = (self.times.known_on, self.lang);
                    Some(Wanted::Call(Call::Explain { account, month, known_on, lang }))
                }
                _ => None,
            },
            BlockKind::Paper { function, args } => Some(Wanted::Call(Call::Paper {
                function: function.clone(),
                args: args.iter().map(|(argument, name)| (argument.clone(), value(name))).collect(),
                columns: self.size.0,
                times: self.times,
            })),
            BlockKind::Files { known, .. } => Some(Wanted::Fetch(Inbox::Folder { known: known.clone() })),
            BlockKind::Text { .. } | BlockKind::KeyTest => None,
        }
    }

    pub(crate) fn block_mut(&mut self, window: WindowId, block: usize) -> Option<&mut BlockState> {
        self.window_mut(window)?.blocks.get_mut(block)
    }

    /// Sources that wait for a typed line are asked with what is typed now.
    pub(crate) fn run_filters(&mut self) {
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window_mut(id) else { return };
        // A line that was erased meanwhile is no question.
        let has_line = |source: &usize| {
            window.model.sources[*source].line.is_none() || !window.feeds[*source].filter.trim().is_empty()
        };
        let asked: Vec<usize> = (0..window.feeds.len())
            .filter(|source| window.model.sources[*source].load == Load::Ask)
            .filter(has_line)
            .collect();
        for source in asked {
            window.feeds[source].asked = true;
        }
    }

    pub(crate) fn is_typing(&self) -> bool {
        self.is_set(Timer::Filter)
    }

    /// What was typed is asked for without waiting for the timer.
    pub(crate) fn typing_ends(&mut self) {
        self.timers.insert(Timer::Filter, false);
    }

    /// What was typed since changes a question: it is asked a moment after the last letter.
    pub(crate) fn filter_soon(&mut self) {
        self.wake(Timer::Filter, 200, true);
    }
}

/// The question of a source, if all it depends on is known.
pub(super) fn question(window: &Window, source: usize, present: &Present, times: Times) -> Option<Query> {
    let model: &Screen = &window.model;
    let source_model = &model.sources[source];
    let feed = &window.feeds[source];
    if window.wrong_question(source, present).is_some() {
        return None;
    }
    let mut by = Vec::new();
    for (column, name) in &source_model.by {
        let value = window.value(name, present);
        // A field may be empty; what the screen was opened with, or another source gives, must be known first.
        let may_be_empty = matches!(name, Name::Field(_) | Name::Given(_) | Name::Now(_));
        if value.is_empty() && !may_be_empty {
            return None;
        }
        by.push((column.clone(), value));
    }
    let mut filter = None;
    let line = feed.filter.trim();
    if !line.is_empty() {
        match &source_model.line {
            Some(argument) => {
                by.push((argument.clone(), Value::Text(line.to_owned())));
                by.extend(source_model.folded.iter().map(|other| (other.clone(), folded(line))));
            }
            None => filter = Some((line.to_owned(), source_model.filter.clone())),
        }
    }
    Some(Query {
        relation: source_model.relation.clone(),
        is_function: source_model.is_function,
        columns: source_model.columns.clone(),
        by,
        filter,
        example: feed.example.conditions.clone(),
        order: source_model.order.clone(),
        after: None,
        limit: source_model.page,
        // What counts knows nothing of an example: a number it gives would be another list's.
        count: source_model.count.clone().filter(|_| feed.example.conditions.is_empty()),
        times,
    })
}

/// What the same keys write in the other layout.
fn folded(line: &str) -> Value {
    let russian = crate::keymap::fold_to_ru(line);
    Value::Text(if russian == line { crate::keymap::fold_to_latin(line) } else { russian })
}
