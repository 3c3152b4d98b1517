//! `kvartal cluster`: the private server, for the scripts in `bin/`. Not in the help: an operator has no use
//! for it, an administrator's server is made by `kvartal setup`.

use std::path::PathBuf;

use clap::Subcommand;

use super::{CliError, console};
use crate::db::cluster::{Cluster, ClusterError, Pace, Status};

/// What to do with which private server.
#[derive(Debug, clap::Args)]
#[command(about = "Частный сервер PostgreSQL для показа и проверок")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Создать, если его нет, запустить и напечатать адрес суперпользователя
    Start {
        #[command(flatten)]
        place: Place,
        /// Без защиты от потери питания: только для проверок
        #[arg(long)]
        fast: bool,
        /// Напечатать адрес через сокет, а не через порт
        #[arg(long)]
        socket: bool,
    },
    /// Остановить; остановленный не трогать
    Stop(Place),
    /// Сказать, работает ли он
    Status(Place),
    /// Остановить и удалить вместе с данными
    Remove(Place),
}

#[derive(Debug, clap::Args)]
struct Place {
    /// Каталог частного сервера
    #[arg(long, value_name = "КАТАЛОГ")]
    dir: PathBuf,
}

/// Does it.
///
/// # Errors
/// The server's own refusal; for `status`, that it is stopped.
pub fn run(args: &Args) -> Result<(), CliError> {
    match &args.action {
        Action::Start { place, fast, socket } => {
            let pace = if *fast { Pace::Fast } else { Pace::Durable };
            let cluster = Cluster::start(&place.dir, pace)?;
            let url =
                if *socket { cluster.socket_url("postgres") } else { cluster.superuser_url("postgres") };
            console::line(url)
        }
        Action::Stop(place) => Ok(Cluster::open(&place.dir)?.stop()?),
        Action::Status(place) => match Cluster::open(&place.dir)?.status()? {
            Status::Running(process) => console::line(format!("Сервер работает, процесс {process}.")),
            Status::Stopped => Err(CliError::Refused("Сервер остановлен.".to_owned())),
        },
        Action::Remove(place) => match Cluster::open(&place.dir) {
            Ok(cluster) => Ok(cluster.remove()?),
            Err(ClusterError::Absent(_)) => Ok(()),
            Err(error) => Err(error.into()),
        },
    }
}
