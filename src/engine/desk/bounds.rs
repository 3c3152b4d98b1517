//! The resume record is never too large to be written: a change is sent only when its record is, so one that is refused for its size
//! would stop the work. What can be had again goes first, what somebody typed last; what names a change under way stays.

use serde::Serialize;
use serde_json::Value as Json;

use super::Desk;
use super::record::{By, Kept, Marked, Place, Record};

/// The most bytes of a record; the server refuses a million.
const MOST: usize = 900_000;

/// The most keys that were not executed, where there is no room for all: what was pasted into a wait.
const KEYS: usize = 2_000;

/// Bytes something takes as the server counts them: it puts a space behind every comma and colon. Not less.
pub(super) fn size(part: &impl Serialize) -> usize {
    let text = serde_json::to_vec(part).unwrap_or_default();
    text.len() + text.iter().filter(|byte| matches!(byte, b',' | b':')).count()
}

/// The record as it is written, and whether it is the whole one. In turn go: keys of long pastes, marks of rows, the oldest drafts
/// (they stay at the workstation), what rows under way are called, typed sheets, the largest first.
pub(super) fn bounded(mut record: Record) -> (Record, bool) {
    let mut now = size(&record);
    let is_whole = now <= MOST;
    let steps: [fn(&mut Record) -> Option<usize>; 5] = [keys, marks, drafts, names, cells];
    for step in steps {
        while now > MOST {
            let Some(freed) = step(&mut record) else { break };
            now = now.saturating_sub(freed);
        }
    }
    (record, is_whole)
}

fn keys(record: &mut Record) -> Option<usize> {
    let rest = record.keys.split_off(record.keys.len().min(KEYS));
    (!rest.is_empty()).then(|| size(&rest))
}

fn marks(record: &mut Record) -> Option<usize> {
    let marks = record.screens.iter_mut().flat_map(parts).flat_map(|part| part.marks);
    let largest = marks.filter(|marked| !marked.rows.is_empty()).max_by_key(|marked| size(&**marked))?;
    Some(size(&std::mem::take::<Marked>(largest)))
}

fn drafts(record: &mut Record) -> Option<usize> {
    (!record.drafts.is_empty()).then(|| size(&record.drafts.remove(0)))
}

/// A row is asked for by its number; its sheet knows the rest.
fn names(record: &mut Record) -> Option<usize> {
    let before = size(&record.unsettled);
    let of_row = |place: &Place| matches!(place.by, By::Cell(..));
    for row in record.unsettled.iter_mut().filter(|one| one.place.as_ref().is_some_and(of_row)) {
        row.args = Json::Null;
        row.sent.place.clear();
        row.sent.title.clear();
    }
    Some(before - size(&record.unsettled)).filter(|freed| *freed > 0)
}

fn cells(record: &mut Record) -> Option<usize> {
    let sheets = record.screens.iter_mut().flat_map(parts).map(|part| part.cells);
    let largest = sheets.filter(|cells| !cells.is_empty()).max_by_key(|cells| cells.len())?;
    Some(size(&std::mem::take(largest)))
}

/// What can be large in a screen.
struct Part<'a> {
    marks: &'a mut Vec<Marked>,
    cells: &'a mut Vec<(usize, String, usize, String)>,
}

/// A screen and those inside it, one by one.
fn parts(kept: &mut Kept) -> Vec<Part<'_>> {
    let Kept { marks, cells, inside, behind, .. } = kept;
    let mut all = vec![Part { marks, cells }];
    all.extend(inside.iter_mut().flat_map(|inside| parts(inside)));
    all.extend(behind.values_mut().flat_map(parts));
    all
}

