//! Ownership of dwellings, in shares, and who pays.

use chrono::NaiveDate;

use super::calendar::{YEAR, day};
use super::directory::organisations::MUNICIPALITY;
use super::family::{self, Kin};
use super::house::Hand;
use super::model::{Holder, Person, PremisesKind, Relation, Share, TownOwner, TownResidence};
use crate::calc::ids::PersonId;
use crate::calc::period::Days;

/// Titles to flats are registered since the law on privatisation.
const TITLES_FROM: NaiveDate = day(1992, 6, 1);

/// Owners of a dwelling and the payer of its account.
#[derive(Debug)]
pub(super) struct Ownership {
    pub(super) owners: Vec<TownOwner>,
    /// An owner who lives elsewhere.
    pub(super) outsider: Option<Person>,
    pub(super) payer: Holder,
}

/// How a dwelling is owned.
#[derive(Debug, Clone, Copy)]
enum Title {
    /// Never privatised: the town owns it and the family rents.
    Public,
    /// The head owns it.
    Head,
    /// Everybody of age in equal shares.
    Adults,
    /// Everybody, children too, in equal shares.
    Everybody,
    /// Head and spouse, or head and somebody elsewhere, in unequal shares.
    Unequal(Share, Share),
    /// Somebody who lives elsewhere.
    Outsider,
}

const fn share(numerator: i32, denominator: i32) -> Share {
    Share { numerator, denominator }
}

/// Draws the title of a dwelling.
pub(super) fn draw(
    kind: PremisesKind,
    family: &[Kin],
    residences: &[TownResidence],
    hand: &mut Hand,
) -> Ownership {
    let since = residences.iter().map(|residence| residence.days.from).min();
    let since = since.unwrap_or(day(2011, 3, 1)).max(TITLES_FROM);
    let Some(head) = family.first() else { return empty(kind, since, hand) };
    let (owners, outsider) = match title(kind, hand) {
        Title::Public => (whole(Holder::Organisation(MUNICIPALITY), since), None),
        Title::Head => (given_away(family, since, hand), None),
        Title::Adults => {
            let of_age = |kin: &&Kin| kin.person.born <= day(2007, 1, 1);
            (equal(family.iter().filter(of_age), since), None)
        }
        Title::Everybody => (equal(family.iter(), youngest_registered(family, residences, since)), None),
        Title::Unequal(first, second) => {
            let spouse = family.iter().find(|kin| kin.relation == Relation::Spouse);
            let outsider = spouse.is_none().then(|| family::alone(30, 70, 500, hand).person);
            let other = spouse.map(|kin| &kin.person).or(outsider.as_ref()).map(|person| person.id);
            (two(head.person.id, first, other, second, since), outsider)
        }
        Title::Outsider => return empty(kind, since, hand),
    };
    Ownership { owners, outsider, payer: Holder::Person(head.person.id) }
}

fn title(kind: PremisesKind, hand: &mut Hand) -> Title {
    let public = match kind {
        PremisesKind::Room => 60,
        PremisesKind::Dwelling => 0,
        _ => 8,
    };
    hand.dice.weighted(&[
        (public, Title::Public),
        (42, Title::Head),
        (30, Title::Adults),
        (12, Title::Everybody),
        (2, Title::Unequal(share(2, 3), share(1, 3))),
        (2, Title::Unequal(share(3, 4), share(1, 4))),
        (1, Title::Unequal(share(5, 8), share(3, 8))),
        (3, Title::Outsider),
    ])
}

/// A dwelling whose owner lives elsewhere and pays; a public one nobody has moved into is paid for by the town.
fn empty(kind: PremisesKind, since: NaiveDate, hand: &mut Hand) -> Ownership {
    if kind == PremisesKind::Room && hand.dice.chance(400) {
        let town = Holder::Organisation(MUNICIPALITY);
        return Ownership { owners: whole(town, since), outsider: None, payer: town };
    }
    let person = family::alone(30, 80, 500, hand).person;
    let holder = Holder::Person(person.id);
    Ownership { owners: whole(holder, since), outsider: Some(person), payer: holder }
}

fn whole(holder: Holder, since: NaiveDate) -> Vec<TownOwner> {
    vec![TownOwner { holder, share: Share::WHOLE, days: Days::since(since) }]
}

fn two(
    first: PersonId,
    first_share: Share,
    second: Option<PersonId>,
    second_share: Share,
    since: NaiveDate,
) -> Vec<TownOwner> {
    let Some(second) = second else { return whole(Holder::Person(first), since) };
    [(first, first_share), (second, second_share)]
        .into_iter()
        .map(|(person, share)| TownOwner { holder: Holder::Person(person), share, days: Days::since(since) })
        .collect()
}

fn equal<'a>(family: impl Iterator<Item = &'a Kin> + Clone, since: NaiveDate) -> Vec<TownOwner> {
    let parts = i32::try_from(family.clone().count()).unwrap_or(i32::MAX);
    family
        .map(|kin| TownOwner {
            holder: Holder::Person(kin.person.id),
            share: share(1, parts),
            days: Days::since(since),
        })
        .collect()
}

/// The day from which everybody of the family may own a share: when the youngest was registered.
fn youngest_registered(family: &[Kin], residences: &[TownResidence], since: NaiveDate) -> NaiveDate {
    let of_family = residences.iter().take(family.len());
    of_family.map(|residence| residence.days.from).max().map_or(since, |day| day.max(since))
}

/// The head owns all; one in 25 with a child gives half of it to the eldest within the year.
fn given_away(family: &[Kin], since: NaiveDate, hand: &mut Hand) -> Vec<TownOwner> {
    let head = Holder::Person(family[0].person.id);
    let Some(child) = family.iter().find(|kin| kin.relation == Relation::Child) else {
        return whole(head, since);
    };
    let given = hand.dice.day(YEAR);
    if since >= given || !hand.dice.chance(40) {
        return whole(head, since);
    }
    let half = |holder| TownOwner { holder, share: share(1, 2), days: Days::since(given) };
    vec![
        TownOwner { holder: head, share: Share::WHOLE, days: Days { from: since, to: given } },
        half(head),
        half(Holder::Person(child.person.id)),
    ]
}
