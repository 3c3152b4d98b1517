//! Refusals of payment documents and of their printing, once a month is released; and of privileges.

use serde_json::{Value, json};

use super::Gallery;
use super::cases::op;
use crate::common::{Clerk, people};

/// What a released month is not printed for.
pub async fn of_invoices(gallery: &mut Gallery, centre: &Clerk) {
    let house = "select * from billing.house_invoices('{999}', '2026-03-01')";
    gallery.refuses("Платёжные документы неизвестного дома", centre, house).await;
    let debt = "select billing.debt_invoice('41001', '2026-03-01', '2026-04-01')";
    gallery.refuses("Долговой документ без просроченного долга", centre, debt).await;
    let nothing = "select billing.prepayment_invoice('41001', '2026-03-01', 0)";
    gallery.refuses("Аванс за ноль месяцев", centre, nothing).await;
    let account = "insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
        select 42009, unit_id, scope, premises_id, '42009', origin from cards_data.account where id = 42002";
    gallery.office.root.batch_execute(account).await.unwrap();
    let idle = "select billing.prepayment_invoice('42009', '2026-03-01')";
    gallery.refuses("Аванс по счёту без начислений", centre, idle).await;
    for (cause, account, kind) in [
        ("Документ неизвестного счёта", 999, "month"),
        ("Платёжный документ неизвестного вида", 41001, "луна"),
        ("Документ счёта, по которому нечего печатать", 42009, "month"),
    ] {
        let draft = format!("select billing.invoice_draft({account}, '2026-03-01', '{kind}')");
        gallery.refuses(cause, centre, &draft).await;
    }
    let print =
        |district: &str| op(1, "billing.print_run", &json!({ "month": "2026-03", "district": district }));
    gallery.refuses("Печать неизвестного участка", centre, &print("Луна")).await;
    let empty = "insert into cards_data.district (name, origin) select 'Пустой', id from admin_data.operation limit 1";
    gallery.office.root.batch_execute(empty).await.unwrap();
    gallery.refuses("Печать участка без домов", centre, &print("пустой")).await;
    of_run_prints(gallery, centre).await;
    of_privileges(gallery, centre).await;
    of_instalments(gallery).await;
}

/// A run whose only house is not made yet, to a printer of the workstation and to a folder.
async fn of_run_prints(gallery: &mut Gallery, centre: &Clerk) {
    let rows = "insert into billing_data.print_run (id, month, through, operator, has_reasons)
        select id, '2026-03-01', '2026-04-01', operator, false from admin_data.operation order by known limit 1;
        insert into billing_data.print_bundle (print_run_id, place, house_id, scope, accounts)
        select r.id, 1, h.id, h.scope, 5 from billing_data.print_run r, cards_data.house h where h.id = 101;
        insert into admin_data.printer (name, way, target, prints) values ('Типография', 'folder', '/srv/print', 'pdf')";
    gallery.office.root.batch_execute(rows).await.unwrap();
    let run: uuid::Uuid =
        gallery.office.root.query_one("select id from billing_data.print_run", &[]).await.unwrap().get(0);
    let print = |run: uuid::Uuid, printer: &str| {
        op(1, "billing.print_run_print", &json!({ "print_run": run, "printer": printer }))
    };
    gallery
        .refuses("На принтер отправляют неизвестную печать", centre, &print(uuid::Uuid::nil(), "Типография"))
        .await;
    gallery.refuses("Печать отправляют в исходящие", centre, &print(run, "Папка исходящих")).await;
    gallery.refuses("На принтер отправляют неготовые дома", centre, &print(run, "Типография")).await;
}

/// The maintenance of account 41001 in March, with one thing otherwise.
fn instalment(name: &str, value: Value) -> String {
    let mut args = json!({
        "account_id": 41001, "service_id": 1, "contract_id": 23, "month": "2026-03", "percent": "10", "agreed_on": "2026-04-02",
        "document": "соглашение № 1",
    });
    args[name] = value;
    op(71, "billing.instalment", &args)
}

async fn of_instalments(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    for (cause, name, value) in [
        ("Рассрочка за невыпущенный месяц", "month", json!("2026-04")),
        ("Рассрочка больше платы", "amount", json!("100000.00")),
        ("Рассрочка дольше двенадцати месяцев", "parts", json!(24)),
        ("Рассрочка на одну часть", "parts", json!(1)),
        ("Проценты за рассрочку больше наибольших", "percent", json!("40")),
        ("День рассрочки без ключевой ставки", "agreed_on", json!("1999-01-01")),
    ] {
        gallery.refuses(cause, &accountant, &instalment(name, value)).await;
    }
    let args = json!({
        "account_id": 41001, "service_id": 1, "contract_id": 23, "month": "2026-03", "percent": "10", "agreed_on": "2026-04-02",
        "document": "соглашение № 1",
    });
    let agreed = accountant.does("billing.instalment", args).await;
    gallery.refuses("Плата уже рассрочена", &accountant, &instalment("percent", json!("0"))).await;
    accountant.undoes(agreed).await;
    let undo = op(72, "admin.undo", &json!({ "operation": agreed }));
    gallery.refuses("Рассрочка уже прекращена", &accountant, &undo).await;
    let pay = json!({ "payments": [{ "account": "41001", "amount": "100000", "paid_on": "2026-04-10", "cash_day": "2026-04-10", "source": "касса" }] });
    let paid = accountant.does("finance.payment", pay).await;
    gallery.refuses("Рассрочка оплаченного", &accountant, &instalment("percent", json!("0"))).await;
    accountant.undoes(paid).await;
}

async fn of_privileges(gallery: &mut Gallery, centre: &Clerk) {
    let rule = |with: &Value| {
        let mut rule = json!({
            "category_id": 1, "service_id": 1, "from": "2026-04-01", "percent": "50", "base": "amount", "covers": "person",
            "funding": "region", "form": "discount", "citation": "закон",
        });
        rule.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        op(1, "billing.privilege_rule", &rule)
    };
    let norm = rule(&json!({ "norm": "луна" }));
    gallery.refuses("Правило льготы по неизвестному нормативу", centre, &norm).await;
    let tariff = rule(&json!({ "tariff": "луна" }));
    gallery.refuses("Правило льготы по неизвестному тарифу", centre, &tariff).await;
    of_what_was_not_seen(gallery).await;
}

/// Two operators on one card: the second has not seen what the first wrote.
async fn of_what_was_not_seen(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let colleague = Clerk::of(&gallery.office.db, people::COLLEAGUE).await;
    let mark = colleague.query_one("select mark from admin.seen", &[]).await.unwrap().get::<_, String>(0);
    let fact = |area: &str| json!({ "premises_id": 1012, "from": "2026-04-01", "area_total": area, "area_living": "19.50", "area_heated": area, "rooms": 1 });
    accountant.asserts("cards.premises_area", fact("39.00")).await;
    let late = op(70, "cards.premises_area", &json!({ "facts": [fact("40.00")], "seen": mark }));
    gallery.refuses("Пока форма была открыта, другой записал своё", &colleague, &late).await;
}
