//! What the operator may do, as the login told it. The database decides all the same; the desk offers nothing it would refuse.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// The operator's rights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Kinds of operation the operator may make.
    pub operations: BTreeSet<String>,
    /// Views and functions the operator may read and call.
    pub relations: BTreeSet<String>,
    /// Codes of the operator's menu.
    pub screens: BTreeSet<String>,
    /// Codes that stand in the menus of others only.
    pub closed: BTreeSet<String>,
}

impl Rights {
    /// Reads `{"operations", "relations", "screens", "closed"}`, lists of texts; nothing where they were not told.
    #[must_use]
    pub fn of(json: &Json) -> Option<Self> {
        let list = |name: &str| {
            let texts = json[name].as_array()?.iter().filter_map(Json::as_str);
            Some(texts.map(str::to_owned).collect::<BTreeSet<String>>())
        };
        Some(Self {
            operations: list("operations")?,
            relations: list("relations")?,
            screens: list("screens")?,
            closed: list("closed")?,
        })
    }
}
