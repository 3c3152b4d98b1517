//! The invoice as its template gets it: what a terminal shows and a matrix printer types. Sums, days and volumes go as values; where the
//! printed form has words for something, they are the same words.

use serde_json::{Value, json};

use crate::calc::money::Money;
use crate::document::invoice::{Asked, Invoice, Line, Meter, Part, Reading, Share};
use crate::document::invoice_form as form;
use crate::document::number;

/// The template of the text.
pub const TEMPLATE: &str = "billing/invoice.md";

/// What the template may name, below `invoice`.
#[must_use]
pub fn data(invoice: &Invoice) -> Value {
    let executor = &invoice.executor;
    let steps =
        form::steps(invoice).into_iter().map(|(what, sum)| json!({ "what": what, "sum": sum.roubles() }));
    json!({ "invoice": {
        "kind": invoice.kind, "title": form::title(invoice), "due": form::due(invoice), "number": invoice.number,
        "account": invoice.account, "payer_is": form::payer_is(invoice.tenure), "payer": invoice.payer, "address": invoice.address,
        "areas": form::areas(&invoice.areas), "residents": invoice.residents, "through": invoice.payments_through,
        "executor": {
            "name": executor.name, "tin": executor.tin, "address": executor.address, "phone": executor.phone,
            "dispatch_phone": executor.dispatch_phone, "hours": executor.hours,
        },
        "lines": invoice.lines.iter().map(line).collect::<Vec<_>>(),
        "has_privileges": invoice.lines.iter().any(|line| line.privilege != Money::ZERO),
        "has_penalties": invoice.lines.iter().any(|line| line.penalty != Money::ZERO),
        "asked": invoice.asked.iter().map(|one| asked(invoice, one)).collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(), "payable": invoice.totals.payable.roubles(), "payments": form::payments(invoice),
        "payees": invoice.payees.iter().map(payee).collect::<Vec<_>>(),
        "grounds": grounds(invoice), "support": support(invoice), "instalments": instalments(invoice), "offers": invoice.instalments.iter().filter_map(form::offer).collect::<Vec<_>>(),
        "meters": invoice.meters.iter().map(meter).collect::<Vec<_>>(),
        "norms": invoice.norms.iter().map(form::norm).collect::<Vec<_>>(),
        "houses": invoice.houses.iter().map(form::house).collect::<Vec<_>>(), "notes": invoice.notes,
    } })
}

fn line(line: &Line) -> Value {
    json!({
        "service": line.service, "parts": line.parts.iter().map(part).collect::<Vec<_>>(), "charge": line.charge.roubles(),
        "recalculation": line.recalculation.roubles(), "privilege": line.privilege.roubles(), "month": line.month().roubles(),
        "opening": line.opening.roubles(), "penalty": line.penalty.roubles(), "paid": line.paid.roubles(), "closing": line.closing.roubles(),
    })
}

fn part(part: &Part) -> Value {
    json!({
        "name": part.name, "unit": part.unit, "volume": part.volume, "mark": form::mark(part.basis).0,
        "rate": part.rate.map(number::rate), "charge": part.charge.roubles(),
    })
}

fn asked(invoice: &Invoice, one: &Asked) -> Value {
    let service = invoice.lines.get(one.line).map(|line| line.service.as_str());
    json!({
        "service": service, "month": one.month.map(crate::calc::period::Month::first_day), "is_penalty": one.is_penalty,
        "sum": one.amount.roubles(),
    })
}

fn payee(share: &Share) -> Value {
    let payee = &share.payee;
    json!({
        "name": payee.name, "tin": payee.tin, "kpp": payee.kpp, "bank": payee.bank, "bic": payee.bic,
        "account": payee.settlement_account, "correspondent_account": payee.correspondent_account,
        "payable": share.payable().roubles(),
    })
}

/// Recalculations and penalties, as the sheet has them in one table.
fn grounds(invoice: &Invoice) -> Vec<Value> {
    let recalculated =
        invoice.recalculations.iter().map(|one| (&one.service, &one.months, &one.ground, one.amount));
    let fined = invoice.penalties.iter().map(|one| (&one.service, &one.months, &one.ground, one.amount));
    let told = recalculated.chain(fined).map(|(service, months, ground, amount)| {
        json!({ "service": service, "months": number::months(months), "ground": ground, "sum": amount.roubles() })
    });
    told.collect()
}

fn instalments(invoice: &Invoice) -> Vec<Value> {
    let told = invoice.instalments.iter().map(|one| {
        json!({
            "service": one.service, "current": one.current.roubles(), "earlier": one.earlier.roubles(), "interest": one.interest.roubles(),
            "percent": one.percent.map(number::quantity), "payable": one.payable.roubles(),
        })
    });
    told.collect()
}

/// Subsidies and compensations in one sentence; nothing where there are none.
fn support(invoice: &Invoice) -> Option<String> {
    let told: Vec<String> = invoice.support.iter().map(form::support).collect();
    (!told.is_empty()).then(|| format!("{}: {}", form::SUPPORT, told.join("; ")))
}

fn meter(meter: &Meter) -> Value {
    let reading = |one: &Option<Reading>| match one {
        Some(reading) => json!({ "value": reading.value, "day": reading.day }),
        None => json!({ "value": null, "day": null }),
    };
    json!({
        "service": meter.service, "serial": meter.serial, "unit": meter.unit, "previous": reading(&meter.previous),
        "current": reading(&meter.current),
    })
}
