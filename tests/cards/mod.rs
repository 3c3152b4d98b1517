//! The card index as the desk reads it: search, heads of cards, lists.

mod heads;
mod house_services;
mod search;
