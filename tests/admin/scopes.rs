//! Who sees what: an operator of one company meets no row of another, in no view, no search and no argument.

mod town;

use std::collections::BTreeSet;

use kvartal::db::connect::Client;
use kvartal::db::error::DbError;
use serde_json::json;
use uuid::Uuid;

use self::town::busy_office;
use crate::common::village::{NORTH, SOUTH};
use crate::common::{Clerk, people};

/// Views of what is common to all: directories, months, and what is the operator's own. A new view is either scoped,
/// which its columns show, or must be named here.
const COMMON: [&str; 65] = [
    "admin.custom_files",
    "admin.document_kind_list",
    "admin.jobs",
    "admin.journal",
    "admin.my_workstation",
    "admin.operation_list",
    "admin.operator_list",
    "admin.printer_defaults",
    "admin.printer_list",
    "admin.recent",
    "admin.seen",
    "admin.session_list",
    "admin.user_list",
    "admin.user_scope_list",
    "analytics.what_if_decile",
    "analytics.what_if_list",
    "analytics.what_if_part",
    "billing.instalment_terms",
    "billing.invoice_note",
    "billing.month_list",
    "billing.months",
    "billing.note_place",
    "billing.print_run_list",
    "billing.privilege_category",
    "billing.privilege_rule",
    "billing.privilege_service",
    "billing.subsidy_category",
    "cards.contract_list",
    "cards.contract_payee",
    "cards.district_choice",
    "cards.duty_band",
    "cards.norm_choice",
    "cards.norm_history",
    "cards.norm_list",
    "cards.norm_value",
    "cards.officer",
    "cards.officer_list",
    "cards.organisation_contact",
    "cards.organisation_details",
    "cards.organisation_list",
    "cards.organisation_open",
    "cards.parameter_history",
    "cards.parameter_list",
    "cards.parameter_value",
    "cards.parameters",
    "cards.place_list",
    "cards.providers",
    "cards.service_list",
    "cards.service_open",
    "cards.services",
    "cards.services_of_contract",
    "cards.settlement_account",
    "cards.tariff_choice",
    "cards.tariff_history",
    "cards.tariff_rate",
    "claims.deficiency_limit",
    "claims.limit_list",
    "exchange.bad_rows",
    "exchange.imports",
    "finance.fee_rate",
    "finance.transfers",
    "meters.reading_limit",
    "passport.paper_kinds",
    "passport.paper_terms",
    "passport.paper_terms_list",
];

/// Views of what the operator did or asked, whoever's house it was about, and of documents, which these two may not read; their
/// own tests hold them. So do those of group meters: one belongs to the company of the house it is written down at, and counts for
/// houses of others too.
const OF_ONESELF: [&str; 10] = [
    "admin.document_head",
    "admin.document_readings",
    "admin.print_list",
    "analytics.what_if_bill",
    "analytics.what_if_house",
    "meters.group_list",
    "meters.group_member",
    "meters.house_registers",
    "passport.card_readings",
    "passport.paper_list",
];

/// A view that names one of these is about somebody's house.
const OF_A_HOUSE: &str = "{account_id,house_id,premises_id,meter_id,person_id,payment_id}";

/// The rows of a view as text, as of the day of the readings: a reading is true on its one day.
async fn rows(client: &Client, view: &str) -> BTreeSet<String> {
    client.batch_execute("set kvartal.as_of = '2026-03-20'").await.unwrap();
    let sql = format!("select to_jsonb(v)::text from {view} v");
    client.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn an_operator_meets_no_row_of_another_company() {
    let office = busy_office().await;
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    let views = format!(
        "select c.oid::regclass::text, exists (
             select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname = any ('{OF_A_HOUSE}'))
         from pg_class c where c.relkind = 'v' and has_table_privilege('kvartal_operator', c.oid, 'select')
             and to_regnamespace(c.relnamespace::regnamespace || '_data') is not null order by 1"
    );
    let mut common = Vec::new();
    for view in office.root.query(&views, &[]).await.unwrap() {
        let (view, of_a_house): (&str, bool) = (view.get(0), view.get(1));
        if OF_ONESELF.contains(&view) {
            continue;
        }
        if !of_a_house {
            common.push(view.to_owned());
            continue;
        }
        let all = rows(&office.accountant, view).await;
        let (one, other) = (rows(&north, view).await, rows(&south, view).await);
        assert!(!one.is_empty() && !other.is_empty(), "{view} shows nothing, so it proves nothing");
        assert!(one.is_disjoint(&other), "{view} shows a row to both: {:?}", one.intersection(&other).next());
        assert_eq!(&one | &other, all, "{view}");
    }
    assert_eq!(common, COMMON);
}

