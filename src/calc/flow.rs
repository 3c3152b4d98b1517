//! A volume laid over the days of a month.
//!
//! Persons come and go, meters are read and replaced, rates change: on different days. So a method does not give
//! one number but pieces, each spread evenly over its days, and whoever needs the volume of some days takes it
//! as the difference of two sums counted from the first of the month, each rounded. Whatever way the month is
//! cut, the parts then sum to the whole (dossier § 4.1: the last part is what the others leave).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::context::Context;
use super::figure::{Figure, Tag, add};
use super::ids::MeterId;
use super::line::{Basis, Component};
use super::period::Days;
use super::trace::{Rule, What};

/// A volume spread evenly over some days.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The days it covers.
    pub days: Days,
    /// The volume that `over` days of this kind would have: a month's volume for norms and areas, the piece's
    /// own for readings.
    pub amount: Figure,
    /// The days `amount` stands for; never 0.
    pub over: i64,
    /// How the volume came about.
    pub basis: Basis,
    /// The rule it follows.
    pub rule: Rule,
    /// The part of the service it belongs to.
    pub component: Component,
    /// Whether the law raises it.
    pub raise: Raise,
    /// The register that was charged without a reading, to be remembered.
    pub silent: Option<(MeterId, i16)>,
}

/// How the law raises a volume by norm (dossier § 1.3–1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Raise {
    /// Not at all.
    No,
    /// By the coefficient of the norm: a meter could stand here, or has failed.
    Coefficient,
    /// By the factor of tampering.
    Tampering,
}

impl Piece {
    /// A month's volume (or area, or quantity) that holds on `days` of the month.
    pub fn monthly(ctx: &Context<'_>, days: Days, amount: Figure, basis: Basis, rule: Rule) -> Self {
        Self {
            days,
            amount,
            over: ctx.length,
            basis,
            rule,
            component: Component::Base,
            raise: Raise::No,
            silent: None,
        }
    }

    /// A volume that belongs to exactly these days.
    pub fn whole(days: Days, amount: Figure, basis: Basis, rule: Rule) -> Self {
        Self {
            days,
            amount,
            over: days.count(),
            basis,
            rule,
            component: Component::Base,
            raise: Raise::No,
            silent: None,
        }
    }
}

/// The exact volume of the days from the first of the month to `day`.
pub(super) fn until(ctx: &Context<'_>, pieces: &[Piece], day: NaiveDate, unit: &str) -> Figure {
    let tag = Tag(What::Volume, unit);
    let span = Days { from: ctx.days.from, to: day };
    let mut total = None;
    // Days are divided once for all pieces of one length: thirds added up would not make a whole.
    let mut open: Option<(Figure, i64)> = None;
    for piece in pieces {
        let Some(days) = piece.days.meet(span) else { continue };
        let count = days.count();
        if count == piece.over || piece.amount.value().is_zero() {
            total = add(total, piece.amount.clone(), tag);
            continue;
        }
        let weighted = weigh(ctx, piece, count, unit);
        open = Some(match open.take() {
            Some((sum, over)) if over == piece.over => {
                (sum.plus(weighted, Tag(What::VolumeDays, unit)), over)
            }
            Some((sum, over)) => {
                total = add(total, divide(ctx, sum, over, unit), tag);
                (weighted, piece.over)
            }
            None => (weighted, piece.over),
        });
    }
    if let Some((sum, over)) = open {
        total = add(total, divide(ctx, sum, over, unit), tag);
    }
    total.unwrap_or_else(|| ctx.nothing(tag))
}

/// Volume × days of a piece, before the division.
pub(super) fn weigh(ctx: &Context<'_>, piece: &Piece, days: i64, unit: &str) -> Figure {
    piece.amount.clone().times(ctx.count(days, What::Days), Tag(What::VolumeDays, unit))
}

fn divide(ctx: &Context<'_>, sum: Figure, over: i64, unit: &str) -> Figure {
    sum.over(ctx.count(over, What::DaysOfAll), Tag(What::Volume, unit))
}

/// The volume of some days at the places of its service: rounded up to their end less rounded up to their start.
pub(super) fn between(ctx: &Context<'_>, pieces: &[Piece], days: Days, scale: u32, unit: &str) -> Figure {
    let end = until(ctx, pieces, days.to, unit).rounded(scale);
    if days.from <= ctx.days.from || pieces.iter().all(|piece| piece.days.from >= days.from) {
        return end;
    }
    let start = until(ctx, pieces, days.from, unit).rounded(scale);
    end.named(What::VolumeUntil).minus(start.named(What::VolumeUntil), Tag(What::Volume, unit))
}

/// Whether the pieces come to less than nothing over the month.
pub(super) fn below_nothing(ctx: &Context<'_>, pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| piece.amount.value().is_sign_negative())
        && until(ctx, pieces, ctx.days.to, "").value() < Decimal::ZERO
}

/// One word for several bases.
pub(super) fn mixed(bases: impl Iterator<Item = Basis>) -> Option<Basis> {
    bases.reduce(|one, other| if one == other { one } else { Basis::Mixed })
}

/// What is left of `days` without `holes`, in order.
pub(super) fn without(days: Days, holes: &[Days]) -> Vec<Days> {
    let mut left = vec![days];
    for hole in holes {
        left = left.iter().flat_map(|days| cut(*days, *hole)).flatten().collect();
    }
    left
}

/// The parts of `days` before and after `hole`.
fn cut(days: Days, hole: Days) -> [Option<Days>; 2] {
    if days.meet(hole).is_none() {
        return [Some(days), None];
    }
    let before = Days { from: days.from, to: hole.from };
    let after = Days { from: hole.to, to: days.to };
    [before, after].map(|part| (part.from < part.to).then_some(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::days;

    #[test]
    fn ranges_without_holes() {
        let july = days("2026-07-01..2026-08-01");
        assert_eq!(without(july, &[]), [july]);
        assert_eq!(without(july, &[july]), []);
        let holes =
            [days("2026-07-20..2026-09-01"), days("2026-07-05..2026-07-06"), days("2026-06-01..2026-07-02")];
        assert_eq!(without(july, &holes), [days("2026-07-02..2026-07-05"), days("2026-07-06..2026-07-20")]);
    }
}
