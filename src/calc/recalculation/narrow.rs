//! As much of a house as some of its accounts need: the rest of the house adds nothing to their lines but its area.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Cause, Scope};
use crate::calc::facts::{House, Premises, UnitFacts};
use crate::calc::ids::{AccountId, PremisesId};

/// The facts the causes can move lines of: all of them, or, where single accounts are due, their flats in full and
/// of the others the areas, by which a house shares what is not frozen.
pub(super) fn narrowed<'f>(facts: &'f UnitFacts, causes: &[Cause]) -> Cow<'f, UnitFacts> {
    let due: Option<BTreeSet<AccountId>> = causes
        .iter()
        .map(|cause| match cause.scope {
            Scope::Account(account) => Some(account),
            Scope::Everybody | Scope::House => None,
        })
        .collect();
    // Houses of a group need each other whole, and containers are shared by the persons of all dwellings.
    let whole = !facts.groups.is_empty() || facts.houses.iter().any(|house| !house.containers.0.is_empty());
    let Some(due) = due.filter(|_| !whole) else { return Cow::Borrowed(facts) };
    let houses = facts.houses.iter().map(|house| of_house(house, &due)).collect();
    Cow::Owned(UnitFacts { unit: facts.unit, houses, groups: Vec::new() })
}

fn of_house(house: &House, due: &BTreeSet<AccountId>) -> House {
    let is_due = |premises: &&Premises| premises.accounts.iter().any(|account| due.contains(&account.id));
    let flats: BTreeSet<PremisesId> = house.premises.iter().filter(is_due).map(flat).collect();
    let premises = house.premises.iter().map(|premises| {
        if flats.contains(&flat(premises)) {
            return premises.clone();
        }
        let Premises { id, parent, ref areas, .. } = *premises;
        Premises { id, parent, areas: areas.clone(), ..Premises::default() }
    });
    House {
        id: house.id,
        scope: house.scope,
        common_area: house.common_area.clone(),
        plans: house.plans.clone(),
        undersupply: house.undersupply.clone(),
        containers: house.containers.clone(),
        meters: house.meters.clone(),
        premises: premises.collect(),
    }
}

/// The rooms of a communal flat share its meters, so they are calculated together.
fn flat(premises: &Premises) -> PremisesId {
    premises.parent.unwrap_or(premises.id)
}
