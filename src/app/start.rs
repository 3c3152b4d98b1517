//! A workstation on a real terminal: what it needs is asked of the environment, the terminal is taken and given back.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::rc::Rc;

use futures_util::FutureExt;
use tokio::task::LocalSet;

use super::drawer::Drawer;
use super::hands::Hands;
use super::library::Library;
use super::machine::Machine;
use super::outbox::Folders;
use super::stage::{End, Paper, Stage, Terminal};
use crate::db::config::Address;
use crate::db::desk::session::Place;
use crate::draw::{Screen, Theme};
use crate::engine::model::Screens;
use crate::engine::msg::{LinkState, Msg, Refusal};
use crate::locale::Lang;
use crate::term::{self, Abilities, Guard, Input, Inputs, Mode, TermError};

/// What a workstation is started with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The server and the database; who logs in is asked on the screen.
    pub address: Address,
    /// The operator's folders; none = below the home folder.
    pub folders: Option<Folders>,
}

/// How often files of screens are looked at, where they may change.
const LOOK: std::time::Duration = std::time::Duration::from_millis(500);

/// What an engine is made from.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The language the environment asks for.
    pub lang: Lang,
    /// The screens in that language.
    pub screens: Screens,
}

/// Why the workstation did not start, or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The terminal will not do.
    #[error(transparent)]
    Terminal(#[from] TermError),
    /// The program stopped at an error of its own.
    #[error(
        "Программа остановилась из-за своей ошибки; набранное сохранено, войдите снова. Подробности — в журнале \
         программы"
    )]
    Panicked,
    /// Another workstation took the session over.
    #[error("Сеанс продолжен на другом рабочем месте; это закрыто")]
    Taken,
}

impl Terminal for Inputs {
    async fn next(&mut self) -> Input {
        Self::next(self).await
    }

    fn hold_esc(&mut self, hold: Option<u64>) {
        Self::hold_esc(self, hold);
    }

    fn show_bytes(&mut self, on: bool) {
        Self::show_bytes(self, on);
    }
}

impl Paper for term::Line {
    fn is_idle(&self) -> bool {
        Self::is_idle(self)
    }

    async fn idle(&self) {
        Self::idle(self).await;
    }
}

/// Runs a workstation to its end. Where an administrator ended its session, another login is offered at the same terminal.
///
/// # Errors
/// The terminal will not do, the session went elsewhere, or the program failed; a sentence each.
pub async fn start<M: Machine>(setup: Setup, machine: impl Fn(Beginning) -> M) -> Result<(), AppError> {
    let abilities = Abilities::of_environment()?;
    // What an error of the program has to say goes to the log: the operator gets one sentence.
    std::panic::set_hook(Box::new(|info| tracing::error!(%info, "the program failed")));
    let guard = Guard::enter(Mode::Screen)?;
    let mut inputs = Inputs::open(abilities.pauses).map_err(TermError::from)?;
    let paper = term::Line::open(std::io::stdout()).map_err(TermError::from)?;
    let mut closed = None;
    let ended = loop {
        match work(&setup, &machine, &abilities, (&mut inputs, paper.clone()), closed.take()).await {
            Ok(Some(End::Closed(refusal))) => closed = Some(refusal),
            ended => break ended,
        }
    };
    drop(guard);
    match ended? {
        Some(End::Taken) => Err(AppError::Taken),
        Some(End::Left | End::HungUp | End::Closed(_)) => Ok(()),
        Some(End::Broken) | None => Err(AppError::Panicked),
    }
}

/// From one login to its end, on a terminal that is taken already; nothing where the program failed. `closed`: why whoever worked here
/// before was sent away, which is told.
async fn work<M: Machine>(
    setup: &Setup,
    machine: impl Fn(Beginning) -> M,
    abilities: &Abilities,
    (inputs, paper): (&mut Inputs, term::Line),
    closed: Option<Refusal>,
) -> Result<Option<End>, AppError> {
    let size = term::size().map_err(TermError::from)?;
    let screen = Screen::new(paper, size.0, size.1, theme(abilities.theme)).map_err(TermError::from)?;
    let library = Rc::new(Library::of_environment(abilities.lang));
    let mut machine = machine(Beginning { size, lang: abilities.lang, screens: library.screens() });
    if let Some(refusal) = closed {
        machine.update(chrono::Local::now().naive_local(), Msg::Link(LinkState::Closed(refusal)));
    }
    let ended = LocalSet::new()
        .run_until(async {
            let folders = setup.folders.clone().unwrap_or_else(|| Folders::below(&home()));
            let hands = Hands::new(&setup.address, place(), folders)
                .with_library(library, LOOK)
                .with_drawer(Drawer::of_environment())
                .with_clipboard(abilities.clipboard);
            let stage = Stage::new(machine, inputs, screen, hands);
            AssertUnwindSafe(stage.run()).catch_unwind().await
        })
        .await;
    Ok(ended.ok().map(|(end, _)| end))
}

const fn theme(theme: term::Theme) -> Theme {
    match theme {
        term::Theme::Colour256 => Theme::Colour,
        term::Theme::Mono => Theme::Mono,
        term::Theme::Ascii => Theme::Ascii,
    }
}

fn home() -> PathBuf {
    std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from)
}

/// Where the operator sits, as the line itself says.
fn place() -> Place {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let line = variable("SSH_CONNECTION").and_then(|line| line.split(' ').next().map(str::to_owned));
    Place {
        terminal: variable("SSH_TTY").or_else(|| variable("TERM")).unwrap_or_default(),
        kind: variable("TERM").unwrap_or_default(),
        host: line.or_else(|| variable("HOSTNAME")).unwrap_or_default(),
    }
}
