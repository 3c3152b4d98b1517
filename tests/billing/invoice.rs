//! The invoice of a village's account: what the ledger says is what is printed, and nothing is printed that it does not say.

use kvartal::calc::money::Money;
use kvartal::calc::period::Month;
use kvartal::document::invoice::Invoice;
use kvartal::job::invoice::{self, InvoiceError};
use serde_json::json;

use crate::common::{Office, village};

const MARCH: &str = "2026-03";

async fn read(office: &Office, account: &str, month: &str, is_draft: bool) -> Result<Invoice, InvoiceError> {
    let month: Month = month.parse().unwrap();
    invoice::read(&*office.accountant, account, month, is_draft).await
}

fn money(text: &str) -> Money {
    Money::round(text.parse().unwrap()).unwrap()
}

/// What a reader of PDF takes from a file.
fn extracted(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}

#[tokio::test]
async fn an_unreleased_month_is_printed_as_a_draft_only() {
    let office = Office::of(village().await).await;
    office.charge(MARCH).await;
    let refused = read(&office, "41001", MARCH, false).await.unwrap_err().to_string();
    assert!(refused.starts_with("Месяц 03.2026 не выпущен"), "{refused}");
    let draft = read(&office, "41001", MARCH, true).await.unwrap();
    assert!(draft.is_draft);
    let text = extracted(&invoice::pdf(&draft).unwrap());
    assert!(text.contains("ЧЕРНОВИК") && text.contains("Черновик: платить"), "{text}");
    office.release(MARCH).await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    assert!(!extracted(&invoice::pdf(&invoice).unwrap()).contains("ЧЕРНОВИК"));
    assert_eq!(invoice.totals, draft.totals);
}

/// House 101: the centre has no account in a bank, so the providers are paid themselves.
#[tokio::test]
async fn the_sheet_says_what_the_ledger_says_and_asks_each_payee_s_sum() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    let ledger: String =
        office.seen("select sum(closing)::text from billing.account_balance(41001, '2026-03-01')").await;
    assert_eq!(invoice.totals.payable, money(&ledger));
    let payees: Vec<&str> = invoice.payees.iter().map(|share| share.payee.name.as_str()).collect();
    assert_eq!(payees.len(), 4, "{payees:?}");
    let sheet = invoice.lines.iter().map(|line| (line.service.as_str(), line.charge));
    let expected = office
        .chief
        .query("select s.name, b.charged::text from billing.account_balance(41001, '2026-03-01') b join cards.services s using (service_id) order by s.sort", &[])
        .await
        .unwrap();
    let expected: Vec<(String, Money)> = expected.iter().map(|row| (row.get(0), money(row.get(1)))).collect();
    let sheet: Vec<(String, Money)> = sheet.map(|(name, sum)| (name.to_owned(), sum)).collect();
    assert_eq!(sheet, expected);
    // The light by two registers: two parts that make one charge.
    let light = invoice.lines.iter().find(|line| line.service == "Электроснабжение").unwrap();
    assert_eq!(light.parts.len(), 2);

    // The centre opens an account: all of it is paid there.
    office
        .accountant
        .asserts(
            "cards.settlement_account",
            json!({ "organisation_id": 0, "from": "2026-03-01", "account": "40702810600000000123",
            "bank_name": "Банк", "bic": "049902707", "correspondent_account": "30101810000000000707" }),
        )
        .await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    assert_eq!(invoice.payees.len(), 1);
    assert_eq!(invoice.payees[0].payable(), money(&ledger));
    // One contract is paid directly all the same: the heat supplier's.
    office
        .centre
        .asserts("cards.contract_payee", json!({ "contract_id": 22, "from": "2026-03-01", "payee_id": 14 }))
        .await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    let heat: Money = invoice
        .lines
        .iter()
        .filter(|line| line.payee == place(&invoice, "Теплосеть"))
        .map(|line| line.closing)
        .sum();
    let direct: String = office
        .seen("select sum(closing)::text from billing.account_balance(41001, '2026-03-01') where contract_id = 22")
        .await;
    assert_eq!((invoice.payees.len(), heat), (2, money(&direct)));
}

fn place(invoice: &Invoice, payee: &str) -> usize {
    invoice.payees.iter().position(|share| share.payee.name == payee).unwrap()
}

/// What came in after the month is taken off the sum to pay, and stays outside the table.
#[tokio::test]
async fn payments_since_lower_what_is_to_pay() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let before = read(&office, "41001", MARCH, false).await.unwrap();
    let paid = json!({ "payments": [{ "account": "41001", "amount": "100.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" }] });
    office.accountant.does("finance.payment", paid).await;
    let after = read(&office, "41001", MARCH, false).await.unwrap();
    assert_eq!(after.totals.since, money("100.00"));
    assert_eq!(after.totals.payable, before.totals.payable - money("100.00"));
    assert_eq!(after.totals.closing, before.totals.closing);
    assert_eq!(after.last_payment.unwrap().amount, money("100.00"));
}

/// What is not understood is an error, never something that looks like it.
#[tokio::test]
async fn an_unknown_part_is_refused() {
    let office = Office::of(village().await).await;
    office.charge(MARCH).await;
    for (twist, told) in [
        ("component = 99", "составляющая № 99"),
        ("component = 1, basis = 77", "способ определения объёма № 77"),
    ] {
        let sql = format!("update billing_data.line set {twist} where account_id = 41001 and service_id = 1");
        office.root.batch_execute(&sql).await.unwrap();
        let refused = read(&office, "41001", MARCH, true).await.unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
}
