//! What may happen to the village: facts changed for any days, money taken and put right, months moved on, anything
//! undone. Each change is a call at the door; one that the door refuses is a change that did not happen.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::office::GROUND;
use crate::common::{Clerk, Office};
use kvartal::calc::period::Month;
use kvartal::db::error::DbError;

const ACCOUNTS: [i64; 7] = [41001, 41002, 41003, 41005, 41006, 42001, 42002];
const PREMISES: [i64; 8] = [1011, 1012, 1013, 1014, 1015, 1016, 1021, 1022];
/// Tariffs and their parts.
const RATES: [(i64, i32); 8] = [(31, 0), (32, 0), (33, 0), (34, 1), (34, 2), (35, 0), (36, 1), (37, 0)];
/// Norms, their parts and usual values, thousandths.
const NORMS: [(i64, i32, i64); 3] = [(42, 0, 4330), (44, 0, 3190), (44, 2, 65)];
/// Meters, registers, and how much they run in a month.
const METERS: [(i64, i32, i64); 7] =
    [(51, 1, 5), (52, 1, 4), (53, 1, 6), (54, 1, 100), (54, 2, 200), (55, 1, 3), (56, 1, 7)];

/// Over how many months averages are taken: the first thing a database gives an id to, and its node is 1.
const AVERAGE_MONTHS: i64 = (1 << 48) + 1;

/// A range of days around the months of the books; without an end it is open.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    from: u64,
    length: Option<u64>,
}

/// One change; the numbers are places in the lists above.
#[derive(Debug, Clone)]
pub enum Change {
    Area {
        premises: usize,
        total: u8,
        days: Range,
    },
    CommonArea {
        house: i64,
        total: u8,
        days: Range,
    },
    Residence {
        premises: usize,
        person: i64,
        lives: bool,
        days: Range,
    },
    Absence {
        premises: usize,
        person: i64,
        away: bool,
        days: Range,
    },
    Owner {
        premises: usize,
        person: i64,
        days: Range,
    },
    Reading {
        meter: usize,
        month: i32,
        more: Option<i64>,
    },
    Replacement {
        meter: usize,
        day: u64,
    },
    Removed {
        meter: usize,
        day: u64,
    },
    Rate {
        rate: usize,
        kopecks: u16,
        days: Range,
    },
    Norm {
        norm: usize,
        percent: u8,
        days: Range,
    },
    Parameter {
        value: u8,
        days: Range,
    },
    Off {
        account: usize,
        service: i64,
        days: Range,
    },
    Own {
        account: usize,
        days: Range,
    },
    HousePlan {
        house: i64,
        by_area: bool,
        days: Range,
    },
    Quantity {
        account: usize,
        quantity: u8,
        days: Range,
    },
    Ready {
        kopecks: u16,
        days: Range,
    },
    Closed {
        account: usize,
        days: Range,
    },
    Payment {
        account: usize,
        kopecks: u32,
        day: u64,
    },
    Correction {
        account: usize,
        service: i64,
        kopecks: i32,
        month: i32,
    },
    Charge {
        later: bool,
    },
    Release,
    Seal,
    /// Undo of one of the operations so far.
    Undo(prop::sample::Index),
}

/// The first day of the books.
fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn month(place: i32) -> Month {
    Month::of(first()).plus(place)
}

impl Range {
    fn of(self, mut fact: Value) -> Value {
        let from = first() - Days::new(60) + Days::new(self.from);
        fact["from"] = json!(from);
        if let Some(length) = self.length {
            fact["to"] = json!(from + Days::new(length));
        }
        fact
    }
}

impl Change {
    /// Makes the change; gives the operation, unless the door refused it.
    pub async fn happen(&self, office: &Office, done: &[Uuid]) -> Option<Uuid> {
        match self {
            Self::Charge { later } => return charge(office, *later).await,
            Self::Release | Self::Seal => return move_on(office, matches!(self, Self::Seal)).await,
            Self::Undo(_) if done.is_empty() => return None,
            _ => {}
        }
        let (clerk, kind, args) = self.asked(office, done);
        attempt(clerk, kind, args).await
    }

