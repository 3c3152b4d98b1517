//! Plays a workstation: keys go in, the effects are done by a fake app whose answers are prompt, or late, out of order, doubled and
//! lost as a seed decides.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDateTime;
use kvartal::engine::desk::{Config, Desk};
use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::model::Screen;
use kvartal::engine::msg::{Answer, LinkState, Msg, Timer};
use kvartal::keymap::{Key, Keymap};
use kvartal::locale::Lang;
use kvartal::screen::set::{self, Set};
use serde_json::Value as Json;
use uuid::Uuid;

use super::town::{Town, refusal};
use crate::common::Keyboard;

/// The embedded screens in Russian.
pub fn screens() -> Arc<BTreeMap<String, Arc<Screen>>> {
    static SCREENS: OnceLock<Arc<BTreeMap<String, Arc<Screen>>>> = OnceLock::new();
    let read = || {
        let screens = Set::of(&set::embedded(), "ru").screens;
        Arc::new(screens.into_iter().map(|(name, screen)| (name, Arc::new(screen))).collect())
    };
    Arc::clone(SCREENS.get_or_init(read))
}

/// What the tests make workstations of.
pub fn config() -> Config {
    Config {
        keymap: Keymap::builtin().clone(),
        screens: screens(),
        lang: Lang::Ru,
        seed: Uuid::from_u128(7),
        quiet: false,
    }
}

