//! Screens change while they are open: another language after the login, what the database lacks marked, a file saved anew.

use std::sync::Arc;

use super::Desk;
use crate::engine::model::{Screen, Screens};
use crate::engine::window::{Present, Window};

impl Desk {
    /// Takes other screens; those that are open keep what is typed where it still has a place.
    pub(crate) fn take_screens(&mut self, screens: Screens) {
        for window in &mut self.windows {
            renew(window, &screens, &self.present);
        }
        self.config.screens = screens;
    }

    /// The same of some of them.
    pub(crate) fn take_some_screens(&mut self, screens: &Screens) {
        for window in &mut self.windows {
            renew(window, screens, &self.present);
        }
        let some = screens.iter().map(|(name, screen)| (name.clone(), Arc::clone(screen)));
        Arc::make_mut(&mut self.config.screens).extend(some);
    }
}

fn renew(window: &mut Window, screens: &Screens, present: &Present) {
    let model = screens.get(&window.model.name).filter(|model| **model != window.model);
    if let Some(model) = model.map(Arc::clone) {
        if fits(&window.model, &model) {
            if window.model.tabs != model.tabs {
                window.embeds.clear();
            }
            window.model = model;
        } else {
            let fresh = Window::open(window.id, model, window.keys.clone(), present);
            let picks_for = window.picks_for;
            *window = Window { picks_for, remembered: window.remembered, ..fresh };
        }
        for (state, grid) in window.grids.iter_mut().zip(&window.model.grids) {
            state.column = state.column.min(grid.columns.len().saturating_sub(1));
        }
    }
    window.embeds.values_mut().for_each(|inside| renew(inside, screens, present));
}

/// Whether everything has the place it had: words and marks may differ.
fn fits(old: &Screen, new: &Screen) -> bool {
    let names = |screen: &Screen| {
        let fields = screen.fields.iter().map(|field| (&field.name, field.is_entry()));
        let places = screen.pictures.iter().flat_map(|picture| &picture.slots).map(|slot| slot.field);
        (
            fields.map(|(name, entry)| (name.clone(), entry)).collect::<Vec<_>>(),
            screen.sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>(),
            screen.grids.iter().map(|grid| (grid.name.clone(), grid.mode, typed(grid))).collect::<Vec<_>>(),
            places.collect::<Vec<_>>(),
        )
    };
    names(old) == names(new) && old.blocks.len() == new.blocks.len() && old.tabs.len() == new.tabs.len()
}

/// Where what is typed into a sheet stands.
fn typed(grid: &crate::engine::model::Grid) -> Vec<bool> {
    let typed = grid.columns.iter().map(|column| column.edit.is_some());
    if grid.typed_column().is_some() { typed.collect() } else { Vec::new() }
}
