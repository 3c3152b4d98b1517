//! The invoice of a village's account: what the ledger says is what is printed, and nothing is printed that it does not say.

use kvartal::calc::money::Money;
use kvartal::calc::period::Month;
use kvartal::document::invoice::Invoice;
use kvartal::document::invoice_form::payer_is;
use kvartal::job::door::Session;
use kvartal::job::invoice::{self, InvoiceError, reasons};
use kvartal::output::pdf::Meta;
use serde_json::json;

use crate::common::{Office, people, village};

const MARCH: &str = "2026-03";

async fn read(office: &Office, account: &str, month: &str, is_draft: bool) -> Result<Invoice, InvoiceError> {
    let month: Month = month.parse().unwrap();
    invoice::read(&*office.accountant, account, month, is_draft).await
}

pub(super) fn money(text: &str) -> Money {
    Money::round(text.parse().unwrap()).unwrap()
}

/// What a reader of PDF takes from a file.
pub(super) fn extracted(bytes: &[u8]) -> String {
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

/// A house at once, in the order of delivery: flats by number, rooms of a flat by number. One file, each sum once.
#[tokio::test]
async fn a_house_is_one_file_in_the_order_of_delivery() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let month: Month = MARCH.parse().unwrap();
    let day = "2026-04-01".parse().unwrap();
    let invoices = invoice::read_house(&*office.accountant, 101, month, false, day).await.unwrap();
    let accounts: Vec<&str> = invoices.iter().map(|invoice| invoice.account.as_str()).collect();
    assert_eq!(accounts, ["41001", "41002", "41003", "41005", "41006"]);
    for invoice in &invoices {
        let alone = read(&office, &invoice.account, MARCH, false).await.unwrap();
        assert_eq!(alone.totals, invoice.totals, "{}", invoice.account);
    }
    let meta = Meta { title: String::new(), author: String::new(), date: day };
    let bundled = invoice::bundle(&invoices, &meta).unwrap();
    assert_eq!(lopdf::Document::load_mem(&bundled.bytes).unwrap().get_pages().len(), bundled.pages);
    let text = extracted(&bundled.bytes);
    for invoice in &invoices {
        assert!(text.contains(&invoice.number), "{}", invoice.number);
    }
    // What they share is written once: the bundle is smaller than its sheets alone.
    let alone: usize = invoices.iter().map(|invoice| invoice::pdf(invoice).unwrap().len()).sum();
    assert!(bundled.bytes.len() * 2 < alone, "{} of {alone}", bundled.bytes.len());
    let refused = invoice::read_house(&*office.accountant, 999, month, false, day).await.unwrap_err();
    assert!(refused.to_string().starts_with("Дом № 999 не найден"), "{refused}");
}

/// March and April are out, to be paid by the 15th of the month after. 100,00 came in; on 1 May only March is overdue, and of it what was
/// not paid; on 1 June both are, by month: the sum is what the ledger says is owed.
#[tokio::test]
async fn an_overdue_debt_is_a_document_of_its_own() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let month: Month = MARCH.parse().unwrap();
    let early = invoice::debt(&*office.accountant, "41002", month, "2026-04-10".parse().unwrap()).await;
    assert!(early.unwrap_err().to_string().starts_with("По счёту 41002 просроченного долга нет"));
    let paid = json!({ "payments": [{ "account": "41002", "amount": "100.00", "paid_on": "2026-04-20", "cash_day": "2026-04-20", "source": "касса" }] });
    office.accountant.does("finance.payment", paid).await;
    let debt =
        invoice::debt(&*office.accountant, "41002", month, "2026-05-01".parse().unwrap()).await.unwrap();
    let closing: String =
        office.seen("select sum(closing)::text from billing.account_balance(41002, '2026-03-01')").await;
    assert_eq!(debt.totals.payable, money(&closing) - money("100.00"));
    assert!(debt.asked.iter().all(|one| one.month == Some(month)), "{:?}", debt.asked);
    let text = extracted(&invoice::pdf(&debt).unwrap());
    assert!(text.contains("долговой, на 01.05.2026"), "{text}");
}

