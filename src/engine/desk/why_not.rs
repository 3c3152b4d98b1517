//! Why something cannot be done now: the bar greys it, the key says it, by one answer.

use super::Desk;
use crate::engine::example::Example;
use crate::engine::model::{Act, Shown, Target, Then};
use crate::engine::value::{Show, shown};
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::Command;

impl Desk {
    /// Why a command does nothing now; the bar greys it by the same answer.
    #[must_use]
    pub fn why_not(&self, command: Command) -> Option<String> {
        let words = self.words();
        let no = |key: &str| Some(words.text(key).into_owned());
        let before_login = self.operator.login.is_empty();
        match command {
            Command::Save
            | Command::New
            | Command::Delete
            | Command::Print
            | Command::Diff
            | Command::Find => match self.action_on(command) {
                None if command == Command::Find && self.exemplary().is_some() => None,
                None => self.on_another_tab(command).or_else(|| no("no-action-here")),
                Some((id, action)) => self.why_not_action(id, action),
            },
            Command::Why if self.explainable().is_none() => no("no-amount-here"),
            Command::Undo => match self.action_on(command) {
                Some((id, action)) => self.why_not_action(id, action),
                None if self.is_past() => no("past-read-only"),
                None => self.why_no_undo(),
            },
            Command::AsOf if !self.answers_to_time() => no("no-times-here"),
            Command::SearchAll | Command::Journal | Command::Menu | Command::AsOf if before_login => {
                no("login-first")
            }
            Command::Choose if self.choices().is_none() => no("no-list-here"),
            Command::Choose | Command::Today | Command::DayLater | Command::DayEarlier
                if self.is_field_only_read() =>
            {
                no("past-read-only")
            }
            Command::NextRefused if self.sheet_refused() == 0 && self.left_refused.is_empty() => {
                no("no-refused")
            }
            Command::MarkAll if self.markable().is_none() => no("no-mark-all"),
            Command::Back if self.windows.len() < 2 && !before_login => no("already-home"),
            _ => None,
        }
    }

    fn is_field_only_read(&self) -> bool {
        let Some(window) = self.focused() else { return false };
        matches!(window.focus, Focus::Field(field) if self.is_only_read(window, field))
    }

    /// Where a command does something on the screen in front: the tab behind, and what it does there.
    fn on_another_tab(&self, command: Command) -> Option<String> {
        let front = self.windows.last()?;
        let found = front.model.tabs.iter().find_map(|tab| {
            let Shown::Embed { screen, .. } = &tab.show else { return None };
            let model = self.screen(screen)?;
            let mut actions = model.actions.iter().filter(|action| action.command == Some(command));
            let action = actions.find(|action| self.why_never(action).is_none())?;
            Some((tab.title.clone(), action.title.clone()))
        });
        let (tab, title) = found?;
        Some(self.words().with("action-on-tab", &[("title", title.into()), ("tab", tab.into())]))
    }

    /// Why an action does nothing now.
    pub(crate) fn why_not_action(&self, id: WindowId, action: usize) -> Option<String> {
        let window = self.window(id)?;
        let action = window.model.actions.get(action)?;
        let changes = match &action.act {
            Act::Operation { .. } | Act::Undo(_) | Act::CancelJob(_) => true,
            // Settings are of no day.
            Act::Function { .. } => !action.then.contains(&Then::Adopt),
            _ => false,
        };
        if changes && self.is_past() {
            return Some(self.words().text("past-read-only").into_owned());
        }
        if changes && self.away.is_some() {
            return Some(self.words().text("link-away").into_owned());
        }
        if changes && self.is_unsettled(id) {
            return Some(self.words().text("unsettled-here").into_owned());
        }
        if let Some(tab) = behind(window, &action.act) {
            return Some(self.words().with("row-on-tab", &[("tab", tab.to_owned().into())]));
        }
        if action.act.names_rows() && is_on_gone_row(window) {
            return Some(self.words().text("row-gone").into_owned());
        }
        if changes && action.act.names_rows() && is_on_no_row(window) {
            return Some(self.words().text("row-none").into_owned());
        }
        if let Act::CancelJob(job) = &action.act
            && window.value(job, &self.present).is_empty()
        {
            return Some(self.words().text("nothing-to-stop").into_owned());
        }
        if let Act::Open(link) = &action.act
            && let Target::Screen(screen) = &link.screen
            && self.screen(screen).is_none()
        {
            return Some(self.words().with("no-screen", &[("code", screen.clone().into())]));
        }
        let why = match &action.act {
            Act::Open(link) => self.why_not_follow(window, link),
            _ => self.why_never(action),
        };
        if why.is_some() {
            return why;
        }
        let enabled = action.enabled.as_ref()?;
        if window.value(enabled, &self.present).is_true() {
            return None;
        }
        let told =
            action.refusal.as_ref().map(|name| shown(&window.value(name, &self.present), &Show::Plain));
        let told = told.filter(|text| !text.is_empty()).map(|text| self.sentence_in_own_words(text));
        Some(told.unwrap_or_else(|| self.words().text("not-now").into_owned()))
    }
}

/// Whether the list in front shows a part of its rows.
pub(super) fn is_filtered(window: &Window) -> bool {
    let feed = window.front_source().and_then(|source| window.feeds.get(source));
    feed.is_some_and(|feed| !feed.filter.is_empty() || feed.example != Example::default())
}

/// The tab with the row an action is about, where another one is in front: what is not seen is not acted upon.
fn behind<'w>(window: &'w Window, act: &Act) -> Option<&'w str> {
    let grid = act.grid().filter(|grid| window.is_behind(*grid))?;
    let tab = window.model.tabs.iter().find(|tab| tab.show == Shown::Grid(grid))?;
    Some(&tab.title)
}

/// Whether the list in front has been read and has no row an action could be about.
fn is_on_no_row(window: &Window) -> bool {
    let Some(grid) = window.front_grid() else { return false };
    let feed = window.feeds.get(window.model.grids[grid].source);
    !window.grids[grid].has_marks() && feed.is_some_and(|feed| feed.rows.is_empty() && !feed.is_awaited())
}

/// Whether the row under the cursor of the list in front is no more, and nothing else is marked instead of it.
fn is_on_gone_row(window: &Window) -> bool {
    let Some(grid) = window.front_grid() else { return false };
    let (model, state) = (&window.model.grids[grid], &window.grids[grid]);
    !state.has_marks() && window.feeds.get(model.source).is_some_and(|feed| feed.is_gone(state.row))
}