    fn asked<'o>(&self, office: &'o Office, done: &[Uuid]) -> (&'o Clerk, &'static str, Value) {
        let (accountant, centre, passport) = (&office.accountant, &office.centre, &office.passport);
        match *self {
            Self::Residence { .. } | Self::Absence { .. } | Self::Owner { .. } => {
                facts(passport, self.fact())
            }
            Self::Rate { .. } | Self::Norm { .. } | Self::Parameter { .. } | Self::HousePlan { .. } => {
                facts(centre, self.fact())
            }
            Self::Replacement { meter, day } => (accountant, "meters.replacement", replacement(meter, day)),
            Self::Payment { account, kopecks, day } => {
                (accountant, "finance.payment", payment(account, kopecks, day))
            }
            Self::Correction { account, service, kopecks, month: place } => (
                accountant,
                "billing.correction",
                json!({ "account_id": ACCOUNTS[account], "service_id": service, "contract_id": 21, "amount": hundredths(kopecks.into()), "source_month": month(place) }),
            ),
            Self::Undo(ref which) => (&office.chief, "admin.undo", json!({ "operation": which.get(done) })),
            _ => facts(accountant, self.fact()),
        }
    }

    /// The kind and the one fact of a change of facts.
    fn fact(&self) -> (&'static str, Value) {
        match *self {
            Self::Area { premises, total, days } => {
                let area = f(total, 1);
                ("cards.premises_area", days.of(json!({ "premises_id": PREMISES[premises], "area_total": area, "area_living": "10", "area_heated": area, "rooms": 1 })))
            }
            Self::CommonArea { house, total, days } => ("cards.house_area", days.of(json!({ "house_id": house, "area_common": f(total, 1) }))),
            Self::Residence { premises, person, lives, days } => {
                let key = json!({ "premises_id": PREMISES[premises], "person_id": person });
                ("passport.residence", days.of(given(key, lives, "is_temporary", json!(false))))
            }
            Self::Absence { premises, person, away, days } => {
                let key = json!({ "premises_id": PREMISES[premises], "person_id": person });
                ("passport.temporary_absence", days.of(given(key, away, "reason", json!("вахта"))))
            }
            Self::Owner { premises, person, days } => (
                "passport.ownership",
                days.of(json!({ "premises_id": PREMISES[premises], "owner_no": 2, "person_id": person, "share_numerator": 1, "share_denominator": 2 })),
            ),
            Self::Reading { meter, month: place, more } => ("meters.reading", reading(meter, place, more)),
            Self::Removed { meter, day } => ("meters.installed", Range { from: day, length: None }.of(json!({ "meter_id": METERS[meter].0, "void": true }))),
            Self::Rate { rate, kopecks, days } => {
                let (tariff, part) = RATES[rate];
                ("cards.tariff_rate", days.of(json!({ "tariff_id": tariff, "part": part, "rate": hundredths(kopecks.into()), "citation": "приказ" })))
            }
            Self::Norm { norm, percent, days } => {
                let (norm, part, usual) = NORMS[norm];
                ("cards.norm_value", days.of(json!({ "norm_id": norm, "part": part, "value": format!("{}e-5", usual * i64::from(percent)) })))
            }
            Self::Parameter { value, days } => ("cards.parameter_value", days.of(json!({ "parameter_id": AVERAGE_MONTHS, "value": value, "citation": "проверка" }))),
            Self::Off { account, service, days } => ("cards.account_plan", days.of(json!({ "account_id": ACCOUNTS[account], "service_id": service, "is_off": true }))),
            Self::Own { account, days } => (
                "cards.account_plan",
                days.of(json!({ "account_id": ACCOUNTS[account], "service_id": 2, "is_off": false, "contract_id": 25, "method": "persons", "tariff_id": 32, "norm_id": 42 })),
            ),
            Self::HousePlan { house, by_area, days } => {
                let method = if by_area { "area_total" } else { "house_meter" };
                ("cards.house_plan", days.of(json!({ "house_id": house, "service_id": 5, "contract_id": 22, "method": method, "tariff_id": 35 })))
            }
            Self::Quantity { account, quantity, days } => ("cards.service_quantity", days.of(json!({ "account_id": ACCOUNTS[account], "service_id": 7, "quantity": quantity }))),
            Self::Ready { kopecks, days } => ("cards.ready_amount", days.of(json!({ "account_id": 42001, "service_id": 8, "amount": hundredths(kopecks.into()) }))),
            Self::Closed { account, days } => ("cards.account_open", days.of(json!({ "account_id": ACCOUNTS[account], "void": true }))),
            _ => unreachable!("{self:?} is not a change of a fact"),
        }
    }
}

