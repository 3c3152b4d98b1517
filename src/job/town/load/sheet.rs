//! Rows of one table on their way into COPY, in its binary form: a batch is one buffer, without an allocation a value.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use futures_util::{SinkExt, pin_mut};
use uuid::Uuid;

use crate::calc::period::Days;
use crate::db::driver::Transaction;
use crate::db::driver::types::{IsNull, ToSql, Type};
use crate::db::error::DbError;
use crate::db::wire::Day;

/// A value of a row.
pub(super) type Value<'a> = &'a (dyn ToSql + Sync);

/// The operation every row says it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    /// Its id.
    pub(super) operation: Uuid,
    /// Its mark: facts are known from it on.
    pub(super) known: i64,
}

/// Where a row belongs: the unit, and who may see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) unit: i64,
    pub(super) scope: i32,
}

/// A row that does not fit its table.
#[derive(Debug, thiserror::Error)]
pub(super) enum SheetError {
    /// A value of another type than its column.
    #[error("{table}: {source}")]
    Value { table: &'static str, source: Box<dyn Error + Sync + Send> },
    /// The server did not take the rows.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<crate::db::driver::Error> for SheetError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The rows of one table that wait to be sent.
pub(super) struct Sheet {
    table: &'static str,
    copy: String,
    types: Vec<Type>,
    source: Source,
    /// The id of the last fact; entities bring theirs along.
    last: i64,
    bytes: BytesMut,
}

/// Signature, flags, no extension: how a binary COPY begins.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

impl Sheet {
    /// A sheet for things with ids of their own: `columns` in the order [`Sheet::thing`] is given their values.
    pub(super) async fn of_things(
        transaction: &Transaction<'_>,
        table: &'static str,
        columns: &str,
        source: Source,
    ) -> Result<Self, DbError> {
        Self::open(transaction, table, &format!("{columns}, origin"), source).await
    }

    /// A sheet for facts that belong to a unit: `columns` are those of key and value.
    pub(super) async fn of_facts(
        transaction: &Transaction<'_>,
        table: &'static str,
        columns: &str,
        source: Source,
    ) -> Result<Self, DbError> {
        Self::of_free_facts(transaction, table, &format!("unit_id, scope, {columns}"), source).await
    }

    /// A sheet for facts of things that belong to no unit.
    pub(super) async fn of_free_facts(
        transaction: &Transaction<'_>,
        table: &'static str,
        columns: &str,
        source: Source,
    ) -> Result<Self, DbError> {
        let columns = format!("id, valid_from, valid_to, asserted, origin, {columns}");
        Self::open(transaction, table, &columns, source).await
    }

    async fn open(
        transaction: &Transaction<'_>,
        table: &'static str,
        columns: &str,
        source: Source,
    ) -> Result<Self, DbError> {
        let types = transaction.prepare(&format!("select {columns} from {table}")).await?;
        let types = types.columns().iter().map(|column| column.type_().clone()).collect();
        let copy = format!("copy {table} ({columns}) from stdin binary");
        Ok(Self { table, copy, types, source, last: 0, bytes: BytesMut::new() })
    }

    /// Adds a thing.
    pub(super) fn thing(&mut self, values: &[Value<'_>]) -> Result<(), SheetError> {
        let origin = self.source.operation;
        self.row([values, &[&origin], &[]])
    }

    /// Adds a fact of a place, true on some days.
    pub(super) fn fact(&mut self, place: Place, days: Days, values: &[Value<'_>]) -> Result<(), SheetError> {
        self.dated(days, &[&place.unit, &place.scope], values)
    }

    /// Adds a fact that belongs to no place, true on some days.
    pub(super) fn free_fact(&mut self, days: Days, values: &[Value<'_>]) -> Result<(), SheetError> {
        self.dated(days, &[], values)
    }

    fn dated(&mut self, days: Days, place: &[Value<'_>], values: &[Value<'_>]) -> Result<(), SheetError> {
        self.last += 1;
        let Source { operation, known } = self.source;
        let (id, from, to) = (self.last, Day(days.from), Day(days.to));
        self.row([&[&id, &from, &to, &known, &operation], place, values])
    }

    fn row(&mut self, parts: [&[Value<'_>]; 3]) -> Result<(), SheetError> {
        if self.bytes.is_empty() {
            self.bytes.put_slice(HEADER);
        }
        self.bytes.put_i16(i16::try_from(self.types.len()).unwrap_or(i16::MAX));
        for (value, of) in parts.into_iter().flatten().zip(&self.types) {
            put(&mut self.bytes, *value, of)
                .map_err(|source| SheetError::Value { table: self.table, source })?;
        }
        Ok(())
    }

    /// Sends what has gathered.
    pub(super) async fn send(&mut self, transaction: &Transaction<'_>) -> Result<(), SheetError> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        self.bytes.put_i16(-1);
        let sink = transaction.copy_in(&self.copy).await?;
        pin_mut!(sink);
        sink.send(self.bytes.split().freeze()).await?;
        sink.finish().await?;
        Ok(())
    }
}

/// A length and a value, or −1 for none.
fn put(bytes: &mut BytesMut, value: Value<'_>, of: &Type) -> Result<(), Box<dyn Error + Sync + Send>> {
    let start = bytes.len();
    bytes.put_i32(-1);
    if let IsNull::No = value.to_sql_checked(of, bytes)? {
        let length = i32::try_from(bytes.len() - start - 4)?;
        bytes[start..start + 4].copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
}
