//! Where the database is and who asks: a URL given by `--url` or `KVARTAL_URL`, read once and never printed
//! with its password.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tokio_postgres::config::{Config, Host, SslMode};

/// The settings a URL may carry after its `?`. Anything else is refused: a misspelt setting must not be lost.
const SETTINGS: [&str; 12] = [
    "host",
    "port",
    "user",
    "password",
    "dbname",
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "tcp_user_timeout",
    "sslmode",
    "sslrootcert",
];

/// How the line to the server is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// In the clear: a unix socket, this machine, or `sslmode=disable`.
    Off,
    /// Encrypted, and the server's certificate and name are checked. There is no mode between the two:
    /// encryption without a check protects from nobody who can stand in the middle.
    Verified {
        /// The centre's own certification authority (`sslrootcert`, PEM); the system's ones where absent.
        authority: Option<PathBuf>,
    },
}

/// A database, the login that asks, and the protection of the line between.
#[derive(Clone)]
pub struct Address {
    config: Config,
    tls: Tls,
}

/// Why a URL is not an address of a database. No variant repeats the URL: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Neither the option nor the variable is given.
    #[error(
        "Не указано, к какой базе подключаться: добавьте --url postgresql://ЛОГИН@СЕРВЕР:ПОРТ/БАЗА или задайте \
         переменную KVARTAL_URL."
    )]
    Missing,
    /// The text is not a `postgresql://` URL.
    #[error("Адрес базы не начинается с postgresql://; образец: postgresql://ЛОГИН@СЕРВЕР:ПОРТ/БАЗА.")]
    NotUrl,
    /// A part without which nothing can be reached; the part is named in Russian.
    #[error("В адресе базы не указано, {0}; образец: postgresql://ЛОГИН@СЕРВЕР:ПОРТ/БАЗА.")]
    Lacks(&'static str),
    /// A setting that Kvartal does not know, and the nearest it does.
    #[error("Настройка «{name}» в адресе базы неизвестна; ближайшая известная: «{nearest}».")]
    UnknownSetting {
        /// The setting as written.
        name: String,
        /// The nearest known one.
        nearest: &'static str,
    },
    /// An `sslmode` that promises less than it seems to.
    #[error(
        "Режим защиты sslmode={0} не поддерживается: укажите verify-full (шифрование с проверкой сертификата \
         сервера) или disable (без шифрования)."
    )]
    Mode(String),
    /// The URL has the right beginning, but cannot be read.
    #[error(
        "Адрес базы не удалось разобрать: проверьте порт и значения настроек, а особые знаки в пароле замените \
         их кодами (@ на %40, / на %2F, ? на %3F)."
    )]
    Unreadable,
}

impl Address {
    /// Reads the URL given by option or variable.
    ///
    /// # Errors
    /// [`AddressError::Missing`] where none is given, else as [`Address::parse`].
    pub fn required(url: Option<&str>) -> Result<Self, AddressError> {
        Self::parse(url.map(str::trim).filter(|url| !url.is_empty()).ok_or(AddressError::Missing)?)
    }

    /// Reads `postgresql://LOGIN[:PASSWORD]@HOST[:PORT]/DATABASE[?setting=value&…]`; a unix socket is given as
    /// `?host=/directory&port=N`. Login, host and database must be named: a default would be a guess.
    ///
    /// # Errors
    /// What is wrong, without repeating the URL.
    pub fn parse(url: &str) -> Result<Self, AddressError> {
        let address = Self::of_server(url)?;
        if address.login().is_empty() {
            return Err(AddressError::Lacks("под каким логином входить"));
        }
        Ok(address)
    }

