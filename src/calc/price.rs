//! Volume × rate: where a number becomes money.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::figure::{Figure, Tag, add};
use super::flow::{self, Piece, mixed};
use super::ids::TariffId;
use super::line::{Basis, Component};
use super::money::round_volume;
use super::period::Days;
use super::timeline::{Fact, Timeline};
use super::trace::{Rule, RuleData, What};

/// How a volume meets its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// The volume is first brought to so many places, then multiplied (dossier § 0.1).
    Volume(u32),
    /// Areas and counted quantities are already what is printed: days divide the amount, not the quantity, and
    /// only the printed number is brought to so many places (dossier § 4.1: 54,30 м² for 15 of 31 days at 31,74
    /// are 833,94).
    Count(u32),
    /// Roubles are given ready; there is no rate and no volume.
    Ready,
}

/// The price of one component of one segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price<'a> {
    pub ctx: &'a Context<'a>,
    /// The days charged.
    pub days: Days,
    /// The first day of the month on which somebody pays here by the same terms: what those before have paid is not divided
    /// anew.
    pub since: NaiveDate,
    pub tariff: TariffId,
    /// Part of the tariff.
    pub part: i16,
    pub unit: &'a str,
    pub measure: Measure,
    /// What the line is booked as.
    pub component: Component,
    /// Whether the draft remembers what it was priced from, for whoever takes a part of it off again.
    pub keep: bool,
}

/// A line before it is put together with others of its key.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub component: Component,
    pub volume: Decimal,
    pub rate: Decimal,
    pub basis: Basis,
    pub rule: Rule,
    /// Sum of rounded parts.
    pub amount: Figure,
    pub unit: Unit,
    /// What it was priced from; empty unless asked for.
    pub laid: Vec<Laid>,
}

/// What one segment of a draft was priced from.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    pub days: Days,
    pub tariff: TariffId,
    pub part: i16,
    pub measure: Measure,
    pub pieces: Vec<Piece>,
}

/// Which of its units a line is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The unit of the service.
    Service,
    /// Гкал, the heat of hot water.
    Heat,
    /// м², where the area itself is what is paid for.
    Area,
}

/// The unit of areas, and the places they are printed with (dossier § 0.1).
pub(super) const AREA: (&str, u32) = ("м²", 2);

/// The rates of a tariff on some days, in order; days without one are `None`.
pub(super) fn rates<'a>(
    ctx: &Context<'a>,
    tariff: TariffId,
    part: i16,
    days: Days,
) -> impl Iterator<Item = (Days, Option<&'a Fact<Decimal>>)> {
    static NONE: Timeline<Decimal> = Timeline(Vec::new());
    let rates: &'a Timeline<Decimal> = ctx.rules.tariffs.get(&(tariff, part)).unwrap_or(&NONE);
    rates.stretches(days, ctx.known)
}

/// Whether a rate of the tariff begins or ends on a day of the month.
pub(super) fn changes_on(ctx: &Context<'_>, tariff: TariffId, part: i16, day: NaiveDate) -> bool {
    rates(ctx, tariff, part, ctx.days).any(|(days, _)| days.from == day)
}

