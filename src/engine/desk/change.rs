//! An action from the key to the difference: what is typed is checked, a ground asked for, the difference shown and accepted.

use serde_json::{Map, Value as Json, json};

use super::{At, Desk, Purpose};
use crate::engine::effect::{Call, Operation, Secret};
use crate::engine::model::{Act, Action, Confirm, Ground, Link, Name, Role};
use crate::engine::msg::{Answer, DOUBT, NO_WORKER, Refusal};
use crate::engine::overlay::{Asked, Diff, Overlay, Prompt};
use crate::engine::value::Value;
use crate::engine::window::{Focus, Typed, Window, WindowId};

/// The fewest letters of a password.
const SHORTEST_PASSWORD: usize = 8;

impl Desk {
    /// Starts an action: first the question, if it has one.
    pub(crate) fn start_action(&mut self, id: WindowId, at: usize) {
        if let Some(why) = self.why_not_action(id, at) {
            self.refuse(why, "");
            return;
        }
        let Some(action) = self.action(id, at) else { return };
        match action.confirm.clone() {
            Confirm::Ask(_) if !self.is_ready(id, at) => {}
            Confirm::Ask(question) => {
                let text = self.window(id).map(|window| self.told(window, &question));
                let text = text.unwrap_or_default();
                self.ask(Overlay::Question { text, asked: Asked::Action(id, at) });
            }
            Confirm::None => self.run_action(id, at, None),
        }
    }

    /// Whether everything a change needs is filled in: nobody confirms what is refused afterwards.
    fn is_ready(&mut self, id: WindowId, at: usize) -> bool {
        let Some(act) = self.action(id, at).map(|action| action.act.clone()) else { return true };
        let wants = match act {
            Act::Operation { ground, .. } => ground,
            Act::Function { .. } => Ground::None,
            _ => return true,
        };
        if !self.check_all(id, &act) {
            return false;
        }
        let is_missing =
            wants == Ground::Must && self.ground_field(id).is_some() && self.typed_ground(id).is_none();
        if is_missing {
            self.ask_ground(id, at);
        }
        !is_missing
    }

    /// An action of an open screen.
    pub(crate) fn action(&self, id: WindowId, at: usize) -> Option<&Action> {
        self.window(id)?.model.actions.get(at)
    }

    /// Runs an action; the ground may have been asked for already.
    pub(crate) fn run_action(&mut self, id: WindowId, at: usize, ground: Option<String>) {
        let Some(action) = self.action(id, at).cloned() else { return };
        match &action.act {
            Act::Operation { .. } => self.prepare(id, at, ground),
            Act::Open(link) => {
                // A step that takes along what is typed takes along values only.
                if !self.takes_typed(id, link) || self.check_all(id, &action.act) {
                    self.follow(id, link);
                }
            }
            Act::Undo(name) => self.undo_of(id, name, &action),
            Act::CancelJob(name) => {
                if let Some(Value::Id(job)) = self.window(id).map(|window| window.value(name, &self.present))
                {
                    self.call(Purpose::Function { window: id, action: at }, Call::CancelJob(job), true);
                }
            }
            Act::Login { login, password } => self.login(id, *login, *password),
            Act::Password { old, new, again } => self.change_password(id, at, *old, *new, *again),
            Act::Continue(name) => self.continue_session(id, name.as_ref()),
            Act::Language => self.other_language(),
            Act::Search => {
                self.run_filters();
                if let Some(window) = self.window_mut(id) {
                    window.focus = Focus::Middle;
                }
            }
            Act::Function { name, args } => {
                if !self.check_all(id, &action.act) {
                    return;
                }
                let Some(window) = self.window(id) else { return };
                let args =
                    args.iter().map(|(key, name)| (key.clone(), window.value(name, &self.present))).collect();
                let call = Call::Function { name: name.clone(), args };
                self.call(Purpose::Function { window: id, action: at }, call, true);
            }
        }
    }

    /// Whether a link opens its screen with what is typed into a field.
    fn takes_typed(&self, id: WindowId, link: &Link) -> bool {
        let is_entry = |name: &Name| match (name, self.window(id)) {
            (Name::Field(field), Some(window)) => window.model.fields[*field].is_entry(),
            _ => false,
        };
        link.with.iter().any(|(_, name)| is_entry(name))
    }

