//! What stands over the screens.

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk};
use crate::engine::difference::{BalanceChange, Beyond, Difference, ServiceChange};
use crate::engine::overlay::help::broken;
use crate::engine::overlay::palette::{LONGEST_CODE, ROWS};
use crate::engine::overlay::{Asked, ByExample, Choice, Diff, Help, Overlay, Palette};
use crate::engine::value::{Show, Value, shown};

/// Paints the overlay.
pub(super) fn paint(desk: &Desk, canvas: &mut Canvas) {
    match &desk.overlay {
        Some(Overlay::Question { text, asked }) => question(desk, canvas, text, asked),
        Some(Overlay::Prompt { title, line, wrong, .. }) => {
            let area = boxed(canvas, title, 4);
            let (text, cursor) = line.window(usize::from(area.width));
            canvas.put_within(
                area.x,
                area.y + 1,
                area.width,
                &" ".repeat(usize::from(area.width)),
                Tone::Focus,
            );
            canvas.put_within(area.x, area.y + 1, area.width, &text, Tone::Focus);
            canvas.put_within(
                area.x,
                area.y + 2,
                area.width,
                wrong.as_deref().unwrap_or_default(),
                Tone::Error,
            );
            canvas.cursor = Some((area.x + u16::try_from(cursor).unwrap_or(0), area.y + 1));
        }
        Some(Overlay::Palette(it)) => palette(desk, canvas, it),
        Some(Overlay::Diff(it)) => diff(desk, canvas, it),
        Some(Overlay::Help(it)) => help(desk, canvas, it),
        Some(Overlay::Choice(it)) => choice(canvas, it),
        Some(Overlay::ByExample(it)) => by_example(desk, canvas, it),
        None => {}
    }
}

/// Draws a frame around an area and clears it.
pub(super) fn frame(canvas: &mut Canvas, area: Area, title: &str) {
    let (left, top) = (area.x.saturating_sub(2), area.y.saturating_sub(1));
    let (width, height) = (area.width + 4, area.height + 2);
    canvas.clear(left, top, width, height);
    let line = "─".repeat(usize::from(width.saturating_sub(2)));
    canvas.put(left, top, &format!("┌{line}┐"), Tone::Frame);
    canvas.put(left, top + height - 1, &format!("└{line}┘"), Tone::Frame);
    for y in top + 1..top + height - 1 {
        canvas.put_within(left, y, 1, "│", Tone::Frame);
        canvas.put_within(left + width - 1, y, 1, "│", Tone::Frame);
    }
    canvas.put_within(left + 2, top, width.saturating_sub(4), &format!(" {title} "), Tone::Title);
}

/// A frame in the middle of the screen with so many lines inside.
fn boxed(canvas: &mut Canvas, title: &str, lines: u16) -> Area {
    let width = canvas.width().saturating_sub(8).min(72);
    let height = lines.min(canvas.height().saturating_sub(5));
    let area = Area {
        x: (canvas.width() - width) / 2,
        y: (canvas.height().saturating_sub(height + 2)) / 2,
        width,
        height,
    };
    frame(canvas, area, title);
    area
}

fn question(desk: &Desk, canvas: &mut Canvas, text: &str, asked: &Asked) {
    let words = desk.words();
    let lines = broken(text, usize::from(canvas.width().saturating_sub(8).min(72)));
    let area = boxed(canvas, &words.text("question"), u16::try_from(lines.len()).unwrap_or(1) + 2);
    for (line, y) in lines.iter().zip(area.y..) {
        canvas.put(area.x, y, line, Tone::Plain);
    }
    let answers = words.text(asked.answers());
    let y = area.y + area.height.saturating_sub(1);
    canvas.put(area.x, y, &answers, Tone::Title);
    canvas.cursor = Some((area.x, y));
}

