//! Named pure functions of other values: the only arithmetic a screen may ask for.

use rust_decimal::Decimal;

use super::model::{Derive, Name};
use super::value::Value;
use super::window::{Present, Window};

/// The functions a screen file may name.
pub const FUNCTIONS: [&str; 3] = ["sum", "sub", "count_filled"];

/// The value a field derives; of another derived field it takes what that derives.
#[must_use]
pub fn value(derive: &Derive, window: &Window, present: &Present) -> Value {
    within(derive, window, present, window.model.fields.len())
}

/// The same over so many fields at most: two that derive from each other give nothing.
fn within(derive: &Derive, window: &Window, present: &Present, fields: usize) -> Value {
    let inner = |name: &Name| match name {
        Name::Field(field) => window.model.fields.get(*field)?.derive.as_ref(),
        _ => None,
    };
    let one = |name: &Name| match (inner(name), fields.checked_sub(1)) {
        (Some(inner), Some(rest)) => within(inner, window, present, rest),
        (Some(_), None) => Value::Null,
        (None, _) => window.value(name, present),
    };
    let values = |name: &Name| column(window, name).unwrap_or_else(|| vec![one(name)]);
    let all: Vec<Value> = derive.of.iter().flat_map(values).collect();
    match derive.function.as_str() {
        "sum" => Value::Dec(all.iter().filter_map(Value::decimal).sum()),
        "count_filled" => {
            Value::Int(i64::try_from(all.iter().filter(|value| !value.is_empty()).count()).unwrap_or(0))
        }
        // Nothing less something is nothing: a control total nobody typed differs from none.
        "sub" if all.first().is_none_or(Value::is_empty) => Value::Null,
        "sub" => {
            let mut numbers = all.iter().map(|value| value.decimal().unwrap_or_default());
            let first: Decimal = numbers.next().unwrap_or_default();
            Value::Dec(first - numbers.sum::<Decimal>())
        }
        _ => Value::Null,
    }
}

/// All values of a grid's column, typed ones before read ones.
fn column(window: &Window, name: &Name) -> Option<Vec<Value>> {
    let (grid, column) = match name {
        Name::Row { grid, column } => (*grid, *column),
        Name::Front(columns) => {
            let grid = window.front_grid()?;
            (grid, *columns.get(grid)?)
        }
        _ => return None,
    };
    let model = window.model.grids.get(grid)?;
    let feed = &window.feeds[model.source];
    let shown = model.columns.iter().position(|one| one.column == column);
    let state = &window.grids[grid];
    let of_row = |row: &Vec<Value>| {
        let key = crate::engine::grid::row_key(model, row);
        let typed = shown.and_then(|shown| state.cells.get(&(key, shown)));
        match typed.and_then(|cell| cell.counted()?.replace(',', ".").parse().ok()) {
            Some(number) => Value::Dec(number),
            None => row.get(column).cloned().unwrap_or_default(),
        }
    };
    Some(feed.standing().map(of_row).collect())
}
