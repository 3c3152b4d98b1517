//! A month printed for everybody: in the order of delivery, once, whatever happens on the way, and tied to the ledger.

use kvartal::calc::money::Money;
use kvartal::job::document::{Media, Purpose, fetch};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::kill::Program;
use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::{Office, people, until, village};

const MARCH: &str = "2026-03";

async fn state(office: &Office, run: Uuid) -> (String, Option<String>) {
    let sql = "select state, failure->>'detail' from admin_data.job where id = $1";
    let row = office.root.query_one(sql, &[&run]).await.unwrap();
    (row.get(0), row.get(1))
}

/// Houses of a run as the desk shows them: place, house, invoices, sheets, number of the document.
async fn bundles(office: &Office, run: Uuid) -> Vec<(i32, i64, Option<i32>, Option<i64>, Option<String>)> {
    let sql = "select place, house_id, invoices, first_sheet, number from billing.print_bundle_list where print_run_id = $1 order by place";
    let rows = office.accountant.query(sql, &[&run]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4))).collect()
}

fn extracted(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}

#[tokio::test]
async fn an_unreleased_month_is_not_printed() {
    let office = Office::of(village().await).await;
    office.charge(MARCH).await;
    let refusal = office.accountant.tries("billing.print_run", json!({ "month": MARCH })).await;
    assert!(refusal.message.starts_with("Месяц 03.2026 не выпущен"), "{refusal:?}");
    let refusal = office.passport.tries("billing.print_run", json!({ "month": MARCH })).await;
    assert_eq!(refusal.code, "KV001", "{refusal:?}");
    office.release(MARCH).await;
    let nowhere = json!({ "month": MARCH, "district": "Луна" });
    let refusal = office.accountant.tries("billing.print_run", nowhere).await;
    assert!(refusal.message.starts_with("Участок «Луна» не найден"), "{refusal:?}");
}

/// Two houses: five accounts in Заречный and two in Горный, which comes first. What the run adds up to is what the ledger says, and what the files say.
#[tokio::test]
async fn a_month_is_printed_house_by_house_and_ties() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    assert_eq!(state(&office, run).await, ("done".to_owned(), None));
    let houses = bundles(&office, run).await;
    let told: Vec<_> =
        houses.iter().map(|(place, house, invoices, ..)| (*place, *house, *invoices)).collect();
    assert_eq!(told, [(1, 102, Some(2)), (2, 101, Some(5))]);
    let row = office
        .accountant
        .query_one(
            "select charged, payable, sheets, control from billing.print_run_list where id = $1",
            &[&run],
        )
        .await
        .unwrap();
    let (charged, payable): (Decimal, Decimal) = (row.get(0), row.get(1));
    let ledger: Decimal = office.value("select sum(amount) from billing_data.line where cause = 0").await;
    assert_eq!(charged, ledger);
    let mut total = Money::ZERO;
    let mut sheets = 0;
    for house in [101_i64, 102] {
        let id = "select document from billing.print_bundle_list where print_run_id = $1 and house_id = $2";
        let id: Uuid = office.accountant.query_one(id, &[&run, &house]).await.unwrap().get(0);
        let bytes = fetch(&*office.accountant, id, Media::Pdf, Purpose::Print).await.unwrap();
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        sheets += document.get_pages().len();
        // Of every sheet the first sum in roubles behind its number: the block of what is to pay (titles are drawn once for all).
        let text = extracted(&bytes);
        for sheet in text.split("-202603\n").skip(1) {
            let Some(sum) = sheet.lines().find_map(|line| line.strip_suffix(" руб.")) else { continue };
            let plain: String = sum.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
            total += Money::round(plain.replace(',', ".").parse().unwrap()).unwrap();
        }
    }
    assert_eq!(total.roubles(), payable);
    assert_eq!(row.get::<_, i64>(2), i64::try_from(sheets).unwrap());
    let control = fetch(&*office.accountant, row.get(3), Media::Pdf, Purpose::Get).await.unwrap();
    let text = extracted(&control);
    assert!(text.contains("КОНТРОЛЬНЫЙ ЛИСТ") && text.contains("ПД-1/"), "{text}");
}

/// With reasons every invoice has its back: the formula of each charge, down to the booked kopeck, and begins on a front page.
#[tokio::test]
async fn the_back_tells_why_each_sum_is_what_it_is() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH, "reasons": true })).await;
    office.settle().await;
    assert_eq!(state(&office, run).await, ("done".to_owned(), None));
    let id = "select document from billing.print_bundle_list where print_run_id = $1 and house_id = 101";
    let id: Uuid = office.accountant.query_one(id, &[&run]).await.unwrap().get(0);
    let bytes = fetch(&*office.accountant, id, Media::Pdf, Purpose::Print).await.unwrap();
    assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len() % 2, 0);
    let text = extracted(&bytes).replace(['\u{a0}', '\n'], " ");
    assert_eq!(text.matches("Почему столько:").count(), 5);
    let amount: String = office
        .value("select replace(amount::text, '.', ',') from billing_data.line where account_id = 41001 and service_id = 1 and cause = 0")
        .await;
    let kept = text.replace(' ', "");
    assert!(kept.contains(&format!("={amount}₽")), "{amount}: {text}");
}

