//! The words of an explanation in English: those of screens and refusals, so that one thing is called by one name.

use super::Said;
use crate::calc::line::Component;
use crate::calc::period::Month;
use crate::calc::trace::text::day;
use crate::calc::trace::{FactKind, Rule, RuleData, What};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

words! {
    /// What a rule says, in one phrase.
    rule, RULES of Rule {
        Area => "area × rate",
        AreaNorm => "area × norm × rate",
        Persons => "persons living there × norm × rate",
        Owners => "nobody is registered, so owners are counted",
        Meter => "use by the meter × rate",
        RollOver => "the dial passed its end: its capacity − reading before + new reading",
        Average => "no readings, so the meter's average monthly use is taken",
        HeatAverage => "use of the house before × days of heating and frost of this month ÷ those before",
        OutOfOrder => "the meter does not count by an act: its former average monthly use is taken",
        Unverified => "the meter's verification ran out: its former average monthly use is taken",
        NormAfterAverage => "no readings for longer than an average is allowed, or nothing to take an average of: the norm is taken",
        Increased => "a meter could be had, but there is none or it is out of order: norm × (coefficient − 1) × rate",
        Tampering => "tampering with the meter: the norm, raised several times",
        CatchUp => "readings came back: what was charged without readings since the last one is taken off the use",
        BeyondDepth => "the reading is older than what is recalculated: its use stands in the first recalculated month",
        Communal => "use by the meter of a communal flat is shared by persons",
        CommunalHeat => "heat by the meter of a communal flat is shared by living area of its rooms",
        HotWater => "volume of hot water × rate of its component “water”",
        HotWaterHeat => "volume of hot water × norm of heat to warm it × rate of its component “heat”",
        Waters => "volume of sewage is the sum of cold and hot water",
        Quantity => "quantity × rate",
        Ready => "the amount came ready from the provider",
        HouseMeter => "volume of the house meter × area of the premises ÷ area of all premises × rate",
        Group => "group meter: its volume is shared among houses by what was agreed",
        Heating => "heat of the premises (own meter, or area × use a m²) + its share by area of the other heat of the house × rate",
        HeatingEvenly => "area × norm × share of months of heating in a year × rate",
        HouseHotWater => "heat to make hot water in the house × volume of the premises ÷ volume of all premises × rate",
        Common => "volume for common property × area of the premises ÷ area of all premises × rate",
        CommonUtility => "volume for common needs × share of the area of the premises × rate",
        WithinNorm => "by the house meter more than the norm went to common needs; without a decision of the owners only the norm is shared",
        CommonBack => "the house meter told less than was charged to premises: the difference lowers what dwellings pay, not below zero",
        Containers => "volume of the house's containers × share of the premises in persons or area × rate",
        Correction => "correction for the past year: by the house meter or containers − what was charged",
        Range => "use above the end of the first range is paid at the rate of the next",
        Absence => "temporary absence of more than five whole days: norm × days of absence ÷ days of the month × rate",
        Undersupply => "interruptions and bad quality: charge of the month × percent of reduction",
        Interruption => "for every hour over the allowed interruption",
        RoomTemperature => "for every hour of deviation and every degree",
        WaterTemperature => "for every hour of deviation and every whole step of temperature",
        AsColdWater => "water colder than +40 °C is paid at the rate of cold water",
        Deviation => "for every hour of deviation",
        WholeTime => "nothing is paid for the whole time of bad quality",
        Repair => "planned repair: no norm is charged for the time of the interruption",
        UpToAll => "the reduction is no more than the charge itself",
        Privilege => "privilege: charge within the norm for the share of those privileged × percent",
        FullRate => "share of a person at the full rate: volume of that share × difference of prices",
        Subsidy => "subsidy by a decision of social protection: a part of what is paid for each service",
        SubsidyBelarus | SubsidyUkraine => "subsidy: charge within the norms − the share of the family's income",
        SubsidyUpToBill => "the subsidy is no more than the bill of the month",
        Fine => "fine of the executor: a percent of what was charged too much",
    }
}

