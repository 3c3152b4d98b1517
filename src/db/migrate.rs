//! Creates or upgrades a database, as a whole or not at all.
//!
//! Group roles belong to the cluster and come first. Then one transaction: numbered migrations that were not applied
//! yet (tables, forward only), and the whole API anew (views, functions, policies, grants: dropped and created).

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use tokio_postgres::{Client, Transaction};

use super::error::DbError;

static SQL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sql");

/// Modules with an API of their own, in the order their functions are created.
const MODULES: [&str; 9] =
    ["admin", "cards", "passport", "meters", "billing", "finance", "claims", "exchange", "analytics"];

/// The order of creation within the API: access to tables first, then functions (every file not named here), then what
/// needs functions: views, then those that stand on views.
const ORDER: [&str; 10] = [
    "access.sql",
    "",
    "policies.sql",
    "stone.sql",
    "notices.sql",
    "readers.sql",
    "views.sql",
    "desk.sql",
    "operations.sql",
    "grants.sql",
];

/// What a migration did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Names of the migrations applied now.
    pub applied: Vec<String>,
    /// How many had been applied before.
    pub already: usize,
    /// Files of the API that were created anew.
    pub api_files: usize,
}

/// Why a database was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration that was applied has another text in this program.
    #[error(
        "Миграция {0} уже применена с другим текстом. База создана другой сборкой программы: возьмите её или восстановите копию"
    )]
    Changed(String),
    /// The database knows a migration this program does not.
    #[error("База новее программы: в ней есть миграция {0}. Обновите программу")]
    TooOld(String),
    /// The server is older than 15.
    #[error("Нужен PostgreSQL 15 или новее, здесь {0}. Обновите сервер")]
    Server(String),
    /// A file failed; nothing was changed.
    #[error("Файл {file}: {source}. База осталась прежней")]
    File {
        /// Path inside `sql/`.
        file: String,
        /// What the server said.
        source: tokio_postgres::Error,
    },
    /// The database could not be asked.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<tokio_postgres::Error> for MigrateError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Creates or upgrades the database the client is connected to. The login must be a superuser, or a member of
/// `kvartal_owner` where the roles exist already.
///
/// # Errors
/// Any failure leaves the database as it was.
pub async fn migrate(client: &mut Client) -> Result<Report, MigrateError> {
    check_server(client).await?;
    ensure_roles(client).await?;
    let transaction = client.transaction().await?;
    transaction.batch_execute("select pg_advisory_xact_lock(4710)").await?;
    prepare(&transaction).await?;
    let (applied, already) = apply_migrations(&transaction).await?;
    let api_files = create_api(&transaction).await?;
    transaction.commit().await?;
    Ok(Report { applied, already, api_files })
}

