//! The invoice (платёжный документ): everything that is printed on it (ЖК 155 ч. 2; 354 п. 69; dossier of documents
//! § 2). Text comes ready to print; sums, volumes and days come as values and are written here.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::words::Currency;
use crate::calc::line::Basis;
use crate::calc::money::Money;
use crate::calc::period::Month;

/// What a payment document asks for (dossier of documents § 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The bill of a month with all that is owed.
    #[default]
    Month,
    /// Overdue debt alone.
    Debt,
    /// Money in advance.
    Prepayment,
}

/// One payment document of one account for one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Invoice {
    /// What it asks for.
    pub kind: Kind,
    /// The billing period.
    pub month: Month,
    /// Made before the month was released: marked across every page, without codes to pay by.
    pub is_draft: bool,
    /// The document's own number, up to 30 characters.
    pub number: String,
    /// Number of the personal account, up to 30 characters.
    pub account: String,
    /// Identifiers given by GIS ЖКХ; blank until it answers.
    pub gis: GisIds,
    /// Owner or tenant; empty where the sheet goes without an envelope and names are not printed.
    pub payer: String,
    /// By which right the payer holds the premises.
    pub tenure: Tenure,
    /// Postal address of the premises.
    pub address: String,
    /// Areas of the premises.
    pub areas: Areas,
    /// Persons the charges were counted by; `None` where nobody can live.
    pub residents: Option<u32>,
    /// Who answers to the consumer.
    pub executor: Executor,
    /// The last day to pay without delay.
    pub due: NaiveDate,
    /// Payments received through this day are counted.
    pub payments_through: NaiveDate,
    /// The latest payment among them.
    pub last_payment: Option<Paid>,
    /// Where the money goes, the one who is owed most first.
    pub payees: Vec<Share>,
    /// What the sums are in.
    pub currency: Currency,
    /// The calculation table.
    pub lines: Vec<Line>,
    /// Of a debt or an advance: what the lines are made of, printed instead of the table.
    pub asked: Vec<Asked>,
    /// Why amounts of earlier months changed; by service they sum to the column of the table.
    pub recalculations: Vec<Recalculation>,
    /// What the penalties of the table are for; by service they sum to its column.
    pub penalties: Vec<Penalty>,
    /// Subsidies and compensations of the month (dossier of documents § 2.4).
    pub support: Vec<Support>,
    /// Services paid by instalments or offered them (dossier of documents § 2.7).
    pub instalments: Vec<Instalment>,
    /// Meters of the premises, one entry a register.
    pub meters: Vec<Meter>,
    /// What the house used as a whole.
    pub houses: Vec<HouseVolume>,
    /// Norms of consumption of the account's services.
    pub norms: Vec<Norm>,
    /// What the metered services used by month, up to twelve of them.
    pub usage: Vec<Use>,
    /// The account's totals as its ledger has them; checked against the lines before anything is printed.
    pub totals: Totals,
    /// Why each sum of the table is what it is: the back of the sheet; empty where it is not asked for.
    pub reasons: Vec<Reason>,
    /// Further information for the payer, a paragraph each; the law forbids advertising here.
    pub notes: Vec<String>,
}

/// By which right premises are held (dossier of documents § 2.3, line 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tenure {
    /// Not written down.
    #[default]
    Unknown,
    /// Owned.
    Owned,
    /// A dwelling hired to live in: social, service or commercial.
    Let,
    /// On lease: premises nobody lives in, or a dwelling an organisation holds.
    Leased,
}

/// Money that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// The day it was paid.
    pub day: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// What one payee is owed of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub payee: Payee,
    /// Balance at the end of the month; positive is debt.
    pub closing: Money,
    /// Received since then.
    pub since: Money,
}

impl Share {
    /// To pay to this payee; an overpayment stays with the one who has it and lowers nobody else's sum.
    #[must_use]
    pub fn payable(&self) -> Money {
        (self.closing - self.since).max(Money::ZERO)
    }
}

