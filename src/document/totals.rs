//! That a sheet adds up. The totals come from the ledger, the lines too, by different ways; where they disagree
//! by a kopeck nothing is printed.

use std::collections::BTreeMap;

use super::invoice::{Invoice, Line, Totals};
use super::number;
use crate::calc::money::Money;

/// A sheet that does not add up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "Платёжный документ по счёту {account} не сходится: {what} — указано {}, по строкам выходит {}. Документ не \
     напечатан; пересчитайте месяц по этому счёту",
    number::money(*.given),
    number::money(*.computed)
)]
pub struct NotTied {
    /// The account.
    pub account: String,
    /// Which sum, in words.
    pub what: String,
    /// The sum as it was given.
    pub given: Money,
    /// The sum its parts make.
    pub computed: Money,
}

/// The totals the lines make: the only place where a sheet's sums are added up.
#[must_use]
pub fn of(lines: &[Line]) -> Totals {
    let sum = |part: fn(&Line) -> Money| lines.iter().map(part).sum::<Money>();
    let totals = Totals {
        opening: sum(|line| line.opening),
        charged: sum(|line| line.charge),
        recalculated: sum(|line| line.recalculation),
        privilege: sum(|line| line.privilege),
        penalty: sum(|line| line.penalty),
        paid: sum(|line| line.paid),
        payable: Money::ZERO,
    };
    Totals { payable: totals.closing().max(Money::ZERO), ..totals }
}

/// Checks every line, every ground and every total of an invoice.
///
/// # Errors
/// The first sum that is not what its parts make.
pub fn check(invoice: &Invoice) -> Result<(), NotTied> {
    let tie = |what: String, given: Money, computed: Money| {
        let account = invoice.account.clone();
        if given == computed { Ok(()) } else { Err(NotTied { account, what, given, computed }) }
    };
    for line in &invoice.lines {
        let total = line.charge + line.recalculation - line.privilege;
        tie(format!("«{}», итого за месяц", line.service), line.total, total)?;
        let closing = line.opening + line.total + line.penalty - line.paid;
        tie(format!("«{}», к оплате", line.service), line.closing, closing)?;
    }
    for (service, (charged, grounded)) in recalculated(invoice) {
        tie(format!("«{service}», перерасчёты с основаниями"), charged, grounded)?;
    }
    let (given, made) = (&invoice.totals, of(&invoice.lines));
    tie("долг на начало месяца".to_owned(), given.opening, made.opening)?;
    tie("начислено".to_owned(), given.charged, made.charged)?;
    tie("перерасчёты".to_owned(), given.recalculated, made.recalculated)?;
    tie("льготы".to_owned(), given.privilege, made.privilege)?;
    tie("пени".to_owned(), given.penalty, made.penalty)?;
    tie("оплачено".to_owned(), given.paid, made.paid)?;
    tie("итого к оплате".to_owned(), given.payable, made.payable)
}

/// By service: the recalculations of the table and those of the grounds; they must agree (dossier of documents
/// § 2.8).
fn recalculated(invoice: &Invoice) -> BTreeMap<&str, (Money, Money)> {
    let mut sums: BTreeMap<&str, (Money, Money)> = BTreeMap::new();
    for line in &invoice.lines {
        sums.entry(&line.service).or_default().0 += line.recalculation;
    }
    for cause in &invoice.recalculations {
        sums.entry(&cause.service).or_default().1 += cause.amount;
    }
    sums
}
