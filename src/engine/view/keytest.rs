//! The test of a terminal: a scale, signs whose width terminals disagree about, a frame, the keys that came and what to change.

use unicode_width::UnicodeWidthStr;

use crate::engine::blocks::BlockState;
use crate::engine::blocks::keytest::{WANTED, scale};
use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk};
use crate::engine::overlay::help::broken;
use crate::keymap::RULER;

/// Letters and signs of Russian texts, and a frame of single lines.
const SAMPLE: [&str; 3] = ["┌──┬──┐", "│ЁЖ│№»│", "└──┴──┘"];

/// Columns between a sample and what is said of it.
const GAP: u16 = 2;

/// Rows kept for what arrived.
const ARRIVALS: u16 = 2;

pub(super) fn paint(desk: &Desk, canvas: &mut Canvas, state: &BlockState, area: Area, active: bool) {
    let words = desk.words();
    let columns = usize::from(area.width);
    let mut y = area.y;
    let end = area.y + area.height;
    canvas.put_within(area.x, y, area.width, &scale(columns), Tone::Value);
    y += 1;
    let size =
        [("columns", usize::from(canvas.width()).into()), ("rows", usize::from(canvas.height()).into())];
    y = text(canvas, (area.x, y, end), columns, &words.with("key-test-scale", &size), Tone::Plain);
    y = beside(canvas, (area, y, end), &RULER, &words.text("key-test-width"));
    y = beside(canvas, (area, y, end), &SAMPLE, &words.text("key-test-frame"));
    y = keys(canvas, state, area, y, end);
    let advice = state.keys.advice(words, desk.lang);
    let (told, tone) = match &advice {
        Some(advice) => (advice.as_str(), Tone::Warning),
        None => ("", Tone::Plain),
    };
    let told = if told.is_empty() { words.text("key-test-press").into_owned() } else { told.to_owned() };
    y = text(canvas, (area.x, y, end.saturating_sub(ARRIVALS)), columns, &told, tone);
    arrivals(canvas, state, area, y, end);
    if active {
        canvas.cursor = Some((area.x, y.min(end.saturating_sub(1))));
    }
}

/// A text over as many rows as it needs; answers with the row below it.
fn text(canvas: &mut Canvas, (x, y, end): (u16, u16, u16), columns: usize, text: &str, tone: Tone) -> u16 {
    let lines = broken(text, columns);
    let rows = (y..end).zip(&lines).map(|(row, line)| canvas.put(x, row, line, tone)).count();
    y + u16::try_from(rows).unwrap_or_default()
}

/// A sample, and what is to be seen in it to its right.
fn beside(canvas: &mut Canvas, (area, y, end): (Area, u16, u16), sample: &[&str], told: &str) -> u16 {
    let width = sample.iter().map(|row| row.width()).max().unwrap_or_default();
    for (row, line) in (y..end).zip(sample) {
        canvas.put(area.x, row, line, Tone::Value);
    }
    let x = area.x + u16::try_from(width).unwrap_or_default() + GAP;
    let room = usize::from((area.x + area.width).saturating_sub(x));
    let below = text(canvas, (x, y, end), room, told, Tone::Plain);
    below.max((y + u16::try_from(sample.len()).unwrap_or_default()).min(end))
}

/// The keys asked for: a plus behind each that came.
fn keys(canvas: &mut Canvas, state: &BlockState, area: Area, mut y: u16, end: u16) -> u16 {
    let mut x = area.x;
    for key in WANTED {
        let came = state.keys.came.contains(&key);
        let name = format!("{key}{}", if came { "+" } else { " " });
        let width = u16::try_from(name.width()).unwrap_or_default();
        if x + width > area.x + area.width {
            (x, y) = (area.x, y + 1);
        }
        if y >= end {
            return end;
        }
        canvas.put(x, y, &name, if came { Tone::Title } else { Tone::Faint });
        x += width + 1;
    }
    y + 1
}

/// The latest presses, the last at the bottom.
fn arrivals(canvas: &mut Canvas, state: &BlockState, area: Area, y: u16, end: u16) {
    let all = &state.keys.arrivals;
    let rows = usize::from(end.saturating_sub(y));
    for (row, arrival) in (y..end).zip(&all[all.len().saturating_sub(rows)..]) {
        let key = arrival.key.map_or_else(|| "?".to_owned(), |key| key.to_string());
        let line = format!("{key:<9} {:<9} {}", arrival.bytes.to_string(), arrival.means);
        canvas.put_within(area.x, row, area.width, line.trim_end(), Tone::Value);
    }
}
