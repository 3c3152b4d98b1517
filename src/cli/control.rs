//! `kvartal control`: what is odd about a charged month, who accepts it, and the signature under it.

use rust_decimal::Decimal;
use serde_json::json;

use super::database::DatabaseArgs;
use super::{CliError, console, month};
use crate::calc::period::Month;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::document::number;
use crate::job::door::Session;

/// Проверить рассчитанный месяц перед печатью: итоги против прошлого месяца, находки, подпись
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Показать находки этого вида поимённо
    #[arg(long, value_name = "ВИД")]
    show: Option<String>,
    /// Принять находки этих видов: они верны
    #[arg(long, value_name = "ВИД", num_args = 1.., requires = "ground")]
    accept: Vec<String>,
    /// Принять одну находку: её вид и номер, как их показывает --show
    #[arg(long, value_names = ["ВИД", "НОМЕР"], num_args = 2, requires = "ground")]
    accept_finding: Vec<String>,
    /// Подписать: месяц можно печатать
    #[arg(long, requires = "ground")]
    sign: bool,
    /// Основание того, что принято или подписано
    #[arg(long, value_name = "ТЕКСТ")]
    ground: Option<String>,
}

/// Makes the control unless the last one is still true, accepts, signs, and prints what stands.
///
/// # Errors
/// The refusal, or how the job ended.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal control").await?;
    if !is_true(&session.client, args.month).await.map_err(CliError::refused)? {
        let order = month::operation("billing.control", json!({ "month": args.month }));
        month::follow(&mut session, &order).await?;
    }
    if !args.accept.is_empty() {
        say(args, &session, "billing.control_accept", json!({ "month": args.month, "kinds": args.accept }))
            .await?;
    }
    if let [kind, number] = args.accept_finding.as_slice() {
        let one = json!({ "month": args.month, "kind": kind, "number": number });
        say(args, &session, "billing.control_accept", one).await?;
    }
    let lines = match &args.show {
        Some(kind) => findings(&session.client, args.month, kind).await,
        None => told(&session.client, args.month).await,
    };
    lines.map_err(CliError::refused)?.iter().try_for_each(console::line)?;
    if args.sign {
        say(args, &session, "billing.control_sign", json!({ "month": args.month })).await?;
        console::line(format_args!("{}: контроль подписан, месяц можно выпускать.", args.month))?;
    }
    Ok(())
}

async fn say(args: &Args, session: &Session, kind: &str, order: serde_json::Value) -> Result<(), CliError> {
    let mut operation = month::operation(kind, order);
    operation.ground.clone_from(&args.ground);
    session.commit(&operation).await?;
    Ok(())
}

/// Whether the last control of the month is of the bills as they are.
async fn is_true(client: &Client, month: Month) -> Result<bool, DbError> {
    let sql = "select is_true from billing.control_head($1)";
    Ok(client.query_opt(sql, &[&month.first_day()]).await?.is_some_and(|row| row.get(0)))
}

/// Totals by service and findings by kind, as lines.
async fn told(client: &Client, month: Month) -> Result<Vec<String>, DbError> {
    let day = month.first_day();
    let mut out = vec![format!(
        "{:<30} {:>8} {:>16} {:>16} {:>14}",
        "Услуга", "счетов", "прошлый месяц", "этот месяц", "разница"
    )];
    let totals = "select service, accounts, before, now, difference from billing.control_totals($1)";
    for row in client.query(totals, &[&day]).await? {
        let (service, accounts): (String, i64) = (row.get(0), row.get(1));
        let money = |place: usize| number::quantity(row.get::<_, Decimal>(place));
        out.push(format!(
            "{service:<30.30} {accounts:>8} {:>16} {:>16} {:>14}",
            money(2),
            money(3),
            money(4)
        ));
    }
    let kinds =
        "select kind, title, findings, difference, stops, accepted_by, advice from billing.control_kinds($1)";
    for row in client.query(kinds, &[&day]).await? {
        let (kind, title, findings): (String, String, i64) = (row.get(0), row.get(1), row.get(2));
        let state = match (row.get::<_, bool>(4), row.get::<_, Option<String>>(5)) {
            (_, Some(name)) => format!("принято: {name}"),
            (true, None) => format!("СТОП: {}", row.get::<_, String>(6)),
            (false, None) => "к сведению".to_owned(),
        };
        let difference = number::quantity(row.get::<_, Decimal>(3));
        out.push(format!("{kind:<18} {findings:>8} {difference:>16}  {title}. {state}"));
    }
    let head = "select signed_by, ground from billing.control_head($1)";
    if let Some(row) = client.query_opt(head, &[&day]).await?
        && let Some(name) = row.get::<_, Option<String>>(0)
    {
        out.push(format!("Подписано: {name}; {}", row.get::<_, Option<String>>(1).unwrap_or_default()));
    }
    Ok(out)
}

/// The findings of one kind, by name; the first two thousand.
async fn findings(client: &Client, month: Month, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = "select coalesce(account, ''), coalesce(service, ''), before, now, coalesce(detail, ''), coalesce(address, ''), number, accepted_by
        from billing.control_findings($1, $2, null, 2000)";
    let rows = client.query(sql, &[&month.first_day(), &kind]).await?;
    let amount = |amount: Option<Decimal>| amount.map(number::quantity).unwrap_or_default();
    let line = |row: &crate::db::driver::Row| {
        let text = |place: usize| row.get::<_, String>(place);
        let (before, now) = (amount(row.get(2)), amount(row.get(3)));
        let accepted =
            row.get::<_, Option<String>>(7).map(|name| format!(" принято: {name}")).unwrap_or_default();
        let (number, account, service) = (row.get::<_, i64>(6), text(0), text(1));
        format!(
            "{number:>8} {account:<12} {service:<24.24} {before:>14} {now:>14}  {} {}{accepted}",
            text(4),
            text(5)
        )
    };
    Ok(rows.iter().map(line).collect())
}
