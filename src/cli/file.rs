//! Files named on the command line: what the system says of one, in the words of whoever typed the name.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use super::{CliError, console};

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
        return Ok(io::read_to_string(io::stdin())?);
    }
    std::fs::read_to_string(file).map_err(|error| refusal(what, "не читается", file, &error))
}

/// Gives bytes to whoever asked: to standard output for `-`, else into the file, and says what it is.
///
/// # Errors
/// A place that cannot be written to, or a closed output.
pub fn give(out: &Path, bytes: &[u8], what: impl Display) -> Result<(), CliError> {
    if out == Path::new("-") {
        return Ok(io::stdout().lock().write_all(bytes)?);
    }
    write(out, bytes)?;
    console::line(format_args!("{}: {what}", out.display()))
}

/// Writes a file whole.
///
/// # Errors
/// A place that cannot be written to.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), CliError> {
    std::fs::write(file, bytes).map_err(|error| refusal("Файл", "не записан", file, &error))
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
        let root = write(Path::new("/"), b"").unwrap_err().to_string();
        assert_eq!(root, "Файл / не записан: это каталог, а нужен файл");
    }
}
