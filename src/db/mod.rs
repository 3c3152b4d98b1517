//! The database: session, calls, streams, catalogue, errors, migrations, a private server.

pub mod book;
pub mod catalogue;
pub mod cluster;
pub mod config;
pub mod connect;
pub mod custom;
pub mod desk;
pub mod driver;
pub mod error;
pub mod load;
pub mod migrate;
pub mod picture;
pub mod program;
pub mod wire;