/// Digest of everything in `sql/`: two programs with the same digest make the same database.
#[must_use]
pub fn digest() -> String {
    let mut hash = Sha256::new();
    let mut files = Vec::new();
    collect(&SQL, &mut files);
    files.sort();
    for (path, text) in files {
        hash.update(path.as_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize())
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    files.extend(
        dir.files().filter_map(|file| Some((file.path().display().to_string(), file.contents_utf8()?))),
    );
    for inner in dir.dirs() {
        collect(inner, files);
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

async fn check_server(client: &Client) -> Result<(), MigrateError> {
    let row = client
        .query_one(
            "select current_setting('server_version_num')::int, current_setting('server_version')",
            &[],
        )
        .await?;
    if row.get::<_, i32>(0) < 150_000 {
        return Err(MigrateError::Server(row.get(1)));
    }
    Ok(())
}

/// Roles belong to the cluster: made once, by whoever may; an owner without that right finds them there.
async fn ensure_roles(client: &Client) -> Result<(), MigrateError> {
    let may = "select rolsuper from pg_roles where rolname = current_user";
    if client.query_one(may, &[]).await?.get::<_, bool>(0) {
        run(client, "roles.sql", file("roles.sql")).await?;
        client
            .batch_execute(
                "do $$ begin execute format('grant create, connect, temporary on database %I to kvartal_owner', current_database());
                 execute format('revoke all on database %I from public', current_database());
                 execute format('grant connect on database %I to kvartal_operator, kvartal_worker', current_database()); end $$",
            )
            .await?;
    }
    Ok(())
}

fn file(path: &str) -> &'static str {
    SQL.get_file(path).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

async fn run(client: &Client, path: &str, text: &str) -> Result<(), MigrateError> {
    client.batch_execute(text).await.map_err(|source| MigrateError::File { file: path.to_owned(), source })
}

async fn prepare(transaction: &Transaction<'_>) -> Result<(), MigrateError> {
    transaction
        .batch_execute(
            "set local role kvartal_owner;
             set local client_min_messages = warning;
             set local check_function_bodies = off;
             create schema if not exists kvartal_schema;
             create table if not exists kvartal_schema.migration (
                 name text primary key, digest text not null, applied_at timestamptz not null default clock_timestamp()
             );",
        )
        .await?;
    Ok(())
}

async fn apply_migrations(transaction: &Transaction<'_>) -> Result<(Vec<String>, usize), MigrateError> {
    let known =
        transaction.query("select name, digest from kvartal_schema.migration order by name", &[]).await?;
    let mut files: Vec<_> = SQL.get_dir("migrations").into_iter().flat_map(Dir::files).collect();
    files.sort_by_key(|file| file.path());
    let name_of = |file: &include_dir::File<'_>| {
        file.path().file_stem().map(|stem| stem.to_string_lossy().into_owned())
    };
    let names: Vec<String> = files.iter().filter_map(|file| name_of(file)).collect();
    if let Some(newer) = known.iter().map(|row| row.get::<_, String>(0)).find(|name| !names.contains(name)) {
        return Err(MigrateError::TooOld(newer));
    }
    let mut applied = Vec::new();
    for (file, name) in files.iter().zip(names) {
        let text = file.contents_utf8().unwrap_or_default();
        let digest = hex(&Sha256::digest(text.as_bytes()));
        match known.iter().find(|row| row.get::<_, &str>(0) == name) {
            Some(row) if row.get::<_, &str>(1) != digest => return Err(MigrateError::Changed(name)),
            Some(_) => {}
            None => {
                run(transaction.client(), &format!("migrations/{name}.sql"), text).await?;
                let insert = "insert into kvartal_schema.migration (name, digest) values ($1, $2)";
                transaction.execute(insert, &[&name, &digest]).await?;
                applied.push(name);
            }
        }
    }
    Ok((applied, known.len()))
}

/// Drops and creates the API: nothing of an older program can stay behind.
async fn create_api(transaction: &Transaction<'_>) -> Result<usize, MigrateError> {
    let makers = "kvartal_finder, kvartal_user_admin, kvartal_owner";
    for module in MODULES {
        transaction
            .batch_execute(&format!(
                "set local role kvartal_owner; drop schema if exists {module} cascade; create schema {module} authorization kvartal_api;
                 set local role kvartal_api; grant usage, create on schema {module} to {makers};"
            ))
            .await?;
    }
    let mut count = 0;
    for (module, path, text) in api_files() {
        let role = role_of(&path);
        run(transaction.client(), &path, &format!("set local role {role};\n{text}")).await?;
        tracing::debug!(module, path, "api file created");
        count += 1;
    }
    for module in MODULES {
        let revoke = format!("set local role kvartal_api; revoke create on schema {module} from {makers};");
        transaction.batch_execute(&revoke).await?;
    }
    transaction.batch_execute("reset role").await?;
    Ok(count)
}

/// All files of the API with their module, in the order of creation.
fn api_files() -> Vec<(&'static str, String, &'static str)> {
    let functions = 1;
    let step = |path: &str| {
        ORDER
            .iter()
            .position(|name| !name.is_empty() && path.ends_with(&format!("/{name}")))
            .unwrap_or(functions)
    };
    let mut all: Vec<(usize, usize, &'static str, String, &'static str)> = Vec::new();
    for (place, module) in MODULES.into_iter().enumerate() {
        for file in SQL.get_dir(format!("api/{module}")).into_iter().flat_map(Dir::files) {
            let path = file.path().display().to_string();
            if path.ends_with(".sql") {
                all.push((step(&path), place, module, path, file.contents_utf8().unwrap_or_default()));
            }
        }
    }
    all.sort();
    all.into_iter().map(|(_, _, module, path, text)| (module, path, text)).collect()
}

/// Who owns what a file creates. Most belongs to the plain role of the API; some need another one.
fn role_of(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("finder.sql") => "kvartal_finder",
        Some("logins.sql") => "kvartal_user_admin",
        Some(
            "kinds.sql" | "runs.sql" | "units.sql" | "stone.sql" | "notices.sql" | "access.sql"
            | "policies.sql" | "grants.sql",
        ) => "kvartal_owner",
        _ => "kvartal_api",
    }
}
