//! Communal flats: what the flat's meter measured is shared by the rooms, n_j of n_flat, heat by their living area; a room
//! with a meter of its own pays that and its share of what no room meter told (354 Прил. 2 ф. 7–9; dossier § 1.14).

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::flow::Piece;
use crate::calc::line::Basis;
use crate::calc::meter::Metering;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::persons::{Heads, Home, PERSONS};
use crate::calc::site::Flat;
use crate::calc::trace::{Rule, What};

use super::Charge;

/// Persons (for heat the living area) of a room and of its flat on days when both are constant.
struct Share {
    days: Days,
    room: Figure,
    flat: Figure,
    rule: Rule,
}

impl Charge<'_> {
    /// The flat of a room, when the flat has a meter of the service.
    pub(super) fn shared_flat(&self, metering: &Metering<'_>, problems: &mut Problems) -> Option<&Flat<'_>> {
        let parent = self.home.premises.parent?;
        let Some(flat) = self.site.flat(parent) else {
            problems.push(ExceptionReason::FlatMissing);
            return None;
        };
        metering.present(&flat.premises.meters).then_some(flat)
    }

    /// A room's volume out of its flat's.
    pub(super) fn of_flat(
        &self,
        metering: &Metering<'_>,
        flat: &Flat<'_>,
        problems: &mut Problems,
    ) -> Vec<Piece> {
        let homes: Vec<Home<'_>> = flat.homes().map(|member| Home::new(self.ctx, member)).collect();
        let norm = |days, problems: &mut Problems| {
            if self.service.is_heating() {
                return self.norm_of_area(flat.premises, days, problems);
            }
            let by_norm =
                |home| norm::by_persons(home, self.segment.plan.norm, days, metering.unit, problems);
            homes.iter().flat_map(by_norm).collect()
        };
        let nobody = |_, _: &mut Problems| Vec::new();
        let mut common = metering.pieces(&flat.premises.meters, &norm, problems);
        for room in &flat.rooms {
            for piece in metering.pieces(&room.meters, &nobody, problems) {
                let tag = Tag(What::Volume, metering.unit);
                let amount = self.ctx.nothing(tag).minus(piece.amount, tag);
                common.push(Piece { amount, silent: None, ..piece });
            }
        }
        let mut pieces = metering.pieces(&self.home.premises.meters, &nobody, problems);
        let shares = if self.service.is_heating() {
            self.living_shares(flat, problems)
        } else {
            self.shares(&homes, problems)
        };
        for piece in common {
            if piece.basis == Basis::Norm || !grows_within(&piece, &shares) {
                pieces.extend(shares.iter().filter_map(|share| shared(&piece, share, metering.unit)));
            } else {
                pieces.extend(self.shared_by_days(&piece, &shares, metering.unit));
            }
        }
        pieces.sort_by_key(|piece| piece.component);
        pieces
    }

    /// What a meter told while people came and went: n_j and n_flat are the days of persons then (354 п. 57, Прил. 2 ф. 7), and who
    /// came for the last day has used a day. A norm is each day's own, and a living area does not use more by the day.
    fn shared_by_days(&self, piece: &Piece, shares: &[Share], unit: &str) -> Vec<Piece> {
        let (ctx, tag) = (self.ctx, Tag(What::PersonDays, "чел.-дн."));
        let mut volume = piece.amount.clone();
        if piece.days.count() != piece.over {
            let days = ctx.count(piece.days.count(), What::Days);
            volume = volume.times(days, Tag(What::VolumeDays, unit));
            volume = volume.over(ctx.count(piece.over, What::DaysOfAll), Tag(What::Volume, unit));
        }
        let within = || shares.iter().filter_map(|share| Some((share.days.meet(piece.days)?, share)));
        let days_of =
            |persons: &Figure, days: Days| persons.clone().times(ctx.count(days.count(), What::Days), tag);
        let flat = within().fold(None, |sum, (days, share)| add(sum, days_of(&share.flat, days), tag));
        let Some(flat) = flat else { return Vec::new() };
        let pieces = within().map(|(days, share)| {
            let product = volume.clone().times(days_of(&share.room, days), Tag(What::Product, unit));
            let amount = product.over(flat.clone(), Tag(What::Volume, unit)).by(share.rule);
            Piece { days, amount, over: days.count(), ..piece.clone() }
        });
        pieces.collect()
    }

    fn shares(&self, homes: &[Home<'_>], problems: &mut Problems) -> Vec<Share> {
        let Some(room) = problems.keep(self.home.heads()) else { return Vec::new() };
        let mut shares: Vec<Share> = room
            .iter()
            .map(|heads| Share {
                days: heads.days,
                room: self.home.figure(heads),
                flat: self.ctx.nothing(PERSONS),
                rule: Rule::Communal,
            })
            .collect();
        for home in homes {
            let Some(heads) = problems.keep(home.heads()) else { return Vec::new() };
            shares = shares.iter().flat_map(|share| joined(share, home, heads)).collect();
        }
        for share in &shares {
            if share.flat.value().is_zero() {
                problems.missing(share.days, |since| ExceptionReason::Nobody { since });
            }
        }
        shares.retain(|share| !share.flat.value().is_zero());
        shares
    }
}

impl Charge<'_> {
    /// Heat goes by the living area of the rooms.
    fn living_shares(&self, flat: &Flat<'_>, problems: &mut Problems) -> Vec<Share> {
        let mut shares = Vec::with_capacity(1);
        for (days, living) in self.site.living_of(self.home.premises, flat) {
            match living {
                Some((room, flat)) => shares.push(Share { days, room, flat, rule: Rule::CommunalHeat }),
                None => problems.missing(days, Self::missing_area),
            }
        }
        shares
    }
}

