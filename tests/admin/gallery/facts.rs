//! What provokes the refusals of facts entered at screens: meters put up and down, accounts, owners, plans of charging.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::{Clerk, people};

pub(super) fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(7))
}

/// Arguments with some of them otherwise; null takes one away.
pub(super) fn with(mut args: Value, others: &Value) -> Value {
    for (name, value) in others.as_object().into_iter().flatten() {
        args[name] = value.clone();
    }
    args.as_object_mut().into_iter().for_each(|args| args.retain(|_, value| !value.is_null()));
    args
}

pub async fn of_meters(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let meter = json!({
        "account_id": 41003, "kind": "individual", "service_id": 2, "serial": "Н-1", "day": "2026-03-10", "initial": ["0"],
    });
    for (cause, others) in [
        ("Прибор ставят не счёту, не квартире и не дому", json!({ "kind": "мой" })),
        ("Прибор ставят в чужом доме", json!({ "account_id": 999 })),
        ("Прибор с этим номером уже стоит", json!({ "serial": "хв-2" })),
        ("Указано, до какого дня поверен, а когда — нет", json!({ "verify_by": "2032-01-01" })),
    ] {
        gallery.refuses(cause, &accountant, &op("meters.meter_new", &with(meter.clone(), &others))).await;
    }
    for (cause, day, last) in [
        ("Прибор снимают раньше последнего показания", "2026-01-25", "1015"),
        ("При снятии показание меньше прежнего", "2026-09-30", "1"),
    ] {
        let args = json!({ "meter_id": 52, "day": day, "final": [last] });
        gallery.refuses(cause, &accountant, &op("meters.removal", &args)).await;
    }
    let early = json!({ "meter_id": 52, "from": "2024-01-19", "number": "А-15" });
    let spare = json!({ "premises_id": 1012, "service_id": 2, "from": "2026-03-01", "act": "5" });
    let unmeasured = json!({ "premises_id": 1012, "service_id": 1, "from": "2026-03-01", "act": "5" });
    let mended = json!({ "meter_id": 52, "from": "2026-03-01", "void": true });
    for (cause, kind, fact) in [
        ("Пломба раньше установки прибора", "meters.seal", early),
        ("Прибор стоит, а записывают, что его не поставить", "meters.exemption", spare),
        ("Прибор услуги, которую считают по площади", "meters.exemption", unmeasured),
        ("Прибор и так учитывается", "meters.outage", mended),
    ] {
        gallery.refuses(cause, &accountant, &op(kind, &json!({ "facts": [fact] }))).await;
    }
}

/// Last of all: it changes who sees what.
pub async fn of_groups(gallery: &mut Gallery) {
    let group = json!({
        "house_id": 101, "other_id": 102, "service_id": 5, "serial": "Г-1", "base": "area", "from": "2026-09-01", "initial": "100",
    });
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    for (cause, others) in [
        ("Групповой прибор дома, которого нет", json!({ "other_id": 999 })),
        ("Групповой прибор одного дома", json!({ "other_id": 101 })),
        ("Групповой прибор содержания жилья", json!({ "service_id": 1 })),
    ] {
        gallery.refuses(cause, &accountant, &op("meters.group_new", &with(group.clone(), &others))).await;
    }
    for (cause, meter) in
        [("Дом ставят на прибор, которого нет", 999), ("Дом ставят на прибор, который не групповой", 51)]
    {
        let one_more = json!({ "meter_id": meter, "house_id": 102, "from": "2026-09-01" });
        gallery.refuses(cause, &accountant, &op("meters.group_house", &one_more)).await;
    }
    gallery.office.accountant.does("meters.group_new", group).await;
    let meter: i64 = gallery.office.value("select id from meters_data.meter where serial = 'Г-1'").await;
    let again = json!({ "meter_id": meter, "house_id": 102, "from": "2026-10-01" });
    gallery
        .refuses("Дом уже стоит на групповом приборе", &accountant, &op("meters.group_house", &again))
        .await;
    let third = "insert into billing_data.unit (id) values (103);
         insert into cards_data.house (id, unit_id, scope, street_id, district_id, company_id, number, kind, origin)
         select 103, 103, scope, street_id, district_id, company_id, '3', kind, origin from cards_data.house where id = 101";
    gallery.office.root.batch_execute(third).await.unwrap();
    people::narrow(&gallery.office.root, people::CENTRE, Some(11), None).await;
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let one_more = json!({ "meter_id": meter, "house_id": 103, "from": "2026-09-01" });
    gallery
        .refuses(
            "На прибор ставят дом, а другой его дом не виден",
            &centre,
            &op("meters.group_house", &one_more),
        )
        .await;
}

