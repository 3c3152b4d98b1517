//! What may be wrong with any file of this kind: one sentence each.

/// Something wrong with a line; `P` says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<P> {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: P,
}

/// What may be wrong whatever the file is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML.
    #[error("запись не похожа на TOML; проверьте кавычки, скобки и знак «=»")]
    Syntax,
    /// A key given twice.
    #[error("ключ или раздел повторён; оставьте один")]
    SameKey,
    /// A key that does not exist.
    #[error("в {place} не бывает ключа «{key}»; {hint}")]
    UnknownKey {
        /// The section.
        place: String,
        /// The key.
        key: String,
        /// The nearest, or all there are.
        hint: String,
    },
    /// A key that must be given.
    #[error("в {place} нет ключа «{key}»; допишите его")]
    MissingKey {
        /// The section.
        place: String,
        /// The key.
        key: &'static str,
    },
    /// A value of another shape.
    #[error("«{key}» пишется иначе: {expected}")]
    Shape {
        /// The key.
        key: String,
        /// How it is written.
        expected: &'static str,
    },
    /// A word that is not in the vocabulary.
    #[error("«{key}» не бывает «{word}»; {hint}")]
    Word {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// The nearest, or all there are.
        hint: String,
    },
}
