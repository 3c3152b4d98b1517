//! Values a database might answer with, long on purpose: what does not fit them does not fit a real town either.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use unicode_width::UnicodeWidthStr;
use uuid::Uuid;

use crate::engine::effect::Query;
use crate::engine::model::{Part, Screen, Screens};
use crate::engine::msg::Rows;
use crate::engine::value::{Show, Value};
use crate::locale::{Lang, Words};
use crate::screen::contract::{Catalogue, Type};

/// Rows of every answer: more than a page of the largest terminal that is looked at.
const ROWS: usize = 60;

/// A long name.
pub(super) const PERSON: &str = "Константинопольская-Преображенская Александра";
const ADDRESS: &str = "г. Заречный, проспект Космонавтов, д. 105, корп. 2, кв. 1005";

/// Texts by the end of a column's name.
const TEXTS: &[(&str, &str)] = &[
    ("full_name", PERSON),
    ("holder", PERSON),
    ("person", PERSON),
    ("operator_name", PERSON),
    ("address", ADDRESS),
    ("number", "4100000001"),
    ("account", "4100000001"),
    ("operator", "kv_accountant"),
    ("host", "192.168.100.200"),
    ("service", "Горячее водоснабжение"),
    ("provider", "ООО «Заречные тепловые сети»"),
    ("company", "ООО «Управляющая компания „Рассвет“»"),
    ("serial", "АБ-12345678"),
    ("unit", "м³"),
    ("code", "210"),
    ("screen", "210"),
];

/// Samples of one set of screens.
pub(super) struct Samples<'s> {
    screens: &'s Screens,
    catalogue: &'s Catalogue,
    lang: Lang,
    /// How columns are shown: by relation and column.
    shows: BTreeMap<(String, String), Show>,
}

impl<'s> Samples<'s> {
    pub(super) fn of(screens: &'s Screens, catalogue: &'s Catalogue, lang: Lang) -> Self {
        let mut shows = BTreeMap::new();
        for screen in screens.values() {
            gather(screen, &mut shows);
        }
        Self { screens, catalogue, lang, shows }
    }

    /// What might be answered.
    pub(super) fn rows(&self, query: &Query) -> Rows {
        let rows = if query.relation == "admin.menu" { self.menu(query) } else { self.made(query) };
        Rows { rows, ..Rows::default() }
    }

    fn made(&self, query: &Query) -> Vec<Vec<Value>> {
        let columns = self.catalogue.columns(&query.relation, query.is_function).unwrap_or_default();
        let kind = |wanted: &String| {
            let found = columns.iter().find(|(name, _)| name == wanted);
            found.map_or(Type::Text, |(_, kind)| *kind)
        };
        let row = |number: usize| {
            let value = |column: &String| self.value(&query.relation, column, kind(column), number);
            query.columns.iter().map(value).collect()
        };
        (0..ROWS).map(row).collect()
    }

    fn value(&self, relation: &str, column: &str, kind: Type, row: usize) -> Value {
        let show = self.shows.get(&(relation.to_owned(), column.to_owned()));
        match (kind, show) {
            (_, Some(Show::Choice(set))) => choice(set, kind, self.lang),
            // One large amount: columns are to hold it, and the sum of a page.
            (Type::Decimal, Some(Show::Money)) if row == 0 => Value::Dec(Decimal::new(-1_234_567, 2)),
            (Type::Decimal, Some(Show::Money)) => Value::Dec(Decimal::new(123_456, 2)),
            (Type::Decimal, _) => Value::Dec(Decimal::new(1_234_567, 3)),
            (Type::Int, _) => Value::Int(i64::try_from(row + 1).unwrap_or(1)),
            (Type::Day, Some(Show::Month)) => day(2026, 9, 1),
            (Type::Day, _) => day(2026, 9, 30),
            (Type::Moment, _) => moment(),
            (Type::Bool, _) => Value::Bool(true),
            (Type::Id, _) => Value::Id(Uuid::from_u128(row as u128 + 1)),
            (Type::Json, _) => Value::Json(json!({})),
            (Type::Text | Type::Other, _) => Value::from(text(column)),
        }
    }

    /// The head of the menu of somebody who may open everything: dialogs are painted over it, and a new screen is not to
    /// repaint them all.
    fn menu(&self, query: &Query) -> Vec<Vec<Value>> {
        let with_code = self.screens.values().filter(|screen| !screen.code.is_empty());
        let mut items: Vec<&Screen> = with_code.map(AsRef::as_ref).collect();
        items.sort_by(|one, other| one.code.cmp(&other.code));
        items.truncate(8);
        let value = |screen: &Screen, column: &String| match column.as_str() {
            "code" => Value::Text(screen.code.clone()),
            "title" => Value::Text(plain_title(screen)),
            "module" => Value::from(screen.name.split('/').next().unwrap_or_default()),
            _ => Value::Null,
        };
        items
            .iter()
            .map(|screen| query.columns.iter().map(|column| value(screen, column)).collect())
            .collect()
    }
}

