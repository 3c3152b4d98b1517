//! What came out beside what was expected, as a table a person can act on.

use std::fmt::Display;

use super::claims::claims;
use super::expected::{Expected, ExpectedBalance, ExpectedEntry, ExpectedException, ExpectedLine};
use super::fees::transfers;
use super::instalments::instalments;
use super::ledger::{Balance, Statement, statements};
use super::subsidies::subsidies;
use super::{Case, Played, PlayedMonth};
use crate::calc::ids::{ContractId, Mark, ServiceId};
use crate::calc::line::{Component, Line, LineKey};
use crate::calc::money::Money;
use crate::calc::penalty::{NoParameter, due_date};
use crate::calc::period::Month;
use crate::calc::recalculation::Entry;
use crate::calc::trace::Trace;

/// One place where a case came out otherwise than expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the file the expectation stands in.
    pub place: usize,
    /// The account.
    pub account: String,
    /// The month.
    pub month: Month,
    /// The service and its part, and which number of it.
    pub what: String,
    /// What the case says.
    pub expected: String,
    /// What came out.
    pub got: String,
}

impl Display for Difference {
    /// `стр. 40 │ счёт 41001 │ 2026-09 │ cold_water: сумма │ ожидалось 615.21 │ получилось 615.22`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { place, account, month, what, expected, got } = self;
        write!(
            f,
            "стр. {place:>3} │ счёт {account} │ {month} │ {what:<40} │ ожидалось {expected} │ получилось {got}"
        )
    }
}

const NOTHING: &str = "нет";

/// All differences between what a case expects and what came out of it.
#[must_use]
pub fn differences(case: &Case, played: &Played) -> Vec<Difference> {
    let mut found = Vec::new();
    let statements = statements(case, played, case.as_of);
    for expected in &case.expected {
        let mut check = Check { case, played, expected, found: &mut found };
        check.statement(&statements);
        match played.months.get(&expected.month) {
            Some(month) => check.month(month),
            None => check.differ("месяц", "начислен", NOTHING),
        }
    }
    beside(case, played, &statements, &mut found);
    found
}

/// What is compared beside the bills: claims, subsidies, transfers. They belong to no month, so that of the case stands there.
fn beside(
    case: &Case,
    played: &Played,
    statements: &Result<Vec<Statement>, NoParameter>,
    found: &mut Vec<Difference>,
) {
    let mut differ = |place, what: String, expected: String, got: String| {
        let (account, month) = ("—".to_owned(), case.month);
        found.push(Difference { place, account, month, what, expected, got });
    };
    match claims(case, played) {
        Ok(answers) => {
            for (asked, answer) in case.claims.iter().zip(answers) {
                let Some(expected) = &asked.expected else { continue };
                if let Some(kind) = expected.kind.filter(|kind| *kind != answer.kind) {
                    differ(asked.place, "иск: kind".to_owned(), code(&kind), code(&answer.kind));
                }
                for (name, got) in answer.sums() {
                    let wanted = expected.sums.get(name).filter(|wanted| **wanted != got);
                    if let Some(wanted) = wanted {
                        differ(asked.place, format!("иск: {name}"), wanted.to_string(), got.to_string());
                    }
                }
            }
        }
        Err(error) => differ(0, "иск".to_owned(), String::new(), error.to_string()),
    }
    for (asked, (_, subsidy)) in case.subsidies.iter().zip(subsidies(case, played)) {
        let got = subsidy.map(|subsidy| subsidy.amount);
        if asked.expected.is_some() && asked.expected != got {
            let said = |sum: Option<Money>| sum.map_or(NOTHING.to_owned(), |sum| sum.to_string());
            differ(asked.place, "субсидия".to_owned(), said(asked.expected), said(got));
        }
    }
    let statements = statements.as_deref().unwrap_or_default();
    for (asked, transfer) in case.fees.iter().zip(transfers(case, statements)) {
        for (name, got) in transfer.sums() {
            let wanted = asked.expected.iter().find(|(of, wanted)| *of == name && *wanted != got);
            if let Some((_, wanted)) = wanted {
                differ(asked.place, format!("перечисление: {name}"), wanted.to_string(), got.to_string());
            }
        }
    }
}

