//! Keys typed ahead of the rows they need: they wait for them in the queue, so that where a key goes never depends on how fast an
//! answer was.

use super::{Desk, Input, Purpose};
use crate::engine::model::{Mode, Shown};
use crate::engine::msg::{Req, Timer};
use crate::engine::overlay::{Overlay, Prompt};
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::{Command, Context, Key};

impl Desk {
    /// Runs what was typed, or puts it at the head of the queue when what it needs is still under way.
    pub(crate) fn take(&mut self, input: Input) {
        match self.awaited_by(&input) {
            Some(req) => {
                self.message = super::Message::default();
                self.queue.keys.push_front(input);
                self.wait_for(req);
            }
            None => self.run(input),
        }
    }

    /// The request that what was typed must wait for, if there is one.
    fn awaited_by(&mut self, input: &Input) -> Option<Req> {
        if matches!(self.overlay, Some(Overlay::Palette(_))) && *input == Input::Key(Key::Enter) {
            // What may be opened is what the menu says.
            let menu = self.requests.iter().find(|(_, purpose)| **purpose == Purpose::Menu);
            return menu.map(|(req, _)| *req);
        }
        if let Some(window) = self.ground_is_given(input) {
            // The line may stand over a screen that came back of a record and is being read.
            return self.window(window)?.seen().into_iter().find_map(|window| behind(window, input));
        }
        if self.overlay.is_some() || self.away.is_some() || self.is_key_test() {
            return None;
        }
        let needs_rows = match input {
            Input::Key(key) => self.needs_rows(*key),
            Input::Paste(_) => self.is_in_sheet(),
        };
        if !needs_rows {
            return None;
        }
        if self.is_typing() {
            // What was typed is asked for now instead of a moment after the last letter.
            self.typing_ends();
            self.run_filters();
            self.load_wanted();
        }
        let behind = self.windows.last()?.seen().into_iter().find_map(|window| behind(window, input));
        behind.or_else(|| {
            let window = self.focused()?;
            window.blocks.get(window.front_block()?)?.current
        })
    }

    /// The screen whose action a typed ground is given to.
    fn ground_is_given(&self, input: &Input) -> Option<WindowId> {
        let Some(Overlay::Prompt { prompt: Prompt::Ground(window, ..), .. }) = &self.overlay else {
            return None;
        };
        let Input::Key(key) = input else { return None };
        let command = self.config.keymap.command(Context::Form, false, *key)?;
        matches!(command, Command::Accept | Command::Save).then_some(*window)
    }

    /// Whether what is typed goes into the rows of a sheet.
    fn is_in_sheet(&self) -> bool {
        let in_sheet = |window: &Window| {
            let mode = window.front_grid().map(|grid| window.model.grids[grid].mode);
            window.focus == Focus::Middle && mode == Some(Mode::Mass)
        };
        self.focused().is_some_and(in_sheet)
    }

    /// Whether a key does something else, or something to somebody else, when rows are not here yet.
    fn needs_rows(&self, key: Key) -> bool {
        let Some(window) = self.focused() else { return false };
        let in_middle = window.focus == Focus::Middle;
        let Some(command) = self.config.keymap.command(self.context(), self.second, key) else {
            let Key::Char(letter) = key else { return false };
            // A name in the palette may be that of an action on a row.
            return self.is_in_sheet() || self.second && !letter.is_ascii_digit();
        };
        match command {
            Command::Help
            | Command::More
            | Command::Back
            | Command::Cancel
            | Command::Stop
            | Command::Exit
            | Command::Menu
            | Command::SearchAll
            | Command::AsOf
            | Command::Journal
            | Command::Refresh
            | Command::Pane
            | Command::Undo => false,
            Command::EraseBefore | Command::EraseUnder => {
                matches!(window.focus, Focus::Field(field) if !window.typed[field].changed)
            }
            Command::Up
            | Command::Down
            | Command::PageUp
            | Command::PageDown
            | Command::Left
            | Command::Right
            | Command::First
            | Command::Last
            | Command::Next
            | Command::Previous => in_middle,
            _ => true,
        }
    }
}

impl Window {
    /// The windows of a stack element that can be seen: itself and what is inside its tab.
    pub(crate) fn seen(&self) -> Vec<&Self> {
        let mut seen = vec![self];
        if let (Some(inside), Some(Shown::Embed { .. })) = (self.embeds.get(&self.tab), self.shown()) {
            seen.extend(inside.seen());
        }
        seen
    }
}

/// The request a window waits for before a key means what its author meant: rows of another question than those shown, or the next
/// page when the key goes past the last row.
fn behind(window: &Window, input: &Input) -> Option<Req> {
    let past_the_end = |source: usize| {
        let Some(grid) = window.front_grid().filter(|grid| window.model.grids[*grid].source == source) else {
            return false;
        };
        let rows = window.feeds[source].rows.len();
        let step = match input {
            Input::Key(Key::Down) => 1,
            Input::Key(Key::PgDn | Key::End) => rows,
            _ => 0,
        };
        step > 0 && window.focus == Focus::Middle && window.grids[grid].row + step >= rows
    };
    let waits = |source: &usize| {
        let feed = &window.feeds[*source];
        feed.is_awaited() && (feed.shown != feed.query || past_the_end(*source))
    };
    (0..window.feeds.len()).find(waits).and_then(|source| window.feeds[source].current)
}

impl Desk {
    fn wait_for(&mut self, req: Req) {
        self.waiting =
            Some(super::Waiting { req, since: self.now, can_cancel: true, told: false, before: 0 });
        self.wake(Timer::Waiting, 400, true);
    }

    /// The line broke: rows that were waited for will not come, and what was typed for them is kept, not executed.
    pub(crate) fn stop_waiting_for_rows(&mut self) {
        let Some(waiting) = &self.waiting else { return };
        let for_rows = matches!(
            self.requests.get(&waiting.req),
            Some(Purpose::Rows { .. } | Purpose::Block { .. } | Purpose::Nothing | Purpose::Menu)
        );
        if for_rows {
            self.waiting = None;
            self.hold_queue();
        }
    }

    /// Keys that were not executed are kept and shown, unless a password may be among them.
    pub(crate) fn hold_queue(&mut self) {
        if self.asks_secrets() {
            self.queue.keys.clear();
        } else {
            self.queue.hold();
        }
    }

    /// Whether the screen in front has a field whose text is never shown.
    pub(crate) fn asks_secrets(&self) -> bool {
        let secret = |window: &Window| {
            window.model.fields.iter().any(|field| field.entry.as_ref().is_some_and(|entry| entry.secret))
        };
        self.focused().is_some_and(secret)
    }
}
