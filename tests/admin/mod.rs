//! The door, rights, the journal and the catalogue: what nobody may get past.

mod catalogue;