words! {
    /// What a number is.
    what, WHATS of What {
        Amount => "charged",
        Volume => "volume",
        VolumeUntil => "volume since the start of the month",
        AmountUntil => "charge since the start of the month",
        VolumeDays => "volume × days",
        Product => "product",
        Rate => "rate",
        Days => "days",
        DaysOfAll => "days in all",
        AreaTotal => "total area",
        AreaLiving => "living area",
        AreaHeated => "heated area",
        Persons => "persons living there",
        Resident => "resident",
        Owners => "owners",
        Owner => "owner",
        Norm => "norm",
        Coefficient => "increasing coefficient",
        Increased => "volume with the coefficient",
        HeatNorm => "norm of heat to warm it",
        Consumption => "use by readings",
        Reading => "reading",
        DialEnd => "capacity of the dial",
        Ratio => "transformer ratio",
        Average => "average monthly use",
        Months => "months",
        Charged => "charged without readings",
        PersonsOfFlat => "persons in the whole flat",
        PersonDays => "days lived",
        PersonDaysOfHouse => "days lived in the whole house",
        Capacity => "volume of a container",
        ContainerCount => "containers",
        Removals => "removals a month",
        RestOfNorm => "rest of the norm",
        Quantity => "quantity",
        Ready => "ready amount",
        HouseVolume => "volume of the house",
        PremisesVolume => "volume of all premises",
        CommonVolume => "other volume of the house",
        PerArea => "use a m² without a meter",
        SeasonShare => "share of months of heating in a year",
        CommonArea => "area of common property",
        RangeEnd => "end of the range",
        Share => "share",
        HouseArea => "area of all premises of the house",
        PremisesArea => "area of the premises",
        GroupShare => "share of the house in its group",
        GroupBase => "all houses of the group",
        FlatArea => "area of the flat",
        RoomsArea => "living area of all rooms",
        Absent => "absent person",
        Percent => "percent",
        Excess => "charged too much",
        Hours => "hours",
        Interruption => "interruption",
        AllowedHours => "allowed interruption",
        ExcessHours => "hours over the allowed",
        WholeUnits => "whole units of time",
        HoursOfAll => "hours in all",
        Degrees => "deviation",
        DegreeHours => "degree-hours",
        HeatedDays => "days of heating",
        DegreeDays => "degree-days of heating",
        Steps => "whole steps",
        Reduction => "reduction",
        Privileged => "privileged persons",
        SocialNorm => "social norm of area",
        Covered => "within the norm",
        Privilege => "privilege",
        Subsidy => "subsidy",
        Family => "members of the family",
        Income => "income of the family a month",
        HeadIncome => "income a head",
        Minimum => "minimum of subsistence",
        Minima => "income in minima of subsistence",
        Standard => "standard of cost a person",
        Cost => "cost by the standard",
        OwnShare => "share of the family",
        Own => "paid by the family itself",
        Bill => "charge for housing and utilities",
        BillWithinNorms => "charge within the norms",
        BillWithoutPrivileges => "the same without privileges",
        BillOfService => "charge for this service",
    }
}

words! {
    /// A kind of fact.
    fact, FACTS of FactKind {
        Area => "area",
        Residence => "registration",
        Owner => "ownership",
        Reading => "reading",
        Meter => "meter",
        Quantity => "quantity",
        Ready => "ready amount",
        Absence => "absence",
        Undersupply => "act",
        Privilege => "right to a privilege",
        Overcharge => "decision",
        Subsidy => "decision on a subsidy",
        Containers => "containers of the house",
    }
}

words! {
    /// A kind of dated data.
    data, DATA of RuleData {
        Rate => "rate",
        Norm => "norm",
        Parameter => "parameter",
        Limit => "table of deviations",
        PrivilegeRule => "rule of the privilege",
    }
}

words! {
    /// What is said behind the name of the service: nothing for its own charge.
    component, COMPONENTS of Component {
        Base => "",
        Zone1 => " (zone 1)",
        Zone2 => " (zone 2)",
        Zone3 => " (zone 3)",
        Range2 => " (second range)",
        Range3 => " (third range)",
        Water => " (water)",
        Heat => " (heat)",
        CatchUp => " (set off: charged without readings)",
        CatchUpHeat => " (set off: heat charged without readings)",
        Correction => " (correction of the year)",
        Surplus => " (increasing coefficient)",
        SurplusHeat => " (increasing coefficient, heat)",
        FullRate => " (at the full rate)",
        Undersupply => " (undersupply and quality)",
        Absence => " (temporary absence)",
        Fine => " (fine of the executor)",
        PrivilegeFederal | PrivilegeRegional | PrivilegeMunicipal => " (privilege)",
        PayoutFederal | PayoutRegional | PayoutMunicipal => " (paid in money, not on the bill)",
        Subsidy => " (subsidy)",
        SubsidyPayout => " (subsidy in money, not on the bill)",
    }
}

