//! Worked cases of metered services.

use crate::calc::facts::Method;
use crate::calc::ids::AccountId;
use crate::calc::line::{Basis, Component};
use crate::calc::testing::*;

/// Cold water of three residents at 47.36 with a norm of 4.33 and a meter with these readings.
fn cold(readings: &str) -> Scene {
    let mut scene = bare();
    scene.flat_meter(1, COLD, "..", readings);
    scene
}

fn bare() -> Scene {
    let mut scene = Scene::new();
    scene.plan(COLD, Method::Meter);
    scene.rate(COLD, 0, "..", "47.36");
    scene.norm(COLD, 0, "..", "4.33");
    (0..3).for_each(|_| scene.resident(0, ".."));
    scene
}

fn line(scene: &Scene, month: &str) -> String {
    scene.line(month, COLD, Component::Base)
}

/// Dossier § 1.4: 5.2, 6.1, 5.8, 4.9, 6.4, 5.6 from January to June.
const HALF_YEAR: &str = "1@2025-12-23=100 1@2026-01-23=105.2 1@2026-02-23=111.3 1@2026-03-23=117.1 \
    1@2026-04-23=122.0 1@2026-05-23=128.4 1@2026-06-23=134.0";

#[test]
fn between_two_readings() {
    // Dossier § 1.1: 419.120 − 412.385 = 6.735; × 47.36 = 318.9696
    assert_eq!(line(&cold("1@2026-08-23=412.385 1@2026-09-24=419.120"), "2026-09"), "6.735 × 47.36 = 318.97");
}

#[test]
fn nothing_consumed_is_a_line_of_nothing() {
    assert_eq!(line(&cold("1@2026-08-23=412.385 1@2026-09-24=412.385"), "2026-09"), "0 × 47.36 = 0.00");
}

#[test]
fn a_confirmed_roll_over() {
    // 10^5 − 99990 + 5.5 = 15.5; × 47.36 = 734.08
    assert_eq!(line(&cold("1@2026-08-23=99990 1@2026-09-24=+5.5"), "2026-09"), "15.5 × 47.36 = 734.08");
}

#[test]
fn a_roll_over_between_two_readings_of_a_month() {
    let scene = cold("1@2026-08-23=99980 1@2026-09-10=99990 1@2026-09-20=+5.5 1@2026-09-25=7.5");
    // 10 + 15.5 + 2 = 27.5; × 47.36 = 1302.40
    assert_eq!(line(&scene, "2026-09"), "27.5 × 47.36 = 1302.40");
}

#[test]
fn a_lower_reading_is_not_used_and_is_listed() {
    let scene = cold("1@2026-08-23=500 1@2026-09-24=50 1@2026-10-24=530");
    let september = scene.calc("2026-09");
    let reason = september.exceptions[0].reason.to_string();
    assert!(reason.contains("№1 от 24.09.2026 меньше предыдущего"), "{reason}");
    // Nothing to average: 12.99 by norm, as if there were no reading
    assert_eq!(show(&september, 1, COLD, Component::Base), "12.99 × 47.36 = 615.21");
    let mut scene = scene;
    // October starts from the reading of August: 530 − 500 − 12.99 = 17.01; × 47.36 = 805.5936
    let october = scene.walk("2026-09", "2026-10");
    assert_eq!(show(&october, 1, COLD, Component::Base), "17.01 × 47.36 = 805.59");
}

#[test]
fn a_meter_replaced_within_the_month() {
    let mut scene = bare();
    scene.flat_meter(1, COLD, "..2026-09-10", "1@2026-08-23=412.385 1@2026-09-10=415.000");
    scene.flat_meter(2, COLD, "2026-09-10..", "1@2026-09-10=0 1@2026-09-24=4.120");
    // 2.615 + 4.120 = 6.735
    assert_eq!(line(&scene, "2026-09"), "6.735 × 47.36 = 318.97");
}

