//! Text into lines: words by width, long ones by syllables, spaces widened where the line must fill its column.

use super::super::canvas::Align;
use super::super::glue;
use super::super::metrics::Unprintable;
use super::super::page::{Item, Length};
use super::super::template::block::Span;
use super::look::{CELL, Kind, Look};
use super::syllables;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Its kind.
    pub kind: Kind,
    /// The width of its column.
    pub width: Length,
    /// How far the first line is moved in.
    pub indent: Length,
    /// Where its lines stand; nowhere = they fill the column.
    pub align: Option<Align>,
    /// Which words may be cut by syllables.
    pub cut: Cut,
    /// All in bold.
    pub bold: bool,
}

/// Which words may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// None: titles.
    Nothing,
    /// All but those with a capital letter: names stay whole.
    Words,
    /// All: narrow cells.
    Everything,
    /// Those that fit on no line: heads of columns, which are looked for as a whole.
    Overlong,
}

/// A line: stretches of one weight, words with single spaces between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    parts: Vec<Span>,
    /// The last of its paragraph, or before a forced break: never widened.
    ends: bool,
}

/// Breaks a text into lines.
pub(super) fn broken(text: &[Span], setting: Setting, look: &Look<'_>) -> Result<Vec<Line>, Unprintable> {
    let mut breaker = Breaker { setting, look, lines: Vec::new(), line: Line::default() };
    let paragraphs = words(text, setting.bold);
    for words in paragraphs {
        for word in words {
            breaker.add(word)?;
        }
        breaker.line.ends = true;
        breaker.turn();
    }
    while breaker.lines.last().is_some_and(|line| line.parts.is_empty()) {
        breaker.lines.pop();
    }
    Ok(breaker.lines)
}

/// A word with what clings to it, in stretches of one weight.
type Word = Vec<Span>;

/// The words of each stretch between forced breaks; what may not be parted is one word.
fn words(text: &[Span], bold: bool) -> Vec<Vec<Word>> {
    split_words(text, bold).into_iter().map(glued).collect()
}

fn glued(words: Vec<Word>) -> Vec<Word> {
    let mut glued: Vec<Word> = Vec::new();
    // The bare text of the last word: of a glued one only what was added last.
    let mut last = String::new();
    for word in words {
        let bare: String = word.iter().map(|part| part.text.as_str()).collect();
        match glued.last_mut() {
            Some(before) if !glue::parts(&last, &bare) => {
                for (place, part) in word.iter().enumerate() {
                    let joint = if place == 0 { "\u{a0}" } else { "" };
                    push(before, &format!("{joint}{}", part.text), part.bold);
                }
                // «2026 г.» is finished by its «г.»; a town would have a name behind it.
                last = if last.ends_with(|c: char| c.is_ascii_digit()) { String::new() } else { bare };
            }
            _ => {
                last = bare;
                glued.push(word);
            }
        }
    }
    glued
}

fn split_words(text: &[Span], bold: bool) -> Vec<Vec<Word>> {
    let mut paragraphs = vec![Vec::new()];
    let mut word: Word = Vec::new();
    for span in text {
        for character in span.text.chars() {
            if character == ' ' || character == '\n' {
                if !word.is_empty() {
                    paragraphs.last_mut().into_iter().for_each(|words| words.push(std::mem::take(&mut word)));
                }
                if character == '\n' {
                    paragraphs.push(Vec::new());
                }
                continue;
            }
            push(&mut word, character.encode_utf8(&mut [0; 4]), span.bold || bold);
        }
    }
    if !word.is_empty() {
        paragraphs.last_mut().into_iter().for_each(|words| words.push(std::mem::take(&mut word)));
    }
    paragraphs
}

fn push(parts: &mut Vec<Span>, text: &str, bold: bool) {
    match parts.last_mut() {
        Some(last) if last.bold == bold => last.text.push_str(text),
        _ => parts.push(Span { text: text.to_owned(), bold }),
    }
}

struct Breaker<'a, 'm> {
    setting: Setting,
    look: &'a Look<'m>,
    lines: Vec<Line>,
    line: Line,
}

impl Breaker<'_, '_> {
    fn room(&self) -> Length {
        self.setting.width - if self.lines.is_empty() { self.setting.indent } else { 0 }
    }

    fn turn(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
    }

    fn with(&self, word: &[Span]) -> Line {
        let mut line = self.line.clone();
        for (place, part) in word.iter().enumerate() {
            if place == 0 && !line.parts.is_empty() {
                push(&mut line.parts, " ", part.bold);
            }
            push(&mut line.parts, &part.text, part.bold);
        }
        line
    }

    fn fits(&self, line: &Line) -> Result<bool, Unprintable> {
        Ok(width(line, self.setting.kind, self.look)? <= self.room())
    }

