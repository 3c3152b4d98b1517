//! The share of a charge a privilege is a percentage of.

use rust_decimal::Decimal;

use super::Entitled;
use super::full_rate::ABOVE;
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow;
use crate::calc::grounds::{PrivilegeBase, PrivilegeRule};
use crate::calc::line::{Component, LineKey};
use crate::calc::norm::{self, Fits};
use crate::calc::period::Days;
use crate::calc::persons::Heads;
use crate::calc::price::{AMOUNT, Draft, Laid, Measure, rates};
use crate::calc::trace::{FactKind, RuleData, What};

/// A covered part of volume and charge.
pub(super) struct Share {
    pub covered: Decimal,
    pub amount: Figure,
}

/// What a stretch was charged for: the priced parts of all components.
struct Worth {
    /// Volume of the service itself, without the heat of hot water.
    volume: Option<Figure>,
    amount: Figure,
    /// Of them, volume and amount within the first range, where there is more.
    first: Option<(Figure, Figure)>,
    /// The rate, where there is only one.
    rate: Option<Figure>,
    /// Areas and quantities are of the month, not of the days.
    is_counted: bool,
}

impl Entitled<'_> {
    /// The share of `persons` of those who are there, within the norm of the rule.
    pub(super) fn share(
        &self,
        rule: &PrivilegeRule,
        persons: Figure,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Share> {
        let worth = self.worth(stretch)?;
        match rule.base {
            PrivilegeBase::Full => {
                let amount = self.of_all(worth.amount, persons.clone(), heads, AMOUNT);
                let covered = worth.volume.map_or(Decimal::ZERO, |volume| {
                    self.of_all(volume, persons, heads, Tag(What::Covered, self.unit())).value()
                });
                Some(Share { covered, amount })
            }
            PrivilegeBase::NormVolume => {
                let volume = worth.volume.clone().filter(|volume| !volume.value().is_zero())?;
                let cap = self.norm_of_service(&persons, heads, stretch, problems)?;
                Some(self.within(&worth, volume, cap, persons, heads))
            }
            PrivilegeBase::NormArea => {
                let area = self.area(stretch)?;
                let cap = self.social_norm(rule, persons.clone(), heads, stretch, problems)?;
                let of_days = if worth.is_counted { self.for_days(area, stretch) } else { area };
                let cap = if worth.is_counted { self.for_days(cap, stretch) } else { cap };
                Some(self.within(&worth, of_days, cap, persons, heads))
            }
            PrivilegeBase::MinContribution => self.contribution(rule, persons, heads, stretch, problems),
            PrivilegeBase::FullRate => None,
        }
    }

    /// `min(whole × persons ÷ all, cap)` of the charge: at its rate where there is one, else in proportion.
    fn within(&self, worth: &Worth, whole: Figure, cap: Figure, persons: Figure, heads: &Heads) -> Share {
        let own = self.of_all(whole.clone(), persons.clone(), heads, Tag(What::Covered, self.unit()));
        let covered = if own.value() <= cap.value() { own } else { cap };
        let value = covered.value();
        let is_all = worth.volume.as_ref().is_some_and(|volume| volume.value() == whole.value());
        let amount = match (&worth.rate, &worth.first) {
            (Some(rate), _) if is_all => covered.times(rate.clone(), AMOUNT),
            (_, Some(first)) if is_all => self.ranged(worth, first, (whole, covered), persons, heads),
            _ => worth.amount.clone().times(covered, Tag(What::Product, "")).over(whole, AMOUNT),
        };
        Share { covered: value, amount }
    }

    /// What lies within the norm is paid at the prices of the first range: of the persons' share of it, then of what is above.
    fn ranged(
        &self,
        worth: &Worth,
        (volume, amount): &(Figure, Figure),
        (whole, covered): (Figure, Figure),
        persons: Figure,
        heads: &Heads,
    ) -> Figure {
        let tag = Tag(What::Covered, self.unit());
        let of = |amount: &Figure, part: Figure, volume: Figure| {
            amount.clone().times(part, Tag(What::Product, "")).over(volume, AMOUNT)
        };
        let own = self.of_all(volume.clone(), persons, heads, tag);
        if covered.value() <= own.value() {
            return of(amount, covered, volume.clone());
        }
        let within = of(amount, own.clone(), volume.clone());
        let above = worth.amount.clone().minus(amount.clone(), AMOUNT);
        within.plus(of(&above, covered.minus(own, tag), whole.minus(volume.clone(), tag)), AMOUNT)
    }

    /// Area within the social norm × the minimum rate.
    fn contribution(
        &self,
        rule: &PrivilegeRule,
        persons: Figure,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Share> {
        let Some(tariff) = rule.tariff else {
            problems.push(ExceptionReason::PrivilegeWithoutNorm);
            return None;
        };
        let Some((_, Some(rate))) = rates(self.ctx, tariff, 0, stretch).next() else {
            problems.missing(stretch, |since| ExceptionReason::NoRate { part: 0, since });
            return None;
        };
        let own = self.of_all(self.area(stretch)?, persons.clone(), heads, Tag(What::Covered, "м²"));
        let covered = match rule.norm {
            Some(_) => {
                let cap = self.social_norm(rule, persons, heads, stretch, problems)?;
                if own.value() <= cap.value() { own } else { cap }
            }
            None => own,
        };
        let covered = self.for_days(covered, stretch);
        let value = covered.value();
        let rate = self.ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, "м²"));
        Some(Share { covered: value, amount: covered.times(rate, AMOUNT) })
    }

    /// `whole × persons ÷ all`; the whole itself where everybody is covered.
    pub(super) fn of_all(&self, whole: Figure, persons: Figure, heads: &Heads, tag: Tag<'_>) -> Figure {
        if persons.value() == Decimal::from(heads.count) {
            return whole;
        }
        whole.times(persons, Tag(What::Product, "")).over(self.billed.home.figure(heads), tag)
    }

    /// `month's value × days ÷ days of the month`; the value itself for a whole month.
    pub(super) fn for_days(&self, value: Figure, stretch: Days) -> Figure {
        if stretch == self.ctx.days {
            return value;
        }
        let product = value.times(self.ctx.count(stretch.count(), What::Days), Tag(What::VolumeDays, ""));
        product.over(self.ctx.count(self.ctx.length, What::DaysOfAll), Tag(What::Covered, self.unit()))
    }

    /// The social norm of area for the covered persons; looked up by the number of all who live here.
    fn social_norm(
        &self,
        rule: &PrivilegeRule,
        persons: Figure,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Figure> {
        if rule.norm.is_none() {
            problems.push(ExceptionReason::PrivilegeWithoutNorm);
            return None;
        }
        let fits = Fits { rooms: 0, persons: heads.count };
        let lines = norm::lines(self.ctx, rule.norm, 0, stretch, fits, problems);
        let (_, line) = lines.first()?;
        let norm = self.ctx.data(line, RuleData::Norm, line.value.value, Tag(What::SocialNorm, "м²"));
        Some(persons.times(norm, Tag(What::Covered, "м²")))
    }

    fn area(&self, stretch: Days) -> Option<Figure> {
        let fact = self.billed.home.premises.areas.on(stretch.from, self.ctx.known)?;
        let total = fact.value.total;
        let area = self.ctx.fact(fact, FactKind::Area, total, Tag(What::AreaTotal, "м²"));
        (!total.is_zero()).then_some(area)
    }

    pub(super) fn unit(&self) -> &str {
        &self.group.service.unit
    }

    /// What a stretch was charged for. A stretch that is all that was charged has the rounded charge itself.
    fn worth(&self, stretch: Days) -> Option<Worth> {
        let of = |counted: fn(i16) -> bool| {
            let mut worth: Option<Worth> = None;
            for (key, draft) in self.group.drafts {
                for laid in draft.laid.iter().filter(|laid| counted(laid.part)) {
                    self.lay(key.component, laid, stretch, &mut worth);
                }
            }
            worth
        };
        let mut worth = of(|_| true);
        let above =
            |(key, _): &(LineKey, Draft)| matches!(key.component, Component::Range2 | Component::Range3);
        if self.group.drafts.iter().any(above) {
            let first = of(|part| part < ABOVE).and_then(|first| first.volume.zip(Some(first.amount)));
            worth = worth.map(|worth| Worth { first, ..worth });
        }
        let whole = self.days.len() == 1 && self.days[0] == stretch;
        worth.map(|worth| if whole { Worth { amount: self.charge.clone(), ..worth } } else { worth })
    }

    fn lay(&self, component: Component, laid: &Laid, stretch: Days, worth: &mut Option<Worth>) {
        let Some(days) = laid.days.meet(stretch) else { return };
        let is_heat = matches!(component, Component::Heat | Component::CatchUpHeat);
        let is_counted = matches!(laid.measure, Measure::Count(_));
        if laid.measure == Measure::Ready {
            let amount = flow::between(self.ctx, &laid.pieces, days, 2, "₽");
            return sum_up(worth, None, amount, None, is_counted);
        }
        for (days, rate) in rates(self.ctx, laid.tariff, laid.part, days) {
            let Some(rate) = rate else { continue };
            let volume = self.volume(laid, days);
            let rate = self.ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, self.unit()));
            let amount = volume.clone().times(rate.clone(), AMOUNT);
            sum_up(worth, (!is_heat).then_some(volume), amount, Some(rate), is_counted);
        }
    }

    pub(super) fn volume(&self, laid: &Laid, days: Days) -> Figure {
        let unit = self.unit();
        if let Measure::Volume(scale) = laid.measure {
            return flow::between(self.ctx, &laid.pieces, days, scale, unit);
        }
        let end = flow::until(self.ctx, &laid.pieces, days.to, unit);
        if days.from <= self.ctx.days.from {
            return end;
        }
        end.minus(flow::until(self.ctx, &laid.pieces, days.from, unit), Tag(What::Volume, unit))
    }
}

/// Adds a part; a second one means that there is no single rate.
fn sum_up(
    worth: &mut Option<Worth>,
    volume: Option<Figure>,
    amount: Figure,
    rate: Option<Figure>,
    is_counted: bool,
) {
    *worth = Some(match worth.take() {
        None => Worth { volume, amount, first: None, rate, is_counted },
        Some(sum) => Worth {
            volume: match (sum.volume, volume) {
                (Some(one), Some(other)) => Some(one.plus(other, Tag(What::Volume, ""))),
                (one, other) => one.or(other),
            },
            amount: sum.amount.plus(amount, AMOUNT),
            first: None,
            rate: None,
            is_counted: sum.is_counted && is_counted,
        },
    });
}
