//! Binary `COPY … FROM STDIN`: rows stand in one buffer and are sent piece by piece.

use bytes::Bytes;
use futures_util::{SinkExt, pin_mut};
use tokio_postgres::Transaction;

use crate::db::error::DbError;

/// What every binary copy begins with: signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The mark behind the last row.
const END: &[u8] = &(-1_i16).to_be_bytes();
/// So many bytes are sent at once. Larger pieces are given back to the system by the allocator and asked for anew.
const PIECE: usize = 64 * 1024;

/// Sends rows by the statement `copy … from stdin binary`: each its number of cells, then the cells, by [`put_cell`],
/// [`put_fixed`] or as bytes of a known length.
///
/// # Errors
/// When the database refuses.
pub async fn copy_in(transaction: &Transaction<'_>, sql: &str, rows: &[u8]) -> Result<(), DbError> {
    let sink = transaction.copy_in(sql).await?;
    pin_mut!(sink);
    sink.feed(Bytes::from_static(HEAD)).await?;
    for piece in rows.chunks(PIECE) {
        sink.feed(Bytes::copy_from_slice(piece)).await?;
    }
    sink.send(Bytes::from_static(END)).await?;
    sink.finish().await?;
    Ok(())
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
