//! The database's answer, word for word. Sums and volumes come as text: a number of JSON would lose kopecks.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

/// What `billing.invoices` answers of an account.
#[derive(Debug, Deserialize)]
pub struct Data {
    pub account: String,
    pub state: String,
    pub due: NaiveDate,
    pub through: NaiveDate,
    pub payer: String,
    pub tenure: Option<String>,
    pub is_dwelling: bool,
    pub is_firm: bool,
    pub address: String,
    pub area_total: Option<Decimal>,
    pub area_living: Option<Decimal>,
    pub area_heated: Option<Decimal>,
    pub residents: Option<u32>,
    pub executor: Organisation,
    pub lines: Vec<Line>,
    #[serde(default)]
    pub asked: Vec<Asked>,
    pub payees: Vec<Payee>,
    pub totals: Totals,
    pub last_payment: Option<Paid>,
    pub grounds: Vec<Ground>,
    pub penalties: Vec<Penalty>,
    #[serde(default)]
    pub support: Vec<Support>,
    #[serde(default)]
    pub instalments: Vec<Instalment>,
    pub meters: Vec<Register>,
    pub houses: Vec<House>,
    pub norms: Vec<Norm>,
    pub notes: Vec<String>,
    #[serde(rename = "use")]
    pub usage: Vec<Use>,
}

#[derive(Debug, Deserialize)]
pub struct Organisation {
    pub name: String,
    pub tin: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub dispatch_phone: Option<String>,
    pub email: Option<String>,
    pub site: Option<String>,
    pub hours: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Line {
    pub service_id: i64,
    pub contract_id: i64,
    pub payee: i64,
    pub service: String,
    pub unit: String,
    pub scale: u32,
    pub heat_scale: u32,
    pub opening: Decimal,
    pub charged: Decimal,
    pub recalculated: Decimal,
    pub privilege: Decimal,
    pub penalty: Decimal,
    pub paid: Decimal,
    pub closing: Decimal,
    pub parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
pub struct Asked {
    pub service_id: i64,
    pub contract_id: i64,
    pub month: Option<NaiveDate>,
    pub is_penalty: bool,
    pub amount: Decimal,
}

#[derive(Debug, Deserialize)]
pub struct Part {
    pub component: i16,
    pub volume: Decimal,
    pub rate: Decimal,
    pub basis: i16,
    pub amount: Decimal,
}

#[derive(Debug, Deserialize)]
pub struct Payee {
    pub id: i64,
    pub name: String,
    pub tin: Option<String>,
    pub kpp: Option<String>,
    pub account: Option<String>,
    pub bank_name: Option<String>,
    pub bic: Option<String>,
    pub correspondent_account: Option<String>,
    pub closing: Decimal,
    pub since: Decimal,
}

#[derive(Debug, Deserialize)]
pub struct Totals {
    pub opening: Decimal,
    pub charged: Decimal,
    pub recalculated: Decimal,
    pub privilege: Decimal,
    pub penalty: Decimal,
    pub paid: Decimal,
    pub closing: Decimal,
    pub since: Decimal,
    pub payable: Decimal,
}

#[derive(Debug, Deserialize)]
pub struct Paid {
    pub day: NaiveDate,
    pub amount: Decimal,
}

#[derive(Debug, Deserialize)]
pub struct Ground {
    pub service_id: i64,
    pub contract_id: i64,
    pub service: String,
    pub months: Vec<NaiveDate>,
    pub title: String,
    pub ground: Option<String>,
    pub day: NaiveDate,
    pub amount: Decimal,
    /// Which readings of months too far back are charged with it, and why now.
    #[serde(default)]
    pub beyond: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Penalty {
    pub service_id: i64,
    pub contract_id: i64,
    pub service: String,
    pub months: Vec<NaiveDate>,
    pub through: NaiveDate,
    pub rate: Option<Decimal>,
    pub law: PenaltyLaw,
    pub amount: Decimal,
}

/// The steps of the law on the day a penalty is counted through (ЖК 155 ч. 14, 14.1): the rate is divided by `first`, from the day of
/// delay `second_from` on by `second`.
#[derive(Debug, Deserialize)]
pub struct PenaltyLaw {
    pub first: Option<Decimal>,
    pub second: Option<Decimal>,
    pub second_from: Option<Decimal>,
    pub citation: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Support {
    pub title: String,
    pub in_money: bool,
    pub amount: Decimal,
}

/// A service paid by instalments, or offered them.
#[derive(Debug, Deserialize)]
pub struct Instalment {
    pub service: String,
    pub current: Decimal,
    pub earlier: Decimal,
    pub interest: Decimal,
    pub percent: Option<Decimal>,
    pub payable: Decimal,
    pub growth: Option<Decimal>,
    pub parts: Option<u32>,
    pub percent_most: Option<Decimal>,
}

#[derive(Debug, Deserialize)]
pub struct Register {
    pub service: String,
    pub unit: String,
    pub serial: String,
    pub register: i16,
    pub registers: i16,
    pub previous: Option<Decimal>,
    pub previous_day: Option<NaiveDate>,
    pub current: Option<Decimal>,
    pub current_day: Option<NaiveDate>,
    pub verified_to: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
pub struct Norm {
    pub service: String,
    pub unit: String,
    pub per: String,
    pub value: Decimal,
    pub citation: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct House {
    pub service: String,
    pub unit: String,
    pub scale: u32,
    pub volume: Decimal,
    pub area: Decimal,
    pub per: String,
}

#[derive(Debug, Deserialize)]
pub struct Use {
    pub service: String,
    pub unit: String,
    pub scale: u32,
    pub months: Vec<(NaiveDate, Decimal)>,
}
