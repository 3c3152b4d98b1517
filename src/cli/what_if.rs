//! `kvartal what-if`: changes tried on the whole town without writing anything.

use std::path::PathBuf;

use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, month, op};
use crate::db::driver::{Client, Row};
use crate::db::error::DbError;
use crate::document::number;
use crate::job::door::Session;

/// Что если: попробовать изменения на всём городе, ничего не записывая
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Файл JSON со списком изменений: [{"kind": "cards.tariff_rate", "args": {"facts": […]}}]; «-» — стандартный ввод
    #[arg(long, value_name = "ФАЙЛ")]
    changes: PathBuf,
}

/// Orders the trial, waits for it and prints its figures.
///
/// # Errors
/// The refusal, or how the job ended.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let changes = op::read(&args.changes)?;
    if changes.as_array().is_none_or(Vec::is_empty) {
        let sentence = "В файле нет изменений: это список [{\"kind\": \"cards.tariff_rate\", \"args\": {…}}]";
        return Err(CliError::Refused(sentence.to_owned()));
    }
    let mut session = Session::open(&args.database.address()?, "kvartal what-if").await?;
    let order = month::operation("analytics.what_if", json!({ "changes": changes }));
    month::follow(&mut session, &order).await?;
    let lines = told(&session.client, order.id).await.map_err(CliError::refused)?;
    lines.iter().try_for_each(console::line)
}

/// The figures as lines.
async fn told(client: &Client, id: Uuid) -> Result<Vec<String>, DbError> {
    let head = "select accounts, moved, before, after, unseen, unseen_change from analytics.what_if_list where id = $1";
    let row = client.query_one(head, &[&id]).await?;
    let money = |place: usize| number::quantity(row.get::<_, Decimal>(place));
    let mut out = vec![
        format!("Счетов {}, изменится у {}.", row.get::<_, i64>(0), row.get::<_, i64>(1)),
        format!("Начислено {} ₽, начислялось бы {} ₽.", money(2), money(3)),
    ];
    if row.get::<_, i64>(4) > 0 {
        out.push(format!("Ещё счетов вне вашего участка: {}, на {} ₽.", row.get::<_, i64>(4), money(5)));
    }
    if row.get::<_, i64>(1) == 0 {
        out.push("Ничьи начисления не изменятся: проверьте день изменения и начисляется ли кому-нибудь то, что меняется.".to_owned());
        return Ok(out);
    }
    for (title, names, sql) in TABLES {
        out.extend(table(title, names, &client.query(sql, &[&id]).await?));
    }
    Ok(out)
}

/// A table as lines, its first column as wide as the longest name in it.
fn table(title: &str, [one, other]: [&str; 2], rows: &[Row]) -> Vec<String> {
    let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(40);
    let mut out = vec![format!("\n{title:<width$} {:>8} {one:>16} {other:>16} {:>14}", "счетов", "разница")];
    for (row, name) in rows.iter().zip(&names) {
        let money = |place: usize| number::quantity(row.get::<_, Decimal>(place));
        let accounts: i64 = row.get(1);
        out.push(format!("{name:<width$} {accounts:>8} {:>16} {:>16} {:>14}", money(2), money(3), money(4)));
    }
    out
}

/// What the two columns of amounts are called in most tables.
const AMOUNTS: [&str; 2] = ["сейчас", "стало бы"];

/// What is printed: name, accounts, two amounts and the difference, under a title and the names of the amounts.
const TABLES: [(&str, [&str; 2], &str); 5] = [
    (
        "По услугам",
        AMOUNTS,
        "select title, accounts, before, after, change from analytics.what_if_part
         where what_if_id = $1 and kind = 'service' and change <> 0 order by change desc",
    ),
    (
        "По поставщикам",
        AMOUNTS,
        "select title, accounts, before, after, change from analytics.what_if_part
         where what_if_id = $1 and kind = 'provider' and change <> 0 order by change desc",
    ),
    (
        "Дома: десять наибольших",
        AMOUNTS,
        "select address, accounts, before, after, change from analytics.what_if_house
         where what_if_id = $1 order by abs(change) desc, house_id limit 10",
    ),
    (
        "Счета по величине изменения",
        ["от", "до"],
        "select decile || '-я десятая часть', accounts, least, most, change from analytics.what_if_decile
         where what_if_id = $1 order by decile",
    ),
    (
        "Счета: десять наибольших",
        AMOUNTS,
        "select account || '  ' || address, 1::bigint, before, after, change from analytics.what_if_bill
         where what_if_id = $1 order by place limit 10",
    ),
];
