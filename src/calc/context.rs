//! What every step of a calculation can see.

use rust_decimal::Decimal;

use super::earlier::Earlier;
use super::exception::ExceptionReason;
use super::facts::{House, UnitFacts};
use super::figure::{Figure, Tag};
use super::group::GroupMeter;
use super::ids::Mark;
use super::period::{Days, Month};
use super::rules::{Parameter, Rules};
use super::timeline::Fact;
use super::trace::{FactKind, How, Node, RuleData, Source, What};
use super::unit::Detail;

/// The fixed surroundings of one calculation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub rules: &'a Rules,
    pub known: Mark,
    pub earlier: &'a Earlier,
    pub month: Month,
    /// All days of the month.
    pub days: Days,
    /// How many they are.
    pub length: i64,
    /// All houses of the unit, and the meters several of them share.
    pub houses: &'a [House],
    pub groups: &'a [GroupMeter],
    pub detail: Detail,
}

impl<'a> Context<'a> {
    pub fn new(
        facts: &'a UnitFacts,
        (rules, known): (&'a Rules, Mark),
        earlier: &'a Earlier,
        month: Month,
        detail: Detail,
    ) -> Self {
        let days = month.days();
        let UnitFacts { houses, groups, .. } = facts;
        Self { rules, known, earlier, month, days, length: days.count(), houses, groups, detail }
    }

    /// A leaf of the tree.
    pub fn leaf(&self, value: Decimal, tag: Tag<'_>, source: Source, days: Option<Days>) -> Figure {
        Figure::new(self.detail, value, || {
            let Tag(what, unit) = tag;
            Node {
                what,
                value,
                unit: unit.to_owned(),
                of: None,
                rule: None,
                how: How::Given { source, days },
            }
        })
    }

    /// A leaf read from a fact of the unit.
    pub fn fact<T>(&self, fact: &Fact<T>, kind: FactKind, value: Decimal, tag: Tag<'_>) -> Figure {
        self.leaf(value, tag, Source::Fact { kind, row: fact.row }, Some(fact.days))
    }

    /// A leaf read from dated data of law or price.
    pub fn data<T>(&self, fact: &Fact<T>, kind: RuleData, value: Decimal, tag: Tag<'_>) -> Figure {
        self.leaf(value, tag, Source::Data { kind, row: fact.row }, Some(fact.days))
    }

    /// A number of days.
    pub fn count(&self, days: i64, what: What) -> Figure {
        self.leaf(Decimal::from(days), Tag(what, "дн."), Source::Calendar, None)
    }

    /// The hundred a percentage is divided by.
    pub fn hundred(&self) -> Figure {
        self.leaf(Decimal::ONE_HUNDRED, Tag(What::Percent, "%"), Source::Calendar, None)
    }

    /// Nothing, of some kind.
    pub fn nothing(&self, tag: Tag<'_>) -> Figure {
        self.leaf(Decimal::ZERO, tag, Source::Nothing, None)
    }

    /// A parameter as of the first day of the month.
    pub fn parameter(&self, parameter: Parameter) -> Result<Decimal, ExceptionReason> {
        let timeline = self.rules.parameters.get(&parameter);
        let fact = timeline.and_then(|timeline| timeline.on(self.days.from, self.known));
        fact.map(|fact| fact.value).ok_or(ExceptionReason::NoParameter(parameter))
    }
}

/// What went wrong while one service of one account was charged, on the days it was to be charged for.
#[derive(Debug)]
pub(super) struct Problems {
    within: Days,
    pub list: Vec<ExceptionReason>,
}

impl Problems {
    pub fn within(days: Days) -> Self {
        Self { within: days, list: Vec::new() }
    }

    pub fn push(&mut self, reason: ExceptionReason) {
        self.list.push(reason);
    }

    /// Notes that something is missing on `days`, if any of them is charged; the reason gets the first such day.
    pub fn missing(&mut self, days: Days, reason: impl FnOnce(chrono::NaiveDate) -> ExceptionReason) {
        if let Some(shared) = days.meet(self.within) {
            self.list.push(reason(shared.from));
        }
    }

    /// Keeps the value, or notes why there is none.
    pub fn keep<T>(&mut self, result: Result<T, ExceptionReason>) -> Option<T> {
        result.map_err(|reason| self.list.push(reason)).ok()
    }
}
