//! What is charged to an account, by which method, on which days: the plans of its house, less its own
//! exceptions, within the days it is open.

use std::borrow::Cow;

use super::context::Context;
use super::facts::{Account, AccountPlan, House, ServicePlan};
use super::flow::without;
use super::ids::ServiceId;
use super::period::Days;

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
    let open: Vec<Days> = open_days(ctx, account);
    if own.is_empty() && open == [ctx.days] {
        return Cow::Borrowed(house);
    }
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
pub(super) fn open_days(ctx: &Context<'_>, account: &Account) -> Vec<Days> {
    let stretches = account.open.stretches(ctx.days, ctx.known);
    stretches.filter_map(|(days, open)| open.map(|_| days)).collect()
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
