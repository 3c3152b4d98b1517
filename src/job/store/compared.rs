//! Rows of one unit, made to stand as they should with as little writing as it takes.

use std::collections::HashSet;

use super::column::{Cell, Column, Value};
use super::table::{Sheet, Table};
use crate::db::driver::GenericClient;
use crate::db::driver::types::{ToSql, Type};
use crate::db::error::DbError;

/// Rows to be compared with those that stand.
#[derive(Debug)]
pub struct Compared {
    table: &'static Table,
    rows: Vec<Vec<Value>>,
}

/// The rows of a unit before they were replaced.
pub(super) struct Stood {
    pub(super) rows: Vec<Vec<Value>>,
    /// Whether others stand now.
    pub(super) moved: bool,
}

impl Sheet for Compared {
    fn of(table: &'static Table) -> Self {
        Self { table, rows: Vec::new() }
    }

    fn begin(&mut self) {
        self.rows.push(Vec::with_capacity(self.table.types.len()));
    }

    fn cell(&mut self, cell: impl Cell) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell.into());
        }
    }
}

impl Compared {
    /// Makes the rows of a unit be these. A change of one flat moves a few lines of a house of thousands: the others,
    /// their index entries and their journal are spared.
    pub(super) async fn replace<C: GenericClient>(
        &self,
        client: &C,
        run: i32,
        unit: i64,
    ) -> Result<Stood, DbError> {
        let standing = self.standing(client, run, unit).await?;
        let (gone, new) = difference(&standing, &self.rows);
        self.delete(client, &gone).await?;
        self.insert(client, &new).await?;
        let moved = !gone.is_empty() || !new.is_empty();
        Ok(Stood { rows: standing, moved })
    }

    async fn standing<C: GenericClient>(
        &self,
        client: &C,
        run: i32,
        unit: i64,
    ) -> Result<Vec<Vec<Value>>, DbError> {
        let Table { name, names, of_unit, types, .. } = self.table;
        let sql = format!("select {names} from billing_data.{name} where run = $1 and {of_unit}");
        let rows = client.query_typed(&sql, &[(&run, Type::INT4), (&unit, Type::INT8)]).await?;
        let row = |row| types.iter().enumerate().map(|(at, ty)| Value::read(row, at, ty)).collect();
        Ok(rows.iter().map(row).collect())
    }

    async fn delete<C: GenericClient>(&self, client: &C, rows: &[&[Value]]) -> Result<(), DbError> {
        let Table { name, names, key, .. } = self.table;
        let keys: Vec<&str> = key.split(", ").collect();
        let places = names.split(", ").enumerate().filter(|(_, name)| keys.contains(name));
        let places: Vec<usize> = places.map(|(at, _)| at).collect();
        let pairs: Vec<String> = keys.iter().map(|name| format!("t.{name} = k.{name}")).collect();
        let (arrays, pairs) = (self.arrays(&places), pairs.join(" and "));
        let sql =
            format!("delete from billing_data.{name} t using unnest({arrays}) as k ({key}) where {pairs}");
        self.execute(client, &sql, &places, rows).await
    }

    async fn insert<C: GenericClient>(&self, client: &C, rows: &[&[Value]]) -> Result<(), DbError> {
        let Table { name, names, types, .. } = self.table;
        let all: Vec<usize> = (0..types.len()).collect();
        let arrays = self.arrays(&all);
        let sql = format!("insert into billing_data.{name} ({names}) select * from unnest({arrays})");
        self.execute(client, &sql, &all, rows).await
    }

    /// One array a column: `$1::int4[], $2::int8[] …`.
    fn arrays(&self, places: &[usize]) -> String {
        let types = self.table.types;
        let array = |(number, at): (usize, &usize)| format!("${}::{}[]", number + 1, types[*at].name());
        places.iter().enumerate().map(array).collect::<Vec<_>>().join(", ")
    }

    /// Rows travel with one statement, a column an array.
    async fn execute<C: GenericClient>(
        &self,
        client: &C,
        sql: &str,
        places: &[usize],
        rows: &[&[Value]],
    ) -> Result<(), DbError> {
        if rows.is_empty() {
            return Ok(());
        }
        let column = |at: &usize| Column::of(&self.table.types[*at], rows.iter().map(|row| &row[*at]));
        let columns: Vec<Column> = places.iter().map(column).collect();
        let arrays: Vec<&(dyn ToSql + Sync)> = columns.iter().map(Column::array).collect();
        client.execute(sql, &arrays).await?;
        Ok(())
    }
}

/// Rows that stand and should not, and rows that should and do not.
fn difference<'a>(
    standing: &'a [Vec<Value>],
    wanted: &'a [Vec<Value>],
) -> (Vec<&'a [Value]>, Vec<&'a [Value]>) {
    let stand: HashSet<&[Value]> = standing.iter().map(Vec::as_slice).collect();
    let want: HashSet<&[Value]> = wanted.iter().map(Vec::as_slice).collect();
    let gone = standing.iter().map(Vec::as_slice).filter(|row| !want.contains(row)).collect();
    let new = wanted.iter().map(Vec::as_slice).filter(|row| !stand.contains(row)).collect();
    (gone, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(account: i64, amount: &str) -> Vec<Value> {
        vec![Value::Big(account), Value::Number(amount.parse().unwrap())]
    }

    /// Of three lines one changed its amount, one vanished, one appeared; what stands with another scale stands.
    #[test]
    fn only_what_differs_is_written() {
        let standing = [row(1, "10.00"), row(2, "20.00"), row(3, "30.00")];
        let wanted = [row(1, "10"), row(2, "21.00"), row(4, "40.00")];
        let (gone, new) = difference(&standing, &wanted);
        assert_eq!(gone, [row(2, "20.00"), row(3, "30.00")]);
        assert_eq!(new, [row(2, "21.00"), row(4, "40.00")]);
    }
}
