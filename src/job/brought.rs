//! Files of operators with rows for the book, on their way from a folder or standard input to the database: read, held there, judged
//! row by row, accepted by an operation.

use serde_json::Value as Json;

use super::import::digest;
use crate::format::brought::{self, BroughtError};
use crate::refusal::Refusal;

/// A file as `exchange.file_put` takes it.
///
/// # Errors
/// Why it was not read, as a refusal.
pub fn told(name: &str, bytes: &[u8]) -> Result<Json, Refusal> {
    match brought::read(bytes) {
        Ok(file) => Ok(file.told(name, &digest(bytes))),
        Err(error) => Err(refusal(name, &error)),
    }
}

fn refusal(name: &str, error: &BroughtError) -> Refusal {
    let hint = match error {
        BroughtError::Encoding(_) => "Сохраните файл текстом с разделителями (CSV) в UTF-8, CP1251 или CP866",
        BroughtError::TooLong(_) => "Разделите его на несколько, с заголовком в каждом",
        _ => "Показания: «Лицевой счёт; Прибор; Дата; Показание»; платежи: «Лицевой счёт; Дата; Сумма»",
    };
    Refusal {
        code: "KV004".to_owned(),
        message: format!("Файл «{name}» не прочитан: {error}"),
        detail: None,
        hint: Some(hint.to_owned()),
    }
}
