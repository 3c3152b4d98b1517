//! The law built into the calculator is the law a new database is filled with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kvartal::format::case::{duty_scale, law, parameter_kinds, quality_table};
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

/// A value `kvartal calc` takes is one the base takes.
#[tokio::test]
async fn the_built_in_kinds_of_parameters_are_those_of_a_new_database() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let sql = "select p.code, k.told, k.least, k.most, k.digits::int from cards_data.parameter p
        join cards_data.parameter_kind k on k.name = p.kind";
    type Kind = (String, Option<Decimal>, Option<Decimal>, Option<u32>);
    let mut stored: BTreeMap<String, Kind> = BTreeMap::new();
    for row in root.query(sql, &[]).await.unwrap() {
        let digits: Option<i32> = row.get(4);
        let kind = (row.get(1), row.get(2), row.get(3), digits.map(|digits| u32::try_from(digits).unwrap()));
        stored.insert(row.get(0), kind);
    }
    let mut told = 0;
    for kind in parameter_kinds().unwrap() {
        for parameter in &kind.of {
            let code = serde_json::to_value(parameter).unwrap().as_str().unwrap().to_owned();
            let wanted = (kind.told.clone(), kind.least, kind.most, kind.digits);
            assert_eq!(stored.get(&code), Some(&wanted), "{code}");
            told += 1;
        }
    }
    assert!(told >= 45, "only {told} parameters have a kind");
}

/// First day, above, base, percent, least, most.
type Banded = (NaiveDate, Decimal, Decimal, Decimal, Option<Decimal>, Option<Decimal>);

#[tokio::test]
async fn the_built_in_scale_of_state_duty_is_that_of_a_new_database() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let sql = "select valid_from, above, base, percent, least, most from cards_data.duty_band
        where retracted is null and not void";
    let mut stored: Vec<Banded> = root
        .query(sql, &[])
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let number = |at| row.get::<_, Option<Decimal>>(at).map(|number| number.normalize());
            let sure = |at| number(at).unwrap();
            (row.get(0), sure(1), sure(2), sure(3), number(4), number(5))
        })
        .collect();
    stored.sort();
    let mut built_in: Vec<Banded> = duty_scale()
        .unwrap()
        .0
        .iter()
        .map(|fact| {
            let band = fact.value;
            let [above, base, percent] =
                [band.above, band.base, band.percent].map(|number| number.normalize());
            let [least, most] = [band.least, band.most].map(|number| number.map(|number| number.normalize()));
            (fact.days.from, above, base, percent, least, most)
        })
        .collect();
    built_in.sort();
    assert_eq!(built_in.len(), 15);
    assert_eq!(built_in, stored);
}

#[tokio::test]
async fn the_built_in_table_of_bad_quality_is_that_of_a_new_database() {
    let db = Db::fresh().await;
    let root = db.root().await;
    let sql = "select d.title, d.measure::text, l.since, l.month_hours, l.once_hours, l.rate, l.unit_hours, l.required,
            l.tolerance_day, l.tolerance_night, l.tolerance_up, l.step, l.bound
        from claims_data.deficiency_limit l join claims_data.deficiency d on d.id = l.deficiency_id
        where l.retracted is null and not l.void";
    let mut stored: Vec<(String, String, Vec<Option<Decimal>>)> = root
        .query(sql, &[])
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let number = |at| row.get::<_, Option<Decimal>>(at).map(|number| number.normalize());
            (row.get(0), row.get(1), (2..13).map(number).collect())
        })
        .collect();
    stored.sort();
    let mut built_in = Vec::new();
    for deficiency in quality_table().unwrap() {
        let measure = serde_json::to_value(deficiency.measure).unwrap().as_str().unwrap().to_owned();
        for fact in &deficiency.limits.0 {
            let limit = &fact.value;
            let numbers = [
                limit.since,
                limit.month_hours,
                limit.once_hours,
                Some(limit.rate),
                Some(limit.unit_hours),
                limit.required,
                Some(limit.tolerance_day),
                Some(limit.tolerance_night),
                limit.tolerance_up,
                limit.step,
                limit.bound,
            ];
            let numbers = numbers.map(|number| number.map(|number| number.normalize())).to_vec();
            built_in.push((deficiency.title.clone(), measure.clone(), numbers));
        }
    }
    built_in.sort();
    assert!(built_in.len() >= 20, "{}", built_in.len());
    assert_eq!(built_in, stored);
}
