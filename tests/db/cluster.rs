//! The private server, for real: made, started twice, killed, moved out of the way, removed.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use kvartal::db::cluster::{Cluster, ClusterError, Pace, Status};
use kvartal::db::config::Address;
use kvartal::db::connect::{Client, ConnectError, connect};
use tempfile::TempDir;

/// A directory the server's user can enter; removes the server with it.
pub struct Place(TempDir);

impl Place {
    pub fn open_to_all() -> Self {
        Self::with_mode(0o755)
    }

    fn with_mode(mode: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
        Self(dir)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn start(&self) -> Cluster {
        Cluster::start(self.path(), Pace::Fast).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(cluster) = Cluster::open(self.path()) {
            cluster.remove().unwrap();
        }
    }
}

async fn enter(url: &str) -> Client {
    connect(&Address::parse(url).unwrap(), "kvartal test").await.unwrap()
}

fn process(cluster: &Cluster) -> u32 {
    match cluster.status().unwrap() {
        Status::Running(process) => process,
        Status::Stopped => panic!("the server does not run"),
    }
}

#[tokio::test]
async fn start_and_stop_may_be_repeated_and_lose_nothing() {
    let place = Place::open_to_all();
    let cluster = place.start();
    enter(&cluster.superuser_url("postgres")).await.batch_execute("create table kept ()").await.unwrap();
    assert_eq!(process(&place.start()), process(&cluster), "a running server is left alone");

    cluster.stop().unwrap();
    cluster.stop().unwrap();
    assert_eq!(cluster.status().unwrap(), Status::Stopped);

    let again = place.start();
    enter(&again.socket_url("postgres")).await.batch_execute("select from kept").await.unwrap();
}

#[tokio::test]
async fn the_server_is_nobody_else_s() {
    let place = Place::open_to_all();
    let cluster = place.start();
    let owner = fs::metadata(format!("/proc/{}", process(&cluster))).unwrap().uid();
    assert_ne!(owner, 0, "the server runs as root");
    let client = enter(&cluster.superuser_url("postgres")).await;
    let row = client
        .query_one("select inet_server_port(), current_setting('listen_addresses')", &[])
        .await
        .unwrap();
    assert_ne!(row.get::<_, i32>(0), 5432);
    assert_eq!(row.get::<_, &str>(1), "127.0.0.1");
    let record = fs::metadata(place.path().join("cluster.toml")).unwrap();
    assert_eq!(record.permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn no_way_in_without_the_password() {
    let place = Place::open_to_all();
    let cluster = place.start();
    for url in [cluster.superuser_url("postgres"), cluster.socket_url("postgres")] {
        let right = Address::parse(&url).unwrap();
        let wrong = right.with_login(right.login(), "угадываю");
        assert!(matches!(connect(&wrong, "guess").await, Err(ConnectError::Password(_))), "{wrong}");
    }
}

#[tokio::test]
async fn a_killed_server_comes_back_with_what_was_committed() {
    let place = Place::open_to_all();
    let cluster = Cluster::start(place.path(), Pace::Durable).unwrap();
    enter(&cluster.superuser_url("postgres")).await.batch_execute("create table kept ()").await.unwrap();
    let killed = Command::new("kill").args(["-KILL", &process(&cluster).to_string()]).status().unwrap();
    assert!(killed.success());
    crate::common::until("the server is dead", async || cluster.status().unwrap() == Status::Stopped).await;

    let again = Cluster::start(place.path(), Pace::Durable).unwrap();
    enter(&again.superuser_url("postgres")).await.batch_execute("select from kept").await.unwrap();
}

/// Root's server runs as another user, who cannot enter a closed directory; anybody else's can.
#[tokio::test]
async fn a_directory_the_server_cannot_enter_is_replaced_and_the_replacement_removed() {
    let place = Place::with_mode(0o700);
    let cluster = place.start();
    enter(&cluster.socket_url("postgres")).await.batch_execute("select 1").await.unwrap();
    let home = cluster.log().parent().unwrap().to_owned();
    let by_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    assert_eq!(home.starts_with("/var/tmp"), by_root, "{}", home.display());
    cluster.remove().unwrap();
    assert!(!home.exists() && !place.path().join("cluster.toml").exists());
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_is_no_hindrance() {
    let place = Place::open_to_all();
    let deep = place.path().join("длинное имя, со знаками 'и' пробелами".repeat(2));
    let cluster = Cluster::start(&deep, Pace::Fast).unwrap();
    enter(&cluster.socket_url("postgres")).await.batch_execute("select 1").await.unwrap();
    cluster.remove().unwrap();
}

#[test]
fn what_is_not_there_is_neither_opened_nor_made() {
    let place = Place::open_to_all();
    let nowhere = place.path().join("nowhere");
    assert!(matches!(Cluster::open(&nowhere), Err(ClusterError::Absent(_))));
    assert!(matches!(Cluster::open(place.path()), Err(ClusterError::Absent(_))));
    assert!(!nowhere.exists());
}
