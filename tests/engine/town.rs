//! A made-up town that answers at once and always the same: what is behind the fake app.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kvartal::engine::effect::{Call, Operation, Query};

use kvartal::engine::msg::{Answer, Refusal, Rows};
use kvartal::engine::value::Value;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use uuid::Uuid;

type Row = BTreeMap<&'static str, Value>;

/// Surnames, in the order of their accounts from 41001 on.
pub const NAMES: [&str; 4] = ["Берёзкина", "Вишнякова", "Грушина", "Дубова"];

/// Refuses a reading of a sheet.
pub const REFUSED: &str = "999";

/// The session of whoever logs in.
pub const SESSION: Uuid = Uuid::from_u128(0x5e55);

/// What the server knows.
#[derive(Default)]
pub struct Town {
    pub area: Option<String>,
    pub readings: BTreeMap<String, String>,
    /// Whether a dial was said to have passed its end.
    pub passed: bool,
    pub made: BTreeSet<Uuid>,
    /// Every change in the order it was made.
    pub done: Vec<String>,
    pub must_change_password: bool,
    /// The charges, by service, instead of the usual nine.
    pub charges: Option<Vec<(i64, &'static str)>>,
    /// The month that is collected is no more.
    pub no_month: bool,
    /// The day, the state of the month and the seconds to the day's end, where the server tells of them.
    pub present: Option<Json>,
    /// Whether the operator meets this terminal for the first time.
    pub new_terminal: bool,
    /// Whether a session was lost, and its record.
    pub lost: bool,
    pub record: Json,
    /// Whether a session was left in order with drafts in its record.
    pub left: bool,
    /// What the operator may do, once it was changed.
    pub rights: Json,
    /// The long job that the next change begins.
    pub job: Option<Uuid>,
    /// What becomes of copied texts.
    pub copied: Json,
    /// Rows of a page of the lists that have pages; nothing = all of them.
    pub page: Option<usize>,
    /// The lists that were told already.
    told: std::cell::RefCell<BTreeSet<String>>,
}

fn day(day: u32) -> Value {
    NaiveDate::from_ymd_opt(2026, 3, day).map_or(Value::Null, Value::Day)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn decimal(text: &str) -> Value {
    Value::Dec(text.parse::<Decimal>().unwrap())
}

impl Town {
    pub fn load(&self, query: &Query) -> Rows {
        let mut found = self.rows(query);
        if let Some(after) = &query.after {
            let is_after = |row: &Row| {
                let key = query.order.iter().map(|order| row.get(order.column.as_str()).cloned());
                key.map(Option::unwrap_or_default).eq(after.iter().cloned())
            };
            let last = found.iter().position(is_after).expect("a page begins behind a row of this list");
            found.drain(..=last);
        }
        // Pages are short here, whatever a screen asks for at most; a list that is read again gets what it asks for.
        let asked = query.limit.unwrap_or(usize::MAX);
        let is_page = query.limit.is_some() && (query.after.is_some() || self.is_new(query));
        let page = self.page.filter(|_| is_page).unwrap_or(asked);
        let more = found.len() > page;
        found.truncate(page);
        let row = |row: Row| {
            query.columns.iter().map(|column| row.get(column.as_str()).cloned().unwrap_or_default()).collect()
        };
        Rows { rows: found.into_iter().map(row).collect(), more, ..Rows::default() }
    }

    /// Whether a list is asked for the first time.
    fn is_new(&self, query: &Query) -> bool {
        self.told.borrow_mut().insert(format!("{} {:?} {:?}", query.relation, query.by, query.filter))
    }

    fn rows(&self, query: &Query) -> Vec<Row> {
        match query.relation.as_str() {
            "admin.menu" => {
                [("100", "Поиск"), ("210", "Счёт"), ("332", "Обходы"), ("345", "Поверка"), ("410", "Месяцы")]
                    .map(|(code, title)| {
                        Row::from([("code", text(code)), ("title", text(title)), ("module", text("cards"))])
                    })
                    .to_vec()
            }
            "cards.search" => found(query),
            "cards.account_head" => vec![Row::from([
                ("number", text(&number(query))),
                ("address", text("Садовая, 1")),
                ("premises_id", Value::Int(1011)),
                ("house_id", Value::Int(101)),
                ("unit_id", Value::Int(101)),
                ("area_total", self.area_now()),
                ("balance_month", day(1)),
                ("balance", decimal("120.50")),
            ])],
            "cards.account_card" => {
                vec![Row::from([("number", text(&number(query))), ("unit_id", Value::Int(101))])]
            }
            "cards.premises_address" => vec![Row::from([("address", text("Садовая, 1, 1"))])],
            "cards.premises_area" => {
                vec![Row::from([
                    ("area_total", self.area_now()),
                    ("area_living", decimal("32.10")),
                    ("area_heated", decimal("54.30")),
                    ("rooms", Value::Int(2)),
                ])]
            }
            "billing.charge_list" => match &self.charges {
                Some(charges) => charges.iter().map(|(at, sum)| charge(*at, sum)).collect(),
                None => (1..=9).map(|at| charge(at, &format!("{at}.10"))).collect(),
            },
            "admin.session_list" => vec![Row::from([("id", Value::Id(SESSION)), ("screen", text("210"))])],
            "meters.route_list" => vec![Row::from([
                ("route_id", Value::Int(7)),
                ("name", text("Садовая, нечётная")),
                ("stops", Value::Int(6)),
            ])],
            "meters.verification_until" => vec![Row::from([("until", day(28))])],
            "meters.verification_list" => [51, 52]
                .map(|meter| Row::from([("meter_id", Value::Int(meter)), ("serial", text("ХВ"))]))
                .to_vec(),
            "meters.route_sheet" => (1..=6).map(|walk| self.stop(walk)).collect(),
            "claims.act_list" => vec![Row::from([
                ("act_id", Value::Int(9)),
                ("house_id", Value::Int(101)),
                ("number", text("А-1")),
                ("kind", text("Отопление: перерыв")),
                ("can_change", Value::Bool(true)),
            ])],
            "billing.month_list" if self.no_month => Vec::new(),
            "billing.month_list" => {
                vec![Row::from([("month", day(1)), ("state", text("collecting"))])]
            }
            _ => Vec::new(),
        }
    }

    fn area_now(&self) -> Value {
        decimal(self.area.as_deref().unwrap_or("54.30"))
    }

    fn stop(&self, walk: i64) -> Row {
        let mut row = Row::from([
            ("walk_no", Value::Int(walk)),
            ("meter_id", Value::Int(50 + walk)),
            ("register", Value::Int(1)),
            ("flat", text(&walk.to_string())),
            ("serial", text(&format!("ХВ-{walk}"))),
            ("last_value", decimal("100")),
            ("digits", Value::Int(5)),
            ("take_day", day(15)),
            ("lower_bound", decimal("100")),
            ("upper_bound", decimal("1000")),
        ]);
        if let Some(value) = self.readings.get(&(50 + walk).to_string()) {
            row.insert("value", decimal(value));
        }
        row
    }

    /// What a call answers; verdicts of rows come before it.
    pub fn call(&mut self, call: &Call) -> (Vec<Option<Refusal>>, Answer) {
        let answer = match call {
            Call::Login { password, .. } if password.0 == "не тот" => {
                refused("28P01", "Пароль не подошёл")
            }
            Call::Login { login, .. } => Answer::Done(json!({
                "login": login, "name": "Проверкина Анна", "session": SESSION, "today": "2026-03-15",
                "month": "2026-03-01", "month_state": "collecting", "must_change_password": self.must_change_password,
                "new_terminal": self.new_terminal,
                "left": if self.left { json!([SESSION]) } else { json!([]) },
                "lost": if self.lost { json!([{ "session": SESSION, "at": "10:42", "screen": "Счёт" }]) } else { json!([]) },
            })),
            Call::Function { name, .. } if name == "billing.desk_now" => {
                let usual =
                    json!({ "today": "2026-03-15", "month": "2026-03-01", "month_state": "collecting" });
                Answer::Done(self.present.clone().unwrap_or(usual))
            }
            Call::Preview(_) => Answer::Done(json!({
                "accounts": 1, "total": "12.30", "services": [], "rows": [], "more": 0, "unseen_accounts": 0,
                "unseen_total": "0", "exceptions": [],
            })),
            Call::Commit(operation) => self.commit(operation),
            Call::Settle(id) if self.made.contains(id) => Answer::Done(json!({ "operation": id })),
            Call::Settle(_) => refused("KV003", "Такой операции нет"),
            Call::Sheet(rows) => {
                let verdicts = rows.iter().map(|row| match self.commit(row) {
                    Answer::Refused(refusal) => Some(refusal),
                    _ => None,
                });
                return (verdicts.collect(), Answer::Done(Json::Null));
            }
            Call::Function { name, args } if name == "cards.account_by_number" => {
                match args.first().map(|(_, value)| value) {
                    Some(Value::Text(number)) if number.starts_with("410") => {
                        Answer::Done(json!(number.parse::<i64>().unwrap()))
                    }
                    _ => refused("KV003", "Счёта с таким номером нет"),
                }
            }
            Call::Function { name, .. } if name == "admin.session_rights" => {
                Answer::Done(self.rights.clone())
            }
            Call::Function { name, .. } if name == "admin.session_take" => Answer::Done(self.record.clone()),
            _ => Answer::Done(Json::Null),
        };
        (Vec::new(), answer)
    }

    /// Makes a change, once.
    pub fn commit(&mut self, operation: &Operation) -> Answer {
        let args = &operation.args;
        let fact = if args["facts"].is_null() { args } else { &args["facts"][0] };
        let value = fact["value"].as_str().map_or_else(|| fact["value"].to_string(), str::to_owned);
        if value == REFUSED {
            return refused("KV005", "Показание меньше прежнего");
        }
        if self.made.insert(operation.id) {
            let area = &fact["area_total"];
            let area = area.as_str().map_or_else(|| area.to_string(), str::to_owned);
            match operation.kind.as_str() {
                "cards.premises_area" => self.area = Some(area.clone()),
                "meters.reading" | "meters.sheet_reading" => {
                    drop(self.readings.insert(fact["meter_id"].to_string(), value.clone()));
                    self.passed |= fact["rolled_over"] == json!(true);
                }
                _ => {}
            }
            self.done.push(format!("{} {area} {value}", operation.kind));
        }
        Answer::Done(json!({ "operation": operation.id, "job": self.job }))
    }
}

fn found(query: &Query) -> Vec<Row> {
    let line = query.by.iter().find(|(name, _)| name == "p_line").map(|(_, value)| value.clone());
    let Some(Value::Text(line)) = line else { return Vec::new() };
    let row = |(at, name): (usize, &&str)| {
        Row::from([
            ("kind", text("account")),
            ("id", Value::Int(41_001 + i64::try_from(at).unwrap())),
            ("title", text(name)),
            ("subtitle", text("Садовая, 1")),
        ])
    };
    NAMES.iter().enumerate().filter(|(_, name)| name.contains(&line)).map(row).collect()
}

fn charge(at: i64, sum: &str) -> Row {
    Row::from([
        ("month", day(1)),
        ("sort", Value::Int(at)),
        ("service_id", Value::Int(at)),
        ("contract_id", Value::Int(1)),
        ("service", text(&format!("Услуга {at}"))),
        ("charged", decimal(sum)),
        ("total", decimal(sum)),
    ])
}

fn number(query: &Query) -> String {
    match query.by.first() {
        Some((_, Value::Int(id))) => id.to_string(),
        _ => String::new(),
    }
}

pub fn refusal(code: &str, message: &str) -> Refusal {
    Refusal { code: code.to_owned(), message: message.to_owned(), detail: None, hint: None }
}

fn refused(code: &str, message: &str) -> Answer {
    Answer::Refused(refusal(code, message))
}
