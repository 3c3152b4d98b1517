//! Worked examples of dossier § 6, and the edges of every rule.

use super::testing::{law, set};
use super::*;
use crate::calc::ids::Mark;
use crate::calc::rules::Rules;
use crate::calc::testing::{d, day, month};

fn sum(text: &str) -> Money {
    Money::round(d(text)).unwrap()
}

fn debt(of: &str, due: &str, amount: &str) -> Debt {
    Debt { month: month(of), due: day(due), amount: sum(amount) }
}

fn credit(of: &str, on: &str, amount: &str) -> Credit {
    Credit { month: Some(month(of)), day: day(on), amount: sum(amount) }
}

fn of(rules: &Rules, kind: PenaltyKind, debts: &[Debt], credits: &[Credit], on: &str) -> Vec<Accrued> {
    accrued(rules, Mark::NOW, kind, (debts, credits), day(on)).unwrap()
}

/// The penalty of utilities, all months together.
fn total(debts: &[Debt], credits: &[Credit], on: &str) -> String {
    of(&law(), PenaltyKind::Utilities, debts, credits, on)
        .iter()
        .map(|one| one.amount)
        .sum::<Money>()
        .to_string()
}

fn rows(table: &Accrued) -> Vec<String> {
    let row = |row: &Row| format!("{} {} {} {} {}", row.from, row.to, row.days, row.balance, row.amount);
    table.rows.iter().map(row).collect()
}

/// Dossier § 6.5: May 2026, 6 842.35, due 15.06.2026, paid 2 000.00 on 03.08 and 1 500.00 on 01.10, through 20.10, 9.5 %.
#[test]
fn the_table_of_the_dossier() {
    let debts = [debt("2026-05", "2026-06-15", "6842.35")];
    let credits = [credit("2026-05", "2026-08-03", "2000"), credit("2026-05", "2026-10-01", "1500")];
    let tables = of(&law(), PenaltyKind::Utilities, &debts, &credits, "2026-10-20");
    assert_eq!(
        rows(&tables[0]),
        [
            "2026-06-16 2026-07-15 30 6842.35 0.00",
            "2026-07-16 2026-08-03 19 6842.35 41.17",
            "2026-08-04 2026-09-13 41 4842.35 62.87",
            "2026-09-14 2026-10-01 18 4842.35 63.70",
            "2026-10-02 2026-10-20 19 3342.35 46.41",
        ]
    );
    assert_eq!(tables[0].amount.to_string(), "214.15");
    let mut whole = law();
    set(&mut whole, Parameter::PenaltyRounding, "..", "1");
    let table = of(&whole, PenaltyKind::Utilities, &debts, &credits, "2026-10-20");
    assert_eq!(table[0].amount.to_string(), "214.14");
}

/// The same delay of 806.36 for capital repair: 806.36 × 97 × 9.5 % ÷ 300 = 24.7687…; it never comes to 1/130.
#[test]
fn capital_repair_has_one_step() {
    let debts = [debt("2026-05", "2026-06-15", "806.36")];
    let tables = of(&law(), PenaltyKind::Repair, &debts, &[], "2026-10-20");
    assert_eq!((tables[0].amount.to_string(), tables[0].rows.len()), ("24.77".into(), 2));
}

/// 30 days cost nothing; the 31st is 1 000 × 9.5 % ÷ 300 = 0.3167; the 90th is the 60th such day, 19.00; the 91st adds
/// 1 000 × 9.5 % ÷ 130 = 0.7308.
#[test]
fn steps_begin_on_their_day() {
    let debts = [debt("2026-05", "2026-06-15", "1000")];
    let on = |last| total(&debts, &[], last);
    assert_eq!([on("2026-06-15"), on("2026-07-15"), on("2026-07-16")], ["0.00", "0.00", "0.32"]);
    assert_eq!([on("2026-09-13"), on("2026-09-14")], ["19.00", "19.73"]);
}

/// The day of payment is charged, the next is not; a payment on the due day is in time.
#[test]
fn the_day_of_payment_counts() {
    let debts = [debt("2026-05", "2026-06-15", "1000")];
    let paid = |on| total(&debts, &[credit("2026-05", on, "1000")], "2026-12-31");
    assert_eq!(
        [paid("2026-06-15"), paid("2026-07-15"), paid("2026-07-16"), paid("2026-07-17")],
        ["0.00", "0.00", "0.32", "0.63"]
    );
}

