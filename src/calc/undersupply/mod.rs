//! Undersupply and bad quality (354 раздел IX, Прил. 1; dossier § 3): what acts take off the charge of one service.
//!
//! Percentages of all acts are added up and may not exceed the whole charge; the base is the charge of the month, also
//! where it is by a meter. Which interruptions are allowed and what an hour costs is the dated table of
//! [`Limit`](crate::calc::grounds::Limit)s.

mod clock;
mod cold;
mod interruption;
mod temperature;

use rust_decimal::Decimal;

use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::figure::{Figure, Tag, add};
use super::grounds::{Deficiency, Limit, Measure, Place, Undersupply};
use super::house::heated_days;
use super::line::{Basis, Component, Holder, LineKey};
use super::lowering::{Absent, Billed, Group};
use super::period::Days;
use super::price::{AMOUNT, Draft, Unit};
use super::rules::Parameter;
use super::timeline::Fact;
use super::trace::{Rule, RuleData, What};
use clock::{Window, hours};

/// What undersupply takes off a group of charges; `absent` is what absence took before.
pub(super) fn undersupply(
    billed: &Billed<'_>,
    group: &Group<'_>,
    absent: &Absent,
    problems: &mut Problems,
) -> Option<(LineKey, Draft)> {
    let ctx = billed.ctx();
    // Of every service of everybody in a house with any act: whose service was not disturbed is told so at once.
    concerning(billed, group).next()?;
    let with_surplus = !is_raised(group) || problems.keep(lowers_surplus(ctx))?;
    let charge = less(group, &absent.amounts, with_surplus)?;
    let window = Window::of(&supplied(billed, group));
    let disturbed = Disturbed { billed, ctx, group, window, charge, absent: absent.volume, with_surplus };
    let acts = disturbed.acts();
    if acts.is_empty() || disturbed.charge.value() <= Decimal::ZERO {
        return None;
    }
    let amount = disturbed.reduction(&acts, problems)?;
    if amount.value().is_zero() {
        return None;
    }
    let key = billed.key(group.service_id, group.contract, Component::Undersupply, Holder::default());
    Some((
        key,
        Draft {
            component: Component::Undersupply,
            volume: Decimal::ZERO,
            rate: Decimal::ZERO,
            basis: group.drafts.first()?.1.basis,
            rule: Rule::Undersupply,
            amount: amount.rounded(2).negated(AMOUNT),
            unit: Unit::Service,
            laid: Vec::new(),
        },
    ))
}

/// The days a service was supplied on: those it is charged for, of heating those of the season (354 Прил. 1 пп. 14–16: in the heating
/// period).
fn supplied(billed: &Billed<'_>, group: &Group<'_>) -> Vec<Days> {
    let days = billed.days_of(group.service_id, group.contract);
    if !group.service.is_heating() {
        return days;
    }
    let heated = heated_days(billed.ctx());
    days.iter().flat_map(|days| heated.iter().filter_map(move |heated| days.meet(*heated))).collect()
}

/// The charge of a group that may be lowered, less what was taken off before. What the coefficient adds belongs to the charge, for
/// formula 4(1) multiplies by it, unless the parameter leaves it alone.
fn less(group: &Group<'_>, absent: &[Figure], with_surplus: bool) -> Option<Figure> {
    let charge = group.amount_of(|component| with_surplus || !component.is_surplus());
    absent.iter().fold(charge, |left, off| add(left, off.clone(), AMOUNT))
}

fn is_raised(group: &Group<'_>) -> bool {
    group.drafts.iter().any(|(key, _)| key.component.is_surplus())
}

/// Whether what the coefficient adds is lowered with the rest of the charge.
///
/// # Errors
/// When the parameter is not set.
pub(super) fn lowers_surplus(ctx: &Context<'_>) -> Result<bool, ExceptionReason> {
    Ok(!ctx.parameter(Parameter::UndersupplyOfSurplus)?.is_zero())
}

