//! Sewage: as much as the waters of the account were charged for, by meter or by norm, each as it is (354 п. 42;
//! dossier § 1.10).

use rust_decimal::Decimal;

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::Tag;
use crate::calc::flow::{self, Piece};
use crate::calc::line::Component;
use crate::calc::price::rates;
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged, ChargedWater};

impl<'a> Charge<'a> {
    /// Runs after the waters of the account. An account without water is charged by the norm of sewage, if its
    /// plan names one.
    pub(super) fn by_waters(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let waters = charged.waters.iter().filter(|water| self.service.waters.contains(&water.service));
        let mut pieces: Vec<Piece> = waters.flat_map(|water| self.of_water(water)).collect();
        if pieces.is_empty() {
            if self.segment.plan.norm.is_some() {
                return self.by_persons(charged, problems);
            }
            problems.push(ExceptionReason::NoWaters);
            return;
        }
        pieces.sort_by_key(|piece| (piece.component, piece.days, piece.amount.value()));
        for these in pieces.chunk_by(|one, other| one.component == other.component) {
            let price = self.price(these[0].component, 0, self.measure());
            self.book(price.draft(these, problems), charged);
        }
    }

    /// The charged volume of one water, a piece for every days with one rate of sewage. What the water gave back
    /// in its catch-up, sewage gives back in its own.
    fn of_water(&self, water: &ChargedWater<'_>) -> Vec<Piece> {
        let Self { ctx, segment, .. } = self;
        let back = flow::total(ctx, &water.pieces) < Decimal::ZERO;
        let basis = flow::mixed(water.pieces.iter().map(|piece| piece.basis));
        let mut pieces = Vec::with_capacity(1);
        for (days, _) in rates(ctx, segment.plan.tariff, 0, segment.days) {
            let Some((days, basis)) = days.meet(water.days).zip(basis) else { continue };
            let unit = &self.service.unit;
            let amount = flow::between(ctx, &water.pieces, days, water.scale, unit).of(water.name);
            if back {
                let base = Piece::whole(days, ctx.nothing(Tag(What::Water, unit)), basis, Rule::Waters);
                pieces.push(base);
            }
            let component = if back { Component::CatchUp } else { Component::Base };
            pieces.push(Piece { component, ..Piece::whole(days, amount, basis, Rule::Waters) });
        }
        pieces
    }
}
