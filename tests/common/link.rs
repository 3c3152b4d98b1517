//! A bad line between a client and the server: a relay on the loopback that delays, freezes and cuts at command.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kvartal::db::config::{Address, percent_encoded};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_postgres::config::Host;

use super::Db;
use super::people::PASSWORD;

/// The state of the line; a change takes effect at once, also on bytes already under way.
#[derive(Debug, Clone, Copy, Default)]
struct Weather {
    delay: Duration,
    frozen: bool,
    /// Counts the cuts: a connection made before the last one is dead.
    cuts: u32,
}

/// Bytes counted on one way through the line.
#[derive(Debug, Default)]
struct Way {
    entered: AtomicU64,
    left: AtomicU64,
}

/// The relay. Dropping it cuts every connection for good.
pub struct Link {
    port: u16,
    weather: watch::Sender<Weather>,
    up: Arc<Way>,
    down: Arc<Way>,
    relay: JoinHandle<()>,
}

impl Link {
    /// A line to the server of a test's database, good for now.
    pub async fn to(db: &Db) -> Self {
        let upstream = Upstream::of(db.root_address());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (weather, seen) = watch::channel(Weather::default());
        let (up, down) = <(Arc<Way>, Arc<Way>)>::default();
        let ways = (Arc::clone(&up), Arc::clone(&down));
        let relay = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, upstream.clone(), seen.clone(), ways.clone()));
            }
        });
        Self { port, weather, up, down, relay }
    }

    /// The address of one of the fixture's people through this line.
    pub fn address(&self, db: &Db, login: &str) -> Address {
        Address::parse(&self.url(db, login)).unwrap()
    }

    /// The same as a URL, for a program started by a test.
    pub fn url(&self, db: &Db, login: &str) -> String {
        let (password, port, name) = (percent_encoded(PASSWORD), self.port, db.name());
        format!("postgresql://{login}:{password}@127.0.0.1:{port}/{name}")
    }

    /// Every byte takes this long each way.
    pub fn delay(&self, delay: Duration) {
        self.weather.send_modify(|weather| weather.delay = delay);
    }

    /// Nothing passes and nothing breaks: the half-open line of a modem, a sleeping laptop, a lost route.
    pub fn freeze(&self) {
        self.weather.send_modify(|weather| weather.frozen = true);
    }

    /// What was held goes on.
    pub fn thaw(&self) {
        self.weather.send_modify(|weather| weather.frozen = false);
    }

    /// Ends the connections of this moment; new ones pass.
    pub fn cut(&self) {
        self.weather.send_modify(|weather| weather.cuts += 1);
    }

    /// Bytes the client has sent that have not reached the server.
    pub fn held(&self) -> u64 {
        self.up.entered.load(Ordering::SeqCst) - self.up.left.load(Ordering::SeqCst)
    }

    /// Bytes that came out of the line: to the server, to the client.
    pub fn passed(&self) -> (u64, u64) {
        (self.up.left.load(Ordering::SeqCst), self.down.left.load(Ordering::SeqCst))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.relay.abort();
    }
}

/// Where the server really listens.
#[derive(Debug, Clone)]
enum Upstream {
    Socket(PathBuf),
    Port(String, u16),
}

impl Upstream {
    fn of(address: &Address) -> Self {
        let port = address.config().get_ports()[0];
        match &address.config().get_hosts()[0] {
            Host::Unix(directory) => Self::Socket(directory.join(format!(".s.PGSQL.{port}"))),
            Host::Tcp(name) => Self::Port(name.clone(), port),
        }
    }
}

async fn carry(
    client: TcpStream,
    upstream: Upstream,
    seen: watch::Receiver<Weather>,
    ways: (Arc<Way>, Arc<Way>),
) {
    match upstream {
        Upstream::Socket(path) => relay(client, UnixStream::connect(path).await.unwrap(), seen, ways).await,
        Upstream::Port(name, port) => {
            relay(client, TcpStream::connect((name, port)).await.unwrap(), seen, ways).await;
        }
    }
}

/// Carries one connection until an end closes it or it is cut; both ends are closed when this returns.
async fn relay(
    client: TcpStream,
    server: impl AsyncRead + AsyncWrite,
    mut seen: watch::Receiver<Weather>,
    (up, down): (Arc<Way>, Arc<Way>),
) {
    let born = seen.borrow().cuts;
    let (client_in, client_out) = client.into_split();
    let (server_in, server_out) = tokio::io::split(server);
    let (upwards, downwards) = (seen.clone(), seen.clone());
    tokio::select! {
        () = pump(client_in, server_out, upwards, &up) => {}
        () = pump(server_in, client_out, downwards, &down) => {}
        _ = seen.wait_for(|weather| weather.cuts != born) => {}
    }
}

/// One way: what enters is stamped with the moment it may leave, so that a delay does not become a bandwidth.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut into: impl AsyncWrite + Unpin,
    mut seen: watch::Receiver<Weather>,
    way: &Way,
) {
    let (queue, mut queued) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let stamps = seen.clone();
    let enter = async {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            way.entered.fetch_add(length as u64, Ordering::SeqCst);
            let leaves = Instant::now() + stamps.borrow().delay;
            let _ = queue.send((leaves, buffer[..length].to_vec()));
        }
        drop(queue);
    };
    let leave = async {
        while let Some((leaves, bytes)) = queued.recv().await {
            tokio::time::sleep_until(leaves).await;
            if seen.wait_for(|weather| !weather.frozen).await.is_err()
                || into.write_all(&bytes).await.is_err()
            {
                break;
            }
            way.left.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        }
    };
    tokio::join!(enter, leave);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::{people, until};
    use kvartal::db::connect::connect;

    #[tokio::test]
    async fn a_frozen_line_holds_everything_and_loses_nothing() {
        let db = Db::fresh().await;
        let link = Link::to(&db).await;
        let client = connect(&link.address(&db, people::CASHIER), "frozen").await.unwrap();
        link.freeze();
        let before = link.passed();
        let question =
            tokio::spawn(async move { client.query_one("select 42", &[]).await.unwrap().get::<_, i32>(0) });
        until("the question is in the line", async || link.held() > 0).await;
        assert_eq!(link.passed(), before);
        link.thaw();
        assert_eq!(question.await.unwrap(), 42);
        assert!(link.passed().0 > before.0 && link.passed().1 > before.1);
    }

    #[tokio::test]
    async fn a_cut_ends_what_is_open_and_lets_new_lines_pass() {
        let db = Db::fresh().await;
        let link = Link::to(&db).await;
        let address = link.address(&db, people::CASHIER);
        let client = connect(&address, "cut").await.unwrap();
        link.cut();
        assert!(client.query_one("select 42", &[]).await.is_err());
        let again = connect(&address, "after the cut").await.unwrap();
        assert_eq!(again.query_one("select 42", &[]).await.unwrap().get::<_, i32>(0), 42);
    }

    #[tokio::test]
    async fn a_delay_is_paid_on_both_ways() {
        let db = Db::fresh().await;
        let link = Link::to(&db).await;
        let client = connect(&link.address(&db, people::CASHIER), "slow").await.unwrap();
        let delay = Duration::from_millis(30);
        link.delay(delay);
        let asked = Instant::now();
        client.batch_execute("select 42").await.unwrap();
        assert!(asked.elapsed() >= 2 * delay, "an answer overtook the delay");
    }
}
