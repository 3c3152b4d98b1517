//! The vocabulary of screen files. Every word stands in `screens/README.md` with its reason; a test compares.

use crate::engine::model::{Check, Ground, Load, Mode, Role, TimeKind, Total};
use crate::keymap::Command;

/// The sections and the keys that may stand in each.
pub const SECTIONS: &[(&str, &[&str])] = &[
    ("screen", &SCREEN),
    ("screen.argument", &ARGUMENT),
    ("source", &SOURCE),
    ("field", &FIELD),
    ("field.entry", &ENTRY),
    ("field.lookup", &LOOKUP),
    ("field.derive", &DERIVE),
    ("link", &LINK),
    ("explain", &EXPLAIN),
    ("grid", &GRID),
    ("grid.columns", &COLUMN),
    ("grid.columns.edit", &EDIT),
    ("grid.commit", &COMMIT),
    ("grid.commit.no_access", &NO_ACCESS),
    ("block", &BLOCK),
    ("tab", &TAB),
    ("action", &ACTION),
    ("action.then", &THEN),
];

/// The sections of a file.
pub const FILE: [&str; 8] = ["screen", "source", "picture", "field", "grid", "block", "tab", "action"];
/// `[screen]`
pub const SCREEN: [&str; 14] = [
    "code", "title", "called", "card_of", "keys", "optional", "argument", "role", "own", "dialog", "step_to",
    "pages", "beside", "help",
];
/// `argument = { … }`
pub const ARGUMENT: [&str; 3] = ["key", "function", "with"];
/// `[source.NAME]`
pub const SOURCE: [&str; 13] = [
    "view", "read", "by", "order", "page", "load", "filter", "line", "folded", "time", "topic", "about",
    "count",
];
/// `[field.NAME]`
pub const FIELD: [&str; 9] =
    ["from", "show", "entry", "lookup", "open", "explain", "style", "derive", "help"];
/// `entry = { … }`
pub const ENTRY: [&str; 20] = [
    "type",
    "scale",
    "set",
    "codes",
    "must",
    "longest",
    "next",
    "upper",
    "latin",
    "default",
    "check",
    "within",
    "plausible",
    "before",
    "after",
    "not_before",
    "day",
    "secret",
    "again",
    "told",
];
/// `lookup = { … }`
pub const LOOKUP: [&str; 3] = ["screen", "with", "fills"];
/// `derive = { … }`
pub const DERIVE: [&str; 2] = ["fn", "of"];
/// `open = { … }`, `enter = { … }`
pub const LINK: [&str; 3] = ["screen", "screen_of", "with"];
/// `explain = { … }`
pub const EXPLAIN: [&str; 3] = ["account", "month", "service"];
/// `[grid.NAME]`
pub const GRID: [&str; 11] = [
    "source",
    "mode",
    "columns",
    "key",
    "style",
    "enter",
    "explain",
    "empty",
    "empty_new",
    "marks",
    "commit",
];
/// One of `columns = [ … ]`
pub const COLUMN: [&str; 10] =
    ["col", "title", "w", "grow", "drop", "show", "total", "amount", "month", "edit"];
/// `edit = { … }`
pub const EDIT: [&str; 7] = ["type", "scale", "set", "codes", "plausible", "before", "dial"];
/// `commit = { … }`
pub const COMMIT: [&str; 5] = ["operation", "args", "fact", "passed", "no_access"];
/// `no_access = { … }`
pub const NO_ACCESS: [&str; 2] = ["operation", "fact"];
/// `[block.NAME]`
pub const BLOCK: [&str; 10] =
    ["kind", "source", "column", "account", "month", "service", "function", "with", "take", "screens"];
/// `[tab.NAME]`
pub const TAB: [&str; 6] = ["title", "grid", "block", "embed", "with", "badge"];
/// `[action.NAME]`
pub const ACTION: [&str; 24] = [
    "title",
    "key",
    "operation",
    "args",
    "fact",
    "ground",
    "preview",
    "job",
    "seen",
    "open",
    "undo",
    "named",
    "cancel_job",
    "login",
    "password",
    "continue",
    "begin",
    "language",
    "search",
    "function",
    "enabled",
    "refusal",
    "confirm",
    "then",
];
/// What the list of `then` may hold.
pub const THEN: [&str; 7] = ["close", "refresh", "clear", "adopt", "focus", "open", "put"];

/// `show`, beside `{ choice = SET }`.
pub const SHOWS: [&str; 9] =
    ["plain", "money", "month", "trimmed", "grouped", "scaled", "price", "ending", "said"];
/// `type` of an entry.
pub const KINDS: [&str; 9] = ["text", "int", "decimal", "money", "day", "month", "time", "bool", "choice"];
/// `kind` of a block.
pub const BLOCKS: [&str; 5] = ["text", "explain", "paper", "files", "keytest"];
/// What the session knows: `now.…`.
pub const NOW: [&str; 3] = ["today", "month", "operator"];
/// Scopes of names that no source may be called.
pub const SCOPES: [&str; 6] = ["key", "field", "row", "now", "typed", "marks"];
/// `load`
pub const LOADS: &[(&str, Load)] = &[("open", Load::Open), ("show", Load::Show), ("ask", Load::Ask)];
/// `time`
pub const TIMES: &[(&str, TimeKind)] =
    &[("both", TimeKind::Both), ("valid", TimeKind::Valid), ("none", TimeKind::None)];
/// `mode`
pub const MODES: &[(&str, Mode)] = &[("read", Mode::Read), ("mass", Mode::Mass)];
/// `total`
pub const TOTALS: &[(&str, Total)] = &[("sum", Total::Sum)];
/// `next` of an entry
pub const NEXTS: &[(&str, bool)] = &[("enter", false), ("auto", true)];
/// `check`
pub const CHECKS: &[(&str, Check)] = &[
    ("not_negative", Check::NotNegative),
    ("not_zero", Check::NotZero),
    ("positive", Check::Positive),
    ("not_future", Check::NotFuture),
    ("birth", Check::Birth),
    ("snils", Check::Snils),
    ("inn", Check::Inn),
    ("kpp", Check::Kpp),
    ("name", Check::Name),
    ("bank_account", Check::BankAccount),
    ("bic", Check::Bic),
];
/// `ground`
pub const GROUNDS: &[(&str, Ground)] =
    &[("must", Ground::Must), ("may", Ground::May), ("none", Ground::None)];
/// `preview`
pub const PREVIEWS: &[(&str, bool)] = &[("diff", true), ("none", false)];
/// Commands an action may stand on. The others belong to the engine: they mean the same on every screen.
pub const COMMANDS: &[(&str, Command)] = &[
    ("save", Command::Save),
    ("find", Command::Find),
    ("new", Command::New),
    ("delete", Command::Delete),
    ("undo", Command::Undo),
    ("journal", Command::Journal),
    ("print", Command::Print),
];
/// Functions of `derive`, with how many values each is given.
pub const FUNCTIONS: &[(&str, usize)] = &[("sum", 1), ("sub", 2), ("count_filled", 1)];
/// `role`
pub const ROLES: &[(&str, Role)] = &[
    ("login", Role::Login),
    ("password", Role::Password),
    ("lost_sessions", Role::LostSessions),
    ("key_test", Role::KeyTest),
    ("menu", Role::Menu),
    ("search", Role::Search),
    ("journal", Role::Journal),
    ("journal_of", Role::JournalOf),
    ("operation", Role::Operation),
    ("fact", Role::Fact),
    ("why_month", Role::WhyMonth),
    ("why_line", Role::WhyLine),
    ("by_number", Role::ByNumber),
];
