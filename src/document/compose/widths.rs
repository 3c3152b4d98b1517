//! Widths of columns: what the template tells, stretched or pressed to the room there is, and wide enough for dates and numbers.

use super::super::metrics::Unprintable;
use super::super::page::Length;
use super::super::template::block::{Inline, Table, Width};
use super::look::{CELL, Kind, Look};

/// The widths of the columns of a table; together never more than `room`.
pub(super) fn of(
    table: &Table,
    room: Length,
    printed_width: Length,
    look: &Look<'_>,
) -> Result<Vec<Length>, Unprintable> {
    let count = table.aligns.len();
    let told = |column: usize| table.widths.get(column).copied().unwrap_or(Width::Shares(1));
    let fixed = |column: usize| match told(column) {
        Width::Millimetres(mm) => look.across(Length::from(mm) * 100, printed_width),
        Width::Shares(_) => 0,
    };
    let shares = |column: usize| match told(column) {
        Width::Millimetres(_) => 0,
        Width::Shares(shares) => Length::from(shares),
    };
    let taken: Length = (0..count).map(fixed).sum();
    let all: Length = (0..count).map(shares).sum();
    let mut widths: Vec<Length> = if all == 0 {
        // Only millimetres: they are proportions of what there is.
        (0..count).map(|column| snapped(room * fixed(column) / taken.max(1), look)).collect()
    } else {
        let rest = (room - taken).max(0);
        (0..count).map(|column| fixed(column) + snapped(rest * shares(column) / all, look)).collect()
    };
    widen(&mut widths, table, look)?;
    press(&mut widths, room, look);
    Ok(widths)
}

/// What should not be cut, words of the head, dates and numbers, gets its width from the columns that have the most.
fn widen(widths: &mut [Length], table: &Table, look: &Look<'_>) -> Result<(), Unprintable> {
    let (left, right, _) = look.pads(true);
    let mut least = vec![0; widths.len()];
    let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let heads = table.head.iter().map(|row| (row, true));
    for (row, is_head) in heads.chain(table.rows.iter().map(|row| (row, false))) {
        for (cell, least) in row.iter().zip(&mut least) {
            let longest = longest(cell, look, |word| is_head || is_number(word))?;
            *least = (*least).max(longest + left + right);
        }
    }
    for column in 0..widths.len() {
        let mut wanted = least[column] - widths[column];
        while wanted > 0 {
            let spare = |other: &usize| widths[*other] - least[*other];
            let Some(donor) = (0..widths.len()).filter(|other| *other != column).max_by_key(spare) else {
                break;
            };
            let step = if look.typed { CELL } else { 50 };
            if spare(&donor) < step {
                break;
            }
            widths[donor] -= step;
            widths[column] += step;
            wanted -= step;
        }
    }
    Ok(())
}

/// The longest of the words that are to stay whole; what is longer than a date is cut all the same.
fn longest(cell: &Inline, look: &Look<'_>, is_whole: impl Fn(&str) -> bool) -> Result<Length, Unprintable> {
    let style = look.style(Kind::Cell, false);
    let words = cell.iter().flat_map(|span| span.text.split([' ', '\n']));
    let words = words.filter(|word| is_whole(word) && word.chars().count() < 14);
    words.map(|word| look.metrics.width(word, style)).try_fold(0, |most, width| Ok(most.max(width?)))
}

/// What is too much is taken from the widest.
fn press(widths: &mut [Length], room: Length, look: &Look<'_>) {
    let step = if look.typed { CELL } else { 50 };
    while widths.iter().sum::<Length>() > room {
        let Some(widest) = widths.iter_mut().max() else { return };
        if *widest <= 3 * step {
            return;
        }
        *widest -= step;
    }
}

fn snapped(length: Length, look: &Look<'_>) -> Length {
    if look.typed { length / CELL * CELL } else { length }
}
