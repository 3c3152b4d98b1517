//! The message line and the ten keys under it.

use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::Desk;
use crate::engine::overlay::Overlay;
use crate::keymap::Command;

/// Width of a place of the bar at 80 columns: ten of them.
const PLACES: u16 = 10;

pub(super) fn paint(desk: &Desk, canvas: &mut Canvas) {
    let height = canvas.height();
    message(desk, canvas, height.saturating_sub(2));
    keys(desk, canvas, height.saturating_sub(1));
}

fn message(desk: &Desk, canvas: &mut Canvas, y: u16) {
    let words = desk.words();
    let mut x = 0;
    if !desk.queue.keys.is_empty() || !desk.queue.held.is_empty() {
        let text = if desk.queue.held.is_empty() {
            words.with("keys-queued", &[("n", desk.queue.keys.len().into())])
        } else {
            let text = desk.queue.held_text();
            words.with("keys-held", &[("n", desk.queue.held.len().into()), ("text", text.into())])
        };
        canvas.put(0, y, &text, Tone::Warning);
        x = u16::try_from(unicode_width::UnicodeWidthStr::width(text.as_str())).unwrap_or(0) + 1;
    }
    let (text, tone) = told(desk);
    canvas.put(x, y, &text, tone);
}

fn told(desk: &Desk) -> (String, Tone) {
    let words = desk.words();
    if let Some(waiting) = desk.waiting.as_ref().filter(|waiting| waiting.told) {
        let seconds = (desk.now - waiting.since).num_seconds().max(0);
        let key = if waiting.can_cancel { "asking" } else { "writing" };
        return (words.with(key, &[("n", seconds.into())]), Tone::Plain);
    }
    if !desk.message.text.is_empty() {
        let tone = if desk.message.is_refusal { Tone::Error } else { Tone::Plain };
        return (desk.message.text.clone(), tone);
    }
    if let Some(reason) = &desk.away {
        return (reason.clone(), Tone::Warning);
    }
    match desk.sheet_refused() {
        0 => (hint(desk), Tone::Faint),
        refused => (words.with("sheet-refused", &[("n", refused.into())]), Tone::Error),
    }
}

/// What F1 would say first of the place, as long as nothing else is to be said.
fn hint(desk: &Desk) -> String {
    let Some(window) = desk.focused() else { return String::new() };
    match window.focus {
        crate::engine::window::Focus::Field(field) => {
            let typed = &window.typed[field];
            typed.wrong.clone().unwrap_or_else(|| first_sentence(&window.model.fields[field].help))
        }
        crate::engine::window::Focus::Middle => String::new(),
    }
}

fn first_sentence(text: &str) -> String {
    text.split_inclusive(['.', '\n']).next().unwrap_or_default().trim().to_owned()
}

fn keys(desk: &Desk, canvas: &mut Canvas, y: u16) {
    let commands = desk.config.keymap.bar(desk.context(), desk.second);
    let place = (canvas.width() / PLACES).max(6);
    for (index, command) in commands.into_iter().enumerate() {
        let at = u16::try_from(index).unwrap_or(0);
        let x = at * place;
        let number = (index + 1).to_string();
        canvas.put(x, y, &number, Tone::BarKey);
        let digits = u16::try_from(number.len()).unwrap_or(1);
        let room = place.saturating_sub(digits).saturating_sub(u16::from(at + 1 < PLACES));
        let (label, tone) = match command {
            Some(command) => (command.label(desk.words()), tone(desk, command)),
            None => (String::new(), Tone::BarFaint),
        };
        canvas.put_within(x + digits, y, room, &" ".repeat(usize::from(room)), tone);
        canvas.put_within(x + digits, y, room, &label, tone);
    }
}

/// Live or grey, by the same answer the key itself would get.
fn tone(desk: &Desk, command: Command) -> Tone {
    let in_overlay = match &desk.overlay {
        Some(Overlay::Diff(_)) => !matches!(command, Command::Save | Command::Back),
        Some(_) => !matches!(command, Command::Back),
        None => false,
    };
    if in_overlay || desk.why_not(command).is_some() { Tone::BarFaint } else { Tone::Bar }
}
