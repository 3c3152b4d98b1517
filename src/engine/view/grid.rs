//! Rows: heading, what is in sight, totals, and how many there are.

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::empty;
use super::form::tone_of;
use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk, marks_told, rows_of_grid, rows_total};
use crate::engine::feed::Feed;
use crate::engine::grid::{CellState, GridState, row_key, visible};
use crate::engine::model::{Column, Grid, Load, Source, Total};
use crate::engine::news::News;
use crate::engine::overlay::help::broken;
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::Window;

/// What stands behind a row that others changed, added, took away.
const CHANGED: &str = "~";
const NEW: &str = "+";
const GONE: &str = "-";

/// A column that is shown, with its place.
struct Shown<'a> {
    index: usize,
    column: &'a Column,
    x: u16,
    width: u16,
}

/// Paints a grid.
pub(super) fn paint(
    desk: &Desk,
    canvas: &mut Canvas,
    window: &Window,
    index: usize,
    area: Area,
    active: bool,
) {
    let model = &window.model.grids[index];
    let feed = &window.feeds[model.source];
    let state = &window.grids[index];
    let columns = columns(model, area);
    for shown in &columns {
        let tone = if active && shown.index == state.column { Tone::Tab } else { Tone::Title };
        put_heading(canvas, shown, area.y, &window.heading(shown.column, &desk.present), tone);
    }
    if columns.len() < model.columns.len() {
        // The last cell of a heading is free in every grid.
        canvas.put(area.x + area.width.saturating_sub(1), area.y, "›", Tone::Faint);
    }
    let totals = rows_total(window, index);
    let height = rows_of_grid(area.height, totals);
    let top = area.y + 1;
    for (offset, row) in feed.rows.iter().enumerate().skip(state.top).take(height) {
        let y = top + u16::try_from(offset - state.top).unwrap_or(0);
        paint_row(desk, canvas, (model, state, feed.news_of(offset)), &columns, row, offset, y, active);
        sign(canvas, feed.news_of(offset), area.x + area.width.saturating_sub(1), y);
    }
    // The sum of nothing says nothing.
    if totals && !feed.rows.is_empty() {
        paint_totals(canvas, feed, &columns, area.y + area.height.saturating_sub(2));
    }
    if has_nothing(feed, window.model.sources.get(model.source)) {
        let room = usize::from(area.width).saturating_sub(2);
        let said = empty::told(desk, &format!("{} {}", model.empty, model.empty_new));
        for (y, line) in (top..).zip(broken(&said, room).into_iter().take(height)) {
            canvas.put(area.x + 1, y, &line, Tone::Faint);
        }
    }
    foot(desk, canvas, window, index, area);
    if active && feed.rows.is_empty() {
        canvas.cursor = Some((area.x, top.min(area.y + area.height.saturating_sub(1))));
    }
}

/// Numbers stand at the right edge of their column, and so does what stands above them.
fn put_heading(canvas: &mut Canvas, shown: &Shown<'_>, y: u16, title: &str, tone: Tone) {
    let is_of_numbers =
        matches!(shown.column.show, Show::Money | Show::Price | Show::Grouped | Show::Scaled | Show::Trimmed);
    let width = u16::try_from(title.width()).unwrap_or(u16::MAX);
    let before = if is_of_numbers { shown.width.saturating_sub(width) } else { 0 };
    canvas.put_within(shown.x + before, y, shown.width - before, title, tone);
}

/// What became of a row since it was seen, in its last cell, which is free in every grid: no theme needs a colour for it.
fn sign(canvas: &mut Canvas, news: &News, x: u16, y: u16) {
    let (sign, tone) = match news {
        News::Same => return,
        News::New => (NEW, Tone::Warning),
        News::Changed(_) => (CHANGED, Tone::Warning),
        News::Gone => (GONE, Tone::Faint),
    };
    canvas.put(x, y, sign, tone);
}

/// Everything was asked for and there is nothing. What is typed over a search is its question, over another list a part of it.
fn has_nothing(feed: &Feed, source: Option<&Source>) -> bool {
    let is_search = source.is_some_and(|source| source.line.is_some() && source.load == Load::Ask);
    let is_whole = (feed.filter.is_empty() || is_search) && feed.example.told.is_empty();
    feed.rows.is_empty() && feed.asked && is_whole && !feed.is_awaited() && feed.refusal.is_none()
}

