//! Charging: one file a method. A method says which volume lies on which days ([`Piece`]s); pricing, rounding
//! and remembering are the same for all.

mod area;
mod common;
mod communal;
mod containers;
mod correction;
mod heating;
mod house_by_volume;
mod house_hot_water;
mod house_meter;
mod meter;
mod persons;
mod quantity;
mod ranges;
mod ready;
mod surplus;
mod two_component;
mod waters;

pub(super) use surplus::coefficients;

use chrono::NaiveDate;

use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::facts::{Account, Method, ServicePlan};
use super::figure::Tag;
use super::flow::{self, Piece};
use super::ids::ServiceId;
use super::line::{Basis, Component, Holder, LineKey, MeterMonth};
use super::norm;
use super::period::Days;
use super::persons::Home;
use super::plan::{self, Segment};
use super::price::{Draft, Measure, Price, changes_on};
use super::rules::Service;
use super::site::Site;
use super::trace::{Rule, What};

/// One service of one account on days with one plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charge<'a> {
    pub ctx: &'a Context<'a>,
    pub site: &'a Site<'a>,
    pub home: &'a Home<'a>,
    pub account: &'a Account,
    /// All segments of the account.
    pub segments: &'a [Segment<'a>],
    pub segment: Segment<'a>,
    pub service: &'a Service,
}

/// A volume of water already charged, for the sewage of the same account.
#[derive(Debug)]
pub(super) struct ChargedWater<'a> {
    service: ServiceId,
    name: &'a str,
    /// The days charged by the same terms, of payers before too.
    days: Days,
    scale: u32,
    pieces: Vec<Piece>,
}

/// What charging one account has come to so far.
#[derive(Debug, Default)]
pub(super) struct Charged<'a> {
    pub drafts: Vec<(LineKey, Draft)>,
    pub waters: Vec<ChargedWater<'a>>,
    pub meter_months: Vec<MeterMonth>,
}

impl<'a> Charge<'a> {
    /// Charges the segment.
    pub fn run(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        match self.segment.plan.method {
            Method::AreaTotal | Method::AreaLiving | Method::AreaHeated => self.by_area(charged, problems),
            Method::Persons => self.by_persons(charged, problems),
            Method::Meter => self.by_meter(charged, problems),
            Method::TwoComponent => self.two_component(charged, problems),
            Method::Waters => self.by_waters(charged, problems),
            Method::Quantity => self.by_quantity(charged, problems),
            Method::Ready => self.ready(charged, problems),
            Method::HouseMeter => self.by_house_meter(charged, problems),
            Method::HouseHotWater => self.house_hot_water(charged, problems),
            Method::HouseByVolume => self.house_by_volume(charged, problems),
            Method::Heating => self.heating(charged, problems),
            Method::ContainersPersons | Method::ContainersArea => self.by_containers(charged, problems),
            Method::CommonNorm
            | Method::CommonAverage
            | Method::CommonFact
            | Method::CommonUtility
            | Method::CommonUtilityWhole => self.common(charged, problems),
        }
    }

