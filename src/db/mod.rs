//! The database: session, calls, streams, catalogue, errors, migrations, a private server.
