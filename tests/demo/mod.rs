//! The demo: a small town with three months behind it, checked as books are checked; and the command that makes it.

mod books;
mod command;
mod pictures;
mod same;
mod sight;

use kvartal::cli::demo::operators;
use kvartal::db::connect::Client;
use kvartal::job::setup;
use kvartal::job::town::calendar::first_month;
use kvartal::job::town::life::live;
use kvartal::job::town::load::load;
use kvartal::job::town::{Town, TownHouse};
use kvartal::job::worker;
use tokio::sync::watch;

use crate::common::{Db, database, people, until};

/// May is sealed, June released and paid, July charged.
const HISTORY: u32 = 3;

fn plan() -> Town {
    Town::new(300, 1)
}

fn houses() -> Vec<TownHouse> {
    plan().houses().collect()
}

/// A database of a test's own with the town in it.
async fn town() -> Db {
    Db::filled("demo", fill).await
}

/// What `kvartal demo` does once it has a server and a worker; here the worker works in this process.
async fn fill(root: &mut Client) {
    let name: String = root.query_one("select current_database()::text", &[]).await.unwrap().get(0);
    let (address, town) = (database::server().with_database(&name), plan());
    setup::first_month(root, first_month()).await.unwrap();
    operators::settle(root, &address, &town).await.unwrap();
    load(root, &town, |_| ()).await.unwrap();
    let (leave, asked) = watch::channel(false);
    let at_work = address.with_login(people::WORKER, people::PASSWORD);
    let work = tokio::spawn(async move { worker::run(&at_work, asked).await });
    until("the worker is there", async || {
        root.query_one("select admin.worker_alive()", &[]).await.unwrap().get(0)
    })
    .await;
    let mut hands = operators::hands(&address).await.unwrap();
    live(&town, HISTORY, root, &mut hands, |_| ()).await.unwrap();
    leave.send(true).unwrap();
    work.await.unwrap().unwrap();
}
