//! What a house of the town holds: plain structures, each close to the row it becomes.
//!
//! A range of days without an end stands while nothing changes it. Identifiers of districts, streets and
//! organisations are plain numbers because no calculation speaks of them.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use super::account::Habit;
use super::directory::Category;
use super::names::Sex;
use crate::calc::facts::{AccountPlan, Area, Reading, ServicePlan};
use crate::calc::ids::{AccountId, HouseId, MeterId, PersonId, PremisesId, ServiceId};
use crate::calc::period::Days;

/// A house and everything in it.
#[derive(Debug, Clone, PartialEq)]
pub struct TownHouse {
    /// The house.
    pub id: HouseId,
    /// Its district, see [`super::directory::District`].
    pub district: i64,
    /// Its street, see [`super::TownStreet`].
    pub street: i64,
    /// Printed number: `14`, `14А`, `14/2`.
    pub number: String,
    /// The managing company; private houses have none.
    pub company: Option<i64>,
    /// What it is.
    pub kind: HouseKind,
    /// Storeys.
    pub floors: i16,
    /// Entrances (подъезды).
    pub entrances: i16,
    /// Year of building; its premises exist from the 1st of January after it.
    pub built: i32,
    /// Area of common property, m²; zero for a private house.
    pub common_area: Decimal,
    /// What the house is fitted with.
    pub amenities: Amenities,
    /// How services are charged here.
    pub plans: Vec<(Days, ServicePlan)>,
    /// House meters (ОДПУ).
    pub meters: Vec<TownMeter>,
    /// Flats, rooms and shops; a room comes after its flat.
    pub premises: Vec<TownPremises>,
    /// Acts of undersupply of the months of the books.
    pub acts: Vec<TownAct>,
}

impl TownHouse {
    /// The accounts of the house, in order of premises.
    pub fn accounts(&self) -> impl Iterator<Item = &TownAccount> {
        self.premises.iter().filter_map(|premises| premises.account.as_ref())
    }
}

/// Kinds of houses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HouseKind {
    /// Apartment block of 2 to 16 storeys (многоквартирный дом).
    Block,
    /// Dormitory: communal flats whose rooms have accounts of their own (общежитие).
    Dormitory,
    /// Private house (индивидуальный жилой дом).
    Private,
}

/// What a house is fitted with; decides which services it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amenities {
    /// The stoves.
    pub stove: Stove,
    /// Where hot water comes from.
    pub hot_water: HotWater,
    /// How heat comes and is counted.
    pub heating: Heating,
    /// Connected to the sewers.
    pub sewage: bool,
    /// Has lifts.
    pub lift: bool,
    /// Has intercoms at the entrances.
    pub intercom: bool,
}

/// Stoves, on which the norms of electricity and gas depend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stove {
    /// Gas stoves.
    Gas,
    /// Electric stoves; no gas in the house.
    Electric,
}

/// Where hot water comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HotWater {
    /// From the network, in two components.
    Central,
    /// From a gas heater in the flat: no service, a larger norm of gas.
    GasHeater,
}

/// How a house is heated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heating {
    /// From the network, counted by a house meter and shared by area (354 Прил. 2 ф. 3).
    HouseMeter,
    /// From the network without a meter, in equal twelfths of the year (354 п. 42(1), Прил. 2 ф. 2(1)).
    Even,
    /// By its own boiler: no service.
    Own,
}

/// A flat, a room, a shop or the dwelling of a private house.
#[derive(Debug, Clone, PartialEq)]
pub struct TownPremises {
    /// The premises.
    pub id: PremisesId,
    /// The communal flat a room belongs to.
    pub parent: Option<PremisesId>,
    /// What it is.
    pub kind: PremisesKind,
    /// Printed number, `7`, of a room `7-2`, of a shop `Н1`; empty for the dwelling of a private house.
    pub number: String,
    /// Storey, from 1.
    pub floor: i16,
    /// Entrance, from 1.
    pub entrance: i16,
    /// The days the areas below are true for: from the building of the house.
    pub days: Days,
    /// Areas and rooms.
    pub area: Area,
    /// The firm that keeps a shop here.
    pub firm: Option<Firm>,
    /// People who live or lived here or own it.
    pub persons: Vec<Person>,
    /// Who is registered when.
    pub residences: Vec<TownResidence>,
    /// Who was away when.
    pub absences: Vec<Absence>,
    /// Who of them has a privilege.
    pub privileges: Vec<TownPrivilege>,
    /// Who owns what share when; on every day the shares sum to one.
    pub owners: Vec<TownOwner>,
    /// Flat meters; those of a communal flat stand at the flat.
    pub meters: Vec<TownMeter>,
    /// The account; a communal flat has none, its rooms have.
    pub account: Option<TownAccount>,
}

/// Kinds of premises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PremisesKind {
    /// A flat (квартира).
    Flat,
    /// A communal flat (коммунальная квартира): its rooms are the premises that are paid for.
    CommunalFlat,
    /// A room of a communal flat (комната).
    Room,
    /// Shop or office (нежилое помещение).
    NonResidential,
    /// The dwelling of a private house (жилой дом).
    Dwelling,
}

