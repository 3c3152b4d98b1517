//! Meters of several houses out of their rows.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::rows::{Rows, fact};
use crate::calc::facts::Meter;
use crate::calc::group::{GroupBase, GroupMeter};
use crate::calc::ids::HouseId;
use crate::calc::timeline::Timeline;

/// Group meters, by the house they are written down at; each is taken out of `meters`.
pub fn groups(rows: &Rows, meters: &mut FxHashMap<i64, Meter>) -> BTreeMap<HouseId, Vec<GroupMeter>> {
    let mut groups: BTreeMap<i64, (HouseId, GroupMeter)> = BTreeMap::new();
    for row in rows.meters.iter().filter(|row| row.get(8)) {
        let (id, house): (i64, i64) = (row.get(0), row.get(1));
        let Some(meter) = meters.remove(&id) else { continue };
        let group = GroupMeter { meter, base: Timeline::default(), houses: Vec::new() };
        groups.insert(id, (HouseId(house), group));
    }
    for row in &rows.group_bases {
        if let Some((_, group)) = groups.get_mut(&row.get::<_, i64>(5)) {
            group.base.take(fact(row, base(row.get(6))));
        }
    }
    for row in &rows.group_houses {
        let Some((_, group)) = groups.get_mut(&row.get::<_, i64>(5)) else { continue };
        let house = HouseId(row.get(6));
        match group.houses.iter_mut().find(|(id, _)| *id == house) {
            Some((_, days)) => days.take(fact(row, ())),
            None => group.houses.push((house, Timeline(vec![fact(row, ())]))),
        }
    }
    let mut by_house: BTreeMap<HouseId, Vec<GroupMeter>> = BTreeMap::new();
    for (house, mut group) in groups.into_values() {
        group.houses.sort_by_key(|(id, _)| *id);
        by_house.entry(house).or_default().push(group);
    }
    by_house
}

/// The base by its stored name; the database refuses other names.
fn base(name: &str) -> GroupBase {
    match name {
        "persons" => GroupBase::Persons,
        "norm" => GroupBase::Norm,
        _ => GroupBase::Area,
    }
}
