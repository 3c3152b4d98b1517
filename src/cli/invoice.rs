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
use crate::document::number::money;
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
    #[arg(long, value_name = "ВИД", default_value = "month")]
    kind: AskedKind,
    /// Сумма аванса одного счёта; без неё — среднее начисление
    #[arg(long, value_name = "РУБЛИ", conflicts_with = "house")]
    amount: Option<Decimal>,
    /// Среднее за сколько выпущенных месяцев
    #[arg(long, value_name = "МЕСЯЦЕВ", default_value_t = 12)]
    average: i32,
    /// С оборотом «Почему столько»: как получилась каждая сумма счёта за месяц
    #[arg(long)]
    reasons: bool,
    /// Файл или каталог, куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "КУДА")]
    out: PathBuf,
    #[command(flatten)]
    over: file::Over,
}

/// What the document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AskedKind {
    /// За месяц
    Month,
    /// Долговой: просроченное по услугам и месяцам
    Debt,
    /// Предоплатный: сумма вперёд
    Prepayment,
}

impl AskedKind {
    /// What a file of such documents is called.
    fn title(self) -> &'static str {
        match self {
            Self::Month => "Платёжные документы",
            Self::Debt => "Долговые документы",
            Self::Prepayment => "Предоплатные документы",
        }
    }

    /// Files of one house lie beside each other.
    fn suffix(self) -> &'static str {
        match self {
            Self::Month => "",
            Self::Debt => "-dolg",
            Self::Prepayment => "-avans",
        }
    }
}

/// Writes the invoices.
///
/// # Errors
/// The refusal of the database, a sheet that does not add up, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    check(args)?;
    let client = args.database.connect("invoice").await?;
    match (&args.account, args.house) {
        (Some(account), _) => one(args, &client, account).await,
        (None, Some(house)) => of_house(args, &client, house).await,
        // The group of arguments asks for one of them.
        (None, None) => Ok(()),
    }
}

/// What no kind of document can be asked for together.
fn check(args: &Args) -> Result<(), CliError> {
    let wrong = if args.reasons && args.kind != AskedKind::Month {
        "Оборот «Почему столько» есть только у документа за месяц: уберите --reasons или возьмите --kind month."
    } else if args.draft && args.kind != AskedKind::Month {
        "Черновик бывает только у документа за месяц: уберите --draft или возьмите --kind month."
    } else if args.amount.is_some() && args.kind != AskedKind::Prepayment {
        "Сумма --amount бывает только у аванса: добавьте --kind prepayment."
    } else {
        return Ok(());
    };
    Err(CliError::Usage(wrong.to_owned()))
}

async fn one(args: &Args, client: &Client, account: &str) -> Result<(), CliError> {
    let invoice = read(args, client, account).await.map_err(CliError::refused)?;
    let invoice =
        if args.reasons { Invoice { reasons: reasons(args, account).await?, ..invoice } } else { invoice };
    let bytes = invoice::pdf(&invoice).map_err(CliError::refused)?;
    let out = within(&args.out, &format!("{}.pdf", invoice.number));
    file::give(&out, &bytes, args.over, format_args!("к оплате {}", money(invoice.totals.payable)))
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
    let mut invoices = read_house(args, client, house).await.map_err(CliError::refused)?;
    let Some(first) = invoices.first() else {
        return Err(CliError::Refused(nothing_to_print(args, house)));
    };
    let meta = Meta {
        title: format!("{} за {}, дом № {house}", args.kind.title(), args.month),
        author: first.executor.name.clone(),
        date: first.payments_through,
    };
    if args.reasons {
        let mut session = Session::open(&args.database.address()?, "kvartal invoice").await?;
        let told = session.reasons(house, args.month.first_day()).await?;
        let mut told = invoice::reasons::of_house(told).map_err(CliError::refused)?;
        for invoice in &mut invoices {
            invoice.reasons = told.remove(&invoice.account).unwrap_or_default();
        }
    }
    let bundled = invoice::bundle(&invoices, &meta).map_err(CliError::refused)?;
    let payable: Money = invoices.iter().map(|Invoice { totals, .. }| totals.payable).sum();
    let out = within(&args.out, &format!("dom-{house}-{}{}.pdf", args.month, args.kind.suffix()));
    let payable = money(payable);
    let told = format_args!("документов {}, листов {}, к оплате {payable}", invoices.len(), bundled.pages);
    file::give(&out, &bundled.bytes, args.over, told)
}

async fn read_house(args: &Args, client: &Client, house: i64) -> Result<Vec<Invoice>, InvoiceError> {
    let today = Local::now().date_naive();
    match args.kind {
        AskedKind::Month => invoice::read_house(client, house, args.month, args.draft, today).await,
        AskedKind::Debt => invoice::debts_of_house(client, house, args.month, today).await,
        AskedKind::Prepayment => invoice::prepayments_of_house(client, house, args.month, args.average).await,
    }
}

fn nothing_to_print(args: &Args, house: i64) -> String {
    let why = match args.kind {
        AskedKind::Month => "нет ни начислений, ни долгов",
        AskedKind::Debt => "просроченных долгов нет",
        AskedKind::Prepayment => "начислений, с которых считать аванс, нет",
    };
    format!("По дому № {house} за {} нечего печатать: {why}.", args.month)
}

/// A folder gets a file of this name; anything else is the file itself.
fn within(out: &Path, name: &str) -> PathBuf {
    if out.is_dir() { out.join(name.replace('/', "-")) } else { out.to_owned() }
}
