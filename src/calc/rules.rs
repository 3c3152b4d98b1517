//! Rules of law and prices as dated data, common to all units: services, tariffs, norms, parameters.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::grounds::{Deficiency, PrivilegeRule};
use super::ids::{CategoryId, DeficiencyId, Mark, NormId, ServiceId, TariffId};
use super::timeline::Timeline;

/// Everything a calculation needs beside the facts of its unit.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Services by id.
    pub services: BTreeMap<ServiceId, Service>,
    /// Rates by tariff and part, roubles a unit. Parts: 0 the only one; 1…3 zones of a meter (peak or day,
    /// half-peak or night, night); for hot water 1 is the water and 2 the heat component; 20…23 and 30…33 the same in the
    /// second and third range.
    pub tariffs: BTreeMap<(TariffId, i16), Timeline<Decimal>>,
    /// Norms by norm and part; part 0 is the volume a person and month, for hot water part 2 is the heat that
    /// warms one m³ (Гкал/m³). Part 3 is the increasing coefficient where a meter could stand and does not; 4 a volume a
    /// m² and month beside that of persons (gas for heating); 5 a volume a person and year, 6 a m² and year (waste); 7
    /// and 8 where the first and the second range end, a month: of electricity, of what is above a norm of consumption or area.
    pub norms: BTreeMap<(NormId, i16), Timeline<NormValue>>,
    /// Parameters of law and region.
    pub parameters: BTreeMap<Parameter, Timeline<Decimal>>,
    /// Kinds of undersupply with their limits.
    pub deficiencies: BTreeMap<DeficiencyId, Deficiency>,
    /// What categories are given, by category and service.
    pub privileges: BTreeMap<(CategoryId, ServiceId), Timeline<PrivilegeRule>>,
    /// Names of categories.
    pub categories: BTreeMap<CategoryId, String>,
}

/// A service as far as arithmetic needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Code of the glossary: `cold_water`, `heating` …
    pub code: String,
    /// Printed name.
    pub name: String,
    /// Printed unit of volume.
    pub unit: String,
    /// Places the volume is rounded to before it is multiplied (dossier § 0.1).
    pub scale: u32,
    /// Places of the heat of two-component hot water in Гкал; not read for other services.
    pub heat_scale: u32,
    /// The services whose volumes make up this one (sewage: both waters); empty for most.
    pub waters: Vec<ServiceId>,
    /// Whether it is payment for housing and utilities (ЖК 154): what subsidies are for, and what the law's penalty is on.
    pub is_housing: bool,
}

impl Service {
    /// Whether it is heat for rooms, which follows areas where other resources follow persons.
    #[must_use]
    pub fn is_heating(&self) -> bool {
        self.code == "heating"
    }
}

/// One line of a table of norms. Zero rooms or persons mean "any number".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormValue {
    /// Rooms this line is for.
    pub rooms: i16,
    /// Persons this line is for; the largest line holds for more.
    pub persons: i16,
    /// Volume a person and month (or a m³, for heat).
    pub value: Decimal,
}

