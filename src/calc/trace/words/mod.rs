//! The words of an explanation, a file a language. Every list is a match without a rest: a rule, a number or a sentence that one of
//! the languages has no words for does not compile.

use chrono::{Datelike, NaiveDate};

use super::{FactKind, Rule, RuleData, What};
use crate::calc::line::Component;
use crate::calc::period::Month;
use crate::lang::Lang;

/// A match of all members of a kind to their words; the tests are given the members too.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $list:ident of $kind:ident { $($($member:ident)|+ => $word:literal,)+ }) => {
        $(#[$doc])*
        pub const fn $name(of: $kind) -> &'static str {
            match of {
                $($($kind::$member)|+ => $word,)+
            }
        }

        #[cfg(test)]
        pub const $list: &[$kind] = &[$($($kind::$member),+),+];
    };
}

mod en;
mod ru;

/// A sentence or a part of one, with what is put into it. Sums and volumes come as they are written; of a line of the bill comes its name.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// The rule a line follows.
    Rule(&'a str),
    /// A line whose volume was charged by several rates.
    InParts {
        /// Volume and unit.
        volume: &'a str,
        /// The sum.
        amount: &'a str,
    },
    /// What a number is called that has a name.
    Named(&'a str),
    /// Places a number was rounded to.
    Places(u32),
    /// True from the one day to the other, both included.
    Between(NaiveDate, NaiveDate),
    /// True from a day on.
    From(NaiveDate),
    /// True to a day, included.
    Until(NaiveDate),
    /// The row of the base.
    Row(i64),
    /// A quantity of the house as it was booked.
    Released(Month),
    /// How many premises.
    Premises(usize),
    /// Days of one debt.
    Debt {
        /// Days.
        days: i64,
        /// What was owed on each.
        balance: &'a str,
    },
    /// Days of delay without a penalty.
    Grace,
    /// Days of a moratorium.
    Moratorium,
    /// A booked line that the calculation does not give.
    Gone(&'a str),
    /// A recalculation.
    Recalculation {
        /// The month recalculated.
        of: Month,
        /// Service and sum.
        sum: &'a str,
    },
    /// The operation behind a recalculation.
    Because {
        /// Its kind.
        title: &'a str,
        /// Its day.
        on: NaiveDate,
        /// Its ground.
        ground: Option<&'a str>,
    },
    /// A booked penalty.
    Penalty {
        /// The month of the debt.
        of: Month,
        /// Service and sum.
        sum: &'a str,
        /// The last day it is accrued for.
        through: NaiveDate,
        /// What was accrued through that day.
        accrued: &'a str,
    },
    /// What of a penalty earlier months had.
    BookedBefore(&'a str),
    /// An agreement on instalments.
    Agreed {
        /// What is paid by instalments.
        sum: &'a str,
        /// Months.
        parts: i32,
        /// Percent a year.
        percent: &'a str,
        /// The paper.
        document: &'a str,
    },
    /// The rest of instalments that were stopped.
    Stopped {
        /// The month charged.
        of: Month,
        /// Service and sum.
        sum: &'a str,
    },
    /// Interest of a month.
    Interest {
        /// The month charged.
        of: Month,
        /// Service and sum.
        sum: &'a str,
    },
    /// How interest came about.
    InterestOf {
        /// What was still put off.
        rest: &'a str,
        /// Percent a year.
        percent: &'a str,
    },
    /// A part that falls due.
    Part {
        /// Which.
        part: i32,
        /// Of how many.
        parts: i32,
        /// The month charged.
        of: Month,
        /// Service and sum.
        sum: &'a str,
    },
    /// What was put off to later months.
    PutOff {
        /// The month charged.
        of: Month,
        /// Service and sum.
        sum: &'a str,
    },
}

impl Said<'_> {
    /// The sentence.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        match lang {
            Lang::Ru => ru::said(self),
            Lang::En => en::said(self),
        }
    }
}

impl Rule {
    /// What the rule says, in one phrase.
    #[must_use]
    pub const fn sentence(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => ru::rule(self),
            Lang::En => en::rule(self),
        }
    }

    /// `число проживающих × норматив × тариф (354 п. 42, Прил. 2 ф. 4)`.
    #[must_use]
    pub fn told(self, lang: Lang) -> String {
        let citation = match lang {
            Lang::Ru => ru::citation(self.citation()),
            Lang::En => en::citation(self.citation()),
        };
        let sentence = self.sentence(lang);
        if citation.is_empty() { sentence.to_owned() } else { format!("{sentence} ({citation})") }
    }
}

impl What {
    /// The word for it.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => ru::what(self),
            Lang::En => en::what(self),
        }
    }
}

impl FactKind {
    /// The word for it.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => ru::fact(self),
            Lang::En => en::fact(self),
        }
    }
}

impl RuleData {
    /// The word for it.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => ru::data(self),
            Lang::En => en::data(self),
        }
    }
}

/// What is said behind the name of the service: nothing for its own charge.
#[must_use]
pub const fn component(component: Component, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru::component(component),
        Lang::En => en::component(component),
    }
}

/// A month and its year.
pub(super) fn month(month: Month, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru::month(month),
        Lang::En => en::month(month),
    }
}

/// A unit of a volume.
pub(super) fn unit(unit: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru::unit(unit),
        Lang::En => en::unit(unit),
    }
}

fn named(month: Month, names: &[&str; 12]) -> String {
    let first = month.first_day();
    let name = names.get(first.month0() as usize).copied().unwrap_or_default();
    format!("{name} {}", first.year())
}

#[cfg(test)]
mod tests;
