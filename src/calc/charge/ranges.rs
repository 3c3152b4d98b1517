//! Ranges: a month's volume is cut at the limits of the region and every slice has its own prices (electricity: dossier
//! § 1.8; what is above the norms of consumption of area: § 5.4). The limits are parts 7 and 8 of the norm, looked up by rooms and
//! persons day by day; the prices are parts 20… and 30… of the tariff. Zones are cut in proportion to their volumes.
//! *Open: the acts do not say how.* An area is there every day, so each day is cut at its own limit (§ 4.1).

use rust_decimal::Decimal;

use crate::calc::context::Problems;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::{self, Piece};
use crate::calc::line::{Basis, Component};
use crate::calc::norm::{self, Fits};
use crate::calc::period::Days;
use crate::calc::price::{Draft, Measure, Price, Unit};
use crate::calc::trace::{Rule, RuleData, What};

use super::{Charge, Charged};

/// Components and tariff parts of the ranges after the first.
const RANGES: [(Component, i16); 2] = [(Component::Range2, 20), (Component::Range3, 30)];

/// What is cut: a volume of the service, or an area.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut<'c> {
    pub unit: &'c str,
    pub measure: Measure,
    pub told_in: Unit,
}

impl<'a> Charge<'a> {
    /// Books what is above the first range and gives the pieces without it; `None` where nothing is above.
    pub(super) fn book_ranges(
        &self,
        (pieces, cut): (&[Piece], Cut<'_>),
        parts: &[(Component, i16)],
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) -> Option<Vec<Piece>> {
        let ctx = self.ctx;
        let Cut { unit, measure, told_in } = cut;
        if matches!(measure, Measure::Count(_)) {
            return self.book_ranges_of_days(pieces, cut, charged, problems);
        }
        let limits = [7, 8].map(|part| self.limit(part, unit));
        let total = flow::until(ctx, pieces, ctx.days.to, unit);
        let [Some(first), second] = limits else { return None };
        if total.value() <= first.value() {
            return None;
        }
        let above = |limit: &Figure| (total.value() - limit.value()).max(Decimal::ZERO);
        let third = second.as_ref().map_or(Decimal::ZERO, above);
        let slices = [above(&first) - third, third];
        for ((component, offset), slice) in RANGES.into_iter().zip(slices) {
            if slice.is_zero() {
                continue;
            }
            let slice = total.clone().becoming(slice, What::Volume);
            for (of, part) in parts {
                let these: Vec<Piece> = pieces
                    .iter()
                    .filter(|piece| piece.component == *of)
                    .map(|piece| Piece { rule: Rule::Range, ..share(piece, &slice, &total, unit) })
                    .collect();
                let price = Price { unit, ..self.price(component, offset + part, measure) };
                let draft = price.draft(&these, problems);
                self.book(draft.map(|draft| Draft { unit: told_in, ..draft }), charged);
            }
        }
        Some(pieces.iter().map(|piece| share(piece, &first, &total, unit)).collect())
    }

    /// The same of what is there every day: each day's is cut at the limits of that day.
    fn book_ranges_of_days(
        &self,
        pieces: &[Piece],
        Cut { unit, measure, told_in }: Cut<'_>,
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) -> Option<Vec<Piece>> {
        let mut slices: [Vec<Piece>; 3] = Default::default();
        let first = self.ends(7, unit)?;
        let second = self.ends(8, unit).unwrap_or_default();
        for (days, piece, ends) in cut_by_days(pieces, &first, &second) {
            for (slice, amount) in slices.iter_mut().zip(sliced(piece.amount.value(), ends)) {
                let of_days = Piece { days, ..piece.clone() };
                if amount == piece.amount.value() {
                    slice.push(of_days);
                } else {
                    let amount = piece.amount.clone().becoming(amount, What::Volume);
                    slice.push(Piece { amount, rule: Rule::Range, ..of_days });
                }
            }
        }
        let [within, above @ ..] = slices;
        if above.iter().flatten().all(|piece| piece.amount.value().is_zero()) {
            return None;
        }
        for ((component, part), mut pieces) in RANGES.into_iter().zip(above) {
            pieces.retain(|piece| !piece.amount.value().is_zero());
            let price = Price { unit, ..self.price(component, part, measure) };
            let draft = price.draft(&pieces, problems);
            self.book(draft.map(|draft| Draft { unit: told_in, ..draft }), charged);
        }
        Some(within)
    }

    /// Where a range ends, over the month; `None` where the norm does not say so of every day.
    fn limit(&self, part: i16, unit: &str) -> Option<Figure> {
        let ends = self.ends(part, unit)?;
        if ends.windows(2).all(|two| two[0].amount.value() == two[1].amount.value()) {
            return ends.into_iter().next().map(|piece| piece.amount);
        }
        Some(flow::until(self.ctx, &ends, self.ctx.days.to, unit).named(What::RangeEnd))
    }

    /// Where a range ends on every day; `None` where the norm does not say so of all of them.
    fn ends(&self, part: i16, unit: &str) -> Option<Vec<Piece>> {
        let Self { ctx, home, .. } = self;
        let norm = self.segment.plan.norm.filter(|norm| norm::has(ctx, Some(*norm), part))?;
        let mut problems = Problems::within(ctx.days);
        let mut pieces = Vec::with_capacity(1);
        for heads in home.heads().ok()? {
            for (days, rooms) in norm::rooms(home, heads.days) {
                let fits = Fits { rooms, persons: heads.count };
                for (days, line) in norm::lines(ctx, Some(norm), part, days, fits, &mut problems) {
                    let end = ctx.data(line, RuleData::Norm, line.value.value, Tag(What::RangeEnd, unit));
                    pieces.push(Piece::monthly(ctx, days, end, Basis::Norm, Rule::Range));
                }
            }
        }
        problems.list.is_empty().then_some(pieces)
    }
}

/// Where the ranges of some days end; there may be no third.
type Ends = (Decimal, Option<Decimal>);

/// The pieces on days with the same ends of ranges.
fn cut_by_days<'p>(
    pieces: &'p [Piece],
    first: &'p [Piece],
    second: &'p [Piece],
) -> Vec<(Days, &'p Piece, Ends)> {
    let mut cut = Vec::with_capacity(pieces.len());
    for piece in pieces {
        for end in first {
            let Some(days) = piece.days.meet(end.days) else { continue };
            let first = end.amount.value();
            if second.is_empty() {
                cut.push((days, piece, (first, None)));
            }
            let met = second.iter().filter_map(|next| Some((days.meet(next.days)?, next.amount.value())));
            cut.extend(met.map(|(days, next)| (days, piece, (first, Some(next)))));
        }
    }
    cut
}

/// What of a whole lies in each range.
fn sliced(whole: Decimal, (first, second): Ends) -> [Decimal; 3] {
    let above = |limit: Decimal| (whole - limit).max(Decimal::ZERO);
    let third = second.map_or(Decimal::ZERO, above);
    [whole - above(first), above(first) - third, third]
}

/// The part of a piece that a slice is of the whole.
fn share(piece: &Piece, slice: &Figure, total: &Figure, unit: &str) -> Piece {
    let product = piece.amount.clone().times(slice.clone(), Tag(What::Product, unit));
    Piece { amount: product.over(total.clone(), Tag(What::Volume, unit)), ..piece.clone() }
}
