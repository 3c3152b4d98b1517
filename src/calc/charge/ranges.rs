//! Ranges: a month's volume is cut at the limits of the region and every slice has its own prices (electricity: dossier
//! § 1.8; what is above the norms of consumption of area: § 5.4). The limits are parts 7 and 8 of the norm, looked up by rooms and
//! persons day by day; the prices are parts 20… and 30… of the tariff. Zones are cut in proportion to their volumes.
//! *Open: the acts do not say how.*

use rust_decimal::Decimal;

use crate::calc::context::Problems;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::{self, Piece};
use crate::calc::line::{Basis, Component};
use crate::calc::norm::{self, Fits};
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

    /// Where a range ends; `None` where the norm does not say so of every day.
    fn limit(&self, part: i16, unit: &str) -> Option<Figure> {
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
        let same = pieces.windows(2).all(|two| two[0].amount.value() == two[1].amount.value());
        if !problems.list.is_empty() {
            return None;
        }
        if same {
            return pieces.into_iter().next().map(|piece| piece.amount);
        }
        Some(flow::until(ctx, &pieces, ctx.days.to, unit).named(What::RangeEnd))
    }
}

/// The part of a piece that a slice is of the whole.
fn share(piece: &Piece, slice: &Figure, total: &Figure, unit: &str) -> Piece {
    let product = piece.amount.clone().times(slice.clone(), Tag(What::Product, unit));
    Piece { amount: product.over(total.clone(), Tag(What::Volume, unit)), ..piece.clone() }
}
