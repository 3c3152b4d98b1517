//! The amount is a pure function of facts: `calc(facts, known, earlier, month)` turns what is known of a
//! calculation unit (a house) into the charge lines of a month, each of which can explain itself.
//!
//! Read in this order: [`money`] and [`period`] (the arithmetic), [`timeline`] and [`facts`] (what is known, with two times),
//! [`rules`] (tariffs, norms, parameters: dated data), [`line`](mod@line) (what comes out), [`unit`] (the function itself),
//! [`trace`] (why a line is what it is), [`recalculation`] (what a change that reaches back adds).
//! What is owed afterwards are functions of the ledger: [`allocate`] (where a payment goes), [`penalty`] (what a
//! delay costs), [`duty`] (what a court costs); beside them [`fee`] (what is kept of a payment) and [`subsidy`].
//!
//! Inside, one account goes this way: `plan` (which method on which days) → `charge` (a file a method: which volume
//! lies on which days, helped by `persons`, `norm`, `meter`, `house`) → `flow` (pieces of a month, cut so that they
//! always sum to the whole) → `price` (volume × rate, where it is rounded) → `account` (lines, one a key) and
//! `lowering` (what `absence`, `undersupply`, `privilege` and `fine` take off them). All of them calculate with
//! `figure`, a number that may know where it came from.

pub mod allocate;
pub mod duty;
pub mod earlier;
pub mod exception;
pub mod facts;
pub mod fee;
pub mod grounds;
pub mod group;
pub mod ids;
pub mod line;
pub mod money;
pub mod penalty;
pub mod period;
pub mod projection;
pub mod recalculation;
pub mod rules;
pub mod subsidy;
pub mod timeline;
pub mod trace;
pub mod unit;

mod absence;
mod account;
mod charge;
mod context;
mod figure;
mod fine;
mod flow;
mod house;
mod lowering;
mod meter;
mod norm;
mod persons;
mod plan;
mod price;
mod privilege;
mod share;
mod site;
mod undersupply;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;