/// How units of volumes are written; one that is not known stays as the directory of services has it.
const UNITS: [(&str, &str); 16] = [
    ("м³", "m³"),
    ("м²", "m²"),
    ("Гкал", "Gcal"),
    ("кВт·ч", "kWh"),
    ("чел.", "pers."),
    ("чел.-дн.", "pers.-days"),
    ("дн.", "days"),
    ("мес.", "months"),
    ("ч", "h"),
    ("раз", "times"),
    ("шт.", "pcs"),
    ("шт", "pcs"),
    ("точка", "point"),
    ("°C·ч", "°C·h"),
    ("°C·сут", "°C·days"),
    ("мес", "months"),
];

/// What the law is cited by, the longer before what they contain.
const LAW: [(&str, &str); 13] = [
    ("Указ Президента Республики Беларусь", "Decree of the President of Belarus"),
    ("постановление КМУ", "Resolution of the Cabinet of Ukraine"),
    ("ПП РФ", "Resolution of the Government"),
    ("ЖК", "Housing Code"),
    ("ГК", "Civil Code"),
    ("354 п", "Rules 354, п"),
    ("354 Прил", "Rules 354, Прил"),
    ("Прил.", "app."),
    ("пп.", "cl."),
    ("п.", "cl."),
    ("ст.", "art."),
    ("ф.", "f."),
    ("ч.", "part"),
];

/// A month and its year.
pub fn month(month: Month) -> String {
    super::named(month, &MONTHS)
}

/// A unit, of several joined ones each.
pub fn unit(unit: &str) -> String {
    let english = |one: &str| UNITS.iter().find(|(russian, _)| *russian == one).map(|(_, english)| *english);
    match (english(unit), unit.split_once('/')) {
        (Some(english), _) => english.to_owned(),
        (None, Some((left, right))) => format!("{}/{}", self::unit(left), self::unit(right)),
        (None, None) => unit.to_owned(),
    }
}

/// A citation: the numbers stay, so that the place in the law is found.
pub fn citation(citation: &str) -> String {
    LAW.iter().fold(citation.replace('№', "No"), |told, (russian, english)| told.replace(russian, english))
}

/// A sentence with its places filled.
pub fn said(said: &Said<'_>) -> String {
    match said {
        Said::Rule(rule) => format!("Rule: {rule}"),
        Said::InParts { volume, amount } => format!("{volume}, charged in parts {amount} ₽"),
        Said::Named(name) => format!("“{name}”"),
        Said::Places(places) => format!("to {places} places"),
        Said::Between(first, last) if first == last => format!("of {}", day(*first)),
        Said::Between(first, last) => format!("from {} to {}", day(*first), day(*last)),
        Said::From(first) => format!("from {}", day(*first)),
        Said::Until(last) => format!("to {}", day(*last)),
        Said::Row(row) => format!("record {row}"),
        Said::Released(of) => format!("fixed by the release of {}", month(*of)),
        Said::Premises(count) => format!("premises: {count}"),
        Said::Debt { days, balance } => format!("{days} days, debt {balance} ₽"),
        Said::Grace => "first days of delay, no penalty".to_owned(),
        Said::Moratorium => "moratorium, no penalty accrues".to_owned(),
        Said::Gone(line) => format!("{line}: the calculation does not give this line"),
        Said::Recalculation { of, sum } => format!("Recalculation of {}: {sum} ₽", month(*of)),
        Said::Because { title, on, ground: None } => format!("{title} of {}", day(*on)),
        Said::Because { title, on, ground: Some(ground) } => format!("{title} of {}, {ground}", day(*on)),
        Said::Penalty { of, sum, through, accrued } => format!(
            "Penalty on the debt of {}: {sum} ₽ — accrued through {} {accrued} ₽",
            month(*of),
            day(*through)
        ),
        Said::BookedBefore(sum) => format!("booked before {sum} ₽"),
        Said::Agreed { sum, parts, percent, document } => {
            format!("Agreement: {sum} ₽ in {parts} months, {percent} % a year — {document}")
        }
        Said::Stopped { of, sum } => format!("Instalments for {} stopped: {sum} ₽", month(*of)),
        Said::Interest { of, sum } => format!("Interest on instalments for {}: {sum} ₽", month(*of)),
        Said::InterestOf { rest, percent } => format!("put off {rest} ₽ × {percent} % ÷ 12 months"),
        Said::Part { part, parts, of, sum } => format!("Part {part} of {parts} for {}: {sum} ₽", month(*of)),
        Said::PutOff { of, sum } => {
            format!("Instalments for {}: {sum} ₽ put off to later months", month(*of))
        }
    }
}
