//! One account: its plans one after the other, then its lines.

use super::charge::{Charge, Charged};
use super::context::Problems;
use super::exception::{Exception, ExceptionReason};
use super::facts::{Account, Method};
use super::figure::Figure;
use super::ids::ServiceId;
use super::line::{Basis, Component, Line, LineKey};
use super::lowering::{Billed, lower};
use super::money::Money;
use super::persons::Home;
use super::plan::{self, Segment};
use super::price::{AMOUNT, AREA, Draft, Unit};
use super::rules::Service;
use super::share::Share;
use super::site::Site;
use super::subsidy::subsidies;
use super::trace::Trace;
use super::unit::Outcome;
use rust_decimal::Decimal;

/// Charges an account and adds its lines, remembered quantities and exceptions to `outcome`.
pub(super) fn charge(site: &Site<'_>, home: &Home<'_>, account: &Account, outcome: &mut Outcome) {
    let ctx = site.ctx;
    let ready = account.calc_from.is_some_and(|first| ctx.month < first);
    if ready || !plan::is_open(ctx, account) {
        return;
    }
    let segments = plan::of_account(ctx, &site.segments, account);
    let mut charged = Charged { drafts: Vec::with_capacity(segments.len() + 2), ..Charged::default() };
    let before = outcome.exceptions.len();
    // Sewage follows the waters, so it comes after them.
    let after_waters = |segment: &&Segment<'_>| segment.plan.method == Method::Waters;
    let order =
        segments.iter().filter(|segment| !after_waters(segment)).chain(segments.iter().filter(after_waters));
    for segment in order {
        let mut problems = Problems::within(segment.days);
        match ctx.rules.services.get(&segment.plan.service) {
            Some(service) => {
                let segments = &*segments;
                let charge = Charge { ctx, site, home, account, segments, segment: *segment, service };
                charge.run(&mut charged, &mut problems);
            }
            None => problems.push(ExceptionReason::NoService),
        }
        let service = Some(segment.plan.service);
        let listed = problems.list.into_iter();
        outcome.exceptions.extend(listed.map(|reason| Exception { account: account.id, service, reason }));
    }
    let share = Share::of(ctx, home.premises, account);
    if share.as_ref().is_none_or(Share::remembers) {
        outcome.meter_months.append(&mut charged.meter_months);
    }
    let lines = outcome.lines.len();
    let drafts = merge(charged.drafts);
    let billed = Billed { site, home, account, segments: &segments, drafts: &drafts };
    let lowered = lower(&billed, &mut outcome.exceptions);
    let (drafts, lowered) = match share {
        Some(share) => (share.take(ctx, &segments, drafts), share.take(ctx, &segments, lowered)),
        None => (drafts, lowered),
    };
    let subsidies = subsidies(ctx, account, &[&drafts, &lowered]);
    for drafts in [drafts, lowered, subsidies] {
        close(site, drafts, outcome);
    }
    if outcome.lines.len() == lines && outcome.exceptions.len() == before {
        let reason = ExceptionReason::NothingCharged;
        outcome.exceptions.push(Exception { account: account.id, service: None, reason });
    }
}

/// What an account is charged for of some services in the month, as a volume; problems are told when it is charged.
pub(super) fn volume_of(
    site: &Site<'_>,
    home: &Home<'_>,
    account: &Account,
    services: &[ServiceId],
) -> Decimal {
    let ctx = site.ctx;
    let share = Share::of(ctx, home.premises, account);
    if !plan::is_open(ctx, account) || !share.as_ref().is_none_or(Share::remembers) {
        return Decimal::ZERO;
    }
    let segments = plan::of_account(ctx, &site.segments, account);
    let mut charged = Charged::default();
    for segment in segments.iter().filter(|segment| services.contains(&segment.plan.service)) {
        let Some(service) = ctx.rules.services.get(&segment.plan.service) else { continue };
        let segments = &*segments;
        let charge = Charge { ctx, site, home, account, segments, segment: *segment, service };
        charge.run(&mut charged, &mut Problems::within(segment.days));
    }
    let counts = |component| {
        use Component::{Base, CatchUp, Range2, Range3, Water, Zone1, Zone2, Zone3};
        matches!(component, Base | Zone1 | Zone2 | Zone3 | Range2 | Range3 | Water | CatchUp)
    };
    charged.drafts.iter().filter(|(key, _)| counts(key.component)).map(|(_, draft)| draft.volume).sum()
}

/// One draft a key: plans that followed each other within the month are added up.
pub(super) fn merge(mut drafts: Vec<(LineKey, Draft)>) -> Vec<(LineKey, Draft)> {
    // Stable: the drafts of a key stay in the order of their days.
    drafts.sort_by_key(|(key, _)| *key);
    if drafts.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return drafts;
    }
    let mut one_a_key: Vec<(LineKey, Draft)> = Vec::with_capacity(drafts.len());
    for (key, next) in drafts {
        match one_a_key.pop() {
            Some((last, draft)) if last == key => one_a_key.push((key, merged(draft, next))),
            other => one_a_key.extend(other.into_iter().chain([(key, next)])),
        }
    }
    one_a_key
}

/// Makes lines of drafts.
fn close(site: &Site<'_>, drafts: Vec<(LineKey, Draft)>, outcome: &mut Outcome) {
    for (key, draft) in drafts {
        let Some(amount) = Money::round(draft.amount.value()) else {
            let reason = ExceptionReason::TooLarge;
            outcome.exceptions.push(Exception { account: key.account, service: Some(key.service), reason });
            continue;
        };
        let Draft { volume, rate, basis, .. } = draft;
        outcome.lines.push(Line { key, volume, rate, basis, amount });
        outcome.traces.extend(trace(site, key, amount, draft));
    }
}

fn merged(first: Draft, next: Draft) -> Draft {
    Draft {
        volume: first.volume.saturating_add(next.volume),
        basis: if first.basis == next.basis { first.basis } else { Basis::Mixed },
        amount: first.amount.plus(next.amount, AMOUNT),
        laid: [first.laid, next.laid].concat(),
        ..next
    }
}

fn trace(site: &Site<'_>, key: LineKey, amount: Money, draft: Draft) -> Option<Trace> {
    let Service { name, unit, scale, heat_scale, .. } = site.ctx.rules.services.get(&key.service)?;
    let (unit, scale) = match draft.unit {
        Unit::Service => (unit.as_str(), *scale),
        Unit::Heat => ("Гкал", *heat_scale),
        Unit::Area => AREA,
    };
    let Draft { volume, rate, rule, amount: figure, .. } = draft;
    let root = Figure::into_why(figure)?;
    let month = site.ctx.month;
    Some(Trace {
        key,
        month,
        service: name.clone(),
        unit: unit.to_owned(),
        scale,
        rule,
        volume,
        rate,
        amount,
        root,
    })
}