    /// As [`Address::parse`], but the login may be missing: somebody will be asked for it.
    ///
    /// # Errors
    /// What is wrong, without repeating the URL.
    pub fn of_server(url: &str) -> Result<Self, AddressError> {
        if !url.starts_with("postgresql://") && !url.starts_with("postgres://") {
            return Err(AddressError::NotUrl);
        }
        let (place, settings) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authority, mut rest) = (None, None, Vec::new());
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            let (name, value) = setting.split_once('=').ok_or(AddressError::Unreadable)?;
            match known_setting(name)? {
                "sslmode" => mode = Some(percent_decoded(value)?),
                "sslrootcert" => authority = Some(PathBuf::from(percent_decoded(value)?)),
                _ => rest.push(setting),
            }
        }
        let config: Config =
            format!("{place}?{}", rest.join("&")).parse().map_err(|_| AddressError::Unreadable)?;
        require_parts(&config)?;
        let tls = protection(&config, mode.as_deref(), authority)?;
        Ok(Self { config, tls }.with_mode())
    }

    /// The same server and login, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        let mut other = self.clone();
        other.config.dbname(database);
        other
    }

    /// The same server and database, another login.
    #[must_use]
    pub fn with_login(&self, login: &str, password: &str) -> Self {
        let mut other = self.clone();
        other.config.user(login).password(password);
        other
    }

    /// The same, with a line whose silence is noticed within half a minute: somebody sits in front of it. What the URL says stays.
    #[must_use]
    pub fn watchful(&self) -> Self {
        let mut other = self.clone();
        let usual = Config::new();
        if other.config.get_keepalives_idle() == usual.get_keepalives_idle() {
            other.config.keepalives_idle(Duration::from_secs(10));
            other.config.keepalives_interval(Duration::from_secs(5));
            other.config.keepalives_retries(3);
        }
        if other.config.get_tcp_user_timeout().is_none() {
            other.config.tcp_user_timeout(Duration::from_secs(25));
        }
        other
    }

    /// The settings for the driver, with the mode of protection already set.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How the line is protected.
    #[must_use]
    pub fn tls(&self) -> &Tls {
        &self.tls
    }

    /// The login that asks.
    #[must_use]
    pub fn login(&self) -> &str {
        self.config.get_user().unwrap_or_default()
    }

    /// The name of the database.
    #[must_use]
    pub fn database(&self) -> &str {
        self.config.get_dbname().unwrap_or_default()
    }

    /// The first server of the address as an operator would name it: `host:port` or the socket's directory.
    #[must_use]
    pub fn server(&self) -> String {
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => format!("{name}:{port}"),
            Some(Host::Unix(directory)) => format!("{} (порт {port})", directory.display()),
            None => String::new(),
        }
    }

    /// The address as a URL that [`Address::parse`] reads back, its password included: for a program's own settings, never for
    /// a screen or a log.
    #[must_use]
    pub fn url(&self) -> String {
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let password = self.config.get_password().map(String::from_utf8_lossy);
        let password = password.map(|secret| format!(":{}", percent_encoded(&secret))).unwrap_or_default();
        let (login, database) = (percent_encoded(self.login()), percent_encoded(self.database()));
        let (host, mut settings) = match self.config.get_hosts().first() {
            Some(Host::Unix(directory)) => {
                let directory = percent_encoded(&directory.display().to_string());
                (String::new(), vec![format!("host={directory}"), format!("port={port}")])
            }
            Some(Host::Tcp(name)) if name.contains(':') => (format!("[{name}]:{port}"), Vec::new()),
            Some(Host::Tcp(name)) => (format!("{name}:{port}"), Vec::new()),
            None => (String::new(), Vec::new()),
        };
        match &self.tls {
            Tls::Off => settings.push("sslmode=disable".to_owned()),
            Tls::Verified { authority } => {
                settings.push("sslmode=verify-full".to_owned());
                let file = authority.as_ref().map(|file| percent_encoded(&file.display().to_string()));
                settings.extend(file.map(|file| format!("sslrootcert={file}")));
            }
        }
        format!("postgresql://{login}{password}@{host}/{database}?{}", settings.join("&"))
    }

    fn with_mode(mut self) -> Self {
        self.config.ssl_mode(match self.tls {
            Tls::Off => SslMode::Disable,
            Tls::Verified { .. } => SslMode::Require,
        });
        self
    }
}

impl fmt::Display for Address {
    /// `login@server/database`, never the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}/{}", self.login(), self.server(), self.database())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

fn known_setting(name: &str) -> Result<&'static str, AddressError> {
    if let Some(known) = SETTINGS.into_iter().find(|known| *known == name) {
        return Ok(known);
    }
    let nearest = SETTINGS.into_iter().min_by_key(|known| strsim::damerau_levenshtein(known, name));
    Err(AddressError::UnknownSetting { name: name.to_owned(), nearest: nearest.unwrap_or_default() })
}

fn require_parts(config: &Config) -> Result<(), AddressError> {
    if config.get_hosts().is_empty() {
        return Err(AddressError::Lacks("на каком сервере база"));
    }
    if config.get_dbname().is_none_or(str::is_empty) {
        return Err(AddressError::Lacks("как называется база"));
    }
    Ok(())
}

/// A line that leaves the machine is protected unless the URL says in so many words that it is not.
fn protection(config: &Config, mode: Option<&str>, authority: Option<PathBuf>) -> Result<Tls, AddressError> {
    let sockets_only = config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
    let stays_here = config.get_hosts().iter().all(is_this_machine);
    match mode {
        Some("disable") => Ok(Tls::Off),
        Some("require" | "verify-full") if sockets_only => Ok(Tls::Off),
        Some("require" | "verify-full") => Ok(Tls::Verified { authority }),
        None if stays_here => Ok(Tls::Off),
        None => Ok(Tls::Verified { authority }),
        Some(other) => Err(AddressError::Mode(other.to_owned())),
    }
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

/// Bytes that need no code in a URL, whatever they are a part of.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn percent_decoded(text: &str) -> Result<String, AddressError> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| AddressError::Unreadable)?;
    Ok(decoded.into_owned())
}

