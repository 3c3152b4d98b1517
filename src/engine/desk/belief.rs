//! Whether anybody can mean a typed value, and the sentence that says why not: which bound it passes, what it was before and what
//! use that makes.

use rust_decimal::Decimal;

use super::Desk;
use super::sheet::Place;
use crate::engine::grid::CellState;
use crate::engine::model::{Check, Edit, Entry};
use crate::engine::overlay::choice::Target;
use crate::engine::overlay::{Choice, Overlay};
use crate::engine::person_name::{Letters, letters, meant};
use crate::engine::typed;
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Window, WindowId};
use crate::keymap::Command;
use crate::locale::Words;

/// Why a value is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Doubt {
    value: Decimal,
    /// Whether it lies below the lower bound; else above the upper one.
    is_low: bool,
    bound: Decimal,
    /// What it is counted from: the difference is the use.
    before: Option<Decimal>,
}

impl Doubt {
    /// The doubt about a value between two bounds, counted from what was before.
    fn of(
        value: Decimal,
        (low, high): (Option<Decimal>, Option<Decimal>),
        before: Option<Decimal>,
    ) -> Option<Self> {
        let below = low.filter(|low| value < *low).map(|bound| (true, bound));
        let above = || high.filter(|high| value > *high).map(|bound| (false, bound));
        below.or_else(above).map(|(is_low, bound)| Self { value, is_low, bound, before })
    }

    /// What the difference to the value before comes to.
    fn used(&self) -> Option<Decimal> {
        self.before.map(|before| self.value - before)
    }

    /// The sentence, without what to do about it.
    fn reason(&self, words: &Words, field: &str) -> String {
        let number = |number: Decimal| shown(&Value::Dec(number), &Show::Grouped);
        let (key, before, used) = match (self.is_low, self.before.zip(self.used())) {
            (true, Some((before, used))) => ("doubt-below-before", before, used),
            (false, Some((before, used))) => ("doubt-above-before", before, used),
            (true, None) => ("doubt-below", self.bound, self.bound),
            (false, None) => ("doubt-above", self.bound, self.bound),
        };
        // Above the bound it is the use that is beyond the usual one.
        let usual = self.before.map_or(self.bound, |before| self.bound - before);
        words.with(
            key,
            &[
                ("field", field.to_owned().into()),
                ("value", number(self.value).into()),
                ("before", number(before).into()),
                ("used", number(used).into()),
                ("usual", number(usual).into()),
            ],
        )
    }

    /// What is asked about a value below the one before; the uses stand beside the answers.
    fn title(&self, words: &Words, field: &str) -> String {
        let number = |number: Decimal| shown(&Value::Dec(number), &Show::Grouped);
        let before = number(self.before.unwrap_or(self.bound));
        let told = [
            ("field", field.to_owned().into()),
            ("value", number(self.value).into()),
            ("before", before.into()),
        ];
        words.with("below-title", &told)
    }

    /// The sentence of the first time: why, and what to do.
    pub(super) fn sentence(&self, words: &Words, field: &str) -> String {
        words.with("doubt-again", &[("why", self.reason(words, field).into())])
    }
}

impl Desk {
    /// The doubt about a value of a field that was not accepted twice.
    pub(super) fn doubt_of_field(
        &self,
        id: WindowId,
        field: usize,
        entry: &Entry,
        value: &Value,
    ) -> Option<Doubt> {
        let (Some((low, high)), Some(window), Some(value)) =
            (&entry.plausible, self.window(id), value.decimal())
        else {
            return None;
        };
        let typed = &window.typed[field];
        if typed.doubted.as_deref() == Some(typed.line.text()) {
            return None;
        }
        let number = |name| window.value(name, &self.present).decimal();
        Doubt::of(value, (number(low), number(high)), entry.before.as_ref().and_then(number))
    }

    /// The sentence about a name with a Latin word that was not accepted twice: foreigners have such names, and so has whoever did
    /// not switch the layout.
    pub(super) fn doubt_of_name(&self, id: WindowId, field: usize, entry: &Entry) -> Option<String> {
        let typed = self.window(id)?.typed.get(field)?;
        let text = typed.line.text();
        let (Some(Check::Name), Letters::Latin(letter)) = (entry.check, letters(text)) else { return None };
        if typed.doubted.as_deref() == Some(text) {
            return None;
        }
        let label = self.window(id)?.model.fields[field].label.clone();
        let told = [("field", label.into()), ("letter", letter.to_string().into())];
        let why = self.words().with("doubt-latin", &told);
        Some(self.words().with("doubt-again", &[("why", self.or_meant(&why, text).into())]))
    }

