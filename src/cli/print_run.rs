//! `kvartal print-run`: the invoices of a month for everybody, ordered, listed, taken as files.

use std::path::PathBuf;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::month::{follow, operation};
use super::{CliError, console, file};
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::document::number;
use crate::job::document::{self, Media, Purpose};
use crate::job::door::Session;
use crate::locale::{Lang, Words};

/// Печать месяца: платёжные документы всех домов в порядке разноски
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Заказать печать выпущенного месяца и дождаться её
    New(New),
    /// Показать печати, новые сверху
    List(List),
    /// Взять напечатанное файлами: по дому на файл и контрольный лист
    Get(Get),
}

#[derive(Debug, clap::Args)]
struct New {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// С оборотом «Почему столько» у каждого документа; листы печатаются с двух сторон
    #[arg(long)]
    reasons: bool,
    /// Только этот участок
    #[arg(long, value_name = "УЧАСТОК")]
    district: Option<String>,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, clap::Args)]
struct Get {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер печати
    #[arg(value_name = "НОМЕР")]
    number: i64,
    /// Каталог, куда записать
    #[arg(long, value_name = "КАТАЛОГ")]
    out: PathBuf,
    /// С какого листа печати: если бумагу зажевало на нём. Прежние дома пропускаются
    #[arg(long, value_name = "ЛИСТ", default_value_t = 1)]
    from_sheet: i64,
    #[command(flatten)]
    over: file::Over,
}

/// Runs the task.
///
/// # Errors
/// The refusal of the database, how the job ended, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    match &args.task {
        Task::New(args) => order(args).await,
        Task::List(args) => list(args).await,
        Task::Get(args) => get(args).await,
    }
}

async fn order(args: &New) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal print-run").await?;
    let mut order = json!({ "month": args.month });
    if let Some(district) = &args.district {
        order["district"] = json!(district);
    }
    if args.reasons {
        order["reasons"] = json!(true);
    }
    let operation = operation("billing.print_run", order);
    follow(&mut session, &operation).await?;
    let sql = "select number, bundles, invoices, sheets, payable, control_number from billing.print_run_list where id = $1";
    let row = session.client.query_one(sql, &[&operation.id]).await.map_err(refused)?;
    console::line(format_args!(
        "Печать № {}: домов {}, документов {}, листов {}, к оплате {}; контрольный лист {}.",
        row.get::<_, i64>(0),
        row.get::<_, i64>(1),
        row.get::<_, i64>(2),
        row.get::<_, i64>(3),
        money(row.get(4)),
        row.get::<_, Option<&str>>(5).unwrap_or("не составлен")
    ))
}

async fn list(args: &List) -> Result<(), CliError> {
    let client = args.database.connect("print-run").await?;
    let sql = "select number, month, coalesce(district, 'все участки'), state, done, coalesce(total, 0), coalesce(invoices, 0),
            coalesce(sheets, 0), coalesce(failure, '')
        from billing.print_run_list order by number desc limit 20";
    let words = Words::of(Lang::Ru);
    for row in &client.query(sql, &[]).await.map_err(refused)? {
        let state = words.text(&format!("choice-job_state-{}", row.get::<_, &str>(3)));
        let line = format!(
            "{:>5}  {}  {:<16} {state:<10} домов {}/{}, документов {}, листов {}  {}",
            row.get::<_, i64>(0),
            Month::of(row.get::<_, NaiveDate>(1)),
            row.get::<_, &str>(2),
            row.get::<_, i64>(4),
            row.get::<_, i64>(5),
            row.get::<_, i64>(6),
            row.get::<_, i64>(7),
            row.get::<_, &str>(8)
        );
        console::line(line.trim_end())?;
    }
    Ok(())
}

async fn get(args: &Get) -> Result<(), CliError> {
    if !args.out.is_dir() {
        return Err(CliError::Refused(format!("{} — не каталог: создайте его.", args.out.display())));
    }
    let client = args.database.connect("print-run").await?;
    let sql = "select id, control, control_number from billing.print_run_list where number = $1";
    let row = client
        .query_opt(sql, &[&args.number])
        .await
        .map_err(refused)?
        .ok_or_else(|| CliError::Refused(format!("Печати № {} нет: посмотрите список.", args.number)))?;
    let id: Uuid = row.get(0);
    let sql = "select place, house_id, document, first_sheet::bigint, sheets from billing.print_bundle_list
        where print_run_id = $1 and document is not null and first_sheet + sheets > $2 order by place";
    let bundles = client.query(sql, &[&id, &args.from_sheet]).await.map_err(refused)?;
    for (index, bundle) in bundles.iter().enumerate() {
        let (place, house): (i32, i64) = (bundle.get(0), bundle.get(1));
        let (document, first): (Uuid, i64) = (bundle.get(2), bundle.get(3));
        let name = format!("{place:05}-dom-{house}.pdf");
        take(&client, document, args, &name).await?;
        if index == 0 && args.from_sheet > first {
            console::line(format_args!("{name}: печатайте с {}-й страницы.", args.from_sheet - first + 1))?;
        }
    }
    if let (Some(control), Some(number)) = (row.get::<_, Option<Uuid>>(1), row.get::<_, Option<&str>>(2)) {
        take(&client, control, args, &format!("{}.pdf", number.replace('/', "-"))).await?;
    }
    console::line(format_args!("{}: домов {}.", args.out.display(), bundles.len()))
}

async fn take(client: &Client, document: Uuid, args: &Get, name: &str) -> Result<(), CliError> {
    let bytes =
        document::fetch(client, document, Media::Pdf, Purpose::Print).await.map_err(CliError::refused)?;
    file::write(&args.out.join(name), &bytes, args.over)
}

fn money(sum: Option<Decimal>) -> String {
    sum.and_then(Money::round).map_or_else(String::new, number::money)
}

fn refused(error: crate::db::driver::Error) -> CliError {
    CliError::refused(DbError::from(error))
}
