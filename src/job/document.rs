//! The archive of documents: a number inside the operation, the files once and for ever, and the bytes back.

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use crate::db::driver::{GenericClient, Transaction};
use crate::db::error::DbError;

/// Bytes asked for at once: a bundle of a house is read in a few parts, a paper in one.
const PART: i32 = 4 << 20;

/// What a document is about; it decides who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// One account.
    Account(i64),
    /// Premises.
    Premises(i64),
    /// A house.
    House(i64),
    /// All of the town: seen by whoever sees everything.
    Town,
}

impl Subject {
    const fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Account(id) => ("account", id),
            Self::Premises(id) => ("premises", id),
            Self::House(id) => ("house", id),
            Self::Town => ("town", 0),
        }
    }
}

/// A document to be entered into the archive.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its id. A document that is there keeps its number, so a job begun again names the same ids.
    pub id: Uuid,
    /// The operation it is made by.
    pub operation: Uuid,
    /// A row of `admin.document_kind_list`.
    pub kind: &'a str,
    /// What lists call it.
    pub title: &'a str,
    /// What it is about.
    pub subject: Subject,
    /// Whom it is about, besides.
    pub person: Option<i64>,
    /// Which day's facts it states.
    pub as_of: NaiveDate,
    /// What it says, where that is kept beside the file.
    pub content: Option<Value>,
}

/// What a file of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// Printed pages.
    Pdf,
    /// Pages for a matrix printer: UTF-8, lines and form feeds.
    Text,
}

impl Media {
    /// The name in the archive.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }
}

/// Why a document is read; of personal ones it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To take it as a file.
    Get,
    /// To print it.
    Print,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Print => "print",
        }
    }
}

/// Lets the worker stand in the operator's place for this transaction: documents are kept by the rights of whoever ordered
/// them.
///
/// # Errors
/// When the database fails.
pub async fn stand_for(transaction: &Transaction<'_>, operator: &str) -> Result<(), DbError> {
    transaction.execute("select set_config('kvartal.operator', $1, true)", &[&operator]).await?;
    Ok(())
}

/// Enters a document and answers with its number.
///
/// # Errors
/// The subject is not the operator's to see.
pub async fn register(transaction: &Transaction<'_>, entry: &Entry<'_>) -> Result<String, DbError> {
    let (subject, subject_id) = entry.subject.parts();
    let sql = "select admin.document_register($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let row = transaction
        .query_one(
            sql,
            &[
                &entry.id,
                &entry.operation,
                &entry.kind,
                &entry.title,
                &subject,
                &subject_id,
                &entry.person,
                &entry.as_of,
                &entry.content,
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// Keeps a file of a document, with the template it is made by and the digest of its text.
///
/// # Errors
/// The document has a file of this kind that says something else.
pub async fn keep(
    transaction: &Transaction<'_>,
    id: Uuid,
    media: Media,
    bytes: &[u8],
    template: Option<(&str, &[u8])>,
) -> Result<(), DbError> {
    let (path, digest) = template.unzip();
    let sql = "select admin.document_keep($1, $2, $3, $4, $5)";
    transaction.execute(sql, &[&id, &media.name(), &bytes, &path, &digest]).await?;
    Ok(())
}

/// The document with a number.
///
/// # Errors
/// There is none the operator sees.
pub async fn find<C: GenericClient>(client: &C, number: &str) -> Result<Uuid, DbError> {
    Ok(client.query_one("select admin.document_by_number($1)", &[&number]).await?.get(0))
}

/// A file of a document, byte for byte as it was kept.
///
/// # Errors
/// It is not there, or not the operator's to read.
pub async fn fetch<C: GenericClient>(
    client: &C,
    id: Uuid,
    media: Media,
    purpose: Purpose,
) -> Result<Vec<u8>, DbError> {
    let mut bytes = Vec::new();
    loop {
        let from = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        let sql = "select admin.document_read($1, $2, $3, $4, $5)";
        let row = client.query_one(sql, &[&id, &media.name(), &purpose.name(), &from, &PART]).await?;
        let part: &[u8] = row.get(0);
        bytes.extend_from_slice(part);
        if part.len() < PART as usize {
            return Ok(bytes);
        }
    }
}
