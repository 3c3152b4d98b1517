//! What each command does. It does the same everywhere; the bar shows whether it does anything now.

use std::collections::BTreeMap;

use super::Desk;
use super::why_not::is_filtered;
use crate::engine::example::Example;
use crate::engine::model::{BlockKind, Explain, Mode, Name, Role, TimeKind};
use crate::engine::overlay::{Overlay, Prompt};
use crate::engine::value::Value;
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::Command;

impl Desk {
    /// Does a command.
    pub(crate) fn perform(&mut self, command: Command) {
        if let Some(why) = self.why_not(command) {
            self.refuse(why, "");
            return;
        }
        match command {
            Command::More => self.second = true,
            Command::Actions => self.open_palette(None),
            Command::Help => self.open_help(),
            Command::Find if self.action_on(command).is_none() => self.open_example(),
            Command::Save
            | Command::New
            | Command::Delete
            | Command::Print
            | Command::Diff
            | Command::Find => {
                self.on_key(command);
            }
            Command::Choose => self.choose(),
            Command::Refresh => self.refresh(),
            Command::Pane => self.next_pane(),
            Command::Back => self.leave(),
            Command::Cancel => self.cancel(),
            Command::Why => self.explain(),
            Command::Undo => self.undo_key(),
            Command::SearchAll => drop(self.open_role(Role::Search, BTreeMap::new())),
            Command::AsOf => self.overlay = Some(Overlay::prompt(Prompt::AsOf, self.words(), "")),
            Command::Journal => self.open_journal(),
            Command::Copy => self.copy(),
            Command::Menu => self.open_menu(),
            Command::Exit => self.ask_exit(),
            Command::Accept => self.accept(),
            Command::Next => self.step_focus(1),
            Command::Previous => self.step_focus(-1),
            Command::ShowWhole => self.show_whole(),
            Command::Mark => self.mark(),
            Command::NextRefused => self.next_refused(),
            Command::DupAbove | Command::NoAccess | Command::AcceptPlus => self.sheet_command(command),
            Command::Today | Command::DayLater | Command::DayEarlier => self.date_command(command),
            Command::Stop => self.say("nothing-to-stop"),
            Command::Left | Command::Right | Command::First | Command::Last => {
                if !self.edit(command) {
                    self.move_by(command);
                }
            }
            Command::EraseBefore | Command::EraseUnder => drop(self.edit(command)),
            Command::Up | Command::Down | Command::PageUp | Command::PageDown => drop(self.move_by(command)),
            Command::MarkAll => self.ask_mark_all(),
            Command::Yes | Command::No | Command::Other => {}
        }
    }

    /// The action a command starts on the screen in front, innermost first: of what is seen, never of a tab behind.
    pub(crate) fn action_on(&self, command: Command) -> Option<(WindowId, usize)> {
        let mut windows = self.windows.last().map(Window::in_sight).unwrap_or_default();
        let focused = self.focused_id();
        windows.sort_by_key(|window| Some(window.id) != focused);
        windows.into_iter().find_map(|window| {
            let at = window.model.actions.iter().position(|action| action.command == Some(command))?;
            Some((window.id, at))
        })
    }

    fn on_key(&mut self, command: Command) {
        if let Some((id, action)) = self.action_on(command) {
            self.start_action(id, action);
        }
    }

    /// Whether anything on the screen answers to the day of the date line.
    pub(super) fn answers_to_time(&self) -> bool {
        let windows = self.windows.last().map(Window::all).unwrap_or_default();
        let explains = |window: &&Window| {
            window.model.blocks.iter().any(|block| matches!(block.kind, BlockKind::Explain { .. }))
        };
        let answers =
            |window: &&Window| window.model.sources.iter().any(|source| source.time != TimeKind::None);
        windows.iter().any(|window| answers(window) || explains(window))
    }

    fn refresh(&mut self) {
        if let Some(front) = self.windows.last_mut() {
            super::windows::stale(front);
            // Who asks to read again looks at what came.
            front.seen = None;
        }
        self.say("refreshed");
    }

    /// Esc: gives up what is being typed, then a filter, then goes one level back.
    fn cancel(&mut self) {
        let present = self.present.clone();
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window_mut(id) else { return };
        match window.focus {
            Focus::Field(field) if window.typed[field].changed => {
                let typed = &mut window.typed[field];
                *typed = crate::engine::window::Typed::default();
                window.fill_defaults(&present);
                self.filter_soon();
            }
            Focus::Middle if super::marks::has(window) => super::marks::unmark(window),
            Focus::Middle if is_filtered(window) => {
                if let Some(source) = window.front_source() {
                    window.feeds[source].filter.clear();
                    window.feeds[source].example = Example::default();
                    self.filter_shortened(id, source);
                }
            }
            _ => self.leave(),
        }
    }

    /// Enter: takes the field; opens the row; explains the amount.
    fn accept(&mut self) {
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window(id) else { return };
        match window.focus {
            Focus::Field(field) => {
                let model = &window.model.fields[field];
                match (&model.entry, &model.open, &model.explain) {
                    (Some(_), _, _) => self.accept_field(field),
                    (None, Some(link), _) => {
                        let link = link.clone();
                        self.follow(id, &link);
                    }
                    (None, None, Some(_)) => self.explain(),
                    _ => self.step_focus(1),
                }
            }
            Focus::Middle => self.accept_row(id),
        }
    }

