//! An auditor of his own: everything is added up again from the lines and payments, and must be what the books say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kvartal::calc::period::Month;
use kvartal::cli::demo::operators;
use kvartal::db::connect::Client;
use kvartal::job::door::Operation;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{houses, town};
use crate::common::{Worker, until};

/// Account, service, contract.
type Key = (i64, i64, i64);

/// What moved a balance in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Moves {
    charged: Decimal,
    recalculated: Decimal,
    privilege: Decimal,
    corrected: Decimal,
    paid: Decimal,
}

impl Moves {
    fn sum(self) -> Decimal {
        self.charged + self.recalculated - self.privilege + self.corrected - self.paid
    }
}

type Ledger = BTreeMap<(Month, Key), Moves>;

async fn ledger(root: &Client) -> Ledger {
    let mut ledger = Ledger::new();
    let mut add = |row: &tokio_postgres::Row, of: fn(&mut Moves) -> &mut Decimal| {
        let key = (row.get(1), row.get(2), row.get(3));
        *of(ledger.entry((Month::of(row.get(0)), key)).or_default()) += row.get::<_, Decimal>(4);
    };
    let lines = "select m.month, l.account_id, l.service_id, l.contract_id, case when l.component between 51 and 59 and l.cause = 0 then -l.amount else l.amount end, l.cause, l.component
        from billing_data.month m join billing_data.line l on l.run = m.run";
    for row in root.query(lines, &[]).await.unwrap() {
        // What budgets pay (components 51 to 59) is told apart in the month it is for; recalculated, it is with the rest.
        let of: fn(&mut Moves) -> &mut Decimal = match (row.get(5), row.get::<_, i16>(6)) {
            (0_i64, 51..=59) => |moves| &mut moves.privilege,
            (0, _) => |moves| &mut moves.charged,
            _ => |moves| &mut moves.recalculated,
        };
        add(&row, of);
    }
    let corrections =
        "select month, account_id, service_id, contract_id, amount from billing_data.correction";
    for row in root.query(corrections, &[]).await.unwrap() {
        add(&row, |moves| &mut moves.corrected);
    }
    let splits =
        "select cash_day, account_id, service_id, contract_id, amount from finance_data.payment_split";
    for row in root.query(splits, &[]).await.unwrap() {
        add(&row, |moves| &mut moves.paid);
    }
    ledger
}

async fn months(root: &Client) -> Vec<(Month, String)> {
    let rows = root.query("select month, state from billing_data.month order by month", &[]).await.unwrap();
    rows.iter().map(|row| (Month::of(row.get(0)), row.get(1))).collect()
}

/// Opening, what moved, closing; a balance of nothing that nothing moved is none.
type Balances = BTreeMap<Key, (Decimal, Moves, Decimal)>;

async fn balances(root: &Client, sql: &str, month: Month) -> Balances {
    let columns =
        "account_id, service_id, contract_id, opening, charged, recalculated, corrected, paid, closing,
        privilege, penalty";
    let rows = root.query(&format!("select {columns} from {sql}"), &[&month.first_day()]).await.unwrap();
    let balance = |row: &tokio_postgres::Row| {
        assert_eq!(row.get::<_, Decimal>(10), Decimal::ZERO, "penalties come later");
        let moves = Moves {
            charged: row.get(4),
            recalculated: row.get(5),
            corrected: row.get(6),
            paid: row.get(7),
            privilege: row.get(9),
        };
        ((row.get(0), row.get(1), row.get(2)), (row.get(3), moves, row.get(8)))
    };
    let nothing = |(opening, moves, closing): &(Decimal, Moves, Decimal)| {
        opening.is_zero() && closing.is_zero() && *moves == Moves::default()
    };
    rows.iter().map(balance).filter(|(_, row)| !nothing(row)).collect()
}

/// What balances must be by the ledger alone, month after month.
fn audited(ledger: &Ledger, months: &[(Month, String)]) -> BTreeMap<Month, Balances> {
    let keys: BTreeSet<Key> = ledger.keys().map(|(_, key)| *key).collect();
    let mut closing: BTreeMap<Key, Decimal> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for (month, _) in months {
        let mut of_month = Balances::new();
        for key in &keys {
            let opening = closing.get(key).copied().unwrap_or_default();
            let moves = ledger.get(&(*month, *key)).copied().unwrap_or_default();
            let end = opening + moves.sum();
            closing.insert(*key, end);
            if !(opening.is_zero() && end.is_zero() && moves == Moves::default()) {
                of_month.insert(*key, (opening, moves, end));
            }
        }
        all.insert(*month, of_month);
    }
    all
}

/// Compares key by key, so that a failure names one of them and not the town.
fn compare(found: &Balances, truth: &Balances, of: &str) {
    for key in found.keys().chain(truth.keys()) {
        assert_eq!(found.get(key), truth.get(key), "{of}: account, service, contract {key:?}");
    }
}

#[tokio::test]
async fn every_balance_is_what_the_ledger_adds_up_to() {
    let db = town().await;
    let root = db.root().await;
    let months = months(&root).await;
    let states: Vec<&str> = months.iter().map(|(_, state)| state.as_str()).collect();
    assert_eq!(states, ["sealed", "released", "charged"]);
    let truth = audited(&ledger(&root).await, &months);
    for (month, state) in &months {
        let now = balances(&root, "billing.month_balance($1)", *month).await;
        compare(&now, &truth[month], &format!("{month}"));
        if state == "sealed" {
            let stone = balances(&root, "billing_data.balance where month = $1", *month).await;
            compare(&stone, &truth[month], &format!("{month} as sealed"));
        }
    }
    assert!(truth.values().all(|of_month| of_month.len() > 2_000), "a town has more to balance");
}

