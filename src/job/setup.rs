//! What a new centre needs before its first operator can work: the worker's login, an administrator, a first month.
//!
//! Done once, over the connection of whoever owns the server; everything after it is operations. Each step finds
//! its own earlier work and leaves it, so setup may be run again.

use crate::db::driver::Client;
use postgres_protocol::password::scram_sha_256;
use uuid::Uuid;

use crate::calc::period::Month;
use crate::db::error::DbError;

/// Lets the worker log in with this password. The verifier is made here: the password itself never reaches a log.
///
/// # Errors
/// When the database refuses.
pub async fn worker_login(client: &Client, password: &str) -> Result<(), DbError> {
    set_password(client, "kvartal_worker", password).await
}

/// Makes the first administrator, who may do everything; no other login is ever made past the door. An existing one
/// gets the new password.
///
/// # Errors
/// When the database refuses; nothing is half-made.
pub async fn administrator(
    client: &mut Client,
    login: &str,
    full_name: &str,
    password: &str,
) -> Result<(), DbError> {
    let transaction = client.transaction().await?;
    let verifier = verifier(password);
    let groups = "select array_agg(g) from unnest(admin.group_roles()) g";
    let groups: Vec<String> = transaction.query_one(&format!("select ({groups})::text[]"), &[]).await?.get(0);
    transaction
        .execute(
            "select admin.user_make($1::text::name, $2, $3::text[]::name[])",
            &[&login, &verifier, &groups],
        )
        .await?;
    let insert = "insert into admin_data.operator (login, full_name, job) values ($1::text::name, $2, 'администратор')
        on conflict (login) do update set full_name = excluded.full_name, active = true, must_change_password = true";
    transaction.execute(insert, &[&login, &full_name]).await?;
    let scope =
        "insert into admin_data.operator_scope (login) values ($1::text::name) on conflict do nothing";
    transaction.execute(scope, &[&login]).await?;
    let operation = "insert into admin_data.operation (id, known, kind, operator, subject, digest)
        values ($1, nextval('admin_data.known_seq'), 'admin.setup', session_user, $2, '')";
    let subject = format!("администратор {login}");
    transaction.execute(operation, &[&Uuid::new_v4(), &subject]).await?;
    transaction.commit().await?;
    Ok(())
}

/// Opens the first month; a base that has months is left as it is, and its own first one comes back.
///
/// # Errors
/// When the database refuses.
pub async fn first_month(client: &Client, month: Month) -> Result<Option<Month>, DbError> {
    let insert = "insert into billing_data.month (month)
        select $1 where not exists (select from billing_data.month)";
    if client.execute(insert, &[&month.first_day()]).await? == 1 {
        return Ok(None);
    }
    let first = client.query_one("select min(month) from billing_data.month", &[]).await?;
    Ok(Some(Month::of(first.get(0))))
}

/// Names the centre itself, which holds advances and is the executor printed on invoices.
///
/// # Errors
/// When the database refuses.
pub async fn centre(client: &Client, name: &str) -> Result<(), DbError> {
    client.execute("update cards_data.organisation set name = $1 where id = 0", &[&name]).await?;
    Ok(())
}

/// What the server keeps of a password. Made here, so that the password itself never travels in a statement.
#[must_use]
pub fn verifier(password: &str) -> String {
    scram_sha_256(password.as_bytes())
}

async fn set_password(client: &Client, login: &str, password: &str) -> Result<(), DbError> {
    let verifier = verifier(password);
    // `alter role` takes no parameters; the server quotes both parts.
    let statement: String = client
        .query_one(
            "select format('alter role %I login password %L', $1::text, $2::text)",
            &[&login, &verifier],
        )
        .await?
        .get(0);
    client.batch_execute(&statement).await?;
    Ok(())
}

/// What still stands between this base and an ordinary working day; each is one sentence. Empty when nothing does.
///
/// # Errors
/// When the database cannot be asked.
pub async fn missing(client: &Client) -> Result<Vec<String>, DbError> {
    let mut missing = Vec::new();
    for (check, sentence) in CHECKS {
        if client.query_one(*check, &[]).await?.get::<_, bool>(0) {
            missing.push((*sentence).to_owned());
        }
    }
    Ok(missing)
}

/// Questions that are true when something is missing, with what to do.
const CHECKS: &[(&str, &str)] = &[
    (
        "select current_setting('server_encoding') <> 'UTF8'",
        "Кодировка базы не UTF-8: создайте базу заново с encoding 'UTF8'",
    ),
    (
        "select current_setting('max_connections')::int < 60",
        "max_connections меньше 60: нужно 2 на каждое рабочее место, по 5 на обработчик и 20 про запас",
    ),
    (
        "select current_setting('ssl') <> 'on' and current_setting('listen_addresses') not in ('', 'localhost', '127.0.0.1')",
        "Сервер слушает сеть без TLS: включите ssl в postgresql.conf",
    ),
    (
        "select current_setting('archive_mode') = 'off' and not exists (select from pg_stat_replication)",
        "Нет ни архива журналов (archive_mode), ни второй копии: настройте резервное копирование",
    ),
    (
        "select not exists (select from pg_extension where extname = 'btree_gist') or not exists (select from pg_extension where extname = 'pg_trgm')",
        "Нет расширений btree_gist и pg_trgm: установите пакет postgresql-contrib",
    ),
    (
        "select not exists (select from pg_authid where rolname = 'kvartal_worker' and rolpassword is not null)",
        "У обработчика нет пароля: удалите вход kvartal_worker или задайте пароль: alter role kvartal_worker password …",
    ),
    (
        "select not exists (select from pg_stat_activity where usename = 'kvartal_worker')",
        "Обработчик не запущен: kvartal worker --url …, служба systemd — в выводе setup",
    ),
    (
        "select not exists (select from admin_data.operator where active)",
        "Нет ни одного администратора: укажите администратора в ответах setup",
    ),
    (
        "select not exists (select from billing_data.month)",
        "Не открыт первый месяц: укажите его в ответах setup (first_month)",
    ),
    (
        "select not exists (select from cards_data.house)",
        "Нет ни одного дома: загрузите картотеку (kvartal import legacy) или заведите её",
    ),
];