/// Dated parameters (dossier § 10). A new rule adds a name here and a row of data, never a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameter {
    /// Months an average of a meter is taken over (354 п. 59): 6.
    MeterAverageMonths,
    /// The fewest months an average may be taken over (354 п. 59): 3.
    MeterAverageMinMonths,
    /// Periods in a row charged by the average before the norm comes (354 пп. 59, 60): 3.
    MeterAveragePeriods,
    /// The same in shops and offices (354 п. 59): 2.
    MeterAveragePeriodsNonResidential,
    /// The same for a house meter of heat (354 п. 59(1)): 3, from 2025-03-01 6.
    HouseHeatAveragePeriods,
    /// How heating is paid, by decision of the region (354 п. 42(1)): 0 in the months of heating, 1 evenly all year.
    HeatingEvenly,
    /// Months of heating in a year, for the even payment without a house meter.
    HeatingSeasonMonths,
    /// Whether a day is of the heating season: 1, 0 not; where nothing is set every day is.
    HeatingSeason,
    /// The mean temperature outside, °C, month by month: a house meter of heat that is silent is averaged by it (354 п. 59(1)).
    OutdoorTemperature,
    /// The temperature rooms are heated to, °C, which the cold outside is counted from (354 Прил. 1 п. 15): 18.
    IndoorTemperature,
    /// The month of the first quarter the last year is corrected in (354 п. 42(1), ЖК 156 ч. 9.2): 1…3.
    YearlyCorrectionMonth,
    /// How waste by containers is paid, by decision of the region (ПП РФ 18.03.2024 № 318): 0 by the containers of the month, 1 by the
    /// norm all year, corrected by containers in the first quarter.
    WasteYearlyCorrection,
    /// Whether the norm that comes after readings were merely not given is raised by the coefficient (354 п. 60): 0.
    MeterNoReadingCoefficient,
    /// What the norm is multiplied by where a meter was tampered with (354 п. 62): 10.
    TamperingFactor,
    /// The most months before the discovery it is charged for (354 п. 62): 3.
    TamperingMonths,
    /// Whether a coefficient that changes inside a month holds for all of it as on its last day (dossier § 1.3): 0.
    CoefficientWholeMonth,
    /// Whether the day of deregistration counts as a day of presence (dossier § 4.1): 0.
    LastDayCounts,
    /// The most days in a row a guest may stay without being counted (354 п. 56): 5.
    TemporaryResidenceDays,
    /// Day of the next month a bill is due (ЖК 155 ч. 1): 10, from 2026-02 15.
    DueDay,
    /// Full days in a row a person may be away without a recalculation (354 п. 86): 5.
    AbsenceMinFullDays,
    /// How many released months before the open one a change recalculates (dossier § 4.2, ГК 196): 36.
    RecalculationDepthMonths,
    /// How permitted hours of interruption are read (dossier § 3.2): 0 the month alone, 1 each event up to the limit at once.
    UndersupplyAllowanceMode,
    /// Hours begun (dossier § 3.2): 0 dropped, 1 counted exactly, 2 counted whole.
    UndersupplyPartialHour,
    /// Fractions of a degree (dossier § 3.2): 0 counted exactly, 1 dropped.
    UndersupplyDegreeFraction,
    /// Whether undersupply lowers what the coefficient adds as well (354 п. 98, Прил. 2 ф. 4(1)): 1, 0 not.
    UndersupplyOfSurplus,
    /// Whether a person has one privilege a service, the largest (dossier § 5.1): 1.
    BenefitOneGroundPerPerson,
    /// Percent of what was charged too much, owed by the executor (ЖК 156 ч. 11, 157 ч. 6): 50.
    ExecutorFinePercent,
    /// Growth against the same month of the last year, percent, beyond which payment by instalments is offered (354 п. 72): 25.
    InstalmentGrowthPercent,
    /// Whether a day is off, where the production calendar differs from the week (ТК 112): 1 off, 0 worked.
    DayOff,
    /// Key rate of the Bank of Russia, percent a year.
    KeyRate,
    /// The most a rate of penalties may be, percent a year (ПП 329 of 18.03.2025 and those before it): 9.5.
    PenaltyRateCap,
    /// The rate of penalties while an act names it instead of the key rate, percent a year.
    PenaltyRateFixed,
    /// First days of a delay without penalty (ЖК 155 ч. 14): 30.
    PenaltyGrace,
    /// The day of delay the second step begins with (ЖК 155 ч. 14): 91.
    PenaltySecondFrom,
    /// The rate of a day is the rate of a year through this number: 300.
    PenaltyFirstDivisor,
    /// The same from the second step on: 130.
    PenaltySecondDivisor,
    /// First days without penalty for capital repair (ЖК 155 ч. 14.1): 30.
    RepairGrace,
    /// The divisor for capital repair at any day of delay (ЖК 155 ч. 14.1): 300.
    RepairDivisor,
    /// Days without penalty: 1 for every debt, 2 for debts of months that ended before the moratorium began.
    PenaltyMoratorium,
    /// Where a penalty is rounded (dossier § 6.5): 0 each row of its table, 1 their sum.
    PenaltyRounding,
    /// Whether penalty is paid after all principal (Plenum 54 of 22.11.2016): 1.
    PaymentPenaltyLast,
    /// Which services a payment meets first (dossier § 7.2): 1 those still rendered, 2 those that ended, 0 all alike.
    SplitStrategy,
    /// State duty of a court order, percent of that of a claim (НК 333.19): 50.
    DutyOrderPercent,
    /// Whether state duty is rounded to whole roubles (НК 52 п. 6): 1.
    DutyRoundRoubles,
    /// The most a court order is given for, roubles (ГПК 121): 500 000.
    CourtOrderMost,
    /// Limitation of a monthly payment, years (ГК 196): 3.
    LimitationYears,
    /// The least that is left of limitation after a court order was cancelled, months (ГК 204 п. 3): 6.
    LimitationRestMonths,
    /// Enforcement fee, percent of what is collected (229-ФЗ ст. 112).
    EnforcementPercent,
    /// The least enforcement fee of a person, roubles (229-ФЗ ст. 112).
    EnforcementLeast,
}

