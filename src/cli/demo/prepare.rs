//! Makes a town ready: server, base, people, facts, months; or finds it ready.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use uuid::Uuid;

use super::home::Home;
use super::record::Record;
use super::{Args, operators, worker};
use crate::calc::period::Month;
use crate::cli::{CliError, console};
use crate::db::cluster::{Cluster, ClusterError, Pace};
use crate::db::config::Address;
use crate::db::connect::connect;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::db::migrate::{digest, migrate};
use crate::document::number;
use crate::job::setup;
use crate::job::town::Town;
use crate::job::town::calendar::first_month;
use crate::job::town::life::{self, Living};
use crate::job::town::load::{self, Loading};

/// The base of the town.
const DATABASE: &str = "kvartal";

/// A town with its server and worker running.
pub(super) struct Ready {
    cluster: Cluster,
    /// A session of the base's owner.
    pub(super) owner: Client,
    /// The base, over the socket, by its owner.
    pub(super) address: Address,
}

/// Finds the town of the directory, or makes it.
pub(super) async fn prepare(home: &Home, args: &Args) -> Result<Ready, CliError> {
    let dir = home.dir();
    match Record::read(dir)? {
        Some(record) => {
            record.check(args, dir)?;
            if record.ready {
                console::remark(format_args!("Город в каталоге «{}» уже готов.", dir.display()));
                return wake(home, record).await;
            }
            console::remark("Прошлая подготовка города прервана, начинаем её заново.");
            worker::stop(dir)?;
            blocking(dir, |dir| forget(&dir)).await?;
            make(home, record).await
        }
        None => {
            let record = Record {
                accounts: args.accounts.unwrap_or(2_000),
                seed: args.seed.unwrap_or(1),
                history: args.history.unwrap_or(life::LONGEST),
                worker_password: Uuid::new_v4().simple().to_string(),
                sql: digest(),
                ready: false,
            };
            make(home, record).await
        }
    }
}

/// Starts what does not run, and brings a base made by another build up to this one.
async fn wake(home: &Home, mut record: Record) -> Result<Ready, CliError> {
    let mut ready = serve(home).await?;
    if record.sql != digest() {
        worker::stop(home.dir())?;
        migrate(&mut ready.owner).await.map_err(CliError::refused)?;
        record.sql = digest();
        record.write(home.dir())?;
    }
    worker::start(home.dir(), &ready.url("kvartal_worker", &record.worker_password), &ready.owner).await?;
    Ok(ready)
}

/// Makes the town of a record.
async fn make(home: &Home, mut record: Record) -> Result<Ready, CliError> {
    record.sql = digest();
    record.write(home.dir())?;
    let town = Town::new(record.accounts, record.seed);
    console::remark(format_args!(
        "Готовим город: лицевых счетов {}, зерно {}, месяцев {}.",
        record.accounts, record.seed, record.history
    ));
    let mut ready = serve(home).await?;
    migrate(&mut ready.owner).await.map_err(CliError::refused)?;
    setup::worker_login(&ready.owner, &record.worker_password).await.map_err(CliError::refused)?;
    setup::first_month(&ready.owner, first_month()).await.map_err(CliError::refused)?;
    operators::settle(&mut ready.owner, &ready.address, &town).await?;
    let bar = bar();
    let loaded = load::load(&mut ready.owner, &town, |step| show_loading(&bar, step)).await;
    bar.finish_and_clear();
    loaded.map_err(CliError::refused)?;
    console::remark("Картотека загружена.");
    worker::start(home.dir(), &ready.url("kvartal_worker", &record.worker_password), &ready.owner).await?;
    if record.history > 0 {
        let mut hands = operators::hands(&ready.address).await?;
        let lived = life::live(&town, record.history, &ready.owner, &mut hands, |step| {
            show_living(&bar, &step);
        })
        .await;
        bar.finish_and_clear();
        lived.map_err(CliError::refused)?;
    }
    record.ready = true;
    record.write(home.dir())?;
    console::remark("Город готов.");
    Ok(ready)
}

