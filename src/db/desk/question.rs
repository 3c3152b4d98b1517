//! A reading of a source as data, and the SQL it becomes. The database does not know the engine: the loop around it turns the
//! engine's query into this.

use chrono::NaiveDate;

use super::cell::Cell;
use super::name::{qualified, quoted};
use crate::db::error::DbError;

/// One reading of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    /// `schema.relation`.
    pub relation: String,
    /// Whether it is a function.
    pub is_function: bool,
    /// The columns wanted, in their order.
    pub columns: Vec<String>,
    /// Columns of the view or arguments of the function, and their values.
    pub by: Vec<(String, Cell)>,
    /// What is typed over the rows, and the columns it is compared with: all its words must be in one of them.
    pub filter: Option<(String, Vec<String>)>,
    /// What columns must be: query by example.
    pub example: Vec<(String, Wanted)>,
    /// Order of the rows: a column, and whether the largest comes first. Ends in a unique column where it is paged.
    pub order: Vec<(String, bool)>,
    /// Values of the order's columns in the last row that is known.
    pub after: Option<Vec<Cell>>,
    /// The most rows wanted.
    pub limit: Option<usize>,
    /// A function that counts the rows under the same arguments.
    pub count: Option<String>,
    /// Facts true on this day.
    pub as_of: Option<NaiveDate>,
    /// As known at the end of this day.
    pub known_on: Option<NaiveDate>,
}

/// What the values of a column must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// All words of the text are in it.
    Like(String),
    /// One of these texts.
    OneOf(Vec<String>),
    /// Between these two, both included; [`Cell::Null`] = open.
    Between(Cell, Cell),
}

/// What a function says about itself in the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Names of its arguments.
    pub arguments: Vec<String>,
    /// Whether it returns rows.
    pub is_set: bool,
}

impl Signature {
    /// Whether it pages itself, by `p_after` and `p_limit`.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        self.has("p_after") && self.has("p_limit")
    }

    fn has(&self, name: &str) -> bool {
        self.arguments.iter().any(|one| one == name)
    }
}

/// A statement and its parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// `$1`, `$2`, …
    pub parameters: Vec<Cell>,
}

impl Statement {
    fn parameter(&mut self, value: Cell) -> String {
        self.parameters.push(value);
        format!("${}", self.parameters.len())
    }
}

impl Question {
    /// The statement that reads the rows. One more than the limit is asked for: it tells whether there are more. Columns in
    /// `moments` are moments with a zone: the server turns them into its own local time.
    ///
    /// # Errors
    /// A name that is none.
    pub fn rows(&self, signature: &Signature, moments: &[usize]) -> Result<Statement, DbError> {
        let mut statement = Statement::default();
        let paged = self.is_function && signature.is_paged();
        let mut columns = Vec::new();
        for (place, column) in self.columns.iter().enumerate() {
            let local = if moments.contains(&place) { "::timestamp" } else { "" };
            columns.push(format!("{}{local}", quoted(column)?));
        }
        let mut conditions = Vec::new();
        let from = if self.is_function {
            let mut arguments = self.by.clone();
            if paged {
                arguments.extend(self.page_arguments());
            }
            call(&mut statement, &self.relation, &arguments)?
        } else {
            for (column, value) in &self.by {
                let parameter = statement.parameter(value.clone());
                conditions.push(format!("{} = {parameter}", quoted(column)?));
            }
            qualified(&self.relation)?
        };
        conditions.extend(self.filtered(&mut statement)?);
        conditions.extend(self.exemplified(&mut statement)?);
        if let (Some(after), false) = (&self.after, paged) {
            conditions.push(behind(&mut statement, &self.order, after)?);
        }
        statement.sql = format!("select {} from {from}", columns.join(", "));
        if !conditions.is_empty() {
            statement.sql.push_str(&format!(" where {}", conditions.join(" and ")));
        }
        if !paged {
            statement.sql.push_str(&self.ordered()?);
            if let Some(limit) = self.limit {
                statement.sql.push_str(&format!(" limit {}", limit + 1));
            }
        }
        Ok(statement)
    }