    /// A sentence about a name, with what F4 would put there where a Russian name can have been meant.
    pub(super) fn or_meant(&self, why: &str, text: &str) -> String {
        match meant(text) {
            Some(name) => self.words().with("name-meant", &[("why", why.into()), ("name", name.into())]),
            None => why.to_owned(),
        }
    }

    /// What F4 offers for a name in the wrong letters: the one that was meant.
    pub(super) fn meant_name(&self, window: &Window, field: usize, entry: &Entry) -> Option<Choice> {
        entry.check.filter(|check| *check == Check::Name)?;
        let name = meant(window.typed[field].line.text())?;
        Some(Choice {
            title: window.model.fields[field].label.clone(),
            items: vec![(name, String::new())],
            sought: String::new(),
            at: 0,
            target: Target::Field(window.id, field),
        })
    }

    /// The doubt about a value for a row of a sheet.
    pub(super) fn doubt_of_row(&self, place: &Place, edit: &Edit, value: &Value) -> Option<Doubt> {
        let (low, high) = edit.plausible?;
        let row = self.sheet_row(place)?;
        let number = |column: usize| row.get(column).and_then(Value::decimal);
        Doubt::of(value.decimal()?, (number(low), number(high)), edit.before.and_then(number))
    }

    /// Asks what a value below the one before means, where a dial may have passed its end; `false` = that is no question here. It
    /// is asked after the value was typed twice: whoever types on without looking cannot answer it with digits.
    pub(super) fn ask_what_below_means(&mut self, place: &Place, edit: &Edit, doubt: &Doubt) -> bool {
        let (Some(dial), Some(used), true) = (edit.dial, doubt.used(), doubt.is_low) else { return false };
        let turn = self.sheet_row(place).and_then(|row| turn_of(row.get(dial)?));
        let words = self.words();
        let told = |key: &str, used: Decimal| {
            let used = shown(&Value::Dec(used), &Show::Grouped);
            (key.to_owned(), words.with(&format!("below-{key}"), &[("used", used.into())]))
        };
        let mut items = vec![told(MISTAKE, used)];
        items.extend(turn.map(|turn| told(PASSED, used + turn)));
        items.push(told(STANDS, used));
        let title = doubt.title(words, &self.title_of_column(place));
        let target = Target::Row { window: place.window, grid: place.grid, key: place.key.clone() };
        self.ask(Overlay::Choice(Choice { title, items, at: 0, sought: String::new(), target }));
        true
    }

    fn title_of_column(&self, place: &Place) -> String {
        let model = self.window(place.window).and_then(|window| window.model.grids.get(place.grid));
        model
            .and_then(|model| model.columns.get(place.column))
            .map(|column| column.title.clone())
            .unwrap_or_default()
    }

    /// The answer: a mistake is typed anew; anything else is sent as what it is.
    pub(crate) fn below_means(&mut self, window: WindowId, grid: usize, key: String, answer: &str) {
        let Some(model) = self.window(window).and_then(|window| window.model.grids.get(grid)).cloned() else {
            return;
        };
        let Some(column) = model.typed_column() else { return };
        let place = Place { window, grid, key, column };
        let Some(edit) = model.columns[column].edit.as_ref() else { return };
        let entry = Entry { kind: edit.kind.clone(), must: true, ..Entry::default() };
        let today = self.present.today;
        let Some(cell) = self.sheet_cell(&place) else { return };
        if answer == MISTAKE {
            cell.state = CellState::Typed;
            cell.line.enter();
            self.say("not-done");
            return;
        }
        let Ok(value) = typed::value(&entry, cell.line.text(), today) else { return };
        self.send_row(&place, &model, Some(&value), answer == PASSED);
        self.move_by(Command::Down);
    }
}

/// What is wrong is the typed value.
const MISTAKE: &str = "mistake";

/// The dial passed its end and began anew.
const PASSED: &str = "passed";

/// The value is right and the one before was not.
const STANDS: &str = "stands";

/// How much a dial of so many digits counts until it begins anew.
fn turn_of(digits: &Value) -> Option<Decimal> {
    let digits = match digits {
        Value::Int(digits) => u32::try_from(*digits).ok()?,
        _ => return None,
    };
    10_u64.checked_pow(digits).map(Decimal::from)
}
