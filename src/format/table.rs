//! A table as a file gives it: named columns and rows of cells, each row with its place in the file.

use super::encoding::EncodingError;

/// How the file itself types a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text, which the reader interprets: every column of a delimited file.
    Text,
    /// A number with a decimal point.
    Number,
    /// A date `YYYYMMDD`.
    Date,
    /// Something that is not read (a memo, a picture …), by its letter in the file.
    Unread(char),
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// How the file types it.
    pub form: Form,
}

/// All rows of a file. The cells lie in one string: a district's charges are millions of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    cells: String,
    ends: Vec<usize>,
    lines: Vec<u64>,
    torn: Vec<Torn>,
}

/// A row that could not be taken apart into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// Its first line.
    pub line: u64,
    /// Why.
    pub reason: TornReason,
}

/// Why a row could not be taken apart into cells.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TornReason {
    /// More or fewer cells than the heading has names.
    #[error("ячеек в строке {found}, а колонок в заголовке {expected}")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Columns of the heading.
        expected: usize,
    },
    /// Quotes opened and not closed, or closed in the middle of a cell.
    #[error("кавычки не закрыты или закрыты посреди ячейки, прочитано до строки {until}")]
    Quotes {
        /// The last line swallowed.
        until: u64,
    },
    /// A byte that is not text; the line it names is that of the row.
    #[error("байт 0x{byte:02X} не бывает в тексте этой кодировки")]
    Byte {
        /// The byte.
        byte: u8,
    },
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    place: usize,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, cells: String::new(), ends: Vec::new(), lines: Vec::new(), torn: Vec::new() }
    }

    /// The columns in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.lines.len()).map(|place| Row { table: self, place })
    }

    /// The rows that could not be taken apart.
    #[must_use]
    pub fn torn(&self) -> &[Torn] {
        &self.torn
    }

    /// Adds a row; one with a wrong number of cells is kept as torn, one without any text is not kept.
    pub(super) fn push<'c>(&mut self, line: u64, cells: impl Iterator<Item = &'c str>) {
        let (text, ends) = (self.cells.len(), self.ends.len());
        for cell in cells {
            self.cells.push_str(cell.trim());
            self.ends.push(self.cells.len());
        }
        let (found, expected) = (self.ends.len() - ends, self.columns.len());
        let blank = self.cells.len() == text;
        if found == expected && !blank {
            return self.lines.push(line);
        }
        self.cells.truncate(text);
        self.ends.truncate(ends);
        if !blank {
            self.tear(line, TornReason::Cells { found, expected });
        }
    }

    pub(super) fn tear(&mut self, line: u64, reason: TornReason) {
        self.torn.push(Torn { line, reason });
    }
}

impl<'a> Row<'a> {
    /// The line of the file the row begins in, from 1; in a DBF the number of the record.
    #[must_use]
    pub fn line(self) -> u64 {
        self.table.lines.get(self.place).copied().unwrap_or_default()
    }

    /// The text of the cell in a column, without blanks around it; empty outside the table.
    #[must_use]
    pub fn cell(self, column: usize) -> &'a str {
        let place = self.place * self.table.columns.len() + column;
        let end = |place: usize| self.table.ends.get(place).copied();
        let start = place.checked_sub(1).and_then(end).unwrap_or_default();
        end(place).and_then(|end| self.table.cells.get(start..end)).unwrap_or_default()
    }
}

/// The file is not a table at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Not text of the encoding.
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    /// No heading.
    #[error("файл пуст: нет даже заголовка с именами колонок")]
    Empty,
    /// One name for two columns.
    #[error("две колонки называются «{0}», и которая из них нужна, не узнать")]
    SameName(String),
    /// The bytes do not begin as a DBF does.
    #[error("это не файл DBF: у него другое начало")]
    NotDbf,
    /// The heading of a DBF contradicts itself.
    #[error("описание полей DBF испорчено: длина записи {record}, а поля занимают {fields}")]
    Fields {
        /// Length of a record by the heading.
        record: usize,
        /// The mark of deletion and the fields together.
        fields: usize,
    },
    /// The file was cut off, or the heading of a DBF not brought up to date.
    #[error("в заголовке DBF записей {stated}, а в файле их {found}; выгрузите файл заново")]
    Records {
        /// Records by the heading.
        stated: usize,
        /// Whole records there are.
        found: usize,
    },
}

/// Refuses two columns of one name.
pub(super) fn distinct(columns: &[Column]) -> Result<(), TableError> {
    let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| !pair[0].is_empty() && pair[0] == pair[1]) {
        Some(pair) => Err(TableError::SameName(pair[0].to_owned())),
        None => Ok(()),
    }
}
