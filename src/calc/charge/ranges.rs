//! Ranges of electricity: a month's volume is cut at the limits of the region and every slice has its own prices (dossier
//! § 1.8). The limits are parts 7 and 8 of the norm, the prices parts 20… and 30… of the tariff. Zones are cut in
//! proportion to their volumes. *Open: the acts do not say how.*

use rust_decimal::Decimal;

use crate::calc::context::Problems;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::{self, Piece};
use crate::calc::line::Component;
use crate::calc::rules::NormValue;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, RuleData, What};

use super::{Charge, Charged};

/// Components and tariff parts of the ranges after the first.
const RANGES: [(Component, i16); 2] = [(Component::Range2, 20), (Component::Range3, 30)];

impl<'a> Charge<'a> {
    /// Books what is above the first range and gives the pieces without it; `None` where nothing is above.
    pub(super) fn book_ranges(
        &self,
        pieces: &[Piece],
        parts: &[(Component, i16)],
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) -> Option<Vec<Piece>> {
        let ctx = self.ctx;
        let unit = self.service.unit.as_str();
        let limits = [7, 8].map(|part| self.limit(part));
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
                let price = self.price(component, offset + part, self.measure());
                self.book(price.draft(&these, problems), charged);
            }
        }
        Some(pieces.iter().map(|piece| share(piece, &first, &total, unit)).collect())
    }

    /// Where a range ends.
    fn limit(&self, part: i16) -> Option<Figure> {
        let ctx = self.ctx;
        let table = ctx.rules.norms.get(&(self.segment.plan.norm?, part))?;
        let fact: &Fact<NormValue> = table.on(ctx.days.from, ctx.known)?;
        Some(ctx.data(fact, RuleData::Norm, fact.value.value, Tag(What::RangeEnd, &self.service.unit)))
    }
}

/// The part of a piece that a slice is of the whole.
fn share(piece: &Piece, slice: &Figure, total: &Figure, unit: &str) -> Piece {
    let product = piece.amount.clone().times(slice.clone(), Tag(What::Product, unit));
    Piece { amount: product.over(total.clone(), Tag(What::Volume, unit)), ..piece.clone() }
}
