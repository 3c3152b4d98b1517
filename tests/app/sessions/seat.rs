//! A workstation without a terminal: keys go in, frames come out as bytes, everything between is real.

use std::collections::BTreeSet;

use kvartal::app::hands::{Hands, Own};
use kvartal::app::outbox::Folders;
use kvartal::db::config::Address;
use kvartal::db::desk::session::Place;
use kvartal::draw::{Screen, Theme};
use kvartal::engine::desk::Desk;
use kvartal::engine::effect::Effect;
use kvartal::engine::msg::{Answer, Msg, Req, Timer};
use kvartal::engine::overlay::Overlay;
use kvartal::engine::window::Focus;
use kvartal::keymap::Key;
use tempfile::TempDir;

use crate::common::{Keyboard, Office, PATIENCE, people};
use crate::engine::play::{config, keys};

/// The most bytes that were written at once: for a typed character, a move, a screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bytes {
    pub letter: usize,
    pub step: usize,
    pub screen: usize,
}

/// What a key does to what is shown.
#[derive(PartialEq, Eq)]
enum Kind {
    Letter,
    Step,
    Screen,
}

/// Somebody at a workstation.
pub struct Seat {
    pub desk: Desk,
    pub left: bool,
    pub bytes: Bytes,
    /// Keys since they were counted last.
    pub keys: usize,
    keyboard: Keyboard,
    hands: Hands,
    screen: Screen<Vec<u8>>,
    awaited: BTreeSet<Req>,
    timers: BTreeSet<Timer>,
    /// The operator's home folder, with the inbox in it.
    pub home: TempDir,
}

impl Seat {
    /// A workstation at which nobody is logged in yet. Lives inside a `LocalSet`.
    pub fn at(address: &Address) -> Self {
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::new(
            kvartal::engine::desk::Config { seed: uuid::Uuid::new_v4(), ..config() },
            chrono::Local::now().naive_local(),
            (80, 24),
        );
        let hands = Hands::new(address, Place::default(), Folders::below(home.path()));
        let screen = Screen::new(Vec::new(), 80, 24, Theme::Colour).unwrap();
        let mut seat = Self {
            desk,
            left: false,
            bytes: Bytes::default(),
            keys: 0,
            keyboard: Keyboard::of(false),
            hands,
            screen,
            awaited: BTreeSet::new(),
            timers: BTreeSet::new(),
            home,
        };
        seat.draw();
        seat
    }

    /// Somebody of an office, logged in.
    pub async fn of(office: &Office, login: &str) -> Self {
        let mut seat = Self::at(office.db.root_address());
        seat.enters(login).await;
        seat
    }

    /// Names and codes are typed in the other layout from now on.
    pub fn in_the_other_layout(mut self, other: bool) -> Self {
        self.keyboard = Keyboard::of(other);
        self
    }

    /// Logs in.
    pub async fn enters(&mut self, login: &str) {
        self.types(&format!("~{login}~{{Enter}}{}{{Enter}}", people::PASSWORD)).await;
    }

    /// Types; what is between `~` is a name or a code, which the other layout writes with other letters. Then everything comes to
    /// rest.
    pub async fn types(&mut self, text: &str) {
        for (at, part) in text.split('~').enumerate() {
            let part = if at % 2 == 1 { self.keyboard.name(part) } else { part.to_owned() };
            for key in keys(&part) {
                self.keys += 1;
                for key in self.keyboard.presses(key) {
                    self.presses(key);
                }
                self.rests().await;
            }
        }
    }

    /// Tabs to a field of the form in front, by its name in the file.
    pub async fn goes_to(&mut self, field: &str) {
        let wanted = self.desk.focused().and_then(|form| form.model.field(field)).map(Focus::Field);
        assert!(wanted.is_some(), "no field {field}: {}", self.sight());
        for _ in 0..40 {
            if self.desk.focused().map(|form| form.focus) == wanted {
                return;
            }
            self.types("{Tab}").await;
        }
        panic!("Tab does not come to {field}: {}", self.sight());
    }

    /// One key, and the bytes of the frame that follows at once.
    pub fn presses(&mut self, key: Key) {
        let before = self.place();
        self.tell(Msg::Key(key));
        let kind = match key {
            _ if self.place() != before => Kind::Screen,
            // A letter over a list of names changes the list.
            Key::Char(_) if self.desk.overlay.is_some() && !self.is_prompt() => Kind::Screen,
            Key::Char(_) => Kind::Letter,
            Key::Up | Key::Down | Key::Left | Key::Right | Key::Tab | Key::BackTab => Kind::Step,
            _ => Kind::Screen,
        };
        let written = self.draw();
        let most = match kind {
            Kind::Letter => &mut self.bytes.letter,
            Kind::Step => &mut self.bytes.step,
            Kind::Screen => &mut self.bytes.screen,
        };
        *most = written.max(*most);
    }