/// Bank details nobody's bank gives.
pub async fn of_bank_details(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let bank = json!({
        "organisation_id": 12, "from": "2026-03-01", "account": "40702810800000000004", "bic": "049902707", "bank_name": "Банк «Речной берег»",
    });
    for (cause, others) in [
        ("В номере счёта не двадцать цифр", json!({ "account": "123" })),
        ("В БИК не девять цифр", json!({ "bic": "04990270" })),
        ("Цифра в счёте не та", json!({ "account": "40702810800000000005" })),
    ] {
        let facts = json!({ "facts": [with(bank.clone(), &others)] });
        gallery.refuses(cause, &accountant, &op("cards.settlement_account", &facts)).await;
    }
}

pub async fn of_accounts(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let account = json!({
        "house_id": 101, "premises": "5", "kind": "flat", "area_total": "40.50", "account": "41007", "from": "2026-03-01",
        "payer": { "last_name": "Новикова", "first_name": "Анна" },
    });
    for (cause, others) in [
        ("Счёт открывают в чужом доме", json!({ "house_id": 999 })),
        ("Комнату заводят в квартире, которой нет", json!({ "flat": "9" })),
        ("Помещение новое, а площадь не указана", json!({ "area_total": null })),
        ("Комната без квартиры", json!({ "kind": "room" })),
        (
            "Комнаты указаны, а площади ещё не было",
            json!({ "premises": "1", "from": "2019-01-01", "rooms": 2, "area_total": null }),
        ),
        ("Номер счёта занят", json!({ "account": "41002" })),
        ("Плательщик не указан", json!({ "payer": {} })),
        ("В квартире уже открыт счёт", json!({ "premises": "2" })),
        ("У нового плательщика нет имени", json!({ "payer": { "last_name": "Новикова" } })),
        ("Плательщик — человек, которого не видно", json!({ "payer": { "person_id": 999 } })),
        ("Плательщик — организация, которой нет", json!({ "payer": { "organisation": "gas" } })),
    ] {
        gallery.refuses(cause, &accountant, &op("cards.account_new", &with(account.clone(), &others))).await;
    }
    let waste = json!({ "account_id": 42001, "service_id": 8, "from": "2026-03-01", "to": "2026-04-01", "amount": "0.005" });
    for (cause, kind, fact) in [
        (
            "Счёт закрывают раньше, чем он открыт",
            "cards.account_open",
            json!({ "account_id": 41002, "from": "2019-12-31", "void": true }),
        ),
        (
            "Доля с дня, когда счёта ещё не было",
            "cards.account_share",
            json!({ "account_id": 41002, "from": "2019-12-31", "numerator": 1, "denominator": 2 }),
        ),
        (
            "Плательщик с дня, когда счёта ещё не было",
            "cards.account_holder",
            json!({ "account_id": 41002, "from": "2019-12-31", "person_id": 61 }),
        ),
        (
            "Открытый счёт открывают снова",
            "cards.account_open",
            json!({ "account_id": 41002, "from": "2026-03-01" }),
        ),
        (
            "Услуга считается не по количеству",
            "cards.service_quantity",
            json!({ "account_id": 41002, "service_id": 1, "from": "2026-03-01", "quantity": 2 }),
        ),
        (
            "Контейнеры дома, где отходы считаются не по ним",
            "cards.waste_container",
            json!({ "house_id": 101, "service_id": 8, "sort": "смешанные", "from": "2026-03-01", "capacity": "1.1", "containers": 1, "removals": 30 }),
        ),
        ("Готовая сумма с долями копейки", "cards.ready_amount", waste),
    ] {
        gallery.refuses(cause, &accountant, &op(kind, &json!({ "facts": [fact] }))).await;
    }
    let correction = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "1.00" });
    let nothing = with(correction, &json!({ "amount": "0" }));
    let early = with(nothing.clone(), &json!({ "amount": "1.00", "source_month": "2030-12" }));
    gallery
        .refuses("Корректировка месяца, который не начат", &accountant, &op("billing.correction", &early))
        .await;
    gallery.refuses("Корректировка на ноль", &accountant, &op("billing.correction", &nothing)).await;
}

pub async fn of_owners(gallery: &mut Gallery) {
    let clerk = Clerk::of(&gallery.office.db, people::PASSPORT).await;
    let owner = json!({
        "premises_id": 1012, "from": "2026-03-01", "numerator": 1, "denominator": 2, "owner": { "person_id": 62 },
    });
    gallery.refuses("Доли вместе больше целого", &clerk, &op("passport.owner", &owner)).await;
    for (cause, premises, from, to) in [
        ("Отсутствие до того, как человек поселился", 1011, "2019-12-01", "2019-12-20"),
        ("Отсутствие того, кто здесь не живёт", 1012, "2026-03-01", "2026-03-20"),
    ] {
        let away =
            json!({ "premises_id": premises, "person_id": 61, "from": from, "to": to, "reason": "вахта" });
        gallery.refuses(cause, &clerk, &op("passport.temporary_absence", &json!({ "facts": [away] }))).await;
    }
}