fn facts<'o>(clerk: &'o Clerk, (kind, fact): (&'static str, Value)) -> (&'o Clerk, &'static str, Value) {
    (clerk, kind, json!({ "facts": [fact] }))
}

/// A fact with its value, or the word that nothing is true.
fn given(mut key: Value, true_then: bool, name: &str, value: Value) -> Value {
    if true_then {
        key[name] = value;
    } else {
        key["void"] = json!(true);
    }
    key
}

fn reading(meter: usize, place: i32, more: Option<i64>) -> Value {
    let (id, register, step) = METERS[meter];
    let day = month(place).first_day() + Days::new(19);
    let key = json!({ "meter_id": id, "register": register, "day": day });
    let Some(more) = more else { return given(key, false, "", Value::Null) };
    // The village is read up to February, three months after the first reading.
    let mut fact = given(key, true, "value", json!(1000 + step * i64::from(place + 4) + more));
    fact["rolled_over"] = json!(false);
    fact["source"] = json!("payer");
    fact
}

fn replacement(meter: usize, day: u64) -> Value {
    let (id, _, step) = METERS[meter];
    let registers = if id == 54 { 2 } else { 1 };
    let last = vec![json!(1000 + step * 6); registers];
    json!({ "meter_id": id, "day": first() + Days::new(day), "final": last, "serial": "новый", "initial": vec![json!(0); registers] })
}

fn payment(account: usize, kopecks: u32, day: u64) -> Value {
    let day = first() + Days::new(day);
    let row = json!({ "account": ACCOUNTS[account].to_string(), "amount": hundredths(kopecks.into()), "paid_on": day, "cash_day": day, "source": "касса" });
    json!({ "payments": [row] })
}

fn hundredths(number: i64) -> String {
    format!("{number}e-2")
}

/// A number with so many places.
fn f(number: u8, places: u8) -> String {
    format!("{number}e-{places}")
}

async fn attempt(clerk: &Clerk, kind: &str, args: Value) -> Option<Uuid> {
    let id = Uuid::new_v4();
    match clerk.operate(id, kind, &args, Some(GROUND)).await {
        Ok(_) => Some(id),
        Err(DbError::Refused(_)) => None,
        Err(error) => panic!("{kind} {args}: {error:?}"),
    }
}

/// Charges the first open month, or the one after it.
async fn charge(office: &Office, later: bool) -> Option<Uuid> {
    let open = "select to_char(month, 'YYYY-MM') from billing_data.month where state in ('collecting', 'charged') order by month";
    let months = office.root.query(open, &[]).await.unwrap();
    let month: String = months.get(usize::from(later))?.get(0);
    attempt(&office.centre, "billing.charge", json!({ "month": month })).await;
    None
}

/// Makes the control, accepts and signs, where the month is charged; else the release is refused, which is as good.
async fn signed(office: &Office, month: &str) {
    let state = "select state from billing_data.month where to_char(month, 'YYYY-MM') = $1";
    if office.root.query_one(state, &[&month]).await.unwrap().get::<_, &str>(0) == "charged" {
        office.sign(month).await;
    }
}

