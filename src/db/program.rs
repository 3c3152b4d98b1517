//! What the program calls itself at a login, so that a database refuses one that asks for what is no more.

/// Number of the contract between program and database (`tests/contract.snap`). It is raised here and in `admin.least_program` when
/// something an older program asks for goes or changes; a test asks for it.
pub const CONTRACT: u32 = 2;

/// `0.1.0+2`: the version, and the number of the contract it was made for.
#[must_use]
pub fn name() -> String {
    format!("{}+{CONTRACT}", env!("CARGO_PKG_VERSION"))
}