/// What of an undersupply was taken off the charge without the surplus: privileges know no surplus, so they are not lowered by what was
/// taken off it either.
pub(super) fn of_base(ctx: &Context<'_>, group: &Group<'_>, absent: &[Figure], taken: &Figure) -> Figure {
    if !is_raised(group) || lowers_surplus(ctx) != Ok(true) {
        return taken.clone();
    }
    match (less(group, absent, false), less(group, absent, true)) {
        (Some(base), Some(whole)) => taken.clone().times(base, Tag(What::Product, "")).over(whole, REDUCTION),
        _ => taken.clone(),
    }
}

/// An interval of an act with the moments it shares with the days charged.
pub(super) struct Act<'a> {
    fact: &'a Fact<Undersupply>,
    spans: Vec<clock::Span>,
}

/// One service of one account with the time it was charged for.
pub(super) struct Disturbed<'a> {
    billed: &'a Billed<'a>,
    ctx: &'a Context<'a>,
    group: &'a Group<'a>,
    window: Window,
    charge: Figure,
    /// Volume absence took before; zero or less.
    absent: Decimal,
    /// Whether the charge has what the coefficient adds.
    with_surplus: bool,
}

/// What acts of the month say of a service of the account.
fn concerning<'a>(
    billed: &Billed<'a>,
    group: &Group<'_>,
) -> impl Iterator<Item = &'a Fact<Undersupply>> + use<'a> {
    let (ctx, account, service) = (billed.ctx(), billed.account.id, group.service_id);
    let entrance = billed.home.premises.entrance;
    let concerns = move |act: &Undersupply| match act.place {
        Place::House => true,
        Place::Entrance(of) => Some(of) == entrance,
        Place::Account(of) => of == account,
    };
    let known = billed.site.house.undersupply.over(ctx.days, ctx.known).map(|(_, fact)| fact);
    known.filter(move |fact| fact.value.service == service && concerns(&fact.value))
}

