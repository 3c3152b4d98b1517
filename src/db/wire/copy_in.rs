//! Binary `COPY … FROM STDIN`: rows are appended to one buffer that is sent as it fills.

use bytes::{BufMut, BytesMut};
use futures_util::{SinkExt, pin_mut};
use tokio_postgres::Transaction;

use crate::db::error::DbError;

/// What every binary copy begins with: signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The mark behind the last row.
const END: i16 = -1;
/// A buffer is sent when it holds so many bytes.
const FULL: usize = 256 * 1024;

/// A copy of `count` rows of `width` columns.
pub struct CopyIn<'a> {
    /// The statement: `copy … from stdin binary`.
    pub sql: &'a str,
    /// Columns of a row.
    pub width: i16,
    /// Rows.
    pub count: usize,
}

impl CopyIn<'_> {
    /// Sends all rows; `put` appends the cells of a row by its number, each by [`put_cell`].
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn send(
        &self,
        transaction: &Transaction<'_>,
        put: impl Fn(usize, &mut BytesMut),
    ) -> Result<(), DbError> {
        let sink = transaction.copy_in(self.sql).await?;
        pin_mut!(sink);
        let mut buffer = BytesMut::with_capacity(FULL + 4096);
        buffer.put_slice(HEAD);
        for row in 0..self.count {
            buffer.put_i16(self.width);
            put(row, &mut buffer);
            if buffer.len() >= FULL {
                sink.feed(buffer.split().freeze()).await?;
                buffer.reserve(FULL + 4096);
            }
        }
        buffer.put_i16(END);
        sink.send(buffer.freeze()).await?;
        sink.finish().await?;
        Ok(())
    }
}

/// Appends a cell: its length, then what `put` appends.
pub fn put_cell(out: &mut BytesMut, put: impl FnOnce(&mut BytesMut)) {
    let at = out.len();
    out.put_i32(0);
    put(out);
    // A cell of two gigabytes does not come from here.
    let length = (out.len() - at - 4) as i32;
    out[at..at + 4].copy_from_slice(&length.to_be_bytes());
}
