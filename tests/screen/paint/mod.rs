//! Every screen as it looks with sample rows: pictures of it, and what no picture may break.
//!
//! After a change of screens or of their painting: `INSTA_UPDATE=always bin/test every_screen_is_painted`, then read the difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use kvartal::draw::Theme;
use kvartal::engine::canvas::{Canvas, Tone};
use kvartal::engine::model::{Screen, Screens, Shown};
use kvartal::locale::Lang;
use kvartal::screen::contract::Catalogue;
use kvartal::screen::paint::{Painted, paint};
use kvartal::screen::set::{Set, embedded};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (132, 43);

fn catalogue() -> Catalogue {
    Catalogue::of_dump(include_str!("../../contract.snap"))
}

fn screens(lang: Lang) -> Screens {
    let set = Set::of(&embedded(), lang.code());
    Arc::new(
        set.screens.into_iter().map(|(name, screen)| (name, Arc::new(screen))).collect::<BTreeMap<_, _>>(),
    )
}

/// Every look of every screen.
fn looks(lang: Lang, size: (u16, u16), mut seen: impl FnMut(&Screen, &Painted)) {
    let (screens, catalogue) = (screens(lang), catalogue());
    for (name, screen) in screens.iter() {
        let painted = paint(&screens, name, &catalogue, lang, size);
        assert!(!painted.is_empty(), "{name}");
        painted.iter().for_each(|one| seen(screen, one));
    }
}

/// What the mono theme does to each cell: `b`old, `u`nderlined, `r`eversed, capital letters for two of them.
fn marks(canvas: &Canvas) -> String {
    let mark = |x, y| {
        let modifier =
            canvas.cell(x, y).map(|cell| Theme::Mono.style(cell.tone).add_modifier).unwrap_or_default();
        let (bold, under, reversed) = (
            modifier.contains(Modifier::BOLD),
            modifier.contains(Modifier::UNDERLINED),
            modifier.contains(Modifier::REVERSED),
        );
        match (bold, under, reversed) {
            (false, false, false) => ' ',
            (true, false, false) => 'b',
            (false, true, false) => 'u',
            (false, false, true) => 'r',
            (true, true, _) => 'U',
            (true, false, true) => 'B',
            (false, true, true) => 'R',
        }
    };
    let line = |y| (0..canvas.width()).map(|x| mark(x, y)).collect::<String>().trim_end().to_owned();
    (0..canvas.height()).map(line).collect::<Vec<_>>().join("\n")
}

fn headed(title: &str, tab: &str, text: &str) -> String {
    let tab = if tab.is_empty() { String::new() } else { format!(" · {tab}") };
    format!("── {title}{tab}\n{text}\n")
}

#[test]
fn every_screen_is_painted() {
    let (screens, catalogue) = (screens(Lang::Ru), catalogue());
    for name in screens.keys() {
        let small = paint(&screens, name, &catalogue, Lang::Ru, SMALL);
        let large = paint(&screens, name, &catalogue, Lang::Ru, LARGE);
        let mut text: String =
            small.iter().map(|one| headed("80×24", &one.tab, &one.canvas.text())).collect();
        text += &headed("132×43", &large[0].tab, &large[0].canvas.text());
        text += &headed("80×24, mono", &small[0].tab, &marks(&small[0].canvas));
        insta::assert_snapshot!(name.replace('/', "_"), text);
    }
}

#[test]
fn no_picture_is_wider_than_the_smallest_terminal() {
    for lang in Lang::ALL {
        looks(lang, SMALL, |screen, painted| {
            let text = painted.canvas.text();
            let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for line in screen.pictures.iter().flat_map(|picture| &picture.lines) {
                assert!(line.width() <= 80, "{}: {line}", screen.name);
            }
            // What stands in a picture between its tags is to be seen whole.
            let page: usize = painted.tab.rsplit(' ').next().and_then(|page| page.parse().ok()).unwrap_or(1);
            let turned = |index: &usize| !screen.pages.contains(index) || screen.pages[page - 1] == *index;
            let shown = screen.pictures.iter().enumerate().filter(|(index, _)| turned(index));
            let of_picture = shown.flat_map(|(_, picture)| &picture.slots).map(|slot| slot.field);
            for label in of_picture.map(|field| screen.fields[field].label.trim()) {
                assert!(told.contains(label), "{}: «{label}»\n{text}", screen.name);
            }
        });
    }
}

/// The hardware cursor stands where the focus is painted: a screen reader or a braille line follows it.
#[test]
fn the_cursor_stands_in_what_has_the_focus() {
    for size in [SMALL, LARGE, (60, 20)] {
        looks(Lang::Ru, size, |screen, painted| {
            let (name, canvas) = (&screen.name, &painted.canvas);
            let (x, y) = canvas.cursor.unwrap_or_else(|| panic!("{name} {}: no cursor", painted.tab));
            let cell = canvas.cell(x, y).unwrap_or_else(|| panic!("{name}: the cursor is outside"));
            let is_text = screen.tabs.iter().any(|tab| {
                tab.title == painted.tab || painted.tab.is_empty() && matches!(tab.show, Shown::Block(_))
            });
            let is_still = screen.tabs.is_empty() && !screen.fields.iter().any(|field| field.takes_focus());
            let is_block = is_still || painted.rows.is_none() && is_text;
            assert!(
                cell.tone == Tone::Focus || is_block,
                "{name} {}: {cell:?} at {x}, {y}\n{}",
                painted.tab,
                canvas.text()
            );
        });
    }
}

#[test]
fn a_grid_keeps_its_rows_on_the_smallest_terminal() {
    for lang in Lang::ALL {
        looks(lang, SMALL, |screen, painted| {
            if let Some(rows) = painted.rows {
                assert!(rows >= 8, "{} {}: {rows} rows", screen.name, painted.tab);
            }
        });
    }
}

/// A number that does not fit is shown as `####`: the samples are as long as amounts of a town's flats get.
#[test]
fn no_number_is_too_long_for_its_place() {
    for lang in Lang::ALL {
        looks(lang, SMALL, |screen, painted| {
            let text = painted.canvas.text();
            assert!(!text.contains("##"), "{} {}\n{text}", screen.name, painted.tab);
        });
    }
}
