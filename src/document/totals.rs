//! That a sheet adds up. The totals come from the ledger, the lines too, by different ways; where they disagree
//! by a kopeck nothing is printed.

use std::collections::BTreeMap;

use super::invoice::{Invoice, Kind, Line, Share, Totals};
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

/// The totals the lines and payees make: what the ledger's own are checked against, never printed.
#[must_use]
pub fn of(lines: &[Line], payees: &[Share]) -> Totals {
    let sum = |part: fn(&Line) -> Money| lines.iter().map(part).sum::<Money>();
    Totals {
        opening: sum(|line| line.opening),
        charged: sum(|line| line.charge),
        recalculated: sum(|line| line.recalculation),
        privilege: sum(|line| line.privilege),
        penalty: sum(|line| line.penalty),
        paid: sum(|line| line.paid),
        closing: sum(|line| line.closing),
        since: payees.iter().map(|share| share.since).sum(),
        payable: payees.iter().map(Share::payable).sum(),
    }
}

/// Checks every line, every payee, every ground and every total of an invoice.
///
/// # Errors
/// The first sum that is not what its parts make.
pub fn check(invoice: &Invoice) -> Result<(), NotTied> {
    let tie = |what: &dyn Fn() -> String, given: Money, computed: Money| {
        if given == computed {
            return Ok(());
        }
        Err(NotTied { account: invoice.account.clone(), what: what(), given, computed })
    };
    for line in &invoice.lines {
        let parts = line.parts.iter().map(|part| part.charge).sum();
        tie(&|| format!("«{}», начислено", line.service), line.charge, parts)?;
        let closing = line.opening + line.month() + line.penalty - line.paid;
        tie(&|| format!("«{}», к оплате", line.service), line.closing, closing)?;
    }
    if invoice.kind != Kind::Month {
        for (place, line) in invoice.lines.iter().enumerate() {
            let asked = invoice.asked.iter().filter(|one| one.line == place).map(|one| one.amount).sum();
            tie(&|| format!("«{}», по месяцам", line.service), line.closing, asked)?;
        }
    }
    for (service, (charged, grounded)) in recalculated(invoice) {
        tie(&|| format!("«{service}», перерасчёты с основаниями"), charged, grounded)?;
    }
    for (service, (charged, grounded)) in fined(invoice) {
        tie(&|| format!("«{service}», пени с основаниями"), charged, grounded)?;
    }
    for (place, share) in invoice.payees.iter().enumerate() {
        let lines = invoice.lines.iter().filter(|line| line.payee == place);
        tie(
            &|| format!("получатель «{}»", share.payee.name),
            share.closing,
            lines.map(|line| line.closing).sum(),
        )?;
    }
    let (given, made) = (&invoice.totals, of(&invoice.lines, &invoice.payees));
    let pairs = [
        ("долг на начало месяца", given.opening, made.opening),
        ("начислено", given.charged, made.charged),
        ("перерасчёты", given.recalculated, made.recalculated),
        ("льготы", given.privilege, made.privilege),
        ("пени", given.penalty, made.penalty),
        ("оплачено", given.paid, made.paid),
        ("сальдо на конец месяца", given.closing, made.closing),
        ("оплачено после месяца", given.since, made.since),
        ("итого к оплате", given.payable, made.payable),
    ];
    pairs.into_iter().try_for_each(|(what, given, made)| tie(&|| what.to_owned(), given, made))
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

/// By service: the penalties of the table and those of the grounds.
fn fined(invoice: &Invoice) -> BTreeMap<&str, (Money, Money)> {
    let mut sums: BTreeMap<&str, (Money, Money)> = BTreeMap::new();
    for line in &invoice.lines {
        sums.entry(&line.service).or_default().0 += line.penalty;
    }
    for one in &invoice.penalties {
        sums.entry(&one.service).or_default().1 += one.amount;
    }
    sums
}
