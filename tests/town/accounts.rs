//! Accounts, service plans and directories.

use std::collections::{BTreeMap, BTreeSet};

use kvartal::calc::facts::{AccountPlan, ServicePlan};
use kvartal::calc::ids::Mark;
use kvartal::job::town::calendar::{first_month, year_month};
use kvartal::job::town::directory::{Organisation, services, tariffs};
use kvartal::job::town::model::{HouseKind, PremisesKind, TownAccount};
use kvartal::job::town::{Directory, Habit, Pay};

use super::town;

fn accounts() -> Vec<TownAccount> {
    town().iter().flat_map(|house| house.accounts().cloned().collect::<Vec<_>>()).collect()
}

/// The Luhn sum over all digits, the check digit included, is a whole ten.
#[test]
fn account_numbers_are_unique_and_pass_their_check() {
    let accounts = accounts();
    let numbers: BTreeSet<_> = accounts.iter().map(|account| &account.number).collect();
    assert_eq!(numbers.len(), accounts.len());
    for number in numbers {
        assert_eq!(number.len(), 10);
        let digits = number.bytes().rev().map(|byte| u32::from(byte - b'0'));
        let sum: u32 = digits
            .enumerate()
            .map(|(place, digit)| match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            })
            .sum();
        assert_eq!(sum % 10, 0, "{number}");
    }
}

/// Every plan, of a house or an account, names a contract for its service in the house's own district, a
/// tariff with a rate on every day of the books, and a norm that exists.
#[test]
fn every_plan_can_be_priced() {
    let directory = Directory::of_the_town();
    let rules = directory.rules(Mark(1));
    let company: BTreeMap<_, _> = directory.districts.iter().map(|it| (it.id, it.company)).collect();
    let check = |plan: &ServicePlan, district: i64| {
        let contract = directory.contracts.iter().find(|it| it.id == plan.contract).unwrap();
        assert_eq!(contract.service, plan.service);
        let other = company.iter().any(|(id, it)| *id != district && *it == contract.provider);
        assert!(!other, "a company of another district");
        let parts: Vec<_> = rules.tariffs.keys().filter(|(tariff, _)| *tariff == plan.tariff).collect();
        assert!(!parts.is_empty());
        for part in parts {
            for month in 0..13 {
                let day = year_month(month).first_day();
                assert!(rules.tariffs[part].on(day, Mark::NOW).is_some(), "{part:?} on {day}");
            }
        }
        let norm = plan.norm.is_none_or(|norm| rules.norms.contains_key(&(norm, 0)));
        assert!(norm && rules.services.contains_key(&plan.service));
    };
    for house in town() {
        house.plans.iter().for_each(|(_, plan)| check(plan, house.district));
        for (_, exception) in house.accounts().flat_map(|account| &account.plans) {
            if let AccountPlan::Own(plan) = exception {
                check(plan, house.district);
            }
        }
    }
}

#[test]
fn rates_change_on_the_first_of_july() {
    let rules = Directory::of_the_town().rules(Mark(1));
    let changes = |year| kvartal::calc::period::Month::new(year, 7).unwrap().first_day();
    for (key, rates) in &rules.tariffs {
        let rate = |day| rates.on(day, Mark::NOW).unwrap().value;
        for year in [2025, 2026] {
            let day = changes(year);
            assert!(rate(day) > rate(day.pred_opt().unwrap()), "{key:?}");
        }
    }
    // Dossier § 0.1: the cold water of its examples, in force when the books open.
    let cold = &rules.tariffs[&(tariffs::COLD_WATER, 0)];
    let today = cold.on(first_month().first_day(), Mark::NOW).unwrap().value;
    assert_eq!(today.to_string(), "47.36");
}

#[test]
fn services_follow_what_the_house_has() {
    for house in town() {
        let has = |service| house.plans.iter().any(|(_, plan)| plan.service == service);
        assert_eq!(has(services::LIFT), house.amenities.lift);
        assert_eq!(has(services::MAINTENANCE), house.kind != HouseKind::Private);
        assert_eq!(has(services::HEATING), house.kind != HouseKind::Private);
        assert_eq!(has(services::INTERCOM), house.amenities.intercom);
        assert_eq!(has(services::SEWAGE), house.amenities.sewage);
        assert!(has(services::COLD_WATER) && has(services::ELECTRICITY) && has(services::WASTE));
        assert_eq!(house.company.is_some(), house.kind != HouseKind::Private);
        for (_, plan) in house.plans.iter().filter(|(_, plan)| plan.service == services::MAINTENANCE) {
            let own = tariffs::MAINTENANCE[usize::try_from(house.district - 1).unwrap()];
            assert_eq!(plan.tariff, own, "the price list of another district's company");
        }
    }
}