    /// Makes the operation of what is typed and shows or commits it.
    fn prepare(&mut self, id: WindowId, at: usize, ground: Option<String>) {
        let Some(action) = self.action(id, at).cloned() else { return };
        if !self.check_all(id, &action.act) {
            return;
        }
        let Act::Operation { kind, args, fact, ground: wants, preview, seen, .. } = &action.act else {
            return;
        };
        let ground = ground.or_else(|| self.typed_ground(id));
        if *wants == Ground::Must && ground.as_deref().unwrap_or_default().trim().is_empty() {
            self.ask_ground(id, at);
            return;
        }
        let Some(secrets) = self.secrets_of(id, args) else { return };
        let operation_id = self.new_id();
        let Some(window) = self.window(id) else { return };
        let mut object = object(window, args, &self.present);
        if !fact.is_empty() {
            object.insert("facts".to_owned(), json!([Json::Object(self.object_of(id, fact))]));
        }
        if window.typed.iter().any(Typed::is_typed_twice) {
            object.insert("twice".to_owned(), Json::Bool(true));
        }
        if let Some(seen) = window.seen.as_ref().filter(|_| seen.is_some()) {
            object.insert("seen".to_owned(), seen.to_json());
        }
        let operation =
            Operation { id: operation_id, kind: kind.clone(), args: Json::Object(object), ground, secrets };
        self.begin_change(Some((id, at)), operation, *preview);
    }

    /// What is typed in secret for an operation; nothing where it is too short, or repeated otherwise, which is told.
    fn secrets_of(&mut self, id: WindowId, args: &[(String, Name)]) -> Option<Vec<(String, Secret)>> {
        let window = self.window(id)?;
        let mut secrets = Vec::new();
        let mut wrong = None;
        for (key, name) in args {
            let Name::Field(field) = name else { continue };
            if !is_secret(window, *field) {
                continue;
            }
            let text = window.typed[*field].line.text();
            let repeats = |other: &usize| {
                window.model.fields[*other].entry.as_ref().and_then(|entry| entry.again) == Some(*field)
            };
            let again = (0..window.model.fields.len()).find(repeats);
            if text.chars().count() < SHORTEST_PASSWORD {
                wrong = wrong.or(Some(("password-short", *field)));
            } else if let Some(again) = again.filter(|again| window.typed[*again].line.text() != text) {
                wrong = wrong.or(Some(("passwords-differ", again)));
            }
            secrets.push((key.clone(), Secret(text.to_owned())));
        }
        let Some((sentence, field)) = wrong else { return Some(secrets) };
        self.set_focus(id, Focus::Field(field));
        self.refuse_with(sentence, &[]);
        None
    }

    fn object_of(&self, id: WindowId, parts: &[(String, Name)]) -> Map<String, Json> {
        self.window(id).map(|window| object(window, parts, &self.present)).unwrap_or_default()
    }

    /// The field called `ground`, where it is typed into: one that only shows a ground asks for none.
    fn ground_field(&self, id: WindowId) -> Option<usize> {
        let model = &self.window(id)?.model;
        model.field("ground").filter(|field| model.fields[*field].is_entry())
    }

