//! Where the parts of a screen stand. Nothing moves: a field stays at its row and column in every state of its screen.

use super::Desk;
use crate::engine::blocks::files;
use crate::engine::model::{BlockKind, Picture, Screen, Shown};
use crate::engine::window::Window;

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Area {
    /// Column from the left.
    pub x: u16,
    /// Row from the top.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The parts of one screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// Pictures above and below the middle, by their place in the file.
    pub pictures: Vec<(usize, Area)>,
    /// The strip of tabs.
    pub strip: Option<Area>,
    /// Grid, block or the screen inside.
    pub middle: Area,
}

/// A dialog is never narrower: its title has to be read.
const NARROWEST: u16 = 60;

/// Rows a dialog gives to its middle.
const DIALOG_MIDDLE: u16 = 12;

/// Columns from which on a picture may stand right of another.
pub(crate) const WIDE: u16 = 132;

/// Columns between two pictures.
const GAP: u16 = 2;

/// The widest picture that finds room right of one of 80 columns.
pub(crate) const WIDEST_BESIDE: u16 = WIDE - 80 - GAP;

impl Places {
    /// The place right of the picture this one stands beside, taken from that one's columns; nothing where the terminal is narrow.
    fn split_for(&mut self, picture: &Picture, free: Area) -> Option<Area> {
        let left = picture.beside.filter(|_| free.width >= WIDE)?;
        let (_, left) = self.pictures.iter_mut().find(|(index, _)| *index == left)?;
        let width = picture.width();
        left.width = left.width.checked_sub(width + GAP)?;
        let x = left.x + left.width + GAP;
        Some(Area { x, y: left.y, width, height: free.height + (free.y - left.y) })
    }
}

impl Desk {
    /// The rows between title and message line.
    pub(crate) fn body(&self) -> Area {
        Area { x: 0, y: 1, width: self.size.0, height: self.size.1.saturating_sub(3) }
    }

    /// Keeps every visible cursor in sight.
    pub(crate) fn follow_cursors(&mut self) {
        let Some(front) = self.windows.last() else { return };
        let mut heights = Vec::new();
        gather(front, self.frame(front), &mut heights);
        let mut pages = Vec::new();
        for (id, height) in heights {
            let Some(window) = self.window_mut(id) else { continue };
            if let Some(grid) = window.front_grid() {
                let model = window.model.clone();
                let feed = &window.feeds[model.grids[grid].source];
                let (rows, height) = (&feed.rows, rows_of_grid(height, rows_total(window, grid)));
                if rows.is_empty() {
                    // The cursor's row is known before the rows are, where a session is gone on with.
                    continue;
                }
                window.grids[grid].follow(&model.grids[grid], rows, height);
                let state = &window.grids[grid];
                // The next page is fetched while this one is read.
                if feed.more && state.row + 2 * height >= rows.len() {
                    pages.push((id, model.grids[grid].source));
                }
            }
            if let Some(block) = window.front_block() {
                let is_folder = matches!(window.model.blocks[block].kind, BlockKind::Files { .. });
                let height = if is_folder { files::rows(height) } else { height };
                window.blocks[block].tree.follow(usize::from(height));
            }
        }
        for (window, source) in pages {
            self.ask_next_page(window, source);
        }
    }

    /// The rows of the grid or block the cursor is in.
    pub(crate) fn page_height(&self) -> usize {
        let Some(front) = self.windows.last() else { return 1 };
        let mut heights = Vec::new();
        gather(front, self.frame(front), &mut heights);
        let focused = self.focused_id();
        let height = heights.iter().find(|(id, _)| Some(*id) == focused).map_or(1, |(_, height)| *height);
        usize::from(height.saturating_sub(1)).max(1)
    }

    /// The area a window of the stack has for itself: the body, or a frame over it.
    pub(crate) fn frame(&self, window: &Window) -> Area {
        let body = self.body();
        if !window.model.dialog {
            return body;
        }
        let widest = window.model.pictures.iter().map(Picture::width).max().unwrap_or_default();
        let width = widest.max(NARROWEST).min(body.width.saturating_sub(4));
        let middle = if window.model.tabs.is_empty() { 0 } else { DIALOG_MIDDLE };
        let height = lines_of(&window.model, width).saturating_add(middle);
        let height = height.min(body.height.saturating_sub(2));
        Area {
            x: body.x + (body.width.saturating_sub(width)) / 2,
            y: body.y + (body.height.saturating_sub(height)) / 2,
            width,
            height,
        }
    }
}

/// Lines of the pictures of a screen in so many columns: of those that are turned, the highest, so that a frame stays where it is.
#[must_use]
pub(crate) fn lines_of(model: &Screen, width: u16) -> u16 {
    let lines = |index: &usize| model.pictures.get(*index).map_or(0, |picture| picture.height(width));
    let turned = model.pages.iter().map(lines).max().unwrap_or_default();
    let fixed =
        (0..model.pictures.len()).filter(|index| !model.pages.contains(index)).map(|index| lines(&index));
    fixed.fold(turned, u16::saturating_add)
}

/// Divides the area of a window.
#[must_use]
pub(crate) fn places(window: &Window, area: Area) -> Places {
    let model = &window.model;
    let pictures = || model.pictures.iter().enumerate().filter(|(index, _)| window.is_in_sight(*index));
    let mut places = Places::default();
    let rows = |picture: &Picture| picture.height(area.width);
    let mut y = area.y;
    let bottom = area.y + area.height;
    for (index, picture) in pictures().filter(|(_, picture)| !picture.at_foot) {
        let free = Area { y, height: bottom.saturating_sub(y), ..area };
        let whole = places.split_for(picture, free).unwrap_or(free);
        let height = rows(picture).min(whole.height);
        places.pictures.push((index, Area { height, ..whole }));
        y = y.max(whole.y + height);
    }
    let mut foot_top = bottom;
    for (index, picture) in pictures().filter(|(_, picture)| picture.at_foot) {
        let height = rows(picture).min(foot_top.saturating_sub(y));
        foot_top -= height;
        places.pictures.push((index, Area { y: foot_top, height, ..area }));
    }
    if model.tabs.len() > 1 && y < foot_top {
        places.strip = Some(Area { y, height: 1, ..area });
        y += 1;
    }
    places.middle = Area { y, height: foot_top.saturating_sub(y), ..area };
    places
}

/// Rows of a grid that hold data: under the heading, above the totals and the count.
#[must_use]
pub(crate) fn rows_of_grid(height: u16, totals: bool) -> usize {
    usize::from(height.saturating_sub(2 + u16::from(totals)))
}

/// Whether a grid has a row of totals.
#[must_use]
pub(crate) fn rows_total(window: &Window, grid: usize) -> bool {
    window.model.grids[grid].columns.iter().any(|column| column.total != crate::engine::model::Total::None)
}

/// Heights of the middles of a window and of what is inside it.
fn gather(window: &Window, area: Area, heights: &mut Vec<(u32, u16)>) {
    let places = places(window, area);
    heights.push((window.id, places.middle.height));
    if let (Some(Shown::Embed { .. }), Some(inside)) = (window.shown(), window.embeds.get(&window.tab)) {
        gather(inside, places.middle, heights);
    }
}