/// A line of nothing for somebody who is owed nothing else, heating in summer paid directly, keeps no bill back.
#[tokio::test]
async fn a_line_of_nothing_keeps_no_bill_back() {
    let office = Office::of(village().await).await;
    office.charge(MARCH).await;
    let table: String = office
        .value("select tableoid::regclass::text from billing_data.line where account_id = 41001 limit 1")
        .await;
    let sql = "select min(l.service_id) from billing_data.line l join cards_data.contract c on c.id = l.contract_id
        where l.account_id = 41001 and l.cause = 0 group by c.provider_id having count(distinct l.service_id) = 1 limit 1";
    let service: i64 = office.value(sql).await;
    let empty = format!(
        "alter table {table} disable trigger all;
        update {table} set volume = 0, amount = 0 where account_id = 41001 and service_id = {service};
        alter table {table} enable trigger all"
    );
    office.root.batch_execute(&empty).await.unwrap();
    let draft = read(&office, "41001", MARCH, true).await.unwrap();
    let line = draft.lines.iter().find(|line| draft.payees[line.payee].closing == Money::ZERO).unwrap();
    assert_eq!((line.charge, line.closing), (Money::ZERO, Money::ZERO));
    invoice::pdf(&draft).unwrap();
}

/// An organisation that holds the account of premises nobody can live in is the payer, and nobody is counted there.
#[tokio::test]
async fn an_organisation_pays_for_premises_nobody_lives_in() {
    let office = Office::of(village().await).await;
    let hands_over = "update cards_data.account_holder set person_id = null, organisation_id = 15 where account_id = 41002;
        update cards_data.premises set kind = 'non_residential' where id = (select premises_id from cards_data.account where id = 41002)";
    office.root.batch_execute(hands_over).await.unwrap();
    office.book(MARCH).await;
    let name: String = office.value("select name from cards_data.organisation where id = 15").await;
    let invoice = read(&office, "41002", MARCH, false).await.unwrap();
    assert_eq!((invoice.payer.as_str(), invoice.residents), (name.as_str(), None));
    let debt = invoice::debt(&*office.accountant, "41002", invoice.month, "2026-05-01".parse().unwrap())
        .await
        .unwrap();
    let text = extracted(&invoice::pdf(&debt).unwrap());
    assert!(text.contains("ИЗВЕЩЕНИЕ о долге на 01.05.2026") && !text.contains("Проживает"), "{text}");
    assert_eq!(read(&office, "41003", MARCH, false).await.unwrap().residents, Some(3));
}

/// What a payer is to the premises: a person hires a dwelling (ЖК 60, ГК 671 п. 1); an organisation takes one, and anybody a shop, on lease
/// (ГК 671 п. 2, 606).
#[tokio::test]
async fn a_payer_is_called_by_what_he_holds() {
    let office = Office::of(village().await).await;
    let changes = "update cards_data.account_holder set person_id = null, organisation_id = 15 where account_id in (41002, 41005);
        update cards_data.premises set kind = 'non_residential' where id in (1011, 1012)";
    office.root.batch_execute(changes).await.unwrap();
    for (premises, tenure) in
        [(1011, "commercial"), (1012, "ownership"), (1013, "social"), (1015, "commercial")]
    {
        let right = json!({ "premises_id": premises, "from": "2026-01-01", "tenure": tenure });
        office.passport.asserts("passport.premises_tenure", right).await;
    }
    office.book(MARCH).await;
    let mut called = Vec::new();
    for account in ["41001", "41002", "41003", "41005", "41006"] {
        let invoice = read(&office, account, MARCH, false).await.unwrap();
        called.push(payer_is(invoice.tenure));
    }
    assert_eq!(called, ["Арендатор", "Собственник", "Наниматель", "Арендатор", "Плательщик"]);
}

/// A house is explained at once, in the words each of its accounts would hear alone.
#[tokio::test]
async fn a_house_is_explained_as_its_accounts_are() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let mut door = Session::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let day = "2026-03-01".parse().unwrap();
    let house = reasons::of_house(door.reasons(101, day).await.unwrap()).unwrap();
    let accounts: Vec<&str> = house.keys().map(String::as_str).collect();
    assert_eq!(accounts, ["41001", "41002", "41003", "41005", "41006"]);
    for (account, told) in &house {
        let alone = door.explain(account, day).await.unwrap();
        assert!(!told.is_empty() && *told == reasons::of_answer(&alone), "{account}: {told:?}");
    }
}

