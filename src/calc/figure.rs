//! A number that may know where it came from.
//!
//! Charging is written once, over figures. In a month run they are plain decimals; when an explanation is asked
//! for, the same additions and multiplications grow its tree. So an explanation can never disagree with the
//! amount it explains, and a run that asks for none pays for none.

use rust_decimal::Decimal;

use super::money::round_volume;
use super::trace::{How, Node, Rule, Source, What};
use super::unit::Detail;

/// A number with its reasons, if they were asked for. Arithmetic saturates instead of overflowing: a sum that
/// large is refused when it becomes money.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    value: Decimal,
    why: Option<Box<Node>>,
}

/// Places kept of a quotient that is about to be rounded to kopecks.
const SETTLED: u32 = 18;

/// The name and unit of a result. Costs nothing until a tree is grown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a>(pub What, pub &'a str);

impl Figure {
    /// A number; its node is made only when `detail` asks for it.
    pub fn new(detail: Detail, value: Decimal, why: impl FnOnce() -> Node) -> Self {
        let why = (detail == Detail::Traced).then(|| Box::new(why()));
        Self { value, why }
    }

    /// The number.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The tree, if one was grown.
    pub fn into_why(self) -> Option<Node> {
        self.why.map(|node| *node)
    }

    /// `self + other`; sums of the same thing become one list.
    pub fn plus(mut self, other: Self, tag: Tag<'_>) -> Self {
        let value = self.value.saturating_add(other.value);
        if let (Some(node), Some(next)) = (self.why.as_deref_mut(), other.why.as_deref())
            && node.what == tag.0
            && node.rule.is_none()
            && node.of.is_none()
            && let How::Sum(parts) = &mut node.how
        {
            parts.push(next.clone());
            node.value = value;
            self.value = value;
            return self;
        }
        join(value, tag, self, other, How::Sum)
    }

    /// `self − other`.
    pub fn minus(self, other: Self, tag: Tag<'_>) -> Self {
        join(self.value.saturating_sub(other.value), tag, self, other, How::Difference)
    }

    /// `self × other`.
    pub fn times(self, other: Self, tag: Tag<'_>) -> Self {
        join(self.value.saturating_mul(other.value), tag, self, other, How::Product)
    }

    /// `self ÷ other`; nothing is left of a division by nothing, so callers divide by what they have checked.
    pub fn over(self, other: Self, tag: Tag<'_>) -> Self {
        let value = self.value.checked_div(other.value).unwrap_or(Decimal::ZERO);
        join(value, tag, self, other, How::Quotient)
    }

    /// The number without the noise a division leaves in its last places: thirds of a sum are the sum again.
    pub fn settled(mut self) -> Self {
        self.value = self.value.round_dp(SETTLED);
        self
    }

    /// The number after a rule has dropped or completed its fraction; itself where there is none.
    pub fn becoming(self, value: Decimal, what: What) -> Self {
        if value == self.value {
            return self;
        }
        let why = self.why.map(|from| {
            let unit = if what == from.what { from.unit.clone() } else { String::new() };
            Box::new(Node { what, value, unit, of: None, rule: None, how: How::Sum(vec![*from]) })
        });
        Self { value, why }
    }

    /// `0 − self`.
    pub fn negated(self, tag: Tag<'_>) -> Self {
        let value = -self.value;
        let why = self.why.map(|from| {
            let Tag(what, unit) = tag;
            let nothing = Node {
                what,
                value: Decimal::ZERO,
                unit: unit.to_owned(),
                of: None,
                rule: None,
                how: How::Given { source: Source::Nothing, days: None },
            };
            Box::new(Node {
                what,
                value,
                unit: unit.to_owned(),
                of: None,
                rule: None,
                how: How::Difference(vec![nothing, *from]),
            })
        });
        Self { value, why }
    }

    /// The number brought to `scale` places, half away from zero.
    pub fn rounded(self, scale: u32) -> Self {
        let value = round_volume(self.value, scale);
        let why = self.why.map(|from| {
            let (what, unit) = (from.what, from.unit.clone());
            Box::new(Node { what, value, unit, of: None, rule: None, how: How::Rounded { scale, from } })
        });
        Self { value, why }
    }

    /// Gives the number a name of its own.
    pub fn named(mut self, what: What) -> Self {
        if let Some(node) = self.why.as_deref_mut() {
            node.what = what;
        }
        self
    }

    /// Says which of several things this number is of.
    pub fn of(mut self, name: &str) -> Self {
        if let Some(node) = self.why.as_deref_mut() {
            node.of = Some(name.to_owned());
        }
        self
    }

    /// Names the rule this number follows.
    pub fn by(mut self, rule: Rule) -> Self {
        if let Some(node) = self.why.as_deref_mut() {
            node.rule = Some(rule);
        }
        self
    }
}

/// Adds to what may still be nothing.
pub(super) fn add(total: Option<Figure>, next: Figure, tag: Tag<'_>) -> Option<Figure> {
    Some(match total {
        Some(total) => total.plus(next, tag),
        None => next,
    })
}

fn join(value: Decimal, tag: Tag<'_>, left: Figure, right: Figure, how: fn(Vec<Node>) -> How) -> Figure {
    let why = left.why.zip(right.why).map(|(left, right)| {
        let Tag(what, unit) = tag;
        Box::new(Node {
            what,
            value,
            unit: unit.to_owned(),
            of: None,
            rule: None,
            how: how(vec![*left, *right]),
        })
    });
    Figure { value, why }
}
