//! Months, runs, the queue, the stone: what is charged, when it may change, and that nothing is lost on the way.

mod absence;
pub mod balances;
mod booked;
mod communal;
mod control;
mod heating;
mod histories;
mod history;
mod invoice;
mod kill;
mod meter_law;
mod months;
mod penalty;
pub mod penalty_booked;
mod penalty_history;
mod planted;
mod planted_facts;
mod print_orders;
mod print_run;
mod privilege;
mod queue;
mod release;
mod runs;
mod seal;
mod stone;
mod stored;
mod undersupply;
