//! Looks for what a screen wants and the database does not have.

use super::kind::of_name;
use super::{Break, Catalogue, Part, Type};
use crate::engine::model::{Act, BlockKind, Edit, Explain, Kind, Name, RowName, Screen, TimeKind};
use crate::screen::visit;
use crate::strict::nearest::hint;

/// All that is broken, each told once.
#[must_use]
pub fn check(screen: &Screen, catalogue: &Catalogue) -> Vec<Break> {
    let mut check = Check { screen, catalogue, found: Vec::new() };
    for at in 0..screen.sources.len() {
        check.source(at);
    }
    check.frame();
    for at in 0..screen.fields.len() {
        check.field(at);
    }
    for at in 0..screen.grids.len() {
        check.grid(at);
    }
    for at in 0..screen.actions.len() {
        check.action(at);
    }
    check.found.sort();
    check.found.dedup();
    check.found
}

/// A check under way.
pub(super) struct Check<'s> {
    pub(super) screen: &'s Screen,
    pub(super) catalogue: &'s Catalogue,
    found: Vec<Break>,
}

impl Check<'_> {
    pub(super) fn tell(&mut self, part: Part, told: String) {
        self.found.push(Break { part, told });
    }

    fn source(&mut self, at: usize) {
        let source = &self.screen.sources[at];
        let part = Part::Source(at);
        if source.is_function {
            match self.catalogue.functions.get(&source.relation) {
                None => self.missing(part, "функции", &source.relation, self.catalogue.functions.keys()),
                Some(function) => {
                    self.callable(part, &source.relation, &function.roles);
                    self.arguments(part, &source.relation, function, &source.by, source);
                }
            }
            return;
        }
        let Some(relation) = self.catalogue.relations.get(&source.relation) else {
            self.missing(part, "представления", &source.relation, self.catalogue.relations.keys());
            return;
        };
        self.callable(part, &source.relation, &relation.roles);
        let time = match source.time {
            TimeKind::Both => "both",
            TimeKind::Valid => "valid",
            TimeKind::None => "none",
        };
        if !relation.time.is_empty() && relation.time != time {
            self.tell(
                part,
                format!(
                    "{} живёт по времени «{}», а в файле time = \"{time}\"",
                    source.relation, relation.time
                ),
            );
        }
        let columns: Vec<&str> = relation.columns.iter().map(|(name, _, _)| name.as_str()).collect();
        let named = source.by.iter().map(|(column, _)| column);
        let named = named.chain(source.order.iter().map(|order| &order.column)).chain(&source.filter);
        for column in named.filter(|column| !columns.contains(&column.as_str())) {
            self.tell(part, no_column(&source.relation, column, &columns));
        }
        for (column, name) in &source.by {
            let wanted =
                relation.columns.iter().find(|(known, _, _)| known == column).map(|(_, kind, _)| *kind);
            self.fits(part, column, name, wanted);
        }
    }

    pub(super) fn missing<'n>(
        &mut self,
        part: Part,
        what: &str,
        name: &str,
        all: impl Iterator<Item = &'n String>,
    ) {
        let near = hint(
            name,
            all.map(String::as_str).filter(|known| known.split('.').next() == name.split('.').next()),
        );
        self.tell(part, format!("{what} {name} в базе нет; {near}"));
    }

    pub(super) fn fits(&mut self, part: Part, what: &str, name: &Name, wanted: Option<Type>) {
        if let (Some(given), Some(wanted)) = (of_name(name, self.screen, self.catalogue), wanted)
            && !given.fits(wanted)
        {
            self.tell(part, format!("«{what}» берёт {}, а получает {}", wanted.told(), given.told()));
        }
    }

    /// The columns that names speak of are there.
    pub(super) fn names(&mut self, part: Part, names: &[&Name]) {
        for name in names {
            match name {
                Name::Column { source, column } => self.column(part, *source, *column),
                Name::Row { grid, column } => {
                    if let Some(grid) = self.screen.grids.get(*grid) {
                        self.column(part, grid.source, *column);
                    }
                }
                Name::Front(columns) => {
                    let mut kinds = Vec::new();
                    for (grid, column) in self.screen.grids.iter().zip(columns) {
                        self.column(part, grid.source, *column);
                        kinds.extend(of_name(
                            &Name::Column { source: grid.source, column: *column },
                            self.screen,
                            self.catalogue,
                        ));
                    }
                    if kinds.iter().any(|kind| Some(kind) != kinds.first()) {
                        self.tell(part, "в таблицах вкладок это колонки разных типов".to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn column(&mut self, part: Part, source: usize, column: usize) {
        let Some(source) = self.screen.sources.get(source) else { return };
        let Some(wanted) = source.columns.get(column) else { return };
        let Some(columns) = self.catalogue.columns(&source.relation, source.is_function) else {
            self.tell(part, format!("{} в базе нет", source.relation));
            return;
        };
        let known: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        if !known.contains(&wanted.as_str()) {
            self.tell(part, no_column(&source.relation, wanted, &known));
        }
    }

    fn wants(&mut self, part: Part, what: &str, name: Option<&Name>, wanted: Type) {
        if let Some(name) = name {
            self.fits(part, what, name, Some(wanted));
        }
    }

    fn explains(&mut self, part: Part, explain: Option<&Explain>) {
        let Some(explain) = explain else { return };
        self.wants(part, "account", Some(&explain.account), Type::Text);
        self.wants(part, "month", Some(&explain.month), Type::Day);
        self.wants(part, "service", explain.service.as_ref(), Type::Int);
    }

    fn frame(&mut self) {
        let screen = self.screen;
        self.names(Part::Screen, &visit::of_frame(screen));
        if let Some(kind) = &screen.step_to {
            self.operation(Part::Screen, kind, &[], None);
        }
        for tab in &screen.tabs {
            self.wants(Part::Screen, "badge", tab.badge.as_ref(), Type::Int);
        }
        for block in &screen.blocks {
            match &block.kind {
                BlockKind::Text { source, column } => self.column(Part::Screen, *source, *column),
                BlockKind::Explain { account, month, service } => {
                    let explain =
                        Explain { account: account.clone(), month: month.clone(), service: service.clone() };
                    self.explains(Part::Screen, Some(&explain));
                }
                BlockKind::Paper { function, args } => self.calls(Part::Screen, function, args),
                BlockKind::Files { known, take, .. } => {
                    for function in [known, take] {
                        self.takes_json(function);
                    }
                }
                BlockKind::KeyTest => {}
            }
        }
        if let Some(argument) = &screen.argument {
            match self.catalogue.functions.get(&argument.function) {
                None => {
                    self.missing(
                        Part::Screen,
                        "функции",
                        &argument.function,
                        self.catalogue.functions.keys(),
                    );
                }
                Some(function) => {
                    let texts = function.arguments.iter().filter(|argument| argument.must);
                    if texts.map(|argument| argument.kind).collect::<Vec<_>>() != [Type::Text] {
                        self.tell(Part::Screen, format!("{} берёт не один текст", argument.function));
                    }
                }
            }
        }
    }

    fn field(&mut self, at: usize) {
        let field = &self.screen.fields[at];
        let part = Part::Field(at);
        self.names(part, &visit::of_field(field));
        let from = field.from.as_ref().and_then(|name| of_name(name, self.screen, self.catalogue));
        if let (Some(from), Some(entry)) = (from, &field.entry)
            && !from.fits(Type::of_entry(&entry.kind))
        {
            let wanted = Type::of_entry(&entry.kind).told();
            self.tell(part, format!("в поле вводится {wanted}, а из базы приходит {}", from.told()));
        }
        if let Some(from) = from.filter(|from| !from.shows(&field.show)) {
            self.tell(part, format!("{} так не показать (show)", from.told()));
        }
        self.wants(part, "style", field.style.as_ref(), Type::Text);
        self.explains(part, field.explain.as_ref());
        let default = field.entry.as_ref().and_then(|entry| Some((entry.default.as_ref()?, &entry.kind)));
        if let Some((default, kind)) = default.filter(|(_, kind)| !matches!(kind, Kind::Text)) {
            self.fits(part, "default", default, Some(Type::of_entry(kind)));
        }
    }

    fn grid(&mut self, at: usize) {
        let grid = &self.screen.grids[at];
        for (place, column) in grid.columns.iter().enumerate() {
            let part = Part::Column(at, place);
            self.column(part, grid.source, column.column);
            let name = Name::Row { grid: at, column: column.column };
            let kind = of_name(&name, self.screen, self.catalogue);
            if let Some(kind) = kind.filter(|kind| !kind.shows(&column.show)) {
                self.tell(part, format!("{} так не показать (show)", kind.told()));
            }
            if let (Some(kind), Some(edit)) = (kind, &column.edit)
                && !kind.fits(Type::of_entry(&edit.kind))
            {
                let wanted = Type::of_entry(&edit.kind).told();
                self.tell(part, format!("в колонку вводится {wanted}, а из базы приходит {}", kind.told()));
            }
            for named in column.edit.iter().flat_map(Edit::columns) {
                self.column(part, grid.source, named);
            }
        }
        let part = Part::Grid(at);
        for column in grid.key.iter().chain(&grid.style) {
            self.column(part, grid.source, *column);
        }
        self.names(part, &visit::of_grid(grid));
        self.explains(part, grid.explain.as_ref());
        for column in &grid.columns {
            self.wants(part, "month", column.month.as_ref(), Type::Day);
        }
        if let Some(marks) = &grid.marks {
            self.counts_marks(part, marks, grid.source);
        }
        if let Some(commit) = &grid.commit {
            let parts = if commit.is_fact { parts_of(&commit.facts) } else { Vec::new() };
            self.operation(part, &commit.operation, &parts, None);
            if let Some((operation, facts)) = &commit.no_access {
                self.operation(part, operation, &parts_of(facts), None);
            }
            let no_access = commit.no_access.iter().flat_map(|(_, facts)| facts);
            for (_, name) in commit.facts.iter().chain(no_access) {
                if let RowName::Column(column) = name {
                    self.column(part, grid.source, *column);
                }
            }
        }
    }

    fn action(&mut self, at: usize) {
        let action = &self.screen.actions[at];
        let part = Part::Action(at);
        self.names(part, &visit::of_action(action));
        self.wants(part, "enabled", action.enabled.as_ref(), Type::Bool);
        self.wants(part, "refusal", action.refusal.as_ref(), Type::Text);
        match &action.act {
            Act::Operation { kind, fact, ground, args, .. } => {
                let names: Vec<&str> = fact.iter().map(|(name, _)| name.as_str()).collect();
                self.operation(part, kind, &names, Some(*ground));
                self.asked_for(part, kind, fact);
                if !args.is_empty() && !fact.is_empty() {
                    self.tell(part, format!("операции {kind} даны и факт, и аргументы; нужно одно"));
                }
            }
            Act::Undo(name) | Act::CancelJob(name) | Act::Continue(Some(name)) => {
                self.fits(part, &action.name, name, Some(Type::Id));
            }
            Act::Function { name, args } => self.calls(part, name, args),
            _ => {}
        }
    }
}

/// The names of what a row is sent with.
fn parts_of(sent: &[(String, RowName)]) -> Vec<&str> {
    sent.iter().map(|(name, _)| name.as_str()).collect()
}

fn no_column(relation: &str, column: &str, known: &[&str]) -> String {
    format!("в {relation} нет колонки «{column}»; {}", hint(column, known.iter().copied()))
}
