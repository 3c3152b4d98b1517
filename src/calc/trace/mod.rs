//! Why a line is what it is: a tree from the amount down to facts, rules and earlier months.
//!
//! Every number of a calculation can carry such a [`Node`]; the tree is grown by the same arithmetic that makes
//! the number, so it cannot tell another story. `serde` gives it as JSON, [`Trace::lines`] as lines in a language of the
//! desk, `Display` as indented Russian text, as papers have it.

mod rule;
pub(super) mod text;
mod what;
mod words;

use rust_decimal::Decimal;

use super::ids::{HouseId, MeterId};
use super::line::LineKey;
use super::money::Money;
use super::period::{Days, Month};

pub use rule::Rule;
pub use text::{Origin, TraceLine, apart};
pub use what::{FactKind, RuleData, What};
pub use words::{Said, component};

/// The explanation of one line.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Trace {
    /// The line.
    pub key: LineKey,
    /// The month.
    pub month: Month,
    /// Printed name of the service.
    pub service: String,
    /// Unit of the volume.
    pub unit: String,
    /// Places the volume is printed with.
    pub scale: u32,
    /// The rule the line follows.
    pub rule: Rule,
    /// The volume of the line.
    pub volume: Decimal,
    /// The rate that priced the last part of it.
    pub rate: Decimal,
    /// The amount of the line; equal to the value of `root`.
    pub amount: Money,
    /// How the amount came about.
    pub root: Node,
}

/// One number of a calculation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// The number.
    pub value: Decimal,
    /// Its unit: «м³», «чел.», «₽».
    pub unit: String,
    /// Which one, where there may be several: a serial number, the name of a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The rule of law it follows where that is not the rule of its line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Where it came from.
    #[serde(flatten)]
    pub how: How,
}

/// Where a number came from.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A leaf.
    Given {
        /// The fact, rule or earlier month.
        source: Source,
        /// The days it is true for, as far as known.
        #[serde(skip_serializing_if = "Option::is_none")]
        days: Option<Days>,
    },
    /// `a + b + …`.
    Sum(Vec<Node>),
    /// `a − b`.
    Difference(Vec<Node>),
    /// `a × b × …`.
    Product(Vec<Node>),
    /// `a ÷ b`.
    Quotient(Vec<Node>),
    /// A number brought to so many places, half away from zero.
    Rounded {
        /// Places after the point.
        scale: u32,
        /// The number before.
        from: Box<Node>,
    },
}

/// What a leaf was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A fact about the unit: its kind and database row.
    Fact {
        /// Kind of fact.
        kind: FactKind,
        /// Row.
        row: i64,
    },
    /// Dated data of law or price.
    Data {
        /// Kind of data.
        kind: RuleData,
        /// Row.
        row: i64,
    },
    /// What an earlier month charged for a register without a reading.
    Charged {
        /// The meter.
        meter: MeterId,
        /// The register.
        register: i16,
        /// That month.
        month: Month,
    },
    /// A house quantity frozen by booking.
    Booked {
        /// The house.
        house: HouseId,
        /// The month.
        month: Month,
    },
    /// The areas of so many premises of the house.
    Premises {
        /// Their number.
        count: usize,
    },
    /// The calendar: days of a range or month.
    Calendar,
    /// What follows from the facts without a number of its own: nothing consumed, nobody present.
    Nothing,
}
