//! Whether a whole screen may be saved: what is wrong, and what is missing on any of its sheets.

use super::Desk;
use crate::engine::model::{Act, Field, Ground, Name};
use crate::engine::window::{Focus, Window, WindowId};

impl Desk {
    /// Whether everything an action wants is there and everything typed is a value; the first that is not takes the cursor.
    pub(crate) fn check_all(&mut self, id: WindowId, act: &Act) -> bool {
        let Some(window) = self.window(id) else { return false };
        let fields: Vec<usize> = (0..window.model.fields.len())
            .filter(|field| window.model.fields[*field].is_entry())
            .filter(|field| is_wanted(window, act, *field) || !is_blank(window, *field))
            .collect();
        let empty = self.empty_on_sheets(id, act);
        let wrong = fields.into_iter().find(|field| !self.check_field(id, *field));
        if let Some(field) = wrong {
            self.set_focus(id, Focus::Field(field));
        }
        if empty.len() > 1 {
            // One sheet hides what another lacks: all of it is told at once.
            self.refuse_with("sheets-empty", &[("fields", empty.join(", ").into())]);
        }
        wrong.is_none()
    }

    /// Labels of the fields that must be filled and are not, of a screen with several sheets.
    fn empty_on_sheets(&self, id: WindowId, act: &Act) -> Vec<String> {
        let Some(window) = self.window(id).filter(|window| window.model.pages.len() > 1) else {
            return Vec::new();
        };
        let fields = window.model.fields.iter().enumerate();
        let is_empty = |(at, field): &(usize, &Field)| {
            let must = field.entry.as_ref().is_some_and(|entry| entry.must);
            must && is_blank(window, *at) && is_wanted(window, act, *at)
        };
        let told = |(at, field): (usize, &Field)| match window.page_of(at) {
            Some(page) => self
                .words()
                .with("sheet-field", &[("field", field.label.clone().into()), ("n", (page + 1).into())]),
            None => field.label.clone(),
        };
        fields.filter(is_empty).map(told).collect()
    }
}

fn is_blank(window: &Window, field: usize) -> bool {
    window.typed[field].line.text().trim().is_empty()
}

/// Whether an action cannot do without a field: an operation or function wants what it names, and the ground where the registry says so.
fn is_wanted(window: &Window, act: &Act, field: usize) -> bool {
    let names = |list: &[(String, Name)]| list.iter().any(|(_, name)| *name == Name::Field(field));
    match act {
        Act::Operation { args, fact, ground, .. } => {
            let is_ground = window.model.field("ground") == Some(field);
            if is_ground { *ground == Ground::Must } else { names(args) || names(fact) }
        }
        Act::Function { args, .. } => names(args),
        _ => true,
    }
}
