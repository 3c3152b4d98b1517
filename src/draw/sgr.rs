//! From one look to another in the fewest bytes.

use ratatui::style::{Color, Modifier};

/// Colours and modifiers of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colour of the character.
    pub fg: Color,
    /// Colour behind it.
    pub bg: Color,
    /// Bold, underlined, reversed; the themes name no others.
    pub modifier: Modifier,
}

impl Look {
    /// As the terminal's owner likes it.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
}

/// The sequence that turns one look into another: step by step, or from a clean slate where that is shorter.
#[must_use]
pub fn change(from: Look, to: Look) -> String {
    let steps = codes(from, to);
    let mut anew = codes(Look::PLAIN, to);
    anew.insert(0, String::new());
    let (steps, anew) = (steps.join(";"), anew.join(";"));
    if steps.len() < anew.len() { format!("\x1b[{steps}m") } else { format!("\x1b[{anew}m") }
}

fn codes(from: Look, to: Look) -> Vec<String> {
    let mut codes = Vec::new();
    for (modifier, on, off) in
        [(Modifier::BOLD, "1", "22"), (Modifier::UNDERLINED, "4", "24"), (Modifier::REVERSED, "7", "27")]
    {
        let (was, is) = (from.modifier.contains(modifier), to.modifier.contains(modifier));
        if was != is {
            codes.push(if is { on } else { off }.to_owned());
        }
    }
    if from.fg != to.fg {
        codes.push(number(to.fg, 30).to_string());
    }
    if from.bg != to.bg {
        codes.push(number(to.bg, 40).to_string());
    }
    codes
}

/// The code of a named colour; a colour without a name, which no theme uses, is the terminal's own.
const fn number(colour: Color, base: u8) -> u8 {
    base + match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        _ => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(fg: Color, bg: Color, modifier: Modifier) -> Look {
        Look { fg, bg, modifier }
    }

    #[test]
    fn the_shorter_of_two_ways_is_written() {
        let focus = look(Color::Black, Color::Cyan, Modifier::empty());
        let bold = look(Color::Reset, Color::Reset, Modifier::BOLD);
        assert_eq!(change(Look::PLAIN, focus), "\x1b[30;46m");
        assert_eq!(change(focus, Look::PLAIN), "\x1b[m");
        assert_eq!(change(focus, bold), "\x1b[;1m");
        assert_eq!(change(bold, Look { modifier: Modifier::BOLD | Modifier::UNDERLINED, ..bold }), "\x1b[4m");
        assert_eq!(change(Look::PLAIN, look(Color::White, Color::Red, Modifier::BOLD)), "\x1b[1;97;41m");
    }
}
