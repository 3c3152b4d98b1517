//! The law built into the calculator is the law a new database is filled with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kvartal::format::case::law;
use rust_decimal::Decimal;

use crate::common::Db;

/// First day, last day, value; nothing where it is always so.
type Dated = (Option<NaiveDate>, Option<NaiveDate>, Decimal);

#[tokio::test]
async fn the_built_in_law_is_that_of_a_new_database() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let sql = "select p.code, v.valid_from, nullif(v.valid_to, 'infinity'), v.value
        from cards_data.parameter_value v join cards_data.parameter p on p.id = v.parameter_id
        where v.retracted is null and not v.void";
    let mut stored: BTreeMap<String, Vec<Dated>> = BTreeMap::new();
    let long_ago = NaiveDate::from_ymd_opt(2000, 1, 1);
    for row in root.query(sql, &[]).await.unwrap() {
        let from: NaiveDate = row.get(1);
        let value = (Some(from).filter(|day| Some(*day) != long_ago), row.get(2), row.get(3));
        stored.entry(row.get(0)).or_default().push(value);
    }
    let built_in = law().unwrap();
    assert!(built_in.len() >= 20, "{}", built_in.len());
    for (parameter, values) in built_in {
        let code = serde_json::to_value(parameter).unwrap().as_str().unwrap().to_owned();
        let mut wanted: Vec<_> = values
            .0
            .iter()
            .map(|fact| {
                let from = Some(fact.days.from).filter(|day| day.format("%Y").to_string() != "1900");
                (from, Some(fact.days.to).filter(|day| *day != NaiveDate::MAX), fact.value.normalize())
            })
            .collect();
        wanted.sort();
        let mut found = stored.remove(&code).unwrap_or_default();
        found.iter_mut().for_each(|value| value.2 = value.2.normalize());
        found.sort();
        assert_eq!(wanted, found, "{code}: src/format/case/law.toml and the migrations differ");
    }
}
