//! A server with a town in it, and figures without floating point.

#![allow(dead_code, unused_imports, reason = "shared by several programs, each of which uses a part")]

mod figures;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{SinkExt, TryStreamExt, pin_mut};
use kvartal::calc::period::Month;
use kvartal::db::cluster::{Cluster, Pace};
use kvartal::db::config::Address;
use kvartal::db::connect::{connect, connect_listening};
use kvartal::db::migrate::migrate;
use kvartal::db::picture;
use kvartal::job::door::{JobState, Operation, Session};
use kvartal::job::setup;
use kvartal::job::town::life::sign::sign;
use kvartal::job::town::{Town, load};
use kvartal::job::worker;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tokio_postgres::{Client, Notification};
use uuid::Uuid;

pub use figures::{Figures, per_cent, percentile};

/// What a bench ends with.
pub type Outcome<T> = anyhow::Result<T>;

/// The seed of the measured town.
const SEED: u64 = 1;
/// The key of a line.
const KEY: &str = "run, account_id, service_id, contract_id, component, source_month, cause";
/// Of every login of the private server.
pub const PASSWORD: &str = "bench-password-of-a-private-server";

/// A private server with a town and a worker.
pub struct Bench {
    cluster: Cluster,
    stop: watch::Sender<bool>,
    /// The first month.
    pub month: Month,
}

/// A number given as `--name N`.
pub fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)?.parse().ok()
}

/// Whether `--name` was given.
pub fn asked(name: &str) -> bool {
    std::env::args().any(|argument| argument == name)
}

/// A server with an empty database, in the place of whatever an earlier run left.
async fn empty(directory: &Path) -> Outcome<Cluster> {
    if let Ok(left_over) = Cluster::open(directory) {
        left_over.remove()?;
    }
    let cluster = Cluster::start(directory, Pace::Durable)?;
    let address = Address::parse(&cluster.socket_url("postgres"))?;
    connect(&address, "bench").await?.batch_execute("create database bench").await?;
    Ok(cluster)
}

/// The centre with its logins, and the town.
async fn populate(root: &mut Client, accounts: u32, month: Month) -> Outcome<()> {
    setup::worker_login(root, PASSWORD).await?;
    setup::administrator(root, "kv_bench", "Администратор замера", PASSWORD).await?;
    // The bench is the administrator after the first change of password.
    root.batch_execute("update admin_data.operator set must_change_password = false").await?;
    setup::first_month(root, month).await?;
    let begun = Instant::now();
    load::load(root, &Town::new(accounts, SEED), |_| {}).await?;
    eprintln!("town of {accounts} accounts loaded in {} s", begun.elapsed().as_secs());
    root.batch_execute("vacuum analyze").await?;
    Ok(())
}

impl Bench {
    /// Starts the server, makes the town, starts the worker. With `--kept` the town is the one that `--make` left.
    pub async fn start(accounts: u32) -> Outcome<Self> {
        let directory =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        let directory = directory.join("bench-cluster");
        let kept = asked("--kept");
        let cluster =
            if kept { Cluster::start(&directory, Pace::Durable)? } else { empty(&directory).await? };
        let month = super::first_month();
        let address = Address::parse(&cluster.socket_url("bench"))?;
        let mut root = connect(&address, "bench").await?;
        migrate(&mut root).await?;
        if !kept {
            populate(&mut root, accounts, month).await?;
        }
        let stand: i64 = root.query_one("select count(*) from cards_data.account", &[]).await?.get(0);
        anyhow::ensure!(stand == i64::from(accounts), "the town has {stand} accounts, not {accounts}");
        root.batch_execute("checkpoint").await?;
        if asked("--make") {
            cluster.stop()?;
            std::process::exit(0);
        }
        let (stop, stopped) = watch::channel(false);
        // The worker sits beside its server, as the yardstick does.
        let worker = address.with_login("kvartal_worker", PASSWORD);
        tokio::spawn(async move { worker::run(&worker, stopped).await });
        let bench = Self { cluster, stop, month };
        while !bench.operator().await?.worker_alive().await? {
            tokio::task::yield_now().await;
        }
        Ok(bench)
    }

    /// A session of the operator.
    pub async fn operator(&self) -> Outcome<Session> {
        Ok(Session::open(&self.address()?, "bench").await?)
    }

