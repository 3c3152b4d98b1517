//! The way to the database: a server of one's own, and being let in.

pub mod cluster;
mod connect;
mod plans;
mod questions;
mod setup;
mod tls;
