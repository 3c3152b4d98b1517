//! The payment QR code of ГОСТ Р 56042-2014 (dossier of formats § 1.1): a header, then requisites `Key=Value`.
//!
//! Mandatory requisites come first and in order; the body keeps to 300 bytes by losing what receivers can do
//! without, from the end. The personal account and the sum are never lost: a payment without them would have to be
//! searched for. UTF-8 is read by everybody and is tried first; where it would cost a requisite, windows-1251,
//! which takes half the room for Cyrillic.

use fast_qr::{ECL, QRBuilder};

use super::invoice::{Kind, Payee};
use super::number;
use super::page::Modules;
use crate::calc::money::Money;
use crate::calc::period::Month;

/// The most bytes after the header.
pub const BODY_LIMIT: usize = 300;

/// Code of housing and utilities among the kinds of payment.
const TECH_CODE: &str = "02";

/// Separators to choose from: the usual one first.
const SEPARATORS: [char; 8] = ['|', '~', '^', '\\', '#', ';', '`', '_'];

/// What the code pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment<'a> {
    /// Who receives the money.
    pub payee: &'a Payee,
    /// The payer's personal account.
    pub account: &'a str,
    /// What is paid: money for no certain month names none, so that it goes to the oldest debt.
    pub kind: Kind,
    /// The billing period.
    pub month: Month,
    /// The sum; more than nothing.
    pub sum: Money,
}

/// Why a sheet carries no code; printed in its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// A draft is not paid by.
    #[error("Черновик: платить по нему нельзя, сумма ещё изменится.")]
    Draft,
    /// Nothing to pay.
    #[error("QR-код не напечатан: платить по этому документу нечего.")]
    NothingToPay,
    /// A mandatory requisite is missing.
    #[error("QR-код не напечатан: у получателя не указано: {0}. Оплатите по реквизитам.")]
    Missing(&'static str),
    /// A requisite that must have so many digits has not.
    #[error(
        "QR-код не напечатан: {name} получателя должен состоять из {digits} цифр. Оплатите по реквизитам."
    )]
    Digits {
        /// The requisite.
        name: &'static str,
        /// How many digits, in words of the sentence.
        digits: &'static str,
    },
    /// A requisite is longer than the standard allows.
    #[error("QR-код не напечатан: {name} длиннее {most} знаков. Оплатите по реквизитам.")]
    TooLong {
        /// The requisite.
        name: &'static str,
        /// The most characters.
        most: usize,
    },
    /// Even without the requisites that may be left out.
    #[error("QR-код не напечатан: реквизиты не помещаются в 300 байт. Оплатите по реквизитам.")]
    TooBig,
    /// Every separator occurs in a value.
    #[error("QR-код не напечатан: в реквизитах заняты все разделители. Оплатите по реквизитам.")]
    NoSeparator,
}

/// The bytes of the code.
///
/// # Errors
/// Requisites no bank would accept; see [`QrError`].
pub fn payload(payment: &Payment<'_>) -> Result<Vec<u8>, QrError> {
    if payment.sum <= Money::ZERO {
        return Err(QrError::NothingToPay);
    }
    let mut requisites = requisites(payment)?;
    let taken = |sign: &char| requisites.iter().any(|requisite| requisite.value.contains(*sign));
    let separator = SEPARATORS.into_iter().find(|sign| !taken(sign)).ok_or(QrError::NoSeparator)?;
    let body = body(&requisites, separator);
    if body.len() <= BODY_LIMIT {
        return Ok(with_header('2', separator, body.as_bytes()));
    }
    loop {
        let body = self::body(&requisites, separator);
        let (encoded, _, lossy) = encoding_rs::WINDOWS_1251.encode(&body);
        let (digit, bytes) = if lossy { ('2', body.as_bytes()) } else { ('1', &*encoded) };
        if bytes.len() <= BODY_LIMIT {
            return Ok(with_header(digit, separator, bytes));
        }
        let last = requisites.iter().rposition(|requisite| requisite.spare).ok_or(QrError::TooBig)?;
        requisites.remove(last);
    }
}

