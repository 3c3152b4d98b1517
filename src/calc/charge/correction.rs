//! The yearly correction: what the house meter told in the last year less what was charged for it (354 п. 42(1) for heating
//! paid evenly, ЖК 156 ч. 9.2 for common needs, ПП РФ 18.03.2024 № 318 for waste; dossier § 1.6, 1.11, 1.13). Each month at its own rate.
//!
//! Reads of earlier months: the quantities of the house in the months of the last year.

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::calc::context::Problems;
use crate::calc::facts::{Method, Premises};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::house::{are_installed, last_year};
use crate::calc::line::{Basis, Component, HouseMonth};
use crate::calc::money::round_volume;
use crate::calc::norm;
use crate::calc::period::Month;
use crate::calc::price::{AMOUNT, Draft, Unit};
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, RuleData, Source, What};

use super::two_component::HEAT;
use super::{Charge, Charged};

impl<'a> Charge<'a> {
    /// Books the correction of the last year in the month the region makes it.
    pub(super) fn correct_last_year(&self, charged: &mut Charged<'a>) {
        let ctx = self.ctx;
        let Ok(number) = ctx.parameter(Parameter::YearlyCorrectionMonth) else { return };
        let first = self.segment.days.from == ctx.days.from;
        if !first || number != Decimal::from(ctx.month.first_day().month()) {
            return;
        }
        let (mut due, mut paid, mut volume, mut rate) = (None, None, Decimal::ZERO, Decimal::ZERO);
        for month in last_year(ctx.month) {
            let Some(share) = self.share_of(month) else { continue };
            volume += share.measured.value() - share.charged.value();
            rate = share.rate.value();
            if let Some((norm, rate)) = share.heat {
                let heat = |water: &Figure| water.clone().times(norm.clone(), Tag(What::Volume, HEAT));
                due = add(due, heat(&share.measured).times(rate.clone(), AMOUNT), AMOUNT);
                let warmed = heat(&share.charged).rounded(self.service.heat_scale);
                paid = add(paid, warmed.times(rate, AMOUNT).rounded(2), AMOUNT);
            }
            due = add(due, share.measured.times(share.rate.clone(), AMOUNT), AMOUNT);
            paid = add(paid, share.charged.times(share.rate, AMOUNT).rounded(2), AMOUNT);
        }
        let Some((due, paid)) = due.zip(paid) else { return };
        let amount = due.rounded(2).minus(paid, AMOUNT);
        if amount.value().is_zero() {
            return;
        }
        let draft = Draft {
            component: Component::Correction,
            volume: round_volume(volume, self.service.scale),
            rate,
            basis: Basis::House,
            rule: Rule::Correction,
            amount,
            unit: Unit::Service,
            laid: Vec::new(),
        };
        self.book(Some(draft), charged);
    }

    /// What a month told and charged for these premises; `None` for a month that was not shared, or the account was not
    /// there.
    fn share_of(&self, month: Month) -> Option<Share> {
        let Self { ctx, site, account, segment, service, .. } = self;
        let day = month.first_day();
        account.open.on(day, ctx.known)?;
        let entry: &HouseMonth = ctx.earlier.houses.get(&(site.house.id, segment.plan.service, month))?;
        let of_part = |part| -> Option<&Fact<Decimal>> {
            ctx.rules.tariffs.get(&(segment.plan.tariff, part))?.on(day, ctx.known)
        };
        let is_with_heat = self.is_with_heat();
        let rate = of_part(i16::from(is_with_heat))?;
        if entry.area.is_zero() {
            return None;
        }
        let unit = service.unit.as_str();
        let source = Source::Booked { house: site.house.id, month };
        let (own, base) = self.own_base(month)?;
        let part = |whole: Decimal| {
            let whole = ctx.leaf(whole, Tag(What::HouseVolume, unit), source, None);
            let all = ctx.leaf(entry.area, base, source, None);
            whole.times(own.clone(), Tag(What::Product, unit)).over(all, Tag(What::Volume, unit))
        };
        let (measured, charged) = match self.heat_of_devices(entry, &own) {
            // Some premises have no devices: who has them used more of the same volume (dossier § 1.6 H4).
            Some(heat) => {
                let used = heat.plus(part(entry.volume - entry.own), Tag(What::Volume, unit));
                let leaf = |volume| ctx.leaf(volume, Tag(What::HouseVolume, unit), source, None);
                let measured = used.clone().times(leaf(entry.measured), Tag(What::Product, unit));
                (measured.over(leaf(entry.volume), Tag(What::Volume, unit)), used)
            }
            None => (part(entry.measured), part(entry.volume)),
        };
        Some(Share {
            measured,
            charged: charged.rounded(service.scale),
            rate: ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, unit)),
            heat: if is_with_heat {
                Some((self.heat_norm(month)?, self.heat_rate(of_part(2)?)))
            } else {
                None
            },
        })
    }

    /// What the devices of these premises used of the heat of a booked month, in a house without heat meters of flats where some
    /// premises have no devices; `None` in any other. Flat meters are charged as they tell: only what all leave is corrected.
    fn heat_of_devices(&self, entry: &HouseMonth, area: &Figure) -> Option<Figure> {
        let Self { ctx, site, home, segment, service, .. } = self;
        let days = entry.month.days();
        let heating = segment.plan.method == Method::Heating && !entry.volume.is_zero();
        let metered =
            |premises: &Premises| are_installed(&premises.meters, segment.plan.service, (days, ctx.known));
        if !heating || entry.per_area.is_zero() || site.house.premises.iter().any(metered) {
            return None;
        }
        let tag = Tag(What::Volume, service.unit.as_str());
        let heated =
            home.premises.areas.on(days.from, ctx.known).is_some_and(|fact| !fact.value.heated.is_zero());
        if !heated {
            return Some(ctx.nothing(tag));
        }
        let source = Source::Booked { house: site.house.id, month: entry.month };
        let per_area = ctx.leaf(entry.per_area, Tag(What::PerArea, service.unit.as_str()), source, None);
        Some(area.clone().times(per_area, tag))
    }

    /// What warmed a m³ in a month.
    fn heat_norm(&self, month: Month) -> Option<Figure> {
        let mut told = Problems::within(month.days());
        let norms = norm::heat(self.ctx, self.segment.plan.norm, month.days(), &mut told);
        norms.into_iter().next().map(|(_, norm)| norm)
    }

    fn heat_rate(&self, rate: &Fact<Decimal>) -> Figure {
        self.ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, HEAT))
    }
}

impl Charge<'_> {
    /// What these premises counted for in a month, a room by its part of the flat, and what the base of the house is called.
    fn own_base(&self, month: Month) -> Option<(Figure, Tag<'static>)> {
        if self.segment.plan.method == Method::ContainersPersons {
            return Some((self.person_days_in(month)?, Tag(What::PersonDaysOfHouse, "чел.-дн.")));
        }
        let own = self.site.area_on(self.home.premises, month.days().to.pred_opt()?)?;
        Some((own, Tag(What::HouseArea, "м²")))
    }
}

/// The share of one account in one month.
struct Share {
    measured: Figure,
    charged: Figure,
    rate: Figure,
    /// Of hot water in two components: the heat of a m³ and its rate.
    heat: Option<(Figure, Figure)>,
}