/// A house that cannot be printed stops the run with its reason; what stands before it stands, and the run goes on from there.
#[tokio::test]
async fn a_run_goes_on_where_it_was_stopped() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let spoil = |component: &str| {
        format!(
            "alter table billing_data.line disable trigger all;
            update billing_data.line set component = {component} where account_id = 41001 and service_id = 1;
            alter table billing_data.line enable trigger all"
        )
    };
    let lines = "select tableoid::regclass::text from billing_data.line where account_id = 41001 limit 1";
    let table: String = office.value(lines).await;
    let spoil = |component: &str| spoil(component).replace("billing_data.line", &table);
    office.root.batch_execute(&spoil("99")).await.unwrap();
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    let (ended, reason) = state(&office, run).await;
    assert_eq!(ended, "failed");
    assert!(reason.as_ref().is_some_and(|told| told.contains("составляющая № 99")), "{reason:?}");
    let before = bundles(&office, run).await;
    assert!(before[0].4.is_some() && before[1].4.is_none(), "{before:?}");
    office.root.batch_execute(&spoil("1")).await.unwrap();
    office.accountant.execute("select admin.job_again($1)", &[&run]).await.unwrap();
    office.settle().await;
    assert_eq!(state(&office, run).await.0, "done");
    let after = bundles(&office, run).await;
    assert_eq!(after[0], before[0], "the first house was printed anew");
    assert!(after[1].4.is_some(), "{after:?}");
}

/// Both houses are asked for with one question. What the database refuses for the second is told of the second, and the first is printed.
#[tokio::test]
async fn a_house_the_database_refuses_keeps_none_before_it_back() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let refuse = "alter function billing.delivery_order(bigint) rename to delivery_order_of;
        create function billing.delivery_order(p_house bigint) returns bigint[] language plpgsql stable as $$ begin
            if p_house = 101 then perform admin.refuse('KV006', 'Дом закрыт', null, null); end if;
            return billing.delivery_order_of(p_house);
        end $$;
        alter function billing.delivery_order(bigint) owner to kvartal_api";
    office.root.batch_execute(refuse).await.unwrap();
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    let (ended, reason) = state(&office, run).await;
    assert_eq!(ended, "failed");
    assert!(reason.as_ref().is_some_and(|told| told.contains("Дом закрыт")), "{reason:?}");
    let houses = bundles(&office, run).await;
    assert!(houses[0].4.is_some() && houses[1].4.is_none(), "{houses:?}");
}

/// What was changed behind the program's back is told by the control sheet, which is not made then.
#[tokio::test]
async fn a_run_that_does_not_tie_has_no_control_sheet() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    let falsify = "update billing_data.print_bundle_done set charged = charged + 0.01 where place = 1;
        update admin_data.job set state = 'failed' where kind = 'billing.print_run'";
    office.root.batch_execute(falsify).await.unwrap();
    office.accountant.execute("select admin.job_again($1)", &[&run]).await.unwrap();
    office.settle().await;
    let (ended, reason) = state(&office, run).await;
    assert_eq!(ended, "failed");
    assert!(reason.as_ref().is_some_and(|told| told.starts_with("начислено: напечатано")), "{reason:?}");
}

/// A gate at which the second house of a print run is held up, once the first is kept.
pub async fn gate_at_the_second_house(office: &Office) -> Session {
    let stop = "create function public.stop() returns trigger language plpgsql as $$ begin
            if exists (select from billing_data.print_bundle_done) then perform pg_advisory_xact_lock_shared(777); end if;
            return new;
        end $$;
        grant execute on function public.stop() to public;
        create trigger stop before insert on billing_data.print_bundle_done for each row execute function public.stop()";
    office.root.batch_execute(stop).await.unwrap();
    let gate = Session::of_root(&office.db).await;
    gate.run("select pg_advisory_lock(777)").await.unwrap();
    gate
}

/// Lets through whoever stands there.
pub async fn opens(gate: &Session) {
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
}

/// The worker is killed while the second house is being printed: the next one prints that house, and no other again.
#[tokio::test]
async fn a_killed_run_prints_no_house_twice() {
    let mut office = Office::of(village().await).await;
    office.book(MARCH).await;
    office.dismiss().await;
    let gate = gate_at_the_second_house(&office).await;
    let worker = Program::start(&office.db.url(people::WORKER));
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    until("the second house stands at the gate", async || held_up(&office.root).await > 0).await;
    worker.kill();
    opens(&gate).await;
    let before = bundles(&office, run).await;
    assert!(before[0].4.is_some() && before[1].4.is_none(), "{before:?}");
    office.hire();
    office.settle().await;
    assert_eq!(state(&office, run).await.0, "done");
    let after = bundles(&office, run).await;
    assert_eq!(after[0], before[0]);
    // Numbers of the archive are without gaps: the half-printed house had drawn none.
    let numbers: Vec<&str> = after.iter().filter_map(|house| house.4.as_deref()).collect();
    assert!(numbers[0].starts_with("ПД-1/") && numbers[1].starts_with("ПД-2/"), "{numbers:?}");
}
