//! `kvartal invoice`: the payment documents of an account, a house or everybody as PDF.

use std::path::{Path, PathBuf};

use chrono::Local;
use rust_decimal::Decimal;

use super::database::DatabaseArgs;
use super::{CliError, file};
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::db::driver::Client;
use crate::document::invoice::{Invoice, Reason};
use crate::job::door::Session;
use crate::job::invoice::{self, InvoiceError};
use crate::output::pdf::Meta;

/// Платёжный документ лицевого счёта или дома в PDF
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("whose").required(true).args(["account", "house"])))]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Номер лицевого счёта
    #[arg(long, value_name = "СЧЁТ")]
    account: Option<String>,
    /// Номер дома: все его счета одним файлом, в порядке разноски
    #[arg(long, value_name = "ДОМ")]
    house: Option<i64>,
    /// Черновик: и до выпуска месяца, с пометкой поперёк листа и без кодов для оплаты
    #[arg(long)]
    draft: bool,
    /// Вид: month — за месяц, debt — долговой, prepayment — предоплатный
    #[arg(long, value_name = "ВИД", default_value = "month", requires = "account")]
    kind: AskedKind,
    /// Сумма аванса; без неё — среднее начисление
    #[arg(long, value_name = "РУБЛИ", requires = "account")]
    amount: Option<Decimal>,
    /// Среднее за сколько выпущенных месяцев
    #[arg(long, value_name = "МЕСЯЦЕВ", default_value_t = 12)]
    average: i32,
    /// С оборотом «Почему столько»: как получилась каждая сумма счёта
    #[arg(long, conflicts_with = "house")]
    reasons: bool,
    /// Файл или каталог, куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "КУДА")]
    out: PathBuf,
}

/// What the document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AskedKind {
    /// A month.
    Month,
    /// The overdue debt.
    Debt,
    /// Money in advance.
    Prepayment,
}

/// Writes the invoices.
///
/// # Errors
/// The refusal of the database, a sheet that does not add up, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("invoice").await?;
    match (&args.account, args.house) {
        (Some(account), _) => one(args, &client, account).await,
        (None, Some(house)) => of_house(args, &client, house).await,
        // The group of arguments asks for one of them.
        (None, None) => Ok(()),
    }
}

async fn one(args: &Args, client: &Client, account: &str) -> Result<(), CliError> {
    let invoice = read(args, client, account).await.map_err(CliError::refused)?;
    let invoice =
        if args.reasons { Invoice { reasons: reasons(args, account).await?, ..invoice } } else { invoice };
    let bytes = invoice::pdf(&invoice).map_err(CliError::refused)?;
    let out = within(&args.out, &format!("{}.pdf", invoice.number));
    file::give(&out, &bytes, format_args!("к оплате {}", invoice.totals.payable))
}

async fn read(args: &Args, client: &Client, account: &str) -> Result<Invoice, InvoiceError> {
    match args.kind {
        AskedKind::Month => invoice::read(client, account, args.month, args.draft).await,
        AskedKind::Debt => invoice::debt(client, account, args.month, Local::now().date_naive()).await,
        AskedKind::Prepayment => {
            invoice::prepayment(client, account, args.month, args.average, args.amount).await
        }
    }
}

/// The worker is asked, as by the key «Почему?».
async fn reasons(args: &Args, account: &str) -> Result<Vec<Reason>, CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal invoice").await?;
    let answer = session.explain(account, args.month.first_day()).await?;
    Ok(invoice::reasons::of_answer(&answer))
}

async fn of_house(args: &Args, client: &Client, house: i64) -> Result<(), CliError> {
    let today = Local::now().date_naive();
    let invoices =
        invoice::read_house(client, house, args.month, args.draft, today).await.map_err(CliError::refused)?;
    let Some(first) = invoices.first() else {
        return Err(CliError::Refused(format!(
            "По дому № {house} за {} нечего печатать: нет ни начислений, ни долгов.",
            args.month
        )));
    };
    let meta = Meta {
        title: format!("Платёжные документы за {}, дом № {house}", args.month),
        author: first.executor.name.clone(),
        date: first.payments_through,
    };
    let bundled = invoice::bundle(&invoices, &meta).map_err(CliError::refused)?;
    let payable: Money = invoices.iter().map(|Invoice { totals, .. }| totals.payable).sum();
    let out = within(&args.out, &format!("dom-{house}-{}.pdf", args.month));
    let told = format_args!("документов {}, листов {}, к оплате {payable}", invoices.len(), bundled.pages);
    file::give(&out, &bundled.bytes, told)
}

/// A folder gets a file of this name; anything else is the file itself.
fn within(out: &Path, name: &str) -> PathBuf {
    if out.is_dir() { out.join(name.replace('/', "-")) } else { out.to_owned() }
}
