//! What the catalogue knows of a place, for whoever asks F1 twice.

use super::Catalogue;
use super::kind::of_name;
use crate::engine::model::{Name, Screen};

/// Writes the types of the database behind the origins of fields and columns.
pub fn describe(screen: &mut Screen, catalogue: &Catalogue) {
    for at in 0..screen.fields.len() {
        let from = screen.fields.get(at).and_then(|field| field.from.clone());
        let kind = from.and_then(|from| of_name(&from, screen, catalogue));
        if let (Some(kind), Some(field)) = (kind, screen.fields.get_mut(at)) {
            field.origin = format!("{} : {}", field.origin, kind.told());
        }
    }
    for grid in 0..screen.grids.len() {
        for column in 0..screen.grids.get(grid).map_or(0, |grid| grid.columns.len()) {
            let place = screen.grids.get(grid).and_then(|grid| grid.columns.get(column));
            let name = place.map(|place| Name::Row { grid, column: place.column });
            let kind = name.and_then(|name| of_name(&name, screen, catalogue));
            let place = screen.grids.get_mut(grid).and_then(|grid| grid.columns.get_mut(column));
            if let (Some(kind), Some(place)) = (kind, place) {
                kind.told().clone_into(&mut place.kind);
            }
        }
    }
}
