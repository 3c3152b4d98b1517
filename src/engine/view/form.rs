//! Pictures with their fields, and the strip of tabs.

use unicode_width::UnicodeWidthStr;

use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk};
use crate::engine::model::{Kind, Picture, Slot, Tab};
use crate::engine::value::{Show, shown};
use crate::engine::window::{Focus, Window};

/// Paints a picture with its fields.
pub(super) fn paint(
    desk: &Desk,
    canvas: &mut Canvas,
    window: &Window,
    picture: usize,
    area: Area,
    active: bool,
) {
    let model = &*window.model.pictures[picture].within(area.width);
    for (line, row) in model.lines.iter().zip(area.y..area.y + area.height) {
        canvas.put_within(area.x, row, area.width, line, Tone::Plain);
    }
    for slot in model.slots.iter().filter(|slot| slot.line < area.height) {
        paint_field(desk, canvas, window, slot, place(model, slot, area), active);
    }
}

/// Where a slot stands: growing ones take what the terminal has beyond the picture.
fn place(picture: &Picture, slot: &Slot, area: Area) -> Area {
    let line = picture.lines.get(usize::from(slot.line)).map_or(0, |line| line.width());
    let surplus = area.width.saturating_sub(u16::try_from(line).unwrap_or(area.width).max(80));
    let width = if slot.grows { slot.width + surplus } else { slot.width };
    let width = width.min(area.width.saturating_sub(slot.column));
    Area { x: area.x + slot.column, y: area.y + slot.line, width, height: 1 }
}

fn paint_field(desk: &Desk, canvas: &mut Canvas, window: &Window, slot: &Slot, area: Area, active: bool) {
    let field = &window.model.fields[slot.field];
    let focused = active && window.focus == Focus::Field(slot.field);
    if let Some(broken) = &field.broken {
        canvas.put_within(area.x, area.y, area.width, &format!("! {broken}"), Tone::Error);
        return;
    }
    let typed = &window.typed[slot.field];
    let tone = match (&field.entry, focused) {
        (_, true) => Tone::Focus,
        (Some(_), _) if typed.wrong.is_some() => Tone::Error,
        (Some(_), _) if typed.changed => Tone::Changed,
        (Some(_), _) => Tone::Entry,
        (None, _) => styled(desk, window, slot.field),
    };
    canvas.put_within(area.x, area.y, area.width, &" ".repeat(usize::from(area.width)), tone);
    let Some(entry) = &field.entry else {
        let value = window.field_value(slot.field, &desk.present);
        let value = match &field.derive {
            Some(derive) => crate::engine::derive::value(derive, window, &desk.present),
            None => value,
        };
        let text = desk.in_words(&value, &field.show);
        if value.is_number() {
            canvas.put_number(area.x, area.y, area.width, &text, tone);
        } else if field.show == Show::Ending {
            canvas.put_ending(area.x, area.y, area.width, &text, tone);
        } else {
            canvas.put_within(area.x, area.y, area.width, &text, tone);
        }
        if focused {
            canvas.cursor = Some((area.x, area.y));
        }
        return;
    };
    // Where nobody types, a long text is seen from its beginning: the tail of a number is another number.
    let (text, cursor) =
        if focused { typed.line.window(usize::from(area.width)) } else { (typed.line.text().to_owned(), 0) };
    let word = word_of(desk, &entry.kind, &text).or_else(|| called(desk, window, slot.field));
    // The word is as long as it likes: what is typed goes in its stead, or behind a code that was typed whole.
    let cursor = match &word {
        Some(_) if typed.line.is_fresh() => 0,
        Some(word) => word.width(),
        None => cursor,
    };
    let text = if entry.secret { "*".repeat(text.chars().count()) } else { word.unwrap_or(text) };
    if field.show == Show::Ending {
        canvas.put_ending(area.x, area.y, area.width, &text, tone);
    } else {
        canvas.put_within(area.x, area.y, area.width, &text, tone);
    }
    if focused {
        let offset = u16::try_from(cursor).unwrap_or(0).min(area.width.saturating_sub(1));
        canvas.cursor = Some((area.x + offset, area.y));
    }
}

/// The word of a closed set for its code: codes are the database's, nobody reads them.
fn word_of(desk: &Desk, kind: &Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Choice { set, codes } if codes.iter().any(|code| code == text) => {
            Some(desk.words().text(&format!("choice-{set}-{text}")).into_owned())
        }
        Kind::Bool if text == "1" => Some(desk.words().text("yes").into_owned()),
        Kind::Bool if text == "0" => Some(desk.words().text("no").into_owned()),
        _ => None,
    }
}

/// What the thing is called whose number of the base stands in a field: nobody knows it by that number.
fn called(desk: &Desk, window: &Window, field: usize) -> Option<String> {
    let name = window.model.fields[field].entry.as_ref()?.told.as_ref()?;
    if window.typed[field].line.text().trim().is_empty() {
        return None;
    }
    Some(shown(&window.value(name, &desk.present), &Show::Plain)).filter(|called| !called.is_empty())
}

fn styled(desk: &Desk, window: &Window, field: usize) -> Tone {
    let Some(name) = &window.model.fields[field].style else { return Tone::Value };
    tone_of(&shown(&window.value(name, &desk.present), &Show::Plain))
}

/// The tone a style column names.
pub(super) fn tone_of(style: &str) -> Tone {
    match style {
        "error" => Tone::Error,
        "warning" => Tone::Warning,
        "faint" => Tone::Faint,
        "title" => Tone::Title,
        _ => Tone::Value,
    }
}

/// Paints the titles of the tabs.
pub(super) fn strip(desk: &Desk, canvas: &mut Canvas, window: &Window, area: Area, active: bool) {
    let mut x = area.x;
    canvas.put_within(area.x, area.y, area.width, &"─".repeat(usize::from(area.width)), Tone::Frame);
    for (index, text) in titles(desk, window, usize::from(area.width)).into_iter().enumerate() {
        let chosen = index == window.tab;
        // A sign as well as a tone: never colour alone.
        let (left, right) = if chosen { ("[", "]") } else { (" ", " ") };
        let text = format!("{left}{text}{right}");
        let width = u16::try_from(text.width()).unwrap_or(0);
        let tone = if chosen && active {
            Tone::Tab
        } else if chosen {
            Tone::Title
        } else {
            Tone::Plain
        };
        canvas.put(x, area.y, &text, tone);
        x += width;
    }
}

/// The titles of all tabs in so many columns: the longest are cut first, none is left out.
fn titles(desk: &Desk, window: &Window, room: usize) -> Vec<String> {
    let title = |tab: &Tab| {
        let badge = tab.badge.as_ref().map(|name| shown(&window.value(name, &desk.present), &Show::Plain));
        let badge = badge.filter(|text| !text.is_empty() && text != "0").map(|text| format!(" {text}"));
        format!("{}{}", tab.title, badge.unwrap_or_default())
    };
    let mut titles: Vec<String> = window.model.tabs.iter().map(title).collect();
    let signs = 2 * titles.len();
    while titles.iter().map(|title| title.width()).sum::<usize>() + signs > room {
        let Some(longest) =
            titles.iter_mut().max_by_key(|title| title.width()).filter(|title| title.width() > 3)
        else {
            break;
        };
        let kept = longest.chars().count().saturating_sub(2);
        *longest = format!("{}›", longest.chars().take(kept).collect::<String>());
    }
    titles
}