#[tokio::test]
async fn every_payment_is_split_to_the_kopeck_and_its_fees_are_rounded_one_by_one() {
    let db = town().await;
    let root = db.root().await;
    let payments = root
        .query(
            "select p.amount, (select sum(s.amount) from finance_data.payment_split s where s.payment_id = p.id),
                 p.paid_on, p.cash_day
             from finance_data.payment p",
            &[],
        )
        .await
        .unwrap();
    // Of 300 payers most pay each of the two bills.
    assert!(payments.len() > 400, "{}", payments.len());
    for row in &payments {
        assert_eq!(row.get::<_, Decimal>(0), row.get::<_, Decimal>(1));
        assert!(row.get::<_, NaiveDate>(2) < row.get::<_, NaiveDate>(3));
    }
    let fees = root
        .query(
            "select f.base, f.percent, f.amount,
                 (select sum(s.amount) from finance_data.payment_split s join cards_data.contract c on c.id = s.contract_id
                  where s.payment_id = f.payment_id and c.provider_id = f.provider_id)
             from finance_data.payment_fee f",
            &[],
        )
        .await
        .unwrap();
    assert!(fees.len() > payments.len());
    for row in &fees {
        let [base, percent, amount, share] = [0, 1, 2, 3].map(|place| row.get::<_, Decimal>(place));
        assert_eq!(base, share);
        let exact = base * percent / Decimal::ONE_HUNDRED;
        let half_away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        assert_eq!(amount, exact.round_dp_with_strategy(2, half_away));
    }
}

#[tokio::test]
async fn every_account_is_charged_every_month_and_nothing_is_missing() {
    let db = town().await;
    let root = db.root().await;
    let expected: BTreeSet<i64> = houses()
        .iter()
        .flat_map(|house| house.accounts().map(|account| account.id.0).collect::<Vec<_>>())
        .collect();
    assert_eq!(expected.len(), 300);
    for (month, _) in months(&root).await {
        let charged = "select distinct l.account_id from billing_data.month m
            join billing_data.line l on l.run = m.run where m.month = $1 and l.cause = 0";
        let rows = root.query(charged, &[&month.first_day()]).await.unwrap();
        let charged: BTreeSet<i64> = rows.iter().map(|row| row.get(0)).collect();
        let differ: Vec<_> = charged.symmetric_difference(&expected).collect();
        assert_eq!(differ, Vec::<&i64>::new(), "{month}");
    }
    let exceptions = root.query("select distinct sentence from billing_data.exception", &[]).await.unwrap();
    let told: Vec<&str> = exceptions.iter().map(|row| row.get(0)).collect();
    assert_eq!(told, Vec::<&str>::new());
}

#[tokio::test]
async fn what_became_known_late_is_recalculated_with_its_ground() {
    let db = town().await;
    let root = db.root().await;
    let causes = root
        .query(
            "select distinct o.kind, o.operator::text, o.ground
             from billing_data.month m join billing_data.line l on l.run = m.run
             join admin_data.operation o on o.known = l.cause
             where l.source_month < m.month",
            &[],
        )
        .await
        .unwrap();
    let kinds: BTreeSet<&str> = causes.iter().map(|row| row.get(0)).collect();
    assert_eq!(kinds, BTreeSet::from(["cards.premises_area", "meters.reading", "passport.arrival"]));
    for row in &causes {
        assert!(row.get::<_, Option<&str>>(2).is_some_and(|ground| ground.contains("№")));
        let (kind, operator): (&str, &str) = (row.get(0), row.get(1));
        assert_eq!(kind == "passport.arrival", operator == "kv_passport", "{kind} by {operator}");
    }
}

/// The lines of the charged month as they would be after a restart with nothing remembered.
#[tokio::test]
async fn charging_again_changes_nothing() {
    let db = town().await;
    let root = db.root().await;
    let lines = async || -> String {
        let sql = "select string_agg(l::text, ' ' order by l::text)
            from (select l.account_id, l.service_id, l.contract_id, l.component, l.source_month, l.cause, l.basis, l.volume,
                      l.rate, l.amount
                  from billing_data.month m join billing_data.line l on l.run = m.run where m.month = '2026-07-01') l";
        root.query_one(sql, &[]).await.unwrap().get(0)
    };
    let before = lines().await;
    let worker = Worker::start(&db);
    until("the worker is there", async || {
        root.query_one("select admin.worker_alive()", &[]).await.unwrap().get(0)
    })
    .await;
    let mut centre = operators::hands(db.root_address()).await.unwrap().centre;
    let args = serde_json::json!({ "month": "2026-07" });
    let charge = Operation { id: Uuid::new_v4(), kind: "billing.charge".to_owned(), args, ground: None };
    centre.commit(&charge).await.unwrap();
    let done = centre.follow(charge.id, |_| ()).await.unwrap();
    assert_eq!(done["accounts"], 300);
    assert!(lines().await == before, "the lines differ");
    worker.leave().await;
}
