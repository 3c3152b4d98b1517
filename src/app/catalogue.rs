//! The database's catalogue as screens are checked against it.

use crate::db::catalogue as rows;
use crate::screen::contract::{Argument, Catalogue, Function, Operation, Relation, Type};

/// Joins the two: `db` and `screen` do not know each other.
#[must_use]
pub fn joined(rows: &rows::Catalogue) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for column in &rows.columns {
        let relation = catalogue.relations.entry(column.view.clone()).or_insert_with(|| Relation {
            columns: Vec::new(),
            time: time_of(&column.view_comment).to_owned(),
            roles: column.roles.clone(),
        });
        relation.columns.push((column.name.clone(), Type::of(&column.kind), column.comment.clone()));
    }
    for function in &rows.functions {
        catalogue.functions.insert(function.name.clone(), joined_function(function));
    }
    for operation in &rows.operations {
        let rows::Operation { name, title, ground, keys, required, parts, roles } = operation.clone();
        catalogue.operations.insert(name, Operation { title, ground, keys, required, parts, roles });
    }
    catalogue
}

/// `time: both. …` → `both`.
fn time_of(comment: &str) -> &str {
    let time = comment.strip_prefix("time: ").and_then(|rest| rest.split_once('.'));
    time.map_or("", |(time, _)| time)
}

fn joined_function(function: &rows::Function) -> Function {
    let all: Vec<(&String, Type, &str)> = function
        .names
        .iter()
        .zip(&function.kinds)
        .zip(&function.modes)
        .map(|((name, kind), mode)| (name, Type::of(kind), mode.as_str()))
        .collect();
    let taken = all.iter().filter(|(_, _, mode)| *mode == "i").count();
    let optional = usize::try_from(function.defaults).unwrap_or_default();
    let arguments = all.iter().filter(|(_, _, mode)| *mode == "i").enumerate();
    Function {
        arguments: arguments
            .map(|(at, (name, kind, _))| Argument {
                name: (*name).clone(),
                kind: *kind,
                must: at + optional < taken,
            })
            .collect(),
        columns: all
            .iter()
            .filter(|(_, _, mode)| *mode != "i")
            .map(|(name, kind, _)| ((*name).clone(), *kind))
            .collect(),
        roles: function.roles.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_arguments_may_be_left_out() {
        let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let function = joined_function(&rows::Function {
            name: "cards.search".to_owned(),
            names: text(&["p_line", "p_limit", "id"]),
            kinds: text(&["text", "integer", "bigint"]),
            modes: text(&["i", "i", "t"]),
            defaults: 1,
            roles: text(&["kvartal_operator"]),
        });
        let arguments: Vec<_> = function.arguments.iter().map(|a| (a.name.as_str(), a.must)).collect();
        assert_eq!(arguments, [("p_line", true), ("p_limit", false)]);
        assert_eq!(function.columns, [("id".to_owned(), Type::Int)]);
    }

    #[test]
    fn the_time_of_a_view_stands_in_its_comment() {
        assert_eq!(time_of("time: both. Дом"), "both");
        assert_eq!(time_of("Дом"), "");
    }
}
