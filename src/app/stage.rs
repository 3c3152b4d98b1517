//! The loop: wait for anything, tell the engine all that waits, do what it wants, then draw once.

use std::future::Future;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures_util::FutureExt;

use super::hands::{Hands, Heard, Own};
use super::machine::Machine;
use crate::draw::{Screen, Theme};
use crate::engine::msg::{LinkState, Msg, Refusal};
use crate::term::Input;

/// Messages told before a frame is drawn in any case.
const MANY: usize = 500;

/// Where inputs come from.
pub trait Terminal {
    /// The next input. Dropping the future must lose nothing.
    fn next(&mut self) -> impl Future<Output = Input>;

    /// Holds a lone Esc so many milliseconds from now on; nothing = as the terminal asks.
    fn hold_esc(&mut self, _hold: Option<u64>) {}

    /// Tells presses with their bytes from now on, or no more.
    fn show_bytes(&mut self, _on: bool) {}
}

/// Whoever works after another at the same terminal goes on with its inputs.
impl<T: Terminal> Terminal for &mut T {
    fn next(&mut self) -> impl Future<Output = Input> {
        T::next(self)
    }

    fn hold_esc(&mut self, hold: Option<u64>) {
        T::hold_esc(self, hold);
    }

    fn show_bytes(&mut self, on: bool) {
        T::show_bytes(self, on);
    }
}

/// Where frames go.
pub trait Paper: Write {
    /// Whether everything written has been taken; while it has not, a frame would only queue up behind older ones.
    fn is_idle(&self) -> bool {
        true
    }

    /// Returns once the paper is idle. Dropping the future is harmless.
    fn idle(&self) -> impl Future<Output = ()> {
        std::future::ready(())
    }
}

impl Paper for Vec<u8> {}

/// How the loop ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The operator left.
    Left,
    /// The terminal is gone, or somebody told the program to leave.
    HungUp,
    /// Another workstation took the session over.
    Taken,
    /// An administrator ended the session, or switched its login off: what the server says of it.
    Closed(Refusal),
    /// The engine stopped at an error of its own.
    Broken,
}

/// A workstation at work.
#[derive(Debug)]
pub struct Stage<M, T, W: Paper> {
    machine: M,
    terminal: T,
    screen: Screen<W>,
    hands: Hands,
    /// How screens are painted where the operator chose nothing.
    usual: Theme,
    end: Option<End>,
    is_drawn: bool,
    /// What the last frame shows that was asked and refused.
    drawn: u64,
    /// What of it the engine was told to be on the terminal.
    told: u64,
}

impl<M: Machine, T: Terminal, W: Paper> Stage<M, T, W> {
    /// Everything a workstation is made of.
    pub const fn new(machine: M, terminal: T, screen: Screen<W>, hands: Hands) -> Self {
        let usual = screen.theme();
        Self { machine, terminal, screen, hands, usual, end: None, is_drawn: false, drawn: 0, told: 0 }
    }

    /// Works until the operator leaves or the line does; then the record is written, and everything under way has ended.
    pub async fn run(mut self) -> (End, bool) {
        while self.end.is_none() {
            if self.screen.writer().is_idle() {
                self.tell_what_was_painted();
                if self.draw().is_err() {
                    self.hear(Msg::Hangup);
                    break;
                }
            }
            let msg = tokio::select! {
                biased;
                input = self.terminal.next() => heard(input),
                Some(heard) = self.hands.heard() => match heard {
                    Heard::Msg(msg) => msg,
                    Heard::Print(print) => {
                        let _ = print.taken.send(self.screen.aside(&print.bytes).is_ok());
                        continue;
                    }
                },
                () = self.screen.writer().idle(), if !self.is_drawn || self.told < self.drawn => continue,
            };
            self.hear(msg);
            self.hear_all_that_waits();
        }
        let end = self.end.take().unwrap_or(End::HungUp);
        if end == End::Left {
            // What the operator left in order is shown as such; the terminal comes back right after.
            let _ = self.draw();
        }
        let is_done = end == End::Left && !self.machine.is_unfinished();
        let kept = self.hands.leave(is_done).await;
        (end, kept)
    }

    fn hear_all_that_waits(&mut self) {
        for _ in 0..MANY {
            if self.end.is_some() {
                return;
            }
            let input = self.terminal.next().now_or_never();
            let Some(msg) = input.map(heard).or_else(|| self.hands.waiting()) else { return };
            self.hear(msg);
        }
    }

    /// The terminal has taken the last frame, and everything that was typed before it has been heard: what is typed from now on
    /// may answer what it asks.
    fn tell_what_was_painted(&mut self) {
        if self.told < self.drawn {
            self.told = self.drawn;
            self.hear(Msg::Painted { said: self.drawn });
        }
    }

    fn hear(&mut self, msg: Msg) {
        self.is_drawn = false;
        if let Msg::Resize { width, height } = msg {
            self.screen.resize(width, height);
        }
        let end = match &msg {
            Msg::Hangup => Some(End::HungUp),
            Msg::Link(LinkState::Taken) => Some(End::Taken),
            Msg::Link(LinkState::Closed(refusal)) => Some(End::Closed(refusal.clone())),
            _ => None,
        };
        let now = chrono::Local::now().naive_local();
        let machine = &mut self.machine;
        let Ok(effects) = catch_unwind(AssertUnwindSafe(|| machine.update(now, msg))) else {
            // The last record is kept: what was typed since is some tenths of a second.
            self.end = Some(End::Broken);
            return;
        };
        for effect in effects {
            match self.hands.take(effect) {
                Some(Own::Beep) => drop(self.screen.beep()),
                Some(Own::Copy(bytes)) => drop(self.screen.aside(&bytes)),
                Some(Own::Adopt { look, esc_hold }) => {
                    self.screen.set_theme(look.map_or(self.usual, Theme::of));
                    self.terminal.hold_esc(esc_hold);
                }
                Some(Own::Exit) => self.end = self.end.take().or_else(|| end.clone()).or(Some(End::Left)),
                None => {}
            }
        }
        self.terminal.show_bytes(self.machine.tests_keys());
        // Whatever the engine thinks of it, nobody is there any more.
        self.end = self.end.take().or(end);
    }

    fn draw(&mut self) -> io::Result<()> {
        if !self.is_drawn {
            let canvas = self.machine.canvas();
            self.drawn = canvas.said;
            self.screen.draw(canvas)?;
            self.is_drawn = true;
        }
        Ok(())
    }
}

fn heard(input: Input) -> Msg {
    match input {
        Input::Key(key) => Msg::Key(key),
        Input::Seen(key, bytes) => Msg::Seen { key, bytes },
        Input::Paste(text) => Msg::Paste(text),
        Input::Resize(width, height) => Msg::Resize { width, height },
        Input::Hangup => Msg::Hangup,
    }
}