/// The sheet of transfers has no account in it, yet its sums are only of what the operator sees.
#[tokio::test]
async fn sums_are_of_what_the_operator_sees() {
    let office = busy_office().await;
    let takings =
        "select coalesce(sum(takings), 0)::text from finance.transfers where cash_day = '2026-04-02'";
    for (login, sum) in [(NORTH, "100.00"), (SOUTH, "100.00"), (people::ACCOUNTANT, "200.00")] {
        let client = office.db.as_role(login).await;
        assert_eq!(client.query_one(takings, &[]).await.unwrap().get::<_, &str>(0), sum, "{login}");
    }
}

#[tokio::test]
async fn searches_find_no_row_of_another_company() {
    let office = busy_office().await;
    let north = office.db.as_role(NORTH).await;
    let found = "select id::text from cards.search($1) where kind = 'account'";
    for (line, own) in [
        ("садовая 1", true),
        ("41001", true),
        ("БЕРЁЗКИНА", true),
        ("березкана", true),
        ("42001", false),
        ("садовая 2 1", false),
        ("калинина", false),
        ("калинена", false),
    ] {
        let hits = north.query(found, &[&line]).await.unwrap();
        let numbers: Vec<&str> = hits.iter().map(|row| row.get(0)).collect();
        assert_eq!(!numbers.is_empty(), own, "{line}: {numbers:?}");
        assert!(numbers.iter().all(|number| number.starts_with("41")), "{line}: {numbers:?}");
        assert!(
            !office.accountant.query(found, &[&line]).await.unwrap().is_empty(),
            "{line} is found by nobody"
        );
    }
    let balance = "select count(*) from billing.account_balance($1, '2026-03-01')";
    for (account, own) in [(41001_i64, true), (42001, false)] {
        assert_eq!(
            north.query_one(balance, &[&account]).await.unwrap().get::<_, i64>(0) > 0,
            own,
            "{account}"
        );
    }
    for ask in [
        "select cards.account_by_number('42001')",
        "select billing.explain_ask(gen_random_uuid(), '42001', '2026-03-01')",
        "select billing.reasons_ask(gen_random_uuid(), 102, '2026-03-01')",
    ] {
        assert_eq!(DbError::from(north.execute(ask, &[]).await.unwrap_err()).code(), "KV003", "{ask}");
    }
}

/// Foreign keys would take any number: the door looks whether the operator may see what it names.
#[tokio::test]
async fn arguments_name_nothing_of_another_company() {
    let office = busy_office().await;
    let north = Clerk::of(&office.db, NORTH).await;
    let area = |premises: i64| json!({ "premises_id": premises, "from": "2026-04-01", "area_total": 40, "area_living": 20, "area_heated": 40, "rooms": 1 });
    let foreign = [
        ("cards.premises_area", json!({ "facts": [area(1021)] })),
        ("cards.premises_area", json!({ "facts": [area(1011), area(1021)] })),
        (
            "cards.house_area",
            json!({ "facts": [{ "house_id": 102, "from": "2026-04-01", "area_common": 1 }] }),
        ),
        (
            "cards.account_plan",
            json!({ "facts": [{ "account_id": 42001, "service_id": 1, "from": "2026-04-01", "is_off": true }] }),
        ),
        (
            "cards.account_open",
            json!({ "facts": [{ "account_id": 42001, "from": "2026-04-01", "void": true }] }),
        ),
        (
            "cards.account_holder",
            json!({ "facts": [{ "account_id": 42001, "from": "2026-04-01", "person_id": 61 }] }),
        ),
        (
            "meters.reading",
            json!({ "facts": [{ "meter_id": 55, "day": "2026-04-20", "value": 1100, "rolled_over": false, "source": "payer" }] }),
        ),
        (
            "meters.replacement",
            json!({ "meter_id": 55, "day": "2026-04-20", "final": [1100], "serial": "Н", "initial": [0] }),
        ),
        (
            "finance.payment",
            json!({ "payments": [{ "account": "42001", "amount": 1, "paid_on": "2026-04-02", "source": "касса" }] }),
        ),
        (
            "billing.correction",
            json!({ "account_id": 42001, "service_id": 1, "contract_id": 24, "amount": -1 }),
        ),
    ];
    let facts = "select count(*) from cards_data.premises_area";
    let before: i64 = office.value(facts).await;
    for (kind, args) in foreign {
        assert_eq!(north.tries(kind, args.clone()).await.code, "KV003", "{kind} {args}");
    }
    assert_eq!(office.value::<i64>(facts).await, before, "half of a list was written");
}

