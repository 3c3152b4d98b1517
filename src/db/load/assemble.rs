//! Rows to houses: each fact finds the thing it is about.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tokio_postgres::Row;

use super::groups;
use super::rows::{Rows, fact};
use crate::calc::facts::{
    Account, AccountPlan, Area, Containers, House, Meter, Method, Outage, Owner, PayerShare, Premises,
    Reading, Residence, ServicePlan, UnitFacts,
};
use crate::calc::grounds::{
    Absence, Form, Overcharge, Place, Privilege, SubsidyGrant, SubsidyMeasure, Undersupply,
};
use crate::calc::ids::{
    AccountId, CategoryId, ContractId, DeficiencyId, HouseId, Mark, MeterId, NormId, PersonId, PremisesId,
    ServiceId, TariffId, UnitId,
};
use crate::calc::period::Month;
use crate::calc::timeline::{Fact, Timeline};
use crate::db::wire::Number;

/// Builds units, in order of id.
pub fn assemble(rows: &Rows) -> Vec<UnitFacts> {
    let mut meters = meters(rows);
    let mut accounts = accounts(rows);
    let mut premises = premises(rows);
    let mut houses = houses(rows);
    let mut groups = groups::groups(rows, &mut meters);
    for row in &rows.meters {
        let Some(meter) = meters.remove(&row.get::<_, i64>(0)) else { continue };
        match row.get::<_, Option<i64>>(2) {
            Some(id) => push(&mut premises, id, |at: &mut Premises| &mut at.meters, meter),
            None => push(&mut houses, row.get(1), |at: &mut House| &mut at.meters, meter),
        }
    }
    for row in &rows.accounts {
        let Some(account) = accounts.remove(&row.get::<_, i64>(0)) else { continue };
        push(&mut premises, row.get(1), |at: &mut Premises| &mut at.accounts, account);
    }
    for row in &rows.premises {
        let Some(one) = premises.remove(&row.get::<_, i64>(0)) else { continue };
        push(&mut houses, row.get(1), |at: &mut House| &mut at.premises, one);
    }
    let mut units: BTreeMap<i64, UnitFacts> = BTreeMap::new();
    for row in &rows.houses {
        let Some(house) = houses.remove(&row.get::<_, i64>(0)) else { continue };
        let unit: i64 = row.get(1);
        let facts =
            units.entry(unit).or_insert_with(|| UnitFacts { unit: UnitId(unit), ..UnitFacts::default() });
        facts.groups.extend(groups.remove(&house.id).unwrap_or_default());
        facts.houses.push(house);
    }
    units.into_values().collect()
}

fn push<T, U>(things: &mut FxHashMap<i64, T>, id: i64, list: impl FnOnce(&mut T) -> &mut Vec<U>, value: U) {
    if let Some(thing) = things.get_mut(&id) {
        list(thing).push(value);
    }
}

fn houses(rows: &Rows) -> FxHashMap<i64, House> {
    let mut houses =
        index(&rows.houses, |row| House { id: HouseId(row.get(0)), scope: row.get(2), ..House::default() });
    give(&mut houses, &rows.house_areas, |at| &mut at.common_area, |row| number(row, 6));
    give(&mut houses, &rows.house_plans, |at| &mut at.plans, |row| plan(row, 6, 7));
    give(&mut houses, &rows.undersupply, |at| &mut at.undersupply, undersupply);
    give(&mut houses, &rows.containers, |at| &mut at.containers, containers);
    houses
}

fn containers(row: &Row) -> Containers {
    Containers {
        service: ServiceId(row.get(6)),
        capacity: row.get::<_, Decimal>(7).normalize(),
        count: row.get::<_, i16>(8).into(),
        removals: row.get::<_, Decimal>(9).normalize(),
    }
}

fn premises(rows: &Rows) -> FxHashMap<i64, Premises> {
    let mut premises = index(&rows.premises, |row| Premises {
        id: PremisesId(row.get(0)),
        parent: row.get::<_, Option<i64>>(2).map(PremisesId),
        non_residential: row.get(3),
        entrance: row.get(4),
        ..Premises::default()
    });
    give(
        &mut premises,
        &rows.areas,
        |at| &mut at.areas,
        |row| Area {
            total: number(row, 6),
            living: number(row, 7),
            heated: number(row, 8),
            rooms: row.get(9),
        },
    );
    give(
        &mut premises,
        &rows.residences,
        |at| &mut at.residences,
        |row| Residence { person: PersonId(row.get(6)), temporary: row.get(7) },
    );
    give(
        &mut premises,
        &rows.owners,
        |at| &mut at.owners,
        |row| Owner { person: row.get::<_, Option<i64>>(6).map(PersonId) },
    );
    give(
        &mut premises,
        &rows.absences,
        |at| &mut at.absences,
        |row| Absence { person: PersonId(row.get(6)) },
    );
    give(
        &mut premises,
        &rows.privileges,
        |at| &mut at.privileges,
        |row| Privilege {
            person: PersonId(row.get(6)),
            category: CategoryId(row.get(7)),
            members: row.get(8),
        },
    );
    give(&mut premises, &rows.exemptions, |at| &mut at.exemptions, |row| ServiceId(row.get(6)));
    premises
}

