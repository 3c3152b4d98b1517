//! By flat meters: consumption × rate, a line a zone where the meter has several registers (354 п. 42, Прил. 2
//! ф. 1, п. 38 for zones; dossier § 1.1, 1.4, 1.8).
//!
//! Reads of earlier months: registers charged without a reading.

use chrono::NaiveDate;

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::flow::Piece;
use crate::calc::line::Component;
use crate::calc::meter::Metering;
use crate::calc::norm;
use crate::calc::price::Unit;
use crate::calc::rules::Parameter;

use super::ranges::Cut;
use super::{Charge, Charged};

/// Components of a metered service with the parts of the tariff that price them.
const PARTS: [(Component, i16); 4] =
    [(Component::Base, 0), (Component::Zone1, 1), (Component::Zone2, 2), (Component::Zone3, 3)];

impl<'a> Charge<'a> {
    pub(super) fn by_meter(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let is_cut = |day| self.is_cut(day, &[0, 1, 2, 3]);
        let metering = self.metering(&is_cut, true);
        let pieces = self.consumed(&metering, problems);
        let volume = Cut { unit: &self.service.unit, measure: self.measure(), told_in: Unit::Service };
        let cut = self.book_ranges((&pieces, volume), &PARTS, charged, problems);
        let (mut rest, mut whole): (&[Piece], &[Piece]) = (cut.as_deref().unwrap_or(&pieces), &pieces);
        let mut booked = false;
        for (component, part) in PARTS {
            let count = rest.iter().take_while(|piece| piece.component == component).count();
            let (these, others) = rest.split_at(count);
            rest = others;
            let (told, others) = whole.split_at(count);
            whole = others;
            let price = self.price(component, part, self.measure());
            if self.book_metered(these, price, Component::CatchUp, charged, problems) {
                self.book_surplus(these, price, charged, problems);
                metering.remember(told, self.segment.days, &mut charged.meter_months);
                booked = true;
            }
        }
        if booked {
            self.keep_water(pieces, charged);
        }
    }

    pub(super) fn metering<'c>(&'c self, is_cut: &'c dyn Fn(NaiveDate) -> bool, zones: bool) -> Metering<'c> {
        let Self { ctx, service, .. } = self;
        let id = self.segment.plan.service;
        let periods = if self.home.premises.non_residential {
            Parameter::MeterAveragePeriodsNonResidential
        } else {
            Parameter::MeterAveragePeriods
        };
        Metering { ctx, service: id, scale: service.scale, unit: &service.unit, zones, periods, is_cut }
    }

    /// The volume of the premises: by its meters, as a room's share of its flat's meters, or by the norm.
    pub(super) fn consumed(&self, metering: &Metering<'_>, problems: &mut Problems) -> Vec<Piece> {
        if let Some(flat) = self.shared_flat(metering, problems) {
            return self.of_flat(metering, flat, problems);
        }
        let norm = |days, problems: &mut Problems| {
            if self.is_shop_without_volume() {
                problems.missing(days, |_| ExceptionReason::ShopWithoutVolume);
                return Vec::new();
            }
            norm::by_persons(self.home, self.segment.plan.norm, days, metering.unit, problems)
        };
        metering.pieces(&self.home.premises.meters, &norm, problems)
    }
}

#[cfg(test)]
mod tests;
