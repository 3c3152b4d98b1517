//! The identity of every account × service × contract × month, and what a seal makes of it.

use kvartal::db::connect::Client;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::common::{Clerk, Office, people, village};

/// Sums of houses are those of their accounts, kept or not.
const SUMS: &str = "select 'sums of house ' || coalesce(k.house_id, n.house_id) || ' ' || m.month from billing_data.month m,
             lateral (select * from billing.house_sums(m.month)) k
             full join lateral (
                 select p.house_id, b.service_id, b.contract_id, count(*) as accounts, sum(b.opening) as opening, sum(b.charged) as charged,
                     sum(b.recalculated) as recalculated, sum(b.privilege) as privilege, sum(b.penalty) as penalty, sum(b.corrected) as corrected,
                     sum(b.paid) as paid, sum(b.closing) as closing
                 from billing.month_balance(m.month) b
                 join cards_data.account a on a.id = b.account_id join cards_data.premises p on p.id = a.premises_id
                 group by p.house_id, b.service_id, b.contract_id
             ) n using (house_id, service_id, contract_id)
         where (k.accounts, k.opening, k.charged, k.recalculated, k.privilege, k.penalty, k.corrected, k.paid, k.closing)
             is distinct from (n.accounts, n.opening, n.charged, n.recalculated, n.privilege, n.penalty, n.corrected, n.paid, n.closing)";

