//! The order of months, days and moments inside one form: an end behind its beginning is seen when its field is left, not when all is sent.

use chrono::NaiveDate;

use super::Desk;
use crate::engine::model::Kind;
use crate::engine::value::{Show, Value, day_shown, shown};
use crate::engine::window::{Present, Window, WindowId};

/// A day, and the time of that day where one is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    day: NaiveDate,
    /// `08:30`; texts of this shape are in the order of their times.
    time: String,
    /// Whether it is a whole month, told by its first day.
    is_month: bool,
}

impl Moment {
    /// The moment of a field; nothing while its day or its time is not typed.
    fn of(window: &Window, field: usize, present: &Present) -> Option<Self> {
        let value = window.field_value(field, present);
        let model = window.model.fields.get(field)?;
        let Some(entry) = &model.entry else {
            // Shown, not typed: the day or month since which something is so.
            let is_month = model.show == Show::Month;
            return match value {
                Value::Day(day) => Some(Self { day, time: String::new(), is_month }),
                _ => None,
            };
        };
        match (value, entry.day) {
            (Value::Day(day), _) => {
                Some(Self { day, time: String::new(), is_month: entry.kind == Kind::Month })
            }
            (Value::Text(time), Some(day)) if entry.kind == Kind::Time => {
                Some(Self { time, ..Self::of(window, day, present)? })
            }
            _ => None,
        }
    }

    fn shown(&self) -> String {
        if self.is_month {
            return shown(&Value::Day(self.day), &Show::Month);
        }
        format!("{} {}", day_shown(self.day), self.time).trim_end().to_owned()
    }
}

impl Desk {
    /// The sentence about a field that ends before another begins; nothing where the order is right or not known yet.
    pub(super) fn out_of_order(&self, id: WindowId, field: usize) -> Option<String> {
        let window = self.window(id)?;
        let entry = window.model.fields[field].entry.as_ref()?;
        let here = Moment::of(window, field, &self.present)?;
        let there = |other: Option<usize>| Some((other?, Moment::of(window, other?, &self.present)?));
        let too_early =
            there(entry.after).filter(|(_, bound)| here <= *bound).map(|told| ("wrong-after", told));
        let is_before = || there(entry.not_before).filter(|(_, bound)| here < *bound);
        let (key, (other, bound)) =
            too_early.or_else(|| is_before().map(|told| ("wrong-not-before", told)))?;
        let label = |field: usize| label_of(window, field).to_owned();
        let told =
            [("field", label(field).into()), ("other", label(other).into()), ("bound", bound.shown().into())];
        Some(self.words().with(key, &told))
    }

    /// Looks again at the fields whose order hangs on one that was just left: a beginning moved behind its end.
    pub(super) fn look_at_dependents(&mut self, id: WindowId, field: usize) {
        let Some(window) = self.window(id) else { return };
        let hangs = |at: &usize| hangs_on(window, *at, field);
        let is_typed =
            |at: &usize| window.typed[*at].changed && !window.typed[*at].line.text().trim().is_empty();
        let dependents: Vec<usize> = (0..window.model.fields.len()).filter(hangs).filter(is_typed).collect();
        for dependent in dependents {
            if !self.check_field(id, dependent) {
                return;
            }
        }
    }
}

/// Whether the order of one field is told by another, or by the day of another.
fn hangs_on(window: &Window, at: usize, field: usize) -> bool {
    let entry = |at: usize| window.model.fields.get(at).and_then(|field| field.entry.as_ref());
    let Some(of) = entry(at) else { return false };
    let bounds = || of.after.into_iter().chain(of.not_before);
    let days = bounds().filter_map(|bound| entry(bound)?.day).chain(of.day);
    bounds().chain(days).any(|other| other == field)
}

/// What a field is called: a time by the label of its day, of which it is the rest.
pub(super) fn label_of(window: &Window, field: usize) -> &str {
    let fields = &window.model.fields;
    let day = fields[field].entry.as_ref().and_then(|entry| entry.day);
    fields.get(day.unwrap_or(field)).map_or("", |field| &field.label)
}
