//! Joins the profile to the files: each file plan to the tables it names, each field to its place in a row.

use std::collections::BTreeSet;

use super::super::profile::{FilePlan, Kind, Layout, Problem, Profile, Refusal, Refusals, RowPlan, Value};
use super::super::table::{Form, Table, TableError};
use super::super::{dbf, delimited, encoding};
use super::{Code, SourceFile};
use crate::strict::nearest::hint;

/// A file that was read, with the plan it was read by.
pub(super) struct BoundFile<'p> {
    pub(super) name: Code,
    pub(super) plan: &'p FilePlan,
    pub(super) table: Table,
    pub(super) rows: Vec<BoundRows<'p>>,
}

/// Rows of one kind from a file.
pub(super) struct BoundRows<'p> {
    pub(super) kind: Kind,
    pub(super) fields: Vec<(&'static str, BoundValue<'p>)>,
}

/// A value of a field, with the place and form of its column.
pub(super) struct BoundValue<'p> {
    pub(super) value: &'p Value,
    pub(super) column: usize,
    pub(super) form: Form,
}

pub(super) fn bind<'p>(
    profile: &'p Profile,
    files: &[SourceFile<'_>],
) -> Result<Vec<BoundFile<'p>>, Refusals> {
    let (mut bound, mut refusals) = (Vec::new(), Vec::new());
    for plan in &profile.files {
        let mut fitting = files.iter().filter(|file| plan.fits(file.name)).peekable();
        if fitting.peek().is_none() {
            let hint = hint(&plan.name, files.iter().map(|file| file.name));
            let problem = Problem::FileMissing { name: plan.name.clone(), hint };
            refusals.push(Refusal { line: plan.line, problem });
        }
        for file in fitting {
            match table(plan, file) {
                Ok(table) => bound.push(bind_file(plan, file, table, &mut refusals)),
                Err(error) => {
                    let problem = Problem::File { name: file.name.to_owned(), error };
                    refusals.push(Refusal { line: plan.line, problem });
                }
            }
        }
    }
    refusals.sort_by_key(|refusal| refusal.line);
    if refusals.is_empty() { Ok(bound) } else { Err(Refusals(refusals)) }
}

fn table(plan: &FilePlan, file: &SourceFile<'_>) -> Result<Table, TableError> {
    match plan.layout {
        Layout::Csv { separator, encoding } => {
            delimited::read(&encoding::decode(file.bytes, encoding)?, separator)
        }
        Layout::Dbf { encoding } => dbf::read(file.bytes, encoding),
    }
}

fn bind_file<'p>(
    plan: &'p FilePlan,
    file: &SourceFile<'_>,
    table: Table,
    refusals: &mut Vec<Refusal>,
) -> BoundFile<'p> {
    let rows = plan.rows.iter().map(|rows| bind_rows(rows, file.name, &table, refusals)).collect();
    BoundFile { name: Code::from(file.name), plan, table, rows }
}

fn bind_rows<'p>(plan: &'p RowPlan, file: &str, table: &Table, refusals: &mut Vec<Refusal>) -> BoundRows<'p> {
    let mut bind_value = |value: &'p Value| {
        let Value::Column { line, name, .. } = value else {
            return Some(BoundValue { value, column: 0, form: Form::Text });
        };
        let column = table.columns().iter().position(|column| column.name == *name);
        let form = column.and_then(|column| table.columns().get(column)).map(|column| column.form);
        let problem = match (column, form) {
            (Some(_), Some(Form::Unread(letter))) => {
                Problem::UnreadColumn { file: file.to_owned(), column: name.clone(), letter }
            }
            (Some(column), Some(form)) => return Some(BoundValue { value, column, form }),
            _ => {
                let names = table.columns().iter().map(|column| column.name.as_str());
                Problem::NoColumn { file: file.to_owned(), column: name.clone(), hint: hint(name, names) }
            }
        };
        refusals.push(Refusal { line: *line, problem });
        None
    };
    let fields = plan.values.iter().filter_map(|(field, value)| Some((*field, bind_value(value)?)));
    BoundRows { kind: plan.kind, fields: fields.collect() }
}

impl BoundFile<'_> {
    /// The named columns that no field takes.
    pub(super) fn unused(&self) -> Vec<String> {
        let values = self.rows.iter().flat_map(|rows| &rows.fields).map(|(_, value)| value);
        let used: BTreeSet<usize> = values
            .filter(|bound| matches!(bound.value, Value::Column { .. }))
            .map(|bound| bound.column)
            .collect();
        let columns = self.table.columns().iter().enumerate();
        columns
            .filter(|(place, column)| !used.contains(place) && !column.name.is_empty())
            .map(|(_, column)| column.name.clone())
            .collect()
    }
}
