//! What became of the rows of a list since they were seen. A list that is read again because somebody changed something keeps its
//! order, and says what is other, new and gone: nobody's row moves away under the cursor.

use std::collections::{BTreeMap, VecDeque};

use super::grid::{RowKey, row_key};
use super::model::Grid;
use super::value::Value;

/// What became of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum News {
    /// It is as it was.
    #[default]
    Same,
    /// It was not there.
    New,
    /// These columns of its source are other than they were.
    Changed(Vec<usize>),
    /// It is no more; it stands until the list is read anew.
    Gone,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Rows with other values.
    pub changed: usize,
    /// Rows that were not there.
    pub new: usize,
    /// Rows that are no more.
    pub gone: usize,
}

impl Told {
    /// Counts the news of a list.
    #[must_use]
    pub fn of(news: &[News]) -> Self {
        news.iter().fold(Self::default(), |mut told, one| {
            match one {
                News::Same => {}
                News::New => told.new += 1,
                News::Changed(_) => told.changed += 1,
                News::Gone => told.gone += 1,
            }
            told
        })
    }
}

/// A list as it is known: rows, and what became of each.
pub type Known = (Vec<Vec<Value>>, Vec<News>);

/// What the server answered to the same question.
#[derive(Debug)]
pub struct Fresh {
    /// The rows from the first on.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more behind the last.
    pub more: bool,
    /// Whether there were more behind the last row that was known.
    pub had_more: bool,
}

/// A list as it is now, and whether its end was not among what was read: rows that others pushed out of it, which have to be asked
/// for once more.
#[must_use]
pub fn merged(grid: &Grid, known: Known, fresh: Fresh) -> (Known, bool) {
    let (old, news) = known;
    let places = places(grid, &old, &fresh.rows);
    let last = places.iter().flatten().max().copied();
    if last.is_none() && fresh.more {
        // All of it is further down, if it is anywhere: another list.
        let same = vec![News::Same; fresh.rows.len()];
        return ((fresh.rows, same), false);
    }
    // Rows behind the last that was found again were not passed, unless others were read behind it.
    let reaches = !fresh.more || places.last().is_some_and(Option::is_none);
    let tail = places.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    let mut here: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let mut before: BTreeMap<usize, Vec<Vec<Value>>> = BTreeMap::new();
    let mut behind = Vec::new();
    let mut waiting = Vec::new();
    for (at, (row, place)) in fresh.rows.into_iter().zip(&places).enumerate() {
        match place {
            Some(place) => {
                before.insert(*place, std::mem::take(&mut waiting));
                here.insert(*place, row);
            }
            None if at >= tail => behind.push(row),
            None => waiting.push(row),
        }
    }
    let mut out = (Vec::new(), Vec::new());
    let mut put = |row, news| {
        out.0.push(row);
        out.1.push(news);
    };
    let mut is_cut = false;
    for (place, was) in old.into_iter().enumerate() {
        let told = news.get(place).cloned().unwrap_or_default();
        before.remove(&place).unwrap_or_default().into_iter().for_each(|row| put(row, News::New));
        match here.remove(&place) {
            Some(row) => {
                let told = became(grid, &was, &row, told);
                put(row, told);
            }
            None if Some(place) > last && !reaches && told != News::Gone => {
                is_cut = true;
                put(was, told);
            }
            None => put(was, News::Gone),
        }
    }
    let told = if fresh.had_more { News::Same } else { News::New };
    behind.into_iter().for_each(|row| put(row, told.clone()));
    (out, is_cut)
}

/// Where each of the fresh rows stood.
fn places(grid: &Grid, old: &[Vec<Value>], fresh: &[Vec<Value>]) -> Vec<Option<usize>> {
    let mut stood: BTreeMap<RowKey, VecDeque<usize>> = BTreeMap::new();
    for (place, row) in old.iter().enumerate() {
        stood.entry(row_key(grid, row)).or_default().push_back(place);
    }
    fresh.iter().map(|row| stood.get_mut(&row_key(grid, row))?.pop_front()).collect()
}

