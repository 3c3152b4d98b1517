//! The document of one account from its card: looked at, issued into the archive with its number, and what it says stays.

use kvartal::document::invoice::{Invoice, Kind};
use kvartal::job::document::{self, Media, Purpose};
use kvartal::job::invoice::{self, typed};
use kvartal::job::paper::{self, library};
use serde_json::{Value, json};
use uuid::Uuid;

use super::invoice::{extracted, money};
use crate::common::{Clerk, Office, village};

const MARCH: &str = "2026-03";

/// What the screen shows before it is issued.
async fn draft(clerk: &Clerk, kind: &str, amount: Option<&str>) -> Result<Invoice, String> {
    let sql = "select billing.invoice_draft(41001, '2026-03-01', $1, $2::text::numeric)";
    match clerk.query_one(sql, &[&kind, &amount]).await {
        Ok(row) => Ok(invoice::said(row.get(0)).unwrap()),
        Err(error) => Err(error.as_db_error().unwrap().message().to_owned()),
    }
}

fn order(kind: &str) -> Value {
    json!({ "account_id": 41001, "month": "2026-03-01", "kind": kind })
}

async fn file(clerk: &Clerk, document: Uuid, media: Media) -> Vec<u8> {
    document::fetch(&**clerk, document, media, Purpose::Get).await.unwrap()
}

/// A sum as both papers write it, told apart by no-break spaces: as it is searched for, without them.
fn told(sum: kvartal::calc::money::Money) -> String {
    plain(&kvartal::document::number::money(sum))
}

fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[tokio::test]
async fn an_account_s_bill_is_issued_once_and_says_what_it_said() {
    let office = Office::of(village().await).await;
    office.charge(MARCH).await;
    let early = draft(&office.accountant, "month", None).await.unwrap_err();
    assert_eq!(early, "Месяц 03.2026 не выпущен: платёжных документов за него ещё нет");
    let refused = office.accountant.tries("billing.invoice", order("month")).await;
    assert_eq!((refused.code.as_str(), refused.message), ("KV006", early));
    office.release(MARCH).await;

    let seen = draft(&office.accountant, "month", None).await.unwrap();
    let issued = office.accountant.does("billing.invoice", order("month")).await;
    office.settle().await;
    let ledger: String =
        office.seen("select sum(closing)::text from billing.account_balance(41001, '2026-03-01')").await;
    assert_eq!(seen.totals.payable, money(&ledger));
    let sheet = extracted(&file(&office.accountant, issued, Media::Pdf).await);
    let text = String::from_utf8(file(&office.accountant, issued, Media::Text).await).unwrap();
    for line in &seen.lines {
        for sum in [line.charge, line.closing] {
            assert!(
                plain(&sheet).contains(&told(sum)) && plain(&text).contains(&told(sum)),
                "{}: {text}",
                line.service
            );
        }
    }
    assert!(plain(&text).contains(&format!("ИТОГОКОПЛАТЕ{}", told(seen.totals.payable))), "{text}");
    assert!(text.lines().all(|line| line.trim_matches('\u{c}').chars().count() <= 80), "{text}");
    let number = "select number from admin.document_list('41001')";
    let number: String = office.accountant.query_one(number, &[]).await.unwrap().get(0);
    assert!(number.starts_with("ПД-1/"), "{number}");

    // Money that comes later is on the next document, not on this one.
    let paid = json!({ "payments": [{ "account": "41001", "amount": "100.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" }] });
    office.accountant.does("finance.payment", paid).await;
    office.accountant.does("billing.invoice", order("month")).await;
    office.settle().await;
    assert_eq!(extracted(&file(&office.accountant, issued, Media::Pdf).await), sheet);
    let after = draft(&office.accountant, "month", None).await.unwrap();
    assert_eq!(after.totals.payable, seen.totals.payable - money("100.00"));
    let undo = office.accountant.tries("admin.undo", json!({ "operation": issued })).await;
    assert!(undo.to_string().contains("выдайте новый"), "{undo}");
}

#[tokio::test]
async fn a_debt_and_an_advance_are_issued_by_choice() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let advance = draft(&office.accountant, "prepayment", Some("500.00")).await.unwrap();
    assert_eq!((advance.kind, advance.totals.payable), (Kind::Prepayment, money("500.00")));
    let mut args = order("prepayment");
    args["amount"] = json!("500.00");
    let issued = office.accountant.does("billing.invoice", args).await;
    office.settle().await;
    let text = String::from_utf8(file(&office.accountant, issued, Media::Text).await).unwrap();
    assert!(text.contains("предоплатный (аванс)") && text.contains("500,00"), "{text}");
    // All of March is overdue: its day to pay has passed.
    let debt = draft(&office.accountant, "debt", None).await.unwrap();
    let ledger: String =
        office.seen("select sum(closing)::text from billing.account_balance(41001, '2026-03-01')").await;
    assert_eq!((debt.kind, debt.totals.payable), (Kind::Debt, money(&ledger)));
    let wrong = draft(&office.accountant, "correction", None).await.unwrap_err();
    assert_eq!(wrong, "Платёжного документа вида «correction» нет");
    let passport = draft(&office.passport, "month", None).await.unwrap_err();
    assert_eq!(passport, "Нет права на операцию «Платёжный документ счёта»");
    let south = Clerk::of(&office.db, village::SOUTH).await;
    assert_eq!(draft(&south, "month", None).await.unwrap_err(), "Счёт не найден или вам не виден");
}

/// The text has every part the sheet has: parts of a charge, grounds of a penalty, readings.
#[test]
fn the_text_tells_what_the_sheet_tells() {
    let invoice = crate::document::samples::typical();
    let templates = library::templates(None).unwrap();
    let text = paper::typed(&templates, typed::TEMPLATE, &typed::data(&invoice)).unwrap();
    let flat = plain(&text);
    for penalty in &invoice.penalties {
        assert!(flat.contains(&told(penalty.amount)), "{text}");
    }
    for part in invoice.lines.iter().flat_map(|line| &line.parts) {
        assert!(
            flat.contains(&told(part.charge)) && flat.contains(&plain(part.name)),
            "{}: {text}",
            part.name
        );
    }
    for meter in &invoice.meters {
        // A long number is told on two lines of its cell.
        assert!(meter.serial.split(' ').all(|word| text.contains(word)), "{}: {text}", meter.serial);
    }
}
