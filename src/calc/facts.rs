//! What is known of a calculation unit: its houses, premises, people, accounts and meters, each fact with two times.

use rust_decimal::Decimal;

use super::grounds::{Absence, Overcharge, Privilege, SubsidyGrant, Undersupply};
use super::group::GroupMeter;
use super::ids::{
    AccountId, ContractId, HouseId, Mark, MeterId, NormId, PersonId, PremisesId, ServiceId, TariffId, UnitId,
};
use super::period::Month;
use super::timeline::Timeline;

/// Everything known of one calculation unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitFacts {
    /// The unit.
    pub unit: UnitId,
    /// Its houses, by id; one, unless a group meter joins several.
    pub houses: Vec<House>,
    /// Meters of several of them.
    pub groups: Vec<GroupMeter>,
}

/// A house and what hangs on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct House {
    /// The house.
    pub id: HouseId,
    /// Who may see its lines: the pair of managing company and district.
    pub scope: i32,
    /// Area of common property, m².
    pub common_area: Timeline<Decimal>,
    /// How services are charged here, one entry a service and range of days.
    pub plans: Timeline<ServicePlan>,
    /// House meters (ОДПУ).
    pub meters: Vec<Meter>,
    /// Containers its solid waste is taken away in, an entry for each sort.
    pub containers: Timeline<Containers>,
    /// Acts of undersupply.
    pub undersupply: Timeline<Undersupply>,
    /// Flats, rooms and shops, by id; a room of a communal flat names its flat in `parent`.
    pub premises: Vec<Premises>,
}

/// Containers of one sort, for solid waste (354 Прил. 2 ф. 9(3), 9(4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Containers {
    /// The service that is charged by them.
    pub service: ServiceId,
    /// Volume of one, m³.
    pub capacity: Decimal,
    /// How many stand there.
    pub count: Decimal,
    /// How many times a month they are taken away.
    pub removals: Decimal,
}

/// How one service is charged: the dated answer to "by what method, at whose price".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePlan {
    /// The service.
    pub service: ServiceId,
    /// The contract whose provider is owed the money.
    pub contract: ContractId,
    /// The method.
    pub method: Method,
    /// The price list.
    pub tariff: TariffId,
    /// The consumption norm, for methods that may fall back to one.
    pub norm: Option<NormId>,
}

/// An exception of one account from the plans of its house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountPlan {
    /// Charged otherwise than the house, or where the house has no plan at all.
    Own(ServicePlan),
    /// Not charged: the service is not provided here.
    Off(ServiceId),
}

/// How a volume is found. One file of `calc::charge` a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Total area × rate (ЖК 154, 156; dossier § 1.12).
    AreaTotal,
    /// Living area × rate.
    AreaLiving,
    /// Heated area × rate.
    AreaHeated,
    /// Persons × norm × rate (354 Прил.2 formula 4; dossier § 1.2).
    Persons,
    /// Flat meters, register by register; average, then norm, where readings are missing (formula 1; § 1.1, 1.4, 1.8).
    Meter,
    /// Hot water in two components: water by meter or norm, heat by the norm of heating (formulas 23–26; § 1.7).
    TwoComponent,
    /// Sewage: cold plus hot water (354 п. 42; § 1.10).
    Waters,
    /// A counted quantity × rate: animals, a fixed fee, a volume given from outside.
    Quantity,
    /// A ready amount given by an outside supplier.
    Ready,
    /// House meter shared by area (formula 3; § 1.6 H4).
    HouseMeter,
    /// Heating by whatever the house has: norm, house meter, flat meters (formulas 2–3(4); § 1.6 H1–H6).
    Heating,
    /// Hot water made in the house: water by volume, the heat that made it by shares of the volume (formula 20; § 1.7).
    HouseHotWater,
    /// House meter shared by the volumes of other services (formula 20; § 1.7): fuels of hot water made in the house.
    HouseByVolume,
    /// Common needs by their norm (ЖК 156 ч. 9.2; § 1.13).
    CommonNorm,
    /// Common needs by the average of the last year, by decision of the owners.
    CommonAverage,
    /// Common needs by what the house meter told, by decision of the owners.
    CommonFact,
    /// Common needs as a utility (ОДН; direct management): by the house meter, no more than the norm (354 пп. 44, 48).
    CommonUtility,
    /// The same shared whole, by decision of the owners.
    CommonUtilityWhole,
    /// Solid waste by containers, shared by persons (formula 9(3); § 1.11).
    ContainersPersons,
    /// The same shared by area (formula 9(4)).
    ContainersArea,
}

/// A flat, a room or a shop.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Premises {
    /// The premises.
    pub id: PremisesId,
    /// The communal flat a room belongs to.
    pub parent: Option<PremisesId>,
    /// A shop or an office: the law of dwellings does not hold in all (354 пп. 43, 59).
    pub non_residential: bool,
    /// Services a meter of which cannot be had here, by an act (354 п. 42): no increasing coefficient.
    pub exemptions: Timeline<ServiceId>,
    /// The entrance of the house.
    pub entrance: Option<i16>,
    /// Areas and rooms.
    pub areas: Timeline<Area>,
    /// Who lives here.
    pub residences: Timeline<Residence>,
    /// Owners; where nobody lives their number stands for the persons (354 п. 56(2)).
    pub owners: Timeline<Owner>,
    /// Who of them is away.
    pub absences: Timeline<Absence>,
    /// Privileges of who lives here.
    pub privileges: Timeline<Privilege>,
    /// Flat meters; those of a communal flat stand at the flat.
    pub meters: Vec<Meter>,
    /// Accounts, by id; one, unless the premises are billed to several payers.
    pub accounts: Vec<Account>,
}

