//! How the database's answer becomes an invoice. What this program does not know, or cannot hold, is an error: a sheet
//! that is nearly right is worse than none.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::data::{self, Data};
use super::grounds;
use super::part::{self, Printed};
use crate::calc::money::{Money, round_volume};
use crate::calc::period::Month;
use crate::document::invoice::{
    Areas, Asked, Executor, GisIds, HouseVolume, Instalment, Invoice, Kind, Line, Meter, Norm, Offer, Paid,
    Payee, Reading, Share, Support, Tenure, Totals, Use,
};
use crate::document::words::ROUBLE;

/// Why the answer is not an invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// A part of a charge without a name.
    #[error(
        "В начислениях счёта {account} есть составляющая № {code}, которой эта программа не знает. Документ не \
         напечатан; обновите программу"
    )]
    Component {
        /// The account.
        account: String,
        /// The stored number.
        code: i16,
    },
    /// A way to determine a volume without a name.
    #[error(
        "В начислениях счёта {account} есть способ определения объёма № {code}, которого эта программа не знает. \
         Документ не напечатан; обновите программу"
    )]
    Basis {
        /// The account.
        account: String,
        /// The stored number.
        code: i16,
    },
    /// A sum no kopecks can hold, or with parts of a kopeck.
    #[error(
        "Сумма {sum} по счёту {account} не записывается в рублях и копейках. Документ не напечатан; проверьте начисления этого счёта"
    )]
    Sum {
        /// The account.
        account: String,
        /// The sum.
        sum: Decimal,
    },
    /// A line nobody is paid for.
    #[error(
        "По счёту {account} не указан получатель платы за «{service}». Документ не напечатан; проверьте договоры с поставщиками"
    )]
    Payee {
        /// The account.
        account: String,
        /// The service.
        service: String,
    },
}

/// The invoice of a month.
///
/// # Errors
/// What is not understood.
pub fn invoice(data: Data, month: Month) -> Result<Invoice, NotUnderstood> {
    let sums = Sums { account: &data.account };
    let payees = data.payees.iter().map(|one| share(one, &sums)).collect::<Result<Vec<_>, _>>()?;
    let lines = data.lines.iter().map(|one| line(one, &data, &sums)).collect::<Result<Vec<_>, _>>()?;
    let recalculations = data
        .grounds
        .iter()
        .map(|one| grounds::recalculation(one, &data, &sums))
        .collect::<Result<Vec<_>, _>>()?;
    let penalties =
        data.penalties.iter().map(|one| grounds::penalty(one, &data, &sums)).collect::<Result<_, _>>()?;
    let support = data.support.iter().map(|one| support(one, &sums)).collect::<Result<_, _>>()?;
    let instalments = data.instalments.iter().map(|one| instalment(one, &sums)).collect::<Result<_, _>>()?;
    let asked = data.asked.iter().map(|one| asked(one, &data, &sums)).collect::<Result<_, _>>()?;
    let totals = totals(&data.totals, &sums)?;
    let last_payment = data.last_payment.as_ref().map(|one| paid(one, &sums)).transpose()?;
    Ok(Invoice {
        kind: Kind::Month,
        month,
        is_draft: !matches!(data.state.as_str(), "released" | "sealed"),
        number: format!("{}-{}", data.account, month.to_string().replace('-', "")),
        gis: GisIds::default(),
        tenure: tenure(&data),
        areas: Areas { total: data.area_total, living: data.area_living, heated: data.area_heated },
        residents: data.residents,
        executor: executor(data.executor),
        due: data.due,
        payments_through: data.through,
        last_payment,
        payees,
        currency: ROUBLE,
        lines,
        asked,
        recalculations,
        penalties,
        support,
        instalments,
        meters: data.meters.into_iter().map(meter).collect(),
        houses: data.houses.into_iter().map(house).collect(),
        norms: data.norms.into_iter().map(norm).collect(),
        usage: data.usage.into_iter().map(usage).collect(),
        totals,
        reasons: Vec::new(),
        notes: data.notes,
        account: data.account,
        payer: data.payer,
        address: data.address,
    })
}

/// Turns decimals of one account into money.
pub(super) struct Sums<'a> {
    pub account: &'a str,
}

impl Sums<'_> {
    /// Ledger sums have two places: nothing is rounded here, and what does not fit is refused.
    pub fn money(&self, roubles: Decimal) -> Result<Money, NotUnderstood> {
        Money::round(roubles)
            .filter(|money| money.roubles() == roubles)
            .ok_or_else(|| NotUnderstood::Sum { account: self.account.to_owned(), sum: roubles })
    }
}

fn line(given: &data::Line, data: &Data, sums: &Sums<'_>) -> Result<Line, NotUnderstood> {
    let payee = data.payees.iter().position(|payee| payee.id == given.payee);
    let nobody = || NotUnderstood::Payee { account: data.account.clone(), service: given.service.clone() };
    let Printed { service, parts } = part::printed(given, sums)?;
    Ok(Line {
        service,
        parts,
        payee: payee.ok_or_else(nobody)?,
        charge: sums.money(given.charged)?,
        recalculation: sums.money(given.recalculated)?,
        privilege: sums.money(given.privilege)?,
        opening: sums.money(given.opening)?,
        penalty: sums.money(given.penalty)?,
        paid: sums.money(given.paid)?,
        closing: sums.money(given.closing)?,
    })
}

