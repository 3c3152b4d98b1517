//! A ready amount, computed by an outside supplier (dossier § 9.3).

use crate::calc::context::Problems;
use crate::calc::facts::Method;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::{Basis, Component};
use crate::calc::period::Days;
use crate::calc::price::Measure;
use crate::calc::trace::{FactKind, Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    /// The amount is charged whole, also when the account is open for a part of the month only; if two plans
    /// share the month, by days of each. An account without an amount has no line.
    pub(super) fn ready(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, account, segment, .. } = self;
        let billed = self.billed();
        let mut pieces = Vec::with_capacity(1);
        for (days, fact) in account.ready.over(ctx.days, ctx.known) {
            let (of, roubles) = fact.value;
            let ours: Vec<Days> = billed.iter().filter_map(|billed| billed.meet(days)).collect();
            if of != segment.plan.service || !ours.iter().any(|days| days.meet(segment.days).is_some()) {
                continue;
            }
            let over = ours.iter().map(|days| days.count()).sum();
            let figure = ctx.fact(fact, FactKind::Ready, roubles, Tag(What::Ready, "₽"));
            pieces.extend(
                ours.into_iter().map(|days| Piece {
                    over,
                    ..Piece::whole(days, figure.clone(), Basis::Ready, Rule::Ready)
                }),
            );
        }
        pieces.sort_by_key(|piece| (piece.over, piece.days, piece.amount.value()));
        let draft = self.price(Component::Base, 0, Measure::Ready).draft(&pieces, problems);
        self.book(draft, charged);
    }

    /// The days the service is charged to the account as a ready amount.
    fn billed(&self) -> Vec<Days> {
        let plan = |method, service| method == Method::Ready && service == self.segment.plan.service;
        let segments = self.segments.iter().filter(|segment| plan(segment.plan.method, segment.plan.service));
        segments.map(|segment| segment.days).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::AccountPlan;
    use crate::calc::testing::*;

    use super::*;

    fn scene() -> Scene {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::Ready, false);
        let ready = scene.fact("2026-09-01..2026-10-01", (UPKEEP, d("100.01")));
        scene.account(0).ready.0.push(ready);
        scene
    }

    #[test]
    fn whole_even_when_the_account_was_opened_later() {
        let mut scene = scene();
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "0 × 0 = 100.01");
        let open = scene.fact("2026-09-21..", ());
        scene.account(0).open.0 = vec![open];
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "0 × 0 = 100.01");
        assert!(scene.calc("2026-10").lines.is_empty());
    }

    #[test]
    fn two_contracts_share_it_by_days_and_to_the_kopeck() {
        let mut scene = scene();
        let mut plan = service_plan(UPKEEP, Method::Ready, false);
        plan.contract.0 = 99;
        let own = scene.fact("2026-09-11..", AccountPlan::Own(plan));
        scene.account(0).plans.0.push(own);
        let outcome = scene.calc("2026-09");
        let amounts: Vec<String> = outcome.lines.iter().map(|line| line.amount.to_string()).collect();
        // 100.01 × 10/30 = 33.336… → 33.34, the rest 66.67
        assert_eq!(amounts, ["33.34", "66.67"]);
    }
}