fn palette(desk: &Desk, canvas: &mut Canvas, palette: &Palette) {
    let found = palette.found();
    let rows = u16::try_from(found.len().clamp(1, ROWS)).unwrap_or(1);
    let area = boxed(canvas, &desk.words().text("palette"), rows + 2);
    let height = usize::from(area.height.saturating_sub(1)).min(ROWS);
    let top = (palette.at + 1).saturating_sub(height);
    if found.is_empty() && !palette.line.is_empty() {
        let typed = palette.line.text().trim();
        // Behind a code stands an argument, and a long number is that of an account: the server knows them. What is typed is not said
        // again: it would be repainted with every letter.
        let key = match (palette.is_code(), typed.len()) {
            (true, ..=LONGEST_CODE) => "palette-no-code",
            (true, _) => "palette-number",
            (false, _) if desk.searches() => "palette-search",
            (false, _) => "palette-nothing",
        };
        let told = desk.words().text(key);
        canvas.put_within(area.x + 2, area.y + 1, area.width.saturating_sub(2), &told, Tone::Faint);
    }
    let (text, cursor) = palette.line.window(usize::from(area.width));
    canvas.put_within(area.x, area.y, area.width, &" ".repeat(usize::from(area.width)), Tone::Focus);
    canvas.put_within(area.x, area.y, area.width, &text, Tone::Focus);
    let seen = found.iter().enumerate().skip(top).take(height);
    for ((index, item), y) in seen.zip(area.y + 1..) {
        let here = index == palette.at && !palette.is_code();
        let tone = if here { Tone::Tab } else { Tone::Value };
        canvas.put_within(area.x, y, 1, if here { "›" } else { " " }, tone);
        canvas.put_within(area.x + 2, y, area.width.saturating_sub(12), &item.title, tone);
        canvas.put_within(area.x + area.width.saturating_sub(8), y, 8, &item.key, Tone::Faint);
    }
    canvas.cursor = Some((area.x + u16::try_from(cursor).unwrap_or(0), area.y));
}

/// Headings on the left, what is typed for them on the right; the last line says what may be typed.
fn by_example(desk: &Desk, canvas: &mut Canvas, example: &ByExample) {
    let rows = u16::try_from(example.lines.len()).unwrap_or(1);
    let area = boxed(canvas, &desk.words().text("example"), rows + 1);
    let label = example.lines.iter().map(|(title, _)| title.width()).max().unwrap_or_default();
    let label = u16::try_from(label).unwrap_or(0).min(area.width / 2);
    let height = area.height.saturating_sub(1);
    let top = (example.at + 1).saturating_sub(usize::from(height));
    for ((at, (title, line)), y) in example.lines.iter().enumerate().skip(top).zip(area.y..area.y + height) {
        let here = at == example.at;
        let (x, width) = (area.x + label + 1, area.width.saturating_sub(label + 1));
        canvas.put_within(area.x, y, label, title, Tone::Plain);
        let (text, cursor) = line.window(usize::from(width));
        let tone = if here { Tone::Focus } else { Tone::Entry };
        canvas.put_within(x, y, width, &" ".repeat(usize::from(width)), tone);
        canvas.put_within(x, y, width, &text, tone);
        if here {
            canvas.cursor = Some((x + u16::try_from(cursor).unwrap_or(0), y));
        }
    }
    let hint = desk.words().text("example-hint");
    let (told, tone) =
        example.wrong.as_deref().map_or((hint.as_ref(), Tone::Faint), |wrong| (wrong, Tone::Error));
    canvas.put_within(area.x, area.y + height, area.width, told, tone);
}

fn choice(canvas: &mut Canvas, choice: &Choice) {
    let rows = u16::try_from(choice.items.len()).unwrap_or(1);
    let area = boxed(canvas, &choice.title, rows);
    let top = choice.at.saturating_sub(usize::from(area.height.saturating_sub(1)));
    for ((index, (code, word)), y) in
        choice.items.iter().enumerate().skip(top).zip(area.y..area.y + area.height)
    {
        let here = index == choice.at;
        let text = if word.is_empty() { code } else { word };
        canvas.put_within(
            area.x,
            y,
            area.width,
            &format!("{} {text}", if here { "›" } else { " " }),
            if here { Tone::Focus } else { Tone::Value },
        );
        if here {
            canvas.cursor = Some((area.x, y));
        }
    }
}