/// An organisation or sole trader with a shop in the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    /// Number among the organisations.
    pub id: i64,
    /// Printed name.
    pub name: String,
    /// Tax number (ИНН): 10 digits of a company, 12 of a sole trader; of the region 99, which does not exist.
    pub tin: String,
}

/// A person (гражданин).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// Sex.
    pub sex: Sex,
    /// Last name in the form of the sex.
    pub last_name: String,
    /// First name.
    pub first_name: &'static str,
    /// Patronymic in the form of the sex.
    pub patronymic: String,
    /// Day of birth.
    pub born: NaiveDate,
}

/// One person registered in premises for a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownResidence {
    /// The person.
    pub person: PersonId,
    /// Kin to the first of the family.
    pub relation: Relation,
    /// Registered at the place of stay, for a term, rather than of residence.
    pub temporary: bool,
    /// The days; the day of deregistration is the first that no longer counts.
    pub days: Days,
}

/// Kin to the first of the family, as a flat's card prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The first of the family.
    Head,
    /// Husband or wife.
    Spouse,
    /// Son or daughter.
    Child,
    /// Father or mother.
    Parent,
    /// Not kin.
    Other,
}

impl Relation {
    /// The word in the form of the sex.
    #[must_use]
    pub const fn word(self, sex: Sex) -> &'static str {
        match (self, sex) {
            (Self::Head, _) => "глава семьи",
            (Self::Spouse, Sex::Male) => "муж",
            (Self::Spouse, Sex::Female) => "жена",
            (Self::Child, Sex::Male) => "сын",
            (Self::Child, Sex::Female) => "дочь",
            (Self::Parent, Sex::Male) => "отец",
            (Self::Parent, Sex::Female) => "мать",
            (Self::Other, _) => "не родственник",
        }
    }
}

/// Days a person was away, with an application handed in (354 п. 91).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The person.
    pub person: PersonId,
    /// The full days away, without those of leaving and return (354 п. 90).
    pub days: Days,
    /// Where, as the application says.
    pub reason: &'static str,
}

/// A privilege (льгота) of a person for a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownPrivilege {
    /// The person.
    pub person: PersonId,
    /// The ground.
    pub category: Category,
    /// Members of the family it covers; `None`: all who live here.
    pub members: Option<i16>,
    /// The paper that shows it.
    pub document: String,
    /// The days.
    pub days: Days,
}

/// An act of undersupply with its one interval, in local time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownAct {
    /// Number in the base.
    pub id: i64,
    /// Printed number.
    pub number: String,
    /// What was wrong, by the code of the kind of deviation.
    pub deficiency: &'static str,
    /// The service.
    pub service: ServiceId,
    /// The entrance, where it was not the whole house.
    pub entrance: Option<i16>,
    /// The first moment.
    pub from: NaiveDateTime,
    /// The first moment of restored supply.
    pub to: NaiveDateTime,
    /// What was measured, where the kind asks for it.
    pub measured: Option<Decimal>,
}

/// A share in premises for a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownOwner {
    /// Who owns it.
    pub holder: Holder,
    /// The share.
    pub share: Share,
    /// The days.
    pub days: Days,
}

/// Who owns or pays: a person or an organisation (of the directory, or a [`Firm`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A person.
    Person(PersonId),
    /// An organisation.
    Organisation(i64),
}

/// A share of ownership as a fraction, as the register of title writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// Upper number, from 1.
    pub numerator: i32,
    /// Lower number, from 1.
    pub denominator: i32,
}

impl Share {
    /// The whole.
    pub const WHOLE: Self = Self { numerator: 1, denominator: 1 };
}

/// A meter with its readings.
#[derive(Debug, Clone, PartialEq)]
pub struct TownMeter {
    /// The meter.
    pub id: MeterId,
    /// The service whose volume it measures.
    pub service: ServiceId,
    /// Printed serial number.
    pub serial: String,
    /// Digits before the point.
    pub digits: u32,
    /// Registers: 1, or 2 or 3 for zones.
    pub registers: i16,
    /// What one unit of the dial stands for.
    pub ratio: Decimal,
    /// The days it stands in place; the last reading of a meter taken away is of the day it was.
    pub installed: Days,
    /// Readings by day, then register.
    pub readings: Vec<(NaiveDate, Reading)>,
}

/// A personal account.
#[derive(Debug, Clone, PartialEq)]
pub struct TownAccount {
    /// The account.
    pub id: AccountId,
    /// Ten digits: two of the district, seven of the count, one check digit by the Luhn rule.
    pub number: String,
    /// To whom the invoice is addressed when.
    pub payers: Vec<(Days, Holder)>,
    /// The days it is open.
    pub open: Days,
    /// Exceptions from the plans of the house.
    pub plans: Vec<(Days, AccountPlan)>,
    /// Counted quantities by service.
    pub quantities: Vec<(Days, ServiceId, Decimal)>,
    /// How its payer pays; see [`TownAccount::pays`].
    pub habit: Habit,
}
