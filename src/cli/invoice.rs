//! `kvartal invoice`: the payment document of one account as a PDF.

use std::path::PathBuf;

use super::database::DatabaseArgs;
use super::{CliError, file};
use crate::calc::period::Month;
use crate::job::invoice;

/// Платёжный документ лицевого счёта в PDF
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Номер лицевого счёта
    #[arg(long, value_name = "СЧЁТ")]
    account: String,
    /// Черновик: и до выпуска месяца, с пометкой поперёк листа и без кодов для оплаты
    #[arg(long)]
    draft: bool,
    /// Куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
}

/// Writes the invoice.
///
/// # Errors
/// The refusal of the database, a sheet that does not add up, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("invoice").await?;
    let invoice =
        invoice::read(&client, &args.account, args.month, args.draft).await.map_err(CliError::refused)?;
    let bytes = invoice::pdf(&invoice).map_err(CliError::refused)?;
    file::give(&args.out, &bytes, format_args!("к оплате {}", invoice.totals.payable))
}