fn help(desk: &Desk, canvas: &mut Canvas, help: &Help) {
    let Some((title, lines)) = help.pages.get(help.page) else { return };
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(3).saturating_add(1);
    let area = boxed(canvas, title, rows);
    for (line, y) in lines.iter().skip(help.top).zip(area.y..area.y + area.height.saturating_sub(1)) {
        canvas.put_within(area.x, y, area.width, line, Tone::Value);
    }
    let key = if help.author.is_some() { "help-page-author" } else { "help-page" };
    let page = desk.words().with(key, &[("n", (help.page + 1).into()), ("of", help.pages.len().into())]);
    canvas.put_within(area.x, area.y + area.height.saturating_sub(1), area.width, &page, Tone::Faint);
    canvas.cursor = Some((area.x, area.y));
}

/// The most services a difference names; the rest are one row.
const SERVICES: usize = 4;

/// The most exceptions of a calculation told above them.
const EXCEPTIONS: usize = 2;

/// The most balances that are told one by one.
const BALANCES: usize = 4;

/// `2026-09` as everywhere else: `09.2026`.
fn month_told(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{month}.{year}"),
        None => month.to_owned(),
    }
}

/// The services that change, a row each, and one row for all the rest; the row behind them.
fn services(desk: &Desk, canvas: &mut Canvas, changes: &[ServiceChange], area: Area) -> u16 {
    let named = if changes.len() > SERVICES { SERVICES - 1 } else { changes.len() };
    let (named, rest) = changes.split_at(named);
    let mut rows: Vec<(String, Decimal)> = named
        .iter()
        .map(|change| (format!("{} {}", month_told(&change.bill), change.service), change.total))
        .collect();
    if !rest.is_empty() {
        let more = desk.words().with("diff-services", &[("n", rest.len().into())]);
        rows.push((more, rest.iter().map(|change| change.total).sum()));
    }
    let mut y = area.y;
    for (name, sum) in rows {
        let sum = shown(&Value::Dec(sum), &Show::Money);
        canvas.put_within(area.x + 2, y, area.width.saturating_sub(16), &name, Tone::Plain);
        canvas.put_number(area.x + area.width.saturating_sub(14), y, 14, &sum, Tone::Value);
        y += 1;
    }
    y
}

/// The balances that move, a row each, and one row for all the rest; the row behind them.
fn balances(desk: &Desk, canvas: &mut Canvas, changes: &[BalanceChange], area: Area) -> u16 {
    let named = if changes.len() > BALANCES { BALANCES - 1 } else { changes.len() };
    let (named, rest) = changes.split_at(named);
    let told = |change: &BalanceChange| {
        let parts = [("account", change.account.clone().into()), ("service", change.service.clone().into())];
        let key = if change.service.is_empty() { "diff-balance" } else { "diff-balance-of" };
        (desk.words().with(key, &parts), change.change)
    };
    let mut rows: Vec<(String, Decimal)> = named.iter().map(told).collect();
    if !rest.is_empty() {
        let more = desk.words().with("diff-balances", &[("n", rest.len().into())]);
        rows.push((more, rest.iter().map(|change| change.change).sum()));
    }
    let mut y = area.y;
    for (name, sum) in rows {
        canvas.put_within(area.x, y, area.width.saturating_sub(15), &name, Tone::Warning);
        canvas.put_number(area.x + area.width.saturating_sub(14), y, 14, &money(sum), Tone::Value);
        y += 1;
    }
    y
}

fn money(sum: Decimal) -> String {
    shown(&Value::Dec(sum), &Show::Money)
}

/// Lines above the bills: the sum, what is out of sight or kept, what the calculation stumbled over, the services.
fn lines_above(told: &Difference) -> u16 {
    let services = told.services.len().min(SERVICES) + told.exceptions.len().min(EXCEPTIONS);
    let others = u16::from(told.unseen_accounts > 0)
        + u16::from(told.kept > 0)
        + told.beyond.as_ref().map_or(0, |beyond| 1 + u16::from(beyond.readings > 0));
    let services = services + told.balances.len().min(BALANCES);
    1 + others + u16::try_from(services).unwrap_or_default()
}

