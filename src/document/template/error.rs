//! What may be wrong with a template: one sentence, with its file and line.

/// A template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct TemplateError {
    /// The file, as the folder `reports` knows it: `passport/household.md`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there and what to do.
    pub problem: String,
}

impl TemplateError {
    /// Something wrong at a line.
    pub(super) fn at(file: &str, line: usize, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line.max(1), problem: problem.into() }
    }
}
