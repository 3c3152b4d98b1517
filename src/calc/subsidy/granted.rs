//! The subsidies of an account's month: what was decided, at most the bill, spread over its services.
//!
//! The bill is that of housing, utilities and capital repair (ЖК 159) after everything that lowers it; the increasing
//! coefficient and the executor's fine are left out of it (dossier § 5.1). A subsidy belongs to the account, so co-owners
//! with accounts of their own do not divide it; several are taken one after the other, each of what the ones before left.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::formula::{Law, Terms};
use crate::calc::context::Context;
use crate::calc::facts::Account;
use crate::calc::figure::{Figure, Tag};
use crate::calc::grounds::{Form, SubsidyGrant, SubsidyMeasure};
use crate::calc::ids::{ContractId, ServiceId};
use crate::calc::line::{Basis, Component, Holder, LineKey};
use crate::calc::money::{Money, split};
use crate::calc::price::{AMOUNT, Draft, Unit};
use crate::calc::timeline::Fact;
use crate::calc::trace::{FactKind, Rule, Source, What};
use crate::calc::undersupply::lowers_surplus;

/// Where a part of a bill is owed.
type Place = (ServiceId, ContractId);

/// The subsidies of one account, a draft a service and contract; amounts are negative.
pub(in crate::calc) fn subsidies(
    ctx: &Context<'_>,
    account: &Account,
    drafts: &[&[(LineKey, Draft)]],
) -> Vec<(LineKey, Draft)> {
    let granted = account.subsidies.over(ctx.days, ctx.known).map(|(_, fact)| fact);
    let mut granted: Vec<&Fact<SubsidyGrant>> =
        granted.filter(|fact| fact.days.contain(ctx.days.from)).collect();
    if granted.is_empty() {
        return Vec::new();
    }
    granted.sort_by_key(|fact| (fact.value.category, fact.row));
    let mut bill = Bill::of(ctx, drafts);
    granted.into_iter().flat_map(|fact| bill.lowered_by(ctx, account, fact)).collect()
}

/// Charges without and with what the coefficient adds, less absence, by place: an undersupply that lowers both is divided between them, for
/// a subsidy knows no surplus.
fn raised(ctx: &Context<'_>, drafts: &[&[(LineKey, Draft)]]) -> BTreeMap<Place, [i64; 2]> {
    let mut raised: BTreeMap<Place, [i64; 2]> = BTreeMap::new();
    if lowers_surplus(ctx) != Ok(true) {
        return raised;
    }
    for (key, draft) in drafts.iter().copied().flatten() {
        let component = key.component;
        let is_charge = !component.is_privilege() && !component.is_payout();
        if is_charge && !matches!(component, Component::Undersupply | Component::Fine) {
            let kopecks = Money::round(draft.amount.value()).map_or(0, Money::kopecks);
            raised.entry((key.service, key.contract)).or_default()[usize::from(component.is_surplus())] +=
                kopecks;
        }
    }
    raised.retain(|_, [base, surplus]| *base >= 0 && *surplus > 0);
    raised
}

/// What an account is asked for housing and utilities.
struct Bill {
    /// What is left of it, by place.
    left: BTreeMap<Place, Money>,
    /// What it was before any subsidy.
    with_privileges: Money,
    /// What it would be without privileges.
    without_privileges: Money,
    /// What of it lies within the norms of consumption and area: without the ranges above the first and
    /// without what a person pays in full.
    within_norms: Money,
}

impl Bill {
    fn of(ctx: &Context<'_>, drafts: &[&[(LineKey, Draft)]]) -> Self {
        let mut left: BTreeMap<Place, Money> = BTreeMap::new();
        let (mut whole, mut within) = (left.clone(), left.clone());
        let raised = raised(ctx, drafts);
        for (key, draft) in drafts.iter().copied().flatten() {
            let component = key.component;
            let is_housing = ctx.rules.services.get(&key.service).is_some_and(|service| service.is_housing);
            let is_asked = !component.is_surplus() && !component.is_payout() && component != Component::Fine;
            let Some(amount) = Money::round(draft.amount.value()).filter(|_| is_housing && is_asked) else {
                continue;
            };
            let place = (key.service, key.contract);
            let amount = match raised.get(&place) {
                Some(weights) if component == Component::Undersupply => {
                    split(amount, weights).map_or(amount, |parts| parts[0])
                }
                _ => amount,
            };
            *left.entry(place).or_default() += amount;
            if !component.is_privilege() {
                *whole.entry(place).or_default() += amount;
            }
            if !matches!(component, Component::Range2 | Component::Range3 | Component::FullRate) {
                *within.entry(place).or_default() += amount;
            }
        }
        let (with_privileges, without_privileges) = (asked(&left), asked(&whole));
        Self { within_norms: asked(&within), left, with_privileges, without_privileges }
    }

