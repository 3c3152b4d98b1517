//! What is taken off the charges of one account: temporary absence (354 раздел VIII), undersupply and bad quality
//! (раздел IX), privileges, the fine of the executor. In this order: each takes what the ones before it left.

use rust_decimal::Decimal;

use super::absence::absences;
use super::account::merge;
use super::context::{Context, Problems};
use super::exception::Exception;
use super::facts::Account;
use super::figure::{Figure, add};
use super::fine::fines;
use super::ids::{ContractId, ServiceId};
use super::line::{Component, Holder, LineKey};
use super::period::Days;
use super::persons::Home;
use super::plan::Segment;
use super::price::{AMOUNT, Draft};
use super::privilege::{full_rate, privileges};
use super::rules::Service;
use super::site::Site;
use super::undersupply::{of_base, undersupply};

/// The charges of one account in one month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Billed<'a> {
    pub site: &'a Site<'a>,
    pub home: &'a Home<'a>,
    pub account: &'a Account,
    pub segments: &'a [Segment<'a>],
    /// One a key, in order of keys.
    pub drafts: &'a [(LineKey, Draft)],
}

/// The charges of one service under one contract.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'a> {
    pub service_id: ServiceId,
    pub service: &'a Service,
    pub contract: ContractId,
    pub drafts: &'a [(LineKey, Draft)],
}

/// Everything taken off an account's charges, one draft a key; amounts are negative.
pub(super) fn lower(billed: &Billed<'_>, exceptions: &mut Vec<Exception>) -> Vec<(LineKey, Draft)> {
    if !billed.is_lowered() {
        return Vec::new();
    }
    let mut note = |service: ServiceId, problems: Problems| {
        let account = billed.account.id;
        let listed = problems.list.into_iter();
        exceptions.extend(listed.map(|reason| Exception { account, service: Some(service), reason }));
    };
    let mut lowered = Vec::new();
    for segment in billed.segments {
        let mut problems = Problems::within(segment.days);
        lowered.extend(absences(billed, segment, &mut problems));
        note(segment.plan.service, problems);
    }
    let mut lowered = merge(lowered);
    for group in billed.groups() {
        let mut problems = Problems::within(billed.ctx().days);
        let absent = Absent::of(&lowered, &group);
        let short = undersupply(billed, &group, &absent, &mut problems);
        let of_base =
            |(_, draft): &(LineKey, Draft)| of_base(billed.ctx(), &group, &absent.amounts, &draft.amount);
        let off: Vec<Figure> = absent.amounts.iter().cloned().chain(short.iter().map(of_base)).collect();
        lowered.extend(short);
        lowered.extend(privileges(billed, &group, &off, &mut problems));
        lowered.extend(full_rate(billed, &group, &off, &mut problems));
        note(group.service_id, problems);
    }
    lowered.extend(fines(billed, &mut note));
    merge(lowered)
}

/// What absence has taken off a group; zero or less.
pub(super) struct Absent {
    /// Roubles.
    pub amounts: Vec<Figure>,
    /// Volume of the service itself, as it is printed.
    pub volume: Decimal,
}

impl Absent {
    fn of(lowered: &[(LineKey, Draft)], group: &Group<'_>) -> Self {
        let of_group = |key: &LineKey| (key.service, key.contract) == (group.service_id, group.contract);
        let mine = lowered.iter().filter(|(key, _)| of_group(key));
        let (amounts, volumes): (Vec<_>, Vec<_>) =
            mine.map(|(_, draft)| (draft.amount.clone(), draft.volume)).unzip();
        Self { amounts, volume: volumes.into_iter().sum() }
    }
}

impl<'a> Billed<'a> {
    pub fn ctx(&self) -> &'a Context<'a> {
        self.site.ctx
    }

    /// Whether anything at all lowers this account's charges: for most the answer is the end of it.
    fn is_lowered(&self) -> bool {
        let (ctx, premises) = (self.ctx(), self.home.premises);
        premises.absences.over(ctx.days, ctx.known).next().is_some()
            || premises.privileges.over(ctx.days, ctx.known).next().is_some()
            || self.account.overcharges.over(ctx.days, ctx.known).next().is_some()
            || self.site.house.undersupply.over(ctx.days, ctx.known).next().is_some()
    }

    /// The charges by service and contract.
    fn groups(&self) -> impl Iterator<Item = Group<'a>> {
        let rules = self.ctx().rules;
        let same = |one: &(LineKey, Draft), next: &(LineKey, Draft)| {
            (one.0.service, one.0.contract) == (next.0.service, next.0.contract)
        };
        self.drafts.chunk_by(same).filter_map(|drafts| {
            let LineKey { service, contract, .. } = drafts.first()?.0;
            Some(Group { service_id: service, service: rules.services.get(&service)?, contract, drafts })
        })
    }

    /// The days a service is charged under a contract.
    pub fn days_of(&self, service: ServiceId, contract: ContractId) -> Vec<Days> {
        let of =
            |segment: &&Segment<'_>| (segment.plan.service, segment.plan.contract) == (service, contract);
        self.segments.iter().filter(of).map(|segment| segment.days).collect()
    }

    /// The key of a component of a service.
    pub fn key(
        &self,
        service: ServiceId,
        contract: ContractId,
        component: Component,
        holder: Holder,
    ) -> LineKey {
        LineKey { account: self.account.id, service, contract, component, holder }
    }
}

impl Group<'_> {
    /// The charge of some of its components: the sum of their rounded amounts.
    pub fn amount_of(&self, counted: impl Fn(Component) -> bool) -> Option<Figure> {
        let drafts = self.drafts.iter().filter(|(key, _)| counted(key.component));
        drafts.fold(None, |total, (_, draft)| add(total, draft.amount.clone(), AMOUNT))
    }
}