/// `Иван{Enter}{F9}{F1}` as keys.
pub fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let name = rest.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        match name {
            Some((name, after)) => {
                keys.push(name.parse().unwrap_or_else(|error| panic!("{name}: {error}")));
                rest = after;
            }
            None => {
                keys.push(Key::Char(letter));
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    keys
}

/// A small generator: the same numbers for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// A workstation and its fake app.
pub struct Play {
    pub desk: Desk,
    pub town: Town,
    /// Answers that are ready and not told yet.
    pub ready: VecDeque<Msg>,
    pub timers: Vec<Timer>,
    /// Every effect so far.
    pub effects: Vec<Effect>,
    pub record: Json,
    dice: Option<Dice>,
    /// Breaks of the line that are still to come.
    breaks: usize,
    patient: bool,
    /// Whether every frame is on the terminal before the next key comes.
    pub paints: bool,
    now: NaiveDateTime,
    keyboard: Keyboard,
}

impl Play {
    /// One whose answers come at once.
    pub fn prompt() -> Self {
        let now = "2026-03-15T10:00:00".parse().unwrap();
        let (desk, town) = (Desk::new(config(), now, (80, 24)), Town::default());
        let (ready, timers, effects) = (VecDeque::new(), Vec::new(), Vec::new());
        Self {
            desk,
            town,
            ready,
            timers,
            effects,
            record: Json::Null,
            dice: None,
            breaks: 0,
            patient: false,
            paints: true,
            now,
            keyboard: Keyboard::of_environment(),
        }
    }

    /// One whose answers come late, in any order, some twice; the line breaks up to so many times.
    pub fn shaken(seed: u64, breaks: usize) -> Self {
        Self { dice: Some(Dice::of(seed)), breaks, patient: breaks > 0, ..Self::prompt() }
    }

    /// One where somebody is logged in, and every answer waits until it is told.
    pub fn entered() -> Self {
        let mut play = Self::prompt();
        play.run("kv_anna{Enter}тайна{Enter}");
        play.settle();
        play.effects.clear();
        play
    }

    /// Time passes, nothing happens.
    pub fn passes(&mut self, millis: i64) {
        self.now += chrono::TimeDelta::milliseconds(millis);
    }

    /// Tells a message; effects are done, their answers become ready.
    pub fn tell(&mut self, msg: Msg) {
        let is_painted = matches!(msg, Msg::Painted { .. });
        let effects = self.desk.update(self.now, msg);
        for effect in effects {
            self.effects.push(effect.clone());
            self.does(effect);
        }
        if self.paints && !is_painted {
            self.paint();
        }
    }

    /// A frame comes to the terminal, and somebody sees it.
    pub fn paint(&mut self) {
        let said = if self.desk.is_too_small() { self.desk.canvas().said } else { self.desk.said };
        self.tell(Msg::Painted { said });
    }

    /// Types keys that all arrive before a frame is painted.
    pub fn bursts(&mut self, text: &str) {
        self.paints = false;
        self.types(text);
        self.paints = true;
    }

    fn does(&mut self, effect: Effect) {
        match effect {
            Effect::Load { req, query } => {
                let rows = self.town.load(&query);
                let told = match query.after {
                    Some(_) => Msg::Page { req, rows },
                    None => Msg::Reply { req, answer: Answer::Rows(rows) },
                };
                self.ready.push_back(told);
            }
            Effect::Call { req, call } => {
                let is_login = matches!(call, Call::Login { .. });
                let (verdicts, answer) = self.town.call(&call);
                for (row, refusal) in verdicts.into_iter().enumerate() {
                    self.ready.push_back(Msg::Verdict { req, row, refusal });
                }
                let entered = is_login && matches!(answer, Answer::Done(_));
                self.ready.push_back(Msg::Reply { req, answer });
                if entered {
                    self.ready.push_back(Msg::Link(LinkState::Up { again: false }));
                }
            }
            Effect::Wake { timer, .. } => {
                self.timers.retain(|one| *one != timer);
                self.timers.push(timer);
            }
            Effect::KeepResume { record, .. } => self.record = record,
            Effect::Deliver { req, .. } => {
                let answer = Answer::Done(self.town.copied.clone());
                self.ready.push_back(Msg::Reply { req, answer });
            }
            _ => {}
        }
    }

    /// Tells one ready answer; the prompt app the oldest, the shaken one any.
    pub fn answer_one(&mut self) -> bool {
        if self.ready.is_empty() {
            return false;
        }
        let Some(dice) = &mut self.dice else {
            let msg = self.ready.pop_front().unwrap();
            self.tell(msg);
            return true;
        };
        let mut at = dice.below(self.ready.len());
        // One connection tells the verdicts of a request before its end.
        if let Msg::Reply { req, .. } = &self.ready[at] {
            let of_it = |msg: &Msg| matches!(msg, Msg::Verdict { req: of, .. } if of == req);
            at = self.ready.iter().position(of_it).unwrap_or(at);
        }
        let twice = dice.below(5) == 0;
        let dared = dice.below(4) == 0;
        let breaks = self.breaks > 0 && dared && self.may_break();
        if breaks {
            self.breaks -= 1;
            self.line_breaks();
            return true;
        }
        let msg = self.ready.remove(at).unwrap();
        if twice {
            self.ready.push_back(msg.clone());
        }
        // Doubles end some day.
        self.tell(msg);
        true
    }

    /// Whether nobody has to do anything again when the line breaks now: a difference that was lost is asked for by hand.
    fn may_break(&self) -> bool {
        let call = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Call { call, .. } => Some(call),
            _ => None,
        });
        let is_change = matches!(call, Some(Call::Commit(_)));
        !self.desk.operator.login.is_empty() && (self.desk.waiting.is_none() || is_change)
    }

    /// The line breaks: every answer under way is lost, whether the server did it or not; then it comes back.
    pub fn line_breaks(&mut self) {
        let lost: Vec<Msg> = self.ready.drain(..).collect();
        for msg in lost {
            if let Msg::Reply { req, .. } | Msg::Page { req, .. } = msg {
                self.tell(Msg::Reply {
                    req, answer: Answer::Lost(refusal("08006", "Связь прервалась"))
                });
            }
        }
        self.tell(Msg::Link(LinkState::Down("Связь прервалась".to_owned())));
        self.tell(Msg::Link(LinkState::Up { again: true }));
    }

    /// Types keys; between them answers and timers come, all of them or as the dice say.
    pub fn run(&mut self, text: &str) {
        for key in keys(text) {
            self.presses(key);
            self.between();
        }
    }

    /// Only types: nothing else happens.
    pub fn types(&mut self, text: &str) {
        keys(text).into_iter().for_each(|key| self.presses(key));
    }

    /// A key by way of its bytes.
    pub fn presses(&mut self, key: Key) {
        for key in self.keyboard.presses(key) {
            self.tell(Msg::Key(key));
        }
    }

    fn between(&mut self) {
        match &mut self.dice {
            None => self.settle(),
            // Whoever has a breaking line looks before the next key.
            Some(_) if self.patient => self.settle(),
            Some(dice) => {
                let some = dice.below(3);
                let timer = dice.below(4) == 0;
                for _ in 0..some {
                    self.answer_one();
                }
                if timer && !self.timers.is_empty() {
                    let timer = self.timers.remove(0);
                    self.tell(Msg::Woke(timer));
                }
            }
        }
    }

    /// Breaks that never came.
    pub fn breaks_left(&self) -> usize {
        self.breaks
    }

    /// Lets everything come that is under way: answers, then timers, until nothing is left.
    pub fn settle(&mut self) {
        for _ in 0..10_000 {
            if self.answer_one() {
                continue;
            }
            if self.timers.is_empty() {
                return;
            }
            let timer = self.timers.remove(0);
            self.tell(Msg::Woke(timer));
        }
        panic!("the workstation never comes to rest: {:?}", self.timers);
    }

    /// Everything that can be seen.
    pub fn sight(&self) -> String {
        let canvas = self.desk.canvas();
        let rows: Vec<String> = (0..canvas.height()).map(|row| canvas.row(row)).collect();
        format!("{}\n{:?}", rows.join("\n"), canvas.cursor)
    }

    /// Looks before typing on: everything comes, and the text must be there.
    pub fn sees(&mut self, text: &str) {
        self.settle();
        let sight = self.sight();
        assert!(sight.contains(text), "«{text}» is not shown:\n{sight}");
    }
}