    fn add(&mut self, word: Word) -> Result<(), Unprintable> {
        let longer = self.with(&word);
        if self.fits(&longer)? {
            self.line = longer;
            return Ok(());
        }
        let mut rest = word;
        while let Some((head, tail)) = self.cut(&rest)? {
            self.line = self.with(&head);
            self.turn();
            rest = tail;
            if self.fits(&self.with(&rest))? {
                break;
            }
        }
        if !self.line.parts.is_empty() {
            self.turn();
        }
        while !self.fits(&self.with(&rest))? {
            let Some((head, tail)) = self.split_anywhere(&rest)? else { break };
            self.line = self.with(&head);
            self.turn();
            rest = tail;
        }
        self.line = self.with(&rest);
        Ok(())
    }

    /// The longest beginning of a word, cut by syllables, that fits at the end of the line.
    fn cut(&self, word: &Word) -> Result<Option<(Word, Word)>, Unprintable> {
        let [only] = word.as_slice() else { return Ok(None) };
        let alone = Line { parts: word.clone(), ends: false };
        if self.setting.cut == Cut::Overlong
            && width(&alone, self.setting.kind, self.look)? <= self.setting.width
        {
            return Ok(None);
        }
        for place in syllables::places(&only.text, self.setting.cut).into_iter().rev() {
            let (head, tail) = only.text.split_at(place);
            let hyphen = if head.ends_with('-') { "" } else { "-" };
            let part = |text: String| vec![Span { text, bold: only.bold }];
            let head = part(format!("{head}{hyphen}"));
            if self.fits(&self.with(&head))? {
                return Ok(Some((head, part(tail.to_owned()))));
            }
        }
        Ok(None)
    }

    /// A word wider than a whole line is cut where the line ends, one character at least.
    fn split_anywhere(&self, word: &Word) -> Result<Option<(Word, Word)>, Unprintable> {
        let characters: usize = word.iter().map(|part| part.text.chars().count()).sum();
        if characters < 2 {
            return Ok(None);
        }
        let mut best = split(word, 1);
        for count in 2..characters {
            let (head, tail) = split(word, count);
            if !self.fits(&self.with(&head))? {
                break;
            }
            best = (head, tail);
        }
        Ok(Some(best))
    }
}

fn split(word: &Word, count: usize) -> (Word, Word) {
    let (mut head, mut tail) = (Word::new(), Word::new());
    let characters = word.iter().flat_map(|part| part.text.chars().map(|character| (character, part.bold)));
    for (place, (character, bold)) in characters.enumerate() {
        let side = if place < count { &mut head } else { &mut tail };
        push(side, character.encode_utf8(&mut [0; 4]), bold);
    }
    (head, tail)
}

fn width(line: &Line, kind: Kind, look: &Look<'_>) -> Result<Length, Unprintable> {
    line.parts.iter().map(|part| look.metrics.width(&part.text, look.style(kind, part.bold))).sum()
}

impl Line {
    /// The line as boxes: its upper edge at 0, its column beginning at `x`. `first` = the first of its paragraph.
    pub(super) fn boxes(
        &self,
        x: Length,
        setting: Setting,
        first: bool,
        look: &Look<'_>,
    ) -> Result<Vec<Item>, Unprintable> {
        let indent = if first { setting.indent } else { 0 };
        let spare = setting.width - indent - width(self, setting.kind, look)?;
        let mut x = x + indent;
        let (mut parts, mut spread) = (self.parts.clone(), 0);
        match setting.align {
            Some(Align::Left) => {}
            Some(Align::Middle) => x += snapped(spare / 2, look),
            Some(Align::Right) => x += spare.max(0),
            None if self.ends => {}
            None if look.typed => widen(&mut parts, spare / CELL),
            None => spread = spare / spaces(&parts).max(1),
        }
        let mut boxes = Vec::new();
        for part in parts {
            let spaces = Length::try_from(part.text.matches(' ').count()).unwrap_or_default();
            let mut run = look.run(&part.text, setting.kind, part.bold, (x, 0))?;
            if spaces > 0 {
                run.spread = spread;
                run.area.width += spread * spaces;
            }
            x = run.area.right();
            boxes.push(Item::Text(run));
        }
        Ok(boxes)
    }
}

fn snapped(length: Length, look: &Look<'_>) -> Length {
    if look.typed { length / CELL * CELL } else { length.max(0) }
}

fn spaces(parts: &[Span]) -> Length {
    Length::try_from(parts.iter().map(|part| part.text.matches(' ').count()).sum::<usize>()).unwrap_or(1)
}

/// Widens the spaces of a typed line by so many cells in all, as evenly as cells go.
fn widen(parts: &mut [Span], cells: Length) {
    let all = spaces(parts);
    if all == 0 {
        return;
    }
    let mut seen = 0;
    for part in parts {
        let mut text = String::with_capacity(part.text.len() + 8);
        for character in part.text.chars() {
            text.push(character);
            if character == ' ' {
                // The n-th space ends where n equal shares of the room would.
                let more = cells * (seen + 1) / all - cells * seen / all;
                (0..more).for_each(|_| text.push(' '));
                seen += 1;
            }
        }
        part.text = text;
    }
}
