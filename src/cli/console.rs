//! What a subcommand says: results to standard output, everything else to standard error, so that a result
//! can be piped on.

use std::fmt::Display;
use std::io::{self, Write, stderr, stdout};

use super::CliError;

/// A line of the result.
///
/// # Errors
/// The output is closed or full.
pub fn line(text: impl Display) -> Result<(), CliError> {
    written(writeln!(stdout().lock(), "{text}"))
}

/// A result of many lines that brings its own line ends.
///
/// # Errors
/// The output is closed or full.
pub fn text(text: impl Display) -> Result<(), CliError> {
    written(write!(stdout().lock(), "{text}"))
}

/// A terminal that hung up answers a write with EIO, where a pipe says that it is broken: nobody reads us either way.
fn written(result: io::Result<()>) -> Result<(), CliError> {
    const EIO: i32 = 5;
    match result {
        Err(error) if error.raw_os_error() == Some(EIO) => Err(CliError::OutputClosed),
        result => Ok(result?),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_hung_up_is_no_refusal() {
        let hung_up = written(Err(io::Error::from_raw_os_error(5)));
        assert_eq!(hung_up.unwrap_err().exit_code(), 0);
        let full = written(Err(io::Error::from_raw_os_error(28)));
        assert_eq!(full.unwrap_err().exit_code(), 1);
    }
}
