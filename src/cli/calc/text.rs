//! The answer as a person reads it: account by account, month by month, then balances and penalties.

use std::fmt::Write;

use super::Answer;
use crate::calc::allocate::Part;
use crate::calc::ids::AccountId;
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, Row, Step};
use crate::calc::period::Month;
use crate::document::number::{day, money, month, month_short, rate};
use crate::format::case::{Balance, PlayedMonth, Statement, instalments};

/// The whole answer.
pub(super) fn answer(answer: &Answer<'_>, brief: bool) -> String {
    let mut out = String::new();
    if !answer.case.title.is_empty() {
        let _ = writeln!(out, "{}", answer.case.title);
    }
    for statement in answer.statements {
        for (at, played) in &answer.played.months {
            of_month(&mut out, answer, statement.account, (*at, played), brief);
        }
        balances(&mut out, answer, statement);
        penalties(&mut out, answer, statement, brief);
    }
    super::beside::answer(&mut out, answer);
    for difference in answer.differences {
        let _ = writeln!(out, "{difference}");
    }
    out
}

fn of_month(
    out: &mut String,
    answer: &Answer<'_>,
    account: AccountId,
    (at, played): (Month, &PlayedMonth),
    brief: bool,
) {
    let number = answer.case.names.accounts.name(account.0);
    let _ = writeln!(out, "\nСчёт {number}, {}", month(at));
    let mut total = Money::ZERO;
    let lines = played.charged.lines.iter().zip(&played.charged.traces);
    for (line, trace) in lines.filter(|(line, _)| line.key.account == account) {
        let told = trace.to_string();
        let shown = if brief { told.lines().next().unwrap_or_default() } else { told.trim_end() };
        let _ = writeln!(out, "  {}", shown.replace('\n', "\n  "));
        if !line.key.component.is_payout() {
            total += line.amount;
        }
    }
    for entry in played.recalculation.entries.iter().filter(|entry| entry.key.account == account) {
        let operations = &answer.case.operations;
        let cause = operations.iter().find(|operation| operation.mark == entry.cause);
        let _ = writeln!(
            out,
            "  Перерасчёт за {}: {}, {} ₽ — {}",
            month(entry.month),
            service(answer, entry.key.service.0),
            money(entry.amount),
            cause.map_or("", |operation| &operation.what)
        );
        if !entry.key.component.is_payout() {
            total += entry.amount;
        }
    }
    for exception in played.exceptions(account) {
        let of = exception.service.map(|of| format!("{}: ", service(answer, of.0))).unwrap_or_default();
        let _ = writeln!(out, "  Внимание: {of}{}", exception.reason);
    }
    let _ = writeln!(out, "  Итого за месяц: {} ₽", money(total));
    for offer in instalments(answer.case, answer.played, account, at) {
        let _ = writeln!(
            out,
            "  {}: плата выросла к тому же месяцу прошлого года на {} % ({} → {} ₽); предложите рассрочку на 12 месяцев (354 пп. 72, 75)",
            service(answer, offer.service.0),
            rate(offer.growth.round_dp(1)),
            money(offer.before),
            money(offer.now)
        );
    }
}

/// The printed name of a service; its code where the file knows no name.
fn service(answer: &Answer<'_>, id: i64) -> String {
    let service = answer.case.rules.services.get(&crate::calc::ids::ServiceId(id));
    service.map_or_else(|| answer.case.names.services.name(id), |service| service.name.clone())
}

/// The balances of the account by months, and of the last month by services. Left out where nothing was paid or owed
/// before: then they only repeat the charges.
fn balances(out: &mut String, answer: &Answer<'_>, statement: &Statement) {
    let moved = |payments: bool| payments || !answer.case.debts.is_empty();
    if !moved(answer.case.payments.iter().any(|payment| payment.account == statement.account)) {
        return;
    }
    let head = ["Сальдо", "на начало", "начислено", "перерасчёт", "льготы", "оплачено", "на конец"];
    let _ = writeln!(
        out,
        "\n  {:<34}{:>13}{:>13}{:>13}{:>13}{:>13}{:>13}",
        head[0], head[1], head[2], head[3], head[4], head[5], head[6]
    );
    let mut rows = statement.balances.chunk_by(|one, next| one.month == next.month).peekable();
    while let Some(of_month) = rows.next() {
        if rows.peek().is_none() {
            for balance in of_month {
                let of = if balance.part == Part::Penalty { ", пени" } else { "" };
                let name = format!("  {}{of}", service(answer, balance.service.0));
                balance_row(out, &name, std::slice::from_ref(balance));
            }
        }
        balance_row(out, &month_short(of_month[0].month), of_month);
    }
    if statement.advance != Money::ZERO {
        let _ = writeln!(out, "  Аванс, ещё не зачтённый: {} ₽", money(statement.advance));
    }
    let _ = writeln!(out, "  К оплате с учётом аванса: {} ₽", money(statement.closing()));
}

fn balance_row(out: &mut String, name: &str, balances: &[Balance]) {
    let sum = |of: fn(&Balance) -> Money| money(balances.iter().map(of).sum());
    let _ = writeln!(
        out,
        "  {name:<34.34}{:>13}{:>13}{:>13}{:>13}{:>13}{:>13}",
        sum(|balance| balance.opening),
        sum(|balance| balance.charged),
        sum(|balance| balance.recalculated + balance.corrected),
        sum(|balance| balance.privilege),
        sum(|balance| balance.paid),
        sum(|balance| balance.closing)
    );
}

fn penalties(out: &mut String, answer: &Answer<'_>, statement: &Statement, brief: bool) {
    let Some(on) = answer.case.as_of else { return };
    let _ = writeln!(out, "\n  Пени по {}: {} ₽", day(on), money(statement.penalty()));
    if brief {
        return;
    }
    for (of, _, accrued) in &statement.penalties {
        table(out, &service(answer, of.0), accrued);
    }
}

fn table(out: &mut String, service: &str, accrued: &Accrued) {
    let Accrued { month: of, due, amount, rows, .. } = accrued;
    let _ = writeln!(out, "  {service}, {}, срок {}: {} ₽", month(*of), day(*due), money(*amount));
    for Row { from, to, days, balance, rate: percent, step, amount, .. } in rows {
        let cost = match step {
            Step::Grace => "без пеней".to_owned(),
            Step::Moratorium => "мораторий".to_owned(),
            Step::Through(divisor) => format!("{} % ÷ {}", rate(*percent), divisor.normalize()),
        };
        let _ = writeln!(
            out,
            "    {} – {}  {days:>4} дн. × {} ₽ × {cost} = {} ₽",
            day(*from),
            day(*to),
            money(*balance),
            money(*amount)
        );
    }
}