#[test]
fn a_meter_replaced_on_the_first() {
    let mut scene = bare();
    scene.flat_meter(1, COLD, "..2026-09-01", "1@2026-08-23=412.385 1@2026-09-01=415.000");
    scene.flat_meter(2, COLD, "2026-09-01..", "1@2026-09-01=0 1@2026-09-24=4.120");
    assert_eq!(line(&scene, "2026-09"), "6.735 × 47.36 = 318.97");
    // August was read on the 23rd and has nothing of it
    assert!(!line(&scene, "2026-08").contains("6.735"));
}

#[test]
fn a_first_reading_only_begins_to_count() {
    assert_eq!(line(&cold("1@2026-09-24=412.385"), "2026-09"), "0 × 47.36 = 0.00");
}

#[test]
fn days_without_a_meter_go_by_the_norm() {
    let mut scene = bare();
    scene.flat_meter(2, COLD, "2026-09-16..", "1@2026-09-16=0 1@2026-09-24=4.120");
    let outcome = scene.calc("2026-09");
    // 12.99 × 15/30 + 4.120 = 10.615; × 47.36 = 502.7264
    assert_eq!(show(&outcome, 1, COLD, Component::Base), "10.615 × 47.36 = 502.73");
    assert_eq!(outcome.lines[0].basis, Basis::Mixed);
    assert!(outcome.meter_months.is_empty());
}

#[test]
fn two_meters_of_one_flat() {
    let mut scene = cold("1@2026-08-23=10 1@2026-09-24=12.5");
    scene.flat_meter(2, COLD, "..", "1@2026-08-23=100 1@2026-09-20=104.235");
    // 2.5 + 4.235 = 6.735
    assert_eq!(line(&scene, "2026-09"), "6.735 × 47.36 = 318.97");
}

#[test]
fn a_transformer_ratio() {
    let mut scene = cold("1@2026-08-23=10 1@2026-09-24=12.5");
    scene.premises(0).meters[0].ratio = d("20");
    assert_eq!(line(&scene, "2026-09"), "50 × 47.36 = 2368.00");
}

#[test]
fn three_averages_then_the_norm() {
    let mut scene = cold(HALF_YEAR);
    // 34.0/6 = 5.666667 → 5.667; × 47.36 = 268.38912
    for month in ["2026-07", "2026-08", "2026-09"] {
        let outcome = scene.calc(month);
        assert_eq!(show(&outcome, 1, COLD, Component::Base), "5.667 × 47.36 = 268.39");
        scene.earlier.remember(&outcome.meter_months, &outcome.house_months);
    }
    assert_eq!(line(&scene, "2026-10"), "12.99 × 47.36 = 615.21");
    let november = scene.walk("2026-10", "2026-11");
    assert_eq!(show(&november, 1, COLD, Component::Base), "12.99 × 47.36 = 615.21");
    assert_eq!(november.meter_months[0].basis, Basis::Norm);
}

#[test]
fn a_young_meter_is_averaged_over_its_life_and_a_newborn_goes_by_the_norm() {
    let young = cold("1@2026-05-23=0 1@2026-06-23=4 1@2026-07-23=9 1@2026-08-23=15");
    // 15/3 = 5; × 47.36
    assert_eq!(line(&young, "2026-09"), "5 × 47.36 = 236.80");
    let newborn = cold("1@2026-06-23=4 1@2026-07-23=9 1@2026-08-23=15");
    assert_eq!(line(&newborn, "2026-09"), "12.99 × 47.36 = 615.21");
}

#[test]
fn readings_come_back() {
    let mut scene = cold(&format!("{HALF_YEAR} 1@2026-10-23=154"));
    let october = scene.walk("2026-07", "2026-10");
    // 154 − 134 − 3 × 5.667 = 2.999; × 47.36 = 142.03264
    assert_eq!(show(&october, 1, COLD, Component::Base), "2.999 × 47.36 = 142.03");
    assert!(october.meter_months.is_empty());
}

