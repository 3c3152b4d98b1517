//! Why a row was not taken: one sentence each.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::table::TornReason;
use super::{Code, Source};
use crate::calc::period::Month;

/// Days as the operator reads them.
pub(super) const DAY: &str = "%d.%m.%Y";

fn comma(number: Decimal) -> String {
    number.to_string().replace('.', ",")
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The row could not be taken apart.
    #[error(transparent)]
    Torn(#[from] TornReason),
    /// An empty cell where a value must be.
    #[error("в колонке {column} пусто, а значение обязательно")]
    Empty {
        /// The column.
        column: String,
    },
    /// Not written as it must be.
    #[error("в колонке {column} стоит «{text}», а ожидается {wanted}")]
    Shape {
        /// The column.
        column: String,
        /// What stands there.
        text: String,
        /// What must.
        wanted: String,
    },
    /// Negative where that has no sense.
    #[error("в колонке {column} отрицательное число {text}")]
    Negative {
        /// The column.
        column: String,
        /// What stands there.
        text: String,
    },
    /// A value the profile's map does not list.
    #[error("значения «{text}» колонки {column} нет в map профиля; допишите его")]
    NotMapped {
        /// The column.
        column: String,
        /// What stands there.
        text: String,
    },
    /// A second row of the same key.
    #[error("{what} уже есть: {first}")]
    Duplicate {
        /// What is there already.
        what: String,
        /// Where.
        first: Source,
    },
    /// Nothing of this code among the rows taken.
    #[error("{what} с кодом «{code}» нет среди принятых строк")]
    Unknown {
        /// What, in the genitive.
        what: &'static str,
        /// The code.
        code: String,
    },
    /// An address without a part that the house is found by.
    #[error("в адресе нет {what}; дайте колонку или значение для пустой ячейки (default)")]
    Address {
        /// The part, in the genitive.
        what: &'static str,
    },
    /// A row of another month.
    #[error("строка за {found}, а переносится {wanted}")]
    OtherMonth {
        /// Its month.
        found: Month,
        /// The month of the profile.
        wanted: Month,
    },
    /// The base contradicts the premises or the account.
    #[error("{what} здесь {}, а прежде указано {}", comma(*found), comma(*known))]
    Differs {
        /// What it is.
        what: &'static str,
        /// What this row says.
        found: Decimal,
        /// What was said before.
        known: Decimal,
    },
    /// No rate on the first day of the month.
    #[error("у услуги «{service}» нет тарифа на {}", day.format(DAY))]
    NoRate {
        /// The service.
        service: Code,
        /// The day.
        day: NaiveDate,
    },
    /// No norm on the first day of the month.
    #[error("у услуги «{service}» нет норматива на {}", day.format(DAY))]
    NoNorm {
        /// The service.
        service: Code,
        /// The day.
        day: NaiveDate,
    },
    /// A volume finer than the service's scale: rounding it would change the sum.
    #[error("в объёме {} знаков после запятой больше, чем у услуги ({scale})", comma(*base))]
    TooFine {
        /// The volume.
        base: Decimal,
        /// Places of the service.
        scale: u32,
    },
    /// Closed before it was opened.
    #[error("счёт закрыт {}, раньше чем открыт {}", closed.format(DAY), opened.format(DAY))]
    ClosedBeforeOpened {
        /// The first day.
        opened: NaiveDate,
        /// The day after the last.
        closed: NaiveDate,
    },
}