/// The server running, and a session in the base, made where there is none.
async fn serve(home: &Home) -> Result<Ready, CliError> {
    let cluster = blocking(home.dir(), |dir| Cluster::start(&dir, Pace::Durable)).await?;
    let address = Address::parse(&cluster.socket_url(DATABASE))?;
    let server = connect(&address.with_database("postgres"), "kvartal demo").await?;
    let known = "select from pg_database where datname = $1";
    if server.query_opt(known, &[&DATABASE]).await.map_err(refused)?.is_none() {
        server.batch_execute(&format!("create database {DATABASE}")).await.map_err(refused)?;
    }
    let owner = connect(&address, "kvartal demo").await?;
    Ok(Ready { cluster, owner, address })
}

/// Removes the server an interrupted preparation left, if it came so far.
fn forget(dir: &Path) -> Result<(), ClusterError> {
    match Cluster::open(dir) {
        Ok(cluster) => cluster.remove(),
        Err(ClusterError::Absent(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Work with the server's programs takes seconds, and must not keep Ctrl-C waiting.
async fn blocking<T: Send + 'static>(
    dir: &Path,
    work: impl FnOnce(PathBuf) -> Result<T, ClusterError> + Send + 'static,
) -> Result<T, CliError> {
    let dir = dir.to_owned();
    match tokio::task::spawn_blocking(move || work(dir)).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(CliError::Interrupted),
    }
}

impl Ready {
    /// The way in over the loopback port.
    pub(super) fn url(&self, login: &str, password: &str) -> String {
        format!("{}?sslmode=disable", self.cluster.url(login, password, DATABASE))
    }

    /// The months with their states, the earliest first.
    pub(super) async fn months(&self) -> Result<Vec<(Month, String)>, CliError> {
        let sql = "select month, state from billing_data.month order by month";
        let rows = self.owner.query(sql, &[]).await.map_err(refused)?;
        Ok(rows.iter().map(|row| (Month::of(row.get(0)), row.get(1))).collect())
    }

    /// All that a program needs to go in: `{"url", "superuser", "months", "roles"}`.
    pub(super) async fn answer(&self) -> Result<Value, CliError> {
        let months = self.months().await?;
        let months: Vec<Value> =
            months.iter().map(|(month, state)| json!({ "month": month, "state": state })).collect();
        let password = operators::PASSWORD;
        let role = |one: &operators::Operator| {
            let url = self.url(one.login, password);
            json!({ "login": one.login, "password": password, "job": one.job, "url": url })
        };
        Ok(json!({
            "url": self.url(operators::ADMIN.login, password),
            "superuser": format!("{}?sslmode=disable", self.cluster.superuser_url(DATABASE)),
            "months": months,
            "roles": operators::ALL.iter().map(role).collect::<Vec<_>>(),
        }))
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

fn show_loading(bar: &ProgressBar, step: Loading) {
    match step {
        Loading::Houses(done, total) => {
            bar.set_message("Дома");
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
        Loading::Indexes => bar.set_message("Ключи и индексы"),
        Loading::Search => bar.set_message("Строки поиска"),
    }
}

fn show_living(bar: &ProgressBar, step: &Living) {
    match step {
        Living::Charging(month, state) => {
            let stage = state.stage.as_deref().unwrap_or("ждём обработчика");
            bar.set_message(format!("{}: {stage}", number::month(*month)));
            bar.set_length(state.total.unwrap_or_default().unsigned_abs());
            bar.set_position(state.done.unsigned_abs());
        }
        Living::Paying(month, payments) => {
            bar.set_message(format!("{}: платежи", number::month(*month)));
            bar.set_position(*payments as u64);
        }
        Living::Late(month, news) => {
            console::remark(format_args!(
                "{}: выпущен и оплачен; поздних сведений {news}.",
                number::month(*month)
            ));
        }
        Living::Sealed(_) => {}
    }
}

fn refused(error: crate::db::driver::Error) -> CliError {
    CliError::refused(DbError::from(error))
}