/// The comparison of one account's month.
struct Check<'c> {
    case: &'c Case,
    played: &'c Played,
    expected: &'c Expected,
    found: &'c mut Vec<Difference>,
}

impl Check<'_> {
    fn differ(&mut self, what: impl Into<String>, expected: impl Display, got: impl Display) {
        self.found.push(Difference {
            place: self.expected.place,
            account: self.case.names.accounts.name(self.expected.account.0),
            month: self.expected.month,
            what: what.into(),
            expected: expected.to_string(),
            got: got.to_string(),
        });
    }

    fn equal<T: Display + PartialEq>(&mut self, what: String, expected: &T, got: &T) {
        if expected != got {
            self.differ(what, expected, got);
        }
    }

    fn month(&mut self, month: &PlayedMonth) {
        self.lines(month);
        self.entries(month);
        self.exceptions(month);
        let on_bill = |key: &LineKey| self.mine(key) && !key.component.is_payout();
        let lines = month.charged.lines.iter().filter(|line| on_bill(&line.key)).map(|line| line.amount);
        let entries =
            month.recalculation.entries.iter().filter(|entry| on_bill(&entry.key)).map(|entry| entry.amount);
        let total: Money = lines.chain(entries).sum();
        if let Some(expected) = self.expected.total {
            self.equal("итого".to_owned(), &expected, &total);
        }
    }

    fn statement(&mut self, statements: &Result<Vec<Statement>, NoParameter>) {
        let Expected { closing, penalty, account, due, balances, month, .. } = self.expected;
        if let Some(due) = due {
            match due_date(&self.case.rules, Mark::NOW, *month) {
                Ok(got) => self.equal("срок оплаты".to_owned(), due, &got),
                Err(error) => self.differ("срок оплаты", due, error),
            }
        }
        self.instalments();
        if closing.is_none() && penalty.is_none() && balances.is_empty() {
            return;
        }
        let mine = match statements {
            Ok(statements) => statements.iter().find(|statement| statement.account == *account),
            Err(error) => return self.differ("сальдо", "", error),
        };
        let Some(mine) = mine else { return self.differ("сальдо", "", NOTHING) };
        if let Some(closing) = closing {
            self.equal("сальдо".to_owned(), closing, &mine.closing());
        }
        if let Some(penalty) = penalty {
            self.equal("пени".to_owned(), penalty, &mine.penalty());
        }
        for wanted in balances {
            self.balance(wanted, mine);
        }
    }

    fn instalments(&mut self) {
        let Some(wanted) = &self.expected.instalments else { return };
        let offered = instalments(self.case, self.played, self.expected.account, self.expected.month);
        let offered: Vec<ServiceId> = offered.into_iter().map(|offer| offer.service).collect();
        if *wanted != offered {
            let names = |ids: &[ServiceId]| {
                let names: Vec<_> = ids.iter().map(|id| self.case.names.services.name(id.0)).collect();
                if names.is_empty() { NOTHING.to_owned() } else { names.join(", ") }
            };
            let (expected, got) = (names(wanted), names(&offered));
            self.differ("рассрочка", expected, got);
        }
    }

    fn balance(&mut self, wanted: &ExpectedBalance, mine: &Statement) {
        let name = self.name(wanted.service, Component::Base);
        let of_month = mine.balances.iter().filter(|balance| {
            (balance.month, balance.service, balance.part)
                == (self.expected.month, wanted.service, wanted.part)
                && wanted.contract.is_none_or(|contract| contract == balance.contract)
        });
        let rows: Vec<_> = of_month.map(Balance::columns).collect();
        for (column, sum) in &wanted.sums {
            let mine = rows.iter().flatten().filter(|(of, _)| of == column);
            let got: Money = mine.map(|(_, sum)| *sum).sum();
            self.equal(format!("{name}: сальдо, {column}"), sum, &got);
        }
    }

    fn mine(&self, key: &LineKey) -> bool {
        key.account == self.expected.account
    }

    fn lines(&mut self, month: &PlayedMonth) {
        let traces = month.charged.traces.iter().map(Some).chain(std::iter::repeat(None));
        let lines = month.charged.lines.iter().zip(traces);
        let mut got: Vec<(&Line, Option<&Trace>)> = lines.filter(|(line, _)| self.mine(&line.key)).collect();
        for wanted in &self.expected.lines {
            let name = self.name(wanted.service, wanted.component);
            let same = |key: &LineKey| matches(key, wanted.service, wanted.component, wanted.contract);
            match got.iter().position(|(line, _)| same(&line.key)) {
                Some(place) => {
                    let (line, trace) = got.remove(place);
                    self.line(&name, wanted, line, trace);
                }
                None => self.differ(name, wanted.amount, NOTHING),
            }
        }
        for (line, _) in got {
            self.differ(self.name(line.key.service, line.key.component), NOTHING, line.amount);
        }
    }

    fn line(&mut self, name: &str, wanted: &ExpectedLine, line: &Line, trace: Option<&Trace>) {
        self.equal(format!("{name}: объём"), &wanted.volume, &line.volume);
        self.equal(format!("{name}: тариф"), &wanted.rate, &line.rate);
        self.equal(format!("{name}: сумма"), &wanted.amount, &line.amount);
        if let Some(basis) = wanted.basis {
            self.equal(format!("{name}: основание"), &code(&basis), &code(&line.basis));
        }
        let explanation = trace.map(ToString::to_string).unwrap_or_default();
        for phrase in wanted.trace.iter().filter(|phrase| !explanation.contains(*phrase)) {
            self.differ(format!("{name}: объяснение"), format!("«{phrase}»"), format!("\n{explanation}"));
        }
    }

    fn entries(&mut self, month: &PlayedMonth) {
        let entries = month.recalculation.entries.iter();
        let mut got: Vec<&Entry> = entries.filter(|entry| self.mine(&entry.key)).collect();
        for wanted in &self.expected.recalculations {
            let name = self.entry_name(wanted.of, wanted.cause.0, wanted.service, wanted.component);
            match got.iter().position(|entry| same_entry(wanted, entry)) {
                Some(place) => {
                    let entry = got.remove(place);
                    self.equal(format!("{name}: объём"), &wanted.volume, &entry.volume);
                    self.equal(format!("{name}: сумма"), &wanted.amount, &entry.amount);
                }
                None => self.differ(name, wanted.amount, NOTHING),
            }
        }
        for entry in got {
            let name = self.entry_name(entry.month, entry.cause.0, entry.key.service, entry.key.component);
            self.differ(name, NOTHING, format!("{} ({})", entry.amount, entry.volume));
        }
    }

    fn exceptions(&mut self, month: &PlayedMonth) {
        let mine = month.exceptions(self.expected.account);
        let mut got: Vec<_> =
            mine.map(|exception| (exception.service, exception.reason.to_string())).collect();
        for ExpectedException { service, says } in &self.expected.exceptions {
            match got.iter().position(|(of, reason)| of == service && reason.contains(says)) {
                Some(place) => drop(got.remove(place)),
                None => self.differ("исключение", format!("«{says}»"), NOTHING),
            }
        }
        for (_, reason) in got {
            self.differ("исключение", NOTHING, format!("«{reason}»"));
        }
    }

    fn name(&self, service: ServiceId, component: Component) -> String {
        let service = self.case.names.services.name(service.0);
        if component == Component::Base { service } else { format!("{service}/{}", code(&component)) }
    }

    fn entry_name(&self, of: Month, cause: i64, service: ServiceId, component: Component) -> String {
        format!("перерасчёт {of} по операции {cause}: {}", self.name(service, component))
    }
}

fn matches(key: &LineKey, service: ServiceId, component: Component, contract: Option<ContractId>) -> bool {
    key.service == service
        && key.component == component
        && contract.is_none_or(|contract| contract == key.contract)
}

fn same_entry(wanted: &ExpectedEntry, entry: &Entry) -> bool {
    (wanted.of, wanted.cause) == (entry.month, entry.cause)
        && matches(&entry.key, wanted.service, wanted.component, wanted.contract)
}

/// The word of a closed list as a case file writes it.
fn code<T: serde::Serialize>(word: &T) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
