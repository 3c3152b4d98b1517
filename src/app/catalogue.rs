//! The database's catalogue as screens are checked against it.

use crate::db::catalogue as rows;
use crate::screen::contract::{Argument, Catalogue, Function, Operation, Relation, Type};

/// Joins the two: `db` and `screen` do not know each other. What was read is used up.
#[must_use]
pub fn joined(rows: rows::Catalogue) -> Catalogue {
    let rows::Catalogue { views, functions, operations } = rows;
    Catalogue {
        relations: views.into_iter().map(joined_view).collect(),
        functions: functions.into_iter().map(joined_function).collect(),
        operations: operations.into_iter().map(joined_operation).collect(),
    }
}

fn joined_view(view: rows::View) -> (String, Relation) {
    let time = time_of(&view.comment).to_owned();
    let columns = view.columns.into_iter().zip(&view.kinds).zip(view.comments);
    let columns = columns.map(|((name, kind), comment)| (name, Type::of(kind), comment)).collect();
    (view.name, Relation { columns, time, roles: view.roles })
}

fn joined_operation(operation: rows::Operation) -> (String, Operation) {
    let rows::Operation { name, title, ground, keys, required, parts, roles } = operation;
    (name, Operation { title, ground, keys, required, parts, roles })
}

/// `time: both. …` → `both`.
fn time_of(comment: &str) -> &str {
    let time = comment.strip_prefix("time: ").and_then(|rest| rest.split_once('.'));
    time.map_or("", |(time, _)| time)
}

fn joined_function(function: rows::Function) -> (String, Function) {
    let taken = function.modes.iter().filter(|mode| *mode == "i").count();
    let optional = usize::try_from(function.defaults).unwrap_or_default();
    let all = function.names.into_iter().zip(&function.kinds).zip(&function.modes);
    let (mut arguments, mut columns) = (Vec::new(), Vec::new());
    for ((name, kind), mode) in all {
        let kind = Type::of(kind);
        if mode == "i" {
            arguments.push(Argument { name, kind, must: arguments.len() + optional < taken });
        } else {
            columns.push((name, kind));
        }
    }
    (function.name, Function { arguments, columns, roles: function.roles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_arguments_may_be_left_out() {
        let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let (_, function) = joined_function(rows::Function {
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