/// Which columns are shown, and where: growing ones share what is left over.
fn columns(model: &Grid, area: Area) -> Vec<Shown<'_>> {
    let room = usize::from(area.width);
    let kept: Vec<(usize, &Column)> =
        visible(model, room).into_iter().map(|index| (index, &model.columns[index])).collect();
    let widths = widths(&kept, room);
    let mut x = area.x + 1;
    let end = area.x + area.width;
    let mut out = Vec::new();
    for ((index, column), width) in kept.into_iter().zip(widths) {
        let width = u16::try_from(width).unwrap_or(u16::MAX).min(end.saturating_sub(x));
        if width == 0 {
            break;
        }
        out.push(Shown { index, column, x, width });
        x += width + 1;
    }
    out
}

/// Widths of the shown columns: growing ones share what is left over; where even these do not fit, the widest ones give way, but
/// never the one that is typed into.
fn widths(kept: &[(usize, &Column)], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = kept.iter().map(|(_, column)| column.width).collect();
    let mut taken = widths.iter().map(|width| width + 1).sum::<usize>() + 1;
    let surplus = room.saturating_sub(taken);
    let grow: usize = kept.iter().map(|(_, column)| column.grow).sum();
    for (width, (_, column)) in widths.iter_mut().zip(kept) {
        *width += (surplus * column.grow).checked_div(grow).unwrap_or(0);
    }
    while taken > room {
        let yields = widths.iter_mut().zip(kept).filter(|(width, (_, column))| **width > column.least());
        let Some((widest, _)) = yields.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
        taken -= 1;
    }
    widths
}