impl<'a> Disturbed<'a> {
    /// The acts that concern the account, in order of kind and time.
    fn acts(&self) -> Vec<Act<'a>> {
        let mut acts: Vec<Act<'a>> = concerning(self.billed, self.group)
            .map(|fact| Act { fact, spans: self.window.meet(fact) })
            .filter(|act| !act.spans.is_empty())
            .collect();
        acts.sort_by_key(|act| (act.fact.value.deficiency, act.fact.value.from, act.fact.row));
        acts
    }

    /// Roubles taken off, not yet rounded, at most the charge itself.
    fn reduction(&self, acts: &[Act<'_>], problems: &mut Problems) -> Option<Figure> {
        let (mut percent, mut roubles) = (None, None);
        for of_kind in acts.chunk_by(|one, next| one.fact.value.deficiency == next.fact.value.deficiency) {
            let id = of_kind[0].fact.value.deficiency;
            let Some(kind) = self.ctx.rules.deficiencies.get(&id) else {
                problems.push(ExceptionReason::NoLimit);
                continue;
            };
            let taken = self.of_kind(kind, of_kind, acts, problems);
            match problems.keep(taken)? {
                Taken::Percent(more) => percent = add(percent, more.of(&kind.title), PERCENT),
                Taken::Roubles(more) => roubles = add(roubles, more.of(&kind.title), REDUCTION),
                Taken::Both(more, beside) => {
                    percent = add(percent, more.of(&kind.title), PERCENT);
                    roubles = add(roubles, beside.of(&kind.title), REDUCTION);
                }
                Taken::Nothing => {}
            }
        }
        if let Some(percent) = percent {
            let product = self.charge.clone().times(percent, Tag(What::Product, ""));
            roubles = add(roubles, product.over(self.ctx.hundred(), REDUCTION), REDUCTION);
        }
        let roubles = roubles?.settled();
        if roubles.value() > self.charge.value() {
            return Some(roubles.becoming(self.charge.value(), What::Reduction).by(Rule::UpToAll));
        }
        Some(roubles)
    }

    fn of_kind(
        &self,
        kind: &Deficiency,
        of_kind: &[Act<'_>],
        all: &[Act<'_>],
        problems: &mut Problems,
    ) -> Result<Taken, ExceptionReason> {
        match kind.measure {
            Measure::Interruption => self.interruption(kind, of_kind),
            Measure::RoomTemperature => self.room(kind, of_kind),
            Measure::WaterTemperature => self.water(kind, of_kind, all, problems),
            Measure::Deviation => self.deviation(kind, of_kind),
            Measure::WholeTime => Ok(self.whole_time(of_kind, Rule::WholeTime)),
            Measure::Repair if self.is_by_norm() => Ok(self.whole_time(of_kind, Rule::Repair)),
            Measure::Repair => Ok(Taken::Nothing),
        }
    }

    /// Whether the charge is by a norm: a meter does not run while nothing is supplied.
    fn is_by_norm(&self) -> bool {
        self.group.drafts.iter().all(|(_, draft)| draft.basis == Basis::Norm)
    }

    /// The part of the charge that fell on the bad time: durations within the days charged (354 п. 101).
    fn whole_time(&self, acts: &[Act<'_>], rule: Rule) -> Taken {
        let bad = clock::union(acts.iter().flat_map(|act| act.spans.iter().copied()));
        let bad: Decimal = bad.iter().copied().map(hours).sum();
        let bad = self.ctx.leaf(bad, Tag(What::Hours, "ч"), acts[0].source(), Some(acts[0].fact.days));
        let product = self.charge.clone().times(bad, Tag(What::Product, ""));
        Taken::Roubles(product.over(self.all_hours(), REDUCTION).by(rule))
    }

    /// Hours of all days charged.
    fn all_hours(&self) -> Figure {
        let source = super::trace::Source::Calendar;
        self.ctx.leaf(self.window.hours(), Tag(What::HoursOfAll, "ч"), source, None)
    }

    /// The line of the table for a measured value on the day an act begins.
    fn limit<'k>(&self, kind: &'k Deficiency, act: &Undersupply) -> Result<&'k Fact<Limit>, ExceptionReason> {
        let day = act.from.date();
        let holds = |fact: &&Fact<Limit>| {
            fact.days.contain(day)
                && fact.value.since.is_none_or(|since| act.measured.is_some_and(|value| since <= value))
        };
        let lines = kind.limits.known(self.ctx.known).filter(holds);
        lines.max_by_key(|fact| (fact.value.since, fact.row)).ok_or(ExceptionReason::NoLimit)
    }

    /// Hours begun, as the parameter reads them.
    fn counted(&self, hours: Decimal) -> Result<Decimal, ExceptionReason> {
        let mode = self.ctx.parameter(Parameter::UndersupplyPartialHour)?;
        Ok(if mode.is_zero() {
            hours.floor()
        } else if mode == Decimal::TWO {
            hours.ceil()
        } else {
            hours
        })
    }

    /// Whether permitted hours are counted event by event.
    fn per_event(&self) -> Result<bool, ExceptionReason> {
        Ok(!self.ctx.parameter(Parameter::UndersupplyAllowanceMode)?.is_zero())
    }

    fn rate(&self, limit: &Fact<Limit>) -> Figure {
        self.ctx.data(limit, RuleData::Limit, limit.value.rate, PERCENT)
    }
}

impl Act<'_> {
    fn source(&self) -> super::trace::Source {
        super::trace::Source::Fact { kind: super::trace::FactKind::Undersupply, row: self.fact.row }
    }
}

/// What acts of one kind take off.
pub(super) enum Taken {
    Percent(Figure),
    Roubles(Figure),
    Both(Figure, Figure),
    Nothing,
}

const PERCENT: Tag<'static> = Tag(What::Percent, "%");
const REDUCTION: Tag<'static> = Tag(What::Reduction, "₽");
const HOURS: Tag<'static> = Tag(What::Hours, "ч");
