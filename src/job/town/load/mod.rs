//! Loads a town into an empty base: one transaction, one operation `demo.town`, house by house.
//!
//! The numbers of the town become the ids of the base: they lie below everything a server draws (its numbers begin at
//! 2⁴⁸) and above the 0 of what every base begins with. A house is a unit, so ranges of units are ranges of houses. Rows
//! are copied and not asserted: nothing is due and nothing queued.

mod account;
mod bare;
mod desk;
mod directory;
mod house;
mod meter;
mod numbers;
mod papers;
mod people;
mod sheet;
mod sheets;

use serde_json::json;

use self::bare::Bare;
use self::sheet::{SheetError, Source};
use self::sheets::{Sheets, TABLES};
use super::Town;
use crate::db::driver::{Client, Transaction};
use crate::db::error::DbError;

/// Accounts whose rows are gathered before they are sent: memory stays flat however large the town.
const BATCH: usize = 2_000;

/// The one-line search has rows and indexes of its own, filled when everything else stands.
const SEARCH: &[&str] = &["cards_data.search_entry"];

/// Why a town was not loaded; the base is as it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There are houses already.
    #[error("В базе уже есть дома, показательный город грузится только в пустую: создайте новую базу")]
    NotEmpty,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A row does not fit its table; program and base are of different versions.
    #[error(
        "Строка города не подошла к таблице {0}: программа и база разных версий, выполните kvartal migrate"
    )]
    Row(String),
}

impl From<crate::db::driver::Error> for LoadError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<SheetError> for LoadError {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Db(error) => Self::Db(error),
            SheetError::Value { .. } => Self::Row(error.to_string()),
        }
    }
}

/// How far a load has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    /// So many houses of so many are written.
    Houses(usize, usize),
    /// Keys and indexes are being built.
    Indexes,
    /// The rows of the one-line search are being made.
    Search,
}

/// Loads a town. The login must be a member of `kvartal_owner`; nobody else may be at work in the base.
///
/// # Errors
/// Why not; the base is as it was.
pub async fn load(client: &mut Client, town: &Town, mut tell: impl FnMut(Loading)) -> Result<(), LoadError> {
    let transaction = client.transaction().await?;
    transaction.batch_execute("set local role kvartal_owner").await?;
    if transaction.query_opt("select from cards_data.house limit 1", &[]).await?.is_some() {
        return Err(LoadError::NotEmpty);
    }
    let source = order(&transaction, town).await?;
    let search = Bare::strip(&transaction, SEARCH).await?;
    let numbers = directory::load(&transaction, town.directory(), town.streets(), source).await?;
    let bare = Bare::strip(&transaction, TABLES).await?;
    let (mut sheets, mut waiting) = (Sheets::open(&transaction, source).await?, 0);
    let houses = town.houses();
    let total = houses.len();
    for (house, place) in houses.zip(1..) {
        house::write(&mut sheets, &house, &numbers)?;
        waiting += house.accounts().count();
        if waiting >= BATCH || place == total {
            sheets.send(&transaction).await?;
            waiting = 0;
            tell(Loading::Houses(place, total));
        }
    }
    transaction.execute("insert into billing_data.unit (id) select id from cards_data.house", &[]).await?;
    tell(Loading::Indexes);
    bare.dress(&transaction).await?;
    analyze(&transaction, TABLES).await?;
    desk::load(&transaction, source).await?;
    papers::load(&transaction, source).await?;
    tell(Loading::Search);
    transaction.execute("select cards.search_rebuild(null)", &[]).await?;
    search.dress(&transaction).await?;
    analyze(&transaction, SEARCH).await?;
    transaction.commit().await?;
    // Whoever reads the rows first would write them all again, marking them as committed.
    for table in TABLES {
        client.batch_execute(&format!("vacuum {table}")).await?;
    }
    Ok(())
}

/// The operation everything comes from.
async fn order(transaction: &Transaction<'_>, town: &Town) -> Result<Source, DbError> {
    let args = json!({ "accounts": town.accounts(), "seed": town.seed() });
    let operation = town.operation_id("load");
    transaction
        .batch_execute(
            "insert into admin_data.operation_kind (name, title, undo, undo_reason)
             values ('demo.town', 'Показательный город', 'never', 'Город не отменяется: создайте базу заново')
             on conflict do nothing",
        )
        .await?;
    let insert = "insert into admin_data.operation (id, known, kind, operator, subject, digest)
        values ($1, nextval('admin_data.known_seq'), 'demo.town', 'kvartal_owner', 'kvartal demo',
            admin.operation_digest('demo.town', $2, null))
        returning known";
    let known = transaction.query_one(insert, &[&operation, &args]).await?.get(0);
    let insert = "insert into admin_data.operation_args (operation, args) values ($1, $2)";
    transaction.execute(insert, &[&operation, &args]).await?;
    Ok(Source { operation, known })
}

async fn analyze(transaction: &Transaction<'_>, tables: &[&str]) -> Result<(), DbError> {
    for table in tables {
        transaction.batch_execute(&format!("analyze {table}")).await?;
    }
    Ok(())
}
