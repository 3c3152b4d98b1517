//! Grounds that lower a charge: absences, acts of undersupply, privileges, fines of the executor; and the dated tables
//! that say by how much.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::ids::{AccountId, CategoryId, DeficiencyId, NormId, PersonId, ServiceId, TariffId};
use super::timeline::Timeline;

/// A person of the premises is away. The days of the fact are whole days of absence: neither the day of departure nor
/// the day of return is one of them (354 п. 90).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The person.
    pub person: PersonId,
}

/// One interval of an act of undersupply (акт недопоставки; 354 пп. 105–113), in local time of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undersupply {
    /// The service.
    pub service: ServiceId,
    /// What was wrong.
    pub deficiency: DeficiencyId,
    /// Whose supply was disturbed.
    pub place: Place,
    /// The first moment.
    pub from: NaiveDateTime,
    /// The first moment of restored supply.
    pub to: NaiveDateTime,
    /// What was measured: °C of room or water, percent of deviation of a pressure; `None` for what is not measured.
    pub measured: Option<Decimal>,
    /// The norm the measurement is compared with, where it is not the one of the table (a corner room: +20 °C).
    pub required: Option<Decimal>,
}

/// Whom an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everybody in the house.
    House,
    /// One entrance.
    Entrance(i16),
    /// One account.
    Account(AccountId),
}

/// A kind of undersupply: a row of 354 Прил. 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Deficiency {
    /// Its name.
    pub title: String,
    /// How it is counted.
    pub measure: Measure,
    /// The limits and rates that hold, by day and by the measured value they begin at.
    pub limits: Timeline<Limit>,
}

/// How a reduction is counted (dossier § 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Percent for every hour over the allowed ones.
    Interruption,
    /// Percent for every hour and every degree away from the norm of a room.
    RoomTemperature,
    /// Percent for every hour and every full step below the norm of hot water; colder than the limit: price of cold water.
    WaterTemperature,
    /// Percent for every hour of a deviation; beyond the limit: the whole time (354 п. 101).
    Deviation,
    /// The charge of the whole time (354 п. 101).
    WholeTime,
    /// A planned repair within its limits: what the norm charged for the time (354 пп. 98–100).
    Repair,
}

/// Allowed interruption and rate of reduction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limit {
    /// The limit holds from this measured value on; of several the greatest that is not above the measurement counts.
    pub since: Option<Decimal>,
    /// Hours allowed in a month altogether.
    pub month_hours: Option<Decimal>,
    /// Hours allowed at once; `None` where only the month is limited.
    pub once_hours: Option<Decimal>,
    /// Percent of the charge for every unit of time.
    pub rate: Decimal,
    /// Hours in a unit of time: 1, or 24 for waste.
    pub unit_hours: Decimal,
    /// The norm, °C.
    pub required: Option<Decimal>,
    /// Allowed deviation downwards by day, °C.
    pub tolerance_day: Decimal,
    /// The same at night, from 0 to 5 o'clock.
    pub tolerance_night: Decimal,
    /// Allowed deviation upwards, °C; `None` where too much is no fault.
    pub tolerance_up: Option<Decimal>,
    /// Degrees of one step.
    pub step: Option<Decimal>,
    /// Where another rule begins: percent of deviation, or °C below which water counts as cold.
    pub bound: Option<Decimal>,
    /// The service whose price water colder than the bound is paid at.
    pub priced_as: Option<ServiceId>,
}

/// A privilege of a person at the premises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privilege {
    /// The person.
    pub person: PersonId,
    /// The ground.
    pub category: CategoryId,
    /// Members of the family it covers, the person included; `None`: all who live here.
    pub members: Option<i16>,
}

/// What a category is given for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivilegeRule {
    /// Percent.
    pub percent: Decimal,
    /// Of what.
    pub base: PrivilegeBase,
    /// For whom.
    pub scope: PrivilegeScope,
    /// Which budget pays.
    pub funding: Funding,
    /// How it is given.
    pub form: Form,
    /// The social norm of area a person, by the number of persons; for bases that need one.
    pub norm: Option<NormId>,
    /// The price list of the minimum contribution; for [`PrivilegeBase::MinContribution`].
    pub tariff: Option<TariffId>,
}

/// What a privilege is a percentage of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivilegeBase {
    /// The whole charge.
    Full,
    /// The charge within the social norm of area.
    NormArea,
    /// The charge within the consumption norm of the service.
    NormVolume,
    /// The contribution to capital repair at its minimum rate.
    MinContribution,
    /// Nothing is taken off: the share is paid at the price above the norms, parts 20… of the tariff (Belarus: who could work and
    /// does not; dossier § 5.4).
    FullRate,
}

/// Whose share of a charge a privilege covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivilegeScope {
    /// The person's own.
    Person,
    /// That of the members of the family.
    Family,
    /// Everybody's.
    All,
}

/// The budget that pays for a privilege.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Funding {
    /// Federal.
    Federal,
    /// Regional.
    Regional,
    /// Municipal.
    Municipal,
}

/// How a privilege is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Taken off the bill; the budget pays the centre back.
    Discount,
    /// Paid to the person in money.
    Cash,
}

/// A subsidy of the family of an account, by a decision of social protection (ЖК 159; dossier § 5.3); true for whole months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubsidyGrant {
    /// The kind of subsidy: which law gives it.
    pub category: CategoryId,
    /// Whom it was granted to.
    pub person: PersonId,
    /// On the bill or in money.
    pub form: Form,
    /// How much.
    pub measure: SubsidyMeasure,
}

/// How much a subsidy is a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubsidyMeasure {
    /// The sum the decision names, roubles.
    Amount(Decimal),
    /// What the formula of ПП РФ 14.12.2005 № 761 gives for the numbers of the decision.
    Formula {
        /// Members of the family.
        persons: i16,
        /// Income of the family a month, roubles.
        income: Decimal,
        /// The share of its income it pays itself, percent.
        share: Decimal,
        /// The minimum of subsistence a head, roubles; of a family of several kinds of people their mean.
        minimum: Decimal,
        /// The regional standard of cost a person and month, roubles.
        standard: Decimal,
    },
    /// What the payment within the norms is above a share of the income (Указ 29.08.2016 № 322, Belarus; dossier § 5.4).
    AboveShare {
        /// Income of the family a month.
        income: Decimal,
        /// The share of it the family pays itself, percent.
        share: Decimal,
    },
    /// The same, the share being half the income a head in minima × a percent (Ukraine; dossier § 5.5).
    AboveMinima {
        /// Members of the family.
        persons: i16,
        /// Income of the family a month.
        income: Decimal,
        /// The percent, 15.
        share: Decimal,
        /// The minimum of subsistence a head.
        minimum: Decimal,
    },
}

/// Charged too much in breach of the rules, in roubles, for one service; true for the days of the month it is credited in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overcharge {
    /// The service.
    pub service: ServiceId,
    /// The excess.
    pub excess: Decimal,
}
