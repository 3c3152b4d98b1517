//! Binary `COPY … FROM STDIN`: rows are appended to one buffer that is sent as it fills.

use bytes::Bytes;
use futures_util::{SinkExt, pin_mut};
use tokio_postgres::Transaction;

use crate::db::error::DbError;

/// What every binary copy begins with: signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The mark behind the last row.
const END: i16 = -1;
/// A buffer is sent when it holds so many bytes. Larger ones are given back to the system by the allocator and asked for anew.
const FULL: usize = 64 * 1024;
/// Room for that and the row that goes over it.
const ROOM: usize = FULL + 4_096;

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
    /// Sends all rows; `put` appends the cells of a row by its number, each by [`put_cell`], [`put_fixed`] or as bytes of a known length.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn send(
        &self,
        transaction: &Transaction<'_>,
        put: impl Fn(usize, &mut Vec<u8>),
    ) -> Result<(), DbError> {
        let sink = transaction.copy_in(self.sql).await?;
        pin_mut!(sink);
        let mut buffer = Vec::with_capacity(ROOM);
        buffer.extend_from_slice(HEAD);
        for row in 0..self.count {
            buffer.extend_from_slice(&self.width.to_be_bytes());
            put(row, &mut buffer);
            if buffer.len() >= FULL {
                let full = std::mem::replace(&mut buffer, Vec::with_capacity(ROOM));
                sink.feed(Bytes::from(full)).await?;
            }
        }
        buffer.extend_from_slice(&END.to_be_bytes());
        sink.send(Bytes::from(buffer)).await?;
        sink.finish().await?;
        Ok(())
    }
}

/// Appends a cell whose length the compiler knows: some instructions rather than a call, fifteen million times a city's month.
#[inline]
pub fn put_fixed<const N: usize>(bytes: [u8; N], out: &mut Vec<u8>) {
    out.extend_from_slice(&(N as i32).to_be_bytes());
    out.extend_from_slice(&bytes);
}

/// Appends a cell: its length and its bytes.
pub fn put_cell(bytes: &[u8], out: &mut Vec<u8>) {
    // A cell of two gigabytes does not come from here.
    out.extend_from_slice(&(bytes.len() as i32).to_be_bytes());
    out.extend_from_slice(bytes);
}
