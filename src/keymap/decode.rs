//! Bytes of a terminal to keys. The bytes of one key may come apart on their way, so the beginning of a
//! sequence waits; how long is the only thing this decides by time, and the time comes in with the bytes.
//!
//! | what has come | waits | then |
//! | --- | --- | --- |
//! | Esc alone | the hold | it was Esc |
//! | Esc and `[` or `O` | [`TAIL`] | it was Alt with that sign |
//! | more of a sequence, half a letter | for ever | nobody types that by hand: the rest is on its way |
//! | a paste without its end | [`PASTE`] after its last byte | the paste was all there is |
//!
//! When the rest of a known sequence comes after its Esc was given out already, in one piece and within
//! [`LATE`], it is that key: otherwise `[11~` would be typed into the next field.

use super::terminals::LONGEST;
use super::{Bytes, Key, Terminals, clean};

/// How long the second byte of a sequence waits for the third, in milliseconds.
const TAIL: u64 = 1_000;

/// How long after a lone Esc the rest of its sequence is still known as such, in milliseconds.
const LATE: u64 = 1_000;

/// The silence that ends a paste without an end, in milliseconds.
const PASTE: u64 = 5_000;

/// More than any field takes: what is pasted beyond is dropped.
const PASTE_LIMIT: usize = 256 * 1024;

const ESC: u8 = 0x1b;
const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// How long a lone Esc is held back, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pauses {
    /// Waiting for the rest of a sequence. 50 is right at a console, 100 over a network.
    pub hold: u64,
    /// For terminals with dead function keys: waiting for a digit that makes Esc a function key.
    pub prefix: Option<u64>,
}

impl Pauses {
    /// At a console.
    pub const NEAR: Self = Self { hold: 50, prefix: None };
    /// Over a network.
    pub const FAR: Self = Self { hold: 100, prefix: None };
    /// What [`Self::prefix`] is where it is wanted: a person leaves 100 to 400 ms between the two.
    pub const PREFIX: u64 = 700;

    /// The same with another hold, as long as a person would still wait.
    #[must_use]
    pub fn held(self, hold: u64) -> Self {
        let hold = hold.min(Self::PREFIX);
        Self { hold, prefix: self.prefix.map(|prefix| prefix.max(hold)) }
    }
}

/// What bytes turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// A key, and the bytes that were it.
    Key(Key, Bytes),
    /// A pasted text, already [cleaned](clean).
    Paste(String),
    /// A sequence nobody knows: dropped by everybody but the key test.
    Unknown(Bytes),
}

/// The state between bytes.
#[derive(Debug)]
pub struct Decoder {
    pauses: Pauses,
    table: &'static Terminals,
    /// The beginning of a sequence or letter.
    held: Vec<u8>,
    /// When its last byte came.
    since: u64,
    /// Until when the rest of a sequence may still follow an Esc that was given out.
    late_until: Option<u64>,
    paste: Option<Vec<u8>>,
    after_return: bool,
    out: Vec<Decoded>,
}

impl Decoder {
    /// A decoder that has seen nothing.
    #[must_use]
    pub fn new(pauses: Pauses) -> Self {
        Self {
            pauses,
            table: Terminals::known(),
            held: Vec::new(),
            since: 0,
            late_until: None,
            paste: None,
            after_return: false,
            out: Vec::new(),
        }
    }

    /// Takes the bytes of one read that came at a time (milliseconds of any clock that never goes back).
    pub fn feed(&mut self, now: u64, bytes: &[u8]) -> Vec<Decoded> {
        self.expire(now);
        self.after_return = false;
        let late = self.late_until.take().is_some_and(|until| now <= until);
        if let Some(key) = self.table.key_of_tail(bytes).filter(|_| late) {
            self.out.push(Decoded::Key(key, Bytes(bytes.to_vec())));
        } else if let Some(text) = bytes.strip_prefix(&PASTE_BEGIN[1..]).filter(|_| late) {
            self.paste = Some(Vec::new());
            text.iter().for_each(|byte| self.take(*byte));
        } else {
            bytes.iter().for_each(|byte| self.take(*byte));
        }
        self.since = now;
        std::mem::take(&mut self.out)
    }

    /// Other pauses from now on.
    pub const fn set_pauses(&mut self, pauses: Pauses) {
        self.pauses = pauses;
    }

    /// Lets time pass without bytes.
    pub fn tick(&mut self, now: u64) -> Vec<Decoded> {
        self.expire(now);
        std::mem::take(&mut self.out)
    }

