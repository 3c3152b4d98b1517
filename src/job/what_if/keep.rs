//! The figures, kept in one transaction: all of a what-if is there, or nothing.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::figures::{Gathered, Sum};
use crate::calc::period::Month;
use crate::db::driver::{Client, Transaction};
use crate::db::error::DbError;
use crate::job::worker::{JobContext, JobError};

/// The result, if a killed worker kept it already.
pub async fn kept(context: &JobContext) -> Result<Option<Value>, DbError> {
    let sql = "select accounts, moved, after - before from analytics_data.what_if where id = $1";
    let row = context.client.query_opt(sql, &[&context.id]).await?;
    Ok(row.map(|row| told(row.get(0), row.get(1), row.get(2))))
}

/// Keeps the figures of an order.
pub async fn keep(
    client: &mut Client,
    context: &JobContext,
    months: &[Month],
    gathered: Gathered,
) -> Result<Value, JobError> {
    let transaction = client.transaction().await?;
    head(&transaction, context, months, &gathered).await?;
    for (kind, sums) in [("service", &gathered.services), ("provider", &gathered.providers)] {
        parts(&transaction, context.id, kind, sums.iter().map(|(id, sum)| (*id, *sum))).await?;
    }
    houses(&transaction, context.id, &gathered).await?;
    deciles(&transaction, context.id, &gathered).await?;
    bills(&transaction, context.id, &gathered).await?;
    transaction.commit().await?;
    let total = gathered.total;
    Ok(told(gathered.accounts, total.moved, total.amount.change().roubles()))
}

fn told(accounts: i64, moved: i64, change: Decimal) -> Value {
    json!({ "accounts": accounts, "moved": moved, "change": change })
}

async fn head(
    transaction: &Transaction<'_>,
    context: &JobContext,
    months: &[Month],
    gathered: &Gathered,
) -> Result<(), DbError> {
    let months: Vec<_> = months.iter().map(|month| month.first_day()).collect();
    let (total, unseen) = (gathered.total, gathered.unseen);
    let (before, after) = (total.amount.before.roubles(), total.amount.after.roubles());
    let sql = "insert into analytics_data.what_if (id, login, months, accounts, moved, before, after, unseen, unseen_change)
        values ($1, $2::text::name, $3, $4, $5, $6, $7, $8, $9)";
    let unseen_change = unseen.amount.change().roubles();
    let (id, login) = (&context.id, &context.operator);
    transaction
        .execute(
            sql,
            &[
                id,
                login,
                &months,
                &gathered.accounts,
                &total.moved,
                &before,
                &after,
                &unseen.moved,
                &unseen_change,
            ],
        )
        .await?;
    Ok(())
}

/// Columns of sums, one list each, as one statement takes them.
#[derive(Default)]
struct Columns {
    ids: Vec<i64>,
    scopes: Vec<i32>,
    moved: Vec<i64>,
    before: Vec<Decimal>,
    after: Vec<Decimal>,
}

impl Columns {
    fn put(&mut self, id: i64, scope: i32, sum: Sum) {
        self.ids.push(id);
        self.scopes.push(scope);
        self.moved.push(sum.moved);
        self.before.push(sum.amount.before.roubles());
        self.after.push(sum.amount.after.roubles());
    }
}

async fn parts(
    transaction: &Transaction<'_>,
    id: Uuid,
    kind: &str,
    sums: impl Iterator<Item = (i64, Sum)>,
) -> Result<(), DbError> {
    let mut columns = Columns::default();
    sums.for_each(|(part, sum)| columns.put(part, 0, sum));
    let sql = "insert into analytics_data.what_if_part (what_if_id, kind, part_id, accounts, before, after)
        select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[])";
    transaction
        .execute(sql, &[&id, &kind, &columns.ids, &columns.moved, &columns.before, &columns.after])
        .await?;
    Ok(())
}

async fn houses(transaction: &Transaction<'_>, id: Uuid, gathered: &Gathered) -> Result<(), DbError> {
    let mut columns = Columns::default();
    gathered.houses.iter().for_each(|(house, (scope, sum))| columns.put(house.0, *scope, *sum));
    let sql =
        "insert into analytics_data.what_if_house (what_if_id, house_id, scope, accounts, before, after)
        select $1, * from unnest($2::bigint[], $3::int[], $4::bigint[], $5::numeric[], $6::numeric[])";
    let Columns { ids, scopes, moved, before, after } = &columns;
    transaction.execute(sql, &[&id, ids, scopes, moved, before, after]).await?;
    Ok(())
}

async fn deciles(transaction: &Transaction<'_>, id: Uuid, gathered: &Gathered) -> Result<(), DbError> {
    let sql = "insert into analytics_data.what_if_decile (what_if_id, decile, accounts, least, most, change)
        values ($1, $2, $3, $4, $5, $6)";
    for (number, decile) in (1_i16..).zip(&gathered.deciles) {
        let (least, most) = (decile.least.roubles(), decile.most.roubles());
        let change = decile.change.roubles();
        transaction.execute(sql, &[&id, &number, &decile.accounts, &least, &most, &change]).await?;
    }
    Ok(())
}

async fn bills(transaction: &Transaction<'_>, id: Uuid, gathered: &Gathered) -> Result<(), DbError> {
    let mut columns = Columns::default();
    for bill in &gathered.bills {
        columns.put(bill.account.0, bill.scope, Sum { moved: 1, amount: bill.amount });
    }
    let sql = "insert into analytics_data.what_if_bill (what_if_id, place, account_id, scope, before, after)
        select $1, row_number() over (), * from unnest($2::bigint[], $3::int[], $4::numeric[], $5::numeric[])";
    let Columns { ids, scopes, before, after, .. } = &columns;
    transaction.execute(sql, &[&id, ids, scopes, before, after]).await?;
    Ok(())
}
