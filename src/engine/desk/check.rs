//! What is typed into a field: whether it is a value, and whether anybody can mean it.

use super::Desk;
use crate::engine::line::Line;
use crate::engine::model::{Entry, Kind};
use crate::engine::typed;
use crate::engine::value::Value;
use crate::engine::window::{Focus, WindowId};
use crate::keymap::fold_to_ru;

impl Desk {
    /// Whether what is typed into a field is a value that is believed; if not, the sentence stays with it.
    pub(crate) fn check_field(&mut self, id: WindowId, field: usize) -> bool {
        self.word_to_code(id, field);
        let today = self.present.today;
        let Some(window) = self.window(id) else { return true };
        let model = &window.model.fields[field];
        let Some(entry) = &model.entry else { return true };
        let text = window.typed[field].line.text();
        let (message, with) = match typed::value(entry, text, today) {
            Ok(value) if self.is_beyond_belief(id, field, entry, &value) => {
                ("implausible-again", String::new())
            }
            Ok(_) => {
                if let Some(window) = self.window_mut(id) {
                    window.typed[field].wrong = None;
                }
                return true;
            }
            Err(wrong) => (wrong.message, wrong.with),
        };
        let (label, text) = (model.label.clone(), text.to_owned());
        let sentence = self.words().with(message, &[("field", label.into()), ("with", with.into())]);
        if let Some(window) = self.window_mut(id) {
            let typed = &mut window.typed[field];
            typed.doubted = (message == "implausible-again").then_some(text);
            typed.wrong = Some(sentence.clone());
            // Who types it anew without looking means instead of it, not behind it; an arrow keeps it to be mended.
            typed.line.enter();
        }
        self.refuse(sentence, "");
        false
    }

    /// Says what is wrong with a field that the cursor leaves, and lets it go: nobody is held, nothing is silent.
    pub(super) fn look_back(&mut self, id: WindowId, stop: Focus) {
        let Some(window) = self.window(id) else { return };
        if let Focus::Field(field) = window.focus
            && window.focus != stop
            && window.typed.get(field).is_some_and(|typed| typed.changed && !typed.line.text().is_empty())
        {
            self.check_field(id, field);
        }
    }

    /// A value outside its bounds is believed when it is typed, or accepted, twice.
    fn is_beyond_belief(&self, id: WindowId, field: usize, entry: &Entry, value: &Value) -> bool {
        let (Some((low, high)), Some(window), Some(value)) =
            (&entry.plausible, self.window(id), value.decimal())
        else {
            return false;
        };
        let typed = &window.typed[field];
        if typed.doubted.as_deref() == Some(typed.line.text()) {
            return false;
        }
        let bound = |name| window.value(name, &self.present).decimal();
        bound(low).is_some_and(|low| value < low) || bound(high).is_some_and(|high| value > high)
    }

    /// A word of a closed set, or its beginning, in either layout, becomes its code: «ж» is `female`.
    fn word_to_code(&mut self, id: WindowId, field: usize) {
        let Some(window) = self.window(id) else { return };
        let Some(Kind::Choice { set, codes }) =
            window.model.fields[field].entry.as_ref().map(|entry| &entry.kind)
        else {
            return;
        };
        let typed = window.typed[field].line.text().trim().to_lowercase();
        if typed.is_empty() || codes.contains(&typed) {
            return;
        }
        let begins = |typed: &str| -> Vec<&String> {
            let word = |code: &&String| {
                self.words().text(&format!("choice-{set}-{code}")).to_lowercase().starts_with(typed)
            };
            codes.iter().filter(word).collect()
        };
        let found = match begins(&typed).as_slice() {
            [] => begins(&fold_to_ru(&typed).to_lowercase()),
            some => some.to_vec(),
        };
        if let [code] = found.as_slice() {
            let line = Line::fresh(code);
            if let Some(window) = self.window_mut(id) {
                window.typed[field].line = line;
            }
        }
    }
}