fn support(given: &data::Support, sums: &Sums<'_>) -> Result<Support, NotUnderstood> {
    Ok(Support { title: given.title.clone(), in_money: given.in_money, amount: sums.money(given.amount)? })
}

fn instalment(given: &data::Instalment, sums: &Sums<'_>) -> Result<Instalment, NotUnderstood> {
    let offer = given.growth.zip(given.parts).map(|(growth, parts)| Offer {
        growth: growth.normalize(),
        parts,
        percent_most: given.percent_most.map(|percent| percent.normalize()),
    });
    Ok(Instalment {
        service: given.service.clone(),
        current: sums.money(given.current)?,
        earlier: sums.money(given.earlier)?,
        interest: sums.money(given.interest)?,
        percent: given.percent.map(|percent| percent.normalize()),
        payable: sums.money(given.payable)?,
        offer,
    })
}

/// A sum of a debt or an advance belongs to the line of its service and contract.
fn asked(given: &data::Asked, data: &Data, sums: &Sums<'_>) -> Result<Asked, NotUnderstood> {
    let place = data
        .lines
        .iter()
        .position(|line| (line.service_id, line.contract_id) == (given.service_id, given.contract_id));
    let nowhere = || NotUnderstood::Sum { account: data.account.clone(), sum: given.amount };
    Ok(Asked {
        line: place.ok_or_else(nowhere)?,
        month: given.month.map(Month::of),
        is_penalty: given.is_penalty,
        amount: sums.money(given.amount)?,
    })
}

fn totals(given: &data::Totals, sums: &Sums<'_>) -> Result<Totals, NotUnderstood> {
    Ok(Totals {
        opening: sums.money(given.opening)?,
        charged: sums.money(given.charged)?,
        recalculated: sums.money(given.recalculated)?,
        privilege: sums.money(given.privilege)?,
        penalty: sums.money(given.penalty)?,
        paid: sums.money(given.paid)?,
        closing: sums.money(given.closing)?,
        since: sums.money(given.since)?,
        payable: sums.money(given.payable)?,
    })
}

fn paid(given: &data::Paid, sums: &Sums<'_>) -> Result<Paid, NotUnderstood> {
    Ok(Paid { day: given.day, amount: sums.money(given.amount)? })
}

fn share(given: &data::Payee, sums: &Sums<'_>) -> Result<Share, NotUnderstood> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let payee = Payee {
        name: given.name.clone(),
        tin: text(&given.tin),
        kpp: text(&given.kpp),
        bank: text(&given.bank_name),
        bic: text(&given.bic),
        settlement_account: text(&given.account),
        correspondent_account: text(&given.correspondent_account),
    };
    Ok(Share { payee, closing: sums.money(given.closing)?, since: sums.money(given.since)? })
}

/// A lease to live in is a hire of dwelling (наём: ЖК 60, 92, ГК 671 п. 1); an organisation takes a dwelling, and anybody other premises, on
/// lease (аренда: ГК 671 п. 2, 606).
fn tenure(data: &Data) -> Tenure {
    match data.tenure.as_deref() {
        Some("ownership") => Tenure::Owned,
        Some(_) if data.is_firm || !data.is_dwelling => Tenure::Leased,
        Some(_) => Tenure::Let,
        None => Tenure::Unknown,
    }
}

fn executor(organisation: data::Organisation) -> Executor {
    Executor {
        name: organisation.name,
        tin: organisation.tin.unwrap_or_default(),
        address: organisation.address.unwrap_or_default(),
        phone: organisation.phone.unwrap_or_default(),
        dispatch_phone: organisation.dispatch_phone.unwrap_or_default(),
        email: organisation.email.unwrap_or_default(),
        site: organisation.site.unwrap_or_default(),
        hours: organisation.hours.unwrap_or_default(),
    }
}

fn meter(register: data::Register) -> Meter {
    let reading = |value: Option<Decimal>, day: Option<NaiveDate>| {
        Some(Reading { value: value?.normalize(), day: day? })
    };
    let zone = if register.registers > 1 { format!(" Т{}", register.register) } else { String::new() };
    Meter {
        service: register.service,
        serial: format!("{}{zone}", register.serial),
        unit: register.unit,
        previous: reading(register.previous, register.previous_day),
        current: reading(register.current, register.current_day),
        verified_to: register.verified_to,
    }
}

fn norm(given: data::Norm) -> Norm {
    Norm {
        unit: format!("{} на {}", given.unit, given.per),
        value: given.value.normalize(),
        citation: given.citation.unwrap_or_default(),
        service: given.service,
    }
}

fn house(given: data::House) -> HouseVolume {
    HouseVolume {
        volume: round_volume(given.volume, given.scale),
        area: given.area,
        per: given.per,
        service: given.service,
        unit: given.unit,
    }
}

fn usage(given: data::Use) -> Use {
    let month = |(day, volume): (NaiveDate, Decimal)| (Month::of(day), round_volume(volume, given.scale));
    Use {
        months: given.months.iter().copied().map(month).collect(),
        service: given.service,
        unit: given.unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_is_no_kopecks_is_refused_never_nothing() {
        let sums = Sums { account: "41001" };
        assert_eq!(sums.money("-12.30".parse().unwrap_or_default()), Ok(Money::from_kopecks(-1_230)));
        for beyond in [Decimal::MAX, Decimal::new(1, 3)] {
            let refused = sums.money(beyond);
            assert!(matches!(refused, Err(NotUnderstood::Sum { .. })), "{refused:?}");
        }
    }
}
