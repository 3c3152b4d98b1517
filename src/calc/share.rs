//! Co-owners with accounts of their own: each charge is that of the premises whole, divided by shares by the largest remainder, so
//! that the parts make the whole (ГК ст. 249; dossier § 1.12, 7.3). The share of the first day of the month holds for it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::context::Context;
use super::facts::{Account, Method, Premises};
use super::figure::Tag;
use super::ids::{AccountId, ServiceId};
use super::line::{Component, LineKey};
use super::money::{Money, round_volume, split};
use super::plan::{self, Segment};
use super::price::{AMOUNT, AREA, Draft, Unit};
use super::trace::{Source, What};

/// The share of one account in the charges of its premises.
pub(super) struct Share {
    /// The weights of all accounts with shares, and what nobody of them has.
    weights: Vec<i64>,
    /// Which of them is this account's.
    place: usize,
}

impl Share {
    /// `None` where the account pays everything.
    pub fn of(ctx: &Context<'_>, premises: &Premises, account: &Account) -> Option<Self> {
        if account.shares.0.is_empty() {
            return None;
        }
        let mut shares: Vec<(AccountId, i64, i64)> = Vec::new();
        for other in premises.accounts.iter().filter(|other| plan::is_open(ctx, other)) {
            let share = other.shares.over(ctx.days, ctx.known).next();
            shares.extend(
                share.map(|(_, fact)| (other.id, fact.value.numerator, fact.value.denominator.max(1))),
            );
        }
        shares.sort_unstable_by_key(|(id, _, _)| *id);
        let place = shares.iter().position(|(id, _, _)| *id == account.id)?;
        let whole = shares.iter().fold(1, |whole, (_, _, below)| least_multiple(whole, *below));
        let mut weights: Vec<i64> =
            shares.iter().map(|(_, above, below)| above.saturating_mul(whole / below)).collect();
        let left = whole - weights.iter().sum::<i64>();
        if left > 0 {
            weights.push(left);
        }
        Some(Self { weights, place })
    }

    /// Whether what is remembered of the premises is remembered with this account: once, with the first.
    pub fn remembers(&self) -> bool {
        self.place == 0
    }

    /// The part of the charges. What was said of this account alone is not divided: a ready amount of a supplier with all
    /// that lowers it, and the fine for what this account was charged too much.
    pub fn take(
        &self,
        ctx: &Context<'_>,
        segments: &[Segment<'_>],
        drafts: Vec<(LineKey, Draft)>,
    ) -> Vec<(LineKey, Draft)> {
        let ready = |key: &LineKey| {
            segments.iter().any(|segment| {
                (segment.plan.service, segment.plan.contract) == (key.service, key.contract)
                    && segment.plan.method == Method::Ready
            })
        };
        let part = |(key, draft): (LineKey, Draft)| {
            let own = key.component == Component::Fine || ready(&key);
            (key, if own { draft } else { self.part(ctx, key.service, draft) })
        };
        drafts.into_iter().map(part).collect()
    }

    fn part(&self, ctx: &Context<'_>, service: ServiceId, draft: Draft) -> Draft {
        let parts = Money::round(draft.amount.value()).and_then(|whole| split(whole, &self.weights));
        let Some(part) = parts.and_then(|parts| parts.get(self.place).copied()) else { return draft };
        let leaf = |value: i64| ctx.leaf(Decimal::from(value), Tag(What::Share, ""), Source::Calendar, None);
        let (above, below) = (leaf(self.weights[self.place]), leaf(self.weights.iter().sum()));
        let scale = ctx.rules.services.get(&service).map_or(0, |service| match draft.unit {
            Unit::Service => service.scale,
            Unit::Heat => service.heat_scale,
            Unit::Area => AREA.1,
        });
        let volume = self.part_of(draft.volume, scale);
        let amount = draft.amount.times(above, Tag(What::Product, "₽")).over(below, AMOUNT);
        let amount = amount.becoming(part.roubles(), What::Amount);
        Draft { volume, amount, laid: Vec::new(), ..draft }
    }
}

impl Share {
    /// A volume at the places of its service, divided like the money: the parts make the whole.
    fn part_of(&self, volume: Decimal, scale: u32) -> Decimal {
        let units = (round_volume(volume, scale) * Decimal::from(10_i64.pow(scale))).to_i64();
        let parts = units.and_then(|units| split(Money::from_kopecks(units), &self.weights));
        let part = parts.and_then(|parts| parts.get(self.place).map(|part| part.kopecks()));
        Decimal::new(part.unwrap_or_default(), scale).normalize()
    }
}

fn least_multiple(one: i64, other: i64) -> i64 {
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (one / a.max(1)).saturating_mul(other)
}
