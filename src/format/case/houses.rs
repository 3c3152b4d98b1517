//! The facts part of a case: houses, premises, accounts.

use rust_decimal::Decimal;

use super::amounts::{Count, Quantity};
use super::dated::{Facts, Times};
use super::error::{CaseError, Mistake};
use super::grounds;
use super::meters;
use super::names::Directory;
use super::row::{Entry, Row};
use super::subsidies;
use super::words::word;
use crate::calc::facts::{
    Account, AccountPlan, Area, Containers, House, Owner, PayerShare, Premises, Residence, ServicePlan,
    UnitFacts,
};
use crate::calc::ids::{AccountId, Mark, PersonId, PremisesId, ServiceId, UnitId};
use crate::calc::period::Month;
use crate::calc::timeline::Timeline;

/// Reads `[[house]]` with all that hangs on it. The houses of a case are one calculation unit.
pub(super) fn read(root: &Row<'_>, names: &mut Directory) -> Result<UnitFacts, CaseError> {
    let houses = root.rows("house")?.into_iter().map(|row| house(row, names)).collect::<Result<_, _>>()?;
    Ok(UnitFacts { unit: UnitId(1), houses, groups: meters::groups(root, names)? })
}

fn house(row: Row<'_>, names: &mut Directory) -> Result<House, CaseError> {
    let house = House {
        id: names.new_house(row.need("name")?, row.line_at("name"))?,
        scope: 0,
        common_area: meters::dated_numbers(&row, "common_area")?,
        plans: house_plans(&row, names)?,
        meters: meters::read(&row, names)?,
        containers: containers(&row, names)?,
        premises: row
            .rows("premises")?
            .into_iter()
            .map(|row| premises(row, names))
            .collect::<Result<_, _>>()?,
        undersupply: grounds::undersupply(&row, names)?,
    };
    row.close()?;
    Ok(house)
}

fn house_plans(house: &Row<'_>, names: &mut Directory) -> Result<Timeline<ServicePlan>, CaseError> {
    let mut plans = Facts::none();
    for row in house.rows("plan")? {
        plans.push(Times::read(&row)?, plan(&row, names)?);
        row.close()?;
    }
    plans.succession(|a, b| a.service == b.service)
}

fn plan(row: &Row<'_>, names: &mut Directory) -> Result<ServicePlan, CaseError> {
    Ok(ServicePlan {
        service: service(row, names)?,
        contract: names.contract(row.need("provider")?),
        method: word(row, "method")?,
        tariff: names.tariff(row.need("tariff")?, row.line_at("tariff"))?,
        norm: row.get("norm")?.map(|norm| names.norm(norm, row.line_at("norm"))).transpose()?,
    })
}

/// `container = [{ service, capacity, count, removals }]`: one entry a sort; several may hold together.
fn containers(house: &Row<'_>, names: &Directory) -> Result<Timeline<Containers>, CaseError> {
    let mut containers = Facts::none();
    for row in house.rows("container")? {
        let Count(count) = row.need("count")?;
        let of = Containers {
            service: service(&row, names)?,
            capacity: row.need::<Quantity>("capacity")?.0,
            count: count.into(),
            removals: row.need::<Quantity>("removals")?.0,
        };
        containers.push(Times::read(&row)?, of);
        row.close()?;
    }
    Ok(containers.timeline())
}

fn service(row: &Row<'_>, names: &Directory) -> Result<ServiceId, CaseError> {
    names.service(row.need("service")?, row.line_at("service"))
}

fn premises(row: Row<'_>, names: &mut Directory) -> Result<Premises, CaseError> {
    let parent =
        row.get("part_of")?.map(|flat| names.premises_named(flat, row.line_at("part_of"))).transpose()?;
    let (residences, owners) = (residences(&row, names)?, owners(&row, names)?);
    let people: Vec<PersonId> = (residences.0.iter().map(|fact| fact.value.person))
        .chain(owners.0.iter().filter_map(|fact| fact.value.person))
        .collect();
    let premises = Premises {
        id: PremisesId(names.premises.declare(row.need("name")?, row.line_at("name"))?),
        parent,
        non_residential: row.or("non_residential", false)?,
        exemptions: exemptions(&row, names)?,
        entrance: row.get("entrance")?,
        areas: areas(&row)?,
        residences,
        owners,
        absences: grounds::absences(&row, &people, names)?,
        privileges: grounds::privileges(&row, &people, names)?,
        meters: meters::read(&row, names)?,
        accounts: row
            .rows("account")?
            .into_iter()
            .map(|row| account(row, names))
            .collect::<Result<_, _>>()?,
    };
    row.close()?;
    shares_are_within_the_whole(&premises.accounts)?;
    Ok(premises)
}

/// The shares of those who pay together are no more than the whole on any day.
fn shares_are_within_the_whole(accounts: &[Account]) -> Result<(), CaseError> {
    let shares = accounts.iter().flat_map(|account| account.shares.known(Mark::NOW));
    for first in shares {
        let on = |account: &Account| {
            let share = account.shares.on(first.days.from, Mark::NOW)?.value;
            let open = account.open.on(first.days.from, Mark::NOW).is_some();
            open.then_some((share.numerator, share.denominator))
        };
        let shares = accounts.iter().filter_map(on);
        let sum: Decimal = shares.map(|(above, below)| Decimal::from(above) / Decimal::from(below)).sum();
        // Thirds are told with so many places that only a real surplus is left here.
        if sum.round_dp(12) > Decimal::ONE {
            let line = usize::try_from(first.row).unwrap_or_default();
            return Err(CaseError { line, mistake: Mistake::Shares });
        }
    }
    Ok(())
}

