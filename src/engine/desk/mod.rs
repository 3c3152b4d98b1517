//! The state of a workstation and the one function that changes it.

mod after;
mod ahead;
mod answers;
mod belief;
mod bounds;
mod change;
mod check;
mod commands;
mod drafts;
mod example;
mod granted;
mod inbox;
mod jobs;
mod keys;
mod keytest;
mod leaving;
mod loads;
mod marks;
mod may;
mod missing;
mod moves;
mod news;
mod order;
mod over;
mod palette;
mod paste;
mod pick;
mod places;
mod purpose;
mod record;
mod refused;
mod renew;
mod resume;
mod session;
mod settings;
mod settle;
mod sheet;
mod timers;
mod typing;
mod undo;
mod ways;
mod whole;
mod why_not;
mod windows;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use uuid::Uuid;

use super::canvas::Canvas;
use super::effect::{Effect, Operation, Times};
use super::model::{Role, Screens};
use super::msg::{Msg, Operator, Progress, Req, Timer};
use super::overlay::Overlay;
use super::rights::Rights;
use super::view;
use super::window::{Present, Window, WindowId};
use crate::keymap::Keymap;
use crate::locale::{Lang, Words};

pub use keys::{Input, Queue};
pub(crate) use marks::marks_told;
pub(crate) use places::{Area, WIDEST_BESIDE, lines_of, places, rows_of_grid, rows_total};
pub use purpose::Change;
pub(crate) use purpose::{At, Origin, Purpose, SentRow};
pub use record::{Draft, Record};
pub use refused::LeftRow;
pub use windows::bare_title;

/// What a workstation is made of before anybody sits down.
#[derive(Debug, Clone)]
pub struct Config {
    /// The keys.
    pub keymap: Keymap,
    /// Every screen, by name; codes are found in them.
    pub screens: Screens,
    /// The language until the operator's own is known.
    pub lang: Lang,
    /// Ids of operations are made from it and a counter; random at every start.
    pub seed: Uuid,
    /// Whether the terminal asked for a calm screen: nothing moves by itself.
    pub quiet: bool,
}

/// One row of the operator's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Screen code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Its module.
    pub module: String,
}

/// The message line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Whether it is a refusal.
    pub is_refusal: bool,
    /// Code of the refusal, for its help.
    pub code: String,
}

/// An answer everybody must wait for.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The request.
    pub req: Req,
    /// Since when.
    pub since: NaiveDateTime,
    /// Whether Esc may cancel it: a sent change cannot be.
    pub can_cancel: bool,
    /// Whether it lasts long enough to be told.
    pub told: bool,
    /// How many questions the worker answers before it.
    pub before: i64,
}