/// What became of a row that is still there: other in what is shown of it.
fn became(grid: &Grid, was: &[Value], is: &[Value], told: News) -> News {
    if told == News::New {
        return told;
    }
    let mut other = if let News::Changed(columns) = told { columns } else { Vec::new() };
    let shown = grid.columns.iter().map(|column| column.column).chain(grid.style);
    for column in shown {
        if was.get(column) != is.get(column) && !other.contains(&column) {
            other.push(column);
        }
    }
    if other.is_empty() { News::Same } else { News::Changed(other) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Column, Mode};

    /// A grid of a key and a value.
    fn grid() -> Grid {
        let column = |column| Column { column, ..Column::default() };
        Grid {
            name: "list".to_owned(),
            source: 0,
            mode: Mode::Read,
            columns: vec![column(0), column(1)],
            key: vec![0],
            style: None,
            enter: None,
            explain: None,
            empty: String::new(),
            empty_new: String::new(),
            marks: None,
            commit: None,
        }
    }

    fn rows(list: &[(i64, i64)]) -> Vec<Vec<Value>> {
        list.iter().map(|(key, value)| vec![Value::Int(*key), Value::Int(*value)]).collect()
    }

    fn read(old: &[(i64, i64)], fresh: &[(i64, i64)], more: bool) -> (String, bool) {
        let fresh = Fresh { rows: rows(fresh), more, had_more: more };
        let ((rows, news), is_cut) = merged(&grid(), (rows(old), Vec::new()), fresh);
        let told = rows.iter().zip(&news).map(|(row, news)| {
            let sign = match news {
                News::Same => "",
                News::New => "+",
                News::Changed(_) => "~",
                News::Gone => "-",
            };
            format!("{sign}{}", row_key(&grid(), row))
        });
        (told.collect::<Vec<_>>().join(" "), is_cut)
    }

    #[test]
    fn rows_keep_their_order_and_tell_what_became_of_them() {
        let old = [(1, 0), (2, 0), (3, 0), (4, 0)];
        // 2 is gone, 3 has another value, 9 came between 3 and 4, 8 before all; the server would have put 4 before 3.
        let (told, _) = read(&old, &[(8, 0), (1, 0), (4, 0), (9, 0), (3, 5)], false);
        assert_eq!(told, "+8 1 -2 +9 ~3 4");
    }

    #[test]
    fn what_others_pushed_out_of_the_page_is_not_gone() {
        let old = [(1, 0), (2, 0), (3, 0)];
        assert_eq!(read(&old, &[(9, 0), (1, 0), (2, 0)], true), ("+9 1 2 3".to_owned(), true));
        // The last of the page is gone: what follows it is the next page's first, and nothing new.
        assert_eq!(read(&old, &[(1, 0), (2, 0), (4, 0)], true), ("1 2 -3 4".to_owned(), false));
        assert_eq!(read(&old, &[(7, 0), (8, 0), (9, 0)], true).0, "7 8 9");
        // The whole list was read: all of it is gone.
        assert_eq!(read(&old, &[(7, 0)], false).0, "-1 -2 -3 +7");
    }

    #[test]
    fn what_is_not_shown_changes_nothing() {
        let mut grid = grid();
        grid.columns.pop();
        let fresh = Fresh { rows: rows(&[(1, 7)]), more: false, had_more: false };
        let ((_, news), _) = merged(&grid, (rows(&[(1, 0)]), Vec::new()), fresh);
        assert_eq!(news, [News::Same]);
    }

    #[test]
    fn a_row_that_is_back_is_no_longer_gone() {
        let fresh = |list: &[(i64, i64)]| Fresh { rows: rows(list), more: false, had_more: false };
        let (known, _) = merged(&grid(), (rows(&[(1, 0), (2, 0)]), Vec::new()), fresh(&[(2, 0)]));
        assert_eq!(known.1, [News::Gone, News::Same]);
        let (known, _) = merged(&grid(), known, fresh(&[(1, 0), (2, 3)]));
        assert_eq!(known.1, [News::Same, News::Changed(vec![1])]);
        let (known, _) = merged(&grid(), known, fresh(&[(1, 0), (2, 3)]));
        assert_eq!(
            Told::of(&known.1),
            Told { changed: 1, ..Told::default() },
            "a second look forgets nothing"
        );
    }
}