/// Identifiers of GIS ЖКХ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GisIds {
    /// Единый лицевой счёт, 10 characters.
    pub account: Option<String>,
    /// Идентификатор ЖКУ, 13 characters.
    pub service: Option<String>,
    /// Идентификатор платёжного документа, 18 characters.
    pub document: Option<String>,
}

/// Areas in m²; those unknown are not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Areas {
    /// Total.
    pub total: Option<Decimal>,
    /// Living.
    pub living: Option<Decimal>,
    /// Heated.
    pub heated: Option<Decimal>,
}

/// The organisation that answers for the services (исполнитель). Empty fields are not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Executor {
    /// Name.
    pub name: String,
    /// ИНН.
    pub tin: String,
    /// Postal address.
    pub address: String,
    /// Telephones.
    pub phone: String,
    /// Telephone of the emergency dispatcher (АДС).
    pub dispatch_phone: String,
    /// Electronic mail.
    pub email: String,
    /// Page in the network.
    pub site: String,
    /// When visitors are received.
    pub hours: String,
}

/// Requisites of the one who receives the money. Empty fields are not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payee {
    /// Name.
    pub name: String,
    /// ИНН.
    pub tin: String,
    /// КПП.
    pub kpp: String,
    /// Name of the bank.
    pub bank: String,
    /// БИК.
    pub bic: String,
    /// Settlement account (расчётный счёт).
    pub settlement_account: String,
    /// Correspondent account of the bank.
    pub correspondent_account: String,
}

/// One service of the calculation table under one contract, with its balance.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Printed name of the service.
    pub service: String,
    /// What the charge is made of: one part, or several printed below the service; none where there is a balance only.
    pub parts: Vec<Part>,
    /// Place of who receives its money among the payees of the invoice.
    pub payee: usize,
    /// Charged for the month, without what follows.
    pub charge: Money,
    /// Recalculations and corrections, signed.
    pub recalculation: Money,
    /// Privileges and subsidies, positive; they are taken off.
    pub privilege: Money,
    /// Balance at the start of the month; positive is debt.
    pub opening: Money,
    /// Penalty of the month.
    pub penalty: Money,
    /// Paid in the month.
    pub paid: Money,
    /// Balance at the end: `opening + month + penalty − paid`.
    pub closing: Money,
}

impl Line {
    /// Owed for the month: `charge + recalculation − privilege`.
    #[must_use]
    pub fn month(&self) -> Money {
        self.charge + self.recalculation - self.privilege
    }
}

/// A sum a debt or prepayment document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Place of its service among the lines.
    pub line: usize,
    /// The month it was charged in; `None` for an advance, a penalty, or a debt older than the bills of this base.
    pub month: Option<Month>,
    /// Penalty of the debt, not the debt itself.
    pub is_penalty: bool,
    /// The sum.
    pub amount: Money,
}

/// A part of a charge: a zone of a meter, the water or the heat of hot water, what bad quality takes off.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Printed name; empty for the service itself.
    pub name: &'static str,
    /// Printed unit of volume.
    pub unit: String,
    /// Volume with the places the service prints; `None` for ready amounts.
    pub volume: Option<Decimal>,
    /// How the volume came about.
    pub basis: Basis,
    /// Price of a unit; `None` for ready amounts.
    pub rate: Option<Decimal>,
    /// Charged.
    pub charge: Money,
}

/// One recalculation with its ground (dossier § 2.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalculation {
    /// Printed name of the service, as in the table.
    pub service: String,
    /// The months it corrects.
    pub months: Vec<Month>,
    /// The ground, a sentence of up to 500 characters.
    pub ground: String,
    /// The amount: positive adds, negative takes off.
    pub amount: Money,
}

