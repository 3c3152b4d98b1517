//! The inbox folder: its files above, the first lines of the one under the cursor below.

use crate::engine::blocks::BlockState;
use crate::engine::blocks::files::{File, rows};
use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk};
use crate::engine::value::{Show, Value, shown};

/// Columns of the size, of the moment, and of the day of an import.
const SIZE: u16 = 9;
const MOMENT: u16 = 16;
const KNOWN: u16 = 19;

/// Paints the folder.
pub(super) fn paint(desk: &Desk, canvas: &mut Canvas, state: &BlockState, area: Area, active: bool) {
    let words = desk.words();
    let folder = &state.folder;
    let head = Area { height: 1.min(area.height), ..area };
    heading(desk, canvas, head);
    if active {
        canvas.cursor = Some((area.x, (area.y + 1).min(area.y + area.height.saturating_sub(1))));
    }
    let list = Area { y: area.y + 1, height: rows(area.height), ..area };
    let said = if state.current.is_some() && folder.files.is_empty() {
        Some(words.text("awaited").into_owned())
    } else if let Some(problem) = &folder.problem {
        Some(words.with(&format!("inbox-{problem}"), &[("path", folder.path.as_str().into())]))
    } else if folder.files.is_empty() && state.refusal.is_none() && state.asked {
        Some(words.with("inbox-empty", &[("path", folder.path.as_str().into())]))
    } else {
        None
    };
    for (line, y) in said.iter().flat_map(|text| broken(text, area.width)).zip(list.y..list.y + list.height) {
        canvas.put_within(area.x + 1, y, area.width.saturating_sub(1), &line, Tone::Faint);
    }
    let seen = folder.files.iter().enumerate().skip(state.tree.top).zip(list.y..list.y + list.height);
    for ((index, file), y) in seen {
        let here = active && index == state.tree.at;
        row(desk, canvas, file, Area { y, height: 1, ..area }, here);
        if here {
            canvas.cursor = Some((area.x, y));
        }
    }
    let rest = Area { y: list.y + list.height, height: area.height.saturating_sub(1 + list.height), ..area };
    if let Some(file) = folder.files.get(state.tree.at) {
        first_lines(desk, canvas, file, rest);
    }
    if folder.older > 0 && area.height > 0 {
        let older = i64::try_from(folder.older).unwrap_or(i64::MAX);
        let text = words.with("inbox-older", &[("count", older.into())]);
        canvas.put_within(
            area.x + 1,
            area.y + area.height - 1,
            area.width.saturating_sub(1),
            &text,
            Tone::Faint,
        );
    }
}

/// Where the columns begin: name, size, moment, import.
fn columns(area: Area) -> (u16, u16, u16, u16) {
    let known = area.x + area.width.saturating_sub(KNOWN);
    let moment = known.saturating_sub(MOMENT + 1);
    (area.x + 1, moment.saturating_sub(SIZE + 1), moment, known)
}

fn heading(desk: &Desk, canvas: &mut Canvas, area: Area) {
    let words = desk.words();
    let (name, size, moment, known) = columns(area);
    canvas.put_within(name, area.y, size.saturating_sub(name + 1), &words.text("inbox-name"), Tone::Title);
    canvas.put_within(size, area.y, SIZE, &words.text("inbox-size"), Tone::Title);
    canvas.put_within(moment, area.y, MOMENT, &words.text("inbox-moment"), Tone::Title);
    canvas.put_within(known, area.y, KNOWN, &words.text("inbox-known"), Tone::Title);
}

fn row(desk: &Desk, canvas: &mut Canvas, file: &File, area: Area, here: bool) {
    let words = desk.words();
    let (name, size, moment, known) = columns(area);
    let is_bad = file.problem.is_some();
    let tone = if is_bad { Tone::Faint } else { Tone::Value };
    let shown_name = shown(&Value::from(file.name.as_str()), &Show::Plain);
    canvas.put_within(name, area.y, size.saturating_sub(name + 1), &shown_name, tone);
    canvas.put_number(size, area.y, SIZE, &told_size(desk, file.size), tone);
    let at = file.at.map(|at| shown(&Value::Moment(at), &Show::Plain)).unwrap_or_default();
    canvas.put_within(moment, area.y, MOMENT, &at, tone);
    let note = match (&file.known_on, &file.problem) {
        (Some(day), _) => words.with("inbox-known-on", &[("day", day.as_str().into())]),
        (None, Some(problem)) => words.text(&format!("inbox-{problem}-short")).into_owned(),
        (None, None) => String::new(),
    };
    canvas.put_within(known, area.y, KNOWN, &note, if is_bad { Tone::Error } else { Tone::Warning });
    if here {
        canvas.tint(area.x, area.y, area.width, Tone::Focus);
    }
}

/// `812`, `3,4 КБ`, `61,2 МБ`: one place, cut, not rounded up to what is refused.
fn told_size(desk: &Desk, bytes: u64) -> String {
    let words = desk.words();
    let tenths = |unit: u64| format!("{},{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_024 => bytes.to_string(),
        1_024..1_048_576 => format!("{} {}", tenths(1 << 10), words.text("inbox-kilobytes")),
        _ => format!("{} {}", tenths(1 << 20), words.text("inbox-megabytes")),
    }
}

/// A line that says what is below, then the lines.
fn first_lines(desk: &Desk, canvas: &mut Canvas, file: &File, area: Area) {
    let words = desk.words();
    let mut said = vec![shown(&Value::from(file.name.as_str()), &Show::Plain)];
    said.extend(file.encoding.clone());
    let title = format!("── {} ", said.join(" · "));
    canvas.put_within(area.x, area.y, area.width, &"─".repeat(usize::from(area.width)), Tone::Frame);
    canvas.put_within(area.x, area.y, area.width, &title, Tone::Frame);
    let problem = file.problem.as_ref().map(|problem| words.text(&format!("inbox-{problem}")).into_owned());
    let problem = problem.iter().flat_map(|text| broken(text, area.width)).map(|line| (line, Tone::Error));
    let known =
        file.known.as_ref().map(|known| words.with("inbox-known-by", &[("known", known.as_str().into())]));
    let known = known.into_iter().map(|line| (line, Tone::Warning));
    let lines = file.head.iter().map(|line| (line.clone(), Tone::Value));
    for ((line, tone), y) in known.chain(problem).chain(lines).zip(area.y + 1..area.y + area.height) {
        canvas.put_within(area.x + 1, y, area.width.saturating_sub(1), &line, tone);
    }
}

/// A sentence in lines of this width.
fn broken(text: &str, width: u16) -> Vec<String> {
    crate::engine::overlay::help::broken(text, usize::from(width.saturating_sub(1)))
}
