//! One field of a picture.

use super::{Link, Name};
use crate::engine::value::{Show, Value};
use crate::keymap::fold_to_latin;

/// What a tag of a picture shows, and what may be typed into it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// The tag.
    pub name: String,
    /// The label left of it in the picture, for messages.
    pub label: String,
    /// Where its value comes from.
    pub from: Option<Name>,
    /// How the value is shown.
    pub show: Show,
    /// What may be typed.
    pub entry: Option<Entry>,
    /// The list F4 offers.
    pub lookup: Option<Lookup>,
    /// The screen Enter opens.
    pub open: Option<Link>,
    /// The amount Enter explains.
    pub explain: Option<Explain>,
    /// A column whose text names the style.
    pub style: Option<Name>,
    /// A named pure function of other values gives it.
    pub derive: Option<Derive>,
    /// One sentence for F1.
    pub help: String,
    /// Where the file describes it: source, view and column, for its author.
    pub origin: String,
    /// The contract was broken: what is wrong, instead of a value.
    pub broken: Option<String>,
}

/// The amount to explain: account number, month and service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explain {
    /// Account number.
    pub account: Name,
    /// First day of the month.
    pub month: Name,
    /// Service id, where one is meant.
    pub service: Option<Name>,
}

/// A value that follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derive {
    /// Name of the function in [`crate::engine::derive`].
    pub function: String,
    /// What it is given.
    pub of: Vec<Name>,
}

/// What may be typed into a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What it becomes.
    pub kind: Kind,
    /// Must not be left empty.
    pub must: bool,
    /// The longest text; 0 = the width of the tag.
    pub longest: usize,
    /// A full field moves on by itself.
    pub auto_next: bool,
    /// Letters become capital.
    pub upper: bool,
    /// Latin only: the other layout is folded.
    pub latin: bool,
    /// What stands in it when the screen opens.
    pub default: Option<Name>,
    /// A check of the typed text.
    pub check: Option<Check>,
    /// The month that a day must lie in.
    pub within: Option<Name>,
    /// Between which values it is believed; outside it is asked for twice.
    pub plausible: Option<(Name, Name)>,
    /// The value before, from which the use is counted: a doubt tells both.
    pub before: Option<Name>,
    /// The field whose day or moment this one must be later than.
    pub after: Option<usize>,
    /// The field whose day or moment this one may equal, and must not precede.
    pub not_before: Option<usize>,
    /// Of a time: the field with its day; both are one moment.
    pub day: Option<usize>,
    /// The secret field that this one repeats: what is typed unseen is typed twice.
    pub again: Option<usize>,
    /// What the thing with the typed number is called: shown instead of the number, which is the base's.
    pub told: Option<Name>,
    /// Kept in memory only, shown as dots, never written anywhere.
    pub secret: bool,
}

impl Entry {
    /// A typed or pasted text as it stands in the field: in Latin letters, or in capital ones.
    #[must_use]
    pub fn written(&self, text: &str) -> String {
        match (self.latin, self.upper) {
            (true, _) => fold_to_latin(text),
            (false, true) => text.to_uppercase(),
            (false, false) => text.to_owned(),
        }
    }
}

/// What a typed text becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    #[default]
    Text,
    /// Whole number.
    Int,
    /// Decimal with at most so many places.
    Decimal(u32),
    /// Roubles and kopecks.
    Money,
    /// A day.
    Day,
    /// A month: its first day.
    Month,
    /// A time of the day, to the minute; 24:00 is the end of the day.
    Time,
    /// Yes (1) or no (0).
    Bool,
    /// One code of a closed set; the list is in the locale.
    Choice {
        /// Name of the set.
        set: String,
        /// Its codes in order.
        codes: Vec<String>,
    },
}

/// A check of a typed text, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Not negative.
    NotNegative,
    /// Above zero or below it: what adds or takes off.
    NotZero,
    /// Above zero.
    Positive,
    /// Not after today.
    NotFuture,
    /// A day of birth: not after today, and two digits of a year that would be are of the century before.
    Birth,
    /// СНИЛС with its check digits.
    Snils,
    /// ИНН with its check digits.
    Inn,
    /// КПП: nine characters, the fifth and sixth may be letters.
    Kpp,
    /// A name of a person: letters and what joins them.
    Name,
    /// A settlement account: twenty digits.
    BankAccount,
    /// A bank's code: nine digits.
    Bic,
}

/// The list of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// A screen that lists and picks.
    pub screen: String,
    /// Keys of that screen.
    pub with: Vec<(String, Name)>,
    /// Which column of the picked row goes into the field, and what else it fills: (field, column).
    pub fills: Vec<(usize, String)>,
}

impl Field {
    /// Whether text can be typed into it.
    #[must_use]
    pub const fn is_entry(&self) -> bool {
        self.entry.is_some()
    }

    /// Whether the cursor may stand on it.
    #[must_use]
    pub const fn takes_focus(&self) -> bool {
        self.entry.is_some() || self.open.is_some() || self.explain.is_some()
    }

    /// A value the file gives for an empty form, if it does so without looking anywhere.
    #[must_use]
    pub fn given(&self) -> Option<&Value> {
        match self.entry.as_ref()?.default.as_ref()? {
            Name::Given(value) => Some(value),
            _ => None,
        }
    }
}
