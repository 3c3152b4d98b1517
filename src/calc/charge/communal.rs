//! Communal flats: what the flat's meter measured is shared by the rooms, n_j of n_flat; a room with a meter of
//! its own pays that and its share of what no room meter told (354 Прил. 2 ф. 7–9; dossier § 1.14).

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::Piece;
use crate::calc::meter::Metering;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::persons::{Heads, Home, PERSONS};
use crate::calc::site::Flat;
use crate::calc::trace::{Rule, What};

use super::Charge;

/// Persons of a room and of its flat on days when both are constant.
struct Share {
    days: Days,
    room: Figure,
    flat: Figure,
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
        let homes: Vec<Home<'_>> = flat.members().map(|member| Home::new(self.ctx, member)).collect();
        let norm = |days, problems: &mut Problems| {
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
        let shares = self.shares(&homes, problems);
        for piece in common {
            pieces.extend(shares.iter().filter_map(|share| shared(&piece, share, metering.unit)));
        }
        pieces.sort_by_key(|piece| piece.component);
        pieces
    }

    fn shares(&self, homes: &[Home<'_>], problems: &mut Problems) -> Vec<Share> {
        let Some(room) = problems.keep(self.home.heads()) else { return Vec::new() };
        let mut shares: Vec<Share> = room
            .iter()
            .map(|heads| Share {
                days: heads.days,
                room: self.home.figure(heads),
                flat: self.ctx.nothing(PERSONS),
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

/// The share with one more home of the flat counted in.
fn joined<'s>(share: &'s Share, home: &'s Home<'_>, heads: &'s [Heads]) -> impl Iterator<Item = Share> + 's {
    heads.iter().filter_map(move |heads| {
        let days = heads.days.meet(share.days)?;
        let tag = Tag(What::PersonsOfFlat, "чел.");
        let flat = share.flat.clone().plus(home.figure(heads), tag);
        Some(Share { days, room: share.room.clone(), flat })
    })
}

fn shared(piece: &Piece, share: &Share, unit: &str) -> Option<Piece> {
    let days = piece.days.meet(share.days)?;
    let tag = Tag(What::Volume, unit);
    let amount = piece.amount.clone().times(share.room.clone(), Tag(What::FlatVolume, unit));
    let amount = amount.over(share.flat.clone(), tag).by(Rule::Communal);
    Some(Piece { days, amount, ..piece.clone() })
}
