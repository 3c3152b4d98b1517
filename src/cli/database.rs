//! The argument every subcommand shares: which database.

use super::CliError;
use crate::db::config::{Address, AddressError};
use crate::db::connect::{Client, connect};

/// Which database to work with. Flatten this into a subcommand's arguments.
#[derive(Debug, clap::Args)]
pub struct DatabaseArgs {
    /// Адрес базы: postgresql://ЛОГИН@СЕРВЕР:ПОРТ/БАЗА (или переменная KVARTAL_URL)
    #[arg(long, value_name = "АДРЕС", env = "KVARTAL_URL", hide_env_values = true)]
    url: Option<String>,
}

impl DatabaseArgs {
    /// The address given by option or variable.
    ///
    /// # Errors
    /// What is missing or wrong in it.
    pub fn address(&self) -> Result<Address, CliError> {
        Ok(Address::required(self.url.as_deref())?)
    }

    /// Whether an address is given at all.
    #[must_use]
    pub const fn is_given(&self) -> bool {
        self.url.is_some()
    }

    /// The server and database; the login may be missing.
    ///
    /// # Errors
    /// What is missing or wrong in it.
    pub fn server(&self) -> Result<Address, CliError> {
        let url = self.url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        Ok(Address::of_server(url.ok_or(AddressError::Missing)?)?)
    }

    /// A session, named in the server's list after the subcommand.
    ///
    /// # Errors
    /// The address is wrong, or nobody was let in.
    pub async fn connect(&self, subcommand: &str) -> Result<Client, CliError> {
        Ok(connect(&self.address()?, &format!("kvartal {subcommand}")).await?)
    }
}
