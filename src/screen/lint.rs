//! What a file may not do though it can be read: room for rows, pages, keys, labels.

use crate::engine::desk::{WIDEST_BESIDE, lines_of};
use crate::engine::model::{Grid, Mode, Name, Part, Screen, Shown, Total};
use crate::engine::value::Show;
use crate::keymap::Command;

use super::words;

/// The rows of the smallest terminal.
pub const ROWS: usize = 24;
/// The columns of it.
pub const COLUMNS: u16 = 80;
/// Lines that are the engine's on every screen: title, date line, message, bar.
pub const FRAME: usize = 4;
/// The fewest rows of a grid on the smallest terminal.
pub const FEWEST_ROWS: usize = 8;
/// The most rows of a sheet, which is loaded whole.
pub const SHEET: usize = 2000;

/// All that is wrong with one screen, as sentences.
#[must_use]
pub fn screen(screen: &Screen) -> Vec<String> {
    let mut wrong = pages(screen);
    wrong.extend(sheets(screen));
    wrong.extend(marks(screen));
    wrong.extend(keys(screen));
    wrong.extend(labels(screen));
    wrong.extend(room(screen, 0));
    wrong.extend(widths(screen));
    wrong.extend(beside(screen));
    wrong.extend(silent(screen));
    wrong.extend(promises(screen));
    wrong.extend(addresses(screen));
    wrong.extend(nameless(screen));
    wrong
}

/// A list without rows says what would stand in it: an empty rectangle tells nobody whether to wait, to search or to begin.
fn silent(screen: &Screen) -> Vec<String> {
    let lists = screen.grids.iter().filter(|grid| grid.mode != Mode::Mass && grid.empty.is_empty());
    lists
        .map(|grid| {
            format!("таблица «{}» молчит, когда строк нет; скажите в empty, что здесь бывает", grid.name)
        })
        .collect()
}

/// A screen that a code opens is named in the palette, in lists and in refusals before it shows anything.
fn nameless(screen: &Screen) -> Option<String> {
    let begins_with_value = matches!(screen.title.0.first(), Some(Part::Value(..)));
    let is_wrong = !screen.code.is_empty() && begins_with_value && screen.called.is_empty();
    is_wrong.then(|| {
        "название начинается со значения; скажите в called, как экран зовут, пока он пуст".to_owned()
    })
}

/// What F7 would make is said only to whoever may make it.
fn promises(screen: &Screen) -> Vec<String> {
    let makes = screen.actions.iter().any(|action| action.command == Some(Command::New));
    let told = |grid: &Grid| {
        let name = &grid.name;
        if grid.empty.contains("F7") {
            Some(format!(
                "таблица «{name}» обещает в empty, что сделает F7, и тому, кому нельзя; скажите это в empty_new"
            ))
        } else if !grid.empty_new.is_empty() && !makes {
            Some(format!("таблица «{name}» говорит в empty_new о действии new, которого на экране нет"))
        } else {
            None
        }
    };
    screen.grids.iter().filter_map(told).collect()
}

/// The name of a column whose beginning is the town, the same on every screen.
const ADDRESS: &str = "address";

/// Of an address that does not fit the end is kept: the flat, not the town.
fn addresses(screen: &Screen) -> Vec<String> {
    let is_address = |source: usize, column: usize| {
        screen
            .sources
            .get(source)
            .and_then(|source| source.columns.get(column))
            .is_some_and(|name| name == ADDRESS)
    };
    let fields = screen.fields.iter().filter(|field| {
        matches!(&field.from, Some(Name::Column { source, column }) if is_address(*source, *column))
            && field.entry.is_none()
            && field.show == Show::Plain
    });
    let fields = fields.map(|field| format!("поле «{}»", field.name));
    let columns = screen.grids.iter().flat_map(|grid| {
        let cut = grid
            .columns
            .iter()
            .filter(|column| is_address(grid.source, column.column) && column.show == Show::Plain);
        cut.map(|_| format!("таблица «{}»", grid.name))
    });
    let wrong = fields.chain(columns);
    wrong
        .map(|place| format!("{place}: у длинного адреса пропадёт квартира; поставьте show = \"ending\""))
        .collect()
}

/// What stands right of another picture fits there.
fn beside(screen: &Screen) -> Vec<String> {
    let wide =
        screen.pictures.iter().filter(|picture| picture.beside.is_some() && picture.width() > WIDEST_BESIDE);
    wide.map(|picture| {
        let (name, width) = (&picture.name, picture.width());
        format!("рисунок «{name}» шириной {width} не встанет рядом с другим: место там {WIDEST_BESIDE}; сузьте его")
    })
    .collect()
}

