//! Does the effects. Every request is a task of its own that runs to its end; cancelling one only tells it to hurry.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, JoinSet, spawn_local};

use super::desk_print::{self, ForTerminal};
use super::drawer::{Drawer, Left};
use super::inbox::{self, Inbox};
use super::keeper::{Keeper, Last};
use super::library::Library;
use super::line::Line;
use super::outbox::{self, Folders};
use super::{calls, convert};
use crate::db::catalogue;
use crate::db::config::Address;
use crate::db::custom;
use crate::db::desk::session::Place;
use crate::db::desk::{Cell, Stop};
use crate::engine::effect::{self, Call, Effect, Query};
use crate::engine::msg::{Answer, LinkState, Msg, Req, Timer};
use crate::engine::settings::Look;
use crate::locale::Lang;
use crate::term::copy_sequence;

/// How long the record may take to be written before the program leaves.
const KEEP: Duration = Duration::from_secs(3);
/// How long what is under way may take to end before the program leaves.
const END: Duration = Duration::from_secs(5);

/// What the loop itself has to do, because it holds the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// One beep.
    Beep,
    /// The bytes that put a text into the terminal's clipboard.
    Copy(Vec<u8>),
    /// Paint and listen as the operator wants; nothing = as the terminal asks.
    Adopt {
        /// How screens are painted.
        look: Option<Look>,
        /// How long a lone Esc is held, milliseconds.
        esc_hold: Option<u64>,
    },
    /// Leave the program.
    Exit,
}

/// What comes of effects.
#[derive(Debug)]
pub enum Heard {
    /// A message for the engine.
    Msg(Msg),
    /// Bytes for the terminal's own printer.
    Print(ForTerminal),
}

/// Does the effects, and hears what comes of them.
#[derive(Debug)]
pub struct Hands {
    line: Rc<Line>,
    folders: Folders,
    inbox: Inbox,
    keeper: Keeper,
    requests: Rc<RefCell<BTreeMap<Req, Stop>>>,
    tasks: JoinSet<()>,
    timers: BTreeMap<Timer, AbortHandle>,
    library: Option<Rc<Library>>,
    learnt: Rc<RefCell<bool>>,
    /// Whether the terminal takes copied texts.
    clipboard: bool,
    /// Changes are sent one after another, in the order they were made.
    turns: Rc<tokio::sync::Mutex<()>>,
    tell: UnboundedSender<Msg>,
    told: UnboundedReceiver<Msg>,
    print: UnboundedSender<ForTerminal>,
    prints: UnboundedReceiver<ForTerminal>,
}

impl Hands {
    /// Hands of a workstation at which nobody is logged in yet. Lives inside a `LocalSet`.
    #[must_use]
    pub fn new(address: &Address, place: Place, folders: Folders) -> Self {
        let (tell, told) = unbounded_channel();
        let (print, prints) = unbounded_channel();
        let line = Line::new(address, place, tell.clone());
        let taken = tell.clone();
        let keeper = Keeper::new(line.sessions(), move || {
            let _ = taken.send(Msg::Link(LinkState::Taken));
        });
        Self {
            line,
            inbox: Inbox::at(&folders.inbox),
            folders,
            keeper,
            requests: Rc::default(),
            tasks: JoinSet::new(),
            timers: BTreeMap::new(),
            library: None,
            learnt: Rc::default(),
            clipboard: false,
            turns: Rc::default(),
            tell,
            told,
            print,
            prints,
        }
    }

    /// The same at a terminal that takes copied texts, or does not.
    #[must_use]
    pub fn with_clipboard(self, clipboard: bool) -> Self {
        Self { clipboard, ..self }
    }

    /// The same with a drawer for records that the database cannot take.
    #[must_use]
    pub fn with_drawer(self, drawer: Option<Drawer>) -> Self {
        self.line.use_drawer(drawer);
        self
    }

    /// The same with screens to be renewed: after a login in the operator's language and as the database allows, and when a file
    /// is saved anew, which is looked for once in `look`.
    #[must_use]
    pub fn with_library(mut self, library: Rc<Library>, look: Duration) -> Self {
        if library.is_live() {
            let (library, tell) = (Rc::clone(&library), self.tell.clone());
            // Ends with the runtime's set: it holds nothing that anybody waits for.
            spawn_local(async move {
                while !tell.is_closed() {
                    tokio::time::sleep(look).await;
                    if library.is_saved_anew() {
                        let _ = tell.send(Msg::Screens(library.screens()));
                        let _ = library.wrong().map(|wrong| tell.send(Msg::Spoilt(wrong)));
                    }
                }
            });
        }
        self.library = Some(library);
        self
    }

    /// Whether the screens are those of the database somebody is logged in to; always so where there is no library.
    #[must_use]
    pub fn are_screens_known(&self) -> bool {
        self.library.is_none() || *self.learnt.borrow()
    }

