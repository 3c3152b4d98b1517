//! Files that leave the workstation and files that come to it: folders of the operator on the server, reached by sftp.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::convert::sentence;
use crate::engine::msg::Refusal;
use crate::output::whole;

/// The longest file that is fetched, bytes.
pub(super) const LARGEST: u64 = 64 << 20;

/// The operator's folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// Where texts are put.
    pub outbox: PathBuf,
    /// Where files come from.
    pub inbox: PathBuf,
}

impl Folders {
    /// `kvartal/outbox` and `kvartal/inbox` below a home folder.
    #[must_use]
    pub fn below(home: &Path) -> Self {
        Self { outbox: home.join("kvartal/outbox"), inbox: home.join("kvartal/inbox") }
    }

    /// Puts a text into the outbox, under a name that tells when; a second one of the same second gets a number.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn put(&self, now: NaiveDateTime, name: &str, text: &str) -> std::io::Result<PathBuf> {
        std::fs::create_dir_all(&self.outbox)?;
        let stem = format!("{}-{}", now.format("%Y%m%d-%H%M%S"), plain(name));
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!("-{number}") };
            let path = self.outbox.join(format!("{stem}{tail}.txt"));
            match whole::put_new(&path, text.as_bytes()) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads a file of the inbox.
    ///
    /// # Errors
    /// The name leads elsewhere, or the file cannot be read.
    pub fn fetch(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\0']) {
            return Err(sentence("KV004", &format!("«{name}» не имя файла папки входящих")));
        }
        let path = self.inbox.join(name);
        let refused = |why: &str| sentence("KV004", &format!("Файл {} не прочитан: {why}", path.display()));
        let about = std::fs::metadata(&path).map_err(|_| refused("его нет или нет права"))?;
        if !about.is_file() || about.len() > LARGEST {
            return Err(refused("это не файл, или он больше 64 МБ"));
        }
        std::fs::read(&path).map_err(|_| refused("нет права"))
    }
}

/// Why a text was not put out: a word of the locale's `outbox-…`. What the system says is in English and names no remedy.
#[must_use]
pub fn why(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "no-space",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "no-right",
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "no-folder",
        _ => "trouble",
    }
}

/// A name without anything a file system or a shell would obey.
fn plain(name: &str) -> String {
    let safe = name.chars().map(|one| if one.is_alphanumeric() || one == '-' { one } else { '_' });
    let plain: String = safe.take(60).collect();
    if plain.is_empty() { "kvartal".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, Words};

    #[test]
    fn nothing_is_overwritten_and_no_name_leads_away() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::below(home.path());
        let now = NaiveDateTime::default();
        let one = folders.put(now, "../счёт 1", "a").unwrap();
        let other = folders.put(now, "../счёт 1", "b").unwrap();
        assert_eq!(one.file_name().unwrap(), "19700101-000000-___счёт_1.txt");
        assert_ne!(one, other);
        assert_eq!(std::fs::read_to_string(one).unwrap(), "a");
        assert!(folders.fetch("../../etc/passwd").is_err());
        std::fs::create_dir_all(&folders.inbox).unwrap();
        std::fs::write(folders.inbox.join("bank.csv"), "1;2").unwrap();
        assert_eq!(folders.fetch("bank.csv").unwrap(), b"1;2");
    }

    #[test]
    fn why_a_text_was_not_put_out_is_a_word_both_languages_have() {
        let full = whole::put_new(Path::new("/dev/full"), b"1").unwrap_err();
        assert_eq!(why(&full), "no-space");
        for kind in
            [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::NotFound, ErrorKind::Other]
        {
            let key = format!("outbox-{}", why(&kind.into()));
            assert!(Lang::ALL.iter().all(|lang| Words::of(*lang).has(&key)), "{key}");
        }
    }
}
