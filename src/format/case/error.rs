//! What may be wrong with a case file, said to the person who wrote it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::row::Shape;
use crate::calc::money::Money;
use crate::calc::period::YEARS;

/// A mistake in a case file: the line it stands in and what to put right there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("строка {line}: {mistake}")]
pub struct CaseError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub mistake: Mistake,
}

/// The kinds of mistakes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// The text does not obey the grammar of TOML.
    #[error("запись не по правилам TOML; проверьте здесь кавычки, скобки, запятые и знак «=»")]
    Grammar,
    /// A day or a time the calendar does not have.
    #[error("«{day}»: такого дня или времени нет; исправьте")]
    NoSuchDay {
        /// The day as written.
        day: String,
    },
    /// A month without its quotes.
    #[error("«{month}»: месяц пишется в кавычках; исправьте")]
    BareMonth {
        /// The month as written.
        month: String,
    },
    /// A day written the way it is spoken.
    #[error("«{day}»: день пишется год-месяц-день без кавычек, например 2026-09-01; исправьте")]
    DayOrder {
        /// The day as written.
        day: String,
    },
    /// A day or month of a year that no bill is of.
    #[error("«{written}»: год бывает с {} по {}; исправьте", YEARS.start(), YEARS.end())]
    Year {
        /// The day or month as written.
        written: String,
    },
    /// A value a parameter cannot have.
    #[error("{value} не бывает значением этого параметра: нужно {told}; исправьте")]
    NotOfKind {
        /// The value.
        value: Decimal,
        /// What is needed.
        told: String,
    },
    /// A key written twice in one table.
    #[error("это поле здесь уже написано выше; оставьте одно из двух")]
    KeyTwice,
    /// A thing without a name.
    #[error("имя пустое; назовите, что это")]
    Nameless,
    /// Shares of those who pay for the same premises above the whole.
    #[error("доли плательщиков помещения вместе больше целого; исправьте «share»")]
    Shares,
    /// The months of a case run backwards.
    #[error("первый месяц («from») позже последнего («month»); исправьте один из них")]
    MonthOrder,
    /// A number with a comma.
    #[error("«{number}»: дробная часть числа пишется через точку; исправьте")]
    Comma {
        /// The number as written.
        number: String,
    },
    /// A share above the whole.
    #[error("доля больше целого; «of» не может быть больше «in»")]
    Share,
    /// Nothing to calculate.
    #[error("в файле нет ни одного лицевого счёта, считать нечего; добавьте помещению раздел «account»")]
    NoAccounts,
    /// A key nobody asked for: most often misspelt.
    #[error("в разделе «{section}» нет поля «{key}»{}; исправьте или уберите его", perhaps(.nearest.as_ref()))]
    UnknownKey {
        /// The section the key stands in.
        section: &'static str,
        /// The key as written.
        key: String,
        /// The known key most like it.
        nearest: Option<String>,
    },
    /// A key that must be there is not.
    #[error("в разделе «{section}» не хватает поля «{key}»; допишите его")]
    Missing {
        /// The section that lacks it.
        section: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A value of another kind than the key takes.
    #[error("поле «{key}»: здесь пишется {}; исправьте значение", .shape.russian())]
    Shape {
        /// The key.
        key: String,
        /// What it takes.
        shape: Shape,
    },
    /// A reference to something the file does not describe.
    #[error("{noun} «{name}» в этом файле не описан{ending}{}; опишите или исправьте имя", perhaps(.nearest.as_ref()), ending = .noun.ending())]
    UnknownName {
        /// What is referred to.
        noun: Noun,
        /// The name as written.
        name: String,
        /// The known name most like it.
        nearest: Option<String>,
    },
    /// Two things of one kind under one name.
    #[error("{noun} «{name}» уже описан{ending} выше; дайте другое имя", ending = .noun.ending())]
    Repeated {
        /// What is named twice.
        noun: Noun,
        /// The name.
        name: String,
    },
    /// A word outside the closed list a key takes.
    #[error("поле «{key}»: нет такого значения «{word}»{}; возможные значения: {known}", perhaps(.nearest.as_ref()))]
    UnknownWord {
        /// The key.
        key: &'static str,
        /// The word as written.
        word: String,
        /// The known word most like it.
        nearest: Option<String>,
        /// All known words, for choosing.
        known: String,
    },
    /// A fact that ends before it begins.
    #[error("период кончается не позже, чем начинается; исправьте его дни")]
    EmptyPeriod,
    /// Two facts about the same thing on the same days.
    #[error("на эти дни уже есть запись о том же в строке {other}; разведите дни или уберите одну")]
    Overlap {
        /// The line of the other.
        other: usize,
    },
    /// Somebody who has nothing to do with the premises.
    #[error("человек «{name}» не назван ни среди проживающих, ни среди собственников этого помещения{}; исправьте имя", perhaps(.nearest.as_ref()))]
    Stranger {
        /// The name as written.
        name: String,
        /// The person of the premises whose name is most like it.
        nearest: Option<String>,
    },
    /// A payment is taken back whole, and after it came.
    #[error("возврат снимает платёж целиком и не раньше его дня: {day} заплачено {amount} ₽; исправьте сумму или день", day = .day.format("%d.%m.%Y"))]
    Reversal {
        /// The day of the payment.
        day: NaiveDate,
        /// Its amount.
        amount: Money,
    },
    /// Knowledge that ends before it begins.
    #[error("сведение отменено («retracted») не позже, чем внесено («known»); исправьте номера операций")]
    EmptyKnowledge,
    /// More readings than the meter has registers.
    #[error("показаний больше, чем шкал у прибора; исправьте «registers» или «value»")]
    TooManyRegisters,
    /// Releases must go up both in months and in marks.
    #[error("выпуски идут не по порядку; месяцы и номера операций должны возрастать")]
    ReleaseOrder,
}

fn perhaps(nearest: Option<&String>) -> String {
    nearest.map(|name| format!(" (возможно, «{name}»)")).unwrap_or_default()
}

/// Kinds of named things, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A service.
    Service,
    /// The provider of a contract.
    Contract,
    /// A tariff.
    Tariff,
    /// A norm.
    Norm,
    /// A house.
    House,
    /// Premises.
    Premises,
    /// An account.
    Account,
    /// A person.
    Person,
    /// A meter.
    Meter,
    /// A kind of undersupply.
    Deficiency,
    /// A privileged category.
    Category,
    /// A payment.
    Payment,
}

impl Noun {
    /// The ending of a participle that agrees with the noun.
    const fn ending(self) -> &'static str {
        match self {
            Self::Service | Self::Category => "а",
            Self::Premises | Self::Deficiency => "о",
            Self::Contract
            | Self::Tariff
            | Self::Norm
            | Self::House
            | Self::Account
            | Self::Person
            | Self::Payment
            | Self::Meter => "",
        }
    }
}

impl std::fmt::Display for Noun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Service => "услуга",
            Self::Contract => "поставщик",
            Self::Tariff => "тариф",
            Self::Norm => "норматив",
            Self::House => "дом",
            Self::Premises => "помещение",
            Self::Account => "лицевой счёт",
            Self::Person => "человек",
            Self::Meter => "прибор",
            Self::Deficiency => "нарушение",
            Self::Category => "категория",
            Self::Payment => "платёж",
        })
    }
}