#[allow(clippy::too_many_arguments, reason = "a row is painted from all of them and nothing else is")]
fn paint_row(
    desk: &Desk,
    canvas: &mut Canvas,
    (model, state, news): (&Grid, &GridState, &News),
    columns: &[Shown<'_>],
    row: &[Value],
    number: usize,
    y: u16,
    active: bool,
) {
    let here = active && number == state.row;
    let key = row_key(model, row);
    let style = model.style.and_then(|column| row.get(column)).map(|value| shown(value, &Show::Plain));
    let gone = *news == News::Gone;
    let base = if gone { Tone::Faint } else { tone_of(style.as_deref().unwrap_or_default()) };
    let mark = if state.is_marked(&key) {
        "*"
    } else if here {
        "›"
    } else {
        " "
    };
    let x = columns.first().map_or(0, |first| first.x.saturating_sub(1));
    canvas.put(x, y, mark, if here { Tone::Focus } else { base });
    for shown in columns {
        // Only the cell under the cursor is lit: a whole row would cost six times the bytes of a key.
        let lit = here && shown.index == state.column;
        let cell = state.cells.get(&(key.clone(), shown.index)).filter(|cell| !cell.is_blank());
        if let Some(cell) = cell {
            let (text, tone) = typed(cell.seen(), &cell.state);
            canvas.put_number(shown.x, y, shown.width, &text, if lit { Tone::Focus } else { tone });
        } else if shown.column.edit.is_some() && row.get(shown.column.column).is_none_or(Value::is_empty) {
            let blank = "_".repeat(usize::from(shown.width));
            canvas.put_within(shown.x, y, shown.width, &blank, if lit { Tone::Focus } else { Tone::Entry });
        } else {
            let is_other = matches!(news, News::Changed(columns) if columns.contains(&shown.column.column));
            let tone = if is_other { Tone::Warning } else { base };
            paint_cell(desk, canvas, shown, row, y, if lit { Tone::Focus } else { tone });
        }
        if lit {
            let end = shown.x + shown.width.saturating_sub(1);
            let number =
                shown.column.edit.is_some() || row.get(shown.column.column).is_some_and(Value::is_number);
            canvas.cursor = Some((if number { end } else { shown.x }, y));
        }
    }
    if here && canvas.cursor.is_none() {
        canvas.cursor = Some((x, y));
    }
}

fn paint_cell(desk: &Desk, canvas: &mut Canvas, place: &Shown<'_>, row: &[Value], y: u16, tone: Tone) {
    let value = row.get(place.column.column).cloned().unwrap_or_default();
    let text = desk.in_words(&value, &place.column.show);
    if tone == Tone::Focus {
        canvas.tint(place.x, y, place.width, tone);
    }
    if value.is_number() {
        canvas.put_number(place.x, y, place.width, &text, tone);
    } else if place.column.show == Show::Ending {
        canvas.put_ending(place.x, y, place.width, &text, tone);
    } else {
        canvas.put_within(place.x, y, place.width, &text, tone);
    }
}

fn typed(text: &str, state: &CellState) -> (String, Tone) {
    match state {
        CellState::Typed => (text.to_owned(), Tone::Changed),
        CellState::Doubted(_) => (format!("{text}?"), Tone::Warning),
        CellState::Sent(_) => (format!("{text}…"), Tone::Changed),
        CellState::Written => (format!("{text} "), Tone::Value),
        CellState::Refused(_) => (format!("{text}!"), Tone::Error),
    }
}

fn paint_totals(canvas: &mut Canvas, feed: &Feed, columns: &[Shown<'_>], y: u16) {
    for place in columns.iter().filter(|place| place.column.total == Total::Sum) {
        let values =
            feed.standing().filter_map(|row| row.get(place.column.column)).filter_map(Value::decimal);
        let sum: Decimal = values.sum();
        let text = shown(&Value::Dec(sum), &place.column.show);
        canvas.put_number(place.x, y, place.width, &text, Tone::Title);
    }
}

/// How many rows there are: never a number that only looks like all of them.
fn foot(desk: &Desk, canvas: &mut Canvas, window: &Window, index: usize, area: Area) {
    let words = desk.words();
    let source = window.model.grids[index].source;
    let (feed, state) = (&window.feeds[source], &window.grids[index]);
    let wrong = window.wrong_question(source, &desk.present).filter(|_| feed.query.is_none());
    let y = area.y + area.height.saturating_sub(1);
    let here = feed.standing().count();
    let text = if let Some(field) = wrong {
        let label = window.model.fields[field].label.clone();
        words.with("question-wrong", &[("field", label.into())])
    } else if let Some(refusal) = &feed.refusal {
        refusal.message.clone()
    } else if feed.is_awaited() && here == 0 {
        words.text("awaited").into_owned()
    } else if here == 0 && !feed.asked {
        words.text("type-to-search").into_owned()
    } else if here == 0 {
        words.text("no-rows").into_owned()
    } else {
        count(desk, feed, here)
    };
    let tone = if feed.refusal.is_some() || wrong.is_some() { Tone::Error } else { Tone::Faint };
    canvas.put(area.x + 1, y, &text, tone);
    let asked = [feed.filter.as_str(), &feed.example.told];
    let asked: Vec<&str> = asked.into_iter().filter(|text| !text.is_empty()).collect();
    let mut x = area.x + 2 + u16::try_from(text.width()).unwrap_or(0);
    if !asked.is_empty() {
        let filter = words.with("filtered", &[("text", asked.join(", ").into())]);
        canvas.put(x, y, &filter, Tone::Query);
        x += 1 + u16::try_from(filter.width()).unwrap_or(0);
    }
    canvas.put(x, y, &news_told(desk, feed), Tone::Warning);
    if state.has_marks() {
        let marked = marked(desk, state);
        let x = (area.x + area.width).saturating_sub(u16::try_from(marked.width()).unwrap_or(0) + 1);
        canvas.put(x, y, &marked, Tone::Title);
    }
}

/// What became of the rows, each with the sign that stands behind it.
fn news_told(desk: &Desk, feed: &Feed) -> String {
    let told = feed.told();
    let parts = [
        (told.changed, "news-changed", CHANGED),
        (told.new, "news-new", NEW),
        (told.gone, "news-gone", GONE),
    ];
    let parts = parts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, key, sign)| desk.words().with(key, &[("sign", sign.to_owned().into()), ("n", n.into())]));
    parts.collect::<Vec<_>>().join(", ")
}

fn marked(desk: &Desk, state: &GridState) -> String {
    match &state.all {
        Some(all) => {
            let (n, sum) = marks_told(all);
            desk.words().with("marked-all", &[("n", n.into()), ("sum", sum.into())])
        }
        None => desk.words().with("marked", &[("n", state.marks.len().into())]),
    }
}

fn count(desk: &Desk, feed: &Feed, here: usize) -> String {
    let words = desk.words();
    match (feed.total, feed.more) {
        (Some(total), _) if total > 10_000 => words.with("shown-of-many", &[("n", here.into())]),
        (Some(total), _) => {
            let total = i64::try_from(total).unwrap_or(i64::MAX);
            words.with("shown-of", &[("n", here.into()), ("total", total.into())])
        }
        (None, true) => words.with("shown-more", &[("n", here.into())]),
        (None, false) => words.with("shown-all", &[("n", here.into())]),
    }
}
