//! The line to the database: who is logged in, over which session, and how it comes back after a loss.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use serde_json::{Value as Json, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::{broadcast, watch};
use tokio::task::{AbortHandle, spawn_local};
use uuid::Uuid;

use super::convert;
use super::drawer::Drawer;
use super::waiting::Hints;
use crate::db::config::Address;
use crate::db::connect::{ConnectError, connect};
use crate::db::desk::session::{Begun, EnterError, Place};
use crate::db::desk::{Notice, Session, Stop};
use crate::engine::msg::{Answer, LinkState, Msg, Refusal};

/// Pauses between two attempts to come back; the last one for ever.
const PAUSES: [u64; 6] = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/// What the server refuses a session with that an administrator ended, or whose login was switched off.
const CLOSED: &str = "KV001";

/// Hints kept for who is slow to take them; who has missed some looks for himself.
const HINTS_KEPT: usize = 64;

/// What the tasks of a workstation share.
#[derive(Debug)]
pub struct Line {
    /// The server and database, with the login and password once somebody is in.
    address: RefCell<Address>,
    place: Place,
    tell: UnboundedSender<Msg>,
    session: watch::Sender<Option<Arc<Session>>>,
    hints: broadcast::Sender<Arc<str>>,
    topics: RefCell<BTreeSet<String>>,
    watcher: RefCell<Option<AbortHandle>>,
    /// The last session, whether it is present or away.
    last: Cell<Option<Uuid>>,
    drawer: RefCell<Option<Drawer>>,
}

impl Line {
    /// Nobody is logged in yet.
    #[must_use]
    pub fn new(address: &Address, place: Place, tell: UnboundedSender<Msg>) -> Rc<Self> {
        Rc::new(Self {
            address: RefCell::new(address.clone().watchful()),
            place,
            tell,
            session: watch::Sender::new(None),
            hints: broadcast::Sender::new(HINTS_KEPT),
            topics: RefCell::default(),
            watcher: RefCell::default(),
            last: Cell::default(),
            drawer: RefCell::default(),
        })
    }

    /// The session, as it comes and goes.
    #[must_use]
    pub fn sessions(&self) -> watch::Receiver<Option<Arc<Session>>> {
        self.session.subscribe()
    }

    /// Hints what the worker answered. Who listens from before it asks misses none.
    #[must_use]
    pub fn hints(&self) -> Hints {
        Hints::new(self.hints.subscribe())
    }

    /// The session, or a refusal that says why there is none.
    ///
    /// # Errors
    /// Nobody is logged in, or the line is away.
    pub fn present(&self) -> Result<Arc<Session>, Answer> {
        self.session.borrow().clone().ok_or_else(|| self.away())
    }

    /// What a request meets while there is no session.
    #[must_use]
    pub fn away(&self) -> Answer {
        Answer::Refused(away())
    }

    /// Records that could not be kept are in this drawer.
    pub fn use_drawer(&self, drawer: Option<Drawer>) {
        *self.drawer.borrow_mut() = drawer;
    }

    /// The drawer.
    #[must_use]
    pub fn drawer(&self) -> Option<Drawer> {
        self.drawer.borrow().clone()
    }

    /// Who is logged in and the session, also while the line is away.
    #[must_use]
    pub fn last(&self) -> Option<(String, Uuid)> {
        self.last.get().map(|session| (self.address.borrow().login().to_owned(), session))
    }

    /// The server and database, as records name them.
    #[must_use]
    pub fn server(&self) -> String {
        let address = self.address.borrow();
        format!("{}/{}", address.server(), address.database())
    }

    /// Gives records of the drawer back to the database, so that they are offered like any lost session. What it does not take
    /// stays.
    async fn give_back(&self, address: &Address) {
        let Some(drawer) = self.drawer() else { return };
        let waiting = drawer.waiting(&self.server(), address.login(), Utc::now());
        if waiting.is_empty() {
            return;
        }
        let Ok(client) = connect(address, "kvartal").await else { return };
        for left in waiting {
            let give = "select admin.session_left($1, $2, $3, $4, $5, $6)";
            let (terminal, host) = (&self.place.terminal, &self.place.host);
            match client
                .execute(give, &[&left.session, &left.record, &left.screen, &left.at, terminal, host])
                .await
            {
                Ok(_) => drawer.remove(left.session),
                Err(error) => tracing::error!(%error, "a record was not given back"),
            }
        }
    }

    /// Sends a message to the engine; where nobody listens any more nothing is lost.
    pub fn tell(&self, msg: Msg) {
        let _ = self.tell.send(msg);
    }

    /// Topics whose notices matter from now on.
    pub fn watch(&self, topics: Vec<String>) {
        *self.topics.borrow_mut() = topics.into_iter().collect();
    }

    /// Logs in; answers with what `admin.session_begin` says, in the engine's words.
    pub async fn login(self: &Rc<Self>, login: &str, password: &str) -> Answer {
        let address = self.address.borrow().with_login(login, password);
        self.give_back(&address).await;
        match Session::begin(&address, &self.place, "billing.desk_now").await {
            Ok(Begun { session, greeting, also: present, notices }) => {
                self.enter(address, session, notices);
                self.tell(Msg::Link(LinkState::Up { again: false }));
                Answer::Done(greeted(greeting, present))
            }
            Err(error) => Answer::Refused(not_entered(error)),
        }
    }

