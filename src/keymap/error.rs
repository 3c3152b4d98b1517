//! Why a keymap is refused.

use thiserror::Error;

use super::Context;

/// Why a key is no key, or none that may be bound.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// No such key in the notation.
    #[error("клавиши «{0}» нет; примеры записи: F2, Enter, PgDn, Alt+2, Ctrl+F, «F9 F1»")]
    Unknown(String),
    /// The terminal sends another key, or nothing.
    #[error("«{0}» терминал не отличает от других клавиш или не передаёт вовсе; выберите F1–F10")]
    Unsendable(String),
    /// The byte of another key.
    #[error("«{0}» для терминала то же, что {1}; назначьте другую клавишу")]
    SameByte(String, &'static str),
    /// The line itself takes it: flow control, suspension.
    #[error("«{0}» забирает себе линия связи, до программы клавиша может не дойти; назначьте другую")]
    TakenByLine(String),
    /// A letter or digit is text, in either layout.
    #[error("«{0}» здесь вводит текст, а буква ещё и зависит от раскладки; назначьте F1–F10")]
    Text(String),
    /// Another meaning is fixed for everybody.
    #[error("«{0}» везде значит одно и то же: {1}; назначьте другую клавишу")]
    Fixed(String, &'static str),
}

/// Why a keymap file is refused. Every sentence names the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeymapError {
    /// The file is no TOML of the expected shape.
    #[error("{file}: файл раскладки команд не разобран: {told}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the reader found, with line and column.
        told: String,
    },
    /// A table with the name of no context.
    #[error("{file}: места «{name}» нет; есть: {known}")]
    UnknownContext {
        /// Which file.
        file: String,
        /// What is written there.
        name: String,
        /// The names that exist.
        known: String,
    },
    /// A row with the name of no command.
    #[error("{file}: команды «{name}» нет; список команд: kvartal manual")]
    UnknownCommand {
        /// Which file.
        file: String,
        /// What is written there.
        name: String,
    },
    /// A key that cannot be bound.
    #[error("{file}, команда «{command}»: {why}")]
    Key {
        /// Which file.
        file: String,
        /// The row.
        command: &'static str,
        /// Why the key is refused.
        why: KeyError,
    },
    /// One key, two commands, one place.
    #[error(
        "{file}: клавиша {keys} в месте «{}» занята командой «{first}», назначить ей «{second}» нельзя; \
         оставьте одну из двух строк", context.map_or("common", Context::name)
    )]
    Twice {
        /// Which file.
        file: String,
        /// The keys in notation.
        keys: String,
        /// The place; nothing stands for everywhere.
        context: Option<Context>,
        /// The command that has the key.
        first: &'static str,
        /// The command that wants it.
        second: &'static str,
    },
}
