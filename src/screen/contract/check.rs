//! Looks for what a screen wants and the database does not have.

use super::kind::of_name;
use super::{Break, Catalogue, Function, Part, Type};
use crate::engine::model::{Act, BlockKind, Explain, Ground, Kind, Name, RowName, Screen, Source, TimeKind};
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

struct Check<'s> {
    screen: &'s Screen,
    catalogue: &'s Catalogue,
    found: Vec<Break>,
}

impl Check<'_> {
    fn tell(&mut self, part: Part, told: String) {
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

    fn missing<'n>(&mut self, part: Part, what: &str, name: &str, all: impl Iterator<Item = &'n String>) {
        let near = hint(
            name,
            all.map(String::as_str).filter(|known| known.split('.').next() == name.split('.').next()),
        );
        self.tell(part, format!("{what} {name} в базе нет; {near}"));
    }

    fn callable(&mut self, part: Part, name: &str, roles: &[String]) {
        if roles.is_empty() {
            self.tell(part, format!("{name} никому из операторов не дано"));
        }
    }

    /// Arguments match by name and type; what must be given is given.
    fn arguments(
        &mut self,
        part: Part,
        name: &str,
        function: &Function,
        given: &[(String, Name)],
        source: &Source,
    ) {
        let known: Vec<&str> = function.arguments.iter().map(|argument| argument.name.as_str()).collect();
        let paged: &[&str] = if source.page.is_some() { &["p_after", "p_limit"] } else { &[] };
        let line = source.line.iter().chain(&source.folded).map(String::as_str).chain(paged.iter().copied());
        for wanted in given.iter().map(|(key, _)| key.as_str()).chain(line).filter(|key| !known.contains(key))
        {
            self.tell(
                part,
                format!("у {name} нет аргумента «{wanted}»; {}", hint(wanted, known.iter().copied())),
            );
        }
        for argument in &function.arguments {
            match given.iter().find(|(key, _)| *key == argument.name) {
                Some((key, value)) => self.fits(part, key, value, Some(argument.kind)),
                None if argument.must && source.line.as_ref() != Some(&argument.name) => {
                    self.tell(part, format!("{name} не получает аргумент «{}»", argument.name));
                }
                None => {}
            }
        }
        if let Some(count) = &source.count {
            match self.catalogue.functions.get(count) {
                None => self.missing(part, "функции", count, self.catalogue.functions.keys()),
                Some(counter) => {
                    for (key, _) in
                        given.iter().filter(|(key, _)| !counter.arguments.iter().any(|a| a.name == *key))
                    {
                        self.tell(part, format!("{count} считает без аргумента «{key}»"));
                    }
                }
            }
        }
    }

    fn fits(&mut self, part: Part, what: &str, name: &Name, wanted: Option<Type>) {
        if let (Some(given), Some(wanted)) = (of_name(name, self.screen, self.catalogue), wanted)
            && !given.fits(wanted)
        {
            self.tell(part, format!("«{what}» берёт {}, а получает {}", wanted.told(), given.told()));
        }
    }

    /// The columns that names speak of are there.
    fn names(&mut self, part: Part, names: &[&Name]) {
        for name in names {
            match name {
                Name::Column { source, column } => self.column(part, *source, *column),
                Name::Row { grid, column } => {
                    if let Some(grid) = self.screen.grids.get(*grid) {
                        self.column(part, grid.source, *column);
                    }
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, part: Part, source: usize, column: usize) {
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
            let bounds = column.edit.as_ref().and_then(|edit| edit.plausible);
            for bound in bounds.into_iter().flat_map(|(low, high)| [low, high]) {
                self.column(part, grid.source, bound);
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
            let no_access = commit.no_access.iter().map(|(operation, facts)| (operation, facts));
            for (operation, facts) in std::iter::once((&commit.operation, &commit.facts)).chain(no_access) {
                let names: Vec<&str> = facts.iter().map(|(name, _)| name.as_str()).collect();
                self.operation(part, operation, &names, None);
                for (_, name) in facts {
                    if let RowName::Column(column) = name {
                        self.column(part, grid.source, *column);
                    }
                }
            }
        }
    }

    /// What counts everything a filter lets through takes the arguments of the source, the typed line among them.
    fn counts_marks(&mut self, part: Part, name: &str, source: usize) {
        let Some(source) = self.screen.sources.get(source) else { return };
        let Some(function) = self.catalogue.functions.get(name) else {
            self.missing(part, "функции", name, self.catalogue.functions.keys());
            return;
        };
        self.callable(part, name, &function.roles);
        let given = source.by.iter().map(|(argument, _)| argument).chain(&source.line).chain(&source.folded);
        for argument in
            given.filter(|argument| !function.arguments.iter().any(|known| known.name == **argument))
        {
            self.tell(part, format!("{name} считает отмеченное без аргумента «{argument}»"));
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

    /// The function exists, the operator may call it, and it takes these arguments.
    fn calls(&mut self, part: Part, name: &str, args: &[(String, Name)]) {
        match self.catalogue.functions.get(name) {
            None => self.missing(part, "функции", name, self.catalogue.functions.keys()),
            Some(function) => {
                self.callable(part, name, &function.roles);
                self.arguments(part, name, function, args, &Source::default());
            }
        }
    }

    /// The function takes what was read from a file: one JSON.
    fn takes_json(&mut self, name: &str) {
        let Some(function) = self.catalogue.functions.get(name) else {
            self.missing(Part::Screen, "функции", name, self.catalogue.functions.keys());
            return;
        };
        self.callable(Part::Screen, name, &function.roles);
        if function.arguments.iter().map(|argument| argument.kind).collect::<Vec<_>>() != [Type::Json] {
            self.tell(Part::Screen, format!("{name} берёт не один jsonb"));
        }
    }

    /// The operation exists, its fact has these parts, the ground is asked for as the registry says.
    fn operation(&mut self, part: Part, kind: &str, fact: &[&str], ground: Option<Ground>) {
        let Some(operation) = self.catalogue.operations.get(kind) else {
            self.missing(part, "операции", kind, self.catalogue.operations.keys());
            return;
        };
        self.callable(part, kind, &operation.roles);
        let wanted = match operation.ground.as_str() {
            "must" => Ground::Must,
            "may" => Ground::May,
            _ => Ground::None,
        };
        if ground.is_some_and(|ground| ground != wanted) {
            self.tell(
                part,
                format!("операция {kind} берёт основание так: ground = \"{}\"", operation.ground),
            );
        }
        if fact.is_empty() {
            return;
        }
        if operation.keys.is_empty() {
            self.tell(part, format!("операция {kind} не берёт фактов; дайте ей args"));
            return;
        }
        let all = operation.keys.iter().chain(&operation.required).chain(&operation.parts);
        let known: Vec<&str> = all.map(String::as_str).collect();
        for name in fact.iter().filter(|name| !known.contains(name)) {
            self.tell(
                part,
                format!("в факте {kind} нет части «{name}»; {}", hint(name, known.iter().copied())),
            );
        }
        let taken_away = fact.contains(&"void");
        let needed = operation.keys.iter().chain(operation.required.iter().filter(|_| !taken_away));
        for key in needed.map(String::as_str).filter(|key| !fact.contains(key)) {
            self.tell(part, format!("факту {kind} не дано «{key}»"));
        }
    }
}

fn no_column(relation: &str, column: &str, known: &[&str]) -> String {
    format!("в {relation} нет колонки «{column}»; {}", hint(column, known.iter().copied()))
}