    /// Changes the operator's own password: the old one must open the door, the new one travels as a verifier.
    pub async fn change_password(self: &Rc<Self>, old: &str, new: &str) -> Answer {
        let session = match self.present() {
            Ok(session) => session,
            Err(away) => return away,
        };
        let address = self.address.borrow().clone();
        let login = address.login().to_owned();
        if let Err(error) = connect(&address.with_login(&login, old), "kvartal").await {
            return Answer::Refused(not_entered(error.into()));
        }
        let verifier = crate::job::setup::verifier(new);
        let arguments = [("p_verifier".to_owned(), crate::db::desk::Cell::Text(verifier))];
        match session.call("admin.password_changed", &arguments, &Stop::default()).await {
            Ok(done) => {
                // Connections made from now on need the new one.
                let address = address.with_login(&login, new);
                match Session::again(&address, session.id()).await {
                    Ok((session, notices)) => self.enter(address, session, notices),
                    Err(error) => tracing::warn!(%error, "not in again after a change of password"),
                }
                Answer::Done(done)
            }
            Err(ended) => convert::ended(ended),
        }
    }

    fn enter(self: &Rc<Self>, address: Address, session: Arc<Session>, notices: UnboundedReceiver<Notice>) {
        *self.address.borrow_mut() = address;
        self.last.set(Some(session.id()));
        self.session.send_replace(Some(session));
        let watcher = spawn_local(Rc::clone(self).stand_by(notices)).abort_handle();
        if let Some(before) = self.watcher.borrow_mut().replace(watcher) {
            before.abort();
        }
    }

    /// Hands notices on for as long as the session lives, and brings it back when it is lost.
    async fn stand_by(self: Rc<Self>, mut notices: UnboundedReceiver<Notice>) {
        loop {
            while let Some(notice) = notices.recv().await {
                self.announce(&notice);
            }
            let Some(lost) = self.session.send_replace(None) else { return };
            self.tell(Msg::Link(LinkState::Down("Связь с базой данных прервалась".to_owned())));
            match self.come_back(&lost).await {
                Some((session, again)) => {
                    notices = again;
                    self.session.send_replace(Some(session));
                    self.tell(Msg::Link(LinkState::Up { again: true }));
                }
                None => return,
            }
        }
    }

    /// Tries until it is in again; nothing when the session is no more.
    async fn come_back(&self, lost: &Session) -> Option<(Arc<Session>, UnboundedReceiver<Notice>)> {
        let mut pauses = PAUSES.into_iter();
        let mut pause = PAUSES[0];
        loop {
            pause = pauses.next().unwrap_or(pause);
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let address = self.address.borrow().clone();
            match Session::again(&address, lost.id()).await {
                Ok(back) => return Some(back),
                Err(EnterError::Db(error)) if error.refusal().is_some() => {
                    let refusal = convert::failure(error);
                    let is_closed = refusal.code == CLOSED;
                    self.tell(Msg::Link(if is_closed {
                        LinkState::Closed(refusal)
                    } else {
                        LinkState::Taken
                    }));
                    return None;
                }
                Err(error) => {
                    tracing::info!(%error, "not back yet");
                    self.tell(Msg::Link(LinkState::Down(error.to_string())));
                }
            }
        }
    }

    /// `topic id version` on the common channel; on the channel of answers somebody who waits looks for his own.
    fn announce(&self, notice: &Notice) {
        if notice.channel == "kvartal_answer" {
            // Nobody may be waiting here: everybody's answers are told to everybody.
            let _ = self.hints.send(notice.payload.as_str().into());
            return;
        }
        let mut words = notice.payload.split_whitespace();
        let mut word = || words.next().unwrap_or_default();
        let (topic, id, version) = (word(), word(), word());
        let own = self.session.borrow().as_ref().map(|session| session.id().to_string());
        if topic == "session" && version == "take" {
            if own.as_deref() == Some(id) {
                self.tell(Msg::Link(LinkState::Taken));
            }
        } else if self.topics.borrow().contains(topic) {
            let version = version.parse().unwrap_or_default();
            self.tell(Msg::Notice { topic: topic.to_owned(), id: id.to_owned(), version });
        }
    }

    /// Leaves for good: nothing comes back.
    pub fn leave(&self) {
        if let Some(watcher) = self.watcher.borrow_mut().take() {
            watcher.abort();
        }
    }
}

/// The refusal of a line that is away.
fn away() -> Refusal {
    let mut refusal = convert::sentence("08000", "Нет связи с базой данных");
    refusal.hint = Some("Набранное не потеряно; повторите, когда связь вернётся".to_owned());
    refusal
}

fn not_entered(error: EnterError) -> Refusal {
    match error {
        EnterError::Db(error) => convert::failure(error),
        EnterError::Connect(error @ ConnectError::Password(_)) => {
            convert::sentence("28P01", &error.to_string())
        }
        EnterError::Connect(error) => convert::sentence("08000", &error.to_string()),
    }
}

/// The greeting in the engine's words: who this is, the day and month worked on, sessions that may be gone on with, and those that
/// were left in order, of which only the drafts wait.
fn greeted(mut greeting: Json, present: Json) -> Json {
    greeting["name"] = greeting["full_name"].clone();
    let lost = |one: &Json| {
        let screen = if one["title"].is_string() { &one["title"] } else { &one["screen"] };
        json!({ "session": one["session"], "at": one["minute"], "screen": screen })
    };
    let open = greeting["continue"].as_array().cloned().unwrap_or_default();
    let (left, broken): (Vec<&Json>, Vec<&Json>) = open.iter().partition(|one| one["left"] == true);
    greeting["lost"] = broken.into_iter().map(lost).collect();
    greeting["left"] = left.into_iter().map(|one| one["session"].clone()).collect();
    if let Json::Object(present) = present {
        for (name, value) in present {
            greeting[name] = value;
        }
    }
    greeting
}