    /// The statement that counts, if a count is wanted.
    ///
    /// # Errors
    /// A name that is none.
    pub fn counted(&self) -> Result<Option<Statement>, DbError> {
        let Some(function) = &self.count else { return Ok(None) };
        let mut statement = Statement::default();
        let call = call(&mut statement, function, &self.by)?;
        statement.sql = format!("select {call}::bigint");
        Ok(Some(statement))
    }

    /// Where the next page begins, and how long it is, for a function that pages itself.
    fn page_arguments(&self) -> Vec<(String, Cell)> {
        let mut arguments = Vec::new();
        if let Some(after) = &self.after {
            let columns = self.order.iter().map(|(column, _)| column.clone());
            let place = columns.zip(after.iter().map(Cell::json)).collect();
            arguments.push(("p_after".to_owned(), Cell::Json(serde_json::Value::Object(place))));
        }
        if let Some(limit) = self.limit.and_then(|limit| i64::try_from(limit + 1).ok()) {
            arguments.push(("p_limit".to_owned(), Cell::Int(limit)));
        }
        arguments
    }

    fn filtered(&self, statement: &mut Statement) -> Result<Vec<String>, DbError> {
        let Some((text, columns)) = &self.filter else { return Ok(Vec::new()) };
        let mut conditions = Vec::new();
        for word in text.split_whitespace() {
            let parameter = statement.parameter(Cell::Text(format!("%{}%", literal(word))));
            let mut alternatives = Vec::new();
            for column in columns {
                alternatives.push(format!("upper({}::text) like upper({parameter}::text)", quoted(column)?));
            }
            conditions.push(format!("({})", alternatives.join(" or ")));
        }
        Ok(conditions)
    }

    fn exemplified(&self, statement: &mut Statement) -> Result<Vec<String>, DbError> {
        let mut conditions = Vec::new();
        for (column, wanted) in &self.example {
            let column = quoted(column)?;
            match wanted {
                Wanted::Like(text) => {
                    for word in text.split_whitespace() {
                        let parameter = statement.parameter(Cell::Text(format!("%{}%", literal(word))));
                        conditions.push(format!("upper({column}::text) like upper({parameter}::text)"));
                    }
                }
                Wanted::OneOf(codes) => {
                    let parameters: Vec<String> = codes
                        .iter()
                        .map(|code| format!("{}::text", statement.parameter(Cell::Text(code.clone()))))
                        .collect();
                    conditions.push(format!("{column}::text in ({})", parameters.join(", ")));
                }
                Wanted::Between(from, to) => {
                    for (sign, bound) in
                        [(">=", from), ("<=", to)].into_iter().filter(|(_, bound)| **bound != Cell::Null)
                    {
                        // A moment is asked for by its day.
                        let day = if matches!(bound, Cell::Day(_)) { "::date" } else { "" };
                        let parameter = statement.parameter(bound.clone());
                        conditions.push(format!("{column}{day} {sign} {parameter}"));
                    }
                }
            }
        }
        Ok(conditions)
    }

    fn ordered(&self) -> Result<String, DbError> {
        let mut parts = Vec::new();
        for (column, down) in &self.order {
            parts.push(format!("{}{}", quoted(column)?, if *down { " desc" } else { "" }));
        }
        Ok(if parts.is_empty() { String::new() } else { format!(" order by {}", parts.join(", ")) })
    }
}

/// `schema.function(argument => $1, …)`.
///
/// # Errors
/// A name that is none.
pub fn call(
    statement: &mut Statement,
    function: &str,
    arguments: &[(String, Cell)],
) -> Result<String, DbError> {
    let mut parts = Vec::new();
    for (name, value) in arguments {
        let parameter = statement.parameter(value.clone());
        // The argument of a screen code has no name: its function takes one.
        parts.push(if name.is_empty() { parameter } else { format!("{} => {parameter}", quoted(name)?) });
    }
    Ok(format!("{}({})", qualified(function)?, parts.join(", ")))
}