/// The share with one more home of the flat counted in.
fn joined<'s>(share: &'s Share, home: &'s Home<'_>, heads: &'s [Heads]) -> impl Iterator<Item = Share> + 's {
    heads.iter().filter_map(move |heads| {
        let days = heads.days.meet(share.days)?;
        let tag = Tag(What::PersonsOfFlat, "чел.");
        let flat = share.flat.clone().plus(home.figure(heads), tag);
        Some(Share { days, room: share.room.clone(), flat, rule: share.rule })
    })
}

/// Whether the flat has not as many persons on one day of a piece as on another.
fn grows_within(piece: &Piece, shares: &[Share]) -> bool {
    let mut within = shares.iter().filter(|share| share.days.meet(piece.days).is_some());
    let first = within.next();
    first.is_some_and(|first| {
        first.rule == Rule::Communal && within.any(|share| share.flat.value() != first.flat.value())
    })
}

fn shared(piece: &Piece, share: &Share, unit: &str) -> Option<Piece> {
    let days = piece.days.meet(share.days)?;
    let tag = Tag(What::Volume, unit);
    let amount = piece.amount.clone().times(share.room.clone(), Tag(What::Product, unit));
    let amount = amount.over(share.flat.clone(), tag).by(share.rule);
    Some(Piece { days, amount, ..piece.clone() })
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::Method;
    use crate::calc::line::Component;
    use crate::calc::testing::*;

    /// A flat with a cold water meter and two rooms: two persons in one, three in the other.
    fn flat() -> Scene {
        let mut scene = Scene::new();
        scene.plan(COLD, Method::Meter);
        scene.rate(COLD, 0, "..", "47.36");
        scene.norm(COLD, 0, "..", "4.33");
        scene.premises(0).accounts.clear();
        for (id, persons) in [(2, 2), (3, 3)] {
            scene.add_premises(id, Some(1));
            let index = scene.house().premises.len() - 1;
            (0..persons).for_each(|_| scene.resident(index, ".."));
        }
        scene
    }

    #[test]
    fn shared_by_persons() {
        let mut scene = flat();
        scene.flat_meter(1, COLD, "..", "1@2026-08-23=200.000 1@2026-09-23=214.560");
        let outcome = scene.calc("2026-09");
        // Dossier § 1.14: 14.560 × 2/5 = 5.824; × 47.36 = 275.82464; and 14.560 × 3/5 = 8.736; × 47.36 = 413.73696
        assert_eq!(show(&outcome, 2, COLD, Component::Base), "5.824 × 47.36 = 275.82");
        assert_eq!(show(&outcome, 3, COLD, Component::Base), "8.736 × 47.36 = 413.74");
    }

    #[test]
    fn shared_by_days_when_a_room_grows() {
        let mut scene = flat();
        scene.flat_meter(1, COLD, "..", "1@2026-08-23=200.000 1@2026-09-23=214.560");
        scene.resident(1, "2026-09-16..");
        let outcome = scene.calc("2026-09");
        // Days of persons: 2 × 15 + 3 × 15 = 75 and 3 × 30 = 90 of 165. 14.56 × 75/165 = 6.618…; 14.56 × 90/165 = 7.941…
        assert_eq!(show(&outcome, 2, COLD, Component::Base), "6.618 × 47.36 = 313.43");
        assert_eq!(show(&outcome, 3, COLD, Component::Base), "7.942 × 47.36 = 376.13");
    }

    #[test]
    fn a_room_with_a_meter_of_its_own_pays_it_first() {
        let mut scene = flat();
        scene.flat_meter(1, COLD, "..", "1@2026-08-23=200.000 1@2026-09-23=214.560");
        let own = scene.meter(2, COLD, "..", "1@2026-08-23=10.000 1@2026-09-23=14.560");
        scene.premises(1).meters.push(own);
        let outcome = scene.calc("2026-09");
        // 14.560 − 4.560 = 10 for five: 4.560 + 4 = 8.560 and 6; × 47.36 = 405.4016 and 284.16
        assert_eq!(show(&outcome, 2, COLD, Component::Base), "8.56 × 47.36 = 405.40");
        assert_eq!(show(&outcome, 3, COLD, Component::Base), "6 × 47.36 = 284.16");
    }

    #[test]
    fn what_the_shares_of_a_silent_meter_come_to_is_remembered_once() {
        let mut scene = flat();
        let readings = "1@2026-03-23=0 1@2026-04-23=10 1@2026-05-23=20 1@2026-06-23=30 1@2026-08-23=55";
        scene.flat_meter(1, COLD, "..", readings);
        let july = scene.calc("2026-07");
        // The average is 10: 4 and 6
        assert_eq!(show(&july, 2, COLD, Component::Base), "4 × 47.36 = 189.44");
        assert_eq!(july.meter_months.len(), 1);
        assert_eq!(july.meter_months[0].volume, d("10"));
        let august = scene.walk("2026-07", "2026-08");
        // 55 − 30 − 10 = 15; × 2/5 = 6
        assert_eq!(show(&august, 2, COLD, Component::Base), "6 × 47.36 = 284.16");
    }

    #[test]
    fn without_a_meter_each_room_pays_the_norm() {
        // 2 × 4.33 = 8.66; × 47.36 = 410.1376
        assert_eq!(show(&flat().calc("2026-09"), 2, COLD, Component::Base), "8.66 × 47.36 = 410.14");
    }
}
