//! What is stored for the open months, and what a full run of the same months gives: the two must be the same rows,
//! recalculations, meter months, house months and the control list included.

use kvartal::calc::period::Month;
use kvartal::db::book::Book;
use kvartal::db::connect::Client;
use kvartal::db::load;
use kvartal::job::projected::project_range;
use kvartal::job::store::Rows;

use crate::common::{Db, people};

/// The tables of a run, with the columns that tell one row from another; the run itself is another one each time.
const TABLES: [&str; 5] = ["line", "meter_month", "house_month", "exception", "privilege_line"];

/// All rows of one run, as text, in order.
async fn rows(client: &Client, table: impl Fn(&str) -> String) -> Vec<String> {
    let mut all = Vec::new();
    for name in TABLES {
        let sql = format!("select (to_jsonb(r) - 'run')::text from {} r order by 1", table(name));
        all.extend(
            client
                .query(&sql, &[])
                .await
                .unwrap()
                .iter()
                .map(|row| format!("{name} {}", row.get::<_, &str>(0))),
        );
    }
    all
}

/// What is stored for a month.
pub async fn stored(root: &Client, month: Month) -> Vec<String> {
    let day = month.first_day();
    rows(root, |table| format!("(select t.* from billing_data.{table} t join billing_data.month m on m.run = t.run where m.month = '{day}')")).await
}

/// What a run from nothing gives for the open months up to `month`, calculated and written as the job does it, and
/// rolled back.
async fn rebuilt(db: &Db, book: &Book, month: Month) -> Vec<String> {
    let mut client = db.as_role(people::WORKER).await;
    let transaction = client.transaction().await.unwrap();
    let start = "select billing.run_start($1, null)";
    let run: i32 = transaction.query_one(start, &[&month.first_day()]).await.unwrap().get(0);
    let months: Vec<Month> = book.open.iter().map(|open| open.month).filter(|open| *open <= month).collect();
    let rules = load::rules(&transaction).await.unwrap();
    let mut written = Rows::new(run);
    for unit in project_range(&transaction, &rules, book, (1, i64::MAX), &months).await.unwrap() {
        written.add(&unit, unit.months.last().unwrap());
    }
    written.copy(&transaction).await.unwrap();
    let mut all = Vec::new();
    for name in TABLES {
        let sql = format!("select (to_jsonb(r) - 'run')::text from billing_data.{name}_{run} r order by 1");
        all.extend(
            transaction
                .query(&sql, &[])
                .await
                .unwrap()
                .iter()
                .map(|row| format!("{name} {}", row.get::<_, &str>(0))),
        );
    }
    transaction.rollback().await.unwrap();
    all
}

/// The law: stored = rebuilt, for every open month that was ever calculated.
pub async fn stored_equals_rebuilt(db: &Db, root: &Client, after: &str) {
    let book = Book::read(root).await.unwrap();
    for (month, _) in book.projected() {
        let (is, must) = (stored(root, month).await, rebuilt(db, &book, month).await);
        if is == must {
            continue;
        }
        let only = |of: &[String], not: &[String]| {
            of.iter().filter(|row| !not.contains(row)).cloned().collect::<Vec<_>>().join("\n  ")
        };
        panic!(
            "after {after}: {month} is stored otherwise than rebuilt\n stored only:\n  {}\n rebuilt only:\n  {}",
            only(&is, &must),
            only(&must, &is)
        );
    }
}
