//! A workstation without a terminal: keys go in, each is waited for, and what is to be seen can be looked at. For pictures and for
//! whoever wants to see a screen as an operator does.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::hands::Hands;
use super::library::Library;
use crate::engine::canvas::Canvas;
use crate::engine::desk::{Config, Desk};
use crate::engine::effect::Effect;
use crate::engine::msg::{Answer, Msg, Req, Timer};
use crate::keymap::{Key, Keymap};
use crate::locale::Lang;

/// Why a play stopped.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// A key is not one.
    #[error(transparent)]
    Key(#[from] crate::keymap::KeyError),
    /// Nobody was let in, or a screen did not open: what the workstation said.
    #[error("{0}")]
    Refused(String),
    /// The workstation left.
    #[error("Рабочее место закрылось посреди показа; проверьте список клавиш")]
    Left,
}

/// A workstation somebody plays on. Lives inside a `LocalSet`.
#[derive(Debug)]
pub struct Player {
    desk: Desk,
    hands: Hands,
    awaited: BTreeSet<Req>,
    has_left: bool,
}

impl Player {
    /// A workstation of this size with the login screen in front; `hands` know the same library.
    #[must_use]
    pub fn new(hands: Hands, library: &Rc<Library>, lang: Lang, size: (u16, u16)) -> Self {
        let config = Config {
            keymap: Keymap::builtin().clone(),
            screens: library.screens(),
            lang,
            seed: uuid::Uuid::new_v4(),
            quiet: true,
        };
        let desk = Desk::new(config, now(), size);
        Self { desk, hands, awaited: BTreeSet::new(), has_left: false }
    }

    /// Logs in, and waits until the screens are those of this database.
    ///
    /// # Errors
    /// Who was not let in, and why.
    pub async fn log_in(&mut self, login: &str, password: &str) -> Result<(), PlayError> {
        self.write(login).await?;
        self.press("Enter").await?;
        self.write(password).await?;
        self.press("Enter").await?;
        if self.desk.operator.login.is_empty() {
            self.press("F2").await?;
        }
        if self.desk.operator.login.is_empty() {
            return Err(PlayError::Refused(self.desk.message.text.clone()));
        }
        while !self.hands.are_screens_known() {
            match self.hands.next().await {
                Some(msg) => self.tell(msg)?,
                None => break,
            }
        }
        self.settle().await
    }

    /// Presses keys, parted by spaces: `F9 F4 Down Enter`.
    ///
    /// # Errors
    /// A key is not one, or the workstation left.
    pub async fn press(&mut self, keys: &str) -> Result<(), PlayError> {
        for key in keys.split_whitespace() {
            self.key(key.parse()?).await?;
        }
        Ok(())
    }

    /// Types a text, letter by letter.
    ///
    /// # Errors
    /// The workstation left.
    pub async fn write(&mut self, text: &str) -> Result<(), PlayError> {
        for letter in text.chars() {
            self.key(Key::Char(letter)).await?;
        }
        Ok(())
    }

    /// Puts a text in at once, as a paste does.
    ///
    /// # Errors
    /// The workstation left.
    pub async fn paste(&mut self, text: &str) -> Result<(), PlayError> {
        self.tell(Msg::Paste(text.to_owned()))?;
        self.settle().await
    }

    /// What is to be seen.
    #[must_use]
    pub fn canvas(&self) -> Canvas {
        self.desk.canvas()
    }

    /// The workstation, to be looked into.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Gives the terminal another size.
    ///
    /// # Errors
    /// The workstation left.
    pub async fn resize(&mut self, size: (u16, u16)) -> Result<(), PlayError> {
        self.tell(Msg::Resize { width: size.0, height: size.1 })?;
        self.settle().await
    }

    /// Leaves in good order.
    pub async fn leave(self) {
        self.hands.leave(true).await;
    }

    async fn key(&mut self, key: Key) -> Result<(), PlayError> {
        self.tell(Msg::Key(key))?;
        self.settle().await
    }

    /// Waits until nothing is under way.
    async fn settle(&mut self) -> Result<(), PlayError> {
        loop {
            // What came unasked, such as screens in another language.
            while let Some(msg) = self.hands.waiting() {
                self.tell(msg)?;
            }
            if self.awaited.is_empty() {
                return Ok(());
            }
            match self.hands.next().await {
                Some(msg) => self.tell(msg)?,
                None => return Ok(()),
            }
        }
    }

    fn tell(&mut self, msg: Msg) -> Result<(), PlayError> {
        let mut messages = vec![msg];
        while let Some(msg) = messages.pop() {
            let was_painted = matches!(msg, Msg::Painted { .. });
            match &msg {
                Msg::Reply { answer: Answer::Progress(_) | Answer::Queued(_), .. } => {}
                Msg::Reply { req, .. } | Msg::Page { req, .. } => drop(self.awaited.remove(req)),
                _ => {}
            }
            for effect in self.desk.update(now(), msg) {
                match effect {
                    // Nobody types on: what waits for a pause happens at once, and nothing is kept for a next time.
                    Effect::Wake { timer: Timer::Filter, .. } => messages.push(Msg::Woke(Timer::Filter)),
                    Effect::Wake { timer: Timer::Resume | Timer::Waiting, .. }
                    | Effect::KeepResume { .. } => {}
                    Effect::Exit => self.has_left = true,
                    effect => self.begin(effect),
                }
            }
            // Whoever plays looks at every picture.
            if !was_painted {
                messages.push(Msg::Painted { said: self.desk.said });
            }
        }
        if self.has_left { Err(PlayError::Left) } else { Ok(()) }
    }

    fn begin(&mut self, effect: Effect) {
        if let Effect::Load { req, .. }
        | Effect::Call { req, .. }
        | Effect::Deliver { req, .. }
        | Effect::Fetch { req, .. } = &effect
        {
            self.awaited.insert(*req);
        }
        self.hands.take(effect);
    }
}

fn now() -> chrono::NaiveDateTime {
    chrono::Local::now().naive_local()
}