pub async fn of_plans(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let payee = json!({ "facts": [{ "contract_id": 22, "from": "2019-12-01", "payee_id": 14 }] });
    gallery
        .refuses("Платят организации без счёта в банке", &centre, &op("cards.contract_payee", &payee))
        .await;
    let plan = json!({ "house_id": 101, "service_id": 1, "from": "2026-03-01" });
    let both =
        json!({ "rows": [{ "house_id": 101, "service_id": 1 }, { "house_id": 101, "service_id": 2 }] });
    for (cause, others) in [
        ("Услуги нет", json!({ "service_id": 99, "method": "meter" })),
        ("Дата раньше первого счёта", json!({ "method": "area_living", "from": "1999-03-01" })),
        ("Способ умножает на норматив, а его нет", json!({ "method": "persons" })),
        ("Норматив остался от другого способа", json!({ "service_id": 2, "method": "common_norm" })),
        ("Договора с этим поставщиком нет", json!({ "provider": "heat", "contract": "Э-1" })),
        ("Тариф другой услуги", json!({ "tariff": "heating" })),
        ("Норматив другой услуги", json!({ "norm": "hot_water" })),
        ("Не указано, что изменить", json!({})),
        ("Отмечены разные услуги", json!({ "chosen": both, "method": "persons" })),
        ("Дом чужой", json!({ "house_id": 999, "method": "persons" })),
        ("У дома нет услуги, которую меняют", json!({ "service_id": 6, "method": "persons" })),
    ] {
        gallery.refuses(cause, &centre, &op("cards.house_plan_set", &with(plan.clone(), &others))).await;
    }
    let limit: i64 = gallery
        .office
        .value("select deficiency_id from claims.limit_list where code = 'hot_temperature' and line_no = 1")
        .await;
    let priced = json!({
        "deficiency_id": limit, "line_no": 1, "from": "2026-04-01", "rate": "0.1", "unit_hours": 1, "tolerance_day": 3,
        "tolerance_night": 5, "priced_as": "gold", "citation": "ПП РФ № 354",
    });
    gallery
        .refuses(
            "За пределом платят по цене услуги, которой нет",
            &centre,
            &op("claims.deficiency_limit", &json!({ "facts": [priced.clone()] })),
        )
        .await;
    let all = with(with(priced, &json!({ "priced_as": null })), &json!({ "rate": "150" }));
    gallery
        .refuses(
            "Снижение больше всей платы",
            &centre,
            &op("claims.deficiency_limit", &json!({ "facts": [all] })),
        )
        .await;
    let later = json!({ "tariff_id": 31, "from": "2031-04-01", "rate": "40" });
    gallery
        .refuses(
            "Пробуют цену, которой в месяце ещё нет",
            &centre,
            &op("analytics.what_if", &json!({ "kind": "cards.tariff_rate", "fact": later })),
        )
        .await;
    let own = json!({ "account_id": 41003, "service_id": 6, "from": "2026-03-01", "method": "persons" });
    gallery.refuses("У счёта нет своего порядка", &centre, &op("cards.account_plan_set", &own)).await;
}

/// A guard of the yard that is not begun, with some things otherwise.
pub async fn of_services(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let service = json!({
        "code": "guard", "name": "Охрана", "unit": "м²", "scale": 2, "penalty": "none", "method": "area_total", "provider": "power",
        "contract": "Э-1", "rate": "2.50", "citation": "протокол № 3", "from": "2026-03-01", "houses": "none",
    });
    for (cause, others) in [
        ("Код русскими буквами", json!({ "code": "охрана" })),
        ("Код занят", json!({ "code": "cold_water" })),
        ("Знаков больше семи", json!({ "scale": 8 })),
        ("Нет такой группы", json!({ "penalty": "любая" })),
        ("Складывается из услуги, которой нет", json!({ "waters": "cold_water, rain" })),
        ("Стоки ни из чего", json!({ "method": "waters" })),
        ("Нет такой организации", json!({ "provider": "guard" })),
        ("Договора нет", json!({ "contract": "ОХ-1" })),
        ("Новый договор уже есть", json!({ "is_new": "yes" })),
        ("Цена тепла без норматива", json!({ "heat_rate": "2000" })),
        ("Две части без цены тепла", json!({ "method": "two_component" })),
        ("Нет норматива", json!({ "method": "persons" })),
        ("Нет такого круга домов", json!({ "houses": "some" })),
    ] {
        gallery.refuses(cause, &centre, &op("cards.service_new", &with(service.clone(), &others))).await;
    }
    let begun = centre.does("cards.service_new", service.clone()).await;
    let id: i64 = gallery.office.value("select id from cards_data.service where code = 'guard'").await;
    let plan = json!({
        "house_id": 102, "service_id": id, "from": "2026-03-01", "method": "area_total", "provider": "power", "contract": "Э-1",
        "tariff": "guard",
    });
    let given = centre.does("cards.house_plan_set", plan.clone()).await;
    let undo = op("admin.undo", &json!({ "operation": begun }));
    gallery.refuses("Отменяют услугу, за которую начисляют", &centre, &undo).await;
    centre.undoes(given).await;
    centre.undoes(begun).await;
    gallery.refuses("Начисляют за отменённую услугу", &centre, &op("cards.house_plan_set", &plan)).await;
}
