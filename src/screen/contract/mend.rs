//! Marks what is broken, so that the rest of a screen stays of use.

use std::collections::BTreeSet;

use super::{Break, Catalogue, Part};
use crate::engine::model::{Load, Name, Screen};
use crate::engine::value::Value;
use crate::screen::visit;

/// Marks the broken parts: a field shows what is wrong instead of a value, a column is left out, an action refuses with the
/// reason, a source that does not exist is not read.
pub fn mend(screen: &mut Screen, breaks: &[Break], catalogue: &Catalogue) {
    let lost: BTreeSet<usize> = breaks
        .iter()
        .filter_map(|found| match found.part {
            Part::Source(source) => Some(source),
            _ => None,
        })
        .collect();
    for found in breaks {
        match found.part {
            Part::Field(field) => {
                if let Some(field) = screen.fields.get_mut(field) {
                    field.broken.get_or_insert_with(|| found.told.clone());
                }
            }
            Part::Action(action) => refuse(screen, action, &found.told),
            Part::Source(source) => lose(screen, source, &found.told),
            Part::Screen | Part::Column(..) | Part::Grid(_) => {}
        }
    }
    for (at, grid) in screen.grids.iter_mut().enumerate() {
        let mut place = 0;
        grid.columns.retain(|_| {
            place += 1;
            !breaks.iter().any(|found| found.part == Part::Column(at, place - 1))
        });
        if breaks.iter().any(|found| found.part == Part::Grid(at)) {
            grid.commit = None;
            grid.enter = None;
            grid.explain = None;
        }
    }
    for (at, source) in screen.sources.iter_mut().enumerate() {
        let known = catalogue.columns(&source.relation, source.is_function).unwrap_or_default();
        // Columns are known by their places: one that is missing is asked for under a name that exists, and shown by nobody.
        let Some((stand_in, _)) = known.first() else { continue };
        for column in source.columns.iter_mut().filter(|column| !known.iter().any(|(name, _)| name == column))
        {
            (*stand_in).clone_into(column);
        }
        if !lost.contains(&at) {
            source.order.retain(|order| known.iter().any(|(name, _)| *name == order.column));
        }
    }
}

/// An action that speaks of what is not there.
fn refuse(screen: &mut Screen, action: usize, told: &str) {
    if let Some(action) = screen.actions.get_mut(action) {
        action.enabled = Some(Name::Given(Value::Bool(false)));
        action.refusal = Some(Name::Given(Value::from(told)));
    }
}

/// A source that cannot be read: what it would fill is marked.
fn lose(screen: &mut Screen, source: usize, told: &str) {
    let speaks = |names: Vec<&Name>, grids: &[usize]| {
        names.into_iter().any(|name| match name {
            Name::Column { source: other, .. } => *other == source,
            Name::Row { grid, .. } => grids.get(*grid) == Some(&source),
            // The tabs whose rows are read go on.
            Name::Front(_) => grids.iter().all(|grid| *grid == source),
            _ => false,
        })
    };
    let grids: Vec<usize> = screen.grids.iter().map(|grid| grid.source).collect();
    for field in &mut screen.fields {
        if speaks(visit::of_field(field), &grids) {
            field.broken.get_or_insert_with(|| told.to_owned());
        }
    }
    let broken: Vec<usize> = (0..screen.actions.len())
        .filter(|at| screen.actions.get(*at).is_some_and(|action| speaks(visit::of_action(action), &grids)))
        .collect();
    for action in broken {
        refuse(screen, action, told);
    }
    if let Some(source) = screen.sources.get_mut(source) {
        source.load = Load::Ask;
    }
}
