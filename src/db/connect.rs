//! One connection to the server: protected where the address asks for it, named for whoever looks at the
//! server's list of sessions, and refused with a sentence.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_postgres::AsyncMessage;
use tokio_postgres::error::SqlState;
pub use tokio_postgres::{Client, Notification};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::config::{Address, Tls};

/// How long a server may take to let somebody in, where the URL does not say (`connect_timeout`).
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nothing answers at the address.
    #[error("Сервер базы данных {0} не отвечает: проверьте, что он запущен и что адрес и порт верны.")]
    NoAnswer(String),
    /// The server accepted the line but said nothing in time.
    #[error("Сервер базы данных {server} не ответил за {seconds} с: проверьте связь и повторите.")]
    Timeout {
        /// The server as the address names it.
        server: String,
        /// How long was waited.
        seconds: u64,
    },
    /// Unknown login, or another password.
    #[error("Логин «{0}» или его пароль не подходит: проверьте их и раскладку клавиатуры.")]
    Password(String),
    /// The login is known, but may not enter this database.
    #[error("Логину «{login}» не разрешён вход в базу «{database}»: обратитесь к администратору.")]
    NotAllowed {
        /// The login that asked.
        login: String,
        /// The database it asked for.
        database: String,
    },
    /// The server has no such database.
    #[error("На сервере нет базы «{0}»: исправьте адрес или создайте её командой kvartal setup.")]
    NoDatabase(String),
    /// All places are taken.
    #[error("Все подключения к серверу {0} заняты: повторите через минуту.")]
    Busy(String),
    /// The server is starting or stopping.
    #[error("Сервер базы данных {0} запускается или останавливается: повторите через минуту.")]
    Starting(String),
    /// The server's certificate is not one we trust for this name.
    #[error(
        "Сертификат сервера {0} не прошёл проверку: укажите верное имя сервера и файл удостоверяющего центра \
         (sslrootcert)."
    )]
    Untrusted(String),
    /// The address asks for protection, the server has none.
    #[error("Сервер {0} не умеет шифровать соединение: включите на нём TLS или укажите sslmode=disable.")]
    NoTls(String),
    /// The file of the certification authority cannot be used.
    #[error("Файл удостоверяющего центра {0} не читается: проверьте путь и что файл в виде PEM.")]
    Authority(PathBuf),
    /// The system has no certificates to check the server against.
    #[error(
        "В системе нет сертификатов удостоверяющих центров: установите пакет ca-certificates или укажите \
         sslrootcert."
    )]
    NoAuthorities,
    /// Anything else; the cause goes to the log, not to the operator.
    #[error("Не удалось войти на сервер базы данных {server}: обратитесь к администратору.")]
    Other {
        /// The server as the address names it.
        server: String,
        /// What the driver said.
        source: tokio_postgres::Error,
    },
}

impl ConnectError {
    /// Whether waiting or mending the server may help, as opposed to another login or address.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        !matches!(self, Self::Password(_) | Self::NotAllowed { .. } | Self::NoDatabase(_))
    }
}

/// Connects; notices of the server go to the log. The session ends when the client is dropped.
///
/// # Errors
/// Why nobody was let in.
pub async fn connect(address: &Address, application: &str) -> Result<Client, ConnectError> {
    connect_listening(address, application).await.map(|(client, _)| client)
}

/// Connects and hands over what the server announces after `LISTEN`. The receiver ends with the session.
///
/// # Errors
/// Why nobody was let in.
pub async fn connect_listening(
    address: &Address,
    application: &str,
) -> Result<(Client, UnboundedReceiver<Notification>), ConnectError> {
    connect_by(address, application, connector(address)?).await
}

/// The same by a TLS half that is at hand: reading the certificates of the system takes time and a megabyte.
///
/// # Errors
/// Why nobody was let in.
pub async fn connect_by(
    address: &Address,
    application: &str,
    tls: MakeRustlsConnect,
) -> Result<(Client, UnboundedReceiver<Notification>), ConnectError> {
    let mut config = address.config().clone();
    config.application_name(application);
    let patience = config.get_connect_timeout().copied().unwrap_or(PATIENCE);
    // The driver's own time limit ends with the TCP handshake; a frozen server would hold us after it.
    let (client, mut connection) = tokio::time::timeout(patience, config.connect(tls))
        .await
        .map_err(|_| ConnectError::Timeout { server: address.server(), seconds: patience.as_secs() })?
        .map_err(|error| explain(address, error))?;

    let (announce, announced) = unbounded_channel();
    tokio::spawn(async move {
        let mut messages = futures_util::stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(message) = messages.next().await {
            match message {
                // Most sessions do not listen; their receiver is gone, which is not an error.
                Ok(AsyncMessage::Notification(notification)) => drop(announce.send(notification)),
                Ok(AsyncMessage::Notice(notice)) => tracing::debug!(%notice, "notice"),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "session lost");
                    break;
                }
            }
        }
    });
    Ok((client, announced))
}

/// The TLS half of a connection, also for a pool of them. Where the address asks for none it is never used.
///
/// # Errors
/// The certification authority cannot be read.
pub fn connector(address: &Address) -> Result<MakeRustlsConnect, ConnectError> {
    let roots = match address.tls() {
        Tls::Off => RootCertStore::empty(),
        Tls::Verified { authority: Some(file) } => roots_of(file)?,
        Tls::Verified { authority: None } => roots_of_system()?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| ConnectError::NoTls(address.server()))?;
    Ok(MakeRustlsConnect::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

fn roots_of(file: &Path) -> Result<RootCertStore, ConnectError> {
    let refused = || ConnectError::Authority(file.to_owned());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|_| refused())? {
        roots.add(certificate.map_err(|_| refused())?).map_err(|_| refused())?;
    }
    if roots.is_empty() { Err(refused()) } else { Ok(roots) }
}

fn roots_of_system() -> Result<RootCertStore, ConnectError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err(ConnectError::NoAuthorities) } else { Ok(roots) }
}

fn explain(address: &Address, error: tokio_postgres::Error) -> ConnectError {
    let server = address.server();
    let (login, database) = (address.login().to_owned(), address.database().to_owned());
    if let Some(code) = error.code() {
        return match *code {
            SqlState::INVALID_PASSWORD => ConnectError::Password(login),
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION | SqlState::INSUFFICIENT_PRIVILEGE => {
                ConnectError::NotAllowed { login, database }
            }
            SqlState::INVALID_CATALOG_NAME => ConnectError::NoDatabase(database),
            SqlState::TOO_MANY_CONNECTIONS => ConnectError::Busy(server),
            SqlState::CANNOT_CONNECT_NOW | SqlState::ADMIN_SHUTDOWN => ConnectError::Starting(server),
            _ => ConnectError::Other { server, source: error },
        };
    }
    if causes(&error).any(|cause| cause.is::<rustls::Error>()) {
        return ConnectError::Untrusted(server);
    }
    // The driver gives these two no type of their own, only a text.
    if causes(&error).any(|cause| cause.to_string() == "server does not support TLS") {
        return ConnectError::NoTls(server);
    }
    if causes(&error).any(|cause| cause.to_string() == "password missing") {
        return ConnectError::Password(login);
    }
    if causes(&error).any(|cause| cause.is::<std::io::Error>()) {
        return ConnectError::NoAnswer(server);
    }
    ConnectError::Other { server, source: error }
}

/// The causes of a failure, outermost first.
fn causes(error: &tokio_postgres::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = inner(cause);
        Some(cause)
    })
}

/// An input or output error shows what it wraps by another door than every other error.
fn inner<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}
