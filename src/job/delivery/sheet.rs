//! What an order prints: the bytes of the archive, marked as a copy where it is one, in the letters of its printer.

use chrono::{Local, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use super::Trouble;
use crate::db::driver::{Client, GenericClient};
use crate::db::error::DbError;
use crate::job::document::{self, Media, Purpose};
use crate::output::copy;
use crate::output::matrix::{self, Charset};

/// An order as whoever prints it knows it (`admin.print_told`).
#[derive(Debug, Clone, Deserialize)]
pub struct Order {
    /// Its number.
    pub order: i64,
    /// The document.
    pub document: Uuid,
    /// The document's number.
    pub number: String,
    /// The day the document was made.
    pub made_on: NaiveDate,
    /// `queue`, `folder`, `outbox` or `terminal`.
    pub way: String,
    /// Name of the queue or path of the folder; empty where there is neither.
    #[serde(default, deserialize_with = "or_empty")]
    pub target: String,
    /// What the printer takes, as the archive names it.
    pub media: String,
    /// Letters of a text: `utf-8` or `cp866`.
    pub charset: String,
    /// How many.
    pub copies: u16,
    /// Whether the sheet says that it is a copy.
    pub as_copy: bool,
    /// Who ordered it.
    pub operator: String,
    /// His name.
    #[serde(default, deserialize_with = "or_empty")]
    pub full_name: String,
}

fn or_empty<'de, D: serde::Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

impl Order {
    /// The order of an answer of the database.
    ///
    /// # Errors
    /// It is not one this program knows.
    pub fn of(told: serde_json::Value) -> Result<Self, Trouble> {
        serde_json::from_value(told).map_err(|error| {
            Trouble::new(format!("Печать не понята: {error}"), "Обновите программу до версии базы")
        })
    }

    pub(super) async fn read(client: &Client, id: Uuid) -> Result<Result<Self, Trouble>, DbError> {
        let sql = "select admin.print_told(o, d, p) from admin_data.print_order o
            join admin_data.document d on d.id = o.document_id join admin_data.printer p on p.id = o.printer_id where o.id = $1";
        let told: serde_json::Value = client.query_one(sql, &[&id]).await?.get(0);
        Ok(Self::of(told))
    }

    /// What the printer takes.
    #[must_use]
    pub fn media(&self) -> Media {
        if self.media == Media::Text.name() { Media::Text } else { Media::Pdf }
    }

    /// The name of its file, the same at every try.
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain: String = self
            .number
            .chars()
            .map(|sign| if sign.is_alphanumeric() || sign == '-' { sign } else { '_' })
            .collect();
        let copy = if self.as_copy { "-копия" } else { "" };
        format!("{plain}{copy}-{}.{}", self.order, self.media().extension())
    }

    /// The bytes for its printer, read by the right of whoever ordered it.
    ///
    /// # Errors
    /// The database fails. Inside: he may not read it any more, or it cannot be marked.
    pub(super) async fn bytes(&self, client: &mut Client) -> Result<Result<Vec<u8>, Trouble>, DbError> {
        let transaction = client.transaction().await?;
        document::stand_for(&transaction, &self.operator).await?;
        let read = document::fetch(&transaction, self.document, self.media(), Purpose::Print).await;
        match read {
            Ok(bytes) => {
                transaction.commit().await?;
                Ok(self.ready(&bytes))
            }
            Err(DbError::Refused(refusal)) => {
                Ok(Err(Trouble::new(refusal.message, refusal.hint.unwrap_or_default())))
            }
            Err(other) => Err(other),
        }
    }

    /// The same at the workstation, which is logged in as the operator.
    ///
    /// # Errors
    /// As for the worker.
    pub async fn own_bytes<C: GenericClient>(&self, client: &C) -> Result<Result<Vec<u8>, Trouble>, DbError> {
        let bytes = document::fetch(client, self.document, self.media(), Purpose::Print).await?;
        Ok(self.ready(&bytes))
    }

    /// Marks a copy and gives a text the letters of its printer.
    fn ready(&self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        let today = Local::now().date_naive();
        match self.media() {
            Media::Pdf if self.as_copy => copy::pdf(bytes, &self.mark(today), today).map_err(|error| {
                Trouble::new(error.to_string(), "Возьмите файл без пометки: kvartal document get")
            }),
            Media::Pdf => Ok(bytes.to_vec()),
            Media::Text => {
                let text = String::from_utf8_lossy(bytes);
                let marked =
                    if self.as_copy { copy::text(&text, &self.mark(today)) } else { text.into_owned() };
                Ok(if self.way == "outbox" || self.way == "folder" && self.charset == "utf-8" {
                    marked.into_bytes()
                } else {
                    matrix::bytes(&marked, Charset::of(&self.charset))
                })
            }
        }
    }

    /// What a copy says of itself.
    fn mark(&self, today: NaiveDate) -> String {
        format!(
            "КОПИЯ документа № {}, составленного {}. Напечатана {}",
            self.number,
            self.made_on.format("%d.%m.%Y"),
            today.format("%d.%m.%Y")
        )
    }
}