    /// The next message. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Msg> {
        self.told.recv().await
    }

    /// The next message, or bytes for the terminal's own printer. Dropping the future loses nothing.
    pub async fn heard(&mut self) -> Option<Heard> {
        tokio::select! {
            biased;
            msg = self.told.recv() => msg.map(Heard::Msg),
            print = self.prints.recv() => print.map(Heard::Print),
        }
    }

    /// A message that waits, if there is one.
    pub fn waiting(&mut self) -> Option<Msg> {
        self.told.try_recv().ok()
    }

    /// Begins an effect; what only the loop can do is handed back.
    pub fn take(&mut self, effect: Effect) -> Option<Own> {
        // Ended tasks leave no trace behind.
        while self.tasks.try_join_next().is_some() {}
        match effect {
            Effect::Load { req, query } => self.load(req, query),
            Effect::Call { req, call } => self.call(req, call),
            Effect::Cancel { req } => {
                if let Some(stop) = self.requests.borrow().get(&req) {
                    stop.ask();
                }
            }
            Effect::Watch { topics } => self.line.watch(topics),
            Effect::Wake { timer, after } => self.wake(timer, after),
            Effect::KeepResume { record, screen, .. } => self.keeper.put(record, screen),
            Effect::Deliver { req, name, text } => return self.deliver(req, &name, &text).map(Own::Copy),
            Effect::Fetch { req, what } => self.fetch(req, what),
            Effect::Adopt { lang, look, esc_hold } => {
                self.speak(lang);
                return Some(Own::Adopt { look, esc_hold });
            }
            Effect::Beep => return Some(Own::Beep),
            Effect::Exit => return Some(Own::Exit),
        }
        None
    }

    /// Screens in another language from now on.
    fn speak(&self, lang: Lang) {
        if let Some(library) = self.library.as_ref().filter(|library| library.lang() != lang) {
            library.speak(lang);
            let _ = self.tell.send(Msg::Screens(library.screens()));
        }
    }

    /// Puts a text out and tells where it came to be; answers with what the terminal's clipboard is to be told.
    fn deliver(&self, req: Req, name: &str, text: &str) -> Option<Vec<u8>> {
        let bytes = copy_sequence(text).filter(|_| self.clipboard);
        let put = self.folders.put(chrono::Local::now().naive_local(), name, text);
        if let Err(error) = &put {
            tracing::error!(%error, name, "not put into the outbox");
        }
        let file = put.as_ref().ok().and_then(|path| path.file_name()).map(|file| file.to_string_lossy());
        let why = put.as_ref().err().map(outbox::why);
        let told = json!({ "clipboard": bytes.is_some(), "file": file, "why": why });
        let _ = self.tell.send(Msg::Reply { req, answer: Answer::Done(told) });
        bytes
    }

    fn load(&mut self, req: Req, query: Query) {
        let line = Rc::clone(&self.line);
        let is_page = query.after.is_some();
        self.request(req, async move |stop| {
            let session = match line.present() {
                Ok(session) => session,
                Err(away) => return Msg::Reply { req, answer: away },
            };
            match session.rows(&convert::question(query), &stop).await {
                Ok(found) if is_page => Msg::Page { req, rows: convert::rows(found) },
                Ok(found) => Msg::Reply { req, answer: Answer::Rows(convert::rows(found)) },
                Err(ended) => Msg::Reply { req, answer: convert::ended(ended) },
            }
        });
    }

    fn call(&mut self, req: Req, call: Call) {
        let line = Rc::clone(&self.line);
        let library = self.library.clone().filter(|_| matches!(call, Call::Login { .. }));
        let (tell, learnt) = (self.tell.clone(), Rc::clone(&self.learnt));
        let (folders, print) = (self.folders.clone(), self.print.clone());
        let named = follows_the_record(&call).then(|| (Rc::clone(&self.turns), self.keeper.last()));
        self.request(req, async move |stop| {
            let answer = match named {
                Some((turns, record)) => {
                    let _turn = turns.lock().await;
                    match is_written(&line, record).await {
                        Ok(()) => calls::make(&line, req, call, &stop).await,
                        // What another session left stays where it is.
                        Err(_) if matches!(call, Call::Forget(_)) => Answer::Cancelled,
                        Err(answer) => answer,
                    }
                }
                None => calls::make(&line, req, call, &stop).await,
            };
            if let (Some(library), Answer::Done(_)) = (library, &answer) {
                let line = Rc::clone(&line);
                spawn_local(async move {
                    learn(&line, &library).await;
                    let mut portions = library.portions().peekable();
                    while let Some(screens) = portions.next() {
                        // Whoever waits for all of them is woken by the last.
                        learnt.replace(portions.peek().is_none());
                        let _ = tell.send(Msg::Renewed(screens));
                        tokio::task::yield_now().await;
                    }
                });
            }
            let answer = printed(&line, answer, &folders, &print).await;
            Msg::Reply { req, answer }
        });
    }

    /// Files are read beside the loop: a slow disk holds no key up.
    fn fetch(&mut self, req: Req, what: effect::Inbox) {
        let (line, folders, inbox) = (Rc::clone(&self.line), self.folders.clone(), self.inbox.clone());
        self.request(req, async move |stop| {
            let answer = match what {
                effect::Inbox::Folder { known } => inbox::folder(&line, inbox, &known, &stop).await,
                effect::Inbox::File { name, take } => inbox::file(&line, folders, name, &take, &stop).await,
            };
            Msg::Reply { req, answer }
        });
    }

    /// Starts a request: its answer is told when it has ended, never before.
    fn request(&mut self, req: Req, work: impl AsyncFnOnce(Stop) -> Msg + 'static) {
        let stop = Stop::default();
        self.requests.borrow_mut().insert(req, stop.clone());
        let (requests, tell) = (Rc::clone(&self.requests), self.tell.clone());
        self.tasks.spawn_local(async move {
            let msg = work(stop).await;
            requests.borrow_mut().remove(&req);
            let _ = tell.send(msg);
        });
    }

    fn wake(&mut self, timer: Timer, after: Duration) {
        let tell = self.tell.clone();
        let sleep = spawn_local(async move {
            tokio::time::sleep(after).await;
            let _ = tell.send(Msg::Woke(timer));
        });
        if let Some(before) = self.timers.insert(timer, sleep.abort_handle()) {
            before.abort();
        }
    }

    /// Leaves: the record is written, what is under way ends, and a session that was left in good order is no more. True: the
    /// record is written.
    pub async fn leave(mut self, in_order: bool) -> bool {
        for stop in self.requests.borrow().values() {
            stop.ask();
        }
        let kept = self.keeper.last().is_down(KEEP).await;
        let kept = kept || !in_order && self.put_away();
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(END, ended).await.is_err() {
            tracing::warn!("requests were still under way when the program left");
        }
        self.line.leave();
        if let (true, Ok(session)) = (in_order, self.line.present()) {
            let arguments = [("p_session".to_owned(), Cell::Id(session.id()))];
            let end = async { session.call("admin.session_end", &arguments, &Stop::default()).await };
            if tokio::time::timeout(KEEP, end).await.is_err() {
                tracing::warn!("the session was not ended");
            }
        }
        kept
    }
}