/// Replaces every byte that has a meaning of its own in a URL by its code, so that any login, password or
/// directory can be written into one.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> AddressError {
        Address::parse(url).expect_err("the URL must be refused")
    }

    #[test]
    fn a_full_url_is_read() {
        let address = Address::parse("postgresql://anna:s%40cret@db.example:6000/town").unwrap();
        assert_eq!(address.to_string(), "anna@db.example:6000/town");
        assert_eq!(address.config().get_password(), Some(b"s@cret".as_slice()));
        assert_eq!(address.config().get_ssl_mode(), SslMode::Require);
    }

    #[test]
    fn a_socket_is_named_by_its_directory() {
        let address = Address::parse("postgresql://root@/town?host=/run/my%20town&port=6001").unwrap();
        assert_eq!(address.server(), "/run/my town (порт 6001)");
        assert_eq!(*address.tls(), Tls::Off);
    }

    #[test]
    fn the_line_is_protected_once_it_leaves_the_machine() {
        let tls = |url| Address::parse(url).unwrap().tls().clone();
        assert_eq!(tls("postgresql://a@127.0.0.1/t"), Tls::Off);
        assert_eq!(tls("postgresql://a@[::1]:6000/t"), Tls::Off);
        assert_eq!(tls("postgresql://a@db.example/t"), Tls::Verified { authority: None });
        assert_eq!(tls("postgresql://a@db.example/t?sslmode=disable"), Tls::Off);
        let authority = Some(PathBuf::from("/etc/our ca.pem"));
        let url = "postgresql://a@localhost/t?sslmode=verify-full&sslrootcert=/etc/our%20ca.pem";
        assert_eq!(tls(url), Tls::Verified { authority });
    }

    #[test]
    fn a_mode_that_may_fall_back_to_clear_text_is_refused() {
        assert_eq!(refusal("postgresql://a@h/t?sslmode=prefer"), AddressError::Mode("prefer".into()));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(Address::required(None).unwrap_err(), AddressError::Missing);
        assert_eq!(Address::required(Some("  ")).unwrap_err(), AddressError::Missing);
        assert_eq!(refusal("host=db user=anna"), AddressError::NotUrl);
        assert_eq!(refusal("postgresql://db/t"), AddressError::Lacks("под каким логином входить"));
        assert_eq!(refusal("postgresql://a@/t"), AddressError::Lacks("на каком сервере база"));
        assert_eq!(refusal("postgresql://a@db"), AddressError::Lacks("как называется база"));
        assert_eq!(refusal("postgresql://a@db:port/t"), AddressError::Unreadable);
    }

    #[test]
    fn a_misspelt_setting_is_refused_with_the_nearest() {
        let nearest = "sslmode";
        assert_eq!(
            refusal("postgresql://a@h/t?sslmod=disable"),
            AddressError::UnknownSetting { name: "sslmod".into(), nearest }
        );
    }

    #[test]
    fn nothing_printable_holds_the_password() {
        let address = Address::parse("postgresql://anna:hunter2@db.example/town").unwrap();
        assert!(!format!("{address} {address:?}").contains("hunter2"));
        let misread = refusal("postgresql://anna:hunter2@db:x/town");
        assert!(!format!("{misread} {misread:?}").contains("hunter2"));
    }

    #[test]
    fn a_url_written_out_is_read_back() {
        for url in [
            "postgresql://root@/town?host=/run/my%20town&port=6001",
            "postgresql://anna:s%40c%25ret@db.example:6000/town",
            "postgresql://a:b@[::1]:6000/t",
            "postgresql://a:b@localhost/t?sslmode=verify-full&sslrootcert=/etc/our%20ca.pem",
        ] {
            let address = Address::parse(url).unwrap();
            let again = Address::parse(&address.url()).unwrap();
            assert_eq!((again.to_string(), again.tls()), (address.to_string(), address.tls()), "{url}");
            assert_eq!(again.config().get_password(), address.config().get_password(), "{url}");
            assert_eq!(again.config().get_ports(), address.config().get_ports(), "{url}");
        }
    }

    #[test]
    fn encoding_survives_decoding() {
        let text = "п@роль/с ?знаками%";
        assert_eq!(percent_decoded(&percent_encoded(text)).unwrap(), text);
    }
}