/// The words of a title without its values.
fn plain_title(screen: &Screen) -> String {
    let parts = screen.title.0.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Value(..) => None,
    });
    parts.collect::<String>().trim().to_owned()
}

fn gather(screen: &Screen, shows: &mut BTreeMap<(String, String), Show>) {
    use crate::engine::model::Name;
    let mut put = |source: usize, column: usize, show: &Show| {
        let Some(source) = screen.sources.get(source).filter(|_| *show != Show::Plain) else { return };
        let Some(column) = source.columns.get(column) else { return };
        shows.insert((source.relation.clone(), column.clone()), show.clone());
    };
    for field in &screen.fields {
        if let Some(Name::Column { source, column }) = &field.from {
            put(*source, *column, &field.show);
        }
    }
    for grid in &screen.grids {
        grid.columns.iter().for_each(|column| put(grid.source, column.column, &column.show));
    }
    for part in &screen.title.0 {
        if let Part::Value(Name::Column { source, column }, show) = part {
            put(*source, *column, show);
        }
    }
}

/// The code whose word is the longest of its set.
fn choice(set: &str, kind: Type, lang: Lang) -> Value {
    let prefix = format!("choice-{set}-");
    let codes = lang.source().lines().filter_map(|line| line.strip_prefix(&prefix)?.split(' ').next());
    let words = Words::of(lang);
    let longest = codes.max_by_key(|code| words.text(&format!("{prefix}{code}")).width()).unwrap_or_default();
    match kind {
        Type::Int => Value::Int(longest.parse().unwrap_or_default()),
        Type::Bool => Value::Bool(true),
        _ => Value::from(longest),
    }
}

fn text(column: &str) -> &'static str {
    let found = TEXTS.iter().find(|(end, _)| column == *end || column.ends_with(&format!("_{end}")));
    found.map_or("Образец значения, которое длиннее обычного", |(_, text)| text)
}

fn day(year: i32, month: u32, day: u32) -> Value {
    NaiveDate::from_ymd_opt(year, month, day).map_or(Value::Null, Value::Day)
}

fn moment() -> Value {
    let day = NaiveDate::from_ymd_opt(2026, 9, 30);
    day.and_then(|day| day.and_hms_opt(23, 59, 0)).map_or(Value::Null, Value::Moment)
}

/// What a screen might be opened with.
pub(super) fn key(name: &str) -> Value {
    match name {
        "month" => day(2026, 9, 1),
        "account" => Value::from("4100000001"),
        "kind" => Value::from("account"),
        "operation" => Value::Id(Uuid::from_u128(1)),
        _ => Value::Int(1),
    }
}

/// What might lie in an inbox folder.
pub(super) fn folder() -> Json {
    let file = |number: usize, rest: Json| {
        let mut file = json!({
            "name": format!("Показания счётчиков за сентябрь 2026, обход {number}.csv"), "size": 1_363_148 / number, "at": "2026-09-30T23:59:00",
            "encoding": "CP1251", "head": ["Лицевой счёт;Прибор;Дата;Показание", "4100000001;АБ-12345678;30.09.2026;1234,567"],
        });
        rest.as_object().into_iter().flatten().for_each(|(name, value)| file[name] = value.clone());
        file
    };
    let known = json!({ "known_on": "12.10.2026", "known": format!("12.10.2026 14:05, {PERSON}; строк 120, отказано 2") });
    let bad = json!({ "problem": "huge", "head": [], "encoding": null, "size": 70_254_592 });
    let files = (1..=30).map(|number| {
        file(
            number,
            if number == 1 {
                known.clone()
            } else if number == 3 {
                bad.clone()
            } else {
                json!({})
            },
        )
    });
    json!({ "path": "/srv/operator/kvartal/inbox", "files": files.collect::<Vec<_>>(), "older": 12 })
}

/// What a paper might say.
pub(super) fn paper() -> Json {
    json!({ "lines": ["                   СПРАВКА О СОСТАВЕ СЕМЬИ", "", "    Выдана Калининой Вере Павловне."] })
}

/// What a worker might explain.
pub(super) fn explanation() -> Json {
    let step = |depth: u8, text: &str| json!({ "depth": depth, "text": text });
    let leaf = json!({
        "depth": 3, "text": "Показание «N1»: 130 м³ (от 20.08.2026, запись 281474976710717)",
        "fact": { "kind": "reading", "row": 1 },
    });
    let tree = json!([
        step(0, "Холодная вода, сентябрь 2026: 5,000 м³ × 47,36 ₽ = 236,80 ₽"),
        step(1, "Начислено: 236,8 → 236,80 ₽ (до 2 знаков)"),
        step(2, "Среднемесячный расход: 30 ÷ 6 = 5 м³"),
        leaf,
    ]);
    json!({ "lines": [{ "tree": tree, "trace": { "key": { "service": 1 } } }] })
}
