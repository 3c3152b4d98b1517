//! What is remembered of a town in `demo.toml` beside its server.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Args;
use crate::cli::CliError;

/// The town of a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) accounts: u32,
    pub(super) seed: u64,
    pub(super) history: u32,
    /// The password of the worker, who is no demo operator: nobody types it.
    pub(super) worker_password: String,
    /// Digest of the `sql/` the base was made or upgraded by.
    pub(super) sql: String,
    /// Whether the preparation came to its end.
    pub(super) ready: bool,
}

impl Record {
    /// `None` where the directory holds no town.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, CliError> {
        let file = dir.join(NAME);
        match fs::read_to_string(&file) {
            Ok(text) => toml::from_str(&text).map(Some).map_err(|_| foreign(&file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes it, readable to its owner only; whoever looks meanwhile sees the old text or the new one.
    pub(super) fn write(&self, dir: &Path) -> Result<(), CliError> {
        let (file, fresh) = (dir.join(NAME), dir.join(NAME).with_extension("new"));
        let text = toml::to_string(self).map_err(|_| foreign(&file))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        options.open(&fresh)?.write_all(text.as_bytes())?;
        Ok(fs::rename(&fresh, &file)?)
    }

    /// Refuses arguments that ask for another town than this one; those not given ask for nothing.
    pub(super) fn check(&self, args: &Args, dir: &Path) -> Result<(), CliError> {
        let same = args.accounts.is_none_or(|accounts| accounts == self.accounts)
            && args.seed.is_none_or(|seed| seed == self.seed)
            && args.history.is_none_or(|history| history == self.history);
        if same {
            return Ok(());
        }
        Err(CliError::Refused(format!(
            "В каталоге «{}» другой город (--accounts {} --seed {} --history {}): укажите эти значения или другой каталог (--dir).",
            dir.display(),
            self.accounts,
            self.seed,
            self.history
        )))
    }
}

const NAME: &str = "demo.toml";

fn foreign(file: &Path) -> CliError {
    CliError::Refused(format!(
        "Файл «{}» испорчен или сделан другой версией программы: укажите другой каталог (--dir).",
        file.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: &str =
        "accounts = 300\nseed = 7\nhistory = 3\nworker_password = 'p'\nsql = 'd'\nready = true\n";

    fn asked(accounts: Option<u32>, seed: Option<u64>, history: Option<u32>) -> Args {
        Args { prepare_only: true, stop: false, accounts, seed, dir: None, history, pictures: None }
    }

    #[test]
    fn what_is_not_asked_for_is_taken_as_it_is() {
        let town: Record = toml::from_str(TOWN).unwrap();
        let check = |args| town.check(&args, Path::new("town"));
        assert!(check(asked(None, None, None)).is_ok());
        assert!(check(asked(Some(300), Some(7), Some(3))).is_ok());
        for other in [asked(Some(301), None, None), asked(None, Some(8), None), asked(None, None, Some(4))] {
            let told = check(other).unwrap_err().to_string();
            assert!(told.contains("--accounts 300 --seed 7 --history 3"), "{told}");
        }
    }

    #[test]
    fn a_record_is_private_and_read_back_as_written() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Record::read(dir.path()).unwrap(), None);
        let town: Record = toml::from_str(TOWN).unwrap();
        town.write(dir.path()).unwrap();
        assert_eq!(Record::read(dir.path()).unwrap(), Some(town));
        let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(dir.path().join(NAME)).unwrap());
        assert_eq!(mode & 0o777, 0o600);
        fs::write(dir.path().join(NAME), "towns = 2").unwrap();
        assert!(Record::read(dir.path()).is_err());
    }
}
