//! What may be wrong with a profile, or with the files it names: one sentence each.

use super::super::table::TableError;
use crate::strict::{Fault, Located};

/// Everything that is wrong, in the order of the profile. Nothing is imported before all of it is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals(pub Vec<Refusal>);

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("строка {line} профиля: {problem}")]
pub struct Refusal {
    /// The line of the profile, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not strict TOML, or not of this vocabulary.
    #[error(transparent)]
    Toml(#[from] Fault),
    /// A profile without files.
    #[error("профиль не называет ни одного файла; допишите раздел [[file]]")]
    NoFiles,
    /// No file fits a name.
    #[error("файла «{name}» среди переданных нет; {hint}")]
    FileMissing {
        /// Name or mask.
        name: String,
        /// The nearest, or all there are.
        hint: String,
    },
    /// A file that is not a table.
    #[error("файл {name}: {error}")]
    File {
        /// The file.
        name: String,
        /// Why.
        error: TableError,
    },
    /// A column the file does not have.
    #[error("в файле {file} нет колонки «{column}»; {hint}")]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The nearest, or all there are.
        hint: String,
    },
    /// A column whose type is not read.
    #[error("колонка «{column}» файла {file} имеет тип {letter}, такие не читаются")]
    UnreadColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The type's letter in the DBF.
        letter: char,
    },
}

impl From<Vec<Located<Problem>>> for Refusals {
    fn from(found: Vec<Located<Problem>>) -> Self {
        Self(found.into_iter().map(|Located { line, problem }| Refusal { line, problem }).collect())
    }
}

impl std::fmt::Display for Refusals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, refusal) in self.0.iter().enumerate() {
            let end = if place + 1 == self.0.len() { "" } else { "\n" };
            write!(f, "{refusal}{end}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusals {}
