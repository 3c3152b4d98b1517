//! Parameters of law, each with its ground.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calc::period::Days;
use crate::calc::rules::Parameter;
use crate::job::town::calendar::day;

/// The value of a parameter for a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownParameter {
    /// The parameter.
    pub parameter: Parameter,
    /// The days it holds.
    pub days: Days,
    /// The value.
    pub value: Decimal,
    /// The act and paragraph it follows from, as an explanation prints it.
    pub citation: &'static str,
}

/// The Rules of 06.05.2011 are older than any fact of the town; the parameters hold from 2012.
const SINCE: NaiveDate = day(2012, 9, 1);

/// From the documents of February 2026 a bill is due on the 15th.
const DUE_ON_15TH: NaiveDate = day(2026, 2, 1);

pub(super) fn all() -> Vec<TownParameter> {
    let always = Days::since(SINCE);
    [
        (Parameter::MeterAverageMonths, always, 6, "ПП РФ 06.05.2011 № 354, п. 59"),
        (Parameter::MeterAverageMinMonths, always, 3, "ПП РФ 06.05.2011 № 354, п. 59"),
        (Parameter::MeterAveragePeriods, always, 3, "ПП РФ 06.05.2011 № 354, пп. 59, 60"),
        (Parameter::MeterAveragePeriodsNonResidential, always, 2, "ПП РФ 06.05.2011 № 354, п. 59"),
        (Parameter::HouseHeatAveragePeriods, always, 6, "ПП РФ 06.05.2011 № 354, п. 59(1)"),
        (Parameter::LastDayCounts, always, 0, "Порядок расчётного центра: день снятия с учёта не считается"),
        (Parameter::DueDay, Days { from: SINCE, to: DUE_ON_15TH }, 10, "ЖК РФ, ст. 155 ч. 1"),
        (Parameter::DueDay, Days::since(DUE_ON_15TH), 15, "ЖК РФ, ст. 155 ч. 1 в ред. 177-ФЗ от 24.06.2025"),
    ]
    .into_iter()
    .map(|(parameter, days, value, citation)| TownParameter {
        parameter,
        days,
        value: Decimal::from(value),
        citation,
    })
    .collect()
}
