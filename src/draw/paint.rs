//! A canvas into ratatui's buffer.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::Theme;
use crate::engine::canvas::Canvas;

/// Writes every cell of the canvas that lies inside the buffer; the rest of the buffer is left blank.
pub fn paint(canvas: &Canvas, buffer: &mut Buffer, theme: Theme) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let Some(target) = buffer.cell_mut((x, y)) else { continue };
            target.reset();
            let Some(cell) = canvas.cell(x, y) else { continue };
            let style = theme.style(cell.tone);
            // Behind a wide character there is nothing to write: it covers both columns.
            let symbol = if cell.symbol.is_empty() { " " } else { theme.symbol(&cell.symbol) };
            target.set_symbol(symbol).set_style(if cell.symbol.is_empty() { Style::new() } else { style });
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier};

    use super::*;
    use crate::engine::canvas::Tone;

    #[test]
    fn meanings_become_styles_and_lines_become_signs() {
        let mut canvas = Canvas::new(6, 2);
        canvas.put(0, 0, "┌─┐", Tone::Frame);
        canvas.put(0, 1, "Счёт", Tone::Focus);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        paint(&canvas, &mut buffer, Theme::Colour);
        assert_eq!(buffer[(0, 0)].symbol(), "┌");
        assert_eq!((buffer[(0, 1)].fg, buffer[(0, 1)].bg), (Color::Black, Color::Cyan));
        paint(&canvas, &mut buffer, Theme::Ascii);
        assert_eq!(buffer[(0, 0)].symbol(), "+");
        assert_eq!((buffer[(0, 1)].fg, buffer[(0, 1)].bg), (Color::Reset, Color::Reset));
        assert_eq!(buffer[(0, 1)].modifier, Modifier::REVERSED);
    }

    #[test]
    fn a_canvas_of_another_size_is_no_accident() {
        let mut canvas = Canvas::new(2, 1);
        canvas.put(0, 0, "аб", Tone::Plain);
        let mut buffer = Buffer::filled(Rect::new(0, 0, 4, 2), ratatui::buffer::Cell::new("x"));
        paint(&canvas, &mut buffer, Theme::Mono);
        assert_eq!(buffer, Buffer::with_lines(["аб  ", "    "]));
    }
}