impl Price<'_> {
    /// Charges the pieces; `None` when there are none or no day of the segment has a rate.
    pub fn draft(&self, pieces: &[Piece], problems: &mut Problems) -> Option<Draft> {
        let rule = pieces.first()?.rule;
        if self.measure == Measure::Ready {
            return Some(self.ready(pieces, rule));
        }
        let mut amount = None;
        let mut volume = Decimal::ZERO;
        let (mut rate, mut idle) = (None, None);
        for (days, fact) in rates(self.ctx, self.tariff, self.part, self.days) {
            if !pieces.iter().any(|piece| piece.days.meet(days).is_some()) {
                // Nothing to price, so no rate is missed: a zone of a meter that was not there yet, or days after
                // the reading that closed the month.
                idle = fact.map(|fact| (days, fact)).or(idle);
                continue;
            }
            let Some(fact) = fact else {
                let part = self.part;
                problems.missing(days, |since| ExceptionReason::NoRate { part, since });
                continue;
            };
            let (part_volume, part_amount) = self.part(pieces, days, fact);
            volume = volume.saturating_add(part_volume);
            amount = add(amount, part_amount, AMOUNT);
            rate = Some(fact.value);
        }
        if let (None, Some((days, fact))) = (rate, idle) {
            // The service was there and nothing was consumed: a line of nothing, so that it is seen.
            amount = Some(self.part(pieces, days, fact).1);
            rate = Some(fact.value);
        }
        if let Measure::Count(scale) = self.measure {
            volume = round_volume(volume, scale);
        }
        Some(self.filled(pieces, rule, volume, rate?, amount?))
    }

    fn ready(&self, pieces: &[Piece], rule: Rule) -> Draft {
        let amount = flow::between(self.ctx, pieces, self.days, 2, "₽");
        self.filled(pieces, rule, Decimal::ZERO, Decimal::ZERO, amount)
    }

    fn filled(&self, pieces: &[Piece], rule: Rule, volume: Decimal, rate: Decimal, amount: Figure) -> Draft {
        let charged = pieces.iter().filter(|piece| piece.days.meet(self.days).is_some());
        let basis = mixed(charged.map(|piece| piece.basis)).unwrap_or(pieces[0].basis);
        let &Self { days, tariff, part, measure, component, .. } = self;
        let laid = self.keep.then(|| Laid { days, tariff, part, measure, pieces: pieces.to_vec() });
        let laid = laid.into_iter().collect();
        Draft { component, volume, rate, basis, rule, amount, unit: Unit::Service, laid }
    }

    /// Volume and rounded amount of days with one rate.
    fn part(&self, pieces: &[Piece], days: Days, rate: &Fact<Decimal>) -> (Decimal, Figure) {
        let ctx = self.ctx;
        let rate = ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, self.unit));
        match self.measure {
            Measure::Volume(scale) => self.measured(pieces, days, &rate, scale),
            Measure::Count(_) | Measure::Ready => self.counted(pieces, days, &rate),
        }
    }

    /// The rounded amount of a volume, divided between payers like that of a quantity. A reading on the day they changed
    /// divides by itself: each then pays what it told.
    fn measured(&self, pieces: &[Piece], days: Days, rate: &Figure, scale: u32) -> (Decimal, Figure) {
        let of = |days| flow::between(self.ctx, pieces, days, scale, self.unit);
        let volume = of(days);
        let amount = volume.clone().times(rate.clone(), AMOUNT).rounded(2);
        let divided = |piece: &Piece| {
            let follows =
                piece.basis != Basis::Meter || matches!(piece.rule, Rule::Waters | Rule::HotWaterHeat);
            piece.days.from < days.from && (days.from < piece.days.to || follows)
        };
        let Some(from) = self.begun(days).filter(|_| pieces.iter().any(divided)) else {
            return (volume.value(), amount);
        };
        let until = |to| {
            let amount = of(Days { from, to }).times(rate.clone(), AMOUNT);
            amount.rounded(2).named(What::AmountUntil)
        };
        let rest = until(days.to).minus(until(days.from), AMOUNT);
        (volume.value(), if rest.value() == amount.value() { amount } else { rest })
    }

    /// The day another payer began to pay at the rate of these days by the same terms; `None` where nobody did.
    fn begun(&self, days: Days) -> Option<NaiveDate> {
        let whole = rates(self.ctx, self.tariff, self.part, self.ctx.days);
        let begun = whole.map(|(days, _)| days).find(|stretch| stretch.contain(days.from));
        let from = begun.map_or(days.from, |stretch| stretch.from.max(self.since));
        (from < days.from).then_some(from)
    }

    /// The rounded amount of days with one rate. Whoever follows another payer pays what that one left of the days of both, so
    /// that the parts make the whole (dossier § 4.1).
    fn counted(&self, pieces: &[Piece], days: Days, rate: &Figure) -> (Decimal, Figure) {
        let (volume, amount) = self.exact(pieces, days, rate.clone());
        let amount = amount.rounded(2);
        let before = |piece: &Piece| piece.days.from < days.from;
        let Some(from) = self.begun(days).filter(|_| pieces.iter().any(before)) else {
            return (volume, amount);
        };
        let until = |to| {
            let (_, amount) = self.exact(pieces, Days { from, to }, rate.clone());
            amount.rounded(2).named(What::AmountUntil)
        };
        let rest = until(days.to).minus(until(days.from), AMOUNT);
        (volume, if rest.value() == amount.value() { amount } else { rest })
    }

    /// Quantity × rate × days ÷ days of the month, divided last so that nothing is lost before the rounding.
    fn exact(&self, pieces: &[Piece], days: Days, rate: Figure) -> (Decimal, Figure) {
        let ctx = self.ctx;
        let mut weighted = None;
        for piece in pieces {
            let Some(shared) = piece.days.meet(days) else { continue };
            if shared == ctx.days && pieces.len() == 1 {
                return (piece.amount.value(), piece.amount.clone().times(rate, AMOUNT));
            }
            let part = flow::weigh(ctx, piece, shared.count(), self.unit);
            weighted = add(weighted, part, Tag(What::VolumeDays, self.unit));
        }
        let weighted = weighted.unwrap_or_else(|| ctx.nothing(Tag(What::VolumeDays, self.unit)));
        let month = Decimal::from(ctx.length);
        let volume = weighted.value().checked_div(month).unwrap_or_default();
        let product = weighted.times(rate, Tag(What::Product, "₽"));
        (volume, product.over(ctx.count(ctx.length, What::DaysOfAll), AMOUNT))
    }
}

/// The tag of roubles.
pub(super) const AMOUNT: Tag<'static> = Tag(What::Amount, "₽");
