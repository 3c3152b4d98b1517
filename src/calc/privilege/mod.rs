//! Privileges (льготы; dossier § 5.1): a percentage of the charge within a norm, for the share of the persons a
//! category covers.
//!
//! ```text
//! by volume:  L = pct × T × min( V × n_ben / n ,  N × n_ben )
//! by area:    L = pct × T × min( S × n_ben / n ,  S_norm × n_ben )
//! by charge:  L = pct × P × n_ben / n
//! ```
//!
//! The month is walked in stretches on which persons, rights, rules and norms stay the same. On each a person has one
//! ground, the largest; a resident is covered once, so that the sum never exceeds the charge. A category may also be asked for
//! more than the others ([`full_rate`]). What absence and
//! undersupply took off the charge lowers the privilege in the same proportion.

mod claim;
mod full_rate;
mod norm;
mod share;
mod stretch;

pub(super) use full_rate::full_rate;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::{Context, Problems};
use super::figure::{Figure, Tag, add};
use super::grounds::{Form, Funding, Privilege, PrivilegeBase, PrivilegeRule};
use super::ids::ServiceId;
use super::line::{Basis, Component, Holder, LineKey};
use super::lowering::{Billed, Group};
use super::money::round_volume;
use super::period::Days;
use super::price::{AMOUNT, AREA, Draft, Unit};
use super::timeline::{Fact, Timeline};
use super::trace::{Rule, What};

/// Sums of one holder and component over the stretches of the month.
struct Sum {
    covered: Decimal,
    amount: Figure,
    /// Whether what is covered is an area, whatever the service is measured in.
    is_area: bool,
}

/// The privileges of one service, a draft a holder and budget; `off` is what was taken off the charge before.
pub(super) fn privileges(
    billed: &Billed<'_>,
    group: &Group<'_>,
    off: &[Figure],
    problems: &mut Problems,
) -> Vec<(LineKey, Draft)> {
    let lowers = |base| base != PrivilegeBase::FullRate;
    let Some(entitled) = Entitled::of(billed, group, lowers) else { return Vec::new() };
    let mut sums: BTreeMap<(Component, Holder), Sum> = BTreeMap::new();
    for stretch in entitled.stretches() {
        for given in entitled.given(stretch, problems) {
            let key = (component(&given.rule.value), given.holder);
            let before = sums.remove(&key);
            let covered = before.as_ref().map_or(Decimal::ZERO, |sum| sum.covered) + given.covered;
            let is_area = given.is_area();
            let amount = add(before.map(|sum| sum.amount), given.amount, PRIVILEGE);
            sums.extend(amount.map(|amount| (key, Sum { covered, amount, is_area })));
        }
    }
    entitled.drafts(sums, off)
}

/// One service of one account whose residents have privileges.
pub(super) struct Entitled<'a> {
    billed: &'a Billed<'a>,
    ctx: &'a Context<'a>,
    group: &'a Group<'a>,
    charge: Figure,
    /// The days charged.
    days: Vec<Days>,
}

/// A right and the rule it meets.
#[derive(Clone, Copy)]
pub(super) struct Right<'a> {
    fact: &'a Fact<Privilege>,
    rule: &'a Fact<PrivilegeRule>,
}

impl<'a> Entitled<'a> {
    /// `None` where nobody has a right that is given this service on a base that is `wanted`, or nothing is charged. Asked of every
    /// service of everybody who has any right, so it is asked before anything is counted.
    fn of(
        billed: &'a Billed<'a>,
        group: &'a Group<'a>,
        wanted: impl Fn(PrivilegeBase) -> bool,
    ) -> Option<Self> {
        let ctx = billed.ctx();
        rules(billed, group.service_id)
            .any(|rules| rules.over(ctx.days, ctx.known).any(|(_, rule)| wanted(rule.value.base)))
            .then_some(())?;
        let charge = group
            .amount_of(|component| !component.is_surplus())
            .filter(|charge| charge.value() > Decimal::ZERO)?;
        let days = billed.days_of(group.service_id, group.contract);
        Some(Self { billed, ctx, group, charge, days })
    }
}

/// What the categories of those who have rights in the month are given for a service.
fn rules<'a>(
    billed: &Billed<'a>,
    service: ServiceId,
) -> impl Iterator<Item = &'a Timeline<PrivilegeRule>> + use<'a> {
    let ctx = billed.ctx();
    let rights = billed.home.premises.privileges.over(ctx.days, ctx.known);
    rights.filter_map(move |(_, right)| ctx.rules.privileges.get(&(right.value.category, service)))
}

impl Entitled<'_> {
    /// An amount in the proportion of what absence and undersupply left of the charge.
    fn after(&self, amount: Figure, off: &[Figure]) -> Figure {
        if off.is_empty() {
            return amount.settled();
        }
        let product = amount.times(self.left(off), Tag(What::Product, ""));
        product.over(self.charge.clone(), PRIVILEGE).settled()
    }

    fn left(&self, off: &[Figure]) -> Figure {
        off.iter().fold(self.charge.clone(), |left, off| left.plus(off.clone(), AMOUNT))
    }

    fn drafts(&self, sums: BTreeMap<(Component, Holder), Sum>, off: &[Figure]) -> Vec<(LineKey, Draft)> {
        let mut rest = self.left(off).value().max(Decimal::ZERO);
        let mut drafts = Vec::with_capacity(sums.len());
        for ((component, holder), sum) in sums {
            let mut amount = self.after(sum.amount, off).rounded(2);
            if amount.value() > rest {
                amount = amount.becoming(rest, What::Privilege);
            }
            if amount.value() <= Decimal::ZERO {
                continue;
            }
            rest -= amount.value();
            drafts.push((
                self.key(component, holder),
                self.draft(component, holder, (sum.covered, sum.is_area), amount),
            ));
        }
        drafts
    }

    fn key(&self, component: Component, holder: Holder) -> LineKey {
        self.billed.key(self.group.service_id, self.group.contract, component, holder)
    }

    fn draft(
        &self,
        component: Component,
        holder: Holder,
        (covered, is_area): (Decimal, bool),
        amount: Figure,
    ) -> Draft {
        let (basis, unit, scale) = if is_area && self.group.service.unit != AREA.0 {
            (Basis::Area, Unit::Area, AREA.1)
        } else {
            (self.group.drafts[0].1.basis, Unit::Service, self.group.service.scale)
        };
        let name = self.ctx.rules.categories.get(&holder.category).map_or("", String::as_str);
        Draft {
            component,
            volume: -round_volume(covered, scale),
            rate: Decimal::ZERO,
            basis,
            rule: Rule::Privilege,
            amount: amount.of(name).negated(AMOUNT),
            unit,
            laid: Vec::new(),
        }
    }
}

const fn component(rule: &PrivilegeRule) -> Component {
    match (rule.form, rule.funding) {
        (Form::Discount, Funding::Federal) => Component::PrivilegeFederal,
        (Form::Discount, Funding::Regional) => Component::PrivilegeRegional,
        (Form::Discount, Funding::Municipal) => Component::PrivilegeMunicipal,
        (Form::Cash, Funding::Federal) => Component::PayoutFederal,
        (Form::Cash, Funding::Regional) => Component::PayoutRegional,
        (Form::Cash, Funding::Municipal) => Component::PayoutMunicipal,
    }
}

pub(super) const PRIVILEGE: Tag<'static> = Tag(What::Privilege, "₽");
