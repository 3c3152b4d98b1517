//! Moving the cursor: between fields, over rows and branches, through tabs.

use super::Desk;
use crate::engine::grid::visible;
use crate::engine::model::Shown;
use crate::engine::window::{Focus, Window};
use crate::keymap::Command;

impl Desk {
    /// Moves; `false` = nothing to move over.
    pub(crate) fn move_by(&mut self, command: Command) -> bool {
        let page = isize::try_from(self.page_height()).unwrap_or(10);
        let by = match command {
            Command::Up => -1,
            Command::Down => 1,
            Command::PageUp => -page,
            Command::PageDown => page,
            _ => 0,
        };
        let room = self.windows.last().map_or(0, |front| usize::from(self.frame(front).width));
        let Some(id) = self.focused_id() else { return false };
        let Some(window) = self.window_mut(id) else { return false };
        if window.focus != Focus::Middle {
            match command {
                Command::Up => self.step_focus(-1),
                Command::Down => self.step_focus(1),
                Command::PageUp => return self.turn(-1),
                Command::PageDown => return self.turn(1),
                _ => return false,
            }
            return true;
        }
        if let Some(block) = window.front_block() {
            move_tree(window, block, command, by);
            return true;
        }
        let Some(grid) = window.front_grid() else { return self.leave_middle(command) };
        let rows = window.feeds[window.model.grids[grid].source].rows.len();
        let columns = visible(&window.model.grids[grid], room);
        let state = &mut window.grids[grid];
        match command {
            Command::Up if state.row == 0 => return self.leave_middle(command),
            Command::First | Command::Last | Command::Left | Command::Right => {
                state.column = beside(&columns, state.column, command);
            }
            _ => {
                let row = state.row.saturating_add_signed(by);
                state.go(row, rows);
            }
        }
        true
    }

    /// Turns to the next or the previous sheet and goes to its first field; `false` = there is none.
    fn turn(&mut self, by: isize) -> bool {
        let Some(window) = self.focused() else { return false };
        let pages = window.model.pages.len();
        let page = window.page.saturating_add_signed(by).min(pages.saturating_sub(1));
        let on_page =
            |stop: &Focus| matches!(stop, Focus::Field(field) if window.page_of(*field) == Some(page));
        let (id, stop) = (window.id, window.stops().into_iter().find(on_page));
        match stop {
            Some(stop) if page != window.page => self.set_focus(id, stop),
            _ => return false,
        }
        true
    }

    /// Arrow up on the first row goes to the fields above.
    fn leave_middle(&mut self, command: Command) -> bool {
        match command {
            Command::Up => self.step_focus(-1),
            Command::Down => self.step_focus(1),
            _ => return false,
        }
        true
    }

    /// Goes to the next or the previous stop; from inside a tab to the outer screen when its own stops end.
    pub(crate) fn step_focus(&mut self, by: isize) {
        let Some(front) = self.windows.last() else { return };
        let mut chain = vec![front.id];
        let mut window = front;
        while let (Focus::Middle, Some(inside)) = (window.focus, window.embeds.get(&window.tab)) {
            chain.push(inside.id);
            window = inside;
        }
        // From the innermost outwards: the first with a stop in that direction takes the cursor.
        for id in chain.into_iter().rev() {
            let Some(window) = self.window_mut(id) else { continue };
            let stops = window.stops();
            let here = stops.iter().position(|stop| *stop == window.focus);
            let there = here.map_or(0, |here| here.saturating_add_signed(by));
            if here != Some(there)
                && let Some(stop) = stops.get(there)
            {
                let stop = *stop;
                self.set_focus(id, stop);
                return;
            }
        }
        // Past the end: round to the first stop of the outer screen.
        let Some(front) = self.windows.last() else { return };
        let (id, stops) = (front.id, front.stops());
        let stop = if by > 0 { stops.first() } else { stops.last() };
        if let Some(stop) = stop.copied() {
            self.set_focus(id, stop);
        }
    }

