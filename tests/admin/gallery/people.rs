//! What provokes the refusals of operators and organisations: who is made, changed, switched off, and whom people are to pay.

use serde_json::{Value, json};

use super::Gallery;
use super::facts::{op, with};
use crate::common::{Clerk, people};

pub async fn of_operators(gallery: &mut Gallery) {
    let admin = Clerk::of(&gallery.office.db, people::ADMIN).await;
    let add = json!({ "login": people::CASHIER, "verifier": "SCRAM-SHA-256$", "full_name": "Н", "job": "Н", "groups": ["kvartal_cashier"] });
    gallery.refuses("Заводят того, кто уже есть", &admin, &op("admin.user_add", &add)).await;
    let colleague = json!({ "login": people::COLLEAGUE });
    let nobody = json!({ "login": "kv_t_nobody" });
    let own = json!({ "login": people::ADMIN });
    let all = json!({ "login": people::CASHIER, "keep": "yes" });
    let groups = |groups: Value| json!({ "full_name": "Н", "job": "Н", "groups": groups });
    for (cause, kind, args) in [
        ("Меняют того, кого нет", "admin.user_unblock", nobody),
        (
            "Оператор без работы",
            "admin.user_change",
            with(colleague.clone(), &groups(json!({ "kvartal_cashier": false }))),
        ),
        (
            "Администратор снимает работу с себя",
            "admin.user_change",
            with(own.clone(), &groups(json!(["kvartal_cashier"]))),
        ),
        ("Отключают себя", "admin.user_block", own.clone()),
        ("Включают того, кто работает", "admin.user_unblock", colleague.clone()),
        (
            "Добавляют участок тому, кто видит всё",
            "admin.user_scope",
            with(all, &json!({ "company": "north" })),
        ),
        ("Участка нет", "admin.user_scope", with(own.clone(), &json!({ "district": "Дальний" }))),
        ("Организации участка нет", "admin.user_scope", with(own, &json!({ "company": "nobody" }))),
    ] {
        gallery.refuses(cause, &admin, &op(kind, &args)).await;
    }
    let colleague = json!({ "login": people::COLLEAGUE });
    admin.does("admin.user_block", colleague.clone()).await;
    let off = Clerk::of(&gallery.office.db, people::COLLEAGUE).await;
    gallery.refuses("Администратор отключил оператора", &off, &op("finance.payment", &json!({}))).await;
    admin.does("admin.user_unblock", colleague).await;
}

/// A keeper of door phones that is paid itself, with some things otherwise.
pub async fn of_organisations(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let firm = json!({
        "code": "phone", "name": "ООО «Домофон»", "role": "other", "tin": "9901007777", "kpp": "990101001", "from": "2026-03-01",
        "account": "40702810600000000123", "bank_name": "Банк", "bic": "049902707", "correspondent_account": "30101810000000000707",
    });
    for (cause, others) in [
        ("Код организации русскими буквами", json!({ "code": "домофон" })),
        ("Код организации занят", json!({ "code": "north" })),
        ("Нет такой роли", json!({ "role": "friend" })),
        ("ИНН с ошибкой", json!({ "tin": "9901007778" })),
        ("КПП у предпринимателя", json!({ "tin": "500100732259" })),
        ("КПП без двух цифр", json!({ "kpp": "9901010" })),
        ("Счёт без банка", json!({ "bank_name": null })),
    ] {
        gallery.refuses(cause, &centre, &op("cards.organisation_new", &with(firm.clone(), &others))).await;
    }
    let begun = centre.does("cards.organisation_new", firm.clone()).await;
    let same = op("cards.organisation_new", &with(firm, &json!({ "code": "phone2" })));
    gallery.refuses("Организация с этим ИНН уже есть", &centre, &same).await;
    let id: i64 = gallery.office.value("select id from cards_data.organisation where code = 'phone'").await;
    let payee = json!({ "facts": [{ "contract_id": 25, "from": "2026-03-01", "payee_id": id }] });
    let paid = centre.does("cards.contract_payee", payee.clone()).await;
    let undo = op("admin.undo", &json!({ "operation": begun }));
    gallery.refuses("Отменяют организацию, которой платят", &centre, &undo).await;
    centre.undoes(paid).await;
    centre.undoes(begun).await;
    let nobody = json!({ "organisation_id": 999, "name": "ООО «Нет такой»", "from": "2026-03-01" });
    gallery
        .refuses("Меняют организацию, которой нет", &centre, &op("cards.organisation_change", &nobody))
        .await;
    let outside = "select id from cards_data.parameter where code = 'outdoor_temperature'";
    let outside: i64 = gallery.office.value(outside).await;
    let polar = json!({ "facts": [{ "parameter_id": outside, "from": "2026-03-01", "value": "-100", "citation": "справка" }] });
    gallery.refuses("Параметр не бывает таким", &centre, &op("cards.parameter_value", &polar)).await;
    let frost = json!({ "facts": [{ "parameter_id": outside, "from": "2026-03-01", "value": "-12.5", "citation": "справка" }] });
    let cold = centre.does("cards.parameter_value", frost).await;
    centre.undoes(cold).await;
    gallery.refuses("Платят отменённой организации", &centre, &op("cards.contract_payee", &payee)).await;
}
