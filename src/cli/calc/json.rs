//! The answer for another program: the same numbers, names instead of ids.

use serde_json::{Value, json};

use super::Answer;
use crate::calc::ids::{AccountId, ContractId, ServiceId};
use crate::calc::line::LineKey;
use crate::calc::penalty::Accrued;
use crate::calc::period::Month;
use crate::format::case::{Balance, PlayedMonth, Statement};

/// The whole answer.
pub(super) fn answer(answer: &Answer<'_>) -> Value {
    let accounts: Vec<Value> = answer.statements.iter().map(|statement| account(answer, statement)).collect();
    let differences: Vec<String> = answer.differences.iter().map(ToString::to_string).collect();
    let case = answer.case;
    json!({ "title": case.title, "ground": case.grounds, "accounts": accounts, "claims": super::beside::claims(answer),
        "subsidies": super::beside::subsidies(answer), "transfers": super::beside::transfers(answer), "differences": differences })
}

fn account(answer: &Answer<'_>, statement: &Statement) -> Value {
    let id = statement.account;
    let months: Vec<Value> =
        answer.played.months.iter().map(|(month, played)| of_month(answer, id, *month, played)).collect();
    let balances: Vec<Value> = statement.balances.iter().map(|balance| of_balance(answer, balance)).collect();
    let penalty = |(service, contract, accrued): &(ServiceId, ContractId, Accrued)| {
        let (service, provider) = names(answer, *service, *contract);
        json!({ "service": service, "provider": provider, "accrued": accrued })
    };
    json!({
        "account": answer.case.names.accounts.name(id.0),
        "months": months,
        "balances": balances,
        "advance": statement.advance,
        "closing": statement.closing(),
        "as_of": answer.case.as_of,
        "penalty": statement.penalty(),
        "penalties": statement.penalties.iter().map(penalty).collect::<Vec<_>>(),
    })
}

fn of_month(answer: &Answer<'_>, account: AccountId, month: Month, played: &PlayedMonth) -> Value {
    let lines = played.charged.lines.iter().zip(&played.charged.traces);
    let lines = lines.filter(|(line, _)| line.key.account == account).map(|(line, trace)| {
        let (service, provider) = of_key(answer, &line.key);
        json!({
            "service": service, "provider": provider, "component": line.key.component, "volume": line.volume,
            "rate": line.rate, "basis": line.basis, "amount": line.amount, "text": trace.to_string(), "trace": trace.root,
        })
    });
    let entries = played.recalculation.entries.iter().filter(|entry| entry.key.account == account);
    let entries = entries.map(|entry| {
        let (service, provider) = of_key(answer, &entry.key);
        json!({
            "service": service, "provider": provider, "component": entry.key.component, "of": entry.month.to_string(),
            "cause": entry.cause.0, "volume": entry.volume, "amount": entry.amount,
        })
    });
    let exceptions = played.exceptions(account).map(|exception| {
        let service = exception.service.map(|service| answer.case.names.services.name(service.0));
        json!({ "service": service, "says": exception.reason.to_string() })
    });
    json!({
        "month": month.to_string(),
        "lines": lines.collect::<Vec<_>>(),
        "recalculations": entries.collect::<Vec<_>>(),
        "exceptions": exceptions.collect::<Vec<_>>(),
    })
}

fn of_balance(answer: &Answer<'_>, balance: &Balance) -> Value {
    let (service, provider) = names(answer, balance.service, balance.contract);
    json!({
        "month": balance.month.to_string(), "service": service, "provider": provider, "opening": balance.opening,
        "charged": balance.charged, "recalculated": balance.recalculated, "privilege": balance.privilege, "corrected": balance.corrected, "part": balance.part, "paid": balance.paid,
        "closing": balance.closing,
    })
}

fn of_key(answer: &Answer<'_>, key: &LineKey) -> (String, String) {
    names(answer, key.service, key.contract)
}

fn names(answer: &Answer<'_>, service: ServiceId, contract: ContractId) -> (String, String) {
    (answer.case.names.services.name(service.0), answer.case.names.contracts.name(contract.0))
}
