//! What the database says, as a sentence for the operator.

use tokio_postgres::error::SqlState;

pub use crate::refusal::Refusal;

/// Why a call to the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The program's own refusal (SQLSTATE class `KV`): a Russian sentence, with what to do.
    #[error("{0}")]
    Refused(Refusal),
    /// The server cannot be reached, or the connection was lost.
    #[error("Нет связи с базой данных: {0}. Проверьте адрес и повторите")]
    Unavailable(String),
    /// The login may not do this at all (SQLSTATE class 42501): somebody tried what no screen offers.
    #[error("Нет права обратиться к этим данным. Право даёт администратор")]
    Forbidden,
    /// No room left on the server's disk (SQLSTATE 53100).
    #[error("На диске сервера баз данных кончилось место. Освободите его и повторите")]
    DiskFull,
    /// Anything the program did not foresee; the details go to the log, not to the operator.
    #[error("База данных отвергла запрос (код {code}). Подробности — в журнале программы")]
    Unexpected {
        /// SQLSTATE.
        code: String,
        /// What the server said.
        source: Box<tokio_postgres::Error>,
    },
}

impl DbError {
    /// The refusal, if the program itself refused.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The code of the program's own refusal, or the SQLSTATE.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.code,
            Self::Unavailable(_) => "08000",
            Self::Forbidden => "42501",
            Self::DiskFull => "53100",
            Self::Unexpected { code, .. } => code,
        }
    }

    /// Whether the statement was interrupted: at somebody's wish, or by a limit of the server.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.code() == SqlState::QUERY_CANCELED.code()
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(said) = error.as_db_error() else {
            return Self::Unavailable(reason(&error));
        };
        let code = said.code().code();
        if code.starts_with("KV") {
            let part = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
            return Self::Refused(Refusal {
                code: code.to_owned(),
                message: said.message().to_owned(),
                detail: part(said.detail()),
                hint: part(said.hint()),
            });
        }
        match *said.code() {
            SqlState::INSUFFICIENT_PRIVILEGE => {
                tracing::error!(%error, said = said.message(), place = said.where_(), "forbidden");
                Self::Forbidden
            }
            // Met before any function is called: the server does not take these bytes for a text at all.
            SqlState::UNTRANSLATABLE_CHARACTER | SqlState::CHARACTER_NOT_IN_REPERTOIRE => {
                Self::Refused(Refusal {
                    code: "KV004".to_owned(),
                    message: "В тексте недопустимый знак (код 0)".to_owned(),
                    detail: None,
                    hint: Some("Исправьте и повторите".to_owned()),
                })
            }
            // Somebody waited long enough: the operator, or a limit of the server.
            SqlState::QUERY_CANCELED => Self::Refused(Refusal {
                code: code.to_owned(),
                message: "Запрос прерван".to_owned(),
                detail: None,
                hint: Some("Повторите, если он ещё нужен".to_owned()),
            }),
            SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
                Self::Unavailable("сервер останавливается".to_owned())
            }
            SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
                Self::Unavailable("имя или пароль не подошли".to_owned())
            }
            _ => {
                tracing::error!(
                    code,
                    said = said.message(),
                    place = said.where_(),
                    "unexpected refusal of the server"
                );
                Self::Unexpected { code: code.to_owned(), source: Box::new(error) }
            }
        }
    }
}

/// The innermost cause: the outer layers only say that something failed.
fn reason(error: &tokio_postgres::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
