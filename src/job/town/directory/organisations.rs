//! Organisations of the town, and its districts.

use rust_decimal::Decimal;

use super::District;
use super::details::{BANK_NAME, BIC, CORRESPONDENT_ACCOUNT, KPP, company_tin, settlement_account};

/// The settlement centre itself.
pub const CENTRE: i64 = 1;
/// Owner of the flats that were never privatised.
pub const MUNICIPALITY: i64 = 2;
/// Supplier of cold water and sewage.
pub const WATERWORKS: i64 = 3;
/// Supplier of heat and hot water.
pub const HEAT_NETWORK: i64 = 4;
/// Supplier of electricity and gas.
pub const POWER_SALES: i64 = 5;
/// Managing companies by district: that of district 1 first.
pub const COMPANIES: [i64; 2] = [6, 7];
/// Regional operator of municipal waste.
pub const WASTE_OPERATOR: i64 = 8;
/// Capital repair fund.
pub const REPAIR_FUND: i64 = 9;

/// What an organisation is for the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrganisationKind {
    /// Расчётный центр.
    SettlementCentre,
    /// Owner of public flats.
    Municipality,
    /// Ресурсоснабжающая организация.
    ResourceSupplier,
    /// Управляющая организация.
    ManagementCompany,
    /// Региональный оператор ТКО.
    WasteOperator,
    /// Фонд капитального ремонта.
    CapitalRepairFund,
}

/// An organisation with the details a payment needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Number.
    pub id: i64,
    /// What it is for the town.
    pub kind: OrganisationKind,
    /// Short name for files and commands.
    pub code: &'static str,
    /// Printed name.
    pub name: &'static str,
    /// What the centre withholds from money passed on to it, percent (dossier § 7.5).
    pub fee: Decimal,
    /// Tax number (ИНН).
    pub tin: String,
    /// Reason code (КПП).
    pub kpp: &'static str,
    /// Name of its bank.
    pub bank_name: &'static str,
    /// Code of its bank (БИК).
    pub bic: &'static str,
    /// Correspondent account of its bank.
    pub correspondent_account: &'static str,
    /// Its settlement account, 20 digits.
    pub settlement_account: String,
}

pub(super) fn all() -> Vec<Organisation> {
    use OrganisationKind as Kind;
    [
        (CENTRE, Kind::SettlementCentre, "centre", 0, "МУП «Расчётный центр»"),
        (MUNICIPALITY, Kind::Municipality, "municipality", 0, "Администрация города Светлоречинска"),
        (WATERWORKS, Kind::ResourceSupplier, "waterworks", 150, "МУП «Горводоканал»"),
        (HEAT_NETWORK, Kind::ResourceSupplier, "heat", 120, "АО «Теплосеть»"),
        (POWER_SALES, Kind::ResourceSupplier, "power", 0, "АО «Энергогазсбыт»"),
        (COMPANIES[0], Kind::ManagementCompany, "left_bank", 180, "ООО «УК «Левый берег»"),
        (COMPANIES[1], Kind::ManagementCompany, "right_bank", 180, "ООО «УК «Правый берег»"),
        (WASTE_OPERATOR, Kind::WasteOperator, "waste", 200, "ООО «Чистый двор»"),
        (REPAIR_FUND, Kind::CapitalRepairFund, "repair_fund", 0, "Фонд капитального ремонта"),
    ]
    .into_iter()
    .map(|(id, kind, code, fee, name)| Organisation {
        id,
        kind,
        code,
        name,
        fee: Decimal::new(fee, 2),
        tin: company_tin(id),
        kpp: KPP,
        bank_name: BANK_NAME,
        bic: BIC,
        correspondent_account: CORRESPONDENT_ACCOUNT,
        settlement_account: settlement_account(id),
    })
    .collect()
}

pub(super) fn districts() -> Vec<District> {
    vec![
        District { id: 1, name: "Левобережный", company: COMPANIES[0] },
        District { id: 2, name: "Правобережный", company: COMPANIES[1] },
    ]
}
