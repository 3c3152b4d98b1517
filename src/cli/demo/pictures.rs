//! Pictures of real screens, as text: the workstation itself is played on the town by lists of keys.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use super::operators::{CENTRE, Operator, PASSWORD};
use super::prepare::Ready;
use super::show;
use crate::app::hands::Hands;
use crate::app::library::Library;
use crate::app::outbox::Folders;
use crate::app::play::{PlayError, Player};
use crate::cli::{CliError, console};
use crate::db::desk::session::Place;
use crate::locale::Lang;

/// One picture.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Its file, without the end.
    pub name: &'static str,
    /// The screen it shows.
    pub screen: &'static str,
    /// Who sits there.
    operator: Operator,
    /// Keys, or a text behind a colon; `{account}` is the account of a family.
    steps: &'static [&'static str],
}

/// All of them.
pub const PICTURES: [Picture; 8] = [
    picture("menu", "admin/menu", &[]),
    picture("search", "cards/search", &["F9", ":100", "Enter", ":ивано"]),
    picture("account", "cards/account_card", &["F9", ":210 {account}", "Enter"]),
    picture("why", "billing/explain_line", &["F9", ":210 {account}", "Enter", "Enter"]),
    picture(
        "fact",
        "admin/fact_card",
        &["F9", ":210 {account}", "Enter", "Enter", "Down Down Down Down", "Enter"],
    ),
    picture("months", "billing/month_list", &["F9", ":410", "Enter"]),
    picture("tariffs", "cards/tariff_list", &["F9", ":510", "Enter"]),
    picture("journal", "admin/journal_list", &["F9", ":900", "Enter"]),
];

const fn picture(name: &'static str, screen: &'static str, steps: &'static [&'static str]) -> Picture {
    Picture { name, screen, operator: CENTRE, steps }
}

/// The terminal they are drawn on: the smallest one screens are made for.
const SIZE: (u16, u16) = (80, 24);

/// Draws all of them into a folder, a file each.
pub(super) async fn draw(ready: &Ready, folder: &Path) -> Result<(), CliError> {
    let months = ready.months().await?;
    let charged = months.iter().rev().find(|(_, state)| state != "collecting");
    let Some((month, _)) = charged else {
        return Err(CliError::Refused(
            "Ни один месяц города не рассчитан; нужен город с историей.".to_owned(),
        ));
    };
    let account = show::family(ready, *month).await?.unwrap_or_default();
    std::fs::create_dir_all(folder)?;
    for picture in &PICTURES {
        let frame = played(ready, picture, &account).await.map_err(CliError::refused)?;
        let file = folder.join(format!("{}.txt", picture.name));
        std::fs::write(&file, format!("{}\n", frame.trim_end()))?;
        console::remark(file.display());
    }
    Ok(())
}

/// Plays one list of keys and looks at what is there then.
async fn played(ready: &Ready, picture: &Picture, account: &str) -> Result<String, PlayError> {
    let library = Rc::new(Library::of(None, Lang::Ru));
    let hands = Hands::new(&ready.address, Place::default(), Folders::below(&std::env::temp_dir()))
        .with_library(Rc::clone(&library), Duration::from_secs(3600));
    let mut player = Player::new(hands, &library, Lang::Ru, SIZE);
    player.log_in(picture.operator.login, PASSWORD).await?;
    for step in picture.steps {
        match step.strip_prefix(':') {
            Some(text) => player.write(&text.replace("{account}", account)).await?,
            None => player.press(step).await?,
        }
    }
    let frame = player.canvas().text();
    player.leave().await;
    Ok(frame)
}
