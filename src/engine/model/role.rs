//! What the engine itself opens screens for. It knows none by name: each says in its file what it is.

/// What a screen is to the engine; one screen has each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who comes in.
    Login,
    /// A password that must be changed.
    Password,
    /// Sessions that broke off and may be gone on with.
    LostSessions,
    /// The test of a terminal's keys.
    KeyTest,
    /// The home of everybody who is in.
    Menu,
    /// The search of everything by one line.
    Search,
    /// The journal.
    Journal,
    /// The journal of one thing.
    JournalOf,
    /// One operation.
    Operation,
    /// One fact.
    Fact,
    /// Why a month of an account is what it is.
    WhyMonth,
    /// Why a line of it is.
    WhyLine,
    /// What a number that is no code opens by its argument.
    ByNumber,
}

impl Role {
    /// The keys the engine opens it with; nothing where it is opened like any other, by its argument.
    #[must_use]
    pub const fn keys(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::Login
            | Self::Password
            | Self::LostSessions
            | Self::KeyTest
            | Self::Menu
            | Self::Search
            | Self::Journal => &[],
            Self::JournalOf => &["kind", "id"],
            Self::Operation => &["operation"],
            Self::Fact => &["kind", "row"],
            Self::WhyMonth => &["account", "month"],
            Self::WhyLine => &["account", "month", "service_id"],
            Self::ByNumber => return None,
        })
    }
}
