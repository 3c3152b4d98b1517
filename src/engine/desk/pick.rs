//! F4: the list of a field: a closed set, or a screen whose picked row fills it. And what help says of a place.

use super::Desk;
use crate::engine::line::Line;
use crate::engine::model::{Act, Action, Kind, Mode, Name};
use crate::engine::overlay::choice::Target;
use crate::engine::overlay::{Choice, Overlay};
use crate::engine::typed;
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Focus, Window, WindowId};

/// What F4 offers for a field.
pub(crate) enum Choices {
    /// A closed set.
    Set(Choice),
    /// Rows of another screen.
    Screen(WindowId, usize),
}

impl Desk {
    /// The list of the field under the cursor, if it has one.
    pub(crate) fn choices(&self) -> Option<Choices> {
        let window = self.focused()?;
        let Focus::Field(field) = window.focus else { return None };
        let model = &window.model.fields[field];
        if model.lookup.is_some() {
            return Some(Choices::Screen(window.id, field));
        }
        let entry = model.entry.as_ref()?;
        let Kind::Choice { set, codes } = &entry.kind else {
            return self.meant_name(window, field, entry).map(Choices::Set);
        };
        let word = |code: &String| self.words().text(&format!("choice-{set}-{code}")).into_owned();
        let items: Vec<(String, String)> = codes.iter().map(|code| (code.clone(), word(code))).collect();
        let typed = window.typed[field].line.text();
        let at = items.iter().position(|(code, _)| code == typed).unwrap_or_default();
        Some(Choices::Set(Choice {
            title: model.label.clone(),
            items,
            at,
            sought: String::new(),
            target: Target::Field(window.id, field),
        }))
    }

    /// F4.
    pub(crate) fn choose(&mut self) {
        match self.choices() {
            Some(Choices::Set(choice)) => self.overlay = Some(Overlay::Choice(choice)),
            Some(Choices::Screen(id, field)) => self.open_lookup(id, field),
            None => {}
        }
    }

    fn open_lookup(&mut self, id: WindowId, field: usize) {
        let Some(window) = self.window(id) else { return };
        let Some(lookup) = window.model.fields[field].lookup.clone() else { return };
        let keys =
            lookup.with.iter().map(|(key, name)| (key.clone(), window.value(name, &self.present))).collect();
        let Some(opened) = self.open_named(&lookup.screen, keys) else { return };
        if let Some(window) = self.window_mut(opened) {
            window.picks_for = Some((id, field));
        }
    }

    /// Enter on a row of a list that picks: the row fills the field and what belongs to it.
    pub(crate) fn pick(&mut self, from: WindowId, grid: usize) {
        let Some(list) = self.window(from) else { return };
        let Some((id, field)) = list.picks_for else { return };
        let source = list.model.grids[grid].source;
        let row = list.grids[grid].row;
        let cell = |column: &String| {
            let at = list.model.sources[source].columns.iter().position(|one| one == column)?;
            list.feeds[source].cell(row, at).cloned()
        };
        let Some(window) = self.window(id) else { return };
        let Some(lookup) = &window.model.fields[field].lookup else { return };
        let filled: Vec<(usize, Value)> =
            lookup.fills.iter().filter_map(|(field, column)| Some((*field, cell(column)?))).collect();
        self.leave_now();
        let Some(window) = self.window_mut(id) else { return };
        let of_the_row: Vec<usize> = filled.iter().map(|(field, _)| *field).collect();
        for (field, value) in filled {
            let kind =
                window.model.fields[field].entry.as_ref().map(|entry| entry.kind.clone()).unwrap_or_default();
            if let Some(typed) = window.typed.get_mut(field) {
                typed.line = Line::fresh(&typed::typed(&kind, &value));
                typed.changed = true;
                typed.wrong = None;
            }
        }
        self.accept_field(field);
        // What the row filled is not stepped through.
        for _ in &of_the_row {
            match self.window(id).map(|window| window.focus) {
                Some(Focus::Field(next)) if next != field && of_the_row.contains(&next) => {
                    self.accept_field(next);
                }
                _ => return,
            }
        }
    }

