//! The card index as the desk reads it: search, heads of cards, lists; accounts and plans as they are changed.

mod accounts;
mod heads;
mod house_services;
mod organisations;
mod parameters;
mod plans;
mod search;
mod services;
