//! Hands that are told effects as an engine would tell them.

use kvartal::app::hands::Hands;
use kvartal::app::outbox::Folders;
use kvartal::db::config::Address;
use kvartal::db::desk::session::Place;
use kvartal::engine::effect::{Call, Effect, Operation, Query, Secret, Times};
use kvartal::engine::msg::{Answer, LinkState, Msg, Req};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::common::people;

/// The kind of operation the tests make.
pub const KIND: &str = "billing.correction";

/// A workstation without an engine.
pub struct Station {
    pub hands: Hands,
    /// What was told and not yet asked for.
    pub heard: Vec<Msg>,
    home: TempDir,
    last: u64,
}

impl Station {
    pub fn at(address: &Address) -> Self {
        let home = tempfile::tempdir().unwrap();
        let hands = Hands::new(address, Place::default(), Folders::below(home.path()));
        Self { hands, heard: Vec::new(), home, last: 0 }
    }

    /// One at which somebody is logged in; answers with the session too.
    pub async fn of(address: &Address, login: &str) -> (Self, Uuid) {
        let mut station = Self::at(address);
        let password = Secret(people::PASSWORD.to_owned());
        let answer = station.call(Call::Login { login: login.to_owned(), password }).await;
        let Answer::Done(greeting) = answer else { panic!("not logged in: {answer:?}") };
        let session = greeting["session"].as_str().unwrap().parse().unwrap();
        station.until(|msg| *msg == Msg::Link(LinkState::Up { again: false })).await;
        (station, session)
    }

    pub fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    pub fn number(&mut self) -> Req {
        self.last += 1;
        Req(self.last)
    }

    pub fn begin(&mut self, effect: Effect) {
        assert_eq!(self.hands.take(effect), None);
    }

    /// Waits for a message; what is told before it is kept.
    pub async fn until(&mut self, wanted: impl Fn(&Msg) -> bool) -> Msg {
        if let Some(at) = self.heard.iter().position(&wanted) {
            return self.heard.remove(at);
        }
        loop {
            let msg = tokio::time::timeout(crate::common::PATIENCE, self.hands.next()).await;
            let msg = msg.expect("nothing was told").unwrap();
            if wanted(&msg) {
                return msg;
            }
            self.heard.push(msg);
        }
    }

    pub async fn answer(&mut self, req: Req) -> Answer {
        let is_answer = move |msg: &Msg| matches!(msg, Msg::Reply { req: of, .. } if *of == req);
        match self.until(is_answer).await {
            Msg::Reply { answer, .. } => answer,
            other => panic!("{other:?}"),
        }
    }

    pub async fn call(&mut self, call: Call) -> Answer {
        let req = self.number();
        self.begin(Effect::Call { req, call });
        self.answer(req).await
    }

    pub async fn load(&mut self, query: Query) -> Answer {
        let req = self.number();
        self.begin(Effect::Load { req, query });
        self.answer(req).await
    }
}

/// A correction of the first account of the village.
pub fn correction(amount: &str) -> Operation {
    let args = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": amount });
    Operation {
        id: Uuid::new_v4(),
        kind: KIND.to_owned(),
        args,
        ground: Some("акт".to_owned()),
        secrets: Vec::new(),
    }
}

/// A reading of a view or function, whole.
pub fn query(relation: &str, is_function: bool, columns: &[&str]) -> Query {
    Query {
        relation: relation.to_owned(),
        is_function,
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        by: Vec::new(),
        filter: None,
        example: Vec::new(),
        order: Vec::new(),
        after: None,
        limit: None,
        count: None,
        times: Times::default(),
    }
}

/// What `Done` holds.
pub fn done(answer: Answer) -> Json {
    match answer {
        Answer::Done(json) => json,
        other => panic!("not done: {other:?}"),
    }
}
