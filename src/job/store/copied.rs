//! Rows written all at once: each cell goes straight into the bytes of a COPY.

use super::column::Cell;
use super::table::{Sheet, Table};
use crate::db::driver::Transaction;
use crate::db::error::DbError;
use crate::db::wire::copy_in;

/// Rows as a binary COPY sends them.
#[derive(Debug)]
pub struct Copied {
    table: &'static Table,
    width: [u8; 2],
    rows: Vec<u8>,
}

impl Sheet for Copied {
    fn of(table: &'static Table) -> Self {
        // A table has a dozen columns.
        let width = (table.types.len() as i16).to_be_bytes();
        Self { table, width, rows: Vec::new() }
    }

    #[inline]
    fn begin(&mut self) {
        self.rows.extend_from_slice(&self.width);
    }

    #[inline]
    fn cell(&mut self, cell: impl Cell) {
        cell.put(&mut self.rows);
    }
}

impl Copied {
    /// Forgets the rows and keeps their room.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Writes all rows into the detached table of a run.
    pub(super) async fn copy(&self, transaction: &Transaction<'_>, run: i32) -> Result<(), DbError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let Table { name, names, .. } = self.table;
        let sql = format!("copy billing_data.{name}_{run} ({names}) from stdin binary");
        copy_in(transaction, &sql, &self.rows).await
    }
}