    /// Puts the cursor into a stop.
    pub(crate) fn set_focus(&mut self, id: u32, stop: Focus) {
        self.look_back(id, stop);
        let Some(window) = self.window_mut(id) else { return };
        window.focus = stop;
        if let Focus::Field(field) = stop {
            window.page = window.page_of(field).unwrap_or(window.page);
        }
        if let Focus::Field(field) = stop
            && let Some(typed) = window.typed.get_mut(field)
        {
            typed.line.enter();
        }
        if stop == Focus::Middle
            && let Some(inside) = window.embeds.get_mut(&window.tab)
            && !inside.stops().contains(&inside.focus)
        {
            inside.focus = Focus::Middle;
        }
    }

    /// The next tab of the innermost screen that has several; of a screen without tabs, the next part.
    pub(crate) fn next_pane(&mut self) {
        let Some(front) = self.windows.last() else { return };
        let mut with_tabs = (front.model.tabs.len() > 1).then_some(front.id);
        let mut window = front;
        while let Some(inside) = window.embeds.get(&window.tab) {
            if inside.model.tabs.len() > 1 && window.focus == Focus::Middle {
                with_tabs = Some(inside.id);
            }
            window = inside;
        }
        match with_tabs.and_then(|id| self.window_mut(id)) {
            Some(window) => {
                window.tab = (window.tab + 1) % window.model.tabs.len();
                window.focus = Focus::Middle;
                if matches!(window.shown(), Some(Shown::Grid(_) | Shown::Block(_) | Shown::Embed { .. })) {
                    self.second = false;
                }
            }
            None => self.next_part(),
        }
    }

    /// From the fields of a screen to its list, from the list to the fields: nobody walks through every field to get there.
    fn next_part(&mut self) {
        let Some(window) = self.focused() else { return };
        let (id, stops) = (window.id, window.stops());
        match window.focus {
            Focus::Field(_) if stops.contains(&Focus::Middle) => self.set_focus(id, Focus::Middle),
            _ => self.step_focus(1),
        }
    }

    /// Checks a field on leaving it and goes on; a wrong one keeps the cursor and says why.
    pub(crate) fn accept_field(&mut self, field: usize) {
        let Some(id) = self.focused_id() else { return };
        if !self.check_field(id, field) {
            return;
        }
        let Some(window) = self.window(id) else { return };
        let stops = window.stops();
        let is_last_entry = stops
            .iter()
            .skip_while(|stop| **stop != Focus::Field(field))
            .skip(1)
            .all(|stop| !matches!(stop, Focus::Field(next) if window.model.fields[*next].is_entry()));
        if is_last_entry && self.accept_last(id) {
            return;
        }
        self.step_focus(1);
    }

    /// Enter on the last field of a question asks it, and the cursor goes to the answer.
    fn accept_last(&mut self, id: u32) -> bool {
        let Some(window) = self.window(id) else { return false };
        let is_login = window
            .model
            .actions
            .iter()
            .position(|action| matches!(action.act, crate::engine::model::Act::Login { .. }));
        if let Some(action) = is_login {
            self.start_action(id, action);
            return true;
        }
        false
    }
}

/// The shown column a key goes to.
fn beside(columns: &[usize], here: usize, command: Command) -> usize {
    let found = match command {
        Command::First => columns.first(),
        Command::Last => columns.last(),
        Command::Left => columns.iter().rev().find(|column| **column < here).or(columns.first()),
        _ => columns.iter().find(|column| **column > here).or(columns.last()),
    };
    found.copied().unwrap_or(here)
}

fn move_tree(window: &mut Window, block: usize, command: Command, by: isize) {
    let tree = &mut window.blocks[block].tree;
    match command {
        Command::Right => {
            if !tree.open() {
                tree.step(1);
            }
        }
        Command::Left => tree.close(),
        Command::First => tree.at = 0,
        Command::Last => tree.step(isize::MAX),
        _ => tree.step(by),
    }
}