#[test]
fn readings_come_back_below_what_was_charged() {
    let mut scene = cold(&format!("{HALF_YEAR} 1@2026-10-23=149"));
    let october = scene.walk("2026-07", "2026-10");
    // 149 − 134 − 17.001 = −2.001; × 47.36 = −94.76736
    assert_eq!(show(&october, 1, COLD, Component::Base), "0 × 47.36 = 0.00");
    assert_eq!(show(&october, 1, COLD, Component::CatchUp), "-2.001 × 47.36 = -94.77");
}

#[test]
fn a_silent_meter_beside_a_read_one_takes_what_the_norm_leaves() {
    let mut scene = cold("1@2026-08-23=10 1@2026-09-24=12.5");
    scene.flat_meter(2, COLD, "..", "");
    let outcome = scene.calc("2026-09");
    // 12.99 − 2.5 = 10.49 for the silent one, 12.99 in all
    assert_eq!(show(&outcome, 1, COLD, Component::Base), "12.99 × 47.36 = 615.21");
    assert_eq!(outcome.meter_months[0].volume, d("10.49"));
    let mut scene = cold("1@2026-08-23=10 1@2026-09-24=25");
    scene.flat_meter(2, COLD, "..", "");
    // The read one is above the norm by itself: 15; × 47.36 = 710.40
    assert_eq!(line(&scene, "2026-09"), "15 × 47.36 = 710.40");
}

#[test]
fn a_new_rate_divides_a_month_by_days_or_by_a_reading_of_that_day() {
    let mut scene = cold("1@2026-06-23=100 1@2026-07-25=113.120");
    scene.rules.tariffs.clear();
    scene.rate(COLD, 0, "..2026-07-16", "47.36");
    scene.rate(COLD, 0, "2026-07-16..", "51.90");
    // Dossier § 4.1: 13.120 × 15/31 = 6.348 → 300.64, the rest 6.772 → 351.47
    assert_eq!(line(&scene, "2026-07"), "13.12 × 51.9 = 652.11");
    scene.premises(0).meters.clear();
    scene.flat_meter(1, COLD, "..", "1@2026-06-23=100 1@2026-07-16=110 1@2026-07-25=113.120");
    // 10 × 47.36 = 473.60; 3.120 × 51.90 = 161.928
    assert_eq!(line(&scene, "2026-07"), "13.12 × 51.9 = 635.53");
}