    pub(crate) fn accept_choice(&mut self) {
        let Some(Overlay::Choice(choice)) = self.overlay.take() else { return };
        let Some((code, _)) = choice.items.get(choice.at) else { return };
        let (id, field) = match choice.target {
            Target::Field(id, field) => (id, field),
            Target::Row { window, grid, key } => {
                let code = code.clone();
                self.below_means(window, grid, key, &code);
                return;
            }
        };
        if let Some(window) = self.window_mut(id)
            && let Some(typed) = window.typed.get_mut(field)
        {
            typed.line = Line::fresh(code);
            typed.changed = true;
            typed.wrong = None;
        }
        self.accept_field(field);
    }

    /// Title, text and origin of what the cursor stands on.
    pub(crate) fn help_of_place(&self, window: &Window) -> Option<(String, String, String)> {
        let words = self.words();
        match window.focus {
            Focus::Field(field) => {
                let model = &window.model.fields[field];
                let mut text = model.help.clone();
                if let Some(entry) = &model.entry {
                    let kind = words.text(kind_word(&entry.kind));
                    text = format!("{text}\n\n{kind}");
                }
                let typed = shown(&window.field_value(field, &self.present), &Show::Plain);
                let from = match &model.from {
                    Some(Name::Column { source, column }) => of_source(window, *source, *column),
                    _ => String::new(),
                };
                let origin = format!(
                    "{}.{}\n{}\n{from}{}{typed}",
                    window.model.name,
                    model.name,
                    model.origin,
                    operations(window, field)
                );
                Some((model.label.clone(), text, origin))
            }
            Focus::Middle => {
                let grid = window.front_grid()?;
                let model = &window.model.grids[grid];
                let source = &window.model.sources[model.source];
                let feed = &window.feeds[model.source];
                let column = model.columns.get(window.grids[grid].column)?;
                let name = source.columns.get(column.column).cloned().unwrap_or_default();
                let value = feed.cell(window.grids[grid].row, column.column);
                let text = value.map(|value| self.in_words(value, &column.show)).unwrap_or_default();
                let mode = words.text(if model.mode == Mode::Mass { "help-sheet" } else { "help-list" });
                let origin = format!(
                    "{}.{}\n{name} : {}\n{}{}",
                    window.model.name,
                    model.name,
                    column.kind,
                    of_source(window, model.source, column.column),
                    model.commit.as_ref().map(|commit| commit.operation.as_str()).unwrap_or_default()
                );
                let text = if text.is_empty() { mode.into_owned() } else { format!("{text}\n\n{mode}") };
                Some((column.title.clone(), text, origin))
            }
        }
    }
}

/// `head = cards.account_head.address, 12 ms, 1`: where a value was read, how long it took, how many rows came.
fn of_source(window: &Window, source: usize, column: usize) -> String {
    let (model, feed) = (&window.model.sources[source], &window.feeds[source]);
    let column = model.columns.get(column).map(String::as_str).unwrap_or_default();
    format!("{} = {}.{column}, {} ms, {}\n", model.name, model.relation, feed.millis, feed.rows.len())
}

/// The kinds of operation what is typed here is sent with, a line each.
fn operations(window: &Window, field: usize) -> String {
    let of_field = |action: &&Action| match &action.act {
        Act::Operation { args, fact, .. } => {
            args.iter().chain(fact).any(|(_, name)| *name == Name::Field(field))
        }
        _ => false,
    };
    let name = |action: &Action| match &action.act {
        Act::Operation { kind, .. } => format!("{kind}\n"),
        _ => String::new(),
    };
    window.model.actions.iter().filter(of_field).map(name).collect()
}

fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "kind-text",
        Kind::Int => "kind-int",
        Kind::Decimal(_) => "kind-decimal",
        Kind::Money => "kind-money",
        Kind::Day => "kind-day",
        Kind::Month => "kind-month",
        Kind::Time => "kind-time",
        Kind::Bool => "kind-bool",
        Kind::Choice { .. } => "kind-choice",
    }
}