    /// When [`Self::tick`] has something to decide; nothing while nothing waits for time.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        let pause = match (&self.paste, self.held.as_slice()) {
            (Some(_), _) => PASTE,
            (None, [ESC]) => self.pauses.prefix.unwrap_or(self.pauses.hold),
            (None, [ESC, b'[' | b'O']) => TAIL,
            _ => return None,
        };
        Some(self.since.saturating_add(pause))
    }

    fn expire(&mut self, now: u64) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        if let Some(text) = self.paste.take() {
            self.pasted(&text);
        } else if let [ESC, sign] = self.held[..] {
            self.key(Key::Alt(char::from(sign)));
        } else {
            self.key(Key::Esc);
            self.late_until = Some(self.since.saturating_add(LATE));
        }
    }

    fn take(&mut self, byte: u8) {
        if let Some(text) = &mut self.paste {
            text.push(byte);
            if text.len() > PASTE_LIMIT + LONGEST {
                // What is too much goes, the place where the end will show itself stays.
                text.drain(PASTE_LIMIT..=PASTE_LIMIT + LONGEST - PASTE_END.len());
            }
            if text.ends_with(PASTE_END) {
                let text = text[..text.len() - PASTE_END.len()].to_vec();
                self.paste = None;
                self.pasted(&text);
            }
            return;
        }
        match self.held.as_slice() {
            [] => self.first(byte),
            [ESC] => self.second(byte),
            [ESC, b'[', ..] => self.control_sequence(byte),
            [ESC, b'O', ..] => self.shifted(byte),
            _ => self.letter(byte),
        }
    }

    fn first(&mut self, byte: u8) {
        let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        self.held.push(byte);
        match byte {
            ESC | 0xc2..=0xf4 => {}
            // Carriage return and newline together are one Enter of one key.
            b'\n' if after_return => self.held.clear(),
            b'\r' | b'\n' => self.key(Key::Enter),
            b'\t' => self.key(Key::Tab),
            0x08 | 0x7f => self.key(Key::Backspace),
            1..=26 => self.key(Key::Ctrl(char::from(byte - 1 + b'a'))),
            0x1c..=0x1f => self.key(Key::Ctrl(char::from(byte + 0x40))),
            0x20..=0x7e => self.key(Key::Char(char::from(byte))),
            _ => self.unknown(),
        }
    }

    /// After Esc.
    fn second(&mut self, byte: u8) {
        match byte {
            b'[' | b'O' | 0xc2..=0xf4 => self.held.push(byte),
            b'0'..=b'9' if self.pauses.prefix.is_some() => {
                self.held.push(byte);
                let key = Key::function(u32::from(byte - b'0'));
                self.key(key.unwrap_or(Key::Esc));
            }
            0x20..=0x7e => {
                self.held.push(byte);
                self.key(Key::Alt(char::from(byte)));
            }
            // Esc and another key that a slow line brought together.
            _ => {
                self.key(Key::Esc);
                self.first(byte);
            }
        }
    }

    /// After Esc and `[`: parameters, then a final byte. The Linux console has a second `[` in front of it.
    fn control_sequence(&mut self, byte: u8) {
        let linux = self.held.len() == 2 && byte == b'[';
        match byte {
            0x20..=0x3f if self.held.len() < LONGEST => self.held.push(byte),
            b'[' if linux => self.held.push(byte),
            0x40..=0x7e => self.finish(byte),
            _ => self.broken(byte),
        }
    }

    /// After Esc and `O`.
    fn shifted(&mut self, byte: u8) {
        match byte {
            b'0'..=b'9' | b';' if self.held.len() < LONGEST => self.held.push(byte),
            0x20 | 0x40..=0x7e => self.finish(byte),
            _ => self.broken(byte),
        }
    }

    fn finish(&mut self, byte: u8) {
        self.held.push(byte);
        match self.table.key(&self.held) {
            _ if self.held == PASTE_BEGIN => {
                self.held.clear();
                self.paste = Some(Vec::new());
            }
            Some(key) => self.key(key),
            None => self.unknown(),
        }
    }

    /// A sequence that stopped being one: what it was is lost, the byte is not.
    fn broken(&mut self, byte: u8) {
        self.unknown();
        self.first(byte);
    }

    /// A letter of several bytes, perhaps after Esc.
    fn letter(&mut self, byte: u8) {
        if !(0x80..=0xbf).contains(&byte) {
            return self.broken(byte);
        }
        self.held.push(byte);
        let (escaped, letter) = match self.held.split_first() {
            Some((&ESC, letter)) => (true, letter),
            _ => (false, self.held.as_slice()),
        };
        match std::str::from_utf8(letter) {
            Ok(text) => {
                let letter = text.chars().next().filter(|letter| !letter.is_control());
                match letter {
                    Some(letter) => self.key(if escaped { Key::Alt(letter) } else { Key::Char(letter) }),
                    None => self.unknown(),
                }
            }
            Err(error) if error.error_len().is_some() => self.unknown(),
            Err(_) => {}
        }
    }

    fn key(&mut self, key: Key) {
        let bytes = Bytes(std::mem::take(&mut self.held));
        self.out.push(Decoded::Key(key, bytes));
    }

    fn unknown(&mut self) {
        let bytes = Bytes(std::mem::take(&mut self.held));
        self.out.push(Decoded::Unknown(bytes));
    }

    fn pasted(&mut self, text: &[u8]) {
        self.out.push(Decoded::Paste(clean(&String::from_utf8_lossy(text))));
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
