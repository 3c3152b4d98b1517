//! What holds for every house, not only for the worked cases.

use proptest::prelude::*;

use super::earlier::Earlier;
use super::facts::*;
use super::ids::{AccountId, Mark};
use super::line::Component;
use super::money::Money;
use super::period::Days;
use super::testing::*;
use super::timeline::*;
use super::unit::{Detail, Outcome, calc};

const MONTH: &str = "2026-07";

/// A random house: every method, changes on random days of July, meters with and without readings.
#[derive(Debug, Clone)]
struct Dice {
    flats: usize,
    changes: Vec<u32>,
    readings: Vec<(u32, bool)>,
    persons: Vec<(usize, u32, u32)>,
}

fn dice() -> impl Strategy<Value = Dice> {
    let changes = prop::collection::vec(1..32_u32, 6);
    let readings = prop::collection::vec((0..9_000_u32, prop::bool::weighted(0.8)), 9);
    let persons = prop::collection::vec((0..4_usize, 1..32_u32, 1..32_u32), 0..8);
    (2..4_usize, changes, readings, persons).prop_map(|(flats, changes, readings, persons)| Dice {
        flats,
        changes,
        readings,
        persons,
    })
}

fn july(day: u32) -> String {
    format!("2026-07-{day:02}")
}

impl Dice {
    fn scene(&self) -> Scene {
        let mut scene = Scene::new();
        let change = |index: usize| july(self.changes[index]);
        for (service, method) in [
            (COLD, Method::Meter),
            (HOT, Method::TwoComponent),
            (SEWAGE, Method::Waters),
            (POWER, Method::Meter),
            (HEATING, Method::HouseMeter),
            (UPKEEP, Method::AreaTotal),
        ] {
            scene.plan_on("..", service, method, service != UPKEEP && service != SEWAGE);
            scene.norm(service, 0, "..", "3.19");
            for part in 0..=3 {
                let (before, after) = (format!("..{}", change(0)), format!("{}..", change(0)));
                scene.rate(service, part, &before, "47.36");
                scene.rate(service, part, &after, "51.907");
            }
        }
        scene.norm(HOT, 2, "..", "0.0651");
        for flat in 1..=self.flats {
            scene.add_premises(flat as i64 + 1, (flat == self.flats).then_some(flat as i64));
            scene.area(flat, &format!("..{}", change(flat)), "41.17", "20");
            scene.area(flat, &format!("{}..", change(flat)), "48.3", "23.1");
            scene.owner(flat, "..");
        }
        for (flat, from, to) in &self.persons {
            let range = format!(
                "{}..{}",
                july(*from.min(to)),
                if from == to { "2026-09-01".into() } else { july(*from.max(to)) }
            );
            scene.resident(flat % (self.flats + 1), &range);
        }
        scene.owner(0, "..");
        for (id, service) in [(1, COLD), (2, COLD), (3, HOT), (4, POWER)] {
            let readings = self.readings(id, if service == POWER { 2 } else { 1 });
            scene.flat_meter(id as i64, service, "..", &readings);
        }
        let readings = self.readings(5, 1);
        let meter = scene.meter(5, HEATING, "..", &readings);
        scene.house().meters.push(meter);
        scene
    }

    /// Monthly readings of a meter; some are missing, one falls on a random day of July.
    fn readings(&self, seed: usize, registers: u32) -> String {
        let mut text = String::new();
        for register in 1..=registers {
            let mut value = 0;
            for (index, (step, given)) in self.readings.iter().enumerate() {
                value += step.rotate_left(seed as u32) % 977;
                let on = match index {
                    0..=5 => format!("2026-0{}-23", index + 1),
                    6 => july(self.changes[5]),
                    _ => continue,
                };
                if *given {
                    text += &format!("{register}@{on}={}.{:03} ", value / 10, step % 1000);
                }
            }
        }
        text
    }
}

fn shuffled<T>(list: &mut [T], by: usize) {
    list.reverse();
    let middle = by % list.len().max(1);
    list.rotate_left(middle);
}