impl std::fmt::Display for Parameter {
    /// The name an operator sees.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::MeterAverageMonths => "месяцев для среднего расхода прибора",
            Self::MeterAverageMinMonths => "наименьшее число месяцев для среднего расхода прибора",
            Self::MeterAveragePeriods => "периодов подряд по среднему расходу прибора",
            Self::MeterAveragePeriodsNonResidential => {
                "периодов подряд по среднему расходу прибора в нежилом помещении"
            }
            Self::HouseHeatAveragePeriods => "периодов подряд по среднему расходу общедомового прибора тепла",
            Self::HeatingEvenly => "отопление оплачивается равными долями весь год",
            Self::HeatingSeasonMonths => "отопительных месяцев в году",
            Self::HeatingSeason => "отопительный период",
            Self::OutdoorTemperature => "средняя температура наружного воздуха",
            Self::IndoorTemperature => "температура отапливаемых помещений",
            Self::YearlyCorrectionMonth => "месяц корректировки за прошлый год",
            Self::WasteYearlyCorrection => {
                "ТКО по контейнерам — весь год по нормативу, с корректировкой в I квартале"
            }
            Self::MeterNoReadingCoefficient => "повышающий коэффициент, когда показания просто не переданы",
            Self::TamperingFactor => "во сколько раз увеличивается норматив при вмешательстве в прибор",
            Self::TamperingMonths => "за сколько месяцев до обнаружения доначисляется вмешательство в прибор",
            Self::CoefficientWholeMonth => "повышающий коэффициент последнего дня действует на весь месяц",
            Self::LastDayCounts => "день снятия с регистрации считается днём проживания",
            Self::DueDay => "день месяца, до которого вносится плата",
            Self::AbsenceMinFullDays => "полных дней отсутствия, после которых делается перерасчёт",
            Self::RecalculationDepthMonths => "за сколько месяцев назад делается перерасчёт",
            Self::UndersupplyAllowanceMode => "как считать допустимый перерыв",
            Self::UndersupplyPartialHour => "как считать неполный час перерыва",
            Self::UndersupplyDegreeFraction => "как считать доли градуса",
            Self::UndersupplyOfSurplus => "недопоставка снижает и плату по повышающему коэффициенту",
            Self::BenefitOneGroundPerPerson => "одна льгота на человека по услуге",
            Self::ExecutorFinePercent => "штраф исполнителя, процент излишне начисленного",
            Self::InstalmentGrowthPercent => "рост платы, после которого предлагают рассрочку, процент",
            Self::DayOff => "нерабочий день производственного календаря",
            Self::KeyRate => "ключевая ставка Банка России",
            Self::PenaltyRateCap => "предел ставки пеней",
            Self::PenaltyRateFixed => "ставка пеней, названная актом",
            Self::PenaltyGrace => "дней просрочки без пеней",
            Self::PenaltySecondFrom => "день просрочки, с которого пени растут",
            Self::PenaltyFirstDivisor => "доля ставки за день просрочки, знаменатель",
            Self::PenaltySecondDivisor => "доля ставки за день долгой просрочки, знаменатель",
            Self::RepairGrace => "дней просрочки взноса на капремонт без пеней",
            Self::RepairDivisor => "доля ставки за день просрочки взноса на капремонт, знаменатель",
            Self::PenaltyMoratorium => "мораторий на пени",
            Self::PenaltyRounding => "где округляются пени",
            Self::PaymentPenaltyLast => "пени гасятся после основного долга",
            Self::SplitStrategy => "какие услуги оплачиваются раньше",
            Self::DutyOrderPercent => "госпошлина судебного приказа, процент от исковой",
            Self::DutyRoundRoubles => "госпошлина округляется до рубля",
            Self::CourtOrderMost => "наибольшая сумма судебного приказа",
            Self::TemporaryResidenceDays => "сколько дней подряд временно живущий не считается",
            Self::LimitationYears => "срок исковой давности, лет",
            Self::LimitationRestMonths => "остаток исковой давности после отмены приказа, не меньше месяцев",
            Self::EnforcementPercent => "исполнительский сбор, процент",
            Self::EnforcementLeast => "исполнительский сбор, не меньше",
        })
    }
}

impl Rules {
    /// A parameter on a day as known at a mark; `None` where none is set.
    #[must_use]
    pub fn parameter(&self, parameter: Parameter, day: NaiveDate, known: Mark) -> Option<Decimal> {
        self.parameters.get(&parameter)?.on(day, known).map(|fact| fact.value)
    }

    /// Takes back what one operation did to tariffs, norms and parameters.
    pub fn forget(&mut self, operation: Mark) {
        self.tariffs.values_mut().for_each(|rates| rates.forget(operation));
        self.norms.values_mut().for_each(|values| values.forget(operation));
        self.parameters.values_mut().for_each(|values| values.forget(operation));
        self.deficiencies.values_mut().for_each(|deficiency| deficiency.limits.forget(operation));
        self.privileges.values_mut().for_each(|rules| rules.forget(operation));
    }
}
