//! Typed pages as bytes for a matrix printer: its code page, its line ends, and nothing it would obey.

use encoding_rs::IBM866;

/// What letters a printer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// Code page 866, of Russian matrix printers.
    Cp866,
}

impl Charset {
    /// The charset of a name as the register of printers writes it; an unknown one is UTF-8.
    #[must_use]
    pub fn of(name: &str) -> Self {
        if name == "cp866" { Self::Cp866 } else { Self::Utf8 }
    }
}

/// The bytes of a text: lines end in CR LF, pages in a form feed, also the last; control characters are left out, so that no text
/// commands the printer or ends its own printing.
#[must_use]
pub fn bytes(text: &str, charset: Charset) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 256);
    for sign in text.chars() {
        match sign {
            '\n' => out.extend_from_slice(b"\r\n"),
            '\u{c}' => out.push(0x0c),
            _ if sign.is_control() => {}
            _ => letter(sign, charset, &mut out),
        }
    }
    if out.last() != Some(&0x0c) {
        out.push(0x0c);
    }
    out
}

fn letter(sign: char, charset: Charset, out: &mut Vec<u8>) {
    let mut buffer = [0; 4];
    let text: &str = sign.encode_utf8(&mut buffer);
    if charset == Charset::Utf8 {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let (encoded, _, unknown) = IBM866.encode(text);
    out.extend_from_slice(&if unknown { IBM866.encode(like(sign)).0 } else { encoded });
}

/// What stands for a sign the code page lacks; the same number of places, so that columns stay.
const fn like(sign: char) -> &'static str {
    match sign {
        '«' | '»' | '„' | '“' | '”' => "\"",
        '–' | '—' | '−' | '‑' => "-",
        '’' | '‘' => "'",
        '×' => "x",
        '²' => "2",
        '³' => "3",
        '₽' => "р",
        '…' => ".",
        '\u{a0}' | '\u{202f}' => " ",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reaches_the_printer_and_commands_nothing() {
        let text = "№ «Ё»\u{1b}[4i\n┌─┐\u{c}м² м³ ₽ €";
        let dos = b"\xfc \"\xf0\"[4i\r\n\xda\xc4\xbf\x0c\xac2 \xac3 \xe0 ?\x0c";
        assert_eq!(bytes(text, Charset::Cp866), dos);
        assert_eq!(bytes("Да\n\u{c}", Charset::of("utf-8")), "Да\r\n\u{c}".as_bytes());
    }
}