/// 100,01 in advance is shared among the services as their charges are, and no kopeck is lost; without a sum it is what a month costs.
#[tokio::test]
async fn an_advance_is_shared_among_services() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let month: Month = MARCH.parse().unwrap();
    let named = invoice::prepayment(&*office.accountant, "41001", month, 12, Some("100.01".parse().unwrap()))
        .await
        .unwrap();
    assert_eq!(named.totals.payable, money("100.01"));
    assert!(named.asked.len() > 3, "{:?}", named.asked);
    let average = invoice::prepayment(&*office.accountant, "41001", month, 12, None).await.unwrap();
    let charged: String =
        office.value("select sum(amount)::text from billing_data.line where account_id = 41001").await;
    assert_eq!(average.totals.payable, money(&charged));
    invoice::pdf(&average).unwrap();
}

/// Debts and advances of a house: those that have one, in the order of delivery, each as it would be alone.
#[tokio::test]
async fn debts_and_advances_of_a_house_are_those_of_its_accounts() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let month: Month = MARCH.parse().unwrap();
    // 15 April is the day to pay March: on the 10th nothing is overdue, on 1 May everything that was not paid.
    let early = "2026-04-10".parse().unwrap();
    assert!(invoice::debts_of_house(&*office.accountant, 101, month, early).await.unwrap().is_empty());
    let closing: String =
        office.seen("select sum(closing)::text from billing.account_balance(41002, '2026-03-01')").await;
    let paid = json!({ "payments": [{ "account": "41002", "amount": closing, "paid_on": "2026-04-20", "cash_day": "2026-04-20", "source": "касса" }] });
    office.accountant.does("finance.payment", paid).await;
    let day = "2026-05-01".parse().unwrap();
    let debts = invoice::debts_of_house(&*office.accountant, 101, month, day).await.unwrap();
    let accounts: Vec<&str> = debts.iter().map(|debt| debt.account.as_str()).collect();
    assert_eq!(accounts, ["41001", "41003", "41005", "41006"], "41002 has paid");
    for debt in &debts {
        let alone = invoice::debt(&*office.accountant, &debt.account, month, day).await.unwrap();
        assert_eq!((alone.totals, alone.number), (debt.totals, debt.number.clone()));
    }
    let advances = invoice::prepayments_of_house(&*office.accountant, 101, month, 12).await.unwrap();
    assert_eq!(advances.len(), 5);
    for advance in &advances {
        let alone =
            invoice::prepayment(&*office.accountant, &advance.account, month, 12, None).await.unwrap();
        assert_eq!((alone.totals, alone.number), (advance.totals, advance.number.clone()));
    }
    let meta = Meta { title: String::new(), author: String::new(), date: day };
    assert_eq!(invoice::bundle(&debts, &meta).unwrap().pages, 4);
    let refused = invoice::debts_of_house(&*office.accountant, 999, month, day).await.unwrap_err();
    assert!(refused.to_string().starts_with("Дом № 999 не найден"), "{refused}");
}