    /// What stands in front: as long as it is the same, a key types or moves.
    fn place(&self) -> (Vec<usize>, Vec<usize>, [bool; 3]) {
        let front = self.desk.windows.last().map(|window| window.all()).unwrap_or_default();
        let tops = front.iter().flat_map(|window| window.grids.iter().map(|grid| grid.top)).collect();
        let tabs = self.desk.windows.iter().map(|window| window.tab).collect();
        let desk = &self.desk;
        (tops, tabs, [desk.overlay.is_some(), desk.second, desk.waiting.is_some()])
    }

    fn is_prompt(&self) -> bool {
        matches!(self.desk.overlay, Some(Overlay::Prompt { .. }))
    }

    /// Tells the engine something and does what it wants.
    pub fn tell(&mut self, msg: Msg) {
        match &msg {
            Msg::Reply { answer: Answer::Progress(_) | Answer::Queued(_), .. } => {}
            Msg::Reply { req, .. } | Msg::Page { req, .. } => drop(self.awaited.remove(req)),
            Msg::Woke(timer) => drop(self.timers.remove(timer)),
            _ => {}
        }
        for effect in self.desk.update(chrono::Local::now().naive_local(), msg) {
            match &effect {
                Effect::Load { req, .. }
                | Effect::Call { req, .. }
                | Effect::Deliver { req, .. }
                | Effect::Fetch { req, .. } => {
                    self.awaited.insert(*req);
                }
                Effect::Wake { timer, .. } => drop(self.timers.insert(*timer)),
                _ => {}
            }
            self.left |= self.hands.take(effect) == Some(Own::Exit);
        }
    }

    /// Draws; answers with how many bytes it took.
    fn draw(&mut self) -> usize {
        let before = self.screen.writer().len();
        let canvas = self.desk.canvas();
        let said = canvas.said;
        self.screen.draw(canvas).unwrap();
        // What is written into memory has been taken.
        self.tell(Msg::Painted { said });
        self.screen.writer().len() - before
    }

    /// Waits until nothing is under way.
    pub async fn rests(&mut self) {
        while !self.awaited.is_empty() || self.timers.contains(&Timer::Filter) {
            self.hears().await;
        }
    }

    /// Waits until the record is on its way.
    pub async fn keeps(&mut self) {
        while self.timers.contains(&Timer::Resume) {
            self.hears().await;
        }
    }

    /// Waits for the next message.
    pub async fn hears(&mut self) {
        let msg = tokio::time::timeout(PATIENCE, self.hands.next()).await;
        let msg = msg.unwrap_or_else(|_| panic!("nothing comes of {:?}\n{}", self.awaited, self.sight()));
        self.tell(msg.unwrap());
        self.bytes.screen = self.draw().max(self.bytes.screen);
    }

    /// Waits until a text is shown.
    pub async fn sees(&mut self, text: &str) {
        self.rests().await;
        while !self.sight().contains(text) {
            let told = tokio::time::timeout(std::time::Duration::from_secs(10), self.hands.next()).await;
            let Ok(Some(msg)) = told else { panic!("«{text}» is not shown:\n{}", self.sight()) };
            self.tell(msg);
            self.bytes.screen = self.draw().max(self.bytes.screen);
        }
    }

    /// Accepts the difference.
    pub async fn writes(&mut self) {
        self.sees("F2 записать").await;
        self.types("{F2}").await;
        self.sees("Записано").await;
    }

    /// Accepts the difference, then undoes what was written.
    pub async fn writes_and_undoes(&mut self, office: &Office) {
        self.writes().await;
        office.settle().await;
        self.undoes().await;
    }

    /// Takes the last change of the session back.
    pub async fn undoes(&mut self) {
        self.types("{F9}{F2}ошибка{Enter}").await;
        self.sees("F2 записать").await;
        self.types("{F2}").await;
        self.sees("Операция отменена").await;
    }

    /// Bytes written while nobody does anything: every timer comes, a notice of what nothing here shows, a record is kept.
    pub async fn idles(&mut self) -> usize {
        let before = self.screen.writer().len();
        for timer in [Timer::Filter, Timer::Waiting, Timer::Job, Timer::Settle, Timer::Resume] {
            self.tell(Msg::Woke(timer));
            self.draw();
            self.rests().await;
        }
        let topic = "nothing-here".to_owned();
        self.tell(Msg::Notice { topic, id: "1".to_owned(), version: 1 });
        self.draw();
        self.screen.writer().len() - before
    }

    /// What is shown.
    pub fn sight(&self) -> String {
        self.desk.canvas().text()
    }

    /// The program ends as the operator wanted; true: the record is written.
    pub async fn leaves(self) -> bool {
        let is_done = !self.desk.is_unfinished();
        self.hands.leave(is_done).await
    }

    /// The terminal is gone; true: the record is written.
    pub async fn hangs_up(mut self) -> bool {
        self.tell(Msg::Hangup);
        self.hands.leave(false).await
    }
}