/// A bare number is the total area, which is then the heated one as well.
fn areas(premises: &Row<'_>) -> Result<Timeline<Area>, CaseError> {
    let mut areas = Facts::none();
    for entry in premises.entries::<Quantity>("area")? {
        match entry {
            Entry::Short(Quantity(total), line) => {
                let area = Area { total, heated: total, ..Area::default() };
                areas.push(Times::always(line), area);
            }
            Entry::Full(row) => {
                let Quantity(total) = row.need("total")?;
                let Quantity(living) = row.or("living", Quantity(Decimal::ZERO))?;
                let Quantity(heated) = row.or("heated", Quantity(total))?;
                areas.push(Times::read(&row)?, Area { total, living, heated, rooms: row.or("rooms", 0)? });
                row.close()?;
            }
        }
    }
    areas.succession(|_, _| true)
}

/// Acts that no meter of a service can be had.
fn exemptions(premises: &Row<'_>, names: &Directory) -> Result<Timeline<ServiceId>, CaseError> {
    let mut exemptions = Facts::none();
    for row in premises.rows("exemption")? {
        exemptions.push(Times::read(&row)?, service(&row, names)?);
        row.close()?;
    }
    Ok(exemptions.timeline())
}

fn residences(premises: &Row<'_>, names: &mut Directory) -> Result<Timeline<Residence>, CaseError> {
    let mut residences = Facts::none();
    for entry in premises.entries::<String>("resident")? {
        match entry {
            Entry::Short(name, line) => {
                let residence = Residence { person: names.person(name), temporary: false };
                residences.push(Times::always(line), residence);
            }
            Entry::Full(row) => {
                let person = names.person(row.need("person")?);
                let temporary = row.or("temporary", false)?;
                residences.push(Times::read(&row)?, Residence { person, temporary });
                row.close()?;
            }
        }
    }
    residences.apart(|one, other| one.person == other.person)
}

fn owners(premises: &Row<'_>, names: &mut Directory) -> Result<Timeline<Owner>, CaseError> {
    let mut owners = Facts::none();
    for entry in premises.entries::<String>("owner")? {
        match entry {
            Entry::Short(name, line) => {
                owners.push(Times::always(line), Owner { person: Some(names.person(name)) });
            }
            Entry::Full(row) => {
                let person = row.get("person")?.map(|name| names.person(name));
                owners.push(Times::read(&row)?, Owner { person });
                row.close()?;
            }
        }
    }
    owners.apart(|one, other| one.person.is_some() && one.person == other.person)
}

fn account(row: Row<'_>, names: &mut Directory) -> Result<Account, CaseError> {
    let number: String = row.need("number")?;
    let mut open = Facts::none();
    open.push(Times::read(&row)?, ());
    let account = Account {
        id: AccountId(names.accounts.declare(number.clone(), row.line_at("number"))?),
        number,
        open: open.timeline(),
        calc_from: row.get("calc_from")?,
        shares: shares(&row)?,
        plans: account_plans(&row, names)?,
        quantities: quantities(&row, names)?,
        ready: ready(&row, names)?,
        overcharges: grounds::overcharges(&row, names)?,
        subsidies: subsidies::granted(&row, names)?,
    };
    row.close()?;
    Ok(account)
}

/// Shares of a co-owner: `share = [{ of = 1, in = 3 }]`.
fn shares(account: &Row<'_>) -> Result<Timeline<PayerShare>, CaseError> {
    let mut shares = Facts::none();
    for row in account.rows("share")? {
        let (Count(above), Count(below)) = (row.need("of")?, row.need("in")?);
        if above > below {
            return Err(row.mistake(Mistake::Share));
        }
        shares.push(Times::read(&row)?, PayerShare { numerator: above.into(), denominator: below.into() });
        row.close()?;
    }
    shares.succession(|_, _| true)
}

fn account_plans(account: &Row<'_>, names: &mut Directory) -> Result<Timeline<AccountPlan>, CaseError> {
    let mut plans = Facts::none();
    for row in account.rows("plan")? {
        let times = Times::read(&row)?;
        let exception = if row.or("off", false)? {
            AccountPlan::Off(service(&row, names)?)
        } else {
            AccountPlan::Own(plan(&row, names)?)
        };
        plans.push(times, exception);
        row.close()?;
    }
    plans.succession(|a, b| planned(a) == planned(b))
}

const fn planned(exception: &AccountPlan) -> ServiceId {
    match exception {
        AccountPlan::Own(plan) => plan.service,
        AccountPlan::Off(service) => *service,
    }
}

fn quantities(account: &Row<'_>, names: &Directory) -> Result<Timeline<(ServiceId, Decimal)>, CaseError> {
    let mut quantities = Facts::none();
    for row in account.rows("quantity")? {
        quantities.push(Times::read(&row)?, (service(&row, names)?, row.need::<Quantity>("value")?.0));
        row.close()?;
    }
    quantities.succession(|a, b| a.0 == b.0)
}

fn ready(account: &Row<'_>, names: &Directory) -> Result<Timeline<(ServiceId, Decimal)>, CaseError> {
    let mut ready = Facts::none();
    for row in account.rows("ready")? {
        let month: Month = row.need("month")?;
        let times = Times::known(&row)?.on(month.days());
        ready.push(times, (service(&row, names)?, row.need("amount")?));
        row.close()?;
    }
    ready.apart(|one, other| one.0 == other.0)
}
