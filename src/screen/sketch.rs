//! Texts about screens for whoever writes them: a first file from a view, and what a source asks the database.

use std::fmt::Write;

use super::contract::{Relation, Type};
use crate::engine::model::{Name, Now, Screen, Source};
use crate::engine::value::{Show, shown};

/// Columns of a picture that a value of a type usually takes.
const fn width(kind: Type) -> usize {
    match kind {
        Type::Text => 40,
        Type::Int | Type::Bool => 8,
        Type::Decimal => 12,
        Type::Day => 10,
        Type::Moment => 16,
        Type::Id | Type::Json | Type::Other => 36,
    }
}

/// A first file for a view: all its columns one below the other, to be drawn better by hand.
#[must_use]
pub fn of_view(view: &str, relation: &Relation) -> String {
    let key = relation.columns.first().map_or("id", |(name, _, _)| name);
    let (longest, mut picture, mut fields) = (30, String::new(), String::new());
    for (name, kind, comment) in relation.columns.iter().skip(1) {
        let title: String =
            comment.split([',', ':', ';']).next().unwrap_or_default().chars().take(longest).collect();
        let title = if title.is_empty() { name.clone() } else { title };
        let width = width(*kind).max(name.chars().count()).min(78 - longest);
        let _ = writeln!(picture, "{title:<longest$} [{name:<width$}]");
        let help = if comment.is_empty() { "…" } else { comment };
        let _ = writeln!(fields, "[field.{name}]\nfrom = \"head.{name}\"\nhelp = {help:?}\n");
    }
    let time = if relation.time.is_empty() { "both" } else { &relation.time };
    format!(
        "[screen]\ncode = \"\"\ntitle = \"{view}\"\nkeys = [\"{key}\"]\nhelp = \"…\"\n\n\
         [source.head]\nview = \"{view}\"\nby = {{ {key} = \"key.{key}\" }}\ntime = \"{time}\"\n\n\
         [picture]\nhead = '''\n{picture}'''\n\n{fields}"
    )
}

/// The question a source asks, as SQL with its names in place of values.
#[must_use]
pub fn question(screen: &Screen, source: &Source) -> String {
    let mut text =
        format!("-- {}\nselect {}\nfrom {}", source.name, source.columns.join(", "), source.relation);
    let mut by: Vec<String> = Vec::new();
    for (column, name) in &source.by {
        let sign = if source.is_function { "=>" } else { "=" };
        by.push(format!("{column} {sign} {}", spelt(screen, name)));
    }
    if let Some(line) = &source.line {
        by.push(format!("{line} => :line"));
    }
    if let Some(folded) = &source.folded {
        by.push(format!("{folded} => :line_folded"));
    }
    if source.is_function {
        if source.page.is_some() {
            by.extend(["p_after => :after".to_owned(), "p_limit => :limit".to_owned()]);
        }
        let _ = write!(text, "({})", by.join(", "));
    } else {
        by.extend(source.filter.iter().map(|column| format!("upper({column}::text) like :filter")));
        if !by.is_empty() {
            let _ = write!(text, "\nwhere {}", by.join(" and "));
        }
    }
    if !source.order.is_empty() && !source.is_function {
        let order = source
            .order
            .iter()
            .map(|order| format!("{}{}", order.column, if order.down { " desc" } else { "" }));
        let _ = write!(text, "\norder by {}", order.collect::<Vec<_>>().join(", "));
    }
    if let Some(page) = source.page.filter(|_| !source.is_function) {
        let _ = write!(text, "\nlimit {page}");
    }
    text.push(';');
    text
}

/// A name as the file writes it.
#[must_use]
pub fn spelt(screen: &Screen, name: &Name) -> String {
    let column = |source: usize, column: usize| {
        let source = screen.sources.get(source);
        source.and_then(|source| source.columns.get(column)).cloned().unwrap_or_default()
    };
    match name {
        Name::Key(key) => format!(":key.{key}"),
        Name::Column { source, column: at } => {
            let of = screen.sources.get(*source).map_or("", |source| &source.name);
            format!(":{of}.{}", column(*source, *at))
        }
        Name::Row { grid, column: at } => {
            let (of, source) = screen.grids.get(*grid).map_or(("", 0), |grid| (&grid.name, grid.source));
            format!(":row.{of}.{}", column(source, *at))
        }
        Name::Field(field) => {
            format!(":field.{}", screen.fields.get(*field).map_or("", |field| &field.name))
        }
        Name::Now(Now::Today) => ":now.today".to_owned(),
        Name::Now(Now::Day) => ":now.day".to_owned(),
        Name::Now(Now::Month) => ":now.month".to_owned(),
        Name::Now(Now::Operator) => ":now.operator".to_owned(),
        Name::Marks(grid) => format!(":marks_{}", screen.grids[*grid].name),
        Name::Given(value) => format!("'{}'", shown(value, &Show::Plain)),
    }
}
