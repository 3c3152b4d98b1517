//! Numbers of the base that houses speak of: what it was made with, and what the directories were given.

use std::collections::HashMap;

use crate::db::driver::Transaction;
use crate::db::error::DbError;

/// Scopes by company and district.
pub(super) type Scopes = HashMap<(Option<i64>, i64), i32>;

/// Numbers the base gave, or has had since it was made, as the houses will ask for them.
#[derive(Debug)]
pub(super) struct Numbers {
    scopes: Scopes,
    /// Categories of privileges, by code.
    categories: HashMap<String, i64>,
    /// Kinds of deviation, by code.
    deficiencies: HashMap<String, i64>,
}

impl Numbers {
    /// The numbers of a base whose scopes are written.
    pub(super) async fn of(transaction: &Transaction<'_>, scopes: Scopes) -> Result<Self, DbError> {
        let categories = codes(transaction, "billing_data.privilege_category").await?;
        let deficiencies = codes(transaction, "claims_data.deficiency").await?;
        Ok(Self { scopes, categories, deficiencies })
    }

    /// The scope of a company's houses in a district.
    pub(super) fn scope(&self, company: Option<i64>, district: i64) -> i32 {
        self.scopes.get(&(company, district)).copied().unwrap_or_default()
    }

    /// The category of a code; the foreign key refuses what there is not.
    pub(super) fn category(&self, code: &str) -> i64 {
        self.categories.get(code).copied().unwrap_or_default()
    }

    /// The kind of deviation of a code.
    pub(super) fn deficiency(&self, code: &str) -> i64 {
        self.deficiencies.get(code).copied().unwrap_or_default()
    }
}

/// What a table of codes knows them by.
async fn codes(transaction: &Transaction<'_>, table: &str) -> Result<HashMap<String, i64>, DbError> {
    let rows = transaction.query(&format!("select code, id from {table}"), &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
