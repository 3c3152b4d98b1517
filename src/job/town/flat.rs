//! Builds the premises of a house: flats with their families, communal flats with their rooms, shops.

use super::consumption::{MONTHS, Volumes};
use super::house::{Hand, Site};
use super::model::{Holder, PremisesKind, Share, TownOwner, TownPremises, TownResidence};
use super::moves::Settled;
use super::owners::Ownership;
use super::shape::Series;
use super::{account, areas, family, firm, meters, moves, owners, readings};
use crate::calc::facts::Area;
use crate::calc::ids::PremisesId;
use crate::calc::period::Days;

/// What is decided about premises before anybody moves in.
struct Slot {
    kind: PremisesKind,
    parent: Option<PremisesId>,
    number: String,
    entrance: u32,
    floor: u32,
    area: Area,
}

/// All premises of a house in order of entrances, floors and risers.
pub(super) fn of_house(site: &Site, hand: &mut Hand) -> Vec<TownPremises> {
    let shape = site.shape;
    if shape.series == Series::Private {
        return vec![dwelling(site, hand)];
    }
    let mut premises = Vec::new();
    let mut flats = 0;
    for entrance in 1..=shape.entrances {
        for floor in 1..=shape.floors {
            if floor == 1 && entrance <= shape.shops {
                premises.push(shop(site, entrance, hand));
                continue;
            }
            for riser in 0..shape.per_floor {
                flats += 1;
                if shape.is_communal(flats) {
                    premises.extend(communal(site, flats, entrance, floor, hand));
                } else {
                    let area = areas::flat(shape.series, riser, &mut hand.dice);
                    let (kind, number) = (PremisesKind::Flat, flats.to_string());
                    premises.push(home(
                        site,
                        Slot { kind, parent: None, number, entrance, floor, area },
                        hand,
                    ));
                }
            }
        }
    }
    premises
}

/// Premises with nobody in them yet.
fn bare(site: &Site, slot: Slot, hand: &mut Hand) -> TownPremises {
    TownPremises {
        id: hand.counters.premises(),
        parent: slot.parent,
        kind: slot.kind,
        number: slot.number,
        floor: i16::try_from(slot.floor).unwrap_or(i16::MAX),
        entrance: i16::try_from(slot.entrance).unwrap_or(i16::MAX),
        days: Days::since(site.since),
        area: slot.area,
        firm: None,
        persons: Vec::new(),
        residences: Vec::new(),
        absences: Vec::new(),
        privileges: Vec::new(),
        owners: Vec::new(),
        meters: Vec::new(),
        account: None,
    }
}

/// The dwelling of a private house.
fn dwelling(site: &Site, hand: &mut Hand) -> TownPremises {
    let area = areas::dwelling(site.floors, &mut hand.dice);
    let (kind, number) = (PremisesKind::Dwelling, String::new());
    home(site, Slot { kind, parent: None, number, entrance: 1, floor: 1, area }, hand)
}

/// A flat, a room or a private house with its family. A room has no meters of its own.
fn home(site: &Site, slot: Slot, hand: &mut Hand) -> TownPremises {
    let (kind, rooms) = (slot.kind, slot.area.rooms);
    let bare = bare(site, slot, hand);
    let family = family::draw(kind, rooms, hand);
    let Settled { residences, absences, newcomers } = moves::settle(&family, site.since, hand);
    let Ownership { owners, outsiders, payers } = owners::draw(kind, site.since, &family, &residences, hand);
    let meters = if kind == PremisesKind::Room {
        Vec::new()
    } else {
        meters::of_dwelling(site, &persons(&residences.iter()), true, hand)
    };
    let account = account::of_home(site, payers, &owners, &meters, hand);
    let persons = family.into_iter().map(|kin| kin.person).chain(newcomers).chain(outsiders).collect();
    TownPremises { persons, residences, absences, owners, meters, account: Some(account), ..bare }
}

/// Persons month by month, as of the middle of the month.
fn persons<'a>(residences: &(impl Iterator<Item = &'a TownResidence> + Clone)) -> Volumes {
    let middle = readings::middles();
    std::array::from_fn::<_, MONTHS, _>(|month| {
        let living = residences.clone().filter(|residence| residence.days.contain(middle[month]));
        i64::try_from(living.count()).unwrap_or(i64::MAX)
    })
}

/// A communal flat, where the meters stand, and its rooms, where families live and accounts are kept.
fn communal(site: &Site, number: u32, entrance: u32, floor: u32, hand: &mut Hand) -> Vec<TownPremises> {
    let areas = areas::rooms(site.shape.rooms, &mut hand.dice);
    let kind = PremisesKind::CommunalFlat;
    let area = areas::communal(&areas);
    let slot = Slot { kind, parent: None, number: number.to_string(), entrance, floor, area };
    let mut premises = vec![bare(site, slot, hand)];
    let parent = Some(premises[0].id);
    for (area, room) in areas.into_iter().zip(1..) {
        let number = format!("{number}-{room}");
        let slot = Slot { kind: PremisesKind::Room, parent, number, entrance, floor, area };
        premises.push(home(site, slot, hand));
    }
    let persons = persons(&premises.iter().flat_map(|room| &room.residences));
    premises[0].meters = meters::of_dwelling(site, &persons, false, hand);
    premises
}

/// A shop on the ground floor, owned and paid for by its firm.
fn shop(site: &Site, entrance: u32, hand: &mut Hand) -> TownPremises {
    let area = areas::shop(&mut hand.dice);
    let (kind, number) = (PremisesKind::NonResidential, format!("Н{entrance}"));
    let slot = Slot { kind, parent: None, number, entrance, floor: 1, area };
    let bare = bare(site, slot, hand);
    let firm = firm::draw(hand);
    let holder = Holder::Organisation(firm.id);
    let owners = vec![TownOwner { holder, share: Share::WHOLE, days: Days::since(bare.days.from) }];
    let account = Some(account::of_shop(site, holder, hand));
    TownPremises { firm: Some(firm), owners, account, ..bare }
}
