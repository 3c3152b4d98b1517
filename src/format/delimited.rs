//! Text with separators (CSV): a heading with names of columns, cells between separators, quotes around cells that
//! hold a separator, a quote or a line end, and quotes doubled inside them (formats dossier § 9).

use super::encoding::line_ends;
use super::table::{Column, Form, Table, TableError, TornReason, distinct};

/// Reads decoded text. Rows that cannot be taken apart are kept aside in the table, blank lines are left out.
///
/// # Errors
/// When there is no heading, or it names two columns alike.
pub fn read(text: &str, separator: u8) -> Result<Table, TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut lines = Lines::default();
    let mut table: Option<Table> = None;
    // Reading decoded text from memory cannot fail, so an error can only mean the end.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| offset(position.byte()));
        let raw = text.get(start..offset(reader.position().byte())).unwrap_or_default();
        let (line, until) = lines.of(text, start, raw);
        match &mut table {
            None => table = Some(heading(&record)?),
            Some(table) if well_quoted(raw, separator) => table.push(line, record.iter()),
            Some(table) => table.tear(line, TornReason::Quotes { until }),
        }
    }
    table.ok_or(TableError::Empty)
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn heading(record: &csv::StringRecord) -> Result<Table, TableError> {
    let columns: Vec<Column> =
        record.iter().map(|name| Column { name: name.trim().to_owned(), form: Form::Text }).collect();
    distinct(&columns)?;
    Ok(Table::new(columns))
}

/// Counts lines once from the beginning to the end: the reader's own count takes blank lines and CR otherwise.
#[derive(Default)]
struct Lines {
    counted: usize,
    ends: usize,
}

impl Lines {
    /// The first and the last line of the record whose bytes are `raw`, from 1.
    fn of(&mut self, text: &str, start: usize, raw: &str) -> (u64, u64) {
        let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let first = start + blank;
        let body = raw.trim_matches(['\r', '\n']);
        // The sign after counts too: CR before LF is one end, not two.
        self.ends += line_ends(text.as_bytes().get(self.counted..first).unwrap_or_default());
        self.counted = first;
        let inside = line_ends(body.as_bytes());
        (number(1 + self.ends), number(1 + self.ends + inside))
    }
}

fn number(lines: usize) -> u64 {
    u64::try_from(lines).unwrap_or(u64::MAX)
}

/// Whether every quoted cell ends where a cell must. A quote forgotten on one row otherwise swallows the next
/// rows up to the next quote, and the number of cells may even come out right.
fn well_quoted(raw: &str, separator: u8) -> bool {
    let mut rest = raw.trim_matches(['\r', '\n']).as_bytes();
    if !rest.contains(&b'"') {
        return true;
    }
    loop {
        let cell = match rest.strip_prefix(b"\"") {
            None => rest.iter().position(|&byte| byte == separator),
            Some(quoted) => match closing(quoted) {
                Some(close) if close + 1 == quoted.len() => None,
                Some(close) if quoted.get(close + 1) == Some(&separator) => Some(close + 2),
                _ => return false,
            },
        };
        match cell.and_then(|end| rest.get(end + 1..)) {
            Some(next) => rest = next,
            None => return true,
        }
    }
}

/// The place of the quote that ends a quoted cell: the first that is not doubled.
fn closing(quoted: &[u8]) -> Option<usize> {
    let mut place = 0;
    loop {
        place += quoted.get(place..)?.iter().position(|&byte| byte == b'"')?;
        if quoted.get(place + 1) != Some(&b'"') {
            return Some(place);
        }
        place += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let table = read(text, b';').unwrap();
        let cells = |row: super::super::table::Row<'_>| {
            (0..table.columns().len()).map(|column| row.cell(column).to_owned()).collect()
        };
        table.rows().map(|row| (row.line(), cells(row))).collect()
    }

    fn torn(text: &str) -> Vec<(u64, String)> {
        let table = read(text, b';').unwrap();
        table.torn().iter().map(|torn| (torn.line, torn.reason.to_string())).collect()
    }

    #[test]
    fn rows_keep_their_lines_whatever_ends_them() {
        let expected =
            [(2, ["1", "x"].map(String::from).to_vec()), (4, ["2", ""].map(String::from).to_vec())];
        for end in ["\r\n", "\n", "\r"] {
            assert_eq!(rows(&["A;B", " 1 ;x", "", "2;", ";", ""].join(end)), expected);
        }
    }

    #[test]
    fn quotes_may_hold_separators_quotes_and_line_ends() {
        let text = "A;B\r\n\"1;2\";\"КП \"\"Водоканал\"\"\"\r\nКП \"Газ\";\"две\r\nстроки\"\r\n3;4";
        let cells: Vec<(u64, Vec<String>)> = rows(text);
        assert_eq!(cells[0], (2, vec!["1;2".into(), "КП \"Водоканал\"".into()]));
        assert_eq!(cells[1], (3, vec!["КП \"Газ\"".into(), "две\r\nстроки".into()]));
        assert_eq!(cells[2], (5, vec!["3".into(), "4".into()]));
        assert_eq!(torn(text), []);
    }

    #[test]
    fn a_forgotten_quote_is_seen_even_where_the_cells_come_out_right() {
        let text = "A;B;C\n1;\"ООО Ромашка;5\n2;\"Рога\";6\n3;x;7";
        assert_eq!(rows(text).len(), 1);
        let reason = "кавычки не закрыты или закрыты посреди ячейки, прочитано до строки 3";
        assert_eq!(torn(text), [(2, reason.to_owned())]);
    }

    #[test]
    fn a_row_of_another_width_is_torn() {
        let reason = "ячеек в строке 3, а колонок в заголовке 2".to_owned();
        assert_eq!(torn("A;B\n1;2;3\n4;5"), [(2, reason)]);
    }

    #[test]
    fn a_heading_is_needed_and_its_names_differ() {
        assert_eq!(read("", b';').unwrap_err(), TableError::Empty);
        assert_eq!(read("A;B;A\n", b';').unwrap_err(), TableError::SameName("A".to_owned()));
    }
}
