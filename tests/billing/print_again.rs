//! A print run that was stopped goes on, paper that was spoilt is taken again from its sheet, and a centre's own control sheet is its own.

use std::process::Command;

use kvartal::job::document::{Media, Purpose, fetch};
use serde_json::json;
use uuid::Uuid;

use super::print_run::{gate_at_the_second_house, opens};
use crate::common::office::held_up;
use crate::common::{Clerk, Office, people, until, village};

const MARCH: &str = "2026-03";

/// Numbers of the houses' documents in the order of delivery, and of the control sheet.
async fn printed(office: &Office, run: Uuid) -> (Vec<Option<String>>, Option<String>) {
    let houses = "select number from billing.print_bundle_list where print_run_id = $1 order by place";
    let rows = office.accountant.query(houses, &[&run]).await.unwrap();
    let control = "select control_number from billing.print_run_list where id = $1";
    let control = office.accountant.query_one(control, &[&run]).await.unwrap().get(0);
    (rows.iter().map(|row| row.get(0)).collect(), control)
}

async fn state(office: &Office, run: Uuid) -> String {
    office.root.query_one("select state from admin_data.job where id = $1", &[&run]).await.unwrap().get(0)
}

/// Stopped while a house is being kept: that house stands, nothing behind it is made, not even the control sheet; going on makes only
/// what is missing.
#[tokio::test]
async fn a_run_that_was_stopped_keeps_what_it_printed_and_goes_on() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let gate = gate_at_the_second_house(&office).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    until("the second house stands at the gate", async || held_up(&office.root).await > 0).await;
    let stranger = office.passport.execute("select admin.job_cancel($1)", &[&run]).await;
    assert!(stranger.is_err(), "the run of another is not stopped");
    office.accountant.execute("select admin.job_cancel($1)", &[&run]).await.unwrap();
    opens(&gate).await;
    office.settle().await;
    assert_eq!(state(&office, run).await, "cancelled");
    let (before, control) = printed(&office, run).await;
    assert_eq!((before[0].is_some(), control), (true, None));
    office.accountant.execute("select admin.job_again($1)", &[&run]).await.unwrap();
    office.settle().await;
    assert_eq!(state(&office, run).await, "done");
    let (after, control) = printed(&office, run).await;
    assert!(control.is_some());
    for (was, is) in before.iter().zip(&after) {
        assert!(is.is_some() && (was.is_none() || was == is), "{before:?} {after:?}");
    }
}

/// The paper jammed at the second sheet of the second house: files from there on, and the page to begin with.
#[tokio::test]
async fn a_run_is_taken_again_from_the_sheet_that_was_spoilt() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    let sql = "select r.number, b.first_sheet from billing.print_run_list r
        join billing.print_bundle_list b on b.print_run_id = r.id where r.id = $1 and b.place = 2";
    let row = office.accountant.query_one(sql, &[&run]).await.unwrap();
    let (number, first): (i64, i64) = (row.get(0), row.get(1));
    let home = tempfile::tempdir().unwrap();
    let taken = Command::new(env!("CARGO_BIN_EXE_kvartal"))
        .args([
            "print-run",
            "get",
            &number.to_string(),
            "--out",
            ".",
            "--from-sheet",
            &(first + 1).to_string(),
        ])
        .env("KVARTAL_URL", office.db.url(people::ACCOUNTANT))
        .current_dir(home.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&taken.stdout);
    assert!(said.contains("00002-dom-101.pdf: печатайте с 2-й страницы."), "{said}");
    let mut files: Vec<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(files[0] == "00002-dom-101.pdf" && files[1].starts_with("КЛ-1-"), "{files:?}");
}

/// A template of the centre's own is the control sheet's too.
#[tokio::test]
async fn the_control_sheet_is_made_by_the_centre_s_own_template() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let admin = Clerk::of(&office.db, people::ADMIN).await;
    let own = "+++\ntitle = \"Контрольный лист печати\"\n+++\nСверено у нас: {{ document }}\n";
    admin.does("admin.custom_put", json!({ "path": "reports/billing/print_control.md", "text": own })).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    let control = "select control from billing.print_run_list where id = $1";
    let control: Uuid = office.accountant.query_one(control, &[&run]).await.unwrap().get(0);
    let bytes = fetch(&*office.accountant, control, Media::Text, Purpose::Get).await.unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("Сверено у нас: КЛ-1/"));
}