    /// What stands in the field called `ground`.
    fn typed_ground(&self, id: WindowId) -> Option<String> {
        let (window, field) = (self.window(id)?, self.ground_field(id)?);
        Some(window.typed[field].line.text().trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn ask_ground(&mut self, id: WindowId, at: usize) {
        match self.ground_field(id) {
            Some(field) => {
                self.set_focus(id, Focus::Field(field));
                self.refuse_with("ground-needed", &[]);
            }
            None => {
                let prompt = self.ground_of((id, at));
                self.overlay = Some(Overlay::prompt(prompt, self.words(), ""));
            }
        }
    }

    /// The line of an action's ground.
    pub(super) fn ground_of(&self, (id, at): At) -> Prompt {
        let title = self.action(id, at).map(|action| action.title.clone()).unwrap_or_default();
        Prompt::Ground(id, at, title)
    }

    /// The difference came: it is shown, to be accepted or rejected.
    pub(crate) fn previewed(&mut self, at: Option<At>, operation: Operation, answer: Answer) {
        match answer {
            Answer::Done(json) => {
                let title = self.title_of_change(at, &operation);
                match serde_json::from_value(json) {
                    Ok(told) => {
                        let diff = Diff { of: at, operation, title, told, at: 0, only: None };
                        self.ask(Overlay::Diff(Box::new(diff)));
                    }
                    Err(_) => self.refuse_with("answer-not-understood", &[]),
                }
            }
            Answer::Refused(refusal) if refusal.code == NO_WORKER => {
                let text = self.words().text("no-worker-commit").into_owned();
                self.ask(Overlay::Question { text, asked: Asked::Unseen(at, operation) });
            }
            Answer::Refused(refusal) if refusal.code == DOUBT => self.ask_doubt(at, operation, &refusal),
            other => self.refused(&other),
        }
    }

    /// The server doubts a change: whoever means it says so.
    pub(super) fn ask_doubt(&mut self, at: Option<At>, operation: Operation, doubt: &Refusal) {
        let text = self.words().with("doubt-meant", &[("why", doubt.message.clone().into())]);
        self.ask(Overlay::Question { text, asked: Asked::Doubted(at, operation) });
    }

    /// A doubted change is meant: it goes on as that, under a number of its own, the way it came: what is shown first is shown, what is
    /// not is written.
    fn mean(&mut self, at: Option<At>, mut operation: Operation) {
        operation.id = self.new_id();
        operation.args["twice"] = Json::Bool(true);
        let act = at.and_then(|(window, action)| self.action(window, action)).map(|action| &action.act);
        self.begin_change(at, operation, !matches!(act, Some(Act::Operation { preview: false, .. })));
    }

    /// Shows what a change would do, or makes it.
    fn begin_change(&mut self, at: Option<At>, operation: Operation, is_shown: bool) {
        if is_shown {
            let call = Call::Preview(operation.clone());
            self.call(Purpose::Preview { at, operation }, call, true);
        } else {
            self.commit(at, operation);
        }
    }

    /// What a change is called: by its action; an undo by itself.
    fn title_of_change(&self, at: Option<At>, operation: &Operation) -> String {
        let kind = &operation.kind;
        let undo = || match self.change_undone_by(operation) {
            Some(change) => self.words().with("undo-of", &[("title", change.title.clone().into())]),
            None => self.words().text("command-undo").into_owned(),
        };
        let found =
            at.and_then(|(window, action)| self.action(window, action)).map(|action| action.title.clone());
        found.unwrap_or_else(|| if kind == super::undo::KIND { undo() } else { kind.clone() })
    }

    fn change_password(&mut self, id: WindowId, at: usize, old: usize, new: usize, again: usize) {
        if !self.check_all(id, &Act::Password { old, new, again }) {
            return;
        }
        let Some(window) = self.window(id) else { return };
        let text = |field: usize| window.typed[field].line.text().to_owned();
        let (old, new, again) = (text(old), text(new), text(again));
        if new != again {
            self.refuse_with("passwords-differ", &[]);
            return;
        }
        if new.chars().count() < SHORTEST_PASSWORD || new == old {
            self.refuse_with("password-weak", &[]);
            return;
        }
        let call = Call::Password { old: Secret(old), new: Secret(new) };
        self.call(Purpose::Password { window: id, action: at }, call, true);
    }

    /// The answer to a question.
    pub(crate) fn answered(&mut self, asked: Asked) {
        match asked {
            Asked::Leave => self.keep_draft(),
            Asked::GiveUp => self.leave_now(),
            Asked::Draft(window, draft) => self.take_draft(window, draft),
            Asked::Throw(draft) => self.throw_draft(draft),
            Asked::TestKeys => drop(self.open_role(Role::KeyTest, std::collections::BTreeMap::new())),
            Asked::Exit => self.exit(),
            Asked::Action(id, at) => self.run_action(id, at, None),
            Asked::Unseen(at, operation) => self.commit(at, operation),
            Asked::Doubted(at, operation) => self.mean(at, operation),
            Asked::MarkAll(id, grid, all) => self.mark_everything(id, grid, all),
        }
    }
}

/// Whether what is typed into a field is kept in memory only.
fn is_secret(window: &Window, field: usize) -> bool {
    window.model.fields[field].entry.as_ref().is_some_and(|entry| entry.secret)
}

/// Named values as arguments; what is empty is left out, and so is what is secret: it goes beside them.
fn object(
    window: &Window,
    parts: &[(String, Name)],
    present: &crate::engine::window::Present,
) -> Map<String, Json> {
    let mut whole = Map::new();
    for (key, name) in parts {
        let value = window.value(name, present);
        let is_secret = matches!(name, Name::Field(field) if is_secret(window, *field));
        if value.is_empty() || is_secret {
            continue;
        }
        // `person.last_name` is a part of an object, `details.document.number` of one inside it.
        let mut parts = key.split('.');
        let outer = parts.next().unwrap_or_default();
        let place = parts.fold(whole.entry(outer).or_insert(Json::Null), |object, part| &mut object[part]);
        *place = value.to_json();
    }
    whole
}
