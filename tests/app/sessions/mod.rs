//! Sessions: keys in, the real engine, the real hands, a real database as an operator; what is seen is looked at, keys and bytes
//! are counted.

mod cards;
mod control;
mod drafts;
mod empty;
mod examples;
mod facts;
mod inbox;
mod ledger;
mod logins;
mod marks;
mod program;
mod rights;
mod seat;
mod sheets;
mod tasks;
mod together;
mod ways;
