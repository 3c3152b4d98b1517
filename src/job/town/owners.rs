//! Ownership of dwellings, in shares, and who pays.

use chrono::NaiveDate;

use super::calendar::{RULES_FROM, YEAR, day};
use super::directory::organisations::MUNICIPALITY;
use super::family::{self, Kin};
use super::house::Hand;
use super::model::{Holder, Person, PremisesKind, Relation, Share, TownOwner, TownResidence};
use crate::calc::ids::PersonId;
use crate::calc::period::Days;

/// Titles to flats are registered since the law on privatisation.
const TITLES_FROM: NaiveDate = day(1992, 6, 1);

/// Owners of a dwelling and the payers of its account.
#[derive(Debug)]
pub(super) struct Ownership {
    pub(super) owners: Vec<TownOwner>,
    /// Owners who do not live here.
    pub(super) outsiders: Vec<Person>,
    pub(super) payers: Vec<(Days, Holder)>,
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
    Elsewhere,
}

const fn share(numerator: i32, denominator: i32) -> Share {
    Share { numerator, denominator }
}

/// Draws the title of a dwelling in a house that stands since `built`. Every day the rules hold has an owner:
/// who came later bought from somebody.
pub(super) fn draw(
    kind: PremisesKind,
    built: NaiveDate,
    family: &[Kin],
    residences: &[TownResidence],
    hand: &mut Hand,
) -> Ownership {
    let standing = built.max(TITLES_FROM);
    let (Some(head), Some(first)) = (family.first(), residences.first()) else {
        return vacant(kind, standing, hand);
    };
    let since = first.days.from.max(standing);
    let mut outsiders = Vec::new();
    let owners = match title(kind, hand) {
        Title::Public => whole(Holder::Organisation(MUNICIPALITY), standing),
        Title::Head => given_away(family, since, hand),
        Title::Adults => {
            let of_age = |kin: &&Kin| kin.person.born <= day(2007, 1, 1);
            equal(family.iter().filter(of_age), since)
        }
        Title::Everybody => everybody(family, residences, since),
        Title::Unequal(larger, smaller) => {
            let spouse = family.iter().find(|kin| kin.relation == Relation::Spouse);
            let other = spouse.map(|kin| kin.person.id).unwrap_or_else(|| stranger(&mut outsiders, hand));
            vec![held(head.person.id, larger, Days::since(since)), held(other, smaller, Days::since(since))]
        }
        Title::Elsewhere => return vacant(kind, standing, hand),
    };
    let payers = vec![(Days::since(standing), Holder::Person(head.person.id))];
    bought(Ownership { owners, outsiders, payers }, standing, hand)
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
        (3, Title::Elsewhere),
    ])
}

/// A dwelling whose owner lives elsewhere and pays; an empty public room is paid for by the town.
fn vacant(kind: PremisesKind, standing: NaiveDate, hand: &mut Hand) -> Ownership {
    let mut outsiders = Vec::new();
    let owner = if kind == PremisesKind::Room && hand.dice.chance(400) {
        Holder::Organisation(MUNICIPALITY)
    } else {
        Holder::Person(stranger(&mut outsiders, hand))
    };
    Ownership { owners: whole(owner, standing), outsiders, payers: vec![(Days::since(standing), owner)] }
}

/// Somebody of age who does not live here.
fn stranger(outsiders: &mut Vec<Person>, hand: &mut Hand) -> PersonId {
    let person = family::alone(30, 80, 500, hand).person;
    let id = person.id;
    outsiders.push(person);
    id
}

/// Whoever came after the rules began to hold bought from one who owned all, and paid, until then.
fn bought(mut title: Ownership, standing: NaiveDate, hand: &mut Hand) -> Ownership {
    let first = title.owners.iter().map(|owner| owner.days.from).min();
    let Some(sold) = first.filter(|first| *first > RULES_FROM.max(standing)) else { return title };
    let seller = stranger(&mut title.outsiders, hand);
    let before = Days { from: standing, to: sold };
    title.owners.insert(0, held(seller, Share::WHOLE, before));
    title.payers.iter_mut().for_each(|(days, _)| days.from = sold);
    title.payers.insert(0, (before, Holder::Person(seller)));
    title
}

fn held(person: PersonId, share: Share, days: Days) -> TownOwner {
    TownOwner { holder: Holder::Person(person), share, days }
}

fn whole(holder: Holder, since: NaiveDate) -> Vec<TownOwner> {
    vec![TownOwner { holder, share: Share::WHOLE, days: Days::since(since) }]
}

fn equal<'a>(family: impl Iterator<Item = &'a Kin> + Clone, since: NaiveDate) -> Vec<TownOwner> {
    let parts = i32::try_from(family.clone().count()).unwrap_or(i32::MAX);
    family.map(|kin| held(kin.person.id, share(1, parts), Days::since(since))).collect()
}

/// The head owned all until the youngest was registered; since then everybody has an equal share.
fn everybody(family: &[Kin], residences: &[TownResidence], since: NaiveDate) -> Vec<TownOwner> {
    let of_family = residences.iter().take(family.len()).map(|residence| residence.days.from);
    let together = of_family.max().map_or(since, |last| last.max(since));
    let mut owners = equal(family.iter(), together);
    if since < together {
        owners.insert(0, held(family[0].person.id, Share::WHOLE, Days { from: since, to: together }));
    }
    owners
}

/// The head owns all; one in 25 with a child gives half of it to the eldest within the year.
fn given_away(family: &[Kin], since: NaiveDate, hand: &mut Hand) -> Vec<TownOwner> {
    let head = family[0].person.id;
    let Some(child) = family.iter().find(|kin| kin.relation == Relation::Child) else {
        return whole(Holder::Person(head), since);
    };
    let given = hand.dice.day(YEAR);
    if since >= given || !hand.dice.chance(40) {
        return whole(Holder::Person(head), since);
    }
    let after = Days::since(given);
    vec![
        held(head, Share::WHOLE, Days { from: since, to: given }),
        held(head, share(1, 2), after),
        held(child.person.id, share(1, 2), after),
    ]
}
