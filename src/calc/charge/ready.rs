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
