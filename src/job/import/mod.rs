//! Import of an old program's data: read by a profile, tried by `calc`, written through the door in portions.
//!
//! Every operation has an id made of the files and its place, and every row is known by its key in the old program: an
//! import that was broken off is simply repeated.

mod rows;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::door::{DoorError, Operation, Session};
use crate::calc::ids::Mark;
use crate::calc::period::Days;
use crate::calc::rules::Parameter;
use crate::calc::timeline::{Fact, Timeline};
use crate::db::error::DbError;
use crate::format::legacy::{self, LegacyData, Reconciled, SourceFile};
use crate::format::profile::{Profile, Refusals};

/// A file of the old program as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name, without folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The profile does not fit itself or the files; nothing was imported.
    #[error(transparent)]
    Profile(#[from] Refusals),
    /// All these files were imported before.
    #[error("Эти файлы уже загружены {0}: ничего не добавлено")]
    Known(String),
    /// The door refused.
    #[error(transparent)]
    Door(#[from] DoorError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// What was read, with its bad rows.
    pub data: LegacyData,
    /// Accounts that were new.
    pub accounts: i64,
    /// What the old program charged beside what is charged here.
    pub totals: Vec<Reconciled>,
}

/// Accounts written by one operation.
const PORTION: usize = 500;

/// Reads files as the profile says and charges the month in memory: what an administrator tries a profile with.
///
/// # Errors
/// All that is wrong with the profile.
pub async fn read(
    session: &Session,
    profile: &Profile,
    files: &[Found],
) -> Result<(LegacyData, Vec<Reconciled>), ImportError> {
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect();
    let data = legacy::read(profile, &sources)?;
    let trial = data.trial(parameters(session).await?);
    let totals = data.reconcile(&trial.totals);
    Ok((data, totals))
}

/// Imports: directories first, then houses in portions, telling how many accounts are done.
///
/// # Errors
/// Why it stopped; what was written stays and is not written again.
pub async fn import(
    session: &Session,
    profile: &Profile,
    files: &[Found],
    ground: &str,
    mut tell: impl FnMut(usize),
) -> Result<Imported, ImportError> {
    let digests: Vec<String> = files.iter().map(|file| digest(&file.bytes)).collect();
    refuse_known(session, &digests).await?;
    let (data, totals) = read(session, profile, files).await?;
    let order = |name: &str, kind: &str, args: Value| Operation {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{} {name}", digests.join(" ")).as_bytes()),
        kind: kind.to_owned(),
        args,
        ground: Some(ground.to_owned()),
    };
    let directory = rows::directory(profile, &data);
    session.commit(&order("directory", "exchange.legacy_directory", directory)).await?;
    let (mut done, mut accounts) = (0, 0);
    for (place, portion) in rows::portions(rows::houses(&data), PORTION).into_iter().enumerate() {
        let args = json!({ "source": profile.name, "month": data.month, "houses": portion.houses });
        let written =
            session.commit(&order(&format!("houses {place}"), "exchange.legacy_houses", args)).await?;
        accounts += written["accounts"].as_i64().unwrap_or_default();
        done += portion.accounts;
        tell(done);
    }
    let record = rows::record(&data, files, &digests);
    session.commit(&order("record", "exchange.legacy_record", record)).await?;
    Ok(Imported { data, accounts, totals })
}

/// Files that were all brought before are refused; where one is new, its rows are taken and the known ones found.
async fn refuse_known(session: &Session, digests: &[String]) -> Result<(), ImportError> {
    let rows = session
        .client
        .query("select digest, to_char(at, 'DD.MM.YYYY HH24:MI') from exchange.known_files($1)", &[&digests])
        .await
        .map_err(DbError::from)?;
    match rows.first() {
        Some(row) if rows.len() == digests.len() => Err(ImportError::Known(row.get(1))),
        _ => Ok(()),
    }
}

/// Parameters as they stand; the trial needs no others.
async fn parameters(
    session: &Session,
) -> Result<BTreeMap<Parameter, Timeline<rust_decimal::Decimal>>, ImportError> {
    let rows =
        session.client.query("select code, value from cards.parameters", &[]).await.map_err(DbError::from)?;
    let known = rows.iter().filter_map(|row| {
        let parameter: Parameter = serde_json::from_value(Value::String(row.get(0))).ok()?;
        let days = Days { from: chrono::NaiveDate::MIN, to: chrono::NaiveDate::MAX };
        let fact = Fact { days, asserted: Mark::NEVER, retracted: Mark::NOW, row: 0, value: row.get(1) };
        Some((parameter, Timeline(vec![fact])))
    });
    Ok(known.collect())
}

/// The digest a file is known by.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
