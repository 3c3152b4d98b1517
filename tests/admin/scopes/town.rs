//! A village in which every view has rows of both houses: what scopes are looked at in.

use serde_json::{Value, json};

use crate::common::{Office, village};

/// Makes sure that every view has rows of both houses.
pub async fn busy_office() -> Office {
    let office = Office::of(village().await).await;
    charge_facts(&office).await;
    for (account, premises, meter) in [(41001, 1011, 51), (42001, 1021, 55)] {
        plans(&office, account).await;
        office.passport.asserts("passport.temporary_absence", json!({ "premises_id": premises, "person_id": resident(premises), "from": "2026-03-01", "to": "2027-03-01", "reason": "вахта" })).await;
        office.accountant.asserts("meters.reading", json!({ "meter_id": meter, "day": "2026-03-20", "value": "1050", "rolled_over": false, "source": "payer" })).await;
        office
            .accountant
            .asserts(
                "cards.service_quantity",
                json!({ "account_id": account, "service_id": 7, "from": "2026-03-01", "quantity": 1 }),
            )
            .await;
        office
            .accountant
            .asserts(
                "cards.ready_amount",
                json!({ "account_id": account, "service_id": 8, "from": "2026-03-01", "amount": 100 }),
            )
            .await;
        desk_facts(&office, meter).await;
        law_facts(&office, premises, account).await;
        containers(&office, account).await;
        papers(&office, premises).await;
        privilege(&office, premises).await;
    }
    group_meters(&office).await;
    office.book("2026-03").await;
    for (account, contract) in [(41001, 23), (42001, 24)] {
        let agreed = json!({
            "account_id": account, "service_id": 1, "contract_id": contract, "month": "2026-03", "percent": "0", "agreed_on": "2026-04-02",
            "document": "соглашение",
        });
        office.accountant.does("billing.instalment", agreed).await;
    }
    let payments: Vec<Value> = ["41001", "42001"]
        .iter()
        .map(|account| json!({ "account": account, "amount": "100", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" }))
        .collect();
    office.accountant.does("finance.payment", json!({ "payments": payments })).await;
    for (account, contract) in [(41001, 23), (42001, 24)] {
        let correction =
            json!({ "account_id": account, "service_id": 1, "contract_id": contract, "amount": "1.00" });
        office.accountant.does("billing.correction", correction).await;
    }
    // What a seal three months later would book.
    let penalty = "insert into billing_data.penalty select '2026-04-01', '2026-03-31', scope, id, 1, case id when 41001 then 23 else 24 end, '2026-01-01', '2026-02-16', 1, 1, 1
        from cards_data.account where id in (41001, 42001)";
    office.root.batch_execute(penalty).await.unwrap();
    office.accountant.does("billing.print_run", json!({ "month": "2026-03" })).await;
    office.settle().await;
    office
}

/// Plans of an account's own, of every kind its facts need.
async fn plans(office: &Office, account: i64) {
    for (service, method, tariff) in [(6, "meter", 36), (7, "quantity", 37), (8, "ready", 38)] {
        let plan = json!({
            "account_id": account, "service_id": service, "from": "2026-03-01", "is_off": false, "contract_id": 25, "method": method,
            "tariff_id": tariff,
        });
        office.accountant.asserts("cards.account_plan", plan).await;
    }
}

/// A meter of both houses written down at each of them.
async fn group_meters(office: &Office) {
    for (house, other, service, serial) in [(101, 102, 5, "Г-1"), (102, 101, 6, "Г-2")] {
        let made = json!({
            "house_id": house, "other_id": other, "service_id": service, "serial": serial, "base": "area", "from": "2026-01-01", "initial": "0",
        });
        office.accountant.does("meters.group_new", made).await;
    }
}

/// What decides how a flat is charged: a failed meter, an act that none can be had, the share of its payer.
async fn charge_facts(office: &Office) {
    let accountant = &office.accountant;
    for (account, premises, meter) in [(41001, 1011, 51), (42001, 1021, 55)] {
        let outage = json!({ "meter_id": meter, "from": "2026-03-20", "to": "2026-04-01", "kind": "failure", "act": "акт" });
        accountant.asserts("meters.outage", outage).await;
        let act = json!({ "premises_id": premises, "service_id": 4, "from": "2026-03-01", "act": "акт" });
        accountant.asserts("meters.exemption", act).await;
        let share = json!({ "account_id": account, "from": "2026-03-01", "numerator": 1, "denominator": 1 });
        accountant.asserts("cards.account_share", share).await;
    }
}

/// A verification, a seal, a closed door and a round for a meter.
async fn desk_facts(office: &Office, meter: i64) {
    let accountant = &office.accountant;
    accountant.asserts("meters.verified", json!({ "meter_id": meter, "from": "2026-01-01" })).await;
    accountant.asserts("meters.no_access", json!({ "meter_id": meter, "day": "2026-03-20" })).await;
    accountant
        .asserts("meters.seal", json!({ "meter_id": meter, "from": "2026-01-01", "number": "П-1" }))
        .await;
    let route = json!({ "name": "Обход", "meters": [meter], "from": "2026-01-01" });
    accountant.does("meters.route_make", route).await;
}

/// Who lives in these premises of the village.
const fn resident(premises: i64) -> i64 {
    if premises == 1011 { 61 } else { 69 }
}

/// Waste by containers in the house of an account.
async fn containers(office: &Office, account: i64) {
    let house = account / 1000 + 60;
    let plan = json!({ "house_id": house, "service_id": 8, "from": "2026-03-01", "contract_id": 21, "method": "containers_area", "tariff_id": 38 });
    office.centre.asserts("cards.house_plan", plan).await;
    let bins = json!({ "house_id": house, "service_id": 8, "sort": "смешанные", "from": "2026-03-01", "capacity": "1.1", "containers": 1, "removals": 4 });
    office.accountant.asserts("cards.waste_container", bins).await;
}

/// What lowers the bills of premises.
async fn law_facts(office: &Office, premises: i64, account: i64) {
    let category = "select category_id from billing.privilege_category where code = 'disabled'";
    let category: i64 = office.seen(category).await;
    let privilege = json!({
        "premises_id": premises, "person_id": resident(premises), "category_id": category, "from": "2026-01-01", "document": "справка",
    });
    office.accountant.asserts("billing.privilege", privilege).await;
    let subsidy = json!({
        "account_id": account, "category_id": office.seen::<i64>("select min(category_id) from billing.subsidy_category").await,
        "person_id": resident(premises), "from": "2026-03", "through": "2026-08", "form": "discount", "amount": "1.00",
        "document": "решение",
    });
    office.accountant.does("billing.subsidy", subsidy).await;
    let excess = json!({ "account_id": account, "service_id": 2, "from": "2026-03-01", "excess": "1.00", "citation": "акт" });
    office.accountant.asserts("billing.overcharge", excess).await;
    let act = json!({
        "house_id": account / 1000 + 60, "service_id": 2, "deficiency": "cold_interruption", "number": "А-1", "drawn_on": "2026-03-05",
        "from_day": "2026-03-03", "from_time": "08:00", "to_day": "2027-03-01", "to_time": "20:00",
    });
    office.accountant.does("claims.act", act).await;
}

/// An issued paper and what papers print of premises.
async fn papers(office: &Office, premises: i64) {
    let clerk = &office.passport;
    let tenure = json!({ "premises_id": premises, "from": "2026-01-01", "tenure": "social" });
    clerk.asserts("passport.premises_tenure", tenure).await;
    for kind in ["passport.residence_arrival", "passport.residence_departure"] {
        let moved =
            json!({ "premises_id": premises, "person_id": 61, "day": "2026-03-20", "reason": "переезд" });
        clerk.asserts(kind, moved).await;
    }
    clerk.does("passport.paper_issue", json!({ "paper": "registered", "premises_id": premises })).await;
}

/// A privilege of whoever lives there.
async fn privilege(office: &Office, premises: i64) {
    let category: i64 = office.seen("select min(category_id) from billing.privilege_category").await;
    let given = json!({ "premises_id": premises, "person_id": resident(premises), "category_id": category, "from": "2026-01-01", "document": "№ 1" });
    office.passport.asserts("billing.privilege", given).await;
}