#[test]
fn zones_are_charged_by_the_list_of_zones() {
    let mut seen = 0;
    for premises in town().iter().flat_map(|house| &house.premises) {
        let zones = premises.meters.iter().map(|meter| meter.registers).max().unwrap_or(1);
        let own =
            premises.account.iter().flat_map(|account| &account.plans).find_map(|(_, plan)| match plan {
                AccountPlan::Own(plan) => Some(plan.tariff),
                AccountPlan::Off(_) => None,
            });
        let expected = |zone: usize| [tariffs::ELECTRICITY[zone], tariffs::ELECTRICITY_STOVE[zone]];
        match zones {
            1 => assert_eq!(own, None),
            zones => {
                let zone = usize::try_from(zones).unwrap() - 1;
                assert!(own.is_some_and(|tariff| expected(zone).contains(&tariff)));
                seen += 1;
            }
        }
    }
    assert!(seen > 100);
}

#[test]
fn shops_pay_for_the_house_and_not_for_what_they_buy_themselves() {
    for house in town() {
        for shop in house.premises.iter().filter(|it| it.kind == PremisesKind::NonResidential) {
            let account = shop.account.as_ref().unwrap();
            let off = |service| account.plans.iter().any(|(_, plan)| *plan == AccountPlan::Off(service));
            assert!(off(services::COLD_WATER) && off(services::ELECTRICITY) && off(services::WASTE));
            assert!(!off(services::MAINTENANCE) && !off(services::HEATING));
        }
    }
}

#[test]
fn one_flat_in_eight_has_no_intercom() {
    let town = town();
    let ringing = town.iter().filter(|house| house.amenities.intercom);
    let flats: Vec<_> = ringing
        .flat_map(|house| &house.premises)
        .filter(|it| matches!(it.kind, PremisesKind::Flat | PremisesKind::Room))
        .filter_map(|it| it.account.as_ref())
        .collect();
    let silent = flats.iter().filter(|account| account.quantities.is_empty()).count();
    for account in &flats {
        let off = account.plans.iter().any(|(_, plan)| *plan == AccountPlan::Off(services::INTERCOM));
        assert_eq!(off, account.quantities.is_empty());
    }
    assert!((80..180).contains(&(silent * 1000 / flats.len())), "{silent} of {}", flats.len());
}

#[test]
fn most_pay_and_some_owe() {
    let accounts = accounts();
    let paying = |account: &&TownAccount| (0..12).all(|month| account.pays(month) != Pay::Nothing);
    let most = accounts.iter().filter(paying).count() * 100 / accounts.len();
    assert!((40..80).contains(&most), "{most} % pay every month");
    for account in &accounts {
        let months: Vec<_> = (0..12).map(|month| account.pays(month)).collect();
        match account.habit {
            Habit::Prompt => assert!(months.contains(&Pay::All)),
            Habit::Late { every } => {
                let payments = months.iter().filter(|pay| **pay == Pay::All).count();
                assert_eq!(payments, 12 / usize::from(every));
            }
            Habit::Part { percent } => assert!(months.iter().all(|pay| *pay == Pay::Part(percent))),
            Habit::Debtor => assert!(!months.contains(&Pay::All)),
        }
    }
    let debtors = accounts.iter().filter(|account| account.habit == Habit::Debtor).count();
    assert!((40..100).contains(&(debtors * 1000 / accounts.len())));
}

/// ИНН of ten digits: weights 2, 4, 10, 3, 5, 9, 4, 6, 8. Account key: weights 7, 1, 3 over the last three
/// digits of the bank and the account.
#[test]
fn details_of_organisations_pass_their_checks() {
    let digits = |text: &str| text.bytes().map(|byte| u32::from(byte - b'0')).collect::<Vec<_>>();
    for Organisation { tin, bic, settlement_account, .. } in Directory::of_the_town().organisations {
        let tin = digits(&tin);
        let sum: u32 =
            tin.iter().zip([2, 4, 10, 3, 5, 9, 4, 6, 8]).map(|(digit, weight)| digit * weight).sum();
        assert_eq!((tin.len(), sum % 11 % 10), (10, tin[9]));
        let row = [digits(&bic[6..]), digits(&settlement_account)].concat();
        let key: u32 =
            row.iter().zip([7, 1, 3].iter().cycle()).map(|(digit, weight)| digit * weight % 10).sum();
        assert_eq!((settlement_account.len(), key % 10), (20, 0));
    }
}
