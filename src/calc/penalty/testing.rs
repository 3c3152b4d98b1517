//! The law of penalties as the base has it (dossier § 6, 8, 10), for tests.

use crate::calc::ids::Mark;
use crate::calc::rules::{Parameter, Rules};
use crate::calc::testing::{d, days};
use crate::calc::timeline::{Fact, Timeline};

/// The key rate by the days its decisions came into force (dossier § 6.6).
const KEY_RATE: [(&str, &str); 60] = [
    ("2014-12-16", "17.00"),
    ("2015-02-02", "15.00"),
    ("2015-03-16", "14.00"),
    ("2015-05-05", "12.50"),
    ("2015-06-16", "11.50"),
    ("2015-08-03", "11.00"),
    ("2016-06-14", "10.50"),
    ("2016-09-19", "10.00"),
    ("2017-03-27", "9.75"),
    ("2017-05-02", "9.25"),
    ("2017-06-19", "9.00"),
    ("2017-09-18", "8.50"),
    ("2017-10-30", "8.25"),
    ("2017-12-18", "7.75"),
    ("2018-02-12", "7.50"),
    ("2018-03-26", "7.25"),
    ("2018-09-17", "7.50"),
    ("2018-12-17", "7.75"),
    ("2019-06-17", "7.50"),
    ("2019-07-29", "7.25"),
    ("2019-09-09", "7.00"),
    ("2019-10-28", "6.50"),
    ("2019-12-16", "6.25"),
    ("2020-02-10", "6.00"),
    ("2020-04-27", "5.50"),
    ("2020-06-22", "4.50"),
    ("2020-07-27", "4.25"),
    ("2021-03-22", "4.50"),
    ("2021-04-26", "5.00"),
    ("2021-06-15", "5.50"),
    ("2021-07-26", "6.50"),
    ("2021-09-13", "6.75"),
    ("2021-10-25", "7.50"),
    ("2021-12-20", "8.50"),
    ("2022-02-14", "9.50"),
    ("2022-02-28", "20.00"),
    ("2022-04-11", "17.00"),
    ("2022-05-04", "14.00"),
    ("2022-05-27", "11.00"),
    ("2022-06-14", "9.50"),
    ("2022-07-25", "8.00"),
    ("2022-09-19", "7.50"),
    ("2023-07-24", "8.50"),
    ("2023-08-15", "12.00"),
    ("2023-09-18", "13.00"),
    ("2023-10-30", "15.00"),
    ("2023-12-18", "16.00"),
    ("2024-07-29", "18.00"),
    ("2024-09-16", "19.00"),
    ("2024-10-28", "21.00"),
    ("2025-06-09", "20.00"),
    ("2025-07-28", "18.00"),
    ("2025-09-15", "17.00"),
    ("2025-10-27", "16.50"),
    ("2025-12-22", "16.00"),
    ("2026-02-16", "15.50"),
    ("2026-03-23", "15.00"),
    ("2026-04-27", "14.50"),
    ("2026-06-22", "14.25"),
    ("2026-07-27", "14.00"),
];

/// Every parameter of penalties, courts and due days with its days.
pub fn law() -> Rules {
    let mut rules = Rules::default();
    for (place, (from, rate)) in KEY_RATE.iter().enumerate() {
        let to = KEY_RATE.get(place + 1).map_or("", |next| next.0);
        set(&mut rules, Parameter::KeyRate, &format!("{from}..{to}"), rate);
    }
    for (parameter, of, value) in [
        (Parameter::DueDay, "..2026-02-01", "10"),
        (Parameter::DueDay, "2026-02-01..", "15"),
        (Parameter::PenaltyRateFixed, "2012-09-14..2016-01-01", "8.25"),
        (Parameter::PenaltyRateFixed, "2022-02-28..2022-09-28", "9.5"),
        (Parameter::PenaltyRateCap, "2022-09-28..2027-01-01", "9.5"),
        (Parameter::PenaltyGrace, "..2016-01-01", "0"),
        (Parameter::PenaltyGrace, "2016-01-01..", "30"),
        (Parameter::PenaltySecondFrom, "2016-01-01..", "91"),
        (Parameter::PenaltyFirstDivisor, "..", "300"),
        (Parameter::PenaltySecondDivisor, "2016-01-01..", "130"),
        (Parameter::RepairGrace, "..2021-01-01", "0"),
        (Parameter::RepairGrace, "2021-01-01..", "30"),
        (Parameter::RepairDivisor, "..", "300"),
        (Parameter::PenaltyMoratorium, "2020-04-06..2021-01-01", "1"),
        (Parameter::PenaltyMoratorium, "2022-04-01..2022-10-02", "2"),
        (Parameter::DutyOrderPercent, "..", "50"),
        (Parameter::DutyRoundRoubles, "..", "1"),
        (Parameter::CourtOrderMost, "..", "500000"),
        (Parameter::LimitationYears, "..", "3"),
        (Parameter::LimitationRestMonths, "..", "6"),
        (Parameter::EnforcementPercent, "..2026-01-01", "7"),
        (Parameter::EnforcementPercent, "2026-01-01..", "12"),
        (Parameter::EnforcementLeast, "..2026-01-01", "1000"),
        (Parameter::EnforcementLeast, "2026-01-01..", "2000"),
    ] {
        set(&mut rules, parameter, of, value);
    }
    rules
}

/// Adds a value of a parameter.
pub fn set(rules: &mut Rules, parameter: Parameter, of: &str, value: &str) {
    let timeline: &mut Timeline<_> = rules.parameters.entry(parameter).or_default();
    timeline.0.push(Fact {
        days: days(of),
        asserted: Mark(1),
        retracted: Mark::NOW,
        row: 0,
        value: d(value),
    });
}