impl Desk {
    /// Says that the record is not the whole one any more, once until it is again.
    pub(super) fn tell_of_bounds(&mut self, is_whole: bool) {
        if is_whole {
            self.is_cut = false;
        } else if !self.is_cut && !self.message.is_refusal {
            self.is_cut = true;
            self.say("record-cut");
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::record::{Draft, Unsettled};
    use super::*;
    use crate::engine::grid::Sent;
    use crate::engine::value::Value;

    /// A sheet of so many typed rows and so many marked ones.
    fn sheet(cells: usize, marks: usize) -> Kept {
        let cell = |row: usize| (0, format!("{row}\u{1f}1"), 7, "12345".to_owned());
        let row = |row: usize| (row.to_string(), vec![Value::from("улица Садовая, дом 1"); 6]);
        let marked = Marked { rows: (0..marks).map(row).collect(), all: None };
        Kept { cells: (0..cells).map(cell).collect(), marks: vec![marked], ..Kept::default() }
    }

    fn draft(title: &str, kept: Kept) -> Draft {
        let at = chrono::NaiveDateTime::default();
        Draft { id: Uuid::nil(), title: title.to_owned(), at, kept, awaits: None }
    }

    /// A row of a sheet that is on its way, named as sheets name theirs.
    fn under_way(row: usize) -> Unsettled {
        let by = By::Cell(0, row.to_string(), 7);
        let fact = serde_json::json!({ "facts": [{ "meter_id": row, "register": 1, "value": "130", "day": "2026-03-15" }] });
        Unsettled {
            id: Uuid::from_u128(row as u128),
            kind: "meters.sheet_reading".to_owned(),
            args: fact,
            ground: None,
            place: Some(Place { screen: 0, tabs: Vec::new(), is_touched: false, by }),
            sent: Sent {
                text: "130".to_owned(),
                title: "Показание 130".to_owned(),
                place: "Обход «Садовая», кв. 1".repeat(12),
            },
        }
    }

    #[test]
    fn a_record_with_room_is_the_whole_one() {
        let record = Record {
            screens: vec![sheet(2_000, 100)],
            drafts: vec![draft("а", sheet(10, 0))],
            ..Record::default()
        };
        assert_eq!(bounded(record.clone()), (record, true));
    }

    /// Marks can be made again, drafts are still at the workstation: what is typed into the open sheet stays.
    #[test]
    fn what_can_be_had_again_goes_first() {
        let drafts = vec![draft("старый", sheet(6_000, 0)), draft("новый", sheet(10, 0))];
        let record = Record { screens: vec![sheet(24_000, 9_000)], drafts, ..Record::default() };
        let (record, is_whole) = bounded(record);
        assert!(!is_whole && size(&record) <= MOST);
        assert_eq!((record.screens[0].cells.len(), record.screens[0].marks[0].rows.len()), (24_000, 0));
        assert_eq!(record.drafts.iter().map(|draft| draft.title.as_str()).collect::<Vec<_>>(), ["новый"]);
    }

    /// A whole sheet pasted at once is under way row by row: every row stays named by its number, so each may be sent.
    #[test]
    fn rows_under_way_stay_in_the_record() {
        let unsettled: Vec<Unsettled> = (0..2_000).map(under_way).collect();
        let ids: Vec<Uuid> = unsettled.iter().map(|row| row.id).collect();
        let record = Record { screens: vec![sheet(2_000, 0)], unsettled, ..Record::default() };
        assert!(size(&record) > MOST, "{}", size(&record));
        let (record, _) = bounded(record);
        assert!(size(&record) <= MOST);
        assert_eq!(record.unsettled.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
        assert_eq!(record.screens[0].cells.len(), 2_000);
    }

    #[test]
    fn a_paste_into_a_wait_is_kept_in_part_and_the_largest_sheet_goes_last() {
        let keys = vec!["ж".to_owned(); 300_000];
        let record = Record { screens: vec![sheet(10, 0), sheet(60_000, 0)], keys, ..Record::default() };
        let (record, _) = bounded(record);
        assert_eq!(record.keys.len(), KEYS);
        assert_eq!((record.screens[0].cells.len(), record.screens[1].cells.len()), (10, 0));
    }
}
