//! Pictures of units: the same facts as the rows, valid for one version of the unit and one month, never the truth.

use kvartal::calc::facts::UnitFacts;
use kvartal::calc::period::Month;
use kvartal::db::connect::Client;
use kvartal::db::load::{self, Depth};
use kvartal::db::picture;
use serde_json::json;

use crate::common::{Office, people, village};

const MONTH: &str = "2026-03";

fn month() -> Month {
    MONTH.parse().unwrap()
}

/// The village with its pictures drawn, and the worker's eyes.
async fn drawn() -> (Office, Client) {
    let office = Office::of(village().await).await;
    office.draws().await;
    let worker = office.db.as_role(people::WORKER).await;
    (office, worker)
}

async fn kept(worker: &Client, month: Month) -> Vec<(i64, Option<UnitFacts>)> {
    let kept = picture::kept(worker, (1, i64::MAX), month).await.unwrap();
    kept.iter().map(|unit| (unit.id(), unit.facts())).collect()
}

#[tokio::test]
async fn a_picture_is_what_the_rows_say() {
    let (_office, worker) = drawn().await;
    let kept = kept(&worker, month()).await;
    let rows = load::from_rows(&worker, (1, i64::MAX), Depth::Month(month())).await.unwrap();
    assert!(rows.iter().any(|unit| !unit.houses[0].premises.is_empty()), "an empty village proves nothing");
    assert_eq!(kept.into_iter().map(|(_, facts)| facts.unwrap()).collect::<Vec<_>>(), rows);
}

#[tokio::test]
async fn a_picture_is_not_read_for_another_month() {
    let (_office, worker) = drawn().await;
    assert!(kept(&worker, month().next()).await.iter().all(|(_, facts)| facts.is_none()));
}

#[tokio::test]
async fn a_change_of_a_house_leaves_it_without_a_picture_and_the_others_with_theirs() {
    let (office, worker) = drawn().await;
    let unit: i64 = office.value("select unit_id from cards_data.premises where id = 1011").await;
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "50.00", "area_living": "30.00", "area_heated": "50.00", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", area).await;
    for (id, facts) in kept(&worker, month()).await {
        assert_eq!(facts.is_none(), id == unit, "unit {id}");
    }
}

#[tokio::test]
async fn what_was_read_before_a_change_is_not_kept_after_it() {
    let (office, worker) = drawn().await;
    let unit: i64 = office.value("select unit_id from cards_data.premises where id = 1011").await;
    let version = picture::version(&worker, unit).await.unwrap().unwrap();
    let old = load::from_rows(&worker, (unit, unit), Depth::Month(month())).await.unwrap();
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "50.00", "area_living": "30.00", "area_heated": "50.00", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", area).await;
    picture::keep(&worker, &old[0], version, month()).await.unwrap();
    let (_, facts) = kept(&worker, month()).await.into_iter().find(|(id, _)| *id == unit).unwrap();
    assert_eq!(facts, None);
}

/// A picture that a worker of another build drew, or a disk spoilt, is no reason to stop: the rows are there.
#[tokio::test]
async fn a_picture_that_cannot_be_read_is_none() {
    let (office, worker) = drawn().await;
    let spoil = "update billing_data.unit_picture set facts = substr(facts, 1, length(facts) - 1)";
    office.root.execute(spoil, &[]).await.unwrap();
    assert!(kept(&worker, month()).await.iter().all(|(_, facts)| facts.is_none()));
    let units = load::units(&worker, 1, i64::MAX, Depth::Month(month())).await.unwrap();
    assert_eq!(units, load::from_rows(&worker, (1, i64::MAX), Depth::Month(month())).await.unwrap());
}

#[tokio::test]
async fn every_beginning_of_a_picture_is_refused() {
    let (_office, worker) = drawn().await;
    for facts in load::from_rows(&worker, (1, i64::MAX), Depth::Month(month())).await.unwrap() {
        let whole = picture::packed(&facts);
        assert_eq!(picture::unpacked(&whole).as_ref(), Some(&facts));
        assert!((0..whole.len()).all(|length| picture::unpacked(&whole[..length]).is_none()));
    }
}

#[tokio::test]
async fn a_picture_of_another_form_is_not_read() {
    let (office, worker) = drawn().await;
    office.root.execute("update billing_data.unit_picture set form = form + 1", &[]).await.unwrap();
    assert!(kept(&worker, month()).await.iter().all(|(_, facts)| facts.is_none()));
}

/// Houses of which some have a picture and some have none are all there, in order.
#[tokio::test]
async fn pictures_and_rows_make_one_town() {
    let (office, worker) = drawn().await;
    let rows = load::from_rows(&worker, (1, i64::MAX), Depth::Month(month())).await.unwrap();
    for one in &rows {
        office.draws().await;
        let gone = "delete from billing_data.unit_picture where unit_id = $1";
        office.root.execute(gone, &[&one.unit.0]).await.unwrap();
        assert_eq!(load::units(&worker, 1, i64::MAX, Depth::Month(month())).await.unwrap(), rows);
    }
}

#[tokio::test]
async fn operators_do_not_see_pictures() {
    let (office, _worker) = drawn().await;
    let client = office.db.as_role(people::CENTRE).await;
    let refused = client.query("select from billing_data.unit_picture", &[]).await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "42501");
}
