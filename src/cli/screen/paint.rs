//! `kvartal screen paint`: what a screen looks like.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalSet;

use super::super::database::DatabaseArgs;
use super::super::{CliError, console};
use super::files;
use crate::app::hands::Hands;
use crate::app::library::{Library, folder};
use crate::app::outbox::Folders;
use crate::app::play::Player;
use crate::db::desk::session::Place;
use crate::draw::{Theme, text};
use crate::engine::canvas::Canvas;
use crate::engine::model::Screens;
use crate::locale::Lang;
use crate::screen::contract::Catalogue;
use crate::screen::paint::paint;
use crate::screen::set::Set;

/// The contract as it was last written down: the types of columns where no database is given.
const DUMP: &str = include_str!("../../../tests/contract.snap");

/// Показать, как выглядит экран: с образцами данных, а с адресом базы — как его видит оператор
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Код или имя экрана: 210, cards/account_card; с базой и доводом: "210 4100000001". Без имён — все
    #[arg(value_name = "ЭКРАН")]
    names: Vec<String>,
    /// Колонок и строк терминала
    #[arg(long, value_name = "ШИРИНАxВЫСОТА", default_value = "80x24", value_parser = size)]
    size: (u16, u16),
    /// Вид: mono, ascii, colour — с управляющими цепочками; без него — только знаки
    #[arg(long, value_name = "ВИД", value_parser = theme)]
    theme: Option<Theme>,
    /// Язык: ru или en
    #[arg(long, value_name = "ЯЗЫК", default_value = "ru", value_parser = lang)]
    lang: Lang,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Prints the frames.
///
/// # Errors
/// There is no such screen, or the operator was not let in.
pub(super) async fn run(args: &Args) -> Result<(), CliError> {
    if args.database.is_given() {
        return LocalSet::new().run_until(as_operator(args)).await;
    }
    let set = Set::of(&files::all()?, args.lang.code());
    let mut names = Vec::new();
    for wanted in &args.names {
        names.push(files::find(&set, wanted)?.name.clone());
    }
    if names.is_empty() {
        names = set.screens.keys().cloned().collect();
    }
    let screens: BTreeMap<_, _> =
        set.screens.into_iter().map(|(name, screen)| (name, Arc::new(screen))).collect();
    let (screens, catalogue): (Screens, _) = (Arc::new(screens), Catalogue::of_dump(DUMP));
    for name in names {
        for painted in paint(&screens, &name, &catalogue, args.lang, args.size) {
            let tab = if painted.tab.is_empty() { String::new() } else { format!(" · {}", painted.tab) };
            show(&format!("{name}{tab}"), &painted.canvas, args)?;
        }
    }
    Ok(())
}

/// Opens each by its code, as an operator would.
async fn as_operator(args: &Args) -> Result<(), CliError> {
    if args.names.is_empty() {
        return Err(CliError::Usage(
            "С базой назовите экраны: kvartal screen paint \"210 4100000001\".".into(),
        ));
    }
    let address = args.database.address()?;
    let password = address.config().get_password().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (login, password) = (address.login().to_owned(), password.unwrap_or_default());
    let library = Rc::new(Library::of(folder(), args.lang));
    let folders = Folders::below(&std::env::temp_dir());
    let hands = Hands::new(&address, Place::default(), folders)
        .with_library(Rc::clone(&library), Duration::from_secs(3600));
    let mut player = Player::new(hands, &library, args.lang, args.size);
    player.log_in(&login, &password).await.map_err(CliError::refused)?;
    for name in &args.names {
        player.press("F9").await.map_err(CliError::refused)?;
        player.write(name).await.map_err(CliError::refused)?;
        player.press("Enter").await.map_err(CliError::refused)?;
        show(name, &player.canvas(), args)?;
    }
    player.leave().await;
    Ok(())
}

fn show(name: &str, canvas: &Canvas, args: &Args) -> Result<(), CliError> {
    console::line(format_args!("── {name}"))?;
    console::line(match args.theme {
        Some(theme) => text::styled(canvas, theme),
        None => text::plain(canvas, Theme::Mono),
    })
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let wrong = || "размер пишется 80x24".to_owned();
    let (width, height) = text.split_once(['x', 'х', '×']).ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|one| (1..=1000).contains(one));
    number(width).zip(number(height)).ok_or_else(wrong)
}

fn theme(text: &str) -> Result<Theme, String> {
    match text {
        "mono" => Ok(Theme::Mono),
        "ascii" => Ok(Theme::Ascii),
        "colour" => Ok(Theme::Colour),
        _ => Err("вид бывает mono, ascii, colour".to_owned()),
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::ALL.into_iter().find(|lang| lang.code() == text).ok_or_else(|| "язык бывает ru и en".to_owned())
}