/// The rows behind the last known one, by the values of its order: the first column is behind, or equal and the next is behind …
/// Written out, because a comparison of rows knows one direction only, and empty values, which stand last going up and
/// first going down, compare with nothing.
fn behind(statement: &mut Statement, order: &[(String, bool)], after: &[Cell]) -> Result<String, DbError> {
    let mut alternatives = Vec::new();
    let mut equal = String::new();
    for ((column, down), value) in order.iter().zip(after) {
        let column = quoted(column)?;
        if *value == Cell::Null {
            if *down {
                alternatives.push(format!("{equal}{column} is not null"));
            }
            equal.push_str(&format!("{column} is null and "));
            continue;
        }
        let parameter = statement.parameter(value.clone());
        alternatives.push(match down {
            true => format!("{equal}{column} < {parameter}"),
            false => format!("{equal}({column} > {parameter} or {column} is null)"),
        });
        equal.push_str(&format!("{column} = {parameter} and "));
    }
    Ok(if alternatives.is_empty() { "false".to_owned() } else { format!("({})", alternatives.join(" or ")) })
}

/// A typed word as a pattern that means itself.
fn literal(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_view_is_read_by_key_filtered_and_paged() {
        let question = Question {
            relation: "cards.houses".to_owned(),
            columns: names(&["house_id", "number"]),
            by: vec![("street_id".to_owned(), Cell::Int(7))],
            filter: Some(("1_ а".to_owned(), names(&["number"]))),
            order: vec![("number".to_owned(), false), ("house_id".to_owned(), true)],
            after: Some(vec![Cell::Text("12".to_owned()), Cell::Int(3)]),
            limit: Some(20),
            ..Question::default()
        };
        let statement = question.rows(&Signature::default(), &[]).unwrap();
        assert_eq!(
            statement.sql,
            "select \"house_id\", \"number\" from \"cards\".\"houses\" where \"street_id\" = $1 \
             and (upper(\"number\"::text) like upper($2::text)) and (upper(\"number\"::text) like upper($3::text)) \
             and ((\"number\" > $4 or \"number\" is null) or \"number\" = $4 and \"house_id\" < $5) \
             order by \"number\", \"house_id\" desc limit 21"
        );
        assert_eq!(statement.parameters[1], Cell::Text("%1\\_%".to_owned()));
    }

    #[test]
    fn columns_are_asked_by_example() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let question = Question {
            relation: "billing.charge_list".to_owned(),
            columns: names(&["month"]),
            example: vec![
                ("service".to_owned(), Wanted::Like("вода_".to_owned())),
                ("basis".to_owned(), Wanted::OneOf(names(&["norm", "average"]))),
                ("month".to_owned(), Wanted::Between(Cell::Day(day), Cell::Null)),
                ("total".to_owned(), Wanted::Between(Cell::Null, Cell::Int(5))),
            ],
            ..Question::default()
        };
        let statement = question.rows(&Signature::default(), &[]).unwrap();
        assert_eq!(
            statement.sql,
            "select \"month\" from \"billing\".\"charge_list\" where upper(\"service\"::text) like upper($1::text) \
             and \"basis\"::text in ($2::text, $3::text) and \"month\"::date >= $4 and \"total\" <= $5"
        );
        assert_eq!(statement.parameters[0], Cell::Text("%вода\\_%".to_owned()));
    }

    #[test]
    fn a_function_that_pages_itself_is_told_where_to_go_on() {
        let question = Question {
            relation: "admin.journal_list".to_owned(),
            is_function: true,
            columns: names(&["known"]),
            by: vec![("p_kind".to_owned(), Cell::Null)],
            order: vec![("known".to_owned(), true)],
            after: Some(vec![Cell::Int(9)]),
            limit: Some(2),
            count: Some("admin.journal_count".to_owned()),
            ..Question::default()
        };
        let signature = Signature { arguments: names(&["p_kind", "p_after", "p_limit"]), is_set: true };
        let statement = question.rows(&signature, &[]).unwrap();
        assert_eq!(
            statement.sql,
            "select \"known\" from \"admin\".\"journal_list\"(\"p_kind\" => $1, \"p_after\" => $2, \"p_limit\" => $3)"
        );
        let place = serde_json::json!({"known": 9});
        assert_eq!(statement.parameters, [Cell::Null, Cell::Json(place), Cell::Int(3)]);
        let counted = question.counted().unwrap().unwrap();
        assert_eq!(counted.sql, "select \"admin\".\"journal_count\"(\"p_kind\" => $1)::bigint");
    }

    #[test]
    fn names_are_names() {
        let question = Question {
            relation: "cards.houses; drop table x".to_owned(),
            columns: names(&["a"]),
            ..Question::default()
        };
        assert!(question.rows(&Signature::default(), &[]).is_err());
    }
}