/// Dossier § 6.1: period July 2026 is due on Saturday 15.08.2026, so on Monday 17.08; January 2026 still on the 10th;
/// a day off by the calendar moves it on, a worked Saturday does not.
#[test]
fn the_due_day_is_a_working_day() {
    let mut rules = law();
    let due = |rules: &Rules, of: &str| due_date(rules, Mark::NOW, month(of)).unwrap().to_string();
    assert_eq!(
        (due(&rules, "2026-07"), due(&rules, "2026-02"), due(&rules, "2026-01")),
        ("2026-08-17".into(), "2026-03-16".into(), "2026-02-10".into())
    );
    set(&mut rules, Parameter::DayOff, "2026-08-17..2026-08-18", "1");
    set(&mut rules, Parameter::DayOff, "2026-11-15..2026-11-16", "0");
    assert_eq!((due(&rules, "2026-07"), due(&rules, "2026-10")), ("2026-08-18".into(), "2026-11-15".into()));
}

/// The cap holds through 2026 and the rate of the day of payment counts: 1 000 late 60 days, 30 of them at 1/300.
/// Key rate 14 % on 31.12.2026 is capped to 9.5: 9.50; on 01.01.2027 nothing caps 14: 31 days, 14.47.
#[test]
fn the_cap_ends_with_its_act() {
    let debts = [debt("2026-10", "2026-11-01", "1000")];
    assert_eq!(total(&debts, &[], "2026-12-31"), "9.50");
    assert_eq!(total(&debts, &[], "2027-01-01"), "14.47");
}

/// Below the cap the key rate counts: paid on 20.07.2023 by 7.50, on 24.07.2023 by 8.50, on 15.08.2023 by 9.50 (the minimum).
/// Due 15.06.2023, 1 000: 5 days 1.25; 9 days 2.55; 31 days 9.82.
#[test]
fn a_rate_below_the_cap() {
    let debts = [debt("2023-05", "2023-06-15", "1000")];
    let paid = |on| total(&debts, &[credit("2023-05", on, "1000")], "2023-12-31");
    assert_eq!([paid("2023-07-20"), paid("2023-07-24"), paid("2023-08-15")], ["1.25", "2.55", "9.82"]);
}

/// Parts with rates of their own: 400 paid on 20.07.2023 (7.5 %, 5 days: 0.50), 600 on 24.07.2023 (8.5 %, 9 days: 1.53).
#[test]
fn every_part_has_the_rate_of_its_payment() {
    let debts = [debt("2023-05", "2023-06-15", "1000")];
    let credits = [credit("2023-05", "2023-07-20", "400"), credit("2023-05", "2023-07-24", "600")];
    assert_eq!(total(&debts, &credits, "2023-12-31"), "2.03");
}

/// 06.04–31.12.2020 cost nothing and the days go on being counted: due 10.02.2020, day 31 is 12.03; 25 days to 05.04 at
/// 1/300 and, from 01.01.2021 (day 326), 1/130. Key rate 4.25 on 02.01.2021: 1 000 × 25 × 4.25 % ÷ 300 = 3.54; 2 days ÷ 130 = 0.65.
#[test]
fn a_moratorium_stops_money_not_days() {
    let debts = [debt("2020-01", "2020-02-10", "1000")];
    let table = &of(&law(), PenaltyKind::Utilities, &debts, &[], "2021-01-02")[0];
    assert_eq!(
        rows(table),
        [
            "2020-02-11 2020-03-11 30 1000.00 0.00",
            "2020-03-12 2020-04-05 25 1000.00 3.54",
            "2020-04-06 2020-12-31 270 1000.00 0.00",
            "2021-01-01 2021-01-02 2 1000.00 0.65",
        ]
    );
}

