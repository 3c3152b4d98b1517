//! Being let in, or not, and why.

use kvartal::db::config::Address;
use kvartal::db::connect::{ConnectError, connect, connect_listening};

use crate::common::link::Link;
use crate::common::{Db, people};

async fn refusal(address: &Address) -> ConnectError {
    connect(address, "kvartal test").await.map(drop).expect_err("must not be let in")
}

#[tokio::test]
async fn a_session_bears_its_name() {
    let db = Db::fresh().await;
    let client = connect(&db.address(people::CASHIER), "kvartal касса").await.unwrap();
    let name = client.query_one("select current_setting('application_name')", &[]).await.unwrap();
    // The server keeps names in ASCII and puts a question mark for every other byte.
    assert!(name.get::<_, &str>(0).starts_with("kvartal "));
}

#[tokio::test]
async fn every_refusal_has_its_own_sentence() {
    let db = Db::fresh().await;
    let right = db.address(people::CASHIER);
    let unknown = refusal(&right.with_login("kv_test_nobody", "x")).await;
    assert!(matches!(unknown, ConnectError::Password(login) if login == "kv_test_nobody"));
    let missing = refusal(&db.root_address().with_database("kvartal_test_none")).await;
    assert!(matches!(missing, ConnectError::NoDatabase(name) if name == "kvartal_test_none"));

    // Of this database only: roles are shared by all tests.
    let root = db.root().await;
    root.batch_execute(&format!("alter database {} connection limit 0", db.name())).await.unwrap();
    let busy = refusal(&right).await;
    assert!(matches!(busy, ConnectError::Busy(_)), "{busy}");
}

#[tokio::test]
async fn a_database_that_is_closed_to_a_login_says_so() {
    let db = Db::fresh().await;
    let name = db.name();
    let close = format!("revoke connect on database {name} from public, kvartal_operator");
    db.root().await.batch_execute(&close).await.unwrap();
    assert!(matches!(refusal(&db.address(people::CASHIER)).await, ConnectError::NotAllowed { .. }));
}

#[tokio::test]
async fn nobody_at_the_address_is_no_answer() {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let nobody = Address::parse(&format!("postgresql://a:b@127.0.0.1:{port}/t")).unwrap();
    let told = refusal(&nobody).await;
    assert!(matches!(&told, ConnectError::NoAnswer(server) if *server == format!("127.0.0.1:{port}")));
    assert!(told.is_unavailable());
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_does_not_hold_us() {
    let db = Db::fresh().await;
    let link = Link::to(&db).await;
    link.freeze();
    let address = link.address(&db, people::CASHIER);
    let impatient = format!("postgresql://a:b@{}/t?connect_timeout=1", address.server());
    let told = refusal(&Address::parse(&impatient).unwrap()).await;
    assert!(matches!(told, ConnectError::Timeout { seconds: 1, .. }), "{told}");
}

#[tokio::test]
async fn what_is_announced_is_heard() {
    let db = Db::fresh().await;
    let (client, mut heard) = connect_listening(&db.address(people::CASHIER), "listener").await.unwrap();
    client.batch_execute("listen topic").await.unwrap();
    db.root().await.batch_execute("notify topic, '7'").await.unwrap();
    let notification = heard.recv().await.unwrap();
    assert_eq!((notification.channel(), notification.payload()), ("topic", "7"));
    drop(client);
    assert!(heard.recv().await.is_none(), "the receiver ends with the session");
}
