//! How large the terminal is.

use std::io;

/// The size of the terminal: columns, rows.
///
/// # Errors
/// Output is no terminal, or one that does not know its size.
pub fn size() -> io::Result<(u16, u16)> {
    let (columns, rows) = crossterm::terminal::size()?;
    // Serial lines and some relays say zero.
    if columns == 0 || rows == 0 { Ok((80, 24)) } else { Ok((columns, rows)) }
}