fn diff(desk: &Desk, canvas: &mut Canvas, diff: &Diff) {
    let words = desk.words();
    let told = &diff.told;
    let is_empty = diff.rows().is_empty();
    // What changes nothing is said in a few lines, and the screen below stays in sight.
    let height = if is_empty { lines_above(told) + 2 } else { canvas.height() };
    let area = boxed(canvas, &diff.title, height);
    let mut y = area.y;
    let head = if told.accounts == 0 && told.unseen_accounts == 0 {
        words.text("diff-nothing").into_owned()
    } else {
        words.with("diff-accounts", &[("n", told.accounts.into()), ("sum", money(told.total).into())])
    };
    canvas.put_within(area.x, y, area.width, &head, Tone::Title);
    y += 1;
    if told.unseen_accounts > 0 {
        let sum = money(told.unseen_total);
        let unseen = words.with("diff-unseen", &[("n", told.unseen_accounts.into()), ("sum", sum.into())]);
        canvas.put_within(area.x, y, area.width, &unseen, Tone::Warning);
        y += 1;
    }
    if told.kept > 0 {
        let undo = words.with("diff-undo", &[("n", told.put_back.into()), ("kept", told.kept.into())]);
        canvas.put_within(area.x, y, area.width, &undo, Tone::Warning);
        y += 1;
    }
    if let Some(beyond) = &told.beyond {
        y = too_far(desk, canvas, beyond, Area { y, ..area });
    }
    for exception in told.exceptions.iter().take(EXCEPTIONS) {
        canvas.put_within(area.x, y, area.width, exception, Tone::Warning);
        y += 1;
    }
    y = balances(desk, canvas, &told.balances, Area { y, ..area });
    y = services(desk, canvas, &told.services, Area { y, ..area });
    let last = area.y + area.height.saturating_sub(1);
    if is_empty {
        canvas.cursor = Some((area.x, y.min(last)));
    } else {
        bills(desk, canvas, diff, Area { y, height: last.saturating_sub(y), ..area });
    }
    let more =
        if told.more > 0 { words.with("diff-more", &[("n", told.more.into())]) } else { String::new() };
    let foot = format!("{} {more}", words.text(if is_empty { "diff-foot-nothing" } else { "diff-foot" }));
    canvas.put_within(area.x, last, area.width, &foot, Tone::Faint);
}

/// What is not recalculated, and where the readings of those months are charged instead.
fn too_far(desk: &Desk, canvas: &mut Canvas, beyond: &Beyond, area: Area) -> u16 {
    let before = month_told(&beyond.before);
    let months =
        [("n", beyond.accounts.into()), ("months", beyond.months.into()), ("before", before.clone().into())];
    canvas.put_within(area.x, area.y, area.width, &desk.words().with("diff-beyond", &months), Tone::Warning);
    if beyond.readings == 0 {
        return area.y + 1;
    }
    let readings = [("n", beyond.readings.into()), ("before", before.into())];
    let told = desk.words().with("diff-beyond-readings", &readings);
    canvas.put_within(area.x, area.y + 1, area.width, &told, Tone::Warning);
    area.y + 2
}

/// The largest changes, a bill and service a row.
fn bills(desk: &Desk, canvas: &mut Canvas, diff: &Diff, area: Area) {
    let (words, last) = (desk.words(), area.y + area.height);
    let mut y = area.y;
    let [before, change] = [(24, 11), (12, 12)].map(|(from_end, width)| {
        let from_end: u16 = from_end;
        (area.x + area.width.saturating_sub(from_end), width)
    });
    canvas.put_within(area.x, y, area.width.saturating_sub(25), &words.text("diff-heading"), Tone::Title);
    canvas.put_number(before.0, y, before.1, &words.text("diff-before"), Tone::Title);
    canvas.put_number(change.0, y, change.1, &words.text("diff-change"), Tone::Title);
    y += 1;
    let rows = diff.rows();
    let height = usize::from(last.saturating_sub(y));
    let top = (diff.at + 1).saturating_sub(height);
    canvas.cursor = Some((area.x, y.min(last)));
    for ((index, row), y) in rows.iter().enumerate().skip(top).zip(y..last) {
        let here = index == diff.at;
        let tone = if here { Tone::Focus } else { Tone::Value };
        let name = format!("{} {} {}", row.account, month_told(&row.month), row.service);
        canvas.put_within(area.x, y, area.width.saturating_sub(25), &name, tone);
        canvas.put_number(before.0, y, before.1, &money(row.before), Tone::Faint);
        canvas.put_number(change.0, y, change.1, &money(row.after - row.before), tone);
        if here {
            canvas.cursor = Some((area.x, y));
        }
    }
}
