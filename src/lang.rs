//! The two languages the program speaks to its operators. What is printed for people who pay is Russian in either.

/// A language of the workstation and of the explanations it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Russian: the language of the house, complete.
    #[default]
    Ru,
    /// English.
    En,
}

impl Lang {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The one that is not this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ru => Self::En,
            Self::En => Self::Ru,
        }
    }

    /// The language a setting such as `LANG=en_US.UTF-8` asks for; Russian for every other.
    #[must_use]
    pub fn of_setting(setting: &str) -> Self {
        let language = setting.split(['_', '.', '-', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::En } else { Self::Ru }
    }

    /// The two letters of the language, as settings keep it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_language_follows_the_setting() {
        assert_eq!(Lang::of_setting("en_US.UTF-8"), Lang::En);
        assert_eq!(Lang::of_setting("EN"), Lang::En);
        for other in ["ru_RU.UTF-8", "C.UTF-8", "", "eno_XX"] {
            assert_eq!(Lang::of_setting(other), Lang::Ru, "{other}");
        }
    }
}
