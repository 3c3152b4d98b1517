//! A table of text and numbers on the terminal.

/// Text stands at the left of its column, everything else at the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

/// The gap between two columns.
const GAP: usize = 2;

impl Table {
    pub(super) fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(|&word| word.to_owned()).collect()] }
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The lines, with a rule below the heading and one above the last row, which is the total.
    pub(super) fn lines(&self) -> Vec<String> {
        let widths = self.widths();
        let rule = "─".repeat(widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1));
        let mut lines: Vec<String> = self.rows.iter().map(|row| line(row, &widths)).collect();
        if lines.len() > 2 {
            lines.insert(lines.len() - 1, rule.clone());
        }
        lines.insert(1, rule);
        lines
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        (0..columns).map(width).collect()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (place, (cell, width)) in row.iter().zip(widths).enumerate() {
        if place == 0 {
            text.push_str(&format!("{cell:<width$}"));
        } else {
            text.push_str(&format!("{:GAP$}{cell:>width$}", ""));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_below_each_other() {
        let mut table = Table::new(&["Услуга", "Начислено"]);
        table.row(vec!["Газ".into(), "1,00".into()]);
        table.row(vec!["Итого".into(), "1,00".into()]);
        assert_eq!(
            table.lines(),
            [
                "Услуга  Начислено",
                "─────────────────",
                "Газ          1,00",
                "─────────────────",
                "Итого        1,00",
            ]
        );
    }
}
