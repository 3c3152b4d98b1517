//! A picture: the text of a screen file with its tags taken out.

use std::borrow::Cow;

use crate::engine::overlay::help::broken;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Name in the file.
    pub name: String,
    /// Whether it stands at the foot of the screen.
    pub at_foot: bool,
    /// The picture it stands right of where the terminal is wide enough; below it, like any other, where it is not.
    pub beside: Option<usize>,
    /// The lines, tags replaced by spaces.
    pub lines: Vec<String>,
    /// Where the fields stand, in reading order.
    pub slots: Vec<Slot>,
}

/// The place of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The field.
    pub field: usize,
    /// Line from the top of the picture.
    pub line: u16,
    /// Column from the left.
    pub column: u16,
    /// Width.
    pub width: u16,
    /// Whether it takes surplus width.
    pub grows: bool,
}

impl Picture {
    /// The picture for so many columns. Pictures are drawn for 80; on a narrower terminal what does not fit into a line goes on
    /// in the next one, every field with the label before it, so that nothing is out of reach.
    #[must_use]
    pub fn within(&self, width: u16) -> Cow<'_, Self> {
        let fits = |slot: &Slot| slot.column + slot.width <= width;
        if self.slots.iter().all(fits) && self.lines.iter().all(|line| cells(line) <= width) {
            return Cow::Borrowed(self);
        }
        let mut folded = Self { lines: Vec::new(), slots: Vec::new(), ..self.clone() };
        for (number, line) in self.lines.iter().enumerate() {
            let slots: Vec<Slot> =
                self.slots.iter().filter(|slot| usize::from(slot.line) == number).copied().collect();
            folded.add_line(line, &slots, width);
        }
        Cow::Owned(folded)
    }

    /// Columns it takes as it is drawn.
    #[must_use]
    pub fn width(&self) -> u16 {
        let texts = self.lines.iter().map(|line| cells(line));
        let slots = self.slots.iter().map(|slot| slot.column + slot.width);
        texts.chain(slots).max().unwrap_or_default()
    }

    /// Rows it takes of so many columns.
    #[must_use]
    pub fn height(&self, width: u16) -> u16 {
        u16::try_from(self.within(width).lines.len()).unwrap_or(u16::MAX)
    }

    fn add_line(&mut self, line: &str, slots: &[Slot], width: u16) {
        let mut row = String::new();
        let mut from = 0;
        for slot in slots {
            let mut label = columns(line, from, slot.column);
            // Lines are kept without the spaces at their end, where tags stood.
            let missing = slot.column.saturating_sub(from).saturating_sub(cells(&label));
            label.push_str(&" ".repeat(usize::from(missing)));
            from = slot.column + slot.width;
            let end = cells(&row) + cells(&label) + slot.width;
            let label = if end > width && !row.is_empty() {
                self.lines.push(std::mem::take(&mut row));
                label.trim_start().to_owned()
            } else {
                label
            };
            row.push_str(&label);
            let column = cells(&row);
            let room = slot.width.min(width.saturating_sub(column));
            let line = u16::try_from(self.lines.len()).unwrap_or(u16::MAX);
            self.slots.push(Slot { line, column, width: room, ..*slot });
            row.push_str(&" ".repeat(usize::from(room)));
        }
        let rest = columns(line, from, u16::MAX);
        let rest = rest.trim_end();
        if cells(&row) + cells(rest) <= width {
            row.push_str(rest);
            self.lines.push(row);
            return;
        }
        if !row.trim().is_empty() {
            self.lines.push(row);
        }
        self.lines.extend(broken(rest.trim_start(), usize::from(width)));
    }
}

fn cells(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// The text between two columns.
fn columns(line: &str, from: u16, to: u16) -> String {
    let mut at = 0;
    let mut out = String::new();
    for letter in line.chars() {
        if at >= from && at < to {
            out.push(letter);
        }
        at += u16::try_from(letter.width().unwrap_or(0)).unwrap_or(0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Общая [       ] Комнат [   ] Жильцов [  ]` on 24 columns: two fields, then the third with its label.
    #[test]
    fn what_does_not_fit_goes_on_below_with_its_label() {
        let slot = |field, column, width| Slot { field, line: 0, column, width, grows: false };
        let picture = Picture {
            lines: vec!["Общая         Комнат     Жильцов".to_owned(), "Счёт".to_owned()],
            slots: vec![slot(0, 6, 7), slot(1, 21, 3), slot(2, 33, 2)],
            ..Picture::default()
        };
        let narrow = picture.within(24);
        assert_eq!(narrow.lines, ["Общая         Комнат    ", "Жильцов   ", "Счёт"]);
        let places: Vec<_> = narrow.slots.iter().map(|slot| (slot.line, slot.column, slot.width)).collect();
        assert_eq!(places, [(0, 6, 7), (0, 21, 3), (1, 8, 2)]);
        assert_eq!((picture.height(24), picture.height(80)), (3, 2));
        assert_eq!(*picture.within(80), picture);
    }

    /// `[   ] минус уменьшает` on 16 columns: what is said behind a field goes below it, whole.
    #[test]
    fn words_behind_a_field_are_never_cut() {
        let slot = Slot { field: 0, line: 0, column: 6, width: 7, grows: false };
        let lines = vec!["Сумма         минус уменьшает".to_owned()];
        let picture = Picture { lines, slots: vec![slot], ..Picture::default() };
        assert_eq!(picture.within(16).lines, ["Сумма        ", "минус уменьшает"]);
        let told =
            Picture { lines: vec!["Долг не больше года".to_owned()], ..Picture::default() };
        assert_eq!(told.within(10).lines, ["Долг не", "больше", "года"]);
    }

    /// A field wider than the terminal is cut to it.
    #[test]
    fn a_field_is_never_wider_than_the_terminal() {
        let slot = Slot { field: 0, line: 0, column: 6, width: 60, grows: true };
        let picture =
            Picture { lines: vec!["Адрес ".to_owned()], slots: vec![slot], ..Picture::default() };
        assert_eq!(picture.within(40).slots[0].width, 34);
    }
}
