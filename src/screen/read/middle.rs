//! `[block.NAME]`, `[tab.NAME]`: what stands between head and foot.

use super::super::error::Problem;
use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Block, BlockKind, Screen, Shown, Tab};
use crate::strict::table::Section;

pub(super) fn fill(reader: &mut Reader<'_>, root: &Section<'_, '_>, screen: &mut Screen) {
    for (name, section) in reader.sections(root, "block") {
        let kind = kind(reader, &section).unwrap_or(BlockKind::KeyTest);
        screen.blocks.push(Block { name, kind });
    }
    let tabs = reader.sections(root, "tab");
    for (name, section) in &tabs {
        screen.tabs.extend(tab(reader, name, section, screen));
    }
    if tabs.is_empty() {
        sole(reader, root, screen);
    } else {
        shown(reader, root, screen);
    }
}

fn kind(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<BlockKind> {
    section.only(&mut reader.refuser, &words::BLOCK);
    let (span, kind) = reader.must_text(section, "kind")?;
    match kind {
        "text" => {
            let source = reader.must_text(section, "source");
            let column = reader.must_text(section, "column");
            let source = source.and_then(|(span, source)| reader.source(&span, source))?;
            let column = column.and_then(|(span, column)| reader.column(&span, source, column))?;
            Some(BlockKind::Text { source, column })
        }
        "explain" => {
            let explain = reader.explained(section, None)?;
            Some(BlockKind::Explain {
                account: explain.account,
                month: explain.month,
                service: explain.service,
            })
        }
        "paper" => {
            let function = reader.must_text(section, "function").map(|(_, function)| function.to_owned());
            Some(BlockKind::Paper { function: function?, args: reader.pairs(section, "with", None) })
        }
        "files" => files(reader, section),
        "keytest" => Some(BlockKind::KeyTest),
        _ => {
            reader.refuser.refuse_word(&span, "kind", kind, &words::BLOCKS);
            None
        }
    }
}

fn called(reader: &mut Reader<'_>, section: &Section<'_, '_>, word: &'static str) -> Option<String> {
    let (span, function) = reader.must_text(section, word)?;
    Some(reader.relation(&span, function))
}

fn files(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<BlockKind> {
    let known = called(reader, section, "function");
    let take = called(reader, section, "take");
    if section.get("screens").is_none() {
        section.missing(&mut reader.refuser, "screens");
    }
    let table = reader.section(section, "screens", "«screens»")?;
    let mut screens = Vec::new();
    for (kind, _) in table.keys() {
        let screen = table.text(&mut reader.refuser, kind);
        screens.extend(screen.map(|(_, screen)| (kind.to_owned(), screen.to_owned())));
    }
    Some(BlockKind::Files { known: known?, take: take?, screens })
}

fn tab(reader: &mut Reader<'_>, name: &str, section: &Section<'_, '_>, screen: &Screen) -> Option<Tab> {
    section.only(&mut reader.refuser, &words::TAB);
    let title = reader.must_text(section, "title").map(|(_, title)| title.to_owned());
    let badge = reader.one(section, "badge", None);
    let key = reader.one_of(section, &["grid", "block", "embed"])?;
    let (span, part) = section.text(&mut reader.refuser, key)?;
    if key != "embed" && section.get("with").is_some() {
        reader.not_both(section, key, "with");
    }
    let show = match key {
        "grid" => Shown::Grid(reader.grid(&span, part)?),
        "block" => match screen.blocks.iter().position(|block| block.name == part) {
            Some(block) => Shown::Block(block),
            None => {
                let all: Vec<String> = screen.blocks.iter().map(|block| block.name.clone()).collect();
                reader.unknown(&span, "блока", part, &all);
                return None;
            }
        },
        _ => Shown::Embed { screen: part.to_owned(), with: reader.pairs(section, "with", None) },
    };
    Some(Tab { name: name.to_owned(), title: title?, show, badge })
}

/// Without tabs, the one part there is.
fn sole(reader: &mut Reader<'_>, root: &Section<'_, '_>, screen: &mut Screen) {
    let grids = screen.grids.iter().enumerate().map(|(at, grid)| (grid.name.clone(), Shown::Grid(at)));
    let blocks = screen.blocks.iter().enumerate().map(|(at, block)| (block.name.clone(), Shown::Block(at)));
    let mut parts: Vec<(String, Shown)> = grids.chain(blocks).collect();
    if parts.len() > 1 {
        reader.refuser.refuse(&root.span, Problem::NoTabs);
    }
    screen.tabs.extend(parts.pop().map(|(name, show)| Tab { name, title: String::new(), show, badge: None }));
}

/// Every part is shown by a tab.
fn shown(reader: &mut Reader<'_>, root: &Section<'_, '_>, screen: &Screen) {
    for (what, key, names) in [
        ("таблицу", "grid", screen.grids.iter().map(|grid| &grid.name).collect::<Vec<_>>()),
        ("блок", "block", screen.blocks.iter().map(|block| &block.name).collect()),
    ] {
        for (at, name) in names.into_iter().enumerate() {
            let is_shown = screen.tabs.iter().any(|tab| match tab.show {
                Shown::Grid(grid) => key == "grid" && grid == at,
                Shown::Block(block) => key == "block" && block == at,
                Shown::Embed { .. } => false,
            });
            let span = reader.sections(root, key).into_iter().find(|(known, _)| known == name);
            if let Some((_, section)) = span.filter(|_| !is_shown) {
                reader.refuser.refuse(&section.span, Problem::Unshown { what, name: name.clone() });
            }
        }
    }
}
