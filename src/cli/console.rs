//! What a subcommand says: results to standard output, everything else to standard error, so that a result
//! can be piped on.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

use super::CliError;

/// A line of the result.
///
/// # Errors
/// The output is closed or full.
pub fn line(text: impl Display) -> Result<(), CliError> {
    Ok(writeln!(stdout().lock(), "{text}")?)
}

/// A result of many lines that brings its own line ends.
///
/// # Errors
/// The output is closed or full.
pub fn text(text: impl Display) -> Result<(), CliError> {
    Ok(write!(stdout().lock(), "{text}")?)
}

/// A remark beside the result: progress, advice. Nobody is hurt when it cannot be written.
pub fn remark(text: impl Display) {
    let _ = writeln!(stderr().lock(), "{text}");
}

/// The end of a subcommand that is not «done»; an answer is a result like any other.
pub(super) fn complain(error: &CliError) {
    match error {
        CliError::Answer(text) => drop(line(text)),
        CliError::OutputClosed => {}
        _ => remark(error),
    }
}
