//! A keyboard as a terminal passes it on: a key goes in, the bytes of an old terminal come out, and the program's own decoder makes
//! keys of them again. Nothing newer than those bytes is known to the program.

use std::fmt::Write as _;

use kvartal::keymap::{Bytes, Decoded, Decoder, Key, Pauses, fold_to_latin, fold_to_ru};

/// The other layout, for a whole run of sessions: see `engine::layouts`.
pub const VARIABLE: &str = "KVARTAL_TEST_KEYBOARD";

/// A keyboard with its layout and terminal.
pub struct Keyboard {
    /// Whether names and codes are typed with the letters of the other layout.
    is_other: bool,
    decoder: Decoder,
    now: u64,
    /// F9 was pressed, or letters after it: they name a command or screen.
    names: bool,
}

impl Keyboard {
    /// In Russian on an xterm, or as the environment says, in Latin letters on a PuTTY.
    pub fn of_environment() -> Self {
        Self::of(std::env::var_os(VARIABLE).is_some())
    }

    pub fn of(is_other: bool) -> Self {
        Self { is_other, decoder: Decoder::new(Pauses::NEAR), now: 0, names: false }
    }

    /// A name or code as it is typed here.
    pub fn name(&self, text: &str) -> String {
        if self.is_other { folded(text) } else { text.to_owned() }
    }

    /// Presses a key; what the program makes of its bytes.
    pub fn presses(&mut self, key: Key) -> Vec<Key> {
        let key = self.folded(key);
        let bytes = self.bytes(key);
        self.now += 1_000;
        let mut decoded = self.decoder.feed(self.now, &bytes);
        if let Some(deadline) = self.decoder.deadline() {
            self.now = deadline;
            decoded.extend(self.decoder.tick(deadline));
        }
        let one = |decoded| match decoded {
            Decoded::Key(key, _) => key,
            other => panic!("{key}: {other:?}"),
        };
        decoded.into_iter().map(one).collect()
    }

    /// Letters behind F9 name something, and are typed in whatever layout is on.
    fn folded(&mut self, key: Key) -> Key {
        match key {
            Key::F(9) => self.names = true,
            Key::Char(letter) if self.names => {
                return self.name(&letter.to_string()).chars().next().map_or(key, Key::Char);
            }
            Key::Backspace => {}
            _ => self.names = false,
        }
        key
    }

    fn bytes(&self, key: Key) -> Vec<u8> {
        let notation = match key {
            Key::Char(letter) => return letter.to_string().into_bytes(),
            Key::Ctrl(letter) => return vec![letter as u8 & 0x1f],
            Key::Alt(letter) => format!("^[{letter}"),
            Key::F(number) => self.function_key(number),
            Key::Enter => "^M".to_owned(),
            Key::Tab => "^I".to_owned(),
            Key::Esc => "^[".to_owned(),
            Key::Backspace => if self.is_other { "^H" } else { "^?" }.to_owned(),
            other => sequence(other, self.is_other).to_owned(),
        };
        Bytes::of_notation(&notation).0
    }

    fn function_key(&self, number: u8) -> String {
        let mut notation = String::from("^[");
        match number {
            1..=4 if !self.is_other => write!(notation, "O{}", char::from(b'O' + number)).unwrap(),
            1..=5 => write!(notation, "[{}~", 10 + number).unwrap(),
            _ => write!(notation, "[{}~", 11 + number).unwrap(),
        }
        notation
    }
}

fn sequence(key: Key, is_other: bool) -> &'static str {
    match key {
        Key::BackTab => "^[[Z",
        Key::Up => "^[[A",
        Key::Down => "^[[B",
        Key::Right => "^[[C",
        Key::Left => "^[[D",
        Key::Home if is_other => "^[[1~",
        Key::Home => "^[[H",
        Key::End if is_other => "^[[4~",
        Key::End => "^[[F",
        Key::Ins => "^[[2~",
        Key::Del => "^[[3~",
        Key::PgUp => "^[[5~",
        Key::PgDn => "^[[6~",
        other => panic!("no bytes for {other}"),
    }
}

/// The same keys in the other layout.
fn folded(text: &str) -> String {
    let latin = fold_to_latin(text);
    if latin == text { fold_to_ru(text) } else { latin }
}

#[test]
fn every_key_comes_back_as_itself() {
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PgUp,
        Key::PgDn,
        Key::Ins,
        Key::Del,
        Key::Backspace,
        Key::Char('ж'),
        Key::Char('1'),
        Key::Alt('2'),
        Key::Ctrl('c'),
    ];
    for is_other in [false, true] {
        let mut keyboard = Keyboard::of(is_other);
        for key in named.into_iter().chain((1..=10).map(Key::F)) {
            keyboard.names = false;
            assert_eq!(keyboard.presses(key), [key]);
        }
    }
    let mut other = Keyboard::of(true);
    let typed: Vec<Key> =
        [Key::F(9), Key::Char('И')].into_iter().flat_map(|key| other.presses(key)).collect();
    assert_eq!(typed, [Key::F(9), Key::Char('B')]);
}
