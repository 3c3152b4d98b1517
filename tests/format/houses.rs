//! Plans of houses from charge bases, and a month charged by them.

use std::collections::BTreeMap;

use kvartal::calc::ids::Mark;
use kvartal::calc::money::Money;
use kvartal::calc::period::{Days, Month};
use kvartal::calc::rules::Parameter;
use kvartal::calc::timeline::{Fact, Timeline};
use kvartal::format::legacy::LegacyData;
use rust_decimal::Decimal;

use super::fixture::{Files, import_text};

const PROFILE: &str = r#"
name = "Три счёта"
month = "2026-09"

[[file]]
name = "p"
kind = "csv"
provider = { code = "P", name = "P" }

[[file]]
name = "s"
kind = "csv"
service = { code = "S", name = "S", unit = "U", scale = { value = "3" }, provider = { value = "1" }, method = "M" }

[[file]]
name = "t"
kind = "csv"
tariff = { service = "S", from = { value = "01.07.2026" }, rate = "R" }
norm = { service = "S", from = { value = "01.07.2026" }, value = { column = "N", default = "0" } }

[[file]]
name = "a"
kind = "csv"
account = { number = "A", city = { value = "г" }, street = { value = "у" }, house = "D", flat = "A", area_total = "PL" }

[[file]]
name = "n"
kind = "csv"
charge_base = { account = "A", service = "S", base = "B" }
"#;

/// Maintenance at two of three accounts, the aerial and cold water at one, a ready amount at one.
fn files() -> Files {
    let text = [
        ("p", "P\n1"),
        ("s", "S;U;M\nupkeep;м2;area_total\naerial;шт.;quantity\nwater;м3;persons\nheat;руб.;ready"),
        ("t", "S;R;N\nupkeep;31,74;\naerial;50;\nwater;47,36;4,33"),
        ("a", "A;D;PL\n1;5;40\n2;5;60,5\n3;5;30\n4;7а;50"),
        ("n", "A;S;B\n1;upkeep;40\n2;upkeep;60,5\n2;aerial;1\n3;water;3\n3;heat;100,01\n4;upkeep;50"),
    ];
    text.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

fn data() -> LegacyData {
    let data = import_text(PROFILE, &files()).unwrap();
    assert_eq!(data.bad, []);
    data
}

#[test]
fn most_accounts_make_the_plan_and_the_rest_are_exceptions() {
    let data = data();
    let houses = data.houses();
    let numbers: Vec<(&str, usize)> =
        houses.iter().map(|house| (house.address.house.as_str(), house.accounts.len())).collect();
    assert_eq!(numbers, [("5", 3), ("7а", 1)]);
    let words = |codes: &[&kvartal::format::legacy::Code]| {
        codes.iter().map(|code| code.to_string()).collect::<Vec<String>>().join(" ")
    };
    // What is counted stands in the plan whoever takes it: an account without a base has no line.
    assert_eq!(words(&houses[0].services), "aerial heat upkeep");
    let exceptions: Vec<(String, String)> =
        houses[0].accounts.iter().map(|plan| (words(&plan.own), words(&plan.off))).collect();
    let none = String::new;
    assert_eq!(exceptions, [(none(), none()), (none(), none()), ("water".to_owned(), "upkeep".to_owned())]);
}

#[test]
fn the_month_is_charged_by_these_plans() {
    let last_day = Fact {
        days: Days::since(Month::new(2020, 1).unwrap().first_day()),
        asserted: Mark::NEVER,
        retracted: Mark::NOW,
        row: 0,
        value: Decimal::ZERO,
    };
    let parameters = BTreeMap::from([(Parameter::LastDayCounts, Timeline(vec![last_day]))]);
    let trial = data().trial(parameters);
    assert_eq!(trial.exceptions, []);
    let sums: BTreeMap<&str, i64> = trial.totals.iter().map(|(code, sum)| (&**code, sum.kopecks())).collect();
    // Upkeep 31.74 × 40 = 1269.60, × 60.5 = 1920.27, × 50 = 1587.00: 4776.87. Water 3 × 4.33 = 12.99 m³,
    // × 47.36 = 615.2064.
    assert_eq!(
        sums,
        BTreeMap::from([("aerial", 5000), ("heat", 10001), ("upkeep", 477_687), ("water", 61521)])
    );
    assert_eq!(trial.totals.values().copied().sum::<Money>().to_string(), "5542.09");
}