fn accounts(rows: &Rows) -> FxHashMap<i64, Account> {
    let mut accounts = index(&rows.accounts, |row| Account {
        id: AccountId(row.get(0)),
        number: row.get(2),
        calc_from: row.get::<_, Option<chrono::NaiveDate>>(3).map(Month::of),
        ..Account::default()
    });
    give(&mut accounts, &rows.opens, |at| &mut at.open, |_| ());
    give(
        &mut accounts,
        &rows.plans,
        |at| &mut at.plans,
        |row| {
            if row.get(7) {
                AccountPlan::Off(ServiceId(row.get(6)))
            } else {
                AccountPlan::Own(plan(row, 6, 8))
            }
        },
    );
    give(
        &mut accounts,
        &rows.shares,
        |at| &mut at.shares,
        |row| PayerShare { numerator: row.get::<_, i32>(6).into(), denominator: row.get::<_, i32>(7).into() },
    );
    give(
        &mut accounts,
        &rows.quantities,
        |at| &mut at.quantities,
        |row| (ServiceId(row.get(6)), number(row, 7)),
    );
    give(&mut accounts, &rows.ready, |at| &mut at.ready, |row| (ServiceId(row.get(6)), number(row, 7)));
    give(
        &mut accounts,
        &rows.overcharges,
        |at| &mut at.overcharges,
        |row| Overcharge { service: ServiceId(row.get(6)), excess: row.get(7) },
    );
    give(&mut accounts, &rows.subsidies, |at| &mut at.subsidies, subsidy);
    accounts
}

/// A sum stands where the decision names one; the numbers of a formula where it names none. Which formula they are of the database
/// has seen to: that of Russia names a standard, that of Ukraine a minimum, that of Belarus neither.
fn subsidy(row: &Row) -> SubsidyGrant {
    let number = |at| row.get::<_, Option<Decimal>>(at);
    let (persons, income) = (row.get::<_, Option<i16>>(10).unwrap_or(1), number(11).unwrap_or_default());
    let share = number(12).unwrap_or_default().normalize();
    let measure = match (number(9), number(13), number(14)) {
        (Some(sum), ..) => SubsidyMeasure::Amount(sum),
        (None, Some(minimum), Some(standard)) => {
            SubsidyMeasure::Formula { persons, income, share, minimum, standard }
        }
        (None, Some(minimum), None) => SubsidyMeasure::AboveMinima { persons, income, share, minimum },
        (None, None, _) => SubsidyMeasure::AboveShare { income, share },
    };
    SubsidyGrant {
        category: CategoryId(row.get(6)),
        person: PersonId(row.get(7)),
        form: if row.get::<_, &str>(8) == "cash" { Form::Cash } else { Form::Discount },
        measure,
    }
}

fn meters(rows: &Rows) -> FxHashMap<i64, Meter> {
    let mut meters = index(&rows.meters, |row| Meter {
        id: MeterId(row.get(0)),
        serial: row.get(4),
        service: ServiceId(row.get(3)),
        digits: u32::from(row.get::<_, i16>(5).unsigned_abs()),
        registers: row.get(6),
        ratio: row.get(7),
        installed: Timeline::default(),
        readings: Timeline::default(),
        outages: Timeline::default(),
        verified: Timeline::default(),
    });
    give(&mut meters, &rows.installed, |at| &mut at.installed, |_| ());
    give(&mut meters, &rows.outages, |at| &mut at.outages, |row| outage(row.get(6)));
    give(&mut meters, &rows.verified, |at| &mut at.verified, |_| ());
    give(&mut meters, &rows.readings, |at| &mut at.readings, reading);
    meters
}

/// The reason by its stored name; the database refuses other names.
fn outage(name: &str) -> Outage {
    match name {
        "no_access" => Outage::NoAccess,
        "tampering" => Outage::Tampering,
        _ => Outage::Failure,
    }
}

fn undersupply(row: &Row) -> Undersupply {
    let place = match (row.get::<_, Option<i16>>(8), row.get::<_, Option<i64>>(9)) {
        (_, Some(account)) => Place::Account(AccountId(account)),
        (Some(entrance), None) => Place::Entrance(entrance),
        (None, None) => Place::House,
    };
    let number = |at| row.get::<_, Option<Decimal>>(at).map(|number| number.normalize());
    Undersupply {
        service: ServiceId(row.get(6)),
        deficiency: DeficiencyId(row.get(7)),
        place,
        from: row.get(10),
        to: row.get(11),
        measured: number(12),
        required: number(13),
    }
}

