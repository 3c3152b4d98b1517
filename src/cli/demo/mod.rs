//! `kvartal demo`: a made-up town on a private server, with months behind it, operators of every job, and a worker.
//!
//! Server and worker outlive the command and are stopped by `--stop`. A town once prepared is used again; what an
//! interrupted preparation left is thrown away and made anew.

mod home;
pub mod operators;
pub mod pictures;
mod prepare;
mod process;
mod record;
mod show;
mod table;
mod worker;

use std::io::{IsTerminal, stdin, stdout};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use tokio::task::LocalSet;

use self::home::Home;
use super::{CliError, console};
use crate::db::cluster::{Cluster, ClusterError};
use crate::job::town::life;

/// Показательный город на частном сервере: дома, жильцы, месяцы начислений, сотрудники
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Только подготовить; последняя строка вывода — JSON с адресами и логинами
    #[arg(long)]
    prepare_only: bool,
    /// Записать в каталог картинки экранов: их рисует сама программа на этом городе
    #[arg(long, value_name = "КАТАЛОГ", conflicts_with = "prepare_only")]
    pictures: Option<PathBuf>,
    /// Остановить сервер и обработчик; город остаётся
    #[arg(long, conflicts_with_all = ["prepare_only", "accounts", "seed", "history"])]
    stop: bool,
    /// Сколько лицевых счетов (иначе 2000)
    #[arg(long, value_name = "ЧИСЛО", value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    accounts: Option<u32>,
    /// Зерно: одно и то же даёт один и тот же город (иначе 1)
    #[arg(long, value_name = "ЧИСЛО")]
    seed: Option<u64>,
    /// Каталог города (иначе ~/.local/share/kvartal/demo)
    #[arg(long, value_name = "КАТАЛОГ")]
    dir: Option<PathBuf>,
    /// Сколько месяцев прожито, начиная с мая 2026 (иначе 5)
    #[arg(long, value_name = "ЧИСЛО", value_parser = clap::value_parser!(u32).range(0..=i64::from(life::LONGEST)))]
    history: Option<u32>,
}

/// Prepares the town unless it is there, and shows it.
///
/// # Errors
/// What stood in the way, as a sentence; the next run begins anew where this one broke off.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let dir = match &args.dir {
        Some(dir) => dir.clone(),
        None => home::usual()?,
    };
    if args.stop {
        return stop(&dir);
    }
    let home = Home::enter(&dir)?;
    let ready = prepare::prepare(&home, args).await?;
    if args.prepare_only {
        return console::line(ready.answer().await?);
    }
    if let Some(folder) = &args.pictures {
        return LocalSet::new().run_until(pictures::draw(&ready, folder)).await;
    }
    if !(stdin().is_terminal() && stdout().is_terminal()) {
        return show::town(&ready, home.dir()).await;
    }
    let url = ready.url(operators::CENTRE.login, operators::PASSWORD);
    show::logins()?;
    stdin().read_line(&mut String::new())?;
    // The workstation is a program of its own: nothing of the preparation stays in its memory.
    drop((ready, home));
    let failed = Command::new(std::env::current_exe()?).arg("desk").env("KVARTAL_URL", url).exec();
    Err(failed.into())
}

/// Stops the worker, then the server. Harmless where neither runs.
fn stop(dir: &std::path::Path) -> Result<(), CliError> {
    match Cluster::open(dir) {
        Ok(cluster) => {
            worker::stop(dir)?;
            cluster.stop()?;
            console::line("Обработчик и сервер остановлены, город остался; запустить снова: kvartal demo.")
        }
        Err(ClusterError::Absent(_)) => {
            Err(CliError::Refused(format!("В каталоге «{}» нет показательного города.", dir.display())))
        }
        Err(error) => Err(error.into()),
    }
}
