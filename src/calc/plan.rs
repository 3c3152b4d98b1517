//! What is charged to an account, by which method, on which days: the plans of its house, less its own
//! exceptions, within the days it is open.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::context::Context;
use super::facts::{Account, AccountPlan, House, Premises, ServicePlan};
use super::flow::without;
use super::ids::ServiceId;
use super::period::Days;
use super::timeline::Fact;

/// One plan in force on some days of the month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment<'a> {
    pub days: Days,
    pub plan: &'a ServicePlan,
}

/// The plans of a house in the month, by service and day.
pub(super) fn of_house<'a>(ctx: &Context<'_>, house: &'a House) -> Vec<Segment<'a>> {
    let segments = house.plans.over(ctx.days, ctx.known);
    ordered(segments.map(|(days, fact)| Segment { days, plan: &fact.value }).collect())
}

/// The plans of an account in the month; empty when it is closed.
pub(super) fn of_account<'s, 'a>(
    ctx: &Context<'_>,
    house: &'s [Segment<'a>],
    account: &'a Account,
) -> Cow<'s, [Segment<'a>]> {
    let own = account.plans.over(ctx.days, ctx.known);
    let own: Vec<(Days, &AccountPlan)> = own.map(|(days, fact)| (days, &fact.value)).collect();
    let all_month = |fact: &Fact<()>| fact.days.meet(ctx.days) == Some(ctx.days);
    if own.is_empty() && account.open.known(ctx.known).any(all_month) {
        return Cow::Borrowed(house);
    }
    let open = open_days(ctx, account);
    let mut segments = Vec::new();
    for segment in house {
        let holes: Vec<Days> = own
            .iter()
            .filter(|(_, plan)| service(plan) == segment.plan.service)
            .map(|(days, _)| *days)
            .collect();
        segments.extend(without(segment.days, &holes).into_iter().map(|days| Segment { days, ..*segment }));
    }
    for (days, plan) in own {
        if let AccountPlan::Own(plan) = plan {
            segments.push(Segment { days, plan });
        }
    }
    let open_segments = segments.iter().flat_map(|segment| {
        open.iter().filter_map(|open| segment.days.meet(*open).map(|days| Segment { days, ..*segment }))
    });
    Cow::Owned(ordered(open_segments.collect()))
}

/// The days of the month an account is open.
fn open_days(ctx: &Context<'_>, account: &Account) -> Vec<Days> {
    let stretches = account.open.stretches(ctx.days, ctx.known);
    stretches.filter_map(|(days, open)| open.map(|_| days)).collect()
}

/// Whether an account of the premises is opened or closed on a day inside the month.
pub(super) fn payer_changes_on(ctx: &Context<'_>, premises: &Premises, day: NaiveDate) -> bool {
    premises.accounts.iter().any(|account| {
        let mut stretches = account.open.stretches(ctx.days, ctx.known);
        stretches.any(|(days, _)| days.from == day)
    })
}

/// Whether an account is open on any day of the month.
pub(super) fn is_open(ctx: &Context<'_>, account: &Account) -> bool {
    account.open.over(ctx.days, ctx.known).next().is_some()
}

fn service(plan: &AccountPlan) -> ServiceId {
    match plan {
        AccountPlan::Own(plan) => plan.service,
        AccountPlan::Off(service) => *service,
    }
}

/// By service and day; a plan that was merely cut is one again.
fn ordered(mut segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    segments.sort_by_key(|segment| (segment.plan.service, segment.days));
    segments.dedup_by(|next, last| {
        let same = next.plan == last.plan && next.days.from <= last.days.to;
        if same {
            last.days.to = last.days.to.max(next.days.to);
        }
        same
    });
    segments
}
