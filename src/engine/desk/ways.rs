//! A code typed on a card that can give what its screen is opened with: it opens for the card's subject.

use std::collections::BTreeMap;

use super::Desk;
use crate::engine::model::{Act, Argument, Link, Screen, Target};
use crate::engine::value::Value;
use crate::engine::window::{Window, WindowId};

impl Desk {
    /// Goes the way that the screen in front has to another: an action, which may refuse, or Enter on its row. `false` = none.
    pub(super) fn way_from_here(&mut self, model: &Screen) -> bool {
        if model.keys.is_empty() {
            return false;
        }
        if let Some((id, action)) = self.action_to(model) {
            self.start_action(id, action);
            return true;
        }
        match self.row_to(model) {
            Some((id, link)) => self.follow(id, &link).is_some(),
            None => false,
        }
    }

    fn action_to(&self, model: &Screen) -> Option<(WindowId, usize)> {
        self.nearest_first().into_iter().find_map(|window| {
            let leads = |action: &crate::engine::model::Action| match &action.act {
                Act::Open(link) => self.leads(link, model) && self.has_keys(window, link),
                _ => false,
            };
            Some((window.id, window.model.actions.iter().position(leads)?))
        })
    }

    fn row_to(&self, model: &Screen) -> Option<(WindowId, Link)> {
        self.nearest_first().into_iter().find_map(|window| {
            let link = window.model.grids.get(window.front_grid()?)?.enter.as_ref()?;
            (self.leads(link, model) && self.has_keys(window, link)).then(|| (window.id, link.clone()))
        })
    }

    /// The screen of the menu whose rows lead to another: its code and title.
    pub(super) fn menu_screen_to(&self, model: &Screen) -> Option<String> {
        self.menu.iter().find_map(|item| {
            let list = self.screen(&item.code)?;
            let mut rows = list.grids.iter().filter_map(|grid| grid.enter.as_ref());
            rows.any(|link| self.leads(link, model)).then(|| format!("{} {}", item.code, item.title))
        })
    }

    fn leads(&self, link: &Link, model: &Screen) -> bool {
        let Target::Screen(wanted) = &link.screen else { return false };
        *wanted == model.code || *wanted == model.name
    }

    fn has_keys(&self, window: &Window, link: &Link) -> bool {
        link.with.iter().all(|(_, name)| !window.value(name, &self.present).is_empty())
    }

    /// The keys of a screen, each found by its own name on the screen in front; at least one must tell a thing from all others,
    /// and none may be missing.
    pub(super) fn keys_from_here(&self, model: &Screen) -> Option<BTreeMap<String, Value>> {
        if !model.keys.iter().any(|key| key.ends_with("_id")) {
            return None;
        }
        let session = self.keys_of_session(&model.name);
        let named = |key: &String| self.named_here(key).or_else(|| session.get(key).cloned());
        model.keys.iter().map(|key| Some((key.clone(), named(key)?))).collect()
    }

    /// The keys that the argument of a screen leaves to what the session knows.
    pub(super) fn keys_of_session(&self, screen: &str) -> BTreeMap<String, Value> {
        let argument = self.screen(screen).and_then(|model| self.argument_of(&model));
        let (Some(argument), Some(front)) = (argument, self.windows.last()) else { return BTreeMap::new() };
        argument.with.into_iter().map(|(key, name)| (key, front.value(&name, &self.present))).collect()
    }

    /// How the text behind a code becomes a key: as the screen says, or, where it is opened with nothing but what a card is of, as that
    /// card does: 210, 214 and 330 all take the number of an account.
    pub(super) fn argument_of(&self, model: &Screen) -> Option<Argument> {
        let of_card = || {
            let cards = self.config.screens.values().filter(|card| !card.card_of.is_empty());
            let mut known = cards.filter_map(|card| card.argument.as_ref());
            let is_all = |argument: &&Argument| {
                model.keys.iter().all(|key| *key == argument.key || model.optional.contains(key))
                    && model.keys.contains(&argument.key)
            };
            known.find(is_all).cloned()
        };
        model.argument.clone().or_else(of_card)
    }

    /// The row under the cursor, what the screen was opened with, then what its sources tell.
    fn named_here(&self, key: &str) -> Option<Value> {
        self.nearest_first().into_iter().find_map(|window| {
            let column = |source: usize| {
                window.model.sources.get(source)?.columns.iter().position(|column| column == key)
            };
            let cell = |source: usize, row: usize| window.feeds.get(source)?.cell(row, column(source)?);
            let front = window.front_grid();
            let row = front.and_then(|grid| cell(window.model.grids[grid].source, window.grids[grid].row));
            let is_list = |source: usize| window.model.grids.iter().any(|grid| grid.source == source);
            let told = || {
                (0..window.feeds.len()).filter(|source| !is_list(*source)).find_map(|source| cell(source, 0))
            };
            let found = row.or_else(|| window.keys.get(key)).or_else(told);
            found.filter(|value| !value.is_empty()).cloned()
        })
    }

    /// What is seen of the screen in front, the innermost first.
    fn nearest_first(&self) -> Vec<&Window> {
        let mut seen = self.windows.last().map(Window::in_sight).unwrap_or_default();
        seen.reverse();
        seen
    }
}
