//! The first line: what this is, and what day, month and line it stands on.

use unicode_width::UnicodeWidthStr;

use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::Desk;
use crate::engine::value::day_shown;
use crate::engine::window::Window;

/// What stands between the parts on the right.
const BETWEEN: &str = " · ";

pub(super) fn paint(desk: &Desk, canvas: &mut Canvas) {
    let width = canvas.width();
    canvas.tint(0, 0, width, Tone::Title);
    // Under a dialog stands the title of the screen it was opened from.
    let window =
        desk.windows.iter().rev().find(|window| !window.model.dialog).or_else(|| desk.windows.last());
    let text = window.map_or_else(String::new, |window| {
        let (code, title) = (&window.model.code, told(desk, window));
        if code.is_empty() { title } else { format!("{code} {title}") }
    });
    let right = right(desk, usize::from(width).saturating_sub(text.width() + 1));
    let room = width.saturating_sub(u16::try_from(right.width()).unwrap_or(width) + 1);
    canvas.put_within(0, 0, room, &text, Tone::Title);
    let tone = if desk.is_past() || desk.away.is_some() { Tone::Warning } else { Tone::Title };
    canvas.put(width.saturating_sub(u16::try_from(right.width()).unwrap_or(0)), 0, &right, tone);
}

/// The title of a window, and which of its sheets is turned up.
pub(super) fn told(desk: &Desk, window: &Window) -> String {
    let title = desk.title_told(window);
    let pages = window.model.pages.len();
    if pages < 2 {
        return title;
    }
    let sheet = desk.words().with("title-sheet", &[("n", (window.page + 1).into()), ("of", pages.into())]);
    format!("{title} · {sheet}")
}

/// What stands on the right. Where the title leaves it no room, the month goes first, then the day of today: both stand on many
/// screens, the title on one. A day of the past and a lost line are always told.
fn right(desk: &Desk, room: usize) -> String {
    let words = desk.words();
    let mut parts = Vec::new();
    if let Some((_, title, progress)) = &desk.job {
        let done = match progress.total {
            Some(total) if total > 0 => format!("{}%", (progress.done * 100 / total).clamp(0, 100)),
            _ => "…".to_owned(),
        };
        parts.push(format!("{title} {done}"));
    }
    if desk.away.is_some() {
        parts.push(words.text("title-away").into_owned());
    }
    match (desk.times.as_of, desk.times.known_on) {
        (None, None) => {
            let (before, day) = (parts.len(), day_shown(desk.present.today));
            if !desk.month_state.is_empty() {
                parts.push(desk.month_state.clone());
            }
            parts.push(day.clone());
            let is_narrow = |parts: &[String]| parts.join(BETWEEN).width() > room;
            if is_narrow(&parts) {
                parts.truncate(before);
                parts.push(day);
            }
            if is_narrow(&parts) {
                parts.truncate(before);
            }
        }
        (as_of, known) => {
            if let Some(day) = as_of {
                parts.push(words.with("title-as-of", &[("day", day_shown(day).into())]));
            }
            if let Some(day) = known {
                parts.push(words.with("title-known", &[("day", day_shown(day).into())]));
            }
        }
    }
    parts.join(BETWEEN)
}
