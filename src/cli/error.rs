//! Why a subcommand did not do what it was asked, as a sentence and an exit code.

use std::io;

use crate::db::cluster::ClusterError;
use crate::db::config::AddressError;
use crate::db::connect::ConnectError;
use crate::job::door::DoorError;

/// The end of a subcommand that is not «done».
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The work was refused; the sentence says what happened, why, and what to do. Exit code 1.
    #[error("{0}")]
    Refused(String),
    /// The arguments are wrong. Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Nothing was asked for: the help page, as a refusal. Exit code 2.
    #[error("{0}")]
    Incomplete(String),
    /// Help or version was asked for, and is the answer. Exit code 0.
    #[error("{0}")]
    Answer(String),
    /// The server cannot be reached. Exit code 3.
    #[error("{0}")]
    Unavailable(ConnectError),
    /// Ctrl-C. Exit code 130, as a shell expects.
    #[error("Прервано; всё, что уже записано, сохранено.")]
    Interrupted,
    /// Whoever read our output has left (`kvartal journal | head`): nothing to complain about. Exit code 0.
    #[error("Вывод закрыт.")]
    OutputClosed,
}

impl CliError {
    /// A refusal in the words of the error that caused it.
    pub fn refused(error: impl std::error::Error) -> Self {
        Self::Refused(error.to_string())
    }

    /// What the program ends with.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Answer(_) | Self::OutputClosed => 0,
            Self::Refused(_) => 1,
            Self::Usage(_) | Self::Incomplete(_) => 2,
            Self::Unavailable(_) => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<ClusterError> for CliError {
    fn from(error: ClusterError) -> Self {
        Self::refused(error)
    }
}

impl From<AddressError> for CliError {
    fn from(error: AddressError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<ConnectError> for CliError {
    fn from(error: ConnectError) -> Self {
        if error.is_unavailable() { Self::Unavailable(error) } else { Self::refused(error) }
    }
}

impl From<DoorError> for CliError {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::Connect(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => {
                Self::Refused("Ввод или вывод не удался: проверьте файл, права и свободное место.".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_password_is_a_refusal_a_silent_server_is_not() {
        assert_eq!(CliError::from(ConnectError::Password("anna".into())).exit_code(), 1);
        assert_eq!(CliError::from(ConnectError::NoAnswer("db:6000".into())).exit_code(), 3);
    }

    #[test]
    fn a_reader_who_left_is_no_failure() {
        assert_eq!(CliError::from(io::Error::from(io::ErrorKind::BrokenPipe)).exit_code(), 0);
        assert_eq!(CliError::from(io::Error::from(io::ErrorKind::StorageFull)).exit_code(), 1);
    }
}
