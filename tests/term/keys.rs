//! `kvartal keytest --plain` on a pseudo-terminal: keys as the kernel and the program really pass them on.

use super::pty::Desk;

/// A hold no test outlives: what is told by time is told by the pure tests; here a cut must never matter.
const PATIENT: (&str, &str) = ("KVARTAL_ESC_MS", "700");

fn start(variables: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::start(&["keytest", "--plain"], variables);
    desk.wait_for("Ctrl+C ends.");
    desk.wait_for("wide).");
    desk
}

#[test]
fn keys_come_through_whole_whatever_terminal_sends_them() {
    let mut desk = start(&[PATIENT]);
    for (bytes, key) in [
        (&b"\x1b[11~"[..], "F1 ^[[11~"),
        (b"\x1bOQ", "F2 ^[OQ"),
        (b"\x1b[[C", "F3 ^[[[C"),
        (b"\x1b[6~", "PgDn ^[[6~"),
        (b"\x1b2", "Alt+2 ^[2"),
        (b"\x7f", "Backspace ^?"),
        (b"\x08", "Backspace ^H"),
        (b"\r", "Enter ^M"),
        (b"\n", "Enter ^J"),
        (b"\x13", "Ctrl+S ^S"),
        (b"\x1a", "Ctrl+Z ^Z"),
        ("ж".as_bytes(), "ж \\xd0\\xb6"),
    ] {
        desk.send(bytes);
        desk.wait_for(&format!("{key}\r\n"));
    }
    desk.send(b"\x03");
    assert_eq!(desk.finish().1, 0);
}

/// The sequences `crossterm` loses, and what it makes of others: here they are keys.
#[test]
fn keys_of_bad_modes_come_with_the_setting_to_change() {
    let mut desk = start(&[PATIENT]);
    for (bytes, key) in [(&b"\x1bOT"[..], "F5 ^[OT"), (b"\x1b[M", "F1 ^[[M"), (b"\x1bOM", "Enter ^[OM")] {
        desk.send(bytes);
        desk.wait_for(&format!("{key}\r\n"));
        desk.wait_for("PuTTY: Terminal → ");
    }
    desk.send(b"\x1b[1;5P");
    desk.wait_for("? ^[[1;5P");
    desk.send(b"\x03");
    assert_eq!(desk.finish().1, 0);
}

#[test]
fn a_sequence_cut_on_the_line_is_one_key() {
    let mut desk = start(&[PATIENT]);
    for cut in 1..5 {
        let whole = b"\x1b[11~";
        desk.send(&whole[..cut]);
        desk.send(&whole[cut..]);
        let shown = desk.wait_for("F1 ^[[11~\r\n");
        assert!(!shown.contains("Esc"), "cut at {cut}: {shown:?}");
    }
    desk.send(b"\x1b");
    desk.wait_for("Esc ^[\r\n");
    desk.send(b"\x03");
    assert_eq!(desk.finish().1, 0);
}

#[test]
fn a_paste_is_one_text() {
    let mut desk = start(&[PATIENT]);
    desk.send("\x1b[200~Иванов\r\n\x1b[21~Пётр\x03\x1b[201~".as_bytes());
    desk.wait_for("pasted: Иванов Пётр\r\n");
    desk.send(b"\x03");
    assert_eq!(desk.finish().1, 0);
}

#[test]
fn another_size_is_seen() {
    let mut desk = start(&[]);
    desk.resize(132, 43);
    desk.wait_for("132x43\r\n");
    desk.send(b"\x03");
    assert_eq!(desk.finish().1, 0);
}

#[test]
fn a_line_that_is_cut_ends_the_program() {
    let mut desk = start(&[]);
    desk.cut();
    assert_eq!(desk.finish().1, 0, "it left by itself");
}

#[test]
fn the_terminal_is_given_back() {
    let mut desk = start(&[]);
    desk.send(b"\x03");
    let (shown, _) = desk.finish();
    assert!(shown.contains("\x1b[?2004l") && shown.contains("\x1b[?25h"), "{shown:?}");
    assert!(!shown.contains("\x1b]"), "a title was set");
}

#[test]
fn a_terminal_without_utf8_is_refused() {
    let (shown, code) = Desk::start(&["keytest", "--plain"], &[("LANG", "ru_RU.KOI8-R")]).finish();
    assert!(shown.contains("LANG=ru_RU.KOI8-R") && shown.contains("LANG=ru_RU.UTF-8"), "{shown:?}");
    assert_eq!(code, 1);
}
