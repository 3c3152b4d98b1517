//! What a case asks beside the bills: the cost of a court, a subsidy, what providers are transferred. Each as a sentence a
//! person can check, and as numbers for another program.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Answer;
use crate::calc::duty::Claim;
use crate::calc::fee::Fee;
use crate::calc::money::Money;
use crate::calc::subsidy::{Family, Formula, Subsidy};
use crate::document::number::{day, money};
use crate::format::case;

/// The sentences.
pub(super) fn answer(out: &mut String, answer: &Answer<'_>) {
    for (asked, claim) in answer.case.claims.iter().zip(answer.claims) {
        let kind = match claim.kind {
            Claim::Order => "судебный приказ",
            Claim::Suit => "иск",
        };
        let _ = writeln!(
            out,
            "\nВ суд {}: {kind}, цена {} ₽ (долг {} ₽, пени {} ₽; за давностью не взыскать {} ₽)",
            day(asked.day),
            money(claim.price),
            money(claim.principal),
            money(claim.penalty),
            money(claim.barred)
        );
        let _ = writeln!(
            out,
            "  Госпошлина {} ₽, доплатить {} ₽ (НК РФ ст. 333.19 п. 1); исполнительский сбор {} ₽ (229-ФЗ ст. 112)",
            money(claim.duty),
            money(claim.to_pay),
            money(claim.enforcement)
        );
    }
    for (asked, (family, subsidy)) in
        answer.case.subsidies.iter().zip(case::subsidies(answer.case, answer.played))
    {
        let told = subsidy.map_or_else(
            || "не из чего рассчитать: нет людей или прожиточного минимума".to_owned(),
            |subsidy| sentence(&family, asked.formula, &subsidy),
        );
        let _ = writeln!(out, "\nСубсидия: {told}");
    }
    for (asked, transfer) in answer.case.fees.iter().zip(case::transfers(answer.case, answer.statements)) {
        fee(out, asked, &transfer);
    }
}

/// `Перечислить «Водоканал»: 612,44 − 6,12 банку − 9,19 центру = 597,13 ₽`, and what the payer gave on top of it.
fn fee(out: &mut String, asked: &case::AskedFee, transfer: &case::Transfer) {
    let whom =
        asked.provider.as_ref().map_or("с платежей".to_owned(), |provider| format!("«{provider}»"));
    let _ = writeln!(
        out,
        "\nПеречислить {whom}: {} − {} банку − {} центру = {} ₽",
        money(transfer.received),
        money(transfer.bank),
        money(transfer.centre),
        money(transfer.transfer())
    );
    if (asked.opening, asked.transferred) != (Money::ZERO, Money::ZERO) {
        let [opening, transferred, closing] = [asked.opening, asked.transferred, transfer.closing].map(money);
        let _ =
            writeln!(out, "  Было к перечислению {opening}, перечислено {transferred}, осталось {closing} ₽");
    }
    if asked.added != Fee::default() {
        let (added, given) = (money(transfer.added), money(transfer.given()));
        let _ = writeln!(out, "  Сверх платежей комиссия {added} ₽: плательщики отдали {given} ₽");
    }
}

/// `стоимость 11 437,20 − 18 % дохода 56 880,00 = 1 198,80 ₽ (ЖК РФ ст. 159; ПП РФ 14.12.2005 № 761)`.
fn sentence(family: &Family, formula: Formula, subsidy: &Subsidy) -> String {
    let law = match formula {
        Formula::Russia { .. } => "ЖК РФ ст. 159; ПП РФ 14.12.2005 № 761",
        Formula::Belarus => "Указ 29.08.2016 № 322",
        Formula::Ukraine => "обязательный платёж: доход на человека в прожиточных минимумах ÷ 2 × доля",
    };
    let sum = |roubles| Money::round(roubles).map(money).unwrap_or_default();
    let bounds = "не меньше нуля и не больше платы";
    format!(
        "стоимость {} − {} % дохода {} ({}) = {} ₽, {bounds} {} ({law})",
        sum(subsidy.cost),
        subsidy.share.round_dp(4).normalize().to_string().replace('.', ","),
        money(family.income),
        sum(subsidy.own),
        money(subsidy.amount),
        money(family.charge)
    )
}

/// Claims as numbers.
pub(super) fn claims(answer: &Answer<'_>) -> Vec<Value> {
    let claims = answer.case.claims.iter().zip(answer.claims);
    claims
        .map(|(asked, claim)| with(json!({ "day": asked.day, "kind": claim.kind }), &claim.sums()))
        .collect()
}

/// Subsidies as numbers.
pub(super) fn subsidies(answer: &Answer<'_>) -> Vec<Value> {
    let subsidies = case::subsidies(answer.case, answer.played).into_iter();
    let of = |(family, subsidy): (Family, Option<Subsidy>)| {
        let (amount, share) = subsidy.map(|subsidy| (subsidy.amount, subsidy.share)).unzip();
        json!({ "amount": amount, "share": share, "charge": family.charge })
    };
    subsidies.map(of).collect()
}

/// Transfers as numbers.
pub(super) fn transfers(answer: &Answer<'_>) -> Vec<Value> {
    let transfers = case::transfers(answer.case, answer.statements);
    let of = |(asked, transfer): (&case::AskedFee, case::Transfer)| {
        with(json!({ "provider": asked.provider }), &transfer.sums())
    };
    answer.case.fees.iter().zip(transfers).map(of).collect()
}

fn with(mut value: Value, sums: &[(&'static str, Money)]) -> Value {
    for (name, sum) in sums {
        value[*name] = json!(sum);
    }
    value
}