/// The moratorium of 01.04–01.10.2022 spares debts of months that ended before it: February 2022 (due 10.03; day 31 on
/// 10.04), not April (due 10.05; day 31 on 10.06). To 01.10 at 7.5 %: April 54 + 60… = 60 days ÷ 300 and 54 ÷ 130.
#[test]
fn a_moratorium_for_older_debts_only() {
    let february = [debt("2022-02", "2022-03-10", "1000")];
    assert_eq!(total(&february, &[], "2022-10-01"), "0.00");
    // 02.10 is day 206: 1 000 × 7.5 % ÷ 130 = 0.58.
    assert_eq!(total(&february, &[], "2022-10-02"), "0.58");
    let april = [debt("2022-04", "2022-05-10", "1000")];
    // 10.06–08.08 60 days: 15.00; 09.08–01.10 54 days: 31.15.
    assert_eq!(total(&april, &[], "2022-10-01"), "46.15");
}

/// Before 2016 a penalty ran from the first day at 1/300 of 8.25 %: 10 days of 1 000 are 2.75.
#[test]
fn before_the_steps() {
    let debts = [debt("2015-08", "2015-09-10", "1000")];
    assert_eq!(total(&debts, &[], "2015-09-20"), "2.75");
}

/// A negative recalculation takes its source month's debt away from the beginning; a positive one counts from the document it
/// is printed in. On 1 000 ₽ counted from a source month half a year before, it would be 167.35 ₽ by mistake.
#[test]
fn a_recalculation_counts_from_its_own_due_day() {
    let debts = [
        debt("2026-02", "2026-03-16", "1000"),
        debt("2026-02", "2026-03-16", "-1000"),
        debt("2026-08", "2026-09-15", "1000"),
    ];
    assert_eq!(total(&debts, &[], "2026-10-15"), "0.00");
    assert_eq!(total(&debts, &[], "2026-10-16"), "0.32");
}

/// Money a month no longer needs pays the next one from the day it came: 500 were paid for May, 100 of them are recalculated
/// away, June asks for 500 and 400 are paid.
#[test]
fn what_is_left_over_pays_the_oldest_debt() {
    let debts = [
        debt("2026-05", "2026-06-15", "500"),
        debt("2026-05", "2026-06-15", "-100"),
        debt("2026-06", "2026-07-15", "500"),
    ];
    let credits = [credit("2026-05", "2026-06-10", "500"), credit("2026-06", "2026-07-10", "400")];
    assert_eq!(total(&debts, &credits, "2027-01-01"), "0.00");
    let owed = settle(&debts, &credits, day("2027-01-01"));
    assert!(owed.iter().all(|owed| owed.unpaid() == Money::ZERO));
}

/// Money that pays a debt goes on paying it, whatever a later payment names. March: 500 paid in time, 100 recalculated away; so April,
/// 500 due on 15.05, owes 400 since then. Day 31 is 15.06, so through 30.06 there are 16 days: 400 × 16 × 9.5 % ÷ 300 = 2.0267. April's own
/// 500 come on 20.07: 36 days of 400, 4.56, not of 500, 5.70; the 100 that are left pay June five days late, which costs nothing.
#[test]
fn a_later_payment_does_not_take_money_away_from_what_it_paid() {
    let debts = [
        debt("2026-03", "2026-04-15", "500"),
        debt("2026-03", "2026-04-15", "-100"),
        debt("2026-04", "2026-05-15", "500"),
        debt("2026-06", "2026-07-15", "100"),
    ];
    let mut credits = vec![credit("2026-03", "2026-04-10", "500")];
    assert_eq!(total(&debts, &credits, "2026-06-30"), "2.03");
    credits.push(credit("2026-04", "2026-07-20", "500"));
    assert_eq!(total(&debts, &credits, "2026-12-31"), "4.56");
}

/// A reversal leaves the debt as if nothing had been paid.
#[test]
fn a_reversal_is_nothing() {
    let debts = [debt("2026-05", "2026-06-15", "1000")];
    let credits = [credit("2026-05", "2026-06-10", "1000"), credit("2026-05", "2026-06-10", "-1000")];
    assert_eq!(total(&debts, &credits, "2026-09-13"), "19.00");
}

/// What is not in the tables is said, not guessed.
#[test]
fn a_missing_rate_is_refused() {
    let mut rules = law();
    rules.parameters.remove(&Parameter::KeyRate);
    let debts = [debt("2026-05", "2026-06-15", "1000")];
    let refused =
        accrued(&rules, Mark::NOW, PenaltyKind::Utilities, (&debts, &[]), day("2026-09-13")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "на 13.09.2026 не задан параметр «ключевая ставка Банка России»; внесите его с основанием в «Параметры расчёта»"
    );
}
