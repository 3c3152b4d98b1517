//! Messages by name.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::Value;
use crate::lang::Lang;

const RU: &str = include_str!("../../locales/ru.ftl");
const EN: &str = include_str!("../../locales/en.ftl");

impl Lang {
    /// The text of the language's file.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::Ru => RU,
            Self::En => EN,
        }
    }
}

/// The messages of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language, read once.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        static RUSSIAN: OnceLock<Words> = OnceLock::new();
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        let place = match lang {
            Lang::Ru => &RUSSIAN,
            Lang::En => &ENGLISH,
        };
        place.get_or_init(|| Self::read(lang))
    }

    fn read(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(lang.code().parse().into_iter().collect());
        // The marks around inserted text would take columns of the screen.
        bundle.set_use_isolating(false);
        // A line the reader cannot understand is left out and missed by name; the test shows which.
        let resource = FluentResource::try_new(lang.source().to_owned()).unwrap_or_else(|(read, _)| read);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// Whether there is such a message or attribute.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.render(key, None).is_some()
    }

    /// A message without places. A name without a message comes back as itself in brackets: seen at once, and
    /// nothing stops.
    #[must_use]
    pub fn text(&self, key: &str) -> Cow<'_, str> {
        self.render(key, None).unwrap_or_else(|| Cow::Owned(format!("⟨{key}⟩")))
    }

    /// A message with its places filled: `with("lines", &[("n", 3.into())])`.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs = values.iter().map(|(name, value)| (*name, value)).collect();
        self.render(key, Some(&args)).map_or_else(|| format!("⟨{key}⟩"), Cow::into_owned)
    }

    fn render<'a>(&'a self, key: &str, args: Option<&'a FluentArgs<'_>>) -> Option<Cow<'a, str>> {
        let pattern = match key.split_once('.') {
            Some((name, attribute)) => self.bundle.get_message(name)?.get_attribute(attribute)?.value(),
            None => self.bundle.get_message(key)?.value()?,
        };
        Some(self.bundle.format_pattern(pattern, args, &mut Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_message_shows_its_name() {
        assert_eq!(Words::of(Lang::Ru).text("no-such-message"), "⟨no-such-message⟩");
        assert_eq!(Words::of(Lang::Ru).text("command-save.no-such"), "⟨command-save.no-such⟩");
    }

    #[test]
    fn russian_counts_have_three_forms() {
        let lines = |n: i64| Words::of(Lang::Ru).with("count-rows", &[("n", n.into())]);
        assert_eq!(
            [lines(1), lines(3), lines(11), lines(22)],
            ["1 строка", "3 строки", "11 строк", "22 строки"]
        );
    }
}
