//! Files named on the command line: what the system says of one, in the words of whoever typed the name.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use super::{CliError, console};
use crate::output::whole;

/// Why a file or folder cannot be used; the system's own words are English.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "его нет; проверьте путь".to_owned(),
        io::ErrorKind::PermissionDenied => "нет прав; проверьте, чей он".to_owned(),
        io::ErrorKind::IsADirectory => "это каталог, а нужен файл".to_owned(),
        io::ErrorKind::NotADirectory => "на пути к нему не каталог".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "на диске нет места; освободите его и повторите".to_owned()
        }
        io::ErrorKind::AlreadyExists => {
            "он уже есть, и в нём другое; назовите другой или добавьте --force".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "диск только для чтения; выберите другое место".to_owned(),
        io::ErrorKind::InvalidData => "это не текст в кодировке UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// The text of a file, of standard input for `-`; `what` names it in the refusal: «Файл», «Профиль».
///
/// # Errors
/// A file that cannot be read, or is no text.
pub fn text(what: &str, file: &Path) -> Result<String, CliError> {
    if file == Path::new("-") {
        let said = |error| CliError::Refused(format!("Стандартный ввод не читается: {}", reason(&error)));
        return io::read_to_string(io::stdin()).map_err(said);
    }
    std::fs::read_to_string(file).map_err(|error| refusal(what, "не читается", file, &error))
}

/// Whether a file that is there may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::Args)]
pub struct Over {
    /// Переписать файл, если он уже есть и в нём другое
    #[arg(long)]
    pub force: bool,
}

/// Gives bytes to whoever asked: to standard output for `-`, else into the file, and says what it is.
///
/// # Errors
/// A place that cannot be written to, a file that is there, or a closed output.
pub fn give(out: &Path, bytes: &[u8], over: Over, what: impl Display) -> Result<(), CliError> {
    if out == Path::new("-") {
        let mut stdout = io::stdout().lock();
        // What stands behind the last end of a line would be written when the program ends, and nobody would hear that it was not.
        return stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => error.into(),
            _ => CliError::Refused(format!("Стандартный вывод не записан: {}", reason(&error))),
        });
    }
    write(out, bytes, over)?;
    console::line(format_args!("{}: {what}", out.display()))
}

/// Writes a file whole or not at all; one that is there stays, unless it says the same or may be written over.
///
/// # Errors
/// A place that cannot be written to, or a file that is there.
pub fn write(file: &Path, bytes: &[u8], over: Over) -> Result<(), CliError> {
    let written = if over.force { whole::put(file, bytes) } else { whole::put_new(file, bytes) };
    written.map_err(|error| refusal("Файл", "не записан", file, &error))
}

/// «Каталог /a/b не читается: его нет; проверьте путь».
#[must_use]
pub fn refusal(what: &str, failed: &str, path: &Path, error: &io::Error) -> CliError {
    CliError::Refused(format!("{what} {} {failed}: {}", path.display(), reason(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_file_and_the_reason() {
        let nowhere = Path::new("/nonexistent/profile.toml");
        assert_eq!(
            text("Профиль", nowhere).unwrap_err().to_string(),
            "Профиль /nonexistent/profile.toml не читается: его нет; проверьте путь"
        );
        let kept = Over { force: false };
        let root = write(Path::new("/"), b"", kept).unwrap_err().to_string();
        assert_eq!(root, "Файл / не записан: это каталог, а нужен файл");
        let full = give(Path::new("/dev/full"), b"%PDF", kept, "").unwrap_err().to_string();
        assert_eq!(full, "Файл /dev/full не записан: на диске нет места; освободите его и повторите");
    }

    #[test]
    fn a_file_that_is_there_is_written_over_only_when_told() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("счёт.pdf");
        let (kept, over) = (Over { force: false }, Over { force: true });
        for bytes in [b"one", b"one"] {
            write(&file, bytes, kept).unwrap();
        }
        let refused = write(&file, b"two", kept).unwrap_err().to_string();
        assert!(
            refused.ends_with("он уже есть, и в нём другое; назовите другой или добавьте --force"),
            "{refused}"
        );
        assert_eq!(std::fs::read(&file).unwrap(), b"one");
        write(&file, b"two", over).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
    }
}