/// Breaches of the identities of money, as text; none is the law. Months are taken as the books hold them.
pub async fn broken(root: &Client) -> Vec<String> {
    let laws = [
        // opening + charged + recalculated − privilege + penalty + corrected − paid = closing, recomputed from ledger and lines
        "select 'closing of ' || b.account_id || ' ' || m.month from billing_data.month m, billing.month_balance(m.month) b
         where b.closing <> b.opening + b.charged + b.recalculated - b.privilege + b.penalty + b.corrected - b.paid",
        // closing(m) = opening(m + 1)
        "select 'opening of ' || coalesce(b.account_id, n.account_id) || ' ' || m.month from billing_data.month m,
             lateral (select * from billing.month_balance(m.month)) b
             full join lateral (select * from billing.month_balance((m.month + interval '1 month')::date)) n using (account_id, service_id, contract_id)
         where coalesce(b.closing, 0) <> coalesce(n.opening, 0)",
        SUMS,
        // Σ payments = Σ splits, payment by payment (advances are splits too)
        "select 'payment ' || p.id from finance_data.payment p
         where p.amount <> (select coalesce(sum(s.amount), 0) from finance_data.payment_split s where s.payment_id = p.id)",
        // what the seal wrote is what the ledger still says
        "select 'sealed balance of ' || coalesce(s.account_id, n.account_id) || ' ' || m.month from billing_data.balance_month m,
             lateral (select * from billing_data.balance b where b.month = m.month) s
             full join lateral (select * from billing.month_balance(m.month)) n using (account_id, service_id, contract_id)
         where (s.opening, s.charged, s.recalculated, s.penalty, s.corrected, s.paid, s.closing, s.penalty_opening, s.penalty_paid, s.penalty_closing)
             is distinct from
               (n.opening, n.charged, n.recalculated, n.penalty, n.corrected, n.paid, n.closing, n.penalty_opening, n.penalty_paid, n.penalty_closing)",
        // of penalties too: closing(m) = opening(m + 1), and the closing is what was booked and corrected less what was paid
        "select 'penalty of ' || coalesce(b.account_id, n.account_id) || ' ' || m.month from billing_data.month m,
             lateral (select * from billing.month_balance(m.month)) b
             full join lateral (select * from billing.month_balance((m.month + interval '1 month')::date)) n using (account_id, service_id, contract_id)
         where coalesce(b.penalty_closing, 0) <> coalesce(n.penalty_opening, 0)",
        "select 'penalty ledger of ' || b.account_id || ' ' || m.month from billing_data.month m, billing.month_balance(m.month) b
         where b.penalty_closing <> (
             select coalesce(sum(x.amount), 0) from (
                 select amount from billing_data.penalty p
                 where (p.account_id, p.service_id, p.contract_id) = (b.account_id, b.service_id, b.contract_id) and p.month <= m.month
                 union all select amount from billing_data.correction c where c.part = 'penalty' and c.month <= m.month
                     and (c.account_id, c.service_id, c.contract_id) = (b.account_id, b.service_id, b.contract_id)
                 union all select -amount from finance_data.payment_split s where s.part = 'penalty' and s.cash_day < m.month + interval '1 month'
                     and (s.account_id, s.service_id, s.contract_id) = (b.account_id, b.service_id, b.contract_id)
             ) x)",
        // a penalty is what its debt had accrued less what was booked before
        "select 'accrued of ' || p.account_id || ' ' || p.debt_month || ' ' || p.through from billing_data.penalty p
         where p.accrued <> (
             select sum(q.amount) from billing_data.penalty q
             where (q.account_id, q.service_id, q.contract_id, q.debt_month) = (p.account_id, p.service_id, p.contract_id, p.debt_month)
                 and q.through <= p.through)",
        // the sum of a sealed month is the sum of its lines and penalties
        "select 'sum of ' || m.month from billing_data.month m where m.sealed_sum is not null
             and (m.sealed_sum, m.sealed_lines) is distinct from
                 (select row(coalesce(sum(l.amount), 0), count(*)) from (
                     select amount from billing_data.line where run = m.run
                     union all select amount from billing_data.penalty p where p.month = m.month
                 ) l)",
        // what the list of months tells is what the lines come to, scope by scope
        "select 'total of run ' || coalesce(t.run, l.run) from billing_data.run_total t
             full join (
                 select run, scope, count(distinct account_id) as accounts, count(*) as lines, sum(amount) as amount
                 from billing_data.line group by run, scope
             ) l on l.run = t.run and l.scope = t.scope
         where (coalesce(t.accounts, 0), coalesce(t.lines, 0), coalesce(t.amount, 0))
                 is distinct from (coalesce(l.accounts, 0), coalesce(l.lines, 0), coalesce(l.amount, 0))
             and coalesce(t.run, l.run) in (select run from billing_data.month)",
        // what is withheld is the rounded percent of each payee's part
        "select 'fee of ' || f.payment_id from finance_data.payment_fee f where f.amount <> round(f.base * f.percent / 100, 2)
             and f.payment_id in (select id from finance_data.payment where reverses is null)",
    ];
    let mut broken = Vec::new();
    for law in laws {
        let rows = root.query(law, &[]).await.unwrap_or_else(|error| panic!("{law}: {error:?}"));
        broken.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    broken
}

fn payment(account: &str, amount: &str, day: &str) -> Value {
    json!({ "payments": [{ "account": account, "amount": amount, "paid_on": day, "cash_day": day, "source": "касса" }] })
}

/// Two months with payments, an advance, a correction and a change that reaches back: the identity holds at every
/// step, and the seal writes what it was.
#[tokio::test]
async fn the_identity_holds_at_every_step() {
    let office = Office::of(village().await).await;
    let holds = async |after: &str| assert_eq!(broken(&office.root).await, Vec::<String>::new(), "{after}");
    office.book("2026-03").await;
    holds("release").await;
    office.accountant.does("finance.payment", payment("41001", "1000.00", "2026-04-03")).await;
    office.accountant.does("finance.payment", payment("41002", "90000.00", "2026-04-03")).await;
    let wrong = office.accountant.does("finance.payment", payment("41003", "321.99", "2026-03-30")).await;
    holds("payments").await;
    office.accountant.does("billing.correction", json!({ "account_id": 41001, "service_id": 2, "contract_id": 21, "amount": "-15.51", "source_month": "2026-03" })).await;
    office.accountant.undoes(wrong).await;
    holds("correction and reversal").await;
    office.charge("2026-04").await;
    office.accountant.asserts("meters.reading", json!({ "meter_id": 51, "day": "2026-03-20", "value": "1019", "rolled_over": false, "source": "payer" })).await;
    office.settle().await;
    office.seal("2026-03").await;
    holds("seal").await;
    office.release("2026-04").await;
    office.seal("2026-04").await;
    office.charge("2026-05").await;
    holds("the second month").await;
    let hashes =
        "select count(*) from billing_data.month where state = 'sealed' and sealed_hash ~ '^[0-9a-f]{64}$'";
    assert_eq!(office.value::<i64>(hashes).await, 2);
}

/// The card of one account shows the same balances as the books of all.
#[tokio::test]
async fn a_card_shows_what_the_books_say() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.accountant.does("finance.payment", payment("41001", "1000.00", "2026-03-31")).await;
    let books = "select coalesce(sum(closing), 0)::text from billing.month_balance('2026-03-01') where account_id = 41001";
    let card = "select coalesce(sum(closing), 0)::text from billing.account_balance(41001, '2026-03-01')";
    let shown: String = office.accountant.query_one(card, &[]).await.unwrap().get(0);
    assert_eq!(shown, office.value::<String>(books).await);
    let paid = "select sum(paid)::text from billing.account_balance(41001, '2026-03-01')";
    assert_eq!(office.accountant.query_one(paid, &[]).await.unwrap().get::<_, &str>(0), "1000.00");
}