/// Where a change was an order to print here, prints; the change stands, what did not come out is refused in a sentence.
async fn printed(
    line: &Line,
    answer: Answer,
    folders: &Folders,
    print: &UnboundedSender<ForTerminal>,
) -> Answer {
    let Answer::Done(done) = &answer else { return answer };
    let order = done["print_here"].as_str().and_then(|id| id.parse().ok());
    let (Some(order), Ok(session)) = (order, line.present()) else { return answer };
    match desk_print::print(&session, order, folders, print).await {
        Ok(()) => answer,
        Err(refusal) => Answer::Refused(refusal),
    }
}

impl Hands {
    /// Puts the record where it waits for the next login; true: it is there.
    fn put_away(&self) -> bool {
        let (Some(drawer), Some((record, screen)), Some((login, session))) =
            (self.line.drawer(), self.keeper.latest(), self.line.last())
        else {
            return false;
        };
        let server = self.line.server();
        let put = drawer.put(&Left { server, login, session, at: chrono::Utc::now(), screen, record });
        if let Err(error) = &put {
            tracing::error!(%error, "the resume record is lost: the database is away and its folder cannot be written");
        }
        put.is_ok()
    }
}

/// Reads what the database has. Where that fails screens stay as their files say, and what is missing is refused when it is asked.
async fn learn(line: &Line, library: &Library) {
    let Ok(session) = line.present() else { return };
    match session.work(&Stop::default(), async |client| custom::read(client).await).await {
        Ok(own) => library.customize(own),
        Err(ended) => tracing::error!(?ended, "the files of the centre were not read"),
    }
    match session.work(&Stop::default(), async |client| catalogue::read(client).await).await {
        Ok(rows) => library.learn(rows),
        Err(ended) => tracing::error!(?ended, "the catalogue was not read"),
    }
}

/// Waits until the record is written that names a change: a change that no record names would be made again by whoever goes on.
/// Where it is refused or the line breaks under it, the change is not sent, and says why.
async fn is_written(line: &Line, record: Last) -> Result<(), Answer> {
    let mut sessions = line.sessions();
    tokio::select! {
        biased;
        written = record.is_written() => written.map_err(|refusal| refusal.map_or_else(|| line.away(), Answer::Refused)),
        _ = sessions.wait_for(Option::is_none) => Err(line.away()),
    }
}

/// Whether the record must be written before a call is made: it names a change, or holds what another session left.
const fn follows_the_record(call: &Call) -> bool {
    matches!(call, Call::Commit(_) | Call::Sheet(_) | Call::Forget(_))
}
