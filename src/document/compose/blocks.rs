//! Blocks to pieces.

use super::super::bar_code;
use super::super::canvas::{Align, FINE};
use super::super::metrics::Unprintable;
use super::super::page::{Area, Item, Length, Rule};
use super::super::payment_qr;
use super::super::template::Paper;
use super::super::template::block::{Block, Inline, Look, Setting as Place, Span};
use super::ComposeError;
use super::grid::Grid;
use super::lines::{Cut, Setting, broken};
use super::look::{CELL, Kind, Look as Medium};
use super::piece::{Piece, moved};

/// Room between paragraphs, above a heading, around a table; on a typed page the first is nothing and the others a row.
const GAPS: (Length, Length, Length) = (90, 300, 200);
/// The side of a square code.
const QR_SIDE: Length = 3_000;
/// Width of a module of bars, and their height.
const BAR: (Length, Length) = (33, 1_200);

/// Everything of a document, not yet on pages.
pub(super) struct Laid {
    /// In their order.
    pub pieces: Vec<Piece>,
    /// Heads of tables, by number.
    pub heads: Vec<Piece>,
}

/// The pieces of a document.
pub(super) fn pieces(paper: &Paper, look: &Medium<'_>) -> Result<Laid, ComposeError> {
    let printed_width = paper.front.page.0 - paper.front.margins[0] - paper.front.margins[2];
    let laid = Laid { pieces: Vec::new(), heads: Vec::new() };
    let mut layer = Layer { look, printed_width, laid, space: 0, turns: false, holds: false };
    for block in &paper.blocks {
        layer.block(block)?;
    }
    Ok(layer.laid)
}

struct Layer<'a, 'm> {
    look: &'a Medium<'m>,
    printed_width: Length,
    laid: Laid,
    /// Room asked for above the next piece.
    space: Length,
    /// The next piece begins a page.
    turns: bool,
    /// The next piece stays with the last one.
    holds: bool,
}

impl Layer<'_, '_> {
    fn block(&mut self, block: &Block) -> Result<(), ComposeError> {
        match block {
            Block::Heading { level, text } => self.heading(*level, text)?,
            Block::Paragraph { text, setting, small } => self.paragraph(text, *setting, *small)?,
            Block::List { first, items } => self.list(*first, items)?,
            Block::Table(table) => {
                let grid = Grid::new(table, self.look, self.left(), self.printed_width)?;
                let mut pieces = grid.pieces(&mut self.laid.heads)?;
                // A form of several tables is one form.
                let gap = if table.look == Look::Form { 0 } else { self.gap(GAPS.2) };
                if let Some(first) = pieces.first_mut() {
                    first.space = gap;
                }
                self.add(pieces);
                self.space = self.space.max(gap);
            }
            Block::Signatures(lines) => self.signatures(lines)?,
            Block::Rule => {
                let piece = self.rule();
                self.add(vec![piece]);
            }
            Block::Space(height) => self.space += self.look.down(Length::from(*height) * 100),
            Block::Turn => self.turns = true,
            Block::Keep(blocks) => {
                let from = self.laid.pieces.len();
                for block in blocks {
                    self.block(block)?;
                }
                self.laid.pieces.iter_mut().skip(from + 1).for_each(|piece| piece.tied = true);
            }
            Block::Qr(text) => self.qr(text)?,
            Block::Bars(text) => self.bars(text)?,
        }
        Ok(())
    }

    const fn left(&self) -> Length {
        self.look.margins[0]
    }

    fn gap(&self, printed: Length) -> Length {
        if self.look.typed && printed < 150 { 0 } else { self.look.down(printed) }
    }

    fn add(&mut self, pieces: Vec<Piece>) {
        for (place, mut piece) in pieces.into_iter().enumerate() {
            if place == 0 {
                piece.space = piece.space.max(std::mem::take(&mut self.space));
                piece.turns = std::mem::take(&mut self.turns);
                piece.tied = (piece.tied || std::mem::take(&mut self.holds)) && !piece.turns;
            }
            self.laid.pieces.push(piece);
        }
    }

    fn heading(&mut self, level: u8, text: &Inline) -> Result<(), ComposeError> {
        let align = if level == 3 { Align::Left } else { Align::Middle };
        let kind = if level == 1 { Kind::Title } else { Kind::Text };
        let setting = Setting {
            kind,
            width: self.look.width(),
            indent: 0,
            align: Some(align),
            cut: Cut::Nothing,
            bold: true,
        };
        let mut pieces = self.text(text, setting, self.left())?;
        pieces.iter_mut().skip(1).for_each(|piece| piece.tied = true);
        if let Some(first) = pieces.first_mut() {
            first.space = self.gap(GAPS.1);
        }
        self.add(pieces);
        self.space = self.gap(if level == 1 { GAPS.1 } else { GAPS.0 });
        self.holds = true;
        Ok(())
    }

    fn paragraph(&mut self, text: &Inline, place: Place, small: bool) -> Result<(), ComposeError> {
        let (indent, align) = match place {
            Place::Justified => (self.look.indent, None),
            Place::At(align) => (0, Some(align)),
        };
        let kind = if small { Kind::Small } else { Kind::Text };
        let setting = Setting { kind, width: self.look.width(), indent, align, cut: Cut::Words, bold: false };
        let mut pieces = self.text(text, setting, self.left())?;
        together(&mut pieces);
        if let Some(first) = pieces.first_mut() {
            first.space = self.gap(GAPS.0);
        }
        self.add(pieces);
        Ok(())
    }