/// The modules of the code at correction level M.
///
/// # Errors
/// A payload larger than any code holds.
pub fn modules(payload: &[u8]) -> Result<Modules, QrError> {
    let code = QRBuilder::new(payload).ecl(ECL::M).build().map_err(|_| QrError::TooBig)?;
    let rows = (0..code.size).map(|row| &code[row]);
    let dark = rows.flat_map(|row| row.iter().take(code.size)).map(|module| module.value()).collect();
    Ok(Modules { side: code.size, dark })
}

struct Requisite {
    key: &'static str,
    value: String,
    /// May be left out for want of room.
    spare: bool,
}

/// All requisites there are, in the order receivers expect.
fn requisites(payment: &Payment<'_>) -> Result<Vec<Requisite>, QrError> {
    let payee = payment.payee;
    let period = number::month_short(payment.month);
    let firm = |key, value| Requisite { key, value, spare: false };
    let spare = |key, value| Requisite { key, value, spare: true };
    let mut all = vec![
        firm("Name", filled(&payee.name, "наименование", 160)?),
        firm("PersonalAcc", digits(&payee.settlement_account, "расчётный счёт", &[20], "20")?),
        firm("BankName", filled(&payee.bank, "наименование банка", 45)?),
        firm("BIC", digits(&payee.bic, "БИК", &[9], "9")?),
        firm("CorrespAcc", correspondent(payee)?),
    ];
    if !compact(&payee.kpp).is_empty() {
        all.push(spare("KPP", digits(&payee.kpp, "КПП", &[9], "9")?));
    }
    if !compact(&payee.tin).is_empty() {
        all.push(spare("PayeeINN", digits(&payee.tin, "ИНН", &[10, 12], "10 или 12")?));
    }
    all.push(firm("PersAcc", filled(payment.account, "лицевой счёт плательщика", 30)?));
    if payment.kind == Kind::Month {
        all.push(spare("PaymPeriod", period.clone()));
    }
    all.push(firm("Sum", payment.sum.kopecks().to_string()));
    let purpose = match payment.kind {
        Kind::Month => format!("ЖКУ за {period}"),
        Kind::Debt => "Долг за ЖКУ".to_owned(),
        Kind::Prepayment => "Аванс за ЖКУ".to_owned(),
    };
    all.push(spare("Purpose", purpose));
    all.push(spare("TechCode", TECH_CODE.to_owned()));
    Ok(all)
}

/// Accounts at the Bank of Russia itself have no correspondent account; the requisite must stand all the same.
fn correspondent(payee: &Payee) -> Result<String, QrError> {
    match compact(&payee.correspondent_account).as_str() {
        "" | "0" => Ok("0".to_owned()),
        given => digits(given, "корреспондентский счёт", &[20], "20"),
    }
}

fn body(requisites: &[Requisite], separator: char) -> String {
    let pairs = requisites.iter().map(|Requisite { key, value, .. }| format!("{key}={value}"));
    pairs.collect::<Vec<_>>().join(&separator.to_string())
}

fn with_header(encoding: char, separator: char, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("ST0001{encoding}{separator}").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A text of at most so many characters, its spaces and control characters made single spaces.
fn filled(text: &str, name: &'static str, most: usize) -> Result<String, QrError> {
    let clean: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let clean = clean.join(" ");
    if clean.is_empty() {
        return Err(QrError::Missing(name));
    }
    if clean.chars().count() > most {
        return Err(QrError::TooLong { name, most });
    }
    Ok(clean)
}

/// Exactly so many digits.
fn digits(text: &str, name: &'static str, counts: &[usize], words: &'static str) -> Result<String, QrError> {
    let clean = compact(text);
    if clean.is_empty() {
        return Err(QrError::Missing(name));
    }
    if clean.bytes().all(|byte| byte.is_ascii_digit()) && counts.contains(&clean.len()) {
        return Ok(clean);
    }
    Err(QrError::Digits { name, digits: words })
}

/// The text without spaces and dashes, which are pasted along with identifiers.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—')).collect()
}