/// The list of months follows the lines, and tells everybody the sums of what he may see.
#[tokio::test]
async fn the_list_of_months_follows_the_lines() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let listed = "select amount from billing.month_list where month = '2026-03-01'";
    let lines = "select sum(l.amount) from billing.lines l where l.month = '2026-03-01'";
    let before: Decimal = office.seen(listed).await;
    office.chief.asserts("cards.premises_area", json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "60.00", "area_living": "40.00", "area_heated": "60.00", "rooms": 2 })).await;
    office.settle().await;
    assert_eq!(office.seen::<Decimal>(listed).await, office.seen::<Decimal>(lines).await);
    assert_ne!(office.seen::<Decimal>(listed).await, before);
    people::narrow(&office.root, people::COLLEAGUE, Some(12), None).await;
    let colleague = Clerk::of(&office.db, people::COLLEAGUE).await;
    let own: Decimal = colleague.query_one(listed, &[]).await.unwrap().get(0);
    assert_eq!(own, colleague.query_one(lines, &[]).await.unwrap().get::<_, Decimal>(0));
    assert!(own < office.seen(listed).await);
}

/// The worker adds up what moved, and who asks before it did is told the same: a payment and a changed area are in the sums at once.
#[tokio::test]
async fn kept_sums_are_those_of_accounts_at_any_moment() {
    let mut office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office.adds_up().await;
    let moved = "select string_agg(house_id::text, ',') from billing.houses_moved('2026-04-01')";
    assert_eq!(office.value::<Option<String>>(moved).await, None);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.dismiss().await;
    let payment = json!({ "payments": [{ "account": "41001", "amount": "100.00", "paid_on": "2026-04-20", "cash_day": "2026-04-20", "source": "касса" }] });
    office.accountant.does("finance.payment", payment).await;
    assert_eq!(office.value::<Option<String>>(moved).await.as_deref(), Some("101"));
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    let paid = "select sum(paid)::text from billing.balance_houses('2026-04-01')";
    assert_eq!(office.seen::<String>(paid).await, "100.00");
    // What is kept says what was: it is not asked for a house that moved.
    let kept = "select sum(paid)::text from billing_data.house_sum where month = '2026-04-01'";
    assert_eq!(office.value::<String>(kept).await, "0.00");
    office.hire();
    office.adds_up().await;
    assert_eq!(
        (office.value::<String>(kept).await, office.value::<Option<String>>(moved).await),
        ("100.00".to_owned(), None)
    );
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The sums by provider and by house are those of the accounts, and an operator's are of what they see.
#[tokio::test]
async fn sums_by_provider_and_by_house_are_those_of_accounts() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let told = |from: &str| {
        format!(
            "select sum(opening) || ' ' || sum(charged) || ' ' || sum(paid) || ' ' || sum(closing) from {from}"
        )
    };
    let all: String = office.value(&told("billing.month_balance('2026-03-01')")).await;
    assert_eq!(office.seen::<String>(&told("billing.balance_providers('2026-03-15')")).await, all);
    assert_eq!(office.seen::<String>(&told("billing.balance_houses('2026-03-15')")).await, all);
    let houses = "select string_agg(house_id || ' ' || accounts, ', ' order by house_id) from billing.balance_houses('2026-03-01')";
    assert_eq!(office.seen::<String>(houses).await, "101 5, 102 2");
    // The second page begins behind the first house
    let next =
        "select string_agg(h.house_id::text, ', ') from billing.balance_houses('2026-03-01', null, null,
        (select to_jsonb(f) from billing.balance_houses('2026-03-01', null, null, null, 1) f), 100) h";
    assert_eq!(office.seen::<String>(next).await, "102");
    let one = "select string_agg(distinct house_id::text, ', ') from billing.balance_houses('2026-03-01')";
    people::narrow(&office.root, village::CHIEF, Some(11), None).await;
    assert_eq!(office.seen::<String>(one).await, "101");
}