    /// The lines of one subsidy; one on the bill leaves less to the next.
    fn lowered_by(
        &mut self,
        ctx: &Context<'_>,
        account: &Account,
        fact: &Fact<SubsidyGrant>,
    ) -> Vec<(LineKey, Draft)> {
        let asked = asked(&self.left);
        let Some(amount) = self.amount(ctx, fact) else { return Vec::new() };
        let mut amount = amount.settled().rounded(2);
        if amount.value() > asked.roubles() {
            amount = amount.becoming(asked.roubles(), What::Subsidy).by(Rule::SubsidyUpToBill);
        }
        let dues: Vec<i64> = self.left.values().map(|sum| sum.kopecks().max(0)).collect();
        let parts = Money::round(amount.value()).filter(|whole| *whole > Money::ZERO);
        let Some(parts) = parts.and_then(|whole| split(whole, &dues)) else { return Vec::new() };
        let component = match fact.value.form {
            Form::Discount => Component::Subsidy,
            Form::Cash => Component::SubsidyPayout,
        };
        let holder = Holder { person: fact.value.person, category: fact.value.category };
        let name = ctx.rules.categories.get(&fact.value.category).map_or("", String::as_str);
        let mut lines = Vec::with_capacity(parts.len());
        for ((place, left), part) in self.left.iter_mut().zip(parts).filter(|(_, part)| *part > Money::ZERO) {
            let share = share(ctx, amount.clone(), (*left, asked), part).of(name);
            if component == Component::Subsidy {
                *left = *left - part;
            }
            let (service, contract) = *place;
            let key = LineKey { account: account.id, service, contract, component, holder };
            lines.push((key, draft(component, rule_of(&fact.value.measure), share)));
        }
        lines
    }

    /// What was decided: a sum, or what the formula of the law gives for this month's bill.
    fn amount(&self, ctx: &Context<'_>, fact: &Fact<SubsidyGrant>) -> Option<Figure> {
        let given = |value, what, unit| ctx.fact(fact, FactKind::Subsidy, value, Tag(what, unit));
        let bill = |sum: Money, what| ctx.leaf(sum.roubles(), Tag(what, "₽"), Source::Nothing, None);
        let terms = |persons: Option<i16>, income, share, minimum: Option<Decimal>| Terms {
            persons: match persons {
                Some(persons) => given(Decimal::from(persons), What::Family, "чел."),
                None => ctx.leaf(Decimal::ONE, Tag(What::Family, "чел."), Source::Nothing, None),
            },
            income: given(income, What::Income, "₽"),
            minimum: minimum.map(|minimum| given(minimum, What::Minimum, "₽")),
            share: given(share, What::OwnShare, "%"),
            hundred: ctx.hundred(),
        };
        let within = || bill(self.within_norms, What::BillWithinNorms);
        let (terms, law) = match fact.value.measure {
            SubsidyMeasure::Amount(sum) => return Some(given(sum, What::Subsidy, "₽")),
            SubsidyMeasure::Formula { persons, income, share, minimum, standard } => {
                let discounted = (self.with_privileges < self.without_privileges).then(|| {
                    let without = bill(self.without_privileges, What::BillWithoutPrivileges);
                    (bill(self.with_privileges, What::Bill), without)
                });
                let standard = given(standard, What::Standard, "₽");
                (terms(Some(persons), income, share, Some(minimum)), Law::Russia { standard, discounted })
            }
            SubsidyMeasure::AboveShare { income, share } => {
                (terms(None, income, share, None), Law::Belarus { charge: within() })
            }
            SubsidyMeasure::AboveMinima { persons, income, share, minimum } => {
                let two = ctx.leaf(Decimal::TWO, Tag(What::Minima, ""), Source::Nothing, None);
                (terms(Some(persons), income, share, Some(minimum)), Law::Ukraine { charge: within(), two })
            }
        };
        terms.work(law).map(|worked| worked.amount)
    }
}

/// The rule that tells of a subsidy.
const fn rule_of(measure: &SubsidyMeasure) -> Rule {
    match measure {
        SubsidyMeasure::AboveShare { .. } => Rule::SubsidyBelarus,
        SubsidyMeasure::AboveMinima { .. } => Rule::SubsidyUkraine,
        SubsidyMeasure::Amount(_) | SubsidyMeasure::Formula { .. } => Rule::Subsidy,
    }
}

/// What is asked altogether; a place below nothing asks for nothing.
fn asked(sums: &BTreeMap<Place, Money>) -> Money {
    sums.values().map(|sum| (*sum).max(Money::ZERO)).sum()
}

/// The part of a subsidy that one place takes.
fn share(ctx: &Context<'_>, whole: Figure, (due, asked): (Money, Money), part: Money) -> Figure {
    if part.roubles() == whole.value() {
        return whole;
    }
    let leaf = |sum: Money, what| ctx.leaf(sum.roubles(), Tag(what, "₽"), Source::Nothing, None);
    let share = whole.times(leaf(due, What::BillOfService), Tag(What::Product, ""));
    let share = share.over(leaf(asked, What::Bill), Tag(What::Subsidy, "₽"));
    share.becoming(part.roubles(), What::Subsidy)
}

fn draft(component: Component, rule: Rule, amount: Figure) -> Draft {
    Draft {
        component,
        volume: Decimal::ZERO,
        rate: Decimal::ZERO,
        basis: Basis::Ready,
        rule,
        amount: amount.negated(AMOUNT),
        unit: Unit::Service,
        laid: Vec::new(),
    }
}
