//! The operator's settings, in force from the moment they are known.

use serde_json::Value as Json;

use super::Desk;
use crate::engine::effect::Effect;
use crate::engine::settings::Settings;
use crate::keymap::Keymap;

impl Desk {
    /// Uses settings from now on: keys and words here, the rest by whoever holds the terminal and the screens.
    pub(crate) fn adopt(&mut self, json: &Json) {
        let settings = Settings::of(json);
        let lang = self.chosen_lang.or(settings.lang).unwrap_or(self.config.lang);
        self.config.keymap = Keymap::with_synonyms(&settings.keymap);
        self.lang = lang;
        self.effects.push(Effect::Adopt { lang, look: settings.look, esc_hold: settings.esc_hold });
    }

    /// The other language from now on; it holds after the login too, until settings are chosen anew.
    pub(crate) fn other_language(&mut self) {
        let other = self.lang.other();
        self.chosen_lang = Some(other);
        self.lang = other;
        self.effects.push(Effect::Adopt { lang: other, look: None, esc_hold: None });
    }

    /// As [`Desk::adopt`] in the middle of work: what was read in the words of another language is read again.
    pub(crate) fn adopt_anew(&mut self, json: &Json) {
        self.chosen_lang = None;
        let before = self.lang;
        self.adopt(json);
        if self.lang != before {
            self.ask_menu();
            self.ask_present();
            self.windows.iter_mut().for_each(super::windows::stale);
        }
    }
}
