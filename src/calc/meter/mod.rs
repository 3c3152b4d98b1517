//! Volumes by meters: every register of a service in its place, the average and then the norm where it is
//! silent, and the norm for days without a meter (354 пп. 42, 59, 60; dossier § 1.1, 1.4).

mod average;
mod beyond;
mod outage;
mod reading;
mod register;
mod season;
mod verification;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::context::{Context, Problems};
use super::facts::Meter;
use super::figure::{Figure, Tag};
use super::flow::{self, Piece, Raise, without};
use super::ids::{MeterId, ServiceId};
use super::line::{Basis, Component, MeterMonth};
use super::money::round_volume;
use super::period::Days;
use super::rules::Parameter;
use super::trace::{Rule, What};
pub(super) use beyond::{Uncharged, uncharged};
use reading::accepted;
use register::{Found, Register};

/// What is metered, and how its volumes are told apart.
#[derive(Clone, Copy)]
pub(super) struct Metering<'a> {
    pub ctx: &'a Context<'a>,
    pub service: ServiceId,
    /// Places of a volume.
    pub scale: u32,
    pub unit: &'a str,
    /// Each zone of a meter with several registers is a component of its own.
    pub zones: bool,
    /// How many periods in a row the average may be charged.
    pub periods: Parameter,
    /// Whether a price or a payer changes on a day: a reading on such a day divides the month exactly there.
    pub is_cut: &'a dyn Fn(NaiveDate) -> bool,
}

/// A register that gave no volume on these days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Silent {
    meter: MeterId,
    register: i16,
    days: Days,
    component: Component,
    raise: Raise,
}

impl Metering<'_> {
    /// Whether some meter of the service stood or was read in the month.
    pub fn present(&self, meters: &[Meter]) -> bool {
        meters.iter().any(|meter| {
            meter.service == self.service
                && (register::in_place(self.ctx, meter).is_some() || register::read(self.ctx, meter))
        })
    }

    /// The volumes of all meters of the service over the month, completed by `norm` where meters do not tell.
    /// `norm` gives the norm of everybody behind these meters for some days.
    pub fn pieces(
        &self,
        meters: &[Meter],
        norm: &dyn Fn(Days, &mut Problems) -> Vec<Piece>,
        problems: &mut Problems,
    ) -> Vec<Piece> {
        let ctx = self.ctx;
        let (mut pieces, mut silent, mut covered) = (Vec::with_capacity(2), Vec::new(), Vec::new());
        let mut readings = Vec::new();
        for meter in meters.iter().filter(|meter| meter.service == self.service) {
            let place = register::in_place(ctx, meter);
            covered.extend(place);
            for number in 1..=meter.registers {
                let component = self.component(meter, number);
                let register = Register { metering: self, meter, number, component, place };
                accepted(ctx, meter, number, &mut readings, problems);
                if let Found::Silent(days, raise) = register.lay(&readings, &mut pieces, problems) {
                    silent.push(Silent { meter: meter.id, register: number, days, component, raise });
                }
            }
        }
        if !silent.is_empty() {
            silent.sort_unstable();
            self.complete(&silent, norm, &mut pieces, problems);
        }
        if !covered.contains(&ctx.days) {
            for days in without(ctx.days, &covered) {
                let absent = norm(days, problems).into_iter();
                pieces.extend(absent.map(|piece| Piece { raise: Raise::Coefficient, ..piece }));
            }
        }
        for meter in meters.iter().filter(|meter| meter.service == self.service) {
            self.left(meter, &mut pieces);
        }
        pieces.sort_by_key(|piece| {
            (piece.component, piece.over, piece.days, piece.silent, piece.amount.value())
        });
        pieces
    }

    fn component(&self, meter: &Meter, register: i16) -> Component {
        match (self.zones && meter.registers > 1, register) {
            (false, _) => Component::Base,
            (true, 1) => Component::Zone1,
            (true, 2) => Component::Zone2,
            (true, _) => Component::Zone3,
        }
    }

    /// Charges silent registers by the norm. The norm is one for all meters of the service, so the first silent
    /// register of some days takes what the meters that did speak leave of it; the others take nothing, yet are
    /// remembered as charged by the norm.
    fn complete(
        &self,
        silent: &[Silent],
        norm: &dyn Fn(Days, &mut Problems) -> Vec<Piece>,
        pieces: &mut Vec<Piece>,
        problems: &mut Problems,
    ) {
        let spoken = pieces.clone();
        let mut done: Vec<Days> = Vec::new();
        for register in silent {
            let rest = without(register.days, &done);
            let tag = |piece| Piece {
                component: register.component,
                raise: register.raise,
                silent: Some((register.meter, register.register)),
                rule: Rule::NormAfterAverage,
                ..piece
            };
            let before = pieces.len();
            for days in rest {
                pieces.extend(self.rest_of_norm(norm(days, problems), &spoken, days).into_iter().map(tag));
            }
            if pieces.len() == before {
                // Remembered even where there is no norm to charge: the average would begin anew.
                let nothing = self.ctx.nothing(Tag(What::RestOfNorm, self.unit));
                let piece = Piece::whole(register.days, nothing, Basis::Norm, Rule::NormAfterAverage);
                pieces.push(tag(piece));
            }
            done.push(register.days);
        }
    }

    fn rest_of_norm(&self, norm: Vec<Piece>, spoken: &[Piece], days: Days) -> Vec<Piece> {
        let over = |pieces: &[Piece]| {
            let tag = Tag(What::Volume, self.unit);
            let start = flow::until(self.ctx, pieces, days.from, self.unit);
            flow::until(self.ctx, pieces, days.to, self.unit).minus(start, tag)
        };
        let told = over(spoken);
        if norm.is_empty() || told.value() <= Decimal::ZERO {
            return norm;
        }
        let rest: Figure = over(&norm).minus(told, Tag(What::RestOfNorm, self.unit));
        let rest = if rest.value() < Decimal::ZERO {
            self.ctx.nothing(Tag(What::RestOfNorm, self.unit))
        } else {
            rest
        };
        vec![Piece::whole(days, rest, Basis::Norm, Rule::NormAfterAverage)]
    }

    /// What later months must remember of the pieces charged on `days`: the volume of a register is rounded once, however its
    /// pieces are cut.
    pub fn remember(&self, pieces: &[Piece], days: Days, months: &mut Vec<MeterMonth>) {
        let mut registers: Vec<(MeterId, i16)> = pieces.iter().filter_map(|piece| piece.silent).collect();
        registers.sort_unstable();
        registers.dedup();
        for (meter, register) in registers {
            let silent = |piece: &&Piece| piece.silent == Some((meter, register));
            let mine: Vec<Piece> = pieces.iter().filter(silent).cloned().collect();
            let Some(basis) = mine.iter().map(|piece| piece.basis).max() else { continue };
            let volume = flow::between(self.ctx, &mine, days, self.scale, self.unit).value();
            let volume = round_volume(volume, self.scale);
            months.push(MeterMonth { meter, register, month: self.ctx.month, basis, volume });
        }
    }
}
