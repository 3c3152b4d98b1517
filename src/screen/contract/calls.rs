//! What a screen calls: its functions take what they are given, its operations have these parts, somebody may do them.

use super::check::Check;
use super::{Function, Part, Type};
use crate::engine::model::{Entry, Ground, Name, Source};
use crate::strict::nearest::hint;

impl Check<'_> {
    pub(super) fn callable(&mut self, part: Part, name: &str, roles: &[String]) {
        if roles.is_empty() {
            self.tell(part, format!("{name} никому из операторов не дано"));
        }
    }

    /// Arguments match by name and type; what must be given is given.
    pub(super) fn arguments(
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

    /// What counts everything a filter lets through takes the arguments of the source, the typed line among them.
    pub(super) fn counts_marks(&mut self, part: Part, name: &str, source: usize) {
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

    /// The function exists, the operator may call it, and it takes these arguments.
    pub(super) fn calls(&mut self, part: Part, name: &str, args: &[(String, Name)]) {
        match self.catalogue.functions.get(name) {
            None => self.missing(part, "функции", name, self.catalogue.functions.keys()),
            Some(function) => {
                self.callable(part, name, &function.roles);
                self.arguments(part, name, function, args, &Source::default());
            }
        }
    }

    /// The function takes what was read from a file: one JSON.
    pub(super) fn takes_json(&mut self, name: &str) {
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
    pub(super) fn operation(&mut self, part: Part, kind: &str, fact: &[&str], ground: Option<Ground>) {
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

    /// What a fact must have is asked for by the form: the server would refuse it after everything was filled in.
    pub(super) fn asked_for(&mut self, part: Part, kind: &str, fact: &[(String, Name)]) {
        let Some(operation) = self.catalogue.operations.get(kind) else { return };
        let taken_away = fact.iter().any(|(name, _)| name == "void");
        let needed = operation.keys.iter().chain(operation.required.iter().filter(|_| !taken_away));
        for key in needed {
            let Some((_, Name::Field(field))) = fact.iter().find(|(name, _)| name == key) else { continue };
            let field = &self.screen.fields[*field];
            let may_be_empty = |entry: &Entry| !entry.must && entry.default.is_none();
            if field.entry.as_ref().is_some_and(may_be_empty) {
                self.tell(
                    part,
                    format!(
                        "факту {kind} нужно «{key}», а поле «{}» можно не заполнить; дайте ему must",
                        field.name
                    ),
                );
            }
        }
    }
}