/// The norm that is printed is the line the calculation finds; contacts, verification and notes are those of the month's last day.
#[tokio::test]
async fn the_reference_is_what_the_cards_say() {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let contact = json!({ "organisation_id": 11, "from": "2026-03-15", "phone": "+73990010203", "dispatch_phone": "+73990010204",
        "email": "uk@example.org", "hours": "пн 9–18" });
    office.accountant.asserts("cards.organisation_contact", contact).await;
    office
        .accountant
        .asserts(
            "meters.verified",
            json!({ "meter_id": 51, "from": "2024-01-20", "to": "2030-01-20", "certificate": "С-1" }),
        )
        .await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    let norms: Vec<(&str, &str, String)> = invoice
        .norms
        .iter()
        .map(|norm| (norm.service.as_str(), norm.unit.as_str(), norm.value.to_string()))
        .collect();
    assert!(norms.iter().any(|(_, unit, value)| *unit == "м³ на чел." && value == "4.33"), "{norms:?}");
    assert!(norms.iter().any(|(_, unit, value)| *unit == "Гкал на м³" && value == "0.0651"), "{norms:?}");
    assert_eq!(invoice.executor.dispatch_phone, "+73990010204");
    let water = invoice.meters.iter().find(|meter| meter.serial == "ХВ-1").unwrap();
    assert_eq!(water.verified_to, Some("2030-01-20".parse().unwrap()));
    // Before anybody writes their own, the centre's paragraphs are printed, with the act they rest on.
    assert!(
        invoice.notes.iter().any(|note| note.ends_with("(ЖК РФ, ст. 155 ч. 14).")),
        "{:?}",
        invoice.notes
    );
    let own = json!({ "organisation_id": 11, "note_no": 1, "from": "2026-03-01", "text": "Приём показаний до 25-го числа." });
    office.centre.asserts("billing.invoice_note", own).await;
    let invoice = read(&office, "41001", MARCH, false).await.unwrap();
    assert_eq!(invoice.notes, ["Приём показаний до 25-го числа."]);
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

/// From May a day costs 1/250, from day 61 on 1/100, by an act of its own: 120.00 × 16 days × 9.5 % ÷ 250 = 0.7296 → 0.73. The sheet says
/// that law, not the usual one.
#[tokio::test]
async fn a_penalty_is_told_by_the_law_of_its_day() {
    let office = Office::of(village().await).await;
    for (code, value) in
        [("penalty_first_divisor", "250"), ("penalty_second_divisor", "100"), ("penalty_second_from", "61")]
    {
        let id: i64 =
            office.value(&format!("select id from cards_data.parameter where code = '{code}'")).await;
        let row = json!({ "parameter_id": id, "from": "2026-05-01", "value": value, "citation": "Закон № 7, ст. 2" });
        office.centre.asserts("cards.parameter_value", row).await;
    }
    super::penalty_booked::closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    office.book("2026-06").await;
    let invoice = read(&office, "41002", "2026-06", false).await.unwrap();
    let antenna = invoice.penalties.iter().find(|one| one.service == "Антенна").unwrap();
    assert_eq!(antenna.amount, money("0.73"));
    assert_eq!(
        antenna.ground,
        "Пени по 31.05.2026: 1/250, с 61-го дня 1/100 ставки 9,50 % за день (Закон № 7, ст. 2)"
    );
}

/// Through 31.05 the antenna of 41002, 120.00 a month, is late with March for 16 days above thirty: 0.608 → 0.61. The bill of June asks
/// for it with its ground, the same before and after June is closed; the debt document asks for it apart.
#[tokio::test]
async fn a_penalty_is_asked_for_with_its_ground() {
    let office = Office::of(village().await).await;
    super::penalty_booked::closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    office.book("2026-06").await;
    let invoice = read(&office, "41002", "2026-06", false).await.unwrap();
    let antenna = invoice.penalties.iter().find(|one| one.service == "Антенна").unwrap();
    assert_eq!((antenna.amount, antenna.months.clone()), (money("0.61"), vec![MARCH.parse().unwrap()]));
    assert_eq!(
        antenna.ground,
        "Пени по 31.05.2026: 1/300, с 91-го дня 1/130 ставки 9,50 % за день (ЖК РФ, ст. 155 ч. 14)"
    );
    let booked: String =
        office.value("select sum(amount)::text from billing_data.penalty where account_id = 41002 and month = '2026-06-01'").await;
    assert_eq!(invoice.totals.penalty, money(&booked));
    let closing: String =
        office.seen("select sum(closing)::text from billing.account_balance(41002, '2026-06-01')").await;
    assert_eq!(invoice.totals.payable, money(&closing));
    let text = extracted(&invoice::pdf(&invoice).unwrap());
    assert!(text.contains("Пени и их основания"), "{text}");
    let month: Month = "2026-06".parse().unwrap();
    let debt =
        invoice::debt(&*office.accountant, "41002", month, "2026-09-01".parse().unwrap()).await.unwrap();
    let asked: Vec<Money> = debt
        .asked
        .iter()
        .filter(|one| one.is_penalty && debt.lines[one.line].service == "Антенна")
        .map(|one| one.amount)
        .collect();
    assert_eq!(asked, [money("0.61")]);
    assert_eq!(debt.totals.payable, money(&closing));
    assert!(extracted(&invoice::pdf(&debt).unwrap()).contains("пени"));
    office.seal("2026-06").await;
    assert_eq!(read(&office, "41002", "2026-06", false).await.unwrap().totals, invoice.totals);
}
