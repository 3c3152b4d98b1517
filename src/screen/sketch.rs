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

/// What a first file cannot know, said where it is to be written.
const HEAD: &str = "[screen]\n# code = \"цифры\": если экран открывают прямо с клавиатуры\n";

/// Columns of a list on a terminal of 80, its mark and the sign of news left out.
const ROOM: usize = 78;

/// A first file for a view, a row of it: all its columns one below the other, to be drawn better by hand.
#[must_use]
pub fn of_view(view: &str, relation: &Relation) -> String {
    let key = first_of(relation);
    let (longest, mut picture, mut fields) = (30, String::new(), String::new());
    for (name, kind, comment) in relation.columns.iter().skip(1) {
        let title = title(name, comment, longest);
        let width = width(*kind).max(name.chars().count()).min(78 - longest);
        let _ = writeln!(picture, "{title:<longest$} [{name:<width$}]");
        let help = if comment.is_empty() { "…" } else { comment };
        let _ = writeln!(fields, "[field.{name}]\nfrom = \"head.{name}\"\nhelp = {help:?}\n");
    }
    let time = time(relation);
    format!(
        "{HEAD}title = \"{view}\"\nkeys = [\"{key}\"]\nhelp = \"…\"\n\n\
         [source.head]\nview = \"{view}\"\nby = {{ {key} = \"key.{key}\" }}\ntime = \"{time}\"\n\n\
         [picture]\nhead = '''\n{picture}'''\n\n{fields}"
    )
}

/// A first file for a view, a list of its rows: what does not fit into 80 columns is left out where the terminal is narrow.
#[must_use]
pub fn list_of_view(view: &str, relation: &Relation) -> String {
    let key = first_of(relation);
    let (mut columns, mut filter, mut used) = (String::new(), Vec::new(), 0);
    // A number of the base is nobody's to read; a text that tells rows apart is.
    let is_number = usize::from(relation.columns.first().is_none_or(|(_, kind, _)| *kind != Type::Text));
    for (name, kind, comment) in relation.columns.iter().skip(is_number) {
        let title = title(name, comment, 16);
        let width = width(*kind).min(24);
        used += width + 1;
        let mut more = String::new();
        if *kind == Type::Text && filter.len() < 3 {
            filter.push(format!("{name:?}"));
            more.push_str(", grow = 1");
        }
        if name.contains("address") {
            more.push_str(", show = \"ending\"");
        }
        if used > ROOM {
            more.push_str(", drop = 1");
        }
        let _ = writeln!(columns, "  {{ col = \"{name}\", title = {title:?}, w = {width}{more} }},");
    }
    let (time, filter) = (time(relation), filter.join(", "));
    format!(
        "{HEAD}title = \"{view}\"\nhelp = \"…\"\n\n\
         [source.rows]\nview   = \"{view}\"\norder  = [\"{key}\"]\npage   = 100\nfilter = [{filter}]\n\
         time   = \"{time}\"\n\n\
         [grid.rows]\nsource  = \"rows\"\nkey     = [\"{key}\"]\nempty   = \"…\"\ncolumns = [\n{columns}]\n"
    )
}

/// The column that is taken for the key: the first, as views are written.
fn first_of(relation: &Relation) -> &str {
    relation.columns.first().map_or("id", |(name, _, _)| name)
}

fn time(relation: &Relation) -> &str {
    if relation.time.is_empty() { "both" } else { &relation.time }
}

/// What a column is called: the beginning of its comment, else its name.
fn title(name: &str, comment: &str, longest: usize) -> String {
    let title: String =
        comment.split([',', ':', ';']).next().unwrap_or_default().chars().take(longest).collect();
    if title.is_empty() { name.to_owned() } else { title }
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
        // Of the typed line, each word.
        let places = source.filter.iter().map(|column| format!("upper({column}::text) like upper(:word)"));
        let places = places.collect::<Vec<_>>().join(" or ");
        by.extend((!places.is_empty()).then(|| format!("({places})")));
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
        Name::Front(columns) => {
            let source = screen.grids.first().map_or(0, |grid| grid.source);
            format!(":row.{}", columns.first().map(|at| column(source, *at)).unwrap_or_default())
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
