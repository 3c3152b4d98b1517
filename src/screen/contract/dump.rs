//! The written-down contract as a catalogue, for tools that have no database at hand.

use super::{Catalogue, Function, Relation, Type};

impl Catalogue {
    /// Reads a dump: views with their columns, functions with the columns they return. Grants, arguments and operations stay out:
    /// whoever needs them asks a database.
    #[must_use]
    pub fn of_dump(dump: &str) -> Self {
        let mut catalogue = Self::default();
        let (mut view, mut function) = (String::new(), String::new());
        for line in dump.lines() {
            if let Some(rest) = line.strip_prefix("view ") {
                view = rest.split(' ').next().unwrap_or_default().to_owned();
                catalogue.relations.insert(view.clone(), Relation::default());
            } else if let Some(rest) = line.strip_prefix("function ") {
                view.clear();
                function = rest.split('(').next().unwrap_or_default().to_owned();
            } else if let Some(rest) = line.trim_start().strip_prefix("returns ") {
                let returned = Function { columns: columns(rest), ..Function::default() };
                catalogue.functions.insert(std::mem::take(&mut function), returned);
            } else if let Some(relation) = catalogue.relations.get_mut(&view)
                && let Some((name, kind)) = line.trim().split_once(' ').filter(|(name, _)| *name != "--")
            {
                relation.columns.push((name.to_owned(), Type::of(kind), String::new()));
            }
        }
        catalogue
    }
}

/// `TABLE(id uuid, at timestamp with time zone) [roles]` → its columns; a function of one value has none.
fn columns(returns: &str) -> Vec<(String, Type)> {
    let Some(inside) = returns.strip_prefix("TABLE(").and_then(|rest| rest.split(") [").next()) else {
        return Vec::new();
    };
    let column = |text: &str| {
        let (name, kind) = text.trim().split_once(' ')?;
        Some((name.to_owned(), Type::of(kind)))
    };
    inside.split(", ").filter_map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "# The contract\n\nview admin.jobs [x select]\n    -- time: none. Jobs\n    id uuid\n    created_at timestamp with time zone\n\nfunction admin.menu(p_x text)\n    returns TABLE(code text, sort smallint) [kvartal_operator]\n\nfunction admin.as_of()\n    returns date [kvartal_operator]\n";

    #[test]
    fn views_and_rows_of_functions_are_read() {
        let catalogue = Catalogue::of_dump(DUMP);
        assert_eq!(
            catalogue.columns("admin.jobs", false),
            Some(vec![("id", Type::Id), ("created_at", Type::Moment)])
        );
        assert_eq!(
            catalogue.columns("admin.menu", true),
            Some(vec![("code", Type::Text), ("sort", Type::Int)])
        );
        assert_eq!(catalogue.columns("admin.as_of", true), Some(Vec::new()));
    }
}
