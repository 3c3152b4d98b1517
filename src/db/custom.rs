//! A customer's own files: templates and screens that stand in the database and are used instead of those inside the program.

use std::collections::BTreeMap;

use super::driver::GenericClient;
use super::error::DbError;

/// Texts by path from the root of the source: `reports/passport/household.md`.
pub type Files = BTreeMap<String, String>;

/// All of them.
///
/// # Errors
/// When the database fails.
pub async fn read<C: GenericClient>(client: &C) -> Result<Files, DbError> {
    let rows = client.query("select path, text from admin.custom_files", &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Those below a folder, by their paths there.
#[must_use]
pub fn below(files: &Files, folder: &str) -> Files {
    let part = |path: &str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    files.iter().filter_map(|(path, text)| Some((part(path)?, text.clone()))).collect()
}
