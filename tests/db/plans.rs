//! What the hot paths read of 50 000 accounts, as the roles that walk them: no table is read from end to end, and no
//! index hands out more rows than the answer is made of. Not the plan is asked but the counters of the server, so what
//! functions do inside counts too.

use kvartal::db::book::Book;
use kvartal::db::connect::Client;
use kvartal::db::load;
use kvartal::job::projected::project_range;

use crate::common::people;
use crate::common::village::{NORTH, SOUTH, multitude};

/// A table with more rows must not be read from end to end.
const BIG: f32 = 5_000.0;

/// Rows an answer about one account or one search may touch in all big tables together.
const FEW: i64 = 1_500;

/// What this transaction has read of big tables so far: those read from end to end, and rows handed out by indexes.
async fn read(client: &Client) -> (Vec<String>, i64) {
    let sql = "select coalesce(array_agg(s.relname::text) filter (where s.seq_scan > 0), '{}'), coalesce(sum(s.idx_tup_fetch), 0)::bigint
        from pg_stat_xact_all_tables s join pg_class c on c.oid = s.relid
        where s.schemaname like '%\\_data' and c.reltuples > $1";
    let row = client.query_one(sql, &[&BIG]).await.unwrap();
    (row.get(0), row.get(1))
}

/// Complaints about one question, asked in a transaction of its own.
async fn complaint(client: &Client, question: &str, most: i64) -> Option<String> {
    // What earlier transactions read is handed over first.
    client.batch_execute("select pg_stat_force_next_flush()").await.unwrap();
    client.batch_execute("begin").await.unwrap();
    let rows = client.query(question, &[]).await.unwrap_or_else(|error| panic!("{question}: {error:?}"));
    let (whole, fetched) = read(client).await;
    client.batch_execute("rollback").await.unwrap();
    let told = match (rows.is_empty(), whole.is_empty()) {
        (true, _) => "finds nothing, so it proves nothing".to_owned(),
        (_, false) => format!("reads {whole:?} from end to end"),
        _ if fetched > most => format!("reads {fetched} rows, {most} should do"),
        _ => return None,
    };
    Some(format!("{told}: {question}"))
}

/// Questions about one account, `#`.
const OF_ONE_ACCOUNT: &[&str] = &[
    "select * from cards.search('#')",
    "select * from cards.search(left('#', 7))",
    "select * from cards.search((select regexp_replace(subtitle, '^[^,]*, ', '') from cards.search('#') where kind = 'account'))",
    "select * from cards.search((select split_part(title, ' ', 2) from cards.search('#') where kind = 'account'))",
    // a name written wrongly
    "select * from cards.search((select overlay(split_part(title, ' ', 2) placing 'ю' from 7 for 1) from cards.search('#') where kind = 'account'))",
    "select * from cards.account_card where account_id = #",
    "select * from cards.account_card where number = '#'",
    "select cards.account_by_number('#')",
    "select * from cards.account_payer where account_id = #",
    // the card and its tabs: facts of what stands beside the account are found by joining, each by its own key
    "select * from cards.account_head where account_id = #",
    "select * from cards.account_services where account_id = #",
    "select * from passport.resident_list where premises_id = #",
    "select * from meters.account_meters where account_id = #",
    "select * from passport.person_head where person_id = #",
    "select * from passport.person_places where person_id = #",
    "select * from cards.premises_area where premises_id = #",
    "select * from passport.residence where premises_id = #",
    "select * from passport.ownership where premises_id = #",
    "select * from meters.meter_installed where meter_id = #",
    "select * from billing.lines where account_id = # and month = '2026-03-01'",
    "select * from billing.lines where account_id = #",
    "select * from billing.account_balance(#, '2026-03-01')",
    "select * from finance.payments where account_id = #",
    "select * from finance.payment_parts where account_id = #",
    "select billing.invoice_data('#', '2026-03-01', true)",
];

/// By one who sees everything, and by two who see a half each.
#[tokio::test]
async fn an_operator_reads_no_more_than_is_asked() {
    let db = multitude().await;
    let mut complaints = Vec::new();
    for (login, account) in [(people::ACCOUNTANT, "10101100"), (SOUTH, "10101100"), (NORTH, "10102100")] {
        let client = db.as_role(login).await;
        for question in OF_ONE_ACCOUNT {
            let told = complaint(&client, &question.replace('#', account), FEW).await;
            complaints.extend(told.map(|told| format!("{login} {told}")));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The card on another day, as known then: both halves of the reader have an index of their own.
#[tokio::test]
async fn the_past_is_read_by_key_too() {
    let db = multitude().await;
    let client = db.as_role(people::ACCOUNTANT).await;
    let village =
        "select min(known) from admin_data.operation where kind = 'admin.setup' and subject = 'деревня'";
    let known: i64 = db.root().await.query_one(village, &[]).await.unwrap().get(0);
    client
        .batch_execute(&format!("set kvartal.as_of = '2026-03-20'; set kvartal.known_at = '{known}'"))
        .await
        .unwrap();
    for question in [
        "select * from cards.premises_area where premises_id = 10101100",
        "select * from cards.account_open where account_id = 10101100",
        "select * from meters.meter_reading where meter_id = 10101100",
        "select * from passport.residence where premises_id = 10101100",
        "select * from cards.account_payer where account_id = 10101100",
    ] {
        assert_eq!(complaint(&client, question, FEW).await, None);
    }
}

/// The journal of a subject, of one operation, a page of it: by the centre, who sees it all.
#[tokio::test]
async fn the_journal_is_read_by_subject() {
    let db = multitude().await;
    let (root, client) = (db.root().await, db.as_role(people::CENTRE).await);
    let last = "select id::text, known from admin_data.operation where subject = 'account 10101100'";
    let row = root.query_one(last, &[]).await.unwrap();
    let (id, known): (&str, i64) = (row.get(0), row.get(1));
    for condition in [
        "subject = 'account 10101100'".to_owned(),
        format!("id = '{id}'"),
        format!("known between {} and {known}", known - 50),
    ] {
        let question = format!("select * from admin.journal where {condition}");
        assert_eq!(complaint(&client, &question, FEW).await, None);
    }
}

/// The worker takes a house out of a long queue and reads that house.
#[tokio::test]
async fn the_worker_reads_one_house() {
    let db = multitude().await;
    let root = db.root().await;
    root.batch_execute(
        "insert into billing_data.queue (unit_id, priority, known) select u.id, 100, 0 from billing_data.unit u, generate_series(1, 100) where u.id > 10000;
         analyze billing_data.queue",
    )
    .await
    .unwrap();
    let mut worker = db.as_role(people::WORKER).await;
    let take = "select u.id, u.version from billing_data.queue q join billing_data.unit u on u.id = q.unit_id
        order by q.priority, q.id limit 1 for update of u skip locked";
    assert_eq!(complaint(&worker, take, FEW).await, None);
    let delete = "delete from billing_data.queue where unit_id = 10101 returning id";
    assert_eq!(complaint(&worker, delete, FEW).await, None);

    let book = Book::read(&worker).await.unwrap();
    let rules = load::rules(&worker).await.unwrap();
    let months = [book.open[0].month];
    worker.batch_execute("select pg_stat_force_next_flush()").await.unwrap();
    let transaction = worker.transaction().await.unwrap();
    let units = project_range(&transaction, &rules, &book, (10101, 10101), &months).await.unwrap();
    assert_eq!(units.len(), 1);
    let (whole, fetched) = read(transaction.client()).await;
    // 250 flats with eight or nine facts each.
    assert!(whole.is_empty() && fetched < 6_000, "{whole:?} {fetched}");
}
