//! How a workstation looks and listens, as its operator wants it.

use serde_json::Value as Json;

use crate::locale::Lang;

/// How a screen is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// With colours.
    Colour,
    /// With bold, underline and reverse only.
    Mono,
    /// The same, and frames of plain characters.
    Ascii,
}

/// What an operator chose; nothing where the terminal decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language.
    pub lang: Option<Lang>,
    /// The look.
    pub look: Option<Look>,
    /// How long a lone Esc is held, milliseconds.
    pub esc_hold: Option<u64>,
    /// Name of the set of synonyms laid over the keys of the house; empty: none.
    pub keymap: String,
}

impl Settings {
    /// Reads `{"lang", "theme", "esc_hold", "keymap"}`, all texts. What is not known is as if nobody chose: a later program may
    /// know more.
    #[must_use]
    pub fn of(json: &Json) -> Self {
        let text = |name: &str| json[name].as_str().unwrap_or_default();
        Self {
            lang: Lang::ALL.into_iter().find(|lang| lang.code() == text("lang")),
            look: match text("theme") {
                "colour" => Some(Look::Colour),
                "mono" => Some(Look::Mono),
                "ascii" => Some(Look::Ascii),
                _ => None,
            },
            esc_hold: text("esc_hold").parse().ok(),
            keymap: text("keymap").to_owned(),
        }
    }
}
