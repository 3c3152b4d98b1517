//! What may be wrong with a screen file: one sentence each.

use crate::strict::Fault;

/// The most cells a line of a picture may take.
pub const WIDEST: usize = 80;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct ScreenError {
    /// The file, as the folder `screens` knows it: `cards/account_card.toml`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, as a sentence.
    pub problem: String,
}

/// What may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not strict TOML, or not of this vocabulary.
    #[error(transparent)]
    Toml(#[from] Fault),
    /// A name without a scope.
    #[error(
        "имя «{0}» без области; пишите источник.колонка, key.КЛЮЧ, row.КОЛОНКА, field.ПОЛЕ или now.today, now.month, now.operator"
    )]
    Bare(String),
    /// Something named that is not in this file.
    #[error("{what} «{name}» в этом файле нет; {hint}")]
    Unknown {
        /// What it would be.
        what: &'static str,
        /// Its name.
        name: String,
        /// The nearest, or all there are.
        hint: String,
    },
    /// `row.` where there is no grid.
    #[error("«{0}»: таблицы здесь нет, а row — строка таблицы")]
    NoGrid(String),
    /// A scope's own name.
    #[error("источник нельзя назвать «{0}»: это слово уже означает область имён; выберите другое")]
    Reserved(String),
    /// Not a name of the database.
    #[error("«{0}» — не имя: строчные латинские буквы, цифры и «_», первая — буква")]
    Identifier(String),
    /// Not `module.name`.
    #[error("«{0}» — не имя из базы: модуль, точка, имя, как cards.account_head")]
    Relation(String),
    /// None or several of keys of which one is wanted.
    #[error("в {place} нужно ровно одно из: {keys}")]
    OneOf {
        /// The section.
        place: String,
        /// The keys.
        keys: String,
    },
    /// Keys that exclude each other.
    #[error("в {place} «{one}» и «{other}» вместе не бывают; оставьте одно")]
    NotBoth {
        /// The section.
        place: String,
        /// A key.
        one: &'static str,
        /// Another.
        other: &'static str,
    },
    /// A line wider than a terminal.
    #[error("строка рисунка шире {WIDEST} знаков: {0}; сократите подписи или поля")]
    Wide(usize),
    /// A bracket without its pair.
    #[error("в рисунке скобка без пары; поле пишется [имя   ], а больше скобок в рисунке нет")]
    Bracket,
    /// A tag that is no name.
    #[error(
        "в рисунке «[{0}]» — не поле: имя из строчных латинских букв, пробелы до ширины поля, «~», если оно растёт"
    )]
    Tag(String),
    /// A character the terminal would obey.
    #[error("в рисунке табуляция или управляющий знак; замените пробелами")]
    Control,
    /// A field drawn twice.
    #[error("поле «{0}» нарисовано дважды; оставьте одно место")]
    Twice(String),
    /// A tag without a section.
    #[error("поле «{0}» нарисовано, но не описано; допишите раздел [field.{0}]")]
    Undescribed(String),
    /// A section without a tag.
    #[error("поле «{0}» описано, но не нарисовано; поставьте [{0} ] в рисунок или уберите раздел; {1}")]
    Undrawn(String, String),
    /// A brace without its pair.
    #[error("в «{0}» скобка без пары; значение пишется {{источник.колонка}} или {{источник.колонка:вид}}")]
    Brace(String),
    /// A field that can be neither filled nor shown.
    #[error("поле «{0}» ничего не показывает и не принимает; задайте from, entry или derive")]
    Hollow(String),
    /// Parts of the middle, and nobody said how they follow.
    #[error(
        "средних частей несколько, а раздела [tab.…] нет; назовите каждую: title и grid, block или embed"
    )]
    NoTabs,
    /// A part nobody shows.
    #[error("{what} «{name}» ни один раздел [tab.…] не показывает; добавьте его или уберите часть")]
    Unshown {
        /// What it is.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// An overlay with other tags.
    #[error("рисунок «{picture}» перевода показывает другие поля; нужны те же: {tags}")]
    OtherTags {
        /// The picture.
        picture: String,
        /// The tags of the file.
        tags: String,
    },
    /// What a file may not do though it can be read.
    #[error("{0}")]
    Lint(String),
}
