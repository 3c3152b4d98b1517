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
    /// The amount is charged whole, also when the account is open for a part of the month only; if two plans or
    /// two amounts share the month, by days of each: a fact cut in two by an undo is still one amount. An account
    /// without an amount has no line.
    pub(super) fn ready(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, account, segment, .. } = self;
        let billed = self.billed();
        let met =
            |days: Days| -> Vec<Days> { billed.iter().filter_map(|billed| billed.meet(days)).collect() };
        let own =
            account.ready.over(ctx.days, ctx.known).filter(|(_, fact)| fact.value.0 == segment.plan.service);
        let facts: Vec<_> = own.map(|(days, fact)| (met(days), fact)).collect();
        let over = facts.iter().flat_map(|(ours, _)| ours).map(|days| days.count()).sum();
        let mut pieces = Vec::with_capacity(facts.len());
        for (ours, fact) in facts {
            if !ours.iter().any(|days| days.meet(segment.days).is_some()) {
                continue;
            }
            let figure = ctx.fact(fact, FactKind::Ready, fact.value.1, Tag(What::Ready, "₽"));
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

    #[test]
    fn an_amount_cut_in_two_is_still_one() {
        let mut scene = scene();
        let first = scene.fact("2026-09-01..2026-09-03", (UPKEEP, d("100.01")));
        let second = scene.fact("2026-09-03..2026-10-01", (UPKEEP, d("100.01")));
        scene.account(0).ready.0 = vec![first, second];
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "0 × 0 = 100.01");
    }

    #[test]
    fn two_amounts_share_the_month_by_days() {
        let mut scene = scene();
        let first = scene.fact("2026-09-01..2026-09-16", (UPKEEP, d("100")));
        let second = scene.fact("2026-09-16..2026-10-01", (UPKEEP, d("300")));
        scene.account(0).ready.0 = vec![first, second];
        // 100 × 15/30 + 300 × 15/30
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "0 × 0 = 200.00");
    }
}
