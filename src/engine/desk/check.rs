//! What is typed into a field: whether it is a value, and whether anybody can mean it.

use chrono::Datelike;

use super::Desk;
use super::keys::longest;
use super::order::label_of;
use crate::engine::line::Line;
use crate::engine::model::{Check, Entry, Kind};
use crate::engine::typed::{self, Wrong};
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Focus, WindowId};
use crate::keymap::{fold_to_ru, plain_yo};

/// What was typed shortly, in full: `0110` is `01.10.2026`, so that nobody has to guess which year was understood.
fn written_out(kind: &Kind, value: &Value) -> Option<String> {
    let is_short = matches!(kind, Kind::Day | Kind::Month | Kind::Time);
    Some(typed::typed(kind, value)).filter(|text| is_short && !text.is_empty())
}

impl Desk {
    /// Whether what is typed into a field is a value that is believed; if not, the sentence stays with it.
    pub(crate) fn check_field(&mut self, id: WindowId, field: usize) -> bool {
        self.word_to_code(id, field);
        let today = self.present.today;
        let Some(window) = self.window(id) else { return true };
        let model = &window.model.fields[field];
        let Some(entry) = &model.entry else { return true };
        let text = window.typed[field].line.text();
        let (words, label) = (self.words(), label_of(window, field).to_owned());
        let value = typed::value(entry, text, today).and_then(|value| self.within(id, entry, value));
        let (sentence, is_doubted) = match value {
            Ok(value) => {
                let doubt = self.doubt_of_field(id, field, entry, &value);
                let doubt = doubt.map(|doubt| doubt.sentence(words, &label));
                let disorder = self.out_of_order(id, field).map(|sentence| (sentence, false));
                let doubts =
                    || doubt.or_else(|| self.doubt_of_name(id, field, entry)).map(|doubt| (doubt, true));
                let Some(told) = disorder.or_else(doubts) else {
                    let whole = written_out(&entry.kind, &value).filter(|whole| whole != text);
                    let whole = whole.filter(|whole| whole.chars().count() <= longest(window, field));
                    if let Some(window) = self.window_mut(id) {
                        let typed = &mut window.typed[field];
                        typed.wrong = None;
                        if let Some(whole) = whole {
                            typed.line = Line::fresh(&whole);
                        }
                    }
                    return true;
                };
                told
            }
            Err(wrong) => {
                let told = [("field", label.into()), ("with", wrong.with.into())];
                let is_picked = entry.told.is_some() && wrong.message == "wrong-int";
                let sentence = words.with(if is_picked { "wrong-picked" } else { wrong.message }, &told);
                let is_name = entry.check == Some(Check::Name);
                (if is_name { self.or_meant(&sentence, text) } else { sentence }, false)
            }
        };
        let text = text.to_owned();
        if let Some(window) = self.window_mut(id) {
            let typed = &mut window.typed[field];
            typed.doubted = is_doubted.then_some(text);
            typed.wrong = Some(sentence.clone());
            // Who types it anew without looking means instead of it, not behind it; an arrow keeps it to be mended.
            typed.line.enter();
        }
        self.refuse(sentence, "");
        false
    }

    /// A day that must lie in a month does.
    fn within(&self, id: WindowId, entry: &Entry, value: Value) -> Result<Value, Wrong> {
        let month = entry.within.as_ref().and_then(|name| Some(self.window(id)?.value(name, &self.present)));
        match (month, &value) {
            (Some(Value::Day(month)), Value::Day(day))
                if (month.year(), month.month()) != (day.year(), day.month()) =>
            {
                Err(Wrong { message: "wrong-within", with: shown(&Value::Day(month), &Show::Month) })
            }
            _ => Ok(value),
        }
    }

    /// Says what is wrong with a field that the cursor leaves, and lets it go: nobody is held, nothing is silent.
    pub(super) fn look_back(&mut self, id: WindowId, stop: Focus) {
        let Some(window) = self.window(id) else { return };
        if let Focus::Field(field) = window.focus
            && window.focus != stop
            && window.typed.get(field).is_some_and(|typed| typed.changed && !typed.line.text().is_empty())
            && self.check_field(id, field)
        {
            self.look_at_dependents(id, field);
        }
    }

    /// A word of a closed set, or its beginning, or that of a word in it, in either layout, becomes its code: «ж» is `female`, «семьи» the
    /// certificate of the family.
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
        let typed = plain_yo(&typed);
        let word =
            |code: &String| plain_yo(&self.words().text(&format!("choice-{set}-{code}")).to_lowercase());
        // A whole word is meant, though another begins with it; a beginning, though it stands inside another.
        let named = |typed: &str| -> Vec<&String> {
            let fit = |fits: &dyn Fn(&str) -> bool| -> Vec<&String> {
                codes.iter().filter(|code| fits(&word(code))).collect()
            };
            let within = |word: &str| word.split_whitespace().any(|part| part.starts_with(typed));
            let begun = || fit(&|word| word.starts_with(typed));
            [fit(&|word| word == typed), begun(), fit(&within)]
                .into_iter()
                .find(|found| !found.is_empty())
                .unwrap_or_default()
        };
        let found = match named(&typed).as_slice() {
            [] => named(&plain_yo(&fold_to_ru(&typed).to_lowercase())),
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
