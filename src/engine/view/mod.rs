//! Painting: the state of the workstation as cells. Decides what is shown and where, never how a tone looks.

mod bar;
mod block;
mod empty;
mod files;
mod form;
mod grid;
mod keytest;
mod over;
mod title;

use super::canvas::{Canvas, Tone};
use super::desk::{Area, Desk, places};
use super::model::Shown;
use super::window::{Focus, Window};

/// The smallest terminal a form is shown on: 60×20, for a braille line or a phone; screens are made for 80×24.
pub const FLOOR: (u16, u16) = (60, 20);

/// Paints everything.
#[must_use]
pub fn paint(desk: &Desk) -> Canvas {
    let (width, height) = desk.size;
    let mut canvas = Canvas::new(width, height);
    if desk.is_too_small() {
        too_small(desk, &mut canvas);
        return canvas;
    }
    title::paint(desk, &mut canvas);
    paint_stack(desk, &mut canvas);
    if desk.overlay.is_some() {
        over::paint(desk, &mut canvas);
    }
    bar::paint(desk, &mut canvas);
    canvas
}

fn too_small(desk: &Desk, canvas: &mut Canvas) {
    let size = format!("{}×{}", FLOOR.0, FLOOR.1);
    let text = desk.words().with("too-small", &[("size", size.into())]);
    for (row, line) in super::overlay::help::broken(&text, usize::from(canvas.width())).iter().enumerate() {
        canvas.put(0, u16::try_from(row).unwrap_or(u16::MAX), line, Tone::Plain);
    }
    canvas.cursor = Some((0, 0));
}

/// The screen in front; under a dialog, the one below it.
fn paint_stack(desk: &Desk, canvas: &mut Canvas) {
    let from = desk.windows.iter().rposition(|window| !window.model.dialog).unwrap_or(0);
    let last = desk.windows.len().saturating_sub(1);
    for (index, window) in desk.windows.iter().enumerate().skip(from) {
        let area = desk.frame(window);
        if window.model.dialog {
            let title = title::told(desk, window);
            over::frame(canvas, area, &title);
        }
        let in_front = index == last && desk.overlay.is_none();
        paint_window(desk, canvas, window, area, in_front);
    }
}

/// One window; `active` = the cursor may be in it.
fn paint_window(desk: &Desk, canvas: &mut Canvas, window: &Window, area: Area, active: bool) {
    let places = places(window, area);
    for (picture, area) in &places.pictures {
        form::paint(desk, canvas, window, *picture, *area, active);
    }
    if let Some(strip) = places.strip {
        form::strip(desk, canvas, window, strip, active);
    }
    let active = active && window.focus == Focus::Middle;
    match window.shown() {
        Some(Shown::Grid(index)) => grid::paint(desk, canvas, window, *index, places.middle, active),
        Some(Shown::Block(index)) => block::paint(desk, canvas, window, *index, places.middle, active),
        Some(Shown::Embed { .. }) => match window.embeds.get(&window.tab) {
            Some(inside) => paint_window(desk, canvas, inside, places.middle, active),
            None => canvas.put(places.middle.x, places.middle.y, &desk.words().text("awaited"), Tone::Faint),
        },
        None => {}
    }
}