    fn list(&mut self, first: Option<u64>, items: &[Inline]) -> Result<(), ComposeError> {
        let hang = if self.look.typed { 4 * CELL } else { 700 };
        let width = self.look.width() - hang;
        let setting =
            Setting { kind: Kind::Text, width, indent: 0, align: None, cut: Cut::Words, bold: false };
        for (number, item) in items.iter().enumerate() {
            let mark = first.map_or_else(|| "–".to_owned(), |first| format!("{}.", first + number as u64));
            let mut pieces = self.text(item, setting, self.left() + hang)?;
            together(&mut pieces);
            if let Some(piece) = pieces.first_mut() {
                piece.space = self.gap(GAPS.0);
                piece.items.insert(0, self.run(&mark, self.left(), 0)?);
            }
            self.add(pieces);
        }
        Ok(())
    }

    fn text(&self, text: &Inline, setting: Setting, x: Length) -> Result<Vec<Piece>, Unprintable> {
        let height = self.look.line(setting.kind);
        let name = text.first().map_or("", |span| span.text.as_str());
        let lines = broken(text, setting, self.look)?;
        let piece = |(place, line): (usize, &super::lines::Line)| {
            let items = line.boxes(x, setting, place == 0, self.look)?;
            Ok(Piece { height, items, name: name.to_owned(), ..Piece::default() })
        };
        lines.iter().enumerate().map(piece).collect()
    }

    /// An office, a line to sign on, a name: never without what is signed.
    fn signatures(&mut self, lines: &[(String, Option<String>)]) -> Result<(), ComposeError> {
        let (left, width, printed, look) = (self.left(), self.look.width(), self.printed_width, self.look);
        let place = |share: Length| left + look.across(printed * share / 20, printed);
        let gap = self.gap(if self.look.typed { 300 } else { 450 });
        for (office, name) in lines {
            let room = if name.is_some() { place(9) - left } else { width };
            let setting = Setting {
                kind: Kind::Text,
                width: room,
                indent: 0,
                align: Some(Align::Left),
                cut: Cut::Words,
                bold: false,
            };
            let text = vec![Span { text: office.clone(), bold: false }];
            let mut pieces = self.text(&text, setting, left)?;
            if let (Some(name), Some(last)) = (name, pieces.last_mut()) {
                let (from, to) = (place(10), place(14));
                last.items.push(self.blank(from, to, last.height)?);
                last.items.push(self.run(name, place(14) + CELL, 0)?);
            }
            pieces.iter_mut().for_each(|piece| piece.tied = !self.laid.pieces.is_empty());
            if let Some(first) = pieces.first_mut() {
                first.space = gap;
            }
            self.add(pieces);
        }
        Ok(())
    }

    /// A place to write by hand.
    fn blank(&self, from: Length, to: Length, height: Length) -> Result<Item, Unprintable> {
        if self.look.typed {
            let cells = usize::try_from((to - from) / CELL).unwrap_or_default();
            return self.run(&"_".repeat(cells), from, 0);
        }
        let y = height - height / 12;
        Ok(Item::Rule(Rule { from: (from, y), to: (to, y), thickness: FINE, dashed: false }))
    }

    fn run(&self, text: &str, x: Length, y: Length) -> Result<Item, Unprintable> {
        Ok(Item::Text(self.look.run(text, Kind::Text, false, (x, y))?))
    }

    fn rule(&self) -> Piece {
        let (x, height) = (self.left(), self.look.rule());
        let border = if self.look.typed { CELL } else { 0 };
        let (from, to) = ((x, height / 2), (x + self.look.width() - border, height / 2));
        let line = Item::Rule(Rule { from, to, thickness: FINE, dashed: false });
        Piece { space: self.gap(GAPS.0), height, items: vec![line], ..Piece::default() }
    }

    /// A typewriter draws no squares: the code is left out there.
    fn qr(&mut self, text: &str) -> Result<(), ComposeError> {
        let modules = payment_qr::modules(text.as_bytes())?;
        if !self.look.typed {
            let area = Area { x: self.left(), y: 0, width: QR_SIDE, height: QR_SIDE };
            let piece = Piece {
                space: GAPS.2,
                height: QR_SIDE,
                items: vec![Item::Code { area, modules }],
                ..Piece::default()
            };
            self.add(vec![piece]);
        }
        Ok(())
    }

    /// Bars with their text below, which is all a typewriter prints.
    fn bars(&mut self, text: &str) -> Result<(), ComposeError> {
        let dark = bar_code::modules(text)?;
        let below = if self.look.typed { 0 } else { BAR.1 + 50 };
        let caption = self.run(text, self.left(), 0)?;
        let height = below + self.look.line(Kind::Text);
        let mut items = vec![moved(caption, below)];
        if !self.look.typed {
            let width = Length::try_from(dark.len()).unwrap_or(Length::MAX / 1_000) * BAR.0;
            items.insert(0, Item::Bars { area: Area { x: self.left(), y: 0, width, height: BAR.1 }, dark });
        }
        let piece = Piece { space: self.gap(GAPS.2), height, items, ..Piece::default() };
        self.add(vec![piece]);
        Ok(())
    }
}

/// No line of a paragraph stands alone at the foot or the top of a page.
fn together(pieces: &mut [Piece]) {
    let count = pieces.len();
    for (place, piece) in pieces.iter_mut().enumerate() {
        piece.tied = place > 0 && (place == 1 || place + 1 == count);
    }
}
