//! The worker in an operator's place: what it tries for somebody, it tries by that somebody's rights.

use crate::db::driver::Transaction;
use crate::db::error::DbError;

/// Takes on the operator's rights for this transaction, which is to be rolled back, and asks which scopes they see.
///
/// # Errors
/// When the database fails.
pub async fn act_as(transaction: &Transaction<'_>, operator: &str) -> Result<Vec<i32>, DbError> {
    transaction.batch_execute("set local lock_timeout = '2s'; set local kvartal.preview = 'on'").await?;
    transaction.execute("select set_config('kvartal.operator', $1, true)", &[&operator]).await?;
    // `set role` takes no parameters; the server quotes the name.
    let set: String =
        transaction.query_one("select format('set local role %I', $1::text)", &[&operator]).await?.get(0);
    transaction.batch_execute(&set).await?;
    Ok(transaction.query_one("select admin.my_keys()", &[]).await?.get(0))
}
