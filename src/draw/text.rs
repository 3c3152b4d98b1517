//! A canvas as lines of text: for tools that show a screen without taking the terminal.

use ratatui::style::{Color, Style};

use super::Theme;
use super::sgr::{Look, change};
use crate::engine::canvas::Canvas;

/// The lines with the characters of a theme, nothing else: trailing blanks are cut.
#[must_use]
pub fn plain(canvas: &Canvas, theme: Theme) -> String {
    lines(canvas, |row| {
        let cells = (0..canvas.width()).filter_map(|x| canvas.cell(x, row));
        let text: String = cells.map(|cell| theme.symbol(&cell.symbol)).collect();
        text.trim_end().to_owned()
    })
}

/// The lines with the sequences of a theme, each beginning and ending as the terminal's owner likes it.
#[must_use]
pub fn styled(canvas: &Canvas, theme: Theme) -> String {
    lines(canvas, |row| {
        let (mut text, mut look) = (String::new(), Look::PLAIN);
        for cell in (0..canvas.width()).filter_map(|x| canvas.cell(x, row)) {
            let wanted = of_style(theme.style(cell.tone));
            if wanted != look {
                text.push_str(&change(look, wanted));
                look = wanted;
            }
            text.push_str(theme.symbol(&cell.symbol));
        }
        if look != Look::PLAIN {
            text.push_str(&change(look, Look::PLAIN));
        }
        text
    })
}

fn lines(canvas: &Canvas, line: impl Fn(u16) -> String) -> String {
    (0..canvas.height()).map(line).collect::<Vec<_>>().join("\n")
}

fn of_style(style: Style) -> Look {
    Look {
        fg: style.fg.unwrap_or(Color::Reset),
        bg: style.bg.unwrap_or(Color::Reset),
        modifier: style.add_modifier,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::canvas::Tone;

    #[test]
    fn a_line_begins_and_ends_plain() {
        let mut canvas = Canvas::new(8, 1);
        canvas.put(0, 0, "─ Счёт", Tone::Focus);
        assert_eq!(plain(&canvas, Theme::Ascii), "- Счёт");
        assert_eq!(styled(&canvas, Theme::Mono), "\x1b[7m─ Счёт\x1b[m  ");
    }
}
