//! What a frame costs on the line.

use std::num::NonZero;

use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use super::*;

fn screen() -> Screen<Vec<u8>> {
    Screen::new(Vec::new(), (80, 24)).unwrap()
}

/// A form: a full screen of words, a field at the cursor.
fn form(frame: &mut Frame<'_>, typed: &str) {
    let style = Style::new();
    for row in 0..23 {
        frame.buffer_mut().set_string(0, row, "Начислено 1 234.56 Оплачено 1 000.00 Долг 234.56", style);
    }
    frame.buffer_mut().set_string(10, 5, format!("{typed:<20}"), style.add_modifier(Modifier::REVERSED));
    frame.set_cursor_position(Position::new(10 + u16::try_from(typed.chars().count()).unwrap(), 5));
}

#[test]
fn the_same_frame_is_no_byte() {
    let mut screen = screen();
    assert!(screen.draw(|frame| form(frame, "")).unwrap() > 1_000);
    for _ in 0..3 {
        assert_eq!(screen.draw(|frame| form(frame, "")).unwrap(), 0);
    }
    assert_eq!(screen.written(), screen.out().len() as u64);
}

#[test]
fn a_typed_character_is_a_few_bytes() {
    let mut screen = screen();
    screen.draw(|frame| form(frame, "Иван")).unwrap();
    let bytes = screen.draw(|frame| form(frame, "Ивано")).unwrap();
    assert!((2..=64).contains(&bytes), "{bytes}");
    let moved = screen.draw(|frame| {
        form(frame, "Ивано");
        frame.set_cursor_position(Position::new(10, 5));
    });
    assert!((4..=10).contains(&moved.unwrap()), "a cursor that moves is one move");
}

#[test]
fn a_long_frame_is_synchronised_and_a_short_one_is_not() {
    let mut screen = screen();
    screen.draw(|frame| form(frame, "")).unwrap();
    let first = screen.out().clone();
    assert!(first.starts_with(b"\x1b[?2026h") && first.ends_with(b"\x1b[?2026l"));
    screen.draw(|frame| form(frame, "я")).unwrap();
    assert!(!screen.out()[first.len()..].windows(4).any(|four| four == b"2026"));
}

#[test]
fn what_the_terminal_shows_is_what_was_painted() {
    let mut screen = screen();
    let mut seen = vt100::Parser::new(cells(24), cells(80), 0);
    let mut shown = 0;
    for (typed, size) in
        [("", (80, 24)), ("Ив", (80, 24)), ("Ив", (60, 20)), ("Ива", (60, 20)), ("", (100, 30))]
    {
        screen.resize(size).unwrap();
        seen.screen_mut().set_size(cells(size.1), cells(size.0));
        screen.draw(|frame| form_in(frame, typed)).unwrap();
        seen.process(&screen.out()[shown..]);
        shown = screen.out().len();
        let row = seen.screen().contents_between(5, 0, 5, 40);
        assert!(row.starts_with(&format!("Начислено {typed:<20}")), "{size:?}: «{row}»");
        let column = 10 + u16::try_from(typed.chars().count()).unwrap();
        assert_eq!((seen.screen().cursor_position(), seen.screen().hide_cursor()), ((5, column), false));
    }
    screen.draw(|frame| frame.buffer_mut().reset()).unwrap();
    seen.process(&screen.out()[shown..]);
    assert!(seen.screen().contents().trim().is_empty() && seen.screen().hide_cursor());
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// The form, cut to the frame.
fn form_in(frame: &mut Frame<'_>, typed: &str) {
    let rows = frame.area().height;
    for row in 0..rows {
        frame.buffer_mut().set_string(
            0,
            row,
            "Начислено 1 234.56 Оплачено 1 000.00 Долг 234.56",
            Style::new(),
        );
    }
    frame.buffer_mut().set_string(10, 5, format!("{typed:<20}"), Style::new());
    frame.set_cursor_position(Position::new(10 + u16::try_from(typed.chars().count()).unwrap(), 5));
}
