//! Pieces of a document and their way onto pages: a piece is never torn, some may not be parted.

use super::super::flow::TooHigh;
use super::super::page::{Item, Length, Page};

/// Something that stands whole on one page: a line of text, a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Piece {
    /// Room above it; left out at the top of a page.
    pub space: Length,
    /// Its height.
    pub height: Length,
    /// Its boxes, the upper edge at 0.
    pub items: Vec<Item>,
    /// Stays with the piece before it.
    pub tied: bool,
    /// Begins a page.
    pub turns: bool,
    /// What is repeated above it where it begins a page in the middle of a table: number of a head.
    pub head: Option<usize>,
    /// What it is called in a refusal.
    pub name: String,
}

/// Pieces being put onto pages.
pub(super) struct Pages<'h> {
    page: (Length, Length),
    top: Length,
    bottom: Length,
    heads: &'h [Piece],
    y: Length,
    items: Vec<Item>,
    done: Vec<Page>,
}

impl<'h> Pages<'h> {
    /// Empty pages of a size, filled between two heights.
    pub(super) const fn new(page: (Length, Length), top: Length, bottom: Length, heads: &'h [Piece]) -> Self {
        Self { page, top, bottom, heads, y: top, items: Vec::new(), done: Vec::new() }
    }

    /// Puts all pieces down.
    pub(super) fn fill(mut self, pieces: &[Piece]) -> Result<Vec<Page>, TooHigh> {
        let mut rest = pieces;
        while let Some(first) = rest.first() {
            let tied = rest.iter().skip(1).take_while(|piece| piece.tied).count();
            let (group, after) = rest.split_at(tied + 1);
            let height: Length = group.iter().map(|piece| piece.space + piece.height).sum();
            if first.turns || (self.y + height > self.bottom && self.y > self.top) {
                self.turn();
            }
            for piece in group {
                self.put(piece)?;
            }
            rest = after;
        }
        self.turn();
        Ok(self.done)
    }

    fn put(&mut self, piece: &Piece) -> Result<(), TooHigh> {
        if self.y > self.top && self.y + piece.space + piece.height > self.bottom {
            self.turn();
        }
        if self.y == self.top {
            if let Some(head) = piece.head.and_then(|head| self.heads.get(head)) {
                self.place(head, 0);
            }
            self.place(piece, 0);
        } else {
            self.place(piece, piece.space);
        }
        if self.y > self.bottom {
            return Err(TooHigh(piece.name.clone()));
        }
        Ok(())
    }

    fn place(&mut self, piece: &Piece, space: Length) {
        let y = self.y + space;
        self.items.extend(piece.items.iter().cloned().map(|item| moved(item, y)));
        self.y = y + piece.height;
    }

    fn turn(&mut self) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.done.push(Page { width: self.page.0, height: self.page.1, items });
        }
        self.y = self.top;
    }
}

/// A box so much lower.
pub(super) fn moved(item: Item, by: Length) -> Item {
    match item {
        Item::Text(mut run) => {
            run.area.y += by;
            run.baseline += by;
            Item::Text(run)
        }
        Item::Rule(mut rule) => {
            rule.from.1 += by;
            rule.to.1 += by;
            Item::Rule(rule)
        }
        Item::Frame { mut area, thickness } => {
            area.y += by;
            Item::Frame { area, thickness }
        }
        Item::Code { mut area, modules } => {
            area.y += by;
            Item::Code { area, modules }
        }
        Item::Bars { mut area, dark } => {
            area.y += by;
            Item::Bars { area, dark }
        }
        Item::Stamp(mut stamp) => {
            stamp.middle.1 += by;
            Item::Stamp(stamp)
        }
    }
}
