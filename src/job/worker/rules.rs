//! The rules common to all units, read again only when an operation moved them.

use std::sync::Arc;

use crate::db::driver::GenericClient;

use crate::calc::rules::Rules;
use crate::db::error::DbError;
use crate::db::load;

/// The rules as last read, with the version of unit 0 they were read at.
#[derive(Debug, Default)]
pub struct Cache {
    read: Option<(i64, Arc<Rules>)>,
}

impl Cache {
    /// The rules as they stand. The version is read first: a change in between only makes the next call read again.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get<C: GenericClient>(&mut self, client: &C) -> Result<Arc<Rules>, DbError> {
        let row = client.query_one("select version from billing_data.unit where id = 0", &[]).await?;
        let version: i64 = row.get(0);
        if let Some((at, rules)) = &self.read
            && *at == version
        {
            return Ok(Arc::clone(rules));
        }
        let rules = Arc::new(load::rules(client).await?);
        self.read = Some((version, Arc::clone(&rules)));
        Ok(rules)
    }
}
