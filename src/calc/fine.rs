//! The fine the executor owes the consumer for charging too much in breach of the rules (ЖК 156 ч. 11, 157 ч. 6;
//! dossier § 3.3): a percentage of the excess, taken off the bill.

use super::context::Problems;
use super::exception::ExceptionReason;
use super::figure::Tag;
use super::ids::ServiceId;
use super::line::{Basis, Component, Holder, LineKey};
use super::lowering::Billed;
use super::price::{AMOUNT, Draft, Unit};
use super::rules::Parameter;
use super::trace::{FactKind, Rule, RuleData, What};

/// The fines credited in the month; a fine of a service the account is not charged for is noted.
pub(super) fn fines(
    billed: &Billed<'_>,
    note: &mut impl FnMut(ServiceId, Problems),
) -> Vec<(LineKey, Draft)> {
    let ctx = billed.ctx();
    let mut drafts = Vec::new();
    for (_, fact) in billed.account.overcharges.over(ctx.days, ctx.known) {
        let service = fact.value.service;
        let mut problems = Problems::within(ctx.days);
        let percent = ctx.rules.parameters.get(&Parameter::ExecutorFinePercent);
        let percent = percent.and_then(|values| values.on(ctx.days.from, ctx.known));
        let segment = billed.segments.iter().find(|segment| segment.plan.service == service);
        match (percent, segment) {
            (None, _) => problems.push(ExceptionReason::NoParameter(Parameter::ExecutorFinePercent)),
            (_, None) => problems.push(ExceptionReason::FineWithoutService),
            (Some(percent), Some(_)) if percent.value.is_zero() => {}
            (Some(percent), Some(segment)) => {
                let excess = ctx.fact(fact, FactKind::Overcharge, fact.value.excess, Tag(What::Excess, "₽"));
                let rate = ctx.data(percent, RuleData::Parameter, percent.value, Tag(What::Percent, "%"));
                let fine = excess.times(rate, Tag(What::Product, "")).over(ctx.hundred(), AMOUNT).rounded(2);
                let key = billed.key(service, segment.plan.contract, Component::Fine, Holder::default());
                drafts.push((
                    key,
                    Draft {
                        component: Component::Fine,
                        volume: rust_decimal::Decimal::ZERO,
                        rate: rust_decimal::Decimal::ZERO,
                        basis: Basis::Ready,
                        rule: Rule::Fine,
                        amount: fine.negated(AMOUNT),
                        unit: Unit::Service,
                        laid: Vec::new(),
                    },
                ));
            }
        }
        note(service, problems);
    }
    drafts
}
