//! A difference as a table on the terminal.

use super::{CliError, console};
use crate::job::difference::Difference;

/// How many single changes are printed.
const LARGEST: usize = 10;

/// Prints totals, services and the largest changes.
///
/// # Errors
/// The output is closed or full.
pub fn print(difference: &Difference) -> Result<(), CliError> {
    if difference.accounts == 0 && difference.unseen_accounts == 0 {
        console::line("Начисления не изменятся.")?;
    } else {
        console::line(format_args!(
            "Изменятся счета: {}, всего на {:+}",
            difference.accounts, difference.total
        ))?;
    }
    for service in &difference.services {
        console::line(format_args!("  {}  {:<28} {:>+14}", service.bill, service.service, service.total))?;
    }
    if !difference.rows.is_empty() {
        console::line(
            "\nСчёт        Месяц    Услуга                       Было         Станет       Разница",
        )?;
    }
    for row in difference.rows.iter().take(LARGEST) {
        console::line(format_args!(
            "{:<11} {:<8} {:<22.22} {:>12} {:>13} {:>+13}",
            row.account,
            row.month,
            row.service,
            row.before,
            row.after,
            row.after - row.before
        ))?;
    }
    let more = difference.rows.len().saturating_sub(LARGEST) + difference.more;
    if more > 0 {
        console::line(format_args!("… и ещё изменений: {more}"))?;
    }
    if difference.unseen_accounts > 0 {
        console::line(format_args!(
            "Ещё счетов вне вашего участка: {}, всего на {:+}",
            difference.unseen_accounts, difference.unseen_total
        ))?;
    }
    if let Some(beyond) = &difference.beyond {
        console::line(format_args!(
            "До {} не пересчитывается: месяцев {}, счетов {}",
            beyond.before, beyond.months, beyond.accounts
        ))?;
        if beyond.readings > 0 {
            console::line(format_args!(
                "Показаний старше срока: {}, расход по ним — в {}",
                beyond.readings, beyond.before
            ))?;
        }
    }
    for exception in &difference.exceptions {
        console::line(format_args!("Внимание: {exception}"))?;
    }
    Ok(())
}