/// Areas of premises in m² and the number of rooms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Area {
    /// Total area.
    pub total: Decimal,
    /// Living area.
    pub living: Decimal,
    /// Heated area.
    pub heated: Decimal,
    /// Living rooms; 0 where unknown.
    pub rooms: i16,
}

/// One person living in premises, permanently or for a time; both count alike (354 п. 56).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residence {
    /// The person.
    pub person: PersonId,
    /// Registered at the place of stay rather than of residence.
    pub temporary: bool,
}

/// One owner of premises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The person; `None` for an organisation.
    pub person: Option<PersonId>,
}

/// A personal account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// Its printed number.
    pub number: String,
    /// The days it is open.
    pub open: Timeline<()>,
    /// Months before this one came ready from another program and are never recalculated.
    pub calc_from: Option<Month>,
    /// What part of every charge of the premises it pays, where co-owners have accounts of their own.
    pub shares: Timeline<PayerShare>,
    /// Exceptions from the plans of the house.
    pub plans: Timeline<AccountPlan>,
    /// Counted quantities by service: animals, a fee of one, a volume given for the month.
    pub quantities: Timeline<(ServiceId, Decimal)>,
    /// Ready amounts in roubles by service; each is true for the days of one month.
    pub ready: Timeline<(ServiceId, Decimal)>,
    /// What was charged too much in breach of the rules.
    pub overcharges: Timeline<Overcharge>,
    /// Subsidies for housing and utilities.
    pub subsidies: Timeline<SubsidyGrant>,
}

/// A part of one (ГК ст. 249): `numerator / denominator`, above zero, at most one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayerShare {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, above zero.
    pub denominator: i64,
}

/// A meter.
#[derive(Debug, Clone, PartialEq)]
pub struct Meter {
    /// The meter.
    pub id: MeterId,
    /// Printed serial number.
    pub serial: String,
    /// The service whose volume it measures.
    pub service: ServiceId,
    /// Digits before the point: the dial turns over at `10^digits`.
    pub digits: u32,
    /// Registers: 1 for a single tariff, 2 or 3 for zones.
    pub registers: i16,
    /// What one unit of the dial stands for (transformer ratio); 1 for most.
    pub ratio: Decimal,
    /// The days it stands in place.
    pub installed: Timeline<()>,
    /// Readings, by day; each true for its one day.
    pub readings: Timeline<Reading>,
    /// Days on which what it shows does not count.
    pub outages: Timeline<Outage>,
    /// The days its verifications hold for; none where it is not known that it was ever verified.
    pub verified: Timeline<()>,
}

/// Why a meter does not count for a time (354 пп. 59, 62; dossier § 1.4, 1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// It broke or was lost; by the act.
    Failure,
    /// Its verification ran out and there is no new one.
    Unverified,
    /// The consumer did not let it be inspected; by the act.
    NoAccess,
    /// Somebody interfered with it; from the day of the interference, or of the last inspection, to the day it was found.
    Tampering,
}

/// A reading of one register on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The register, from 1.
    pub register: i16,
    /// The value of the dial.
    pub value: Decimal,
    /// The operator confirmed that the dial passed its end since the reading before.
    pub rolled_over: bool,
}

impl UnitFacts {
    /// Takes back what one operation did, in memory: the facts as if it had not happened, everything else as known.
    /// A preview compares the bills with and without it.
    pub fn forget(&mut self, operation: Mark) {
        self.groups.iter_mut().for_each(|group| group.forget(operation));
        for house in &mut self.houses {
            house.common_area.forget(operation);
            house.plans.forget(operation);
            house.undersupply.forget(operation);
            house.containers.forget(operation);
            house.meters.iter_mut().for_each(|meter| meter.forget(operation));
            house.premises.iter_mut().for_each(|premises| premises.forget(operation));
        }
    }
}

impl Premises {
    fn forget(&mut self, operation: Mark) {
        self.areas.forget(operation);
        self.residences.forget(operation);
        self.owners.forget(operation);
        self.exemptions.forget(operation);
        self.absences.forget(operation);
        self.privileges.forget(operation);
        self.meters.iter_mut().for_each(|meter| meter.forget(operation));
        for account in &mut self.accounts {
            account.open.forget(operation);
            account.plans.forget(operation);
            account.shares.forget(operation);
            account.quantities.forget(operation);
            account.ready.forget(operation);
            account.overcharges.forget(operation);
            account.subsidies.forget(operation);
        }
    }
}

impl Meter {
    pub(super) fn forget(&mut self, operation: Mark) {
        self.installed.forget(operation);
        self.readings.forget(operation);
        self.outages.forget(operation);
        self.verified.forget(operation);
    }
}
