//! A counted quantity × rate: animals, a fixed fee of one, a volume given from outside (dossier § 9.3, the
//! charges of a receipt that no meter or norm gives).

use crate::calc::context::Problems;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::{Basis, Component};
use crate::calc::price::Measure;
use crate::calc::trace::{FactKind, Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    /// An account without a quantity has no line: the plan of a house may offer what only some take.
    pub(super) fn by_quantity(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, account, segment, service, .. } = self;
        let mut pieces = Vec::with_capacity(1);
        for (days, fact) in account.quantities.over(ctx.days, ctx.known) {
            let (of, quantity) = fact.value;
            if of == segment.plan.service && days.meet(segment.days).is_some() {
                let figure = ctx.fact(fact, FactKind::Quantity, quantity, Tag(What::Quantity, &service.unit));
                pieces.push(Piece::monthly(ctx, days, figure, Basis::Quantity, Rule::Quantity));
            }
        }
        pieces.sort_by_key(|piece| (piece.days, piece.amount.value()));
        let draft = self.price(Component::Base, 0, Measure::Count(service.scale)).draft(&pieces, problems);
        if self.book(draft, charged) {
            self.keep_water(pieces, charged);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::Method;
    use crate::calc::line::Component;
    use crate::calc::testing::*;

    fn scene() -> Scene {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::Quantity, false);
        scene.rate(UPKEEP, 0, "..", "60.00");
        scene
    }

    #[test]
    fn counted_by_days() {
        let mut scene = scene();
        let one = scene.fact("..", (UPKEEP, d("1")));
        let two_more = scene.fact("2026-09-21..", (UPKEEP, d("2")));
        scene.account(0).quantities.0.extend([two_more, one]);
        // 1 all month and 2 for 10 of 30 days: 1.6667 → 1.67 in print; 60 × (30 + 20)/30 = 100.00
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "1.67 × 60 = 100.00");
        // August: 1 × 60
        assert_eq!(scene.line("2026-08", UPKEEP, Component::Base), "1 × 60 = 60.00");
    }

    #[test]
    fn what_is_not_taken_is_not_charged() {
        let scene = scene();
        assert!(scene.calc("2026-09").lines.is_empty());
    }
}