#[test]
fn a_sold_flat_is_divided_by_the_reading_of_the_day_or_by_days() {
    let mut scene = cold("1@2026-08-23=100 1@2026-09-10=104 1@2026-09-24=110");
    let until = scene.fact("..2026-09-10", ());
    let since = scene.fact("2026-09-10..", ());
    let mut buyer = scene.account(0).clone();
    buyer.id = AccountId(2);
    buyer.open.0 = vec![since];
    scene.account(0).open.0 = vec![until];
    scene.premises(0).accounts.push(buyer);
    let volumes = |scene: &Scene| {
        let lines = scene.calc("2026-09").lines;
        lines.iter().map(|line| line.volume.normalize().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(volumes(&scene), ["4", "6"]);
    scene.premises(0).meters[0].readings.0.remove(1);
    // 10 × 9/30 = 3, the rest 7
    assert_eq!(volumes(&scene), ["3", "7"]);
    scene.premises(0).meters.clear();
    scene.flat_meter(1, COLD, "..", "1@2026-08-23=100 1@2026-09-10=104");
    // The buyer has not read it yet
    assert_eq!(volumes(&scene), ["4", "0"]);
}

#[test]
fn a_last_reading_on_the_day_of_a_new_rate_divides_alike_for_seller_and_buyer() {
    let mut scene = cold("1@2026-08-23=100 1@2026-09-16=115");
    scene.rules.tariffs.clear();
    scene.rate(COLD, 0, "..2026-09-16", "47.36");
    scene.rate(COLD, 0, "2026-09-16..", "51.90");
    let until = scene.fact("..2026-09-06", ());
    let since = scene.fact("2026-09-06..", ());
    let mut buyer = scene.account(0).clone();
    buyer.id = AccountId(2);
    buyer.open.0 = vec![since];
    scene.account(0).open.0 = vec![until];
    scene.premises(0).accounts.push(buyer);
    let outcome = scene.calc("2026-09");
    // All 15 lie before the new rate: 5 of 15 days are the seller's, 10 the buyer's; × 47.36 = 236.80 and 473.60
    assert_eq!(show(&outcome, 1, COLD, Component::Base), "5 × 47.36 = 236.80");
    assert_eq!(show(&outcome, 2, COLD, Component::Base), "10 × 47.36 = 473.60");
}

fn zones(readings: &str, rates: &[&str]) -> Scene {
    let mut scene = Scene::new();
    scene.plan(POWER, Method::Meter);
    for (part, rate) in (1..).zip(rates) {
        scene.rate(POWER, part, "..", rate);
    }
    scene.norm(POWER, 0, "..", "93");
    scene.resident(0, "..");
    scene.flat_meter(1, POWER, "..", readings);
    scene
}

#[test]
fn two_zones() {
    let scene =
        zones("1@2026-08-23=1000 2@2026-08-23=500 1@2026-09-23=1187 2@2026-09-23=594", &["6.21", "3.05"]);
    // Dossier § 1.8: 187 × 6.21 = 1161.27; 94 × 3.05 = 286.70
    assert_eq!(scene.line("2026-09", POWER, Component::Zone1), "187 × 6.21 = 1161.27");
    assert_eq!(scene.line("2026-09", POWER, Component::Zone2), "94 × 3.05 = 286.70");
}

#[test]
fn three_zones() {
    let readings =
        "1@2026-08-23=0 2@2026-08-23=0 3@2026-08-23=0 1@2026-09-23=62 2@2026-09-23=118 3@2026-09-23=102";
    let scene = zones(readings, &["6.84", "5.47", "3.05"]);
    // Dossier § 1.8: 424.08, 645.46, 311.10
    assert_eq!(scene.line("2026-09", POWER, Component::Zone1), "62 × 6.84 = 424.08");
    assert_eq!(scene.line("2026-09", POWER, Component::Zone2), "118 × 5.47 = 645.46");
    assert_eq!(scene.line("2026-09", POWER, Component::Zone3), "102 × 3.05 = 311.10");
}

#[test]
fn silent_zones_put_the_norm_on_the_first() {
    let scene = zones("1@2026-08-23=1000 2@2026-08-23=500", &["6.21", "3.05"]);
    let outcome = scene.calc("2026-09");
    // 93 × 6.21 = 577.53
    assert_eq!(show(&outcome, 1, POWER, Component::Zone1), "93 × 6.21 = 577.53");
    assert_eq!(show(&outcome, 1, POWER, Component::Zone2), "0 × 3.05 = 0.00");
    assert_eq!(outcome.meter_months.len(), 2);
}

#[test]
fn a_zone_meter_that_replaces_a_plain_one_needs_rates_only_from_its_day() {
    let mut scene = Scene::new();
    scene.plan(POWER, Method::Meter);
    scene.rate(POWER, 0, "..2026-09-16", "5.12");
    scene.rate(POWER, 1, "2026-09-16..", "6.21");
    scene.rate(POWER, 2, "2026-09-16..", "3.05");
    scene.flat_meter(1, POWER, "..2026-09-16", "1@2026-08-23=1000 1@2026-09-16=1100");
    let readings = "1@2026-09-16=0 2@2026-09-16=0 1@2026-09-25=60 2@2026-09-25=40";
    scene.flat_meter(2, POWER, "2026-09-16..", readings);
    let outcome = scene.calc("2026-09");
    assert_eq!(outcome.exceptions, []);
    // 512.00, 372.60, 122.00
    assert_eq!(show(&outcome, 1, POWER, Component::Base), "100 × 5.12 = 512.00");
    assert_eq!(show(&outcome, 1, POWER, Component::Zone1), "60 × 6.21 = 372.60");
    assert_eq!(show(&outcome, 1, POWER, Component::Zone2), "40 × 3.05 = 122.00");
}