    fn price(&self, component: Component, part: i16, measure: Measure) -> Price<'_> {
        let Self { ctx, segment, service, .. } = self;
        Price {
            ctx,
            days: segment.days,
            since: self.since(),
            tariff: segment.plan.tariff,
            part,
            unit: &service.unit,
            measure,
            component,
            keep: !self.home.premises.privileges.0.is_empty(),
        }
    }

    /// The first day of the month these terms hold here without a gap, whoever pays.
    fn since(&self) -> NaiveDate {
        if self.segment.days.from <= self.ctx.days.from {
            return self.segment.days.from;
        }
        let terms = |plan: &ServicePlan| (plan.service, plan.tariff, plan.method, plan.norm);
        let segments = self.site.segments.iter().chain(self.segments);
        let alike: Vec<Days> = (segments.filter(|other| terms(other.plan) == terms(self.segment.plan)))
            .map(|other| other.days)
            .collect();
        let mut since = self.segment.days.from;
        while let Some(before) = alike.iter().find(|days| days.from < since && since <= days.to) {
            since = before.from;
        }
        since
    }

    /// The places and rounding of a measured volume of the service.
    fn measure(&self) -> Measure {
        Measure::Volume(self.service.scale)
    }

    /// Prices one component and books it. A volume below zero, left by averages that were too high, goes to
    /// `catch_up`, and the component itself stands at nothing (dossier § 1.4).
    fn book_metered(
        &self,
        pieces: &[Piece],
        price: Price<'_>,
        catch_up: Component,
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) -> bool {
        if !flow::below_nothing(self.ctx, pieces) {
            return self.book(price.draft(pieces, problems), charged);
        }
        let nothing = self.ctx.nothing(Tag(What::Volume, price.unit));
        let zero = Piece::monthly(self.ctx, self.ctx.days, nothing, Basis::Meter, Rule::CatchUp);
        self.book(price.draft(&[zero], problems), charged);
        let draft = Price { component: catch_up, ..price }.draft(pieces, problems);
        self.book(draft.map(|draft| Draft { rule: Rule::CatchUp, ..draft }), charged)
    }

    fn book(&self, draft: Option<Draft>, charged: &mut Charged<'a>) -> bool {
        let Some(draft) = draft else { return false };
        let ServicePlan { service, contract, .. } = *self.segment.plan;
        let holder = Holder::default();
        let key = LineKey { account: self.account.id, service, contract, component: draft.component, holder };
        charged.drafts.push((key, draft));
        true
    }

    /// Remembers a charged volume in case it is a water that sewage follows.
    fn keep_water(&self, pieces: Vec<Piece>, charged: &mut Charged<'a>) {
        let water = ChargedWater {
            service: self.segment.plan.service,
            name: &self.service.name,
            days: Days { from: self.since(), ..self.segment.days },
            scale: self.service.scale,
            pieces,
        };
        charged.waters.push(water);
    }

    /// Whether these are a shop or an office that only the norm of the dwellings of the house is known for: it does not hold there, the
    /// volume is that of their contract (354 п. 43; dossier § 1.16). What stands in a plan of their own is of theirs, were it the same.
    fn is_shop_without_volume(&self) -> bool {
        self.home.premises.non_residential
            && self.site.segments.iter().any(|segment| std::ptr::eq(segment.plan, self.segment.plan))
    }

    /// Whether it is solid waste of a shop or an office by the norm of the dwellings of the house: they have contracts of their own with
    /// the operator (354 п. 148(1); dossier § 1.16), so they have no line. A plan of their own is charged.
    fn is_waste_of_shop(&self) -> bool {
        norm::is_yearly(self.ctx, self.segment.plan.norm) && self.is_shop_without_volume()
    }

    /// Whether a payer of these premises, the plan or a rate of the given parts changes on a day inside the month.
    /// It is the same for whoever pays here, so that payers who follow each other divide one volume.
    fn is_cut(&self, day: NaiveDate, parts: &[i16]) -> bool {
        let Self { ctx, home, segment, .. } = self;
        if day <= ctx.days.from {
            return false;
        }
        let plans = self.segments.iter().filter(|other| other.plan.service == segment.plan.service);
        plans.map(|plan| plan.days).any(|days| days.from == day || days.to == day)
            || parts.iter().any(|part| changes_on(ctx, segment.plan.tariff, *part, day))
            || match home.premises.parent.and_then(|parent| self.site.flat(parent)) {
                Some(flat) => flat.members().any(|member| plan::payer_changes_on(ctx, member, day)),
                None => plan::payer_changes_on(ctx, home.premises, day),
            }
    }

    fn missing_area(since: NaiveDate) -> ExceptionReason {
        ExceptionReason::NoArea { since }
    }
}