    /// Waits until the worker, who has nothing else to do, has drawn the pictures of all houses and added up their balances.
    pub async fn settled(&self) -> Outcome<()> {
        let root = self.root().await?;
        let moved = "select exists (select from billing.houses_moved($1))";
        while !picture::missing(&root, self.month, 1).await?.is_empty()
            || root.query_one(moved, &[&self.month.first_day()]).await?.get(0)
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Charges a month for everybody and waits for it.
    pub async fn charge(&self, month: Month) -> Outcome<Value> {
        self.job("billing.charge", json!({ "month": month })).await
    }

    /// Signs the control of a charged month and releases it; money of the day after its end is the first not counted.
    pub async fn release(&self, month: Month) -> Outcome<()> {
        let mut operator = self.operator().await?;
        sign(&mut operator, month, |kind, args| self.operation(kind, args)).await?;
        let cash_day = month.plus(1).first_day();
        let order = self.operation("billing.release", json!({ "month": month, "cash_day": cash_day }));
        operator.commit(&order).await?;
        Ok(())
    }

    /// Orders a job and follows it to its end.
    pub async fn job(&self, kind: &str, args: Value) -> Outcome<Value> {
        let mut session = self.operator().await?;
        let order = self.operation(kind, args);
        session.commit(&order).await?;
        Ok(session.follow(order.id, |_: &JobState| {}).await?)
    }

    /// The superuser, for what no operator may.
    pub async fn root(&self) -> Outcome<Client> {
        Ok(connect(&Address::parse(&self.cluster.socket_url("bench"))?, "bench").await?)
    }

    /// What the operator's session is told on a channel.
    pub async fn listen(&self, channel: &str) -> Outcome<(Client, UnboundedReceiver<Notification>)> {
        let (client, notices) = connect_listening(&self.address()?, "bench").await?;
        client.batch_execute(&format!("listen {channel}")).await?;
        Ok((client, notices))
    }

    /// An operation of the bench.
    pub fn operation(&self, kind: &str, args: Value) -> Operation {
        Operation { id: Uuid::new_v4(), kind: kind.to_owned(), args, ground: None }
    }

    /// Pairs of numbers, evenly out of a query's rows.
    pub async fn sample(&self, query: &str, count: usize) -> Outcome<Vec<(i64, i64)>> {
        let rows =
            self.root().await?.query(&format!("{query} order by hashint8(id) limit {count}"), &[]).await?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// Lines an operator might type: address with surname, number, surname alone, address alone. A room is asked for by its flat
    /// and its own number, and a payer is today's: otherwise nobody could find them.
    pub async fn search_lines(&self, count: usize) -> Outcome<Vec<String>> {
        let query = format!(
            "select a.number, n.last_name, s.name, h.number, concat_ws('/', f.number, p.number)
             from (select * from cards_data.account order by hashint8(id) limit {count}) a
             join cards_data.premises p on p.id = a.premises_id
             left join cards_data.premises f on f.id = p.parent_id
             join cards_data.house h on h.id = p.house_id
             join cards_data.street s on s.id = h.street_id
             join cards_data.account_holder c on c.account_id = a.id and c.retracted is null
                 and c.valid_from <= current_date and c.valid_to > current_date
             join passport_data.person_name n on n.person_id = c.person_id and n.retracted is null
                 and n.valid_from <= current_date and n.valid_to > current_date"
        );
        let rows = self.root().await?.query(&query, &[]).await?;
        let line = |(place, row): (usize, &tokio_postgres::Row)| {
            let part = |at: usize| row.get::<_, String>(at);
            match place % 4 {
                0 => format!("{} {} {} {}", part(2), part(3), part(4), part(1)),
                1 => part(0),
                2 => part(1),
                _ => format!("{} {} {}", part(2), part(3), part(4)),
            }
        };
        Ok(rows.iter().enumerate().map(line).collect())
    }

    /// Stops the worker and removes the server.
    pub async fn stop(self) -> Outcome<()> {
        self.stop.send(true)?;
        Ok(self.cluster.remove()?)
    }

    /// The town, by a login of its own.
    pub fn address_of(&self, login: &str) -> Outcome<Address> {
        Ok(Address::parse(&self.cluster.url(login, PASSWORD, "bench"))?)
    }

    fn address(&self) -> Outcome<Address> {
        self.address_of("kv_bench")
    }
}

/// Copies the lines of the published run into a bare table of the same columns, then builds the same key.
/// `which` is a condition, or nothing.
pub async fn bare_copy(root: &Client, which: &str) -> Outcome<Duration> {
    let rows = format!("copy (select * from billing_data.line {which}) to stdout binary");
    let chunks = drain(root, &rows).await?;
    root.batch_execute("drop table if exists bare; create table bare (like billing_data.line); checkpoint")
        .await?;
    let begun = Instant::now();
    fill(root, "copy bare from stdin binary", chunks).await?;
    root.batch_execute(&format!("alter table bare add primary key ({KEY})")).await?;
    Ok(begun.elapsed())
}

/// The simplified month as one statement into a bare table, its key built afterwards; and how many lines it made.
pub async fn one_statement(root: &Client, month: Month) -> Outcome<(Duration, u64)> {
    root.batch_execute("create table simple_line (like billing_data.line); checkpoint").await?;
    let begun = Instant::now();
    let lines = root.execute(include_str!("simple_month.sql"), &[&month.first_day()]).await?;
    root.batch_execute(&format!("alter table simple_line add primary key ({KEY})")).await?;
    Ok((begun.elapsed(), lines))
}

/// The lines of the month read in the order of their key, and its balances copied into a bare table with their key.
pub async fn bare_seal(root: &Client) -> Outcome<Duration> {
    let balances = drain(root, "copy billing_data.balance to stdout binary").await?;
    root.batch_execute("create table bare_balance (like billing_data.balance); checkpoint").await?;
    let begun = Instant::now();
    let ordered = format!("copy (select * from billing_data.line order by {KEY}) to stdout binary");
    drop(drain(root, &ordered).await?);
    fill(root, "copy bare_balance from stdin binary", balances).await?;
    let key = "alter table bare_balance add primary key (month, account_id, service_id, contract_id)";
    root.batch_execute(key).await?;
    Ok(begun.elapsed())
}

/// What the measured town is made of: how many of a hundred accounts have something the rules of the month must look at.
pub async fn shares(root: &Client, month: Month, figures: &mut Figures) -> Outcome<()> {
    let rows =
        root.query(include_str!("shares.sql"), &[&month.first_day(), &month.next().first_day()]).await?;
    for row in rows {
        let share: String = row.get(1);
        figures.say(row.get(0), format_args!("{share} %"));
    }
    Ok(())
}

/// Everything a COPY gives.
async fn drain(root: &Client, copy: &str) -> Outcome<Vec<Bytes>> {
    Ok(root.copy_out(copy).await?.try_collect().await?)
}

/// Gives a COPY everything.
async fn fill(root: &Client, copy: &str, chunks: Vec<Bytes>) -> Outcome<()> {
    let sink = root.copy_in(copy).await?;
    pin_mut!(sink);
    for bytes in chunks {
        sink.feed(bytes).await?;
    }
    sink.close().await?;
    Ok(())
}
