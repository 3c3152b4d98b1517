//! Files that come from outside with rows to be taken into the book: readings of meters, registers of payments. Text with
//! separators; its heading tells which of them it is, whatever the order of the columns (docs/import.md).

mod cells;
mod heading;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::delimited;
use super::encoding::{self, Encoding, EncodingError};
use super::table::{Row, Table, TableError};
use heading::Columns;
pub use heading::Kind;

/// The most rows of one file: they are one operation, previewed and undone as a whole.
pub const MOST: usize = 20_000;

/// A file taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// What it is.
    pub kind: Kind,
    /// The encoding its letters showed.
    pub encoding: Encoding,
    /// Its rows, in the order of the file.
    pub rows: Vec<BroughtRow>,
}

/// One row: what could be read of it, and what could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroughtRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Number of the account.
    pub account: Option<String>,
    /// Number of the meter.
    pub serial: Option<String>,
    /// Register of the meter, where the file tells it.
    pub register: Option<i16>,
    /// The day of the reading, or of the payment.
    pub day: Option<NaiveDate>,
    /// The reading, or the amount.
    pub value: Option<Decimal>,
    /// Why it cannot be taken.
    pub problem: Option<String>,
}

/// Why a file was not taken apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BroughtError {
    /// It is not text.
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    /// It is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The heading is of no known kind.
    #[error("по заголовку «{0}» не узнать, что это за файл")]
    Unknown(String),
    /// The heading is of two kinds.
    #[error("в заголовке «{0}» и показание, и сумма: непонятно, что это за файл")]
    Both(String),
    /// Two columns mean the same.
    #[error("колонки «{0}» и «{1}» значат одно и то же; оставьте одну")]
    Twice(String, String),
    /// Too many rows.
    #[error("в файле строк: {0}, а принимается не больше 20 000")]
    TooLong(usize),
}

/// Takes a file apart.
///
/// # Errors
/// What the file is cannot be told, or it is no text with separators.
pub fn read(bytes: &[u8]) -> Result<Brought, BroughtError> {
    let encoding = encoding::detect(bytes).ok_or(EncodingError::Unknown)?;
    let text = encoding::decode(bytes, Some(encoding))?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let table = delimited::read(&text, separator(first))?;
    let columns = Columns::of(&table, first.trim())?;
    let rows = rows(&table, &columns);
    if rows.len() > MOST {
        return Err(BroughtError::TooLong(rows.len()));
    }
    Ok(Brought { kind: columns.kind, encoding, rows })
}

/// The sign that parts the names of the heading: a tabulation or a semicolon where there is one, else a comma.
fn separator(heading: &str) -> u8 {
    let has = |sign: char| heading.contains(sign);
    if has('\t') {
        b'\t'
    } else if has(';') || !has(',') {
        b';'
    } else {
        b','
    }
}

fn rows(table: &Table, columns: &Columns) -> Vec<BroughtRow> {
    let torn = table.torn().iter().map(|torn| BroughtRow {
        line: torn.line,
        problem: Some(torn.reason.to_string()),
        ..BroughtRow::default()
    });
    let mut rows: Vec<BroughtRow> = table.rows().map(|one| row(one, columns)).chain(torn).collect();
    rows.sort_by_key(|row| row.line);
    rows
}

fn row(row: Row<'_>, columns: &Columns) -> BroughtRow {
    let cell = |column: Option<usize>| column.map(|column| row.cell(column)).filter(|cell| !cell.is_empty());
    let mut read = BroughtRow {
        line: row.line(),
        account: cell(columns.account).map(str::to_owned),
        serial: cell(columns.serial).map(str::to_owned),
        ..BroughtRow::default()
    };
    let day = cells::day(row.cell(columns.day), &columns.day_name);
    let value = cells::number(row.cell(columns.value), &columns.value_name, columns.kind.places());
    let register = cell(columns.register).map(cells::register).transpose();
    let nameless = match columns.kind {
        Kind::Readings => (read.account.is_none() && read.serial.is_none())
            .then(|| "не указаны ни лицевой счёт, ни прибор".to_owned()),
        Kind::Payments => read.account.is_none().then(|| "не указан лицевой счёт".to_owned()),
    };
    let problems = [
        nameless,
        day.as_ref().err().cloned(),
        value.as_ref().err().cloned(),
        register.as_ref().err().cloned(),
    ];
    let problems: Vec<String> = problems.into_iter().flatten().collect();
    read.problem = (!problems.is_empty()).then(|| problems.join("; "));
    read.day = day.ok();
    read.value = value.ok();
    read.register = register.ok().flatten();
    read
}

impl Brought {
    /// The file as the database takes it: what it is called, its digest, its rows.
    #[must_use]
    pub fn told(&self, name: &str, digest: &str) -> Json {
        json!({
            "name": name, "digest": digest, "kind": self.kind.code(), "encoding": self.encoding.to_string(),
            "rows": self.rows.iter().map(BroughtRow::told).collect::<Vec<_>>(),
        })
    }
}

impl BroughtRow {
    /// Numbers travel as text: JSON's readers know no exact ones.
    fn told(&self) -> Json {
        json!({
            "line": self.line, "account": self.account, "serial": self.serial, "register": self.register, "day": self.day,
            "value": self.value.map(|value| value.to_string()), "problem": self.problem,
        })
    }
}

#[cfg(test)]
mod tests;
