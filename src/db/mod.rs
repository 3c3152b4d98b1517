//! The database: session, calls, streams, catalogue, errors, migrations, a private server.

pub mod error;
pub mod migrate;
