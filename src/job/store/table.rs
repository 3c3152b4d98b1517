//! One table of a run: rows written all at once, or made to stand as they should with as little writing as it takes.

use std::collections::HashSet;

use super::column::{Column, Value};
use crate::db::driver::types::{ToSql, Type};
use crate::db::driver::{GenericClient, Transaction};
use crate::db::error::DbError;
use crate::db::wire::CopyIn;

/// Rows of a unit: those of units that became part of it count as its own.
const OF_UNIT: &str =
    "(unit_id = $2 or unit_id = any (array(select was from billing_data.unit_joined where unit_id = $2)))";

/// The names and types of a table's columns, and the rows waiting for it.
pub(super) struct Table {
    name: &'static str,
    names: &'static str,
    types: &'static [Type],
    /// Places of the columns of its primary key.
    key: Vec<usize>,
    /// The condition that finds the rows of the unit `$2`.
    of_unit: &'static str,
    columns: Vec<Column>,
    count: usize,
}

/// The rows of a unit before they were replaced.
pub(super) struct Stood {
    pub(super) rows: Vec<Vec<Value>>,
    /// Whether others stand now.
    pub(super) moved: bool,
}

impl Table {
    /// No rows yet. `names` and `key` are lists as SQL writes them: all columns, and those of the primary key.
    pub(super) fn new(
        name: &'static str,
        names: &'static str,
        types: &'static [Type],
        key: &'static str,
    ) -> Self {
        let key: Vec<&str> = key.split(", ").collect();
        let places = names.split(", ").enumerate().filter(|(_, name)| key.contains(name));
        let key = places.map(|(at, _)| at).collect();
        let columns = types.iter().map(Column::of).collect();
        Self { name, names, types, key, of_unit: OF_UNIT, columns, count: 0 }
    }

    /// The same table, with rows that are found by the accounts of the unit.
    pub(super) const fn by_account(mut self) -> Self {
        self.of_unit = "account_id in (select id from cards_data.account where unit_id = $2)";
        self
    }

    /// Forgets the rows and keeps their room.
    pub(super) fn clear(&mut self) {
        self.columns.iter_mut().for_each(Column::clear);
        self.count = 0;
    }

    /// Adds a row.
    pub(super) fn push<const WIDTH: usize>(&mut self, row: &[Value; WIDTH]) {
        debug_assert_eq!(WIDTH, self.columns.len(), "a row of {}", self.name);
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(value);
        }
        self.count += 1;
    }

    /// Some values of each row so far.
    pub(super) fn picked<const WIDTH: usize>(
        &self,
        places: [usize; WIDTH],
    ) -> impl Iterator<Item = [Value; WIDTH]> {
        (0..self.count).map(move |row| places.map(|at| self.columns[at].get(row)))
    }

    /// The rows so far.
    fn rows(&self) -> impl Iterator<Item = Vec<Value>> {
        (0..self.count).map(|row| self.columns.iter().map(|column| column.get(row)).collect())
    }

    /// Writes all rows into the detached table of a run.
    pub(super) async fn copy(&self, transaction: &Transaction<'_>, run: i32) -> Result<(), DbError> {
        if self.count == 0 {
            return Ok(());
        }
        let sql = format!("copy billing_data.{}_{run} ({}) from stdin binary", self.name, self.names);
        let copy = CopyIn { sql: &sql, width: self.columns.len() as i16, count: self.count };
        copy.send(transaction, |row, out| self.columns.iter().for_each(|column| column.put(row, out))).await
    }

    /// Makes the rows of a unit be these. A change of one flat moves a few lines of a house of thousands: the others,
    /// their index entries and their journal are spared.
    pub(super) async fn replace<C: GenericClient>(
        &self,
        client: &C,
        run: i32,
        unit: i64,
    ) -> Result<Stood, DbError> {
        let standing = self.standing(client, run, unit).await?;
        let wanted: Vec<Vec<Value>> = self.rows().collect();
        let (gone, new) = difference(&standing, &wanted);
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
        let (names, name, of_unit) = (self.names, self.name, self.of_unit);
        let sql = format!("select {names} from billing_data.{name} where run = $1 and {of_unit}");
        let rows = client.query_typed(&sql, &[(&run, Type::INT4), (&unit, Type::INT8)]).await?;
        let row = |row| self.types.iter().enumerate().map(|(at, ty)| Value::read(row, at, ty)).collect();
        Ok(rows.iter().map(row).collect())
    }

    async fn delete<C: GenericClient>(&self, client: &C, rows: &[&[Value]]) -> Result<(), DbError> {
        if rows.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.names.split(", ").collect();
        let keys: Vec<&str> = self.key.iter().map(|at| names[*at]).collect();
        let pairs: Vec<String> = keys.iter().map(|name| format!("t.{name} = k.{name}")).collect();
        let sql = format!(
            "delete from billing_data.{} t using unnest({}) as k ({}) where {}",
            self.name,
            self.arrays(&self.key),
            keys.join(", "),
            pairs.join(" and ")
        );
        self.execute(client, &sql, &self.key, rows).await
    }

    async fn insert<C: GenericClient>(&self, client: &C, rows: &[&[Value]]) -> Result<(), DbError> {
        if rows.is_empty() {
            return Ok(());
        }
        let all: Vec<usize> = (0..self.types.len()).collect();
        let sql = format!(
            "insert into billing_data.{} ({}) select * from unnest({})",
            self.name,
            self.names,
            self.arrays(&all)
        );
        self.execute(client, &sql, &all, rows).await
    }

    /// One array a column: `$1::int4[], $2::int8[] …`.
    fn arrays(&self, places: &[usize]) -> String {
        let array = |(number, at): (usize, &usize)| format!("${}::{}[]", number + 1, self.types[*at].name());
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
        let columns: Vec<Column> = places.iter().map(|at| self.column(*at, rows)).collect();
        let arrays: Vec<_> = columns.iter().map(Column::array).collect();
        let arrays: Vec<&(dyn ToSql + Sync)> =
            arrays.iter().map(|array| &**array as &(dyn ToSql + Sync)).collect();
        client.execute(sql, &arrays).await?;
        Ok(())
    }

    fn column(&self, at: usize, rows: &[&[Value]]) -> Column {
        let mut column = Column::of(&self.types[at]);
        for row in rows {
            column.push(&row[at]);
        }
        column
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
