//! The database: session, calls, streams, catalogue, errors, migrations, a private server.

pub mod cluster;
pub mod config;
pub mod connect;
