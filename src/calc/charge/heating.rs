//! Heating by whatever the house has (354 п. 42(1), 43, Прил. 2 ф. 2–3(4); dossier § 1.6): without a house meter by the norm,
//! in the season or evenly, raised where a meter could stand; with one, by the heat of the premises themselves and their
//! share of the rest. Premises without devices pay the rest alone.

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::Premises;
use crate::calc::figure::Tag;
use crate::calc::flow::{Piece, Raise};
use crate::calc::house::{Shared, evenly, has_devices, heated_days, season_share};
use crate::calc::line::{Basis, Component};
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::trace::{FactKind, Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn heating(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Some(shared) = self.site.shared(self.segment.plan.service) else {
            return self.heating_by_norm(charged, problems);
        };
        match &shared.result {
            Ok(shared) => self.heating_by_meters(shared, charged, problems),
            Err(reasons) => problems.list.extend(reasons.iter().cloned()),
        }
        if evenly(self.ctx) {
            self.correct_last_year(charged);
        }
    }

    /// H1–H3: area × norm, in the season or the whole year.
    fn heating_by_norm(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let ctx = self.ctx;
        let unit = &self.service.unit;
        let Some(norm) = self.segment.plan.norm else {
            return problems.missing(ctx.days, |since| ExceptionReason::NoNorm { since });
        };
        let evenly = evenly(ctx);
        let mut pieces = Vec::with_capacity(1);
        for days in if evenly { vec![ctx.days] } else { heated_days(ctx) } {
            for (days, fact) in self.home.premises.areas.stretches(days, ctx.known) {
                let Some(fact) = fact else {
                    problems.missing(days, Self::missing_area);
                    continue;
                };
                let area = ctx.fact(fact, FactKind::Area, fact.value.total, Tag(What::AreaTotal, "м²"));
                pieces.extend(norm::by_area(ctx, &area, norm, days, unit, problems));
            }
        }
        if evenly {
            let Some(share) = problems.keep(season_share(ctx)) else { return };
            for piece in &mut pieces {
                piece.amount = piece.amount.clone().times(share.clone(), Tag(What::Volume, unit));
                piece.rule = Rule::HeatingEvenly;
            }
        }
        pieces.iter_mut().for_each(|piece| piece.raise = Raise::Coefficient);
        let price = self.price(Component::Base, 0, self.measure());
        if self.book(price.draft(&pieces, problems), charged) {
            self.book_surplus(&pieces, price, charged, problems);
        }
    }

    /// H4–H6: the heat of the premises themselves and their share of what all leave.
    fn heating_by_meters(&self, shared: &Shared, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, site, service, home, .. } = self;
        let unit = service.unit.as_str();
        let basis = if shared.basis == Basis::Norm { Basis::Norm } else { Basis::House };
        let is_cut = |_| false;
        let metering = self.metering(&is_cut, false);
        let metered = metering.present(&home.premises.meters);
        let by_norm = |days, problems: &mut Problems| self.norm_of_area(home.premises, days, problems);
        let mut pieces = Vec::with_capacity(2);
        let flat = self.shared_flat(&metering, problems);
        let metered = metered || flat.is_some();
        if let Some(flat) = flat {
            pieces = self.of_flat(&metering, flat, problems);
        } else if metered {
            pieces = metering.pieces(&home.premises.meters, &by_norm, problems);
        }
        let own = pieces.len();
        for (days, area) in site.area_of(home.premises) {
            let Some(area) = area else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let rest = shared.rest(unit).times(area.clone(), Tag(What::Product, unit));
            let mut part = rest.over(shared.area.clone(), Tag(What::Volume, unit));
            if !metered && !shared.per_area.value().is_zero() && has_devices(ctx, home.premises) {
                let heat = area.times(shared.per_area.clone(), Tag(What::Volume, unit));
                part = heat.plus(part, Tag(What::Volume, unit));
            }
            pieces.push(Piece::monthly(ctx, days, part, basis, Rule::Heating));
        }
        let price = self.price(Component::Base, 0, self.measure());
        if self.book_metered(&pieces, price, Component::CatchUp, charged, problems) {
            metering.remember(&pieces[..own], self.segment.days, &mut charged.meter_months);
        }
    }

    pub(super) fn norm_of_area(
        &self,
        premises: &Premises,
        days: Days,
        problems: &mut Problems,
    ) -> Vec<Piece> {
        let ctx = self.ctx;
        let area = premises.areas.on(ctx.days.from, ctx.known);
        let Some((norm, fact)) = self.segment.plan.norm.zip(area) else { return Vec::new() };
        let area = ctx.fact(fact, FactKind::Area, fact.value.total, Tag(What::AreaTotal, "м²"));
        norm::by_area(ctx, &area, norm, days, &self.service.unit, problems)
    }
}
