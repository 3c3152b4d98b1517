//! Sessions: keys in, the real engine, the real hands, a real database as an operator; what is seen is looked at, keys and bytes
//! are counted.

mod accounts;
mod cards;
mod control;
mod daily;
mod directories;
mod drafts;
mod empty;
mod examples;
mod facts;
mod groups;
mod inbox;
mod installation;
mod ledger;
mod letterhead;
mod logins;
mod marks;
mod moving;
mod operators;
mod plans;
mod printing;
mod program;
mod rights;
mod seat;
mod services;
mod sheets;
mod tasks;
mod together;
mod waste;
mod ways;