fn plain(scene: &Scene) -> Outcome {
    calc(&scene.facts, &scene.rules, Mark::NOW, &scene.earlier, month(MONTH), Detail::Plain)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Explanations end in the amounts they explain ([`Scene::calc`] looks), and asking for them changes nothing.
    #[test]
    fn an_explanation_changes_nothing(dice in dice()) {
        let scene = dice.scene();
        let traced = scene.calc(MONTH);
        prop_assert_eq!(Outcome { traces: Vec::new(), ..traced }, plain(&scene));
    }

    #[test]
    fn the_order_of_facts_does_not_matter(dice in dice(), by in 0..7_usize) {
        let scene = dice.scene();
        let mut other = scene.clone();
        for timeline in other.rules.tariffs.values_mut() {
            shuffled(&mut timeline.0, by);
        }
        let house = other.house();
        shuffled(&mut house.plans.0, by);
        shuffled(&mut house.premises, by);
        for premises in &mut house.premises {
            shuffled(&mut premises.areas.0, by);
            shuffled(&mut premises.residences.0, by);
            shuffled(&mut premises.meters, by);
            premises.meters.iter_mut().for_each(|meter| shuffled(&mut meter.readings.0, by));
        }
        prop_assert_eq!(plain(&scene), plain(&other));
    }

    /// A fact cut in two by an operation that changed nothing says the same.
    #[test]
    fn a_cut_that_changes_nothing_changes_nothing(dice in dice(), on in 1..32_u32) {
        let scene = dice.scene();
        let mut other = scene.clone();
        let on = day(&july(on));
        other.rules.tariffs.values_mut().for_each(|timeline| cut(timeline, on));
        other.rules.norms.values_mut().for_each(|timeline| cut(timeline, on));
        let house = other.house();
        cut(&mut house.plans, on);
        for premises in &mut house.premises {
            cut(&mut premises.areas, on);
            cut(&mut premises.residences, on);
            premises.accounts.iter_mut().for_each(|account| cut(&mut account.open, on));
        }
        prop_assert_eq!(plain(&scene), plain(&other));
    }

    /// What was retracted before, or asserted after, the moment asked for is as if it had never been said.
    #[test]
    fn only_what_was_known_counts(dice in dice()) {
        let scene = dice.scene();
        let mut other = scene.clone();
        for premises in &mut other.house().premises {
            let doubled = premises.areas.0.iter().flat_map(|fact| {
                let wrong = Area { total: d("999"), ..fact.value.clone() };
                [
                    Fact { value: wrong.clone(), asserted: Mark(1), retracted: Mark(2), ..fact.clone() },
                    Fact { value: wrong, asserted: Mark(6), ..fact.clone() },
                    Fact { asserted: Mark(2), retracted: Mark(7), ..fact.clone() },
                ]
            });
            premises.areas.0 = doubled.collect();
        }
        let known = calc(&other.facts, &other.rules, Mark(5), &Earlier::default(), month(MONTH), Detail::Plain);
        prop_assert_eq!(plain(&scene).lines, known.lines);
    }

    /// A flat sold on any day: the volumes of both accounts are together what one account would have had, and so are the amounts.
    #[test]
    fn two_owners_sum_to_the_whole(dice in dice(), on in 2..32_u32) {
        let mut scene = dice.scene();
        // A reading on the day of the sale divides the volume by itself, so none may fall on it alone.
        prop_assume!(on != dice.changes[5]);
        let volume = |outcome: &Outcome, component| -> rust_decimal::Decimal {
            let ours = |line: &&super::line::Line| [AccountId(1), AccountId(77)].contains(&line.key.account)
                && line.key.service != UPKEEP && line.key.component == component;
            outcome.lines.iter().filter(ours).map(|line| line.volume).sum()
        };
        let whole = plain(&scene);
        let on = day(&july(on));
        let mut buyer = scene.account(0).clone();
        buyer.id = AccountId(77);
        buyer.open.0[0].days.from = on;
        scene.account(0).open.0[0].days.to = on;
        scene.premises(0).accounts.push(buyer);
        let parts = plain(&scene);
        for component in [Component::Base, Component::Zone1, Component::Zone2, Component::Water, Component::Heat, Component::CatchUp] {
            prop_assert_eq!(volume(&whole, component), volume(&parts, component), "{:?}", component);
        }
        let amount = |outcome: &Outcome, service| -> Money {
            let ours = |line: &&super::line::Line| [AccountId(1), AccountId(77)].contains(&line.key.account)
                && line.key.service == service;
            outcome.lines.iter().filter(ours).map(|line| line.amount).sum()
        };
        for service in [COLD, HOT, SEWAGE, POWER, UPKEEP] {
            prop_assert_eq!(amount(&whole, service), amount(&parts, service), "{:?}", service);
        }
    }

    /// Divided into zones at one price, consumption stays what it was.
    #[test]
    fn zones_sum_to_the_meter(first in 0..5_000_u32, second in 0..5_000_u32) {
        let priced = |readings: &str| {
            let mut scene = Scene::new();
            scene.plan(POWER, Method::Meter);
            (0..=2).for_each(|part| scene.rate(POWER, part, "..", "5.12"));
            scene.flat_meter(1, POWER, "..", readings);
            plain(&scene).lines.iter().map(|line| line.amount).sum::<Money>()
        };
        let zones = format!("1@2026-06-23=0 2@2026-06-23=0 1@2026-07-23={first} 2@2026-07-23={second}");
        let one = format!("1@2026-06-23=0 1@2026-07-23={}", first + second);
        prop_assert_eq!(priced(&zones), priced(&one));
    }
}

fn cut<T: Clone>(timeline: &mut Timeline<T>, on: chrono::NaiveDate) {
    let halves = timeline.0.iter().flat_map(|fact| {
        let Days { from, to } = fact.days;
        if !fact.days.contain(on) || from == on {
            return vec![fact.clone()];
        }
        let half = |days| Fact { days, ..fact.clone() };
        vec![half(Days { from: on, to }), half(Days { from, to: on })]
    });
    timeline.0 = halves.collect();
}
