//! Lines at the top and foot of every page: left, middle and right part, with the number of the page.

use super::super::canvas::Align;
use super::super::metrics::Unprintable;
use super::super::page::{Length, Page};
use super::super::template::Front;
use super::super::template::block::Span;
use super::lines::{Cut, Setting, broken};
use super::look::{Kind, Look, ROW};
use super::piece::moved;

/// Adds them to finished pages.
pub(super) fn add(pages: &mut [Page], front: &Front, look: &Look<'_>) -> Result<(), Unprintable> {
    let count = pages.len();
    let height = look.line(Kind::Small);
    let [_, top, _, bottom] = look.margins;
    let (above, below) =
        if look.typed { (0, look.page.1 - ROW) } else { (top - height - 250, look.page.1 - bottom + 250) };
    for (index, page) in pages.iter_mut().enumerate() {
        let number = index + 1;
        let told =
            |line: &str| line.replace("{pages}", &count.to_string()).replace("{page}", &number.to_string());
        if number >= front.header_from {
            put(page, &told(&front.header), above.max(0), look)?;
        }
        put(page, &told(&front.footer), below, look)?;
    }
    Ok(())
}

fn put(page: &mut Page, line: &str, y: Length, look: &Look<'_>) -> Result<(), Unprintable> {
    let aligns = [Align::Left, Align::Middle, Align::Right];
    for (text, align) in line.split('|').zip(aligns) {
        let setting = Setting {
            kind: Kind::Small,
            width: look.width(),
            indent: 0,
            align: Some(align),
            cut: Cut::Nothing,
            bold: false,
        };
        let text = vec![Span { text: text.trim().to_owned(), bold: false }];
        for line in broken(&text, setting, look)?.iter().take(1) {
            let boxes = line.boxes(look.margins[0], setting, false, look)?;
            page.items.extend(boxes.into_iter().map(|item| moved(item, y)));
        }
    }
    Ok(())
}
