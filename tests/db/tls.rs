//! The protected line: only a server that proves its name is spoken to.

use std::fs;

use kvartal::db::cluster::Cluster;
use kvartal::db::config::Address;
use kvartal::db::connect::{ConnectError, connect};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use super::cluster::Place;

/// A certification authority made for this test; answers with its certificate as PEM.
fn authority() -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).unwrap().pem();
    (certificate, Issuer::new(params, key))
}

/// Gives the server a certificate for `localhost` and switches TLS on. The files are written by the server
/// itself, so that they are its own.
async fn switch_on(cluster: &Cluster, issuer: &Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, issuer).unwrap().pem();
    let address = Address::parse(&cluster.superuser_url("postgres")).unwrap();
    let root = connect(&address, "kvartal test").await.unwrap();
    for (file, text) in [("server.key", key.serialize_pem()), ("server.crt", certificate)] {
        let lines: Vec<String> = text.lines().map(|line| format!("('{line}')")).collect();
        let write = format!("copy (values {}) to program 'umask 077; cat > {file}'", lines.join(", "));
        root.batch_execute(&write).await.unwrap();
    }
    root.batch_execute("alter system set ssl = on").await.unwrap();
    root.batch_execute("select pg_reload_conf()").await.unwrap();
    crate::common::until("the server offers TLS", async || {
        let fresh = connect(&address, "kvartal test").await.unwrap();
        fresh.query_one("show ssl", &[]).await.unwrap().get::<_, &str>(0) == "on"
    })
    .await;
}

#[tokio::test]
async fn only_a_server_that_proves_its_name_is_spoken_to() {
    let place = Place::open_to_all();
    let cluster = place.start();
    let ((trusted, issuer), (foreign, _)) = (authority(), authority());
    let [ours, theirs] = [("ours.pem", trusted), ("theirs.pem", foreign)].map(|(name, certificate)| {
        let file = place.path().join(name);
        fs::write(&file, certificate).unwrap();
        file.display().to_string()
    });
    let at = |host: &str, authority: &str| {
        let url = cluster.superuser_url("postgres").replace("127.0.0.1", host);
        Address::parse(&format!("{url}?sslmode=verify-full&sslrootcert={authority}")).unwrap()
    };
    let told = async |address: Address| connect(&address, "kvartal test").await.map(drop);

    assert!(matches!(told(at("localhost", &ours)).await, Err(ConnectError::NoTls(_))));
    assert!(matches!(told(at("localhost", "/nowhere.pem")).await, Err(ConnectError::Authority(_))));

    switch_on(&cluster, &issuer).await;
    assert!(matches!(told(at("localhost", &theirs)).await, Err(ConnectError::Untrusted(_))));
    assert!(matches!(told(at("127.0.0.1", &ours)).await, Err(ConnectError::Untrusted(_))));

    let client = connect(&at("localhost", &ours), "kvartal test").await.unwrap();
    let row =
        client.query_one("select ssl from pg_stat_ssl where pid = pg_backend_pid()", &[]).await.unwrap();
    assert!(row.get::<_, bool>(0), "the line is in the clear");
}