    fn accept_row(&mut self, id: WindowId) {
        let Some(window) = self.window(id) else { return };
        if let Some(block) = window.front_block() {
            if !self.take_file(id, block) {
                self.accept_branch(id, block);
            }
            return;
        }
        let Some(grid) = window.front_grid() else { return };
        let model = &window.model.grids[grid];
        if model.mode == Mode::Mass {
            self.sheet_command(Command::AcceptPlus);
            return;
        }
        if window.feeds[model.source].rows.is_empty() {
            return;
        }
        if window.picks_for.is_some() {
            self.pick(id, grid);
            return;
        }
        let on_amount = model.columns.get(window.grids[grid].column).is_some_and(|column| column.is_amount);
        if on_amount && model.explain.is_some() {
            self.explain();
        } else if let Some(link) = model.enter.clone() {
            self.follow(id, &link);
        } else if model.explain.is_some() {
            self.explain();
        } else if self.why_not(Command::Save).is_none() {
            // A list that leads nowhere is a list to choose from: Enter does what the screen is for.
            self.on_key(Command::Save);
        }
    }

    /// Enter on a branch opens it; on a leaf of a fact, the operation behind it.
    fn accept_branch(&mut self, id: WindowId, block: usize) {
        let Some(state) = self.block_mut(id, block) else { return };
        let tree = &mut state.tree;
        if tree.open() {
            return;
        }
        let Some(node) = tree.nodes.get(tree.at) else { return };
        let (operation, fact) = (node.operation, node.fact.clone());
        if tree.is_branch(tree.at) {
            tree.close();
        } else if let Some(operation) = operation {
            self.open_role(Role::Operation, [("operation".to_owned(), Value::Id(operation))].into());
        } else if let Some((kind, row)) = fact {
            let keys = [("kind".to_owned(), Value::Text(kind)), ("row".to_owned(), Value::Int(row))];
            self.open_role(Role::Fact, keys.into());
        }
    }

    /// The amount under the cursor, ready to be explained.
    pub(crate) fn explainable(&self) -> Option<(String, chrono::NaiveDate, Value)> {
        let window = self.focused()?;
        let (explain, month): (&Explain, Option<&Name>) = match window.focus {
            Focus::Field(field) => (window.model.fields[field].explain.as_ref()?, None),
            Focus::Middle => {
                let index = window.front_grid()?;
                let grid = window.model.grids.get(index)?;
                let column = grid.columns.get(window.grids.get(index)?.column);
                (grid.explain.as_ref()?, column.and_then(|column| column.month.as_ref()))
            }
        };
        let value = |name: &Name| window.value(name, &self.present);
        // A column that tells of a month of its own is asked about that month.
        match (value(&explain.account), value(month.unwrap_or(&explain.month))) {
            (Value::Text(account), Value::Day(month)) => {
                Some((account, month, explain.service.as_ref().map(value).unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn explain(&mut self) {
        let Some((account, month, service)) = self.explainable() else { return };
        let role = if service.is_empty() { Role::WhyMonth } else { Role::WhyLine };
        let mut keys: BTreeMap<String, Value> =
            [("account".to_owned(), Value::Text(account)), ("month".to_owned(), Value::Day(month))].into();
        if !service.is_empty() {
            keys.insert("service_id".to_owned(), service);
        }
        self.open_role(role, keys);
    }

    fn open_menu(&mut self) {
        let home = self.windows.iter().position(|window| window.model.role == Some(Role::Menu));
        match home {
            Some(home) if home + 1 == self.windows.len() => self.say("already-home"),
            _ => drop(self.open_role(Role::Menu, BTreeMap::new())),
        }
    }

    fn open_journal(&mut self) {
        let Some(window) = self.focused() else { return };
        let windows: Vec<&Window> = self.windows.iter().rev().flat_map(Window::all).collect();
        let known = ["account_id", "house_id", "person_id"];
        let found = std::iter::once(window)
            .chain(windows)
            .find_map(|window| known.iter().find_map(|key| Some((*key, window.keys.get(*key)?.clone()))));
        match found {
            Some((key, id)) => {
                let kind = key.trim_end_matches("_id").to_owned();
                let keys = [("kind".to_owned(), Value::Text(kind)), ("id".to_owned(), id)];
                self.open_role(Role::JournalOf, keys.into());
            }
            None => drop(self.open_role(Role::Journal, BTreeMap::new())),
        }
    }

    fn date_command(&mut self, command: Command) {
        let today = self.present.today;
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window_mut(id) else { return };
        let Focus::Field(field) = window.focus else { return };
        let Some(entry) = &window.model.fields[field].entry else { return };
        let kind = entry.kind.clone();
        let now = crate::engine::typed::value(entry, window.typed[field].line.text(), today);
        let day = match now {
            Ok(Value::Day(day)) => day,
            _ => today,
        };
        let day = match command {
            Command::DayLater => day.succ_opt(),
            Command::DayEarlier => day.pred_opt(),
            _ => Some(today),
        };
        let typed = &mut window.typed[field];
        typed.line = crate::engine::line::Line::fresh(&crate::engine::typed::typed(
            &kind,
            &Value::Day(day.unwrap_or(today)),
        ));
        typed.changed = true;
        typed.wrong = None;
    }
}
