//! Heat is used while it is given: the average of a silent meter of heat is that of the heating season, and that of a house meter
//! follows the days of heating and the cold outside (354 пп. 59, 59(1) as of ПП РФ 29.08.2024 № 1176; dossier § 1.4).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Metering;
use crate::calc::context::Context;
use crate::calc::figure::{Figure, Tag};
use crate::calc::period::{Days, Month};
use crate::calc::rules::Parameter;
use crate::calc::trace::{Rule, Source, What};

/// The heating season, where a silent meter counts heat and the region has set one.
#[derive(Clone, Copy)]
pub(super) struct Season<'a>(&'a Context<'a>);

impl<'a> Season<'a> {
    pub fn of(metering: &Metering<'a>) -> Option<Self> {
        let ctx = metering.ctx;
        let heat = ctx.rules.services.get(&metering.service).is_some_and(|service| service.is_heating());
        let set = ctx.rules.parameters.get(&Parameter::HeatingSeason)?.known(ctx.known).next().is_some();
        (heat && set).then_some(Self(ctx))
    }

    /// Whether heat is given on a day; where nothing is set it is.
    fn is_heated(self, day: NaiveDate) -> bool {
        let told = self.0.rules.parameter(Parameter::HeatingSeason, day, self.0.known);
        told.is_none_or(|told| !told.is_zero())
    }

    fn heated(self, days: Days) -> impl Iterator<Item = NaiveDate> + use<'a> {
        days.from.iter_days().take_while(move |day| *day < days.to).filter(move |day| self.is_heated(*day))
    }

    /// Whether heat is given on some day of a month.
    pub fn has(self, month: Month) -> bool {
        self.heated(month.days()).next().is_some()
    }

    /// Of so many months before the calculated one, how many were heated.
    pub fn heated_before(self, months: Decimal) -> Decimal {
        let mut month = self.0.month;
        let (mut left, mut heated) = (months, Decimal::ZERO);
        while left > Decimal::ZERO {
            month = month.plus(-1);
            left -= Decimal::ONE;
            heated += Decimal::from(u8::from(self.has(month)));
        }
        heated
    }

    /// Heated billing periods from one day to another.
    pub fn months_between(self, from: NaiveDate, to: NaiveDate) -> Decimal {
        let days = periods(from, to);
        let months = Month::of(days.from).onwards().take_while(|month| month.first_day() < days.to);
        Decimal::from(months.filter(|month| self.has(*month)).count())
    }

    /// `volume × weight of the month ÷ weight of the time it was used in`: degree-days where the temperature outside is known of every
    /// day of both, else days of heating.
    pub fn average(self, volume: Figure, (from, to): (NaiveDate, NaiveDate), unit: &str) -> Figure {
        let ctx = self.0;
        let (then, now) = (periods(from, to), ctx.days);
        let (own, all, what, of) = match self.degrees(now).zip(self.degrees(then)) {
            Some((own, all)) if !all.is_zero() => (own, all, What::DegreeDays, "°C·сут"),
            _ => (self.count(now), self.count(then), What::HeatedDays, "дн."),
        };
        let leaf = |value| ctx.leaf(value, Tag(what, of), Source::Calendar, None);
        let product = volume.times(leaf(own), Tag(What::Product, unit));
        product.over(leaf(all), Tag(What::Average, unit)).by(Rule::HeatAverage)
    }

    fn count(self, days: Days) -> Decimal {
        Decimal::from(self.heated(days).count())
    }

    /// Σ over the days of heating of what the rooms are warmer than the air outside; `None` where that is not known.
    fn degrees(self, days: Days) -> Option<Decimal> {
        let told = |parameter, day| self.0.rules.parameter(parameter, day, self.0.known);
        let above = |day| {
            let outside = told(Parameter::OutdoorTemperature, day)?;
            Some((told(Parameter::IndoorTemperature, day)? - outside).max(Decimal::ZERO))
        };
        self.heated(days).map(above).sum()
    }
}

/// The billing periods between two readings. A meter read on the first of a month has shown what the month before used.
fn periods(from: NaiveDate, to: NaiveDate) -> Days {
    let after = |day: NaiveDate| Month::of(day.pred_opt().unwrap_or(day)).next().first_day();
    Days { from: after(from), to: after(to) }
}
