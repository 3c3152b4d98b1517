//! Trees and texts.

use unicode_width::UnicodeWidthStr;

use crate::engine::blocks::BlockState;
use crate::engine::canvas::{Canvas, Tone};
use crate::engine::desk::{Area, Desk};
use crate::engine::model::BlockKind;
use crate::engine::value::{Show, shown};
use crate::engine::window::Window;

/// Paints a block.
pub(super) fn paint(
    desk: &Desk,
    canvas: &mut Canvas,
    window: &Window,
    index: usize,
    area: Area,
    active: bool,
) {
    match &window.model.blocks[index].kind {
        BlockKind::Text { source, column } => {
            let rows = &window.feeds[*source].rows;
            for (row, y) in rows.iter().zip(area.y..area.y + area.height) {
                let text = row.get(*column).map(|value| shown(value, &Show::Plain)).unwrap_or_default();
                canvas.put_within(area.x, y, area.width, &text, Tone::Value);
            }
            if active {
                canvas.cursor = Some((area.x, area.y));
            }
        }
        BlockKind::Files { .. } => super::files::paint(desk, canvas, &window.blocks[index], area, active),
        BlockKind::Paper { .. } => paper(desk, canvas, window, index, area, active),
        BlockKind::KeyTest => super::keytest::paint(desk, canvas, &window.blocks[index], area, active),
        BlockKind::Explain { .. } => tree(desk, canvas, window, index, area, active),
    }
}

/// What stands where an answer is awaited.
fn awaited(desk: &Desk, state: &BlockState) -> String {
    match state.before {
        0 => desk.words().text("awaited").into_owned(),
        before => desk.words().with("awaited-behind", &[("n", before.into())]),
    }
}

/// The lines of a paper as they are printed; the cursor is a line to read along.
fn paper(desk: &Desk, canvas: &mut Canvas, window: &Window, index: usize, area: Area, active: bool) {
    let state = &window.blocks[index];
    if state.current.is_some() {
        canvas.put_within(area.x, area.y, area.width, &awaited(desk, state), Tone::Faint);
    }
    let rows = state.tree.nodes.iter().enumerate().skip(state.tree.top).zip(area.y..area.y + area.height);
    for ((line, node), y) in rows {
        let tone = if node.is_heading { Tone::Faint } else { Tone::Value };
        canvas.put_within(area.x, y, area.width, &node.text, tone);
        if active && line == state.tree.at {
            canvas.cursor = Some((area.x, y));
        }
    }
    if active && canvas.cursor.is_none() {
        canvas.cursor = Some((area.x, area.y));
    }
}

/// What stands before what a line comes to.
const RESULT: &str = " = ";

/// A line of a tree. Of one that does not fit the end stays: it is the amount that is asked about.
fn put_node(canvas: &mut Canvas, (x, y): (u16, u16), room: u16, text: &str, tone: Tone) {
    let width = |text: &str| u16::try_from(text.width()).unwrap_or(u16::MAX);
    let result = text.rfind(RESULT).map_or("", |at| &text[at..]);
    let before = room.saturating_sub(width(result));
    if width(text) <= room || result.is_empty() || before < room / 2 {
        canvas.put_within(x, y, room, text, tone);
        return;
    }
    canvas.put_within(x, y, before, &text[..text.len() - result.len()], tone);
    canvas.put_within(x + before, y, width(result), result, tone);
}

fn tree(desk: &Desk, canvas: &mut Canvas, window: &Window, index: usize, area: Area, active: bool) {
    let state = &window.blocks[index];
    if state.current.is_some() {
        canvas.put_within(area.x, area.y, area.width, &awaited(desk, state), Tone::Faint);
    }
    let visible = state.tree.visible();
    let rows = visible.iter().skip(state.tree.top).zip(area.y..area.y + area.height);
    for (node_index, y) in rows {
        let node = &state.tree.nodes[*node_index];
        let sign = match (state.tree.is_branch(*node_index), node.open) {
            (true, true) => "- ",
            (true, false) => "+ ",
            (false, _) => "  ",
        };
        let here = active && *node_index == state.tree.at;
        let indent = u16::try_from(node.depth * 2).unwrap_or(0).min(area.width / 2);
        let tone = if here {
            Tone::Focus
        } else if node.is_heading {
            Tone::Title
        } else {
            Tone::Value
        };
        put_node(canvas, (area.x + indent, y), area.width - indent, &format!("{sign}{}", node.text), tone);
        if here {
            canvas.cursor = Some((area.x + indent, y));
        }
    }
    if active && canvas.cursor.is_none() {
        canvas.cursor = Some((area.x, area.y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_comes_to_is_never_cut() {
        let told = |room, text: &str| {
            let mut canvas = Canvas::new(40, 1);
            put_node(&mut canvas, (0, 0), room, text, Tone::Value);
            canvas.row(0).trim_end().to_owned()
        };
        let text = "Отопление, октябрь 2026: 43,70 м² × 36,93 ₽ = 1613,95 ₽";
        assert_eq!(told(36, text), "Отопление, октябрь 2026› = 1613,95 ₽");
        assert_eq!(told(12, text), "Отопление, ›", "too little room for both");
        assert_eq!(told(40, "2 × 3 = 6"), "2 × 3 = 6");
    }
}