/// A paged source has an order, and nothing is added up over it.
fn pages(screen: &Screen) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, source) in screen.sources.iter().enumerate().filter(|(_, source)| source.page.is_some()) {
        if source.order.is_empty() {
            wrong.push(format!(
                "источник «{}» читается страницами без порядка; задайте order, последней — колонку, по которой строки различимы",
                source.name
            ));
        }
        for grid in screen.grids.iter().filter(|grid| grid.source == at) {
            if grid.columns.iter().any(|column| column.total == Total::Sum) {
                wrong.push(format!(
                    "таблица «{}» складывает колонку источника «{}», который читается страницами; сумму даёт сервер отдельным полем",
                    grid.name, source.name
                ));
            }
            if !grid.key.iter().all(|key| {
                source
                    .columns
                    .get(*key)
                    .is_some_and(|key| source.order.iter().any(|order| order.column == *key))
            }) {
                wrong.push(format!(
                    "порядок источника «{}» не кончается ключом таблицы «{}»: страницы потеряют строки; допишите ключ в order",
                    source.name, grid.name
                ));
            }
        }
    }
    for source in screen.sources.iter().filter(|source| source.line.is_some() && !source.is_function) {
        wrong.push(format!("источник «{}»: line бывает у функции, у представления — filter", source.name));
    }
    wrong
}

/// A sheet is loaded whole, sends its rows, and has a cell to type into.
fn sheets(screen: &Screen) -> Vec<String> {
    let mut wrong = Vec::new();
    for grid in &screen.grids {
        let page = screen.sources.get(grid.source).and_then(|source| source.page);
        if grid.mode == Mode::Mass {
            if page.is_some_and(|page| page > SHEET) {
                wrong.push(format!(
                    "ведомость «{}» читается целиком, не больше {SHEET} строк; уменьшите page",
                    grid.name
                ));
            }
            if grid.typed_column().is_none() {
                wrong.push(format!("в ведомости «{}» нечего заполнять; дайте колонке edit", grid.name));
            }
        } else if grid.typed_column().is_some() {
            wrong.push(format!(
                "таблица «{}» только читается; колонку с edit заполняют при mode = \"mass\"",
                grid.name
            ));
        }
    }
    wrong
}

/// Everything is marked by the server, from what its list is given; a sheet has nothing to mark.
fn marks(screen: &Screen) -> Vec<String> {
    let mut wrong = Vec::new();
    for grid in screen.grids.iter().filter(|grid| grid.marks.is_some()) {
        let Some(source) = screen.sources.get(grid.source) else { continue };
        if !source.is_function || !source.filter.is_empty() {
            wrong.push(format!(
                "таблица «{}» отмечает всё по отбору, а источник «{}» отбирает не аргументами; читайте его функцией (read) с line",
                grid.name, source.name
            ));
        }
        if grid.mode == Mode::Mass {
            wrong.push(format!("в ведомости «{}» строк не отмечают; уберите marks", grid.name));
        }
    }
    wrong
}

/// One command, one action; and only commands that are not the engine's.
fn keys(screen: &Screen) -> Vec<String> {
    let mut taken: Vec<(Command, &str)> = Vec::new();
    let mut wrong = Vec::new();
    for action in &screen.actions {
        let Some(command) = action.command else { continue };
        if !words::COMMANDS.iter().any(|(_, known)| *known == command) {
            wrong.push(format!(
                "действие «{}» занимает клавишу, которая значит одно и то же всюду",
                action.name
            ));
        }
        match taken.iter().find(|(known, _)| *known == command) {
            Some((_, other)) => wrong.push(format!(
                "действия «{other}» и «{}» на одной клавише; оставьте её одному, другое найдут в меню F9",
                action.name
            )),
            None => taken.push((command, &action.name)),
        }
    }
    wrong
}

/// What is typed into must be called something.
fn labels(screen: &Screen) -> Vec<String> {
    let silent = screen.fields.iter().filter(|field| field.is_entry() && field.label.is_empty());
    silent
        .map(|field| format!("у поля «{}» нет подписи слева; его не назвать в сообщениях", field.name))
        .collect()
}

/// On 80×24 a grid keeps its rows; `above` are the lines of a screen this one stands in.
#[must_use]
pub fn room(screen: &Screen, above: usize) -> Vec<String> {
    let pictures = usize::from(lines_of(screen, COLUMNS));
    let strip = usize::from(screen.tabs.len() > 1);
    let mut wrong = Vec::new();
    for tab in &screen.tabs {
        let Shown::Grid(grid) = tab.show else { continue };
        let Some(grid) = screen.grids.get(grid) else { continue };
        let totals = usize::from(grid.columns.iter().any(|column| column.total != Total::None));
        let taken = FRAME + above + pictures + strip + 1 + totals;
        let rows = ROWS.saturating_sub(taken);
        if rows < FEWEST_ROWS {
            wrong.push(format!(
                "на 80×24 таблице «{}» остаётся строк: {rows}, нужно {FEWEST_ROWS}; сократите рисунки",
                grid.name
            ));
        }
    }
    if screen.tabs.is_empty() && FRAME + above + pictures > ROWS {
        wrong.push(format!("рисунки выше терминала 80×24: строк {pictures}; разделите их на листы"));
    }
    wrong
}

/// Columns that may not be left out fit into 80.
fn widths(screen: &Screen) -> Vec<String> {
    let mut wrong = Vec::new();
    for grid in &screen.grids {
        let fixed = grid.columns.iter().filter(|column| column.drop == 0);
        let width: usize = fixed.map(|column| column.width + 1).sum();
        if width > super::WIDEST + 1 {
            wrong.push(format!(
                "колонки таблицы «{}» шире терминала: {width}; сузьте их или разрешите пропускать (drop)",
                grid.name
            ));
        }
    }
    wrong
}
