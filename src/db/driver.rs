//! The driver's types that the layers above may name; nobody but `db` names the driver itself.

pub use tokio_postgres::types;
pub use tokio_postgres::{Client, Error, GenericClient, Notification, Row, Transaction};
