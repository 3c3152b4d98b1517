//! Types of the database as far as screens care.

use super::Catalogue;
use crate::engine::model::{Column, Kind, Name, Now, Screen};
use crate::engine::value::{Show, Value};

/// A type of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Texts, names and codes.
    Text,
    /// Whole numbers.
    Int,
    /// Exact decimals.
    Decimal,
    /// Days.
    Day,
    /// Moments.
    Moment,
    /// Yes or no.
    Bool,
    /// Ids made by clients.
    Id,
    /// JSON.
    Json,
    /// Anything else: shown as text, no argument of ours.
    Other,
}

impl Type {
    /// The type by the name the server gives it.
    #[must_use]
    pub fn of(server: &str) -> Self {
        match server.split('(').next().unwrap_or_default().trim() {
            "text" | "name" | "character varying" | "character" => Self::Text,
            "bigint" | "integer" | "smallint" => Self::Int,
            "numeric" => Self::Decimal,
            "date" => Self::Day,
            "timestamp with time zone" | "timestamp without time zone" => Self::Moment,
            "timestamp" if server.contains("zone") => Self::Moment,
            "boolean" => Self::Bool,
            "uuid" => Self::Id,
            "json" | "jsonb" => Self::Json,
            _ => Self::Other,
        }
    }

    /// What it is called in refusals.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::Text => Column::TEXT,
            Self::Int => "целое число",
            Self::Decimal => "число",
            Self::Day => "день",
            Self::Moment => "время",
            Self::Bool => "да или нет",
            Self::Id => "номер операции",
            Self::Json => "JSON",
            Self::Other => "другой тип",
        }
    }

    /// Whether a value of this type may be given where another is wanted.
    #[must_use]
    pub fn fits(self, wanted: Self) -> bool {
        self == wanted || (self == Self::Int && wanted == Self::Decimal)
    }

    /// The type of what is typed.
    #[must_use]
    pub const fn of_entry(kind: &Kind) -> Self {
        match kind {
            Kind::Text | Kind::Time | Kind::Choice { .. } => Self::Text,
            Kind::Int => Self::Int,
            Kind::Decimal(_) | Kind::Money => Self::Decimal,
            Kind::Day | Kind::Month => Self::Day,
            Kind::Bool => Self::Bool,
        }
    }

    /// Whether values of this type can be shown so.
    #[must_use]
    pub fn shows(self, show: &Show) -> bool {
        match show {
            Show::Plain => true,
            Show::Money => matches!(self, Self::Decimal | Self::Int),
            Show::Month => self == Self::Day,
            Show::Choice(_) => matches!(self, Self::Text | Self::Int | Self::Bool),
            Show::Trimmed | Show::Price => self == Self::Decimal,
            Show::Grouped | Show::Scaled => matches!(self, Self::Decimal | Self::Int),
            Show::Ending | Show::Said => self == Self::Text,
        }
    }
}

/// The type of a name, where it can be known.
#[must_use]
pub fn of_name(name: &Name, screen: &Screen, catalogue: &Catalogue) -> Option<Type> {
    let of_column = |source: usize, column: usize| {
        let source = screen.sources.get(source)?;
        let wanted = source.columns.get(column)?;
        let columns = catalogue.columns(&source.relation, source.is_function)?;
        columns.into_iter().find(|(name, _)| name == wanted).map(|(_, kind)| kind)
    };
    match name {
        Name::Key(_) => None,
        Name::Column { source, column } => of_column(*source, *column),
        Name::Row { grid, column } => of_column(screen.grids.get(*grid)?.source, *column),
        // One column by one name, wherever it is read from: the lint sees that it is of one type.
        Name::Front(columns) => of_column(screen.grids.first()?.source, *columns.first()?),
        Name::Field(field) => {
            let field = screen.fields.get(*field)?;
            match (&field.entry, &field.from) {
                (Some(entry), _) => Some(Type::of_entry(&entry.kind)),
                (None, Some(from)) => of_name(from, screen, catalogue),
                (None, None) => None,
            }
        }
        Name::Marks(_) => Some(Type::Json),
        Name::Now(Now::Today | Now::Day | Now::Month) => Some(Type::Day),
        Name::Now(Now::Operator) => Some(Type::Text),
        Name::Given(value) => match value {
            Value::Text(_) => Some(Type::Text),
            Value::Int(_) => Some(Type::Int),
            Value::Bool(_) => Some(Type::Bool),
            Value::Dec(_) => Some(Type::Decimal),
            Value::Day(_) => Some(Type::Day),
            Value::Moment(_) => Some(Type::Moment),
            Value::Id(_) => Some(Type::Id),
            Value::Null | Value::Json(_) => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_names_are_known() {
        for (name, kind) in [
            ("numeric(14,2)", Type::Decimal),
            ("timestamp with time zone", Type::Moment),
            ("timestamp(3) with time zone", Type::Moment),
            ("name", Type::Text),
            ("smallint", Type::Int),
            ("text[]", Type::Other),
        ] {
            assert_eq!(Type::of(name), kind, "{name}");
        }
    }
}
