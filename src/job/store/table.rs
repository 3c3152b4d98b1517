//! The tables of a run, and what rows on their way to one are put on.

use super::column::Cell;
use crate::db::driver::types::Type;

/// A table of a run.
#[derive(Debug)]
pub struct Table {
    pub(super) name: &'static str,
    /// All columns, as SQL lists them.
    pub(super) names: &'static str,
    pub(super) types: &'static [Type],
    /// The columns of its primary key.
    pub(super) key: &'static str,
    /// The condition that finds the rows of the unit `$2`.
    pub(super) of_unit: &'static str,
}

/// Rows on their way to a table.
pub trait Sheet {
    /// No rows yet.
    fn of(table: &'static Table) -> Self;
    /// Begins a row.
    fn begin(&mut self);
    /// The next cell of the row, in the order of the columns.
    fn cell(&mut self, cell: impl Cell);
}

/// Rows of a unit by its accounts, which are the first of the key: they need no index of units.
const BY_ACCOUNT: &str = "account_id in (select id from cards_data.account where unit_id = $2)";
/// Rows of a unit: those of units that became part of it count as its own.
const OF_UNIT: &str =
    "(unit_id = $2 or unit_id = any (array(select was from billing_data.unit_joined where unit_id = $2)))";

/// Charges and recalculations.
pub(super) static LINE: Table = Table {
    name: "line",
    names: "run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount",
    types: &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT2,
        Type::DATE,
        Type::INT8,
        Type::INT2,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
    ],
    key: "run, account_id, service_id, contract_id, component, source_month, cause",
    of_unit: BY_ACCOUNT,
};

/// Places of scope, account and amount in a row of [`LINE`].
pub(super) const TOTALLED: [usize; 3] = [2, 3, 12];

/// What each person has by each category.
pub(super) static PRIVILEGE_LINE: Table = Table {
    name: "privilege_line",
    names: "run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id, volume, amount",
    types: &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT2,
        Type::DATE,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::NUMERIC,
        Type::NUMERIC,
    ],
    key: "run, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id",
    of_unit: BY_ACCOUNT,
};

/// Registers that were charged without a reading.
pub(super) static METER_MONTH: Table = Table {
    name: "meter_month",
    names: "run, unit_id, scope, meter_id, register, month, basis, volume",
    types: &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT2,
        Type::DATE,
        Type::INT2,
        Type::NUMERIC,
    ],
    key: "run, meter_id, register, month",
    of_unit: OF_UNIT,
};

/// Quantities of houses.
pub(super) static HOUSE_MONTH: Table = Table {
    name: "house_month",
    names: "run, unit_id, scope, house_id, service_id, month, basis, volume, area, measured, own, per_area, carried",
    types: &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::DATE,
        Type::INT2,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
    ],
    key: "run, house_id, service_id, month",
    of_unit: OF_UNIT,
};

/// Accounts that need attention.
pub(super) static EXCEPTION: Table = Table {
    name: "exception",
    names: "run, unit_id, scope, account_id, service_id, number, code, sentence",
    types: &[Type::INT4, Type::INT8, Type::INT4, Type::INT8, Type::INT8, Type::INT4, Type::TEXT, Type::TEXT],
    key: "run, account_id, service_id, number",
    of_unit: BY_ACCOUNT,
};
