//! What happens in a history: changes of every kind of fact, payments, undoing, and the months going on.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::Office;
use crate::common::office::next;

use super::named::{named, undo};

/// One step.
pub enum Step {
    Change(&'static str, Value),
    /// What may be refused, for the month is not out, paid or spread already.
    Try(&'static str, Value),
    Undo(usize),
    Charge(String),
    Release(String),
    Seal(String),
}

/// Flats and rooms.
const PREMISES: [i64; 7] = [1011, 1012, 1013, 1015, 1016, 1021, 1022];

/// A history being made up.
pub struct Script {
    dice: ChaCha8Rng,
    done: Vec<Uuid>,
    /// The kinds of what was done.
    pub kinds: BTreeSet<&'static str>,
    pub(super) months: Vec<(String, &'static str)>,
    pub(super) readings: i64,
    /// The house that was last charged by containers, and from which month on.
    pub(super) contained: (i64, u32),
    /// The side the first step has, and how many steps there were.
    first: u32,
    steps: u32,
}

/// Kinds of steps beside the months going on.
const SIDES: u32 = 44;

impl Script {
    pub fn new(seed: u64) -> Self {
        let dice = ChaCha8Rng::seed_from_u64(seed);
        let first = u32::try_from((seed * 13 + 6) % u64::from(SIDES)).unwrap();
        let months = vec![("2026-03".to_owned(), "collecting")];
        Self {
            dice,
            done: Vec::new(),
            kinds: BTreeSet::new(),
            months,
            readings: 0,
            contained: (101, 2),
            first,
            steps: 0,
        }
    }

    pub(super) fn roll(&mut self, sides: u32) -> u32 {
        self.dice.next_u32() % sides
    }

    pub(super) fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::try_from(self.roll(u32::try_from(things.len()).unwrap())).unwrap()]
    }

    /// A day of this winter, spring or summer, so that changes reach released and open months alike.
    pub(super) fn day(&mut self) -> String {
        format!("2026-{:02}-{:02}", 2 + self.roll(6), 1 + self.roll(28))
    }

    /// Every other step is the next of all sides, so that none is missed for long; the others are thrown.
    fn side(&mut self) -> u32 {
        self.steps += 1;
        if self.steps.is_multiple_of(2) {
            self.roll(SIDES + 19)
        } else {
            (self.first + self.steps / 2) % SIDES
        }
    }

    /// The next step.
    pub fn next(&mut self) -> Step {
        match self.side() {
            0 | 1 => self.area(),
            2 | 3 => self.residence(),
            4 | 5 => self.reading(),
            6 => self.tariff(),
            7 => self.quantity(),
            8 => self.payment(),
            9 | 10 if !self.done.is_empty() => {
                Step::Undo(usize::try_from(self.roll(u32::try_from(self.done.len()).unwrap())).unwrap())
            }
            11 => self.absence(),
            12 => self.privilege(),
            13 => self.rule(),
            14 => self.act(),
            15 => self.subsidy(),
            16 => self.instalment(),
            17 => self.container_plan(),
            18 | 19 => self.containers(),
            20 => self.group_meter(),
            21 => self.group_reading(),
            22 => self.new_service(),
            23 => self.ranges(),
            24 => self.law(),
            25 => self.outage(),
            26 => self.share(),
            27 => self.overcharge(),
            28 => self.guest(),
            29 => self.heating_plan(),
            30 => self.meter_replaced(),
            31 => self.account_closed(),
            32 => self.norm(),
            33 | 34 => self.correction(),
            35 => self.off(),
            36 => self.common_area(),
            37 => self.owner(),
            38 => self.ready_amount(),
            39 => self.verified(),
            40 => self.containers(),
            41 => self.meter_removed(),
            42 => self.instalment(),
            43 => self.exemption(),
            _ => self.month(),
        }
    }

    /// Days of absence of many lengths, often side by side.
    fn absence(&mut self) -> Step {
        let from = Self::date(&self.day());
        let to = from + chrono::Days::new(1 + u64::from(self.roll(20)));
        let mut fact =
            json!({ "premises_id": 1013, "person_id": self.one_of(&[64, 65, 66]), "from": from, "to": to });
        if self.roll(4) == 0 {
            fact["void"] = json!(true);
        } else {
            fact["reason"] = json!("вахта");
        }
        Step::Change("passport.temporary_absence", json!({ "facts": [fact] }))
    }

    /// The id of the category is put in where the step is made.
    fn privilege(&mut self) -> Step {
        let (premises, person) = self.one_of(&[(1011, 61), (1013, 64), (1013, 66), (1015, 67)]);
        let mut fact =
            json!({ "premises_id": premises, "person_id": person, "category_id": null, "from": self.day() });
        if self.roll(4) == 0 {
            fact["void"] = json!(true);
        } else {
            fact["document"] = json!("справка");
        }
        Step::Change("billing.privilege", json!({ "facts": [fact] }))
    }

    fn rule(&mut self) -> Step {
        let (base, form) =
            (self.one_of(&["full", "norm_volume", "full_rate"]), self.one_of(&["discount", "cash"]));
        let percent = 10 * self.roll(11);
        Step::Change(
            "billing.privilege_rule",
            json!({
                "category_id": null, "service_id": self.one_of(&[1, 2, 3, 4]), "from": self.day(), "percent": percent.to_string(), "base": base,
                "covers": self.one_of(&["person", "family", "all"]), "funding": "federal", "form": form, "citation": "закон",
            }),
        )
    }

    /// A decision for one to six months: a sum that is often above the bill, or the numbers of the formula.
    fn subsidy(&mut self) -> Step {
        let (account, person) = self.one_of(&[(41001, 61), (41003, 64), (42001, 69)]);
        let first = 2 + self.roll(6);
        let mut decision = json!({
            "account_id": account, "person_id": person, "category_id": null, "from": format!("2026-{first:02}"),
            "through": format!("2026-{:02}", first + self.roll(5)), "form": self.one_of(&["discount", "discount", "cash"]),
            "document": "решение",
        });
        let measure = if self.roll(2) == 0 {
            json!({ "amount": format!("{}.{:02}", 100 + self.roll(9000), self.roll(100)) })
        } else {
            let income = (10_000 + self.roll(50_000)).to_string();
            json!({ "persons": 3, "income": income, "share": "18", "minimum": "16903", "standard": "3812.40" })
        };
        decision.as_object_mut().unwrap().extend(measure.as_object().unwrap().clone());
        Step::Change("billing.subsidy", decision)
    }

    /// One more meter of heat for both houses.
    fn group_meter(&mut self) -> Step {
        self.readings += 1;
        Step::Try(
            "meters.group_new",
            json!({
                "house_id": 101, "other_id": 102, "service_id": 5, "serial": format!("Г-{}", self.readings),
                "base": self.one_of(&["area", "persons"]), "from": self.day(), "initial": "100",
            }),
        )
    }

    /// Of the newest of them.
    fn group_reading(&mut self) -> Step {
        self.readings += 1;
        let month = 3 + self.roll(5);
        let value = 100 + i64::from(month) * 20 + self.readings;
        let fact = json!({
            "meter_id": null, "register": 1, "day": format!("2026-{month:02}-20"), "value": value.to_string(),
            "rolled_over": false, "source": "обход",
        });
        Step::Try("meters.reading", json!({ "facts": [fact], "twice": true }))
    }

    /// An outage of hours or days, of the house or of one account.
    fn act(&mut self) -> Step {
        let from = Self::date(&self.day());
        let to = from + chrono::Days::new(1 + u64::from(self.roll(10)));
        let (service, kind) = self.one_of(&[
            (2, "cold_interruption"),
            (3, "sewage_interruption"),
            (4, "hot_repair"),
            (4, "hot_composition"),
        ]);
        let mut act = json!({
            "house_id": 101, "service_id": service, "deficiency": kind, "number": "А-1", "drawn_on": to,
            "from_day": from, "from_time": format!("{:02}:00", self.roll(24)), "to_day": to, "to_time": "12:30",
        });
        if self.roll(3) == 0 {
            act["account"] = json!(self.one_of(&["41001", "41003"]));
        }
        Step::Change("claims.act", act)
    }

    pub(super) fn date(day: &str) -> chrono::NaiveDate {
        day.parse().unwrap()
    }

    fn area(&mut self) -> Step {
        let total = 30 + self.roll(50);
        let fact = json!({
            "premises_id": self.one_of(&PREMISES), "from": self.day(), "area_total": total.to_string(),
            "area_living": "20", "area_heated": total.to_string(), "rooms": 2
        });
        Step::Change("cards.premises_area", json!({ "facts": [fact] }))
    }

    fn residence(&mut self) -> Step {
        let (premises, person) =
            self.one_of(&[(1011, 61), (1011, 62), (1013, 66), (1015, 67), (1021, 69), (1022, 70)]);
        let mut fact = json!({ "premises_id": premises, "person_id": person, "from": self.day() });
        if self.roll(2) == 0 {
            fact["void"] = json!(true);
        } else {
            fact["is_temporary"] = json!(false);
        }
        Step::Change("passport.residence", json!({ "facts": [fact] }))
    }

    /// Readings grow with the calendar and with each other, so that most of them fit.
    fn reading(&mut self) -> Step {
        self.readings += 1;
        let meter = self.one_of(&METERS);
        let month = 3 + self.roll(5);
        let value = 1000 + i64::from(month) * 40 + self.readings;
        let fact = json!({
            "meter_id": meter, "register": 1, "day": format!("2026-{month:02}-{:02}", 18 + self.roll(8)),
            "value": value.to_string(), "rolled_over": false, "source": "обход"
        });
        Step::Try("meters.reading", json!({ "facts": [fact], "twice": true }))
    }

    fn tariff(&mut self) -> Step {
        let fact = json!({ "tariff_id": self.one_of(&[31, 32, 33]), "part": 0, "from": self.day(), "rate": format!("{}.{}", 20 + self.roll(40), self.roll(10)) });
        Step::Change("cards.tariff_rate", json!({ "facts": [fact] }))
    }

    fn quantity(&mut self) -> Step {
        let fact = json!({ "account_id": 41002, "service_id": 7, "from": self.day(), "quantity": self.roll(4).to_string() });
        Step::Change("cards.service_quantity", json!({ "facts": [fact] }))
    }

    /// The oldest month that is not released goes on, or the oldest released one is sealed.
    fn month(&mut self) -> Step {
        if self.roll(4) == 0
            && let Some((month, _)) = self.months.iter().find(|(_, state)| *state == "released")
        {
            return Step::Seal(month.clone());
        }
        match self.months.iter().find(|(_, state)| *state == "collecting" || *state == "charged") {
            Some((month, "charged")) => Step::Release(month.clone()),
            Some((month, _)) => Step::Charge(month.clone()),
            None => Step::Charge("2026-03".to_owned()),
        }
    }

    /// Does the step; undoing what is undone already, and ending what is not true, is refused and changes nothing.
    pub async fn perform(&mut self, office: &Office, step: &Step) {
        match step {
            Step::Change(kind, args) => {
                let clerk = if kind.starts_with("passport") { &office.passport } else { &office.centre };
                let (id, args) = (Uuid::new_v4(), named(office, kind, args.clone()).await);
                match clerk.operate(id, kind, &args, Some("проверка")).await {
                    Ok(_) => self.did(id, kind),
                    Err(error) => {
                        let told = error.to_string();
                        // Who moved away meanwhile is neither absent nor privileged there.
                        let known =
                            told.contains("прекращать нечего") || told.contains("не живёт и им не владеет");
                        assert!(known, "{kind} {args}: {error}");
                    }
                }
            }
            Step::Try(kind, args) => {
                let (id, args) = (Uuid::new_v4(), named(office, kind, args.clone()).await);
                let clerk = if kind.starts_with("passport") { &office.passport } else { &office.centre };
                match clerk.operate(id, kind, &args, Some("проверка")).await {
                    Ok(_) => self.did(id, kind),
                    Err(error) => assert!(["KV003", "KV004", "KV006"].contains(&error.code()), "{error}"),
                }
            }
            Step::Undo(place) => {
                if undo(office, self.done[*place]).await {
                    self.kinds.insert("admin.undo");
                }
            }
            Step::Charge(month) => {
                office.charge(month).await;
                self.kinds.insert("charge");
                self.set(month, "charged");
            }
            Step::Release(month) => {
                office.release(month).await;
                self.kinds.insert("release");
                self.set(month, "released");
                self.months.push((next(month), "collecting"));
            }
            Step::Seal(month) => {
                office.seal(month).await;
                self.kinds.insert("seal");
                self.set(month, "sealed");
            }
        }
    }

    fn did(&mut self, id: Uuid, kind: &'static str) {
        self.done.push(id);
        self.kinds.insert(kind);
    }

    fn set(&mut self, month: &str, state: &'static str) {
        for one in self.months.iter_mut().filter(|(name, _)| name == month) {
            one.1 = state;
        }
    }

    /// Open months that were calculated.
    pub fn open(&self) -> Vec<String> {
        self.months.iter().filter(|(_, state)| *state == "charged").map(|(month, _)| month.clone()).collect()
    }

    /// Months that have lines.
    pub fn calculated(&self) -> Vec<String> {
        self.months
            .iter()
            .filter(|(_, state)| *state != "collecting")
            .map(|(month, _)| month.clone())
            .collect()
    }

    /// The month nobody has calculated yet, when everything before it is released.
    pub fn collecting(&self) -> Option<String> {
        let open = self.months.iter().find(|(_, state)| *state == "collecting" || *state == "charged");
        open.filter(|(_, state)| *state == "collecting").map(|(month, _)| month.clone())
    }

    pub fn is_open(&self, month: &str) -> bool {
        self.months.iter().any(|(name, state)| name == month && *state == "charged")
    }

    /// One pass of undoing, newest first; says whether anything stood.
    pub async fn undo_what_stands(&self, office: &Office) -> bool {
        let mut stood = false;
        for id in self.done.iter().rev() {
            let undone = undo(office, *id).await;
            stood |= undone;
        }
        stood
    }
}

/// Meters of flats, of the communal flat, and the house's of heat.
const METERS: [i64; 5] = [51, 52, 53, 55, 56];