/// The workstation.
#[derive(Debug)]
pub struct Desk {
    /// What it is made of.
    pub config: Config,
    /// The last time that was told.
    pub now: NaiveDateTime,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Who works here; nobody before the login.
    pub operator: Operator,
    /// What names of the session mean.
    pub present: Present,
    /// The month being collected and its state, for the title line.
    pub month_state: String,
    /// Language of the interface.
    pub lang: Lang,
    /// The language chosen at the login itself, above the operator's settings.
    pub(super) chosen_lang: Option<Lang>,
    /// Open screens, the last in front.
    pub windows: Vec<Window>,
    /// What stands over them: question, palette, difference …
    pub overlay: Option<Overlay>,
    /// F9 was pressed: the second row of the bar is shown.
    pub second: bool,
    /// The message line.
    pub message: Message,
    /// The answer everybody waits for.
    pub waiting: Option<Waiting>,
    /// Keys typed meanwhile.
    pub queue: Queue,
    /// Changes whose answer was lost.
    pub unsettled: Vec<Operation>,
    /// Rows that were refused after their sheets were left.
    pub left_refused: Vec<LeftRow>,
    /// What was typed into screens that were left, the newest behind.
    pub drafts: Vec<Draft>,
    /// What was changed in this session and not undone, the last behind: one key undoes the last that can be.
    pub changes: Vec<Change>,
    /// The two times of the date line.
    pub times: Times,
    /// Why the database is away, when it is.
    pub away: Option<String>,
    /// The operator's menu.
    pub menu: Vec<MenuItem>,
    /// What the operator may do; nothing where the login did not tell: then nothing is greyed for it.
    pub rights: Option<Rights>,
    /// The long job being followed and how far it is.
    pub job: Option<(Uuid, String, Progress)>,
    pub(crate) requests: BTreeMap<Req, Purpose>,
    pub(crate) effects: Vec<Effect>,
    /// The password must be changed before anything else is done.
    pub(crate) must_change_password: bool,
    /// Where the changes were made whose answers were lost.
    pub(crate) origins: BTreeMap<Uuid, Origin>,
    /// How many questions and refusals there were that must be seen before a key counts.
    pub said: u64,
    /// How many of them were on the terminal.
    seen: u64,
    /// The last key was a letter of a filter.
    filtering: bool,
    /// The operator left the program in order.
    has_left: bool,
    /// The record is not the whole one, and that was said.
    is_cut: bool,
    /// Since when there is something in no record.
    unkept_since: Option<NaiveDateTime>,
    next_req: u64,
    next_window: WindowId,
    next_id: u64,
    timers: BTreeMap<Timer, bool>,
    watched: Vec<String>,
}

impl Desk {
    /// A workstation with the login screen in front.
    #[must_use]
    pub fn new(config: Config, now: NaiveDateTime, size: (u16, u16)) -> Self {
        let lang = config.lang;
        let mut desk = Self {
            config,
            now,
            size,
            operator: Operator::default(),
            present: Present { today: now.date(), ..Present::default() },
            month_state: String::new(),
            lang,
            chosen_lang: None,
            windows: Vec::new(),
            overlay: None,
            second: false,
            message: Message::default(),
            waiting: None,
            queue: Queue::default(),
            unsettled: Vec::new(),
            left_refused: Vec::new(),
            drafts: Vec::new(),
            changes: Vec::new(),
            times: Times::default(),
            away: None,
            menu: Vec::new(),
            rights: None,
            job: None,
            requests: BTreeMap::new(),
            effects: Vec::new(),
            must_change_password: false,
            origins: BTreeMap::new(),
            said: 0,
            seen: 0,
            filtering: false,
            has_left: false,
            is_cut: false,
            unkept_since: None,
            next_req: 1,
            next_window: 1,
            next_id: 0,
            timers: BTreeMap::new(),
            watched: Vec::new(),
        };
        desk.open_role(Role::Login, BTreeMap::new());
        desk
    }

    /// The one way anything changes.
    pub fn update(&mut self, now: NaiveDateTime, msg: Msg) -> Vec<Effect> {
        self.now = now;
        if self.operator.login.is_empty() {
            self.present.today = now.date();
        }
        match msg {
            Msg::Key(key) => self.typed(Input::Key(key)),
            Msg::Seen { key, bytes } => self.seen(key, bytes),
            Msg::Paste(text) => self.typed(Input::Paste(text)),
            Msg::Painted { said } => self.seen = self.seen.max(said),
            Msg::Reply { req, answer } => self.answer(req, answer),
            Msg::Page { req, rows } => self.answer(req, super::msg::Answer::Rows(rows)),
            Msg::Verdict { req, row, refusal } => self.verdict(req, row, refusal),
            Msg::Notice { topic, id, .. } => self.notice(&topic, &id),
            Msg::Woke(timer) => self.woke(timer),
            Msg::Resize { width, height } => self.size = (width, height),
            Msg::Link(state) => self.link(state),
            Msg::Screens(screens) => self.take_screens(screens),
            Msg::Spoilt(why) => self.refuse(why, ""),
            Msg::Renewed(screens) => self.take_some_screens(&screens),
            Msg::Hangup => {
                self.keep(true);
                self.effects.push(Effect::Exit);
            }
        }
        self.load_wanted();
        self.drain_queue();
        self.watch();
        self.follow_cursors();
        std::mem::take(&mut self.effects)
    }

