//! The full tariff of one person among several (Belarus: who could work and does not pays hot water, gas and heat in full; dossier § 5.4):
//! the person's share of what lies within the norms, at the price above them (parts 20… of the tariff) less the price it was
//! charged at. A category with a rule of the base `full_rate` says who and for what; the percentage how much of the difference.

use rust_decimal::Decimal;

use super::claim::asked;
use super::{Entitled, PRIVILEGE, Right};
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::grounds::PrivilegeBase;
use crate::calc::ids::PersonId;
use crate::calc::line::{Basis, Component, Holder, LineKey};
use crate::calc::lowering::{Billed, Group};
use crate::calc::money::round_volume;
use crate::calc::period::Days;
use crate::calc::price::{AMOUNT, AREA, Draft, Laid, Measure, Unit, rates};
use crate::calc::timeline::Fact;
use crate::calc::trace::{FactKind, Rule, RuleData, What};

/// Where the prices above the norms stand in a tariff.
pub(super) const ABOVE: i16 = 20;

/// What a service is dearer by for those who pay it in full; `off` is what was taken off the charge before.
pub(in crate::calc) fn full_rate(
    billed: &Billed<'_>,
    group: &Group<'_>,
    off: &[Figure],
    problems: &mut Problems,
) -> Option<(LineKey, Draft)> {
    let entitled = Entitled::of(billed, group, |base| base == PrivilegeBase::FullRate)?;
    let mut sum = Sum::default();
    for stretch in entitled.stretches() {
        entitled.dearer(stretch, &mut sum, problems);
    }
    let amount = entitled.after(sum.amount?, off).rounded(2);
    if amount.value().is_zero() {
        return None;
    }
    let (basis, unit, scale) = if sum.is_area && group.service.unit != AREA.0 {
        (Basis::Area, Unit::Area, AREA.1)
    } else {
        (group.drafts[0].1.basis, Unit::Service, group.service.scale)
    };
    let draft = Draft {
        component: Component::FullRate,
        volume: round_volume(sum.volume, scale),
        rate: Decimal::ZERO,
        basis,
        rule: Rule::FullRate,
        amount,
        unit,
        laid: Vec::new(),
    };
    let key = billed.key(group.service_id, group.contract, Component::FullRate, Holder::default());
    Some((key, draft))
}

/// What stretches of the month come to.
#[derive(Default)]
struct Sum {
    amount: Option<Figure>,
    volume: Decimal,
    is_area: bool,
}

impl<'a> Entitled<'a> {
    /// Adds what a stretch is dearer by: every person once, whatever grounds there are.
    fn dearer(&self, stretch: Days, sum: &mut Sum, problems: &mut Problems) {
        let Some(heads) = self.heads(stretch).filter(|heads| heads.count > 0) else { return };
        let mut rights: Vec<Right<'a>> = self.rights(stretch, heads);
        rights.retain(|right| right.rule.value.base == PrivilegeBase::FullRate);
        let mut seats = heads.count;
        let mut seen: Vec<PersonId> = Vec::with_capacity(rights.len());
        for right in rights {
            if seen.contains(&right.fact.value.person) {
                continue;
            }
            seen.push(right.fact.value.person);
            let count = asked(&right, heads).min(seats);
            seats -= count;
            let persons = Decimal::from(count);
            let persons =
                self.ctx.fact(right.fact, FactKind::Privilege, persons, Tag(What::Privileged, "чел."));
            let of_all = |whole| self.of_all(whole, persons.clone(), heads, Tag(What::Covered, self.unit()));
            let percent = right.rule.value.percent;
            let percent =
                self.ctx.data(right.rule, RuleData::PrivilegeRule, percent, Tag(What::Percent, "%"));
            for (component, laid) in self.within_norms() {
                for (volume, more) in self.differences(laid, stretch, problems) {
                    let share = of_all(volume);
                    if !matches!(component, Component::Heat | Component::CatchUpHeat) {
                        sum.volume += share.value();
                    }
                    sum.is_area |= matches!(laid.measure, Measure::Count(_));
                    let amount = share.times(more, AMOUNT).times(percent.clone(), Tag(What::Product, ""));
                    sum.amount = add(sum.amount.take(), amount.over(self.ctx.hundred(), PRIVILEGE), AMOUNT);
                }
            }
        }
    }

    /// What was charged at the prices within the norms.
    fn within_norms(&self) -> impl Iterator<Item = (Component, &'a Laid)> {
        let laid = |(key, draft): &'a (LineKey, Draft)| draft.laid.iter().map(|laid| (key.component, laid));
        let laid = self.group.drafts.iter().flat_map(laid);
        laid.filter(|(_, laid)| laid.part < ABOVE && laid.measure != Measure::Ready)
    }

    /// Volumes of the stretch with what a unit of them is dearer by.
    fn differences(&self, laid: &Laid, stretch: Days, problems: &mut Problems) -> Vec<(Figure, Figure)> {
        let ctx = self.ctx;
        let Some(days) = laid.days.meet(stretch) else { return Vec::new() };
        let mut found = Vec::with_capacity(1);
        for (days, within) in rates(ctx, laid.tariff, laid.part, days) {
            let Some(within) = within else { continue };
            for (days, above) in rates(ctx, laid.tariff, laid.part + ABOVE, days) {
                let Some(above) = above else {
                    let part = laid.part + ABOVE;
                    problems.missing(days, |since| ExceptionReason::NoRate { part, since });
                    continue;
                };
                let rate = |fact: &Fact<Decimal>| {
                    ctx.data(fact, RuleData::Rate, fact.value, Tag(What::Rate, self.unit()))
                };
                let more = rate(above).minus(rate(within), Tag(What::Rate, self.unit()));
                found.push((self.volume(laid, days), more));
            }
        }
        found
    }
}
