//! The door, rights, the journal and the catalogue: what nobody may get past.

mod arguments;
mod catalogue;
mod contract;
mod custom;
mod delivery;
mod documents;
mod door;
mod fact_card;
mod gallery;
mod journal;
mod notices;
mod previews;
mod promise;
mod rights;
mod rights_told;
mod scopes;
mod seen;
mod sessions;
mod undo;
mod users;
mod workstation;