    /// What the screen shows now.
    #[must_use]
    pub fn canvas(&self) -> Canvas {
        let mut canvas = view::paint(self);
        // Where there is no room for it nobody has seen what is asked.
        canvas.said = if self.is_too_small() { self.seen } else { self.said };
        if let Some(front) = self.front().filter(|_| canvas.cursor.is_none()) {
            // Where nothing takes the focus a screen reader begins at the screen's first line.
            let Area { x, y, .. } = self.frame(front);
            canvas.cursor = Some((x, y));
        }
        canvas
    }

    /// Whether the terminal has no room for a form: it waits until there is.
    #[must_use]
    pub const fn is_too_small(&self) -> bool {
        self.size.0 < view::FLOOR.0 || self.size.1 < view::FLOOR.1
    }

    /// The words of the interface.
    #[must_use]
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// The screen in front.
    #[must_use]
    pub fn front(&self) -> Option<&Window> {
        self.windows.last()
    }

    /// The window keys go to.
    #[must_use]
    pub fn focused(&self) -> Option<&Window> {
        self.windows.last().map(Window::innermost)
    }

    /// Says a sentence in the message line.
    pub(crate) fn say(&mut self, key: &str) {
        self.message = Message { text: self.words().text(key).into_owned(), ..Message::default() };
    }

    /// Says a sentence with values in it.
    pub(crate) fn say_with(&mut self, key: &str, values: &[(&str, crate::locale::Value<'_>)]) {
        self.message = Message { text: self.words().with(key, values), ..Message::default() };
    }

    /// Refuses with a sentence and one beep.
    pub(crate) fn refuse(&mut self, text: String, code: &str) {
        self.message = Message { text, is_refusal: true, code: code.to_owned() };
        self.effects.push(Effect::Beep);
    }

    /// Refuses with a sentence of the locale.
    pub(crate) fn refuse_with(&mut self, key: &str, values: &[(&str, crate::locale::Value<'_>)]) {
        self.refuse(self.words().with(key, values), "");
    }

    /// Puts a question over the screens: it is answered by no key that was typed before somebody could see it.
    pub(crate) fn ask(&mut self, question: Overlay) {
        self.overlay = Some(question);
        self.must_be_seen();
    }

    /// What is asked or refused now holds every key up until it is on the terminal.
    pub(crate) fn must_be_seen(&mut self) {
        self.said += 1;
    }

    /// Whether something is asked or refused that nobody can have seen yet.
    pub(crate) fn is_unseen(&self) -> bool {
        self.seen < self.said
    }

    /// The next number of a request.
    pub(crate) fn number(&mut self, purpose: Purpose) -> Req {
        let req = Req(self.next_req);
        self.next_req += 1;
        self.requests.insert(req, purpose);
        req
    }

    /// The answer to what was asked of this kind before is nobody's: only the last one counts.
    pub(crate) fn outdate(&mut self, kind: &Purpose) {
        self.requests.values_mut().filter(|purpose| *purpose == kind).for_each(|one| *one = Purpose::Nothing);
    }

    /// A new id of an operation.
    pub(crate) fn new_id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::new_v5(&self.config.seed, &self.next_id.to_be_bytes())
    }

    /// The day screens show: of the date line, or today.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.times.as_of.unwrap_or(self.present.today)
    }

    /// Whether the date line shows the past: then nothing can be changed.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.times.known_on.is_some() || self.times.as_of.is_some()
    }

    pub(crate) fn next_window_id(&mut self) -> WindowId {
        let id = self.next_window;
        self.next_window += 1;
        id
    }
}
