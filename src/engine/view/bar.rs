//! The message line and the ten keys under it.

use unicode_width::UnicodeWidthStr;

use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::Desk;
use crate::engine::overlay::Overlay;
use crate::engine::overlay::help::broken;
use crate::engine::sentence::sentences;
use crate::keymap::Command;

/// Width of a place of the bar at 80 columns: ten of them.
const PLACES: u16 = 10;

pub(super) fn paint(desk: &Desk, canvas: &mut Canvas) {
    let height = canvas.height();
    message(desk, canvas, height.saturating_sub(2));
    keys(desk, canvas, height.saturating_sub(1));
}

/// The most rows a message takes: it goes with the next key, and F1 shows the whole of a refusal.
const LONGEST: u16 = 5;

/// What is queued and what is told. A message longer than its row grows over the screen for as long as it is shown, never over the
/// row with the cursor: what is to be done often stands at its end.
fn message(desk: &Desk, canvas: &mut Canvas, y: u16) {
    let queued = queued(desk);
    canvas.put(0, y, &queued, Tone::Warning);
    let x = if queued.is_empty() { 0 } else { u16::try_from(queued.width()).unwrap_or(0) + 1 };
    let (text, tone) = told(desk);
    let is_hint = tone == Tone::Faint;
    let text = if is_hint { shortened(&text, usize::from(canvas.width().saturating_sub(x))) } else { text };
    if is_hint || usize::from(x) + text.width() <= usize::from(canvas.width()) {
        canvas.put(x, y, &text, tone);
        return;
    }
    let lines = broken(&text, usize::from(canvas.width()));
    let beside_queue = u16::from(x > 0);
    let rows = u16::try_from(lines.len()).unwrap_or(LONGEST).min(LONGEST.min(canvas.height() / 3));
    let mut top = (y + 1).saturating_sub(rows + beside_queue);
    if canvas.cursor.is_some_and(|(_, row)| (top..y).contains(&row)) {
        top = 1;
    }
    for (index, row) in (top..top + rows).enumerate() {
        canvas.clear(0, row, canvas.width(), 1);
        let is_last = row + 1 == top + rows;
        let text = if is_last { lines[index..].join(" ") } else { lines[index].clone() };
        canvas.put(0, row, &text, tone);
    }
}

/// Keys that wait, or were not done.
fn queued(desk: &Desk) -> String {
    let (words, queue) = (desk.words(), &desk.queue);
    if !queue.held.is_empty() {
        let text = queue.held_text();
        return words.with("keys-held", &[("n", queue.held.len().into()), ("text", text.into())]);
    }
    match queue.keys.len() {
        0 => String::new(),
        keys => words.with("keys-queued", &[("n", keys.into())]),
    }
}

fn told(desk: &Desk) -> (String, Tone) {
    let words = desk.words();
    if let Some(waiting) = desk.waiting.as_ref().filter(|waiting| waiting.told) {
        let seconds = (desk.now - waiting.since).num_seconds().max(0);
        let key = match (waiting.can_cancel, waiting.before) {
            (false, _) => "writing",
            (true, 0) => "asking",
            (true, _) => "asking-behind",
        };
        let told = [("n", seconds.into()), ("before", waiting.before.into())];
        return (words.with(key, &told), Tone::Plain);
    }
    if !desk.message.text.is_empty() {
        let tone = if desk.message.is_refusal { Tone::Error } else { Tone::Plain };
        return (desk.message.text.clone(), tone);
    }
    if desk.second {
        return (words.text("second-row").into_owned(), Tone::Plain);
    }
    if let Some(reason) = &desk.away {
        return (reason.clone(), Tone::Warning);
    }
    match (desk.sheet_refused(), desk.refusal_here()) {
        (0, _) => match desk.unread_refusals() {
            0 => (hint(desk), Tone::Faint),
            unread => (words.with("sheet-left", &[("n", unread.into())]), Tone::Error),
        },
        (refused, None) => (words.with("sheet-refused", &[("n", refused.into())]), Tone::Error),
        (refused, Some(why)) => {
            let told = [("n", refused.into()), ("why", why.to_string().into())];
            (words.with("sheet-refused-here", &told), Tone::Error)
        }
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

/// What stands behind a hint that is longer than its row: the key that tells the rest.
const REST: &str = "… F1";

fn first_sentence(text: &str) -> String {
    sentences(text).first().copied().unwrap_or_default().to_owned()
}

/// A hint in so many columns, broken between words.
fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let kept = broken(text, room.saturating_sub(REST.width())).into_iter().next().unwrap_or_default();
    format!("{}{REST}", kept.trim_end_matches([',', ';', ':', '—', ' ']))
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
            Some(command) => (command.label_within(desk.words(), usize::from(room)), tone(desk, command)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_hint_says_where_the_rest_is() {
        assert_eq!(shortened("Документ: заявление, справка", 28), "Документ: заявление, справка");
        assert_eq!(shortened("Документ: заявление, справка", 26), "Документ: заявление… F1");
    }
}