/// What somebody else did in a house out of sight cannot be undone from here, and the books of all are not moved by
/// one who sees a part of them.
#[tokio::test]
async fn a_part_of_the_town_moves_nothing_of_the_rest() {
    let office = busy_office().await;
    let north = Clerk::of(&office.db, NORTH).await;
    let south = Clerk::of(&office.db, SOUTH).await;
    let theirs = south
        .asserts("cards.house_area", json!({ "house_id": 102, "from": "2026-04-01", "area_common": 77 }))
        .await;
    let refusal = north.tries("admin.undo", json!({ "operation": theirs })).await;
    assert_eq!(refusal.code, "KV010");
    let standing = "select area_common::text from cards_data.house_area where house_id = 102 and retracted is null and not void order by valid_from desc limit 1";
    assert_eq!(office.value::<String>(standing).await, "77.00");

    people::narrow(&office.root, people::CENTRE, Some(11), None).await;
    for kind in ["billing.release", "billing.seal"] {
        assert_eq!(office.centre.tries(kind, json!({ "month": "2026-03" })).await.code, "KV001", "{kind}");
    }
    let nobody = office
        .centre
        .operate(Uuid::new_v4(), "billing.charge", &json!({ "month": "2026-04", "account": "42001" }), None)
        .await;
    assert!(nobody.is_err(), "{nobody:?}");
}

/// An operator of the centre who sees one district reads no arguments of the other, nor of an operation about both; what is common
/// to all he reads, and who sees everything reads everything.
#[tokio::test]
async fn the_journal_tells_no_arguments_of_houses_out_of_sight() {
    let office = busy_office().await;
    let area = |premises: i64| json!({ "premises_id": premises, "from": "2026-04-01", "area_total": 40, "area_living": 20, "area_heated": 40, "rooms": 1 });
    let correction = |account: i64, contract: i64| json!({ "account_id": account, "service_id": 1, "contract_id": contract, "amount": -1 });
    let there = office.accountant.asserts("cards.premises_area", area(1021)).await;
    let both =
        office.accountant.does("cards.premises_area", json!({ "facts": [area(1011), area(1021)] })).await;
    let here = office.accountant.asserts("cards.premises_area", area(1012)).await;
    let money_there = office.accountant.does("billing.correction", correction(42001, 24)).await;
    let money_here = office.accountant.does("billing.correction", correction(41001, 23)).await;
    let undo_there = office.accountant.undoes(money_there).await;
    let rate = json!({ "tariff_id": 31, "from": "2026-04-01", "rate": "32", "citation": "приказ" });
    let common = office.chief.asserts("cards.tariff_rate", rate).await;

    let told = async |id: Uuid| -> Option<bool> {
        let row = office
            .centre
            .query_opt("select args is not null from admin.journal where id = $1", &[&id])
            .await
            .unwrap();
        row.map(|row| row.get(0))
    };
    for id in [there, both, here, money_there, money_here, undo_there, common] {
        assert_eq!(told(id).await, Some(true));
    }
    people::narrow(&office.root, people::CENTRE, Some(11), Some(1)).await;
    for (id, expected) in [
        (there, None),
        (both, Some(false)),
        (here, Some(true)),
        (money_there, None),
        (money_here, Some(true)),
        (undo_there, None),
        (common, Some(true)),
    ] {
        assert_eq!(told(id).await, expected, "{id}");
    }
}
