//! From the text of a screen file to a [`Screen`]: every key is known, every name has a scope and leads somewhere.

mod action;
mod field;
mod grid;
mod head;
mod middle;
mod overlay;
mod reader;
mod source;
mod value;

use super::error::{Problem, ScreenError};
use super::words;
use crate::engine::model::Screen;
use crate::strict::Located;
use crate::strict::table::{Section, parse};
pub use overlay::name;
use reader::Reader;

/// The screen of a file. `name` is its path below `screens` without `.toml`: `cards/account_card`; overlays are
/// paths with texts, each laid over the screen in order.
///
/// # Errors
/// All that is wrong, by file and line.
pub fn read(name: &str, text: &str, overlays: &[(&str, &str)]) -> Result<Screen, Vec<ScreenError>> {
    let mut reader = Reader::new(text);
    let document = parse(&mut reader.refuser);
    let screen = document.as_ref().map(|document| {
        let root = Section::new("файле".to_owned(), 0..0, document.get_ref());
        root.only(&mut reader.refuser, &words::FILE);
        let mut screen = whole(&mut reader, &root);
        name.clone_into(&mut screen.name);
        screen
    });
    let (mut known, found) = reader.finish(screen);
    let mut screen = found.map_err(|wrong| told(&format!("{name}.toml"), wrong))?;
    for (path, text) in overlays {
        let mut reader = known.with_text(text);
        let document = parse(&mut reader.refuser);
        if let Some(document) = &document {
            overlay::lay(&mut reader, document.get_ref(), &mut screen);
        }
        let done;
        (known, done) = reader.finish(Some(()));
        done.map_err(|wrong| told(path, wrong))?;
    }
    screen.sources = known.sources;
    Ok(screen)
}

fn told(file: &str, wrong: Vec<Located<Problem>>) -> Vec<ScreenError> {
    let tell = |Located { line, problem }: Located<Problem>| ScreenError {
        file: file.to_owned(),
        line,
        problem: problem.to_string(),
    };
    wrong.into_iter().map(tell).collect()
}

/// First what other parts name (keys, sources, tags, grids), then the parts.
fn whole(reader: &mut Reader<'_>, root: &Section<'_, '_>) -> Screen {
    let mut screen = Screen::default();
    let head = reader.section(root, "screen", "разделе [screen]");
    if root.get("screen").is_none() {
        root.missing(&mut reader.refuser, "screen");
    }
    let sources = reader.sections(root, "source");
    let fields = reader.sections(root, "field");
    let grids = reader.sections(root, "grid");
    if let Some(head) = &head {
        head::keys(reader, head);
    }
    source::declare(reader, &sources);
    field::draw(reader, root, &fields, &mut screen);
    grid::declare(reader, &grids);
    if let Some(head) = &head {
        head::fill(reader, head, &mut screen);
    }
    source::fill(reader, &sources);
    field::fill(reader, &fields, &mut screen);
    screen.grids =
        grids.iter().enumerate().map(|(at, (name, grid))| grid::read(reader, name, grid, at)).collect();
    middle::fill(reader, root, &mut screen);
    for (name, section) in reader.sections(root, "action") {
        screen.actions.extend(action::read(reader, &name, &section));
    }
    screen
}