fn reading(row: &Row) -> Reading {
    Reading { register: row.get(6), value: number(row, 7), rolled_over: row.get(8) }
}

fn number(row: &Row, at: usize) -> Decimal {
    row.get::<_, Number>(at).0
}

fn index<T>(rows: &[Row], make: impl Fn(&Row) -> T) -> FxHashMap<i64, T> {
    rows.iter().map(|row| (row.get(0), make(row))).collect()
}

/// Gives each fact to the thing named in its sixth column.
fn give<T, V>(
    things: &mut FxHashMap<i64, T>,
    rows: &[Row],
    timeline: impl Fn(&mut T) -> &mut Timeline<V>,
    value: impl Fn(&Row) -> V,
) {
    for row in rows {
        if let Some(thing) = things.get_mut(&row.get::<_, i64>(5)) {
            timeline(thing).take(fact(row, value(row)));
        }
    }
}

/// A plan: service at `service`, then from `at` contract, method, tariff, norm.
fn plan(row: &Row, service: usize, at: usize) -> ServicePlan {
    ServicePlan {
        service: ServiceId(row.get(service)),
        contract: ContractId(row.get(at)),
        method: method(row.get(at + 1)),
        tariff: TariffId(row.get(at + 2)),
        norm: row.get::<_, Option<i64>>(at + 3).map(NormId),
    }
}

/// The method by its stored name. The database refuses other names (`cards.methods`), so the last arm is `ready`.
fn method(name: &str) -> Method {
    match name {
        "area_total" => Method::AreaTotal,
        "area_living" => Method::AreaLiving,
        "area_heated" => Method::AreaHeated,
        "persons" => Method::Persons,
        "meter" => Method::Meter,
        "two_component" => Method::TwoComponent,
        "waters" => Method::Waters,
        "quantity" => Method::Quantity,
        "house_meter" => Method::HouseMeter,
        "heating" => Method::Heating,
        "house_hot_water" => Method::HouseHotWater,
        "house_by_volume" => Method::HouseByVolume,
        "common_norm" => Method::CommonNorm,
        "common_average" => Method::CommonAverage,
        "common_fact" => Method::CommonFact,
        "common_utility" => Method::CommonUtility,
        "common_utility_whole" => Method::CommonUtilityWhole,
        "containers_persons" => Method::ContainersPersons,
        "containers_area" => Method::ContainersArea,
        _ => Method::Ready,
    }
}

/// Meters that were not read in this month and in the one before, on every register, those that did not count for a time, and those a
/// reading of which is below another or did not count in the month before (`silent`): their average is taken of what they told before.
pub fn meters_with_gaps<'u>(
    units: &'u mut [UnitFacts],
    month: Month,
    silent: &HashSet<i64>,
) -> BTreeMap<i64, &'u mut Meter> {
    let mut gaps = BTreeMap::new();
    for unit in units {
        let groups = unit.groups.iter_mut().map(|group| &mut group.meter);
        let houses = unit.houses.iter_mut().flat_map(|house| {
            let flats = house.premises.iter_mut().flat_map(|premises| &mut premises.meters);
            house.meters.iter_mut().chain(flats)
        });
        let meters = groups.chain(houses).map(|meter| (meter.id.0, meter));
        gaps.extend(meters.filter(|(id, meter)| silent.contains(id) || has_gaps(meter, month)));
    }
    gaps
}

fn has_gaps(meter: &Meter, month: Month) -> bool {
    let out = !meter.outages.0.is_empty() || !meter.unverified(Mark::NOW).is_empty();
    out || !read_in(meter, month) || !read_in(meter, month.plus(-1)) || decreases(meter)
}

/// Whether some reading is below an earlier one of its register.
fn decreases(meter: &Meter) -> bool {
    let facts = &meter.readings.0;
    facts.iter().any(|now| {
        let value = &now.value;
        let above = |before: &Fact<Reading>| {
            before.value.register == value.register
                && before.days.from < now.days.from
                && before.value.value > value.value
        };
        !value.rolled_over && facts.iter().any(above)
    })
}

fn read_in(meter: &Meter, month: Month) -> bool {
    (1..=meter.registers).all(|register| {
        meter
            .readings
            .0
            .iter()
            .any(|fact| fact.value.register == register && month.days().contain(fact.days.from))
    })
}

/// Replaces what was read of these meters.
pub fn replace_readings(meters: &mut BTreeMap<i64, &mut Meter>, rows: Vec<Row>) {
    for meter in meters.values_mut() {
        meter.readings.0.clear();
    }
    for row in rows {
        if let Some(meter) = meters.get_mut(&row.get::<_, i64>(5)) {
            meter.readings.take(fact(&row, reading(&row)));
        }
    }
}