/// The penalty of one service with its ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    /// Printed name of the service, as in the table.
    pub service: String,
    /// The months whose debts are late.
    pub months: Vec<Month>,
    /// The ground, a sentence.
    pub ground: String,
    /// The amount: what was accrued anew; negative takes back what was accrued too much.
    pub amount: Money,
}

/// Help of a budget that is not a privilege of a line: a subsidy, a compensation in money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// What it is called.
    pub title: String,
    /// Paid to the person; else taken off this bill.
    pub in_money: bool,
    /// How much, positive.
    pub amount: Money,
}

/// What may be paid now for a service by instalments (354 п. 72).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// Printed name of the service.
    pub service: String,
    /// Of the charge of this month: a part where the month offers instalments, else the whole.
    pub current: Money,
    /// Parts of charges of earlier months.
    pub earlier: Money,
    /// Interest on what is still put off.
    pub interest: Money,
    /// A year, percent; of an agreement.
    pub percent: Option<Decimal>,
    /// To pay for the service by instalments, interest and what was owed included.
    pub payable: Money,
    /// What the law has offered for this month's charge.
    pub offer: Option<Offer>,
}

/// An offer of instalments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// By how many percent the charge grew against the same month of the year before.
    pub growth: Decimal,
    /// In how many monthly parts it may be paid.
    pub parts: u32,
    /// The highest interest a year that may be asked, percent; `None` where no key rate is known.
    pub percent_most: Option<Decimal>,
}

/// Why a sum is what it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reason {
    /// The service and its formula: «Отопление, сентябрь 2026: 1,28331 Гкал × 2 467,15 ₽ = 3 166,12 ₽».
    pub head: String,
    /// Where the numbers of the formula come from, in sentences.
    pub told: String,
}

/// One register of a meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    /// Printed name of the service, with the zone where the meter has several.
    pub service: String,
    /// Serial number.
    pub serial: String,
    /// Printed unit of the dial.
    pub unit: String,
    /// The reading the month began with.
    pub previous: Option<Reading>,
    /// The reading the month was charged by.
    pub current: Option<Reading>,
    /// Its verification holds until this day, which is not the last one but the first without it; `None` where unknown.
    pub verified_to: Option<NaiveDate>,
}

/// A reading and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What the dial showed.
    pub value: Decimal,
    /// When.
    pub day: NaiveDate,
}

/// A norm of consumption (dossier § 2.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// Printed name of the service.
    pub service: String,
    /// Printed unit with what it is for: «м³ на чел.».
    pub unit: String,
    /// The norm of a month.
    pub value: Decimal,
    /// The act that sets it; empty where it is not written down.
    pub citation: String,
}

/// The volume of a house meter, as it was shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseVolume {
    /// Printed name of the service.
    pub service: String,
    /// Printed unit.
    pub unit: String,
    /// What the whole house used.
    pub volume: Decimal,
    /// What it was shared by: mostly the area of the premises.
    pub area: Decimal,
    /// Its unit: m², persons, days of persons.
    pub per: String,
}

/// Use of a metered service by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Printed name of the service.
    pub service: String,
    /// Printed unit.
    pub unit: String,
    /// Volumes of the months there are, the earliest first.
    pub months: Vec<(Month, Decimal)>,
}

/// Sums over all lines, as the ledger has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Balance at the start of the month; positive is debt.
    pub opening: Money,
    /// Charged.
    pub charged: Money,
    /// Recalculated.
    pub recalculated: Money,
    /// Privileges and subsidies, positive.
    pub privilege: Money,
    /// Penalty.
    pub penalty: Money,
    /// Paid.
    pub paid: Money,
    /// Balance at the end of the month; positive is debt.
    pub closing: Money,
    /// Received since then.
    pub since: Money,
    /// To pay, to all payees together.
    pub payable: Money,
}

impl Totals {
    /// Owed for the month: `charged + recalculated − privilege`.
    #[must_use]
    pub fn month(&self) -> Money {
        self.charged + self.recalculated - self.privilege
    }
}