/// Releases the first month that is not, or seals the first that is not.
async fn move_on(office: &Office, seal: bool) -> Option<Uuid> {
    office.settle().await;
    let next = "select to_char(min(month), 'YYYY-MM') from billing_data.month where state = any ($1)";
    let states: &[&str] = if seal { &["released"] } else { &["collecting", "charged"] };
    let month: Option<String> = office.root.query_one(next, &[&states]).await.unwrap().get(0);
    let month = month?;
    let (kind, args) = if seal {
        ("billing.seal", json!({ "month": month }))
    } else {
        signed(office, &month).await;
        (
            "billing.release",
            json!({ "month": month, "cash_day": format!("{}-01", crate::common::office::next(&month)) }),
        )
    };
    attempt(&office.centre, kind, args).await;
    None
}

fn range() -> impl Strategy<Value = Range> {
    (0..240_u64, prop::option::weighted(0.6, 1..100_u64)).prop_map(|(from, length)| Range { from, length })
}

/// Any change.
pub fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        12 => (fact_of_a_flat(), Just(())).prop_map(|(change, ())| change),
        6 => fact_of_all(),
        5 => (0..7_usize, 100..900_000_u32, 0..150_u64).prop_map(|(account, kopecks, day)| Change::Payment { account, kopecks, day }),
        2 => (0..7_usize, 1..6_i64, -50_000..50_000_i32, -2..4_i32).prop_map(|(account, service, kopecks, month)| Change::Correction { account, service, kopecks, month }),
        4 => prop::bool::weighted(0.2).prop_map(|later| Change::Charge { later }),
        4 => Just(Change::Release),
        2 => Just(Change::Seal),
        5 => any::<prop::sample::Index>().prop_map(Change::Undo),
    ]
}

fn fact_of_a_flat() -> impl Strategy<Value = Change> {
    let (account, premises, meter) = (|| 0..ACCOUNTS.len(), || 0..PREMISES.len(), || 0..METERS.len());
    prop_oneof![
        3 => (premises(), 110..250_u8, range()).prop_map(|(premises, total, days)| Change::Area { premises, total, days }),
        3 => (premises(), 61..71_i64, any::<bool>(), range()).prop_map(|(premises, person, lives, days)| Change::Residence { premises, person, lives, days }),
        3 => (premises(), 61..71_i64, prop::bool::weighted(0.8), range()).prop_map(|(premises, person, away, days)| Change::Absence { premises, person, away, days }),
        1 => (premises(), 61..71_i64, range()).prop_map(|(premises, person, days)| Change::Owner { premises, person, days }),
        6 => (meter(), 0..5_i32, prop::option::weighted(0.8, -4..9_i64)).prop_map(|(meter, month, more)| Change::Reading { meter, month, more }),
        1 => (meter(), 0..120_u64).prop_map(|(meter, day)| Change::Replacement { meter, day }),
        1 => (meter(), 60..180_u64).prop_map(|(meter, day)| Change::Removed { meter, day }),
        1 => (account(), 1..6_i64, range()).prop_map(|(account, service, days)| Change::Off { account, service, days }),
        1 => (account(), range()).prop_map(|(account, days)| Change::Own { account, days }),
        1 => (account(), 0..4_u8, range()).prop_map(|(account, quantity, days)| Change::Quantity { account, quantity, days }),
        1 => (1..60_000_u16, range()).prop_map(|(kopecks, days)| Change::Ready { kopecks, days }),
        1 => (account(), range()).prop_map(|(account, days)| Change::Closed { account, days }),
    ]
}

fn fact_of_all() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..RATES.len(), 1..60_000_u16, range()).prop_map(|(rate, kopecks, days)| Change::Rate { rate, kopecks, days }),
        1 => (0..NORMS.len(), 50..200_u8, range()).prop_map(|(norm, percent, days)| Change::Norm { norm, percent, days }),
        1 => (1..8_u8, range()).prop_map(|(value, days)| Change::Parameter { value, days }),
        1 => (101..103_i64, 10..90_u8, range()).prop_map(|(house, total, days)| Change::CommonArea { house, total, days }),
        1 => (101..103_i64, any::<bool>(), range()).prop_map(|(house, by_area, days)| Change::HousePlan { house, by_area, days }),
    ]
}
