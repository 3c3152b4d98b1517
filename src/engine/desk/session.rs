//! Who works here: login, a forced change of password, a lost session to go on with, the menu.

use serde_json::Value as Json;

use super::{Desk, MenuItem, Purpose};
use crate::engine::effect::{Call, Effect, Query, Secret, Times};
use crate::engine::model::{Act, Name, Role};
use crate::engine::msg::{Answer, Rows, Timer};
use crate::engine::rights::Rights;
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::WindowId;
use crate::keymap::has_russian;
use crate::locale::Lang;

/// The function every operator's menu comes from.
const MENU: &str = "admin.menu";

impl Desk {
    /// Logs in with what is typed; the password leaves the screen at once.
    pub(crate) fn login(&mut self, id: WindowId, login: usize, password: usize) {
        if !self.check_all(id, &Act::Login { login, password }) {
            return;
        }
        let Some(window) = self.window_mut(id) else { return };
        let name = window.typed[login].line.text().trim().to_owned();
        let secret = Secret(window.typed[password].line.text().to_owned());
        window.typed[password] = crate::engine::window::Typed::default();
        let in_russian = has_russian(&secret.0);
        self.call(Purpose::Login { in_russian }, Call::Login { login: name, password: secret }, true);
    }

    /// The login was let in or not.
    pub(crate) fn logged_in(&mut self, in_russian: bool, answer: Answer) {
        let json = match answer {
            Answer::Done(json) => json,
            other => {
                self.refused(&other);
                if in_russian && self.message.is_refusal {
                    // Dots do not show which letters they are.
                    let why = self.message.text.trim_end_matches('.').to_owned();
                    self.message.text = self.words().with("login-was-in-russian", &[("why", why.into())]);
                }
                return;
            }
        };
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        self.operator.login = text("login");
        self.operator.name = text("name");
        self.operator.session = json["session"].as_str().and_then(|id| id.parse().ok());
        self.present.operator = self.operator.login.clone();
        self.rights = Rights::of(&json["rights"]);
        // The month is told in words.
        self.adopt(&json["settings"]);
        self.read_present(&json);
        self.windows.clear();
        self.ask_menu();
        self.open_role(Role::Menu, std::collections::BTreeMap::new());
        if json["lost"].as_array().is_some_and(|lost| !lost.is_empty()) {
            self.open_role(Role::LostSessions, std::collections::BTreeMap::new());
        }
        let left = json["left"].as_array().into_iter().flatten();
        let left: Vec<uuid::Uuid> = left.filter_map(|id| id.as_str()?.parse().ok()).collect();
        self.ask_for_drafts(&left);
        let is_first = self.windows.len() == 1 && json["must_change_password"].as_bool() != Some(true);
        if is_first && json["new_terminal"].as_bool() == Some(true) {
            self.offer_key_test();
        }
        if json["must_change_password"].as_bool() == Some(true) {
            self.open_role(Role::Password, std::collections::BTreeMap::new());
            self.must_change_password = true;
            self.say("password-must-change");
        }
    }

    /// Asks what day and month it is: somebody may have released one.
    pub(crate) fn ask_present(&mut self) {
        self.outdate(&Purpose::Present);
        let call = Call::Function { name: "billing.desk_now".to_owned(), args: Vec::new() };
        self.call(Purpose::Present, call, false);
    }

    pub(crate) fn present_told(&mut self, answer: Answer) {
        let Answer::Done(json) = answer else { return };
        let before = self.present.clone();
        self.read_present(&json);
        if self.present != before {
            // A day or month that a form stands on by itself moves with the title line; where somebody types nothing moves.
            for window in self.windows.iter_mut().filter(|window| !window.is_changed()) {
                window.fill_defaults(&self.present);
            }
        }
    }

    /// The day and month as the server has them. Its clock says when the day ends: then they are asked for again.
    fn read_present(&mut self, json: &Json) {
        if let Some(left) = json["day_left"].as_u64() {
            self.wake(Timer::Day, (left + 1) * 1_000, true);
        }
        let day = |name: &str| json[name].as_str().and_then(|day| day.parse().ok());
        if let Some(today) = day("today") {
            self.present.today = today;
        }
        self.present.month = day("month");
        let month =
            self.present.month.map(|month| shown(&Value::Day(month), &Show::Month)).unwrap_or_default();
        let state = json["month_state"].as_str().unwrap_or_default();
        if !month.is_empty() && !state.is_empty() {
            let state = self.words().text(&format!("choice-month_state-{state}")).into_owned();
            self.month_state =
                self.words().with("title-month", &[("month", month.into()), ("state", state.into())]);
        }
    }

    pub(crate) fn ask_menu(&mut self) {
        let query = Query {
            relation: MENU.to_owned(),
            is_function: true,
            columns: ["code", "title", "module", "title_key"].map(str::to_owned).to_vec(),
            by: Vec::new(),
            filter: None,
            example: Vec::new(),
            order: Vec::new(),
            after: None,
            limit: None,
            count: None,
            times: Times::default(),
        };
        self.outdate(&Purpose::Menu);
        let req = self.number(Purpose::Menu);
        self.effects.push(Effect::Load { req, query });
    }

    pub(crate) fn menu_read(&mut self, answer: Answer) {
        let Answer::Rows(rows) = answer else {
            self.refused(&answer);
            return;
        };
        let text = |row: &Vec<Value>, at: usize| {
            row.get(at).map(|value| shown(value, &Show::Plain)).unwrap_or_default()
        };
        let item = |row: &Vec<Value>| MenuItem {
            code: text(row, 0),
            title: self.worded_title(text(row, 1), &text(row, 3)),
            module: text(row, 2),
        };
        self.menu = rows.rows.iter().map(item).collect();
    }

    /// A title in the operator's language: the locale's word where it has one, else as the database says it.
    fn worded_title(&self, title: String, key: &str) -> String {
        let words = self.words();
        if self.lang != Lang::default() && words.has(key) { words.text(key).into_owned() } else { title }
    }

    /// Rows of the menu with the titles of the operator's language, where a screen shows them.
    pub(crate) fn worded_menu(&self, window: WindowId, source: usize, mut rows: Rows) -> Rows {
        let model = self.window(window).and_then(|window| window.model.sources.get(source));
        let Some(model) = model.filter(|model| model.relation == MENU) else { return rows };
        let place = |name: &str| model.columns.iter().position(|column| column == name);
        let (Some(code), Some(title)) = (place("code"), place("title")) else { return rows };
        for row in &mut rows.rows {
            let known = self.menu.iter().find(|item| row.get(code) == Some(&Value::from(item.code.as_str())));
            if let (Some(item), Some(cell)) = (known, row.get_mut(title)) {
                *cell = Value::Text(item.title.clone());
            }
        }
        rows
    }

    pub(crate) fn password_changed(&mut self, window: WindowId, at: usize, answer: Answer) {
        match answer {
            Answer::Done(_) => {
                self.must_change_password = false;
                self.say("password-changed");
                if let Some(window) = self.window_mut(window) {
                    window
                        .typed
                        .iter_mut()
                        .for_each(|typed| *typed = crate::engine::window::Typed::default());
                }
                let then = self.action(window, at).map(|action| action.then.clone()).unwrap_or_default();
                self.after(window, &then);
            }
            other => self.refused(&other),
        }
    }

    /// Goes on with a lost session, or begins a new one.
    pub(crate) fn continue_session(&mut self, id: WindowId, name: Option<&Name>) {
        let chosen = name.and_then(|name| self.window(id).map(|window| window.value(name, &self.present)));
        match chosen {
            Some(Value::Id(session)) => {
                let args = vec![("p_session".to_owned(), Value::Id(session))];
                let call = Call::Function { name: "admin.session_take".to_owned(), args };
                self.call(Purpose::Continue(session), call, true);
            }
            _ => self.leave_now(),
        }
    }

    pub(crate) fn continued(&mut self, old: uuid::Uuid, answer: Answer) {
        match answer {
            Answer::Done(json) => {
                self.windows.truncate(1);
                self.restore(&json);
                self.call(Purpose::Nothing, Call::Forget(old), false);
            }
            other => self.refused(&other),
        }
    }

    /// Says that a session goes on, and how many drafts came with it.
    pub(super) fn say_continued(&mut self) {
        match self.drafts.len() {
            0 => self.say("session-continued"),
            drafts => self.say_with("session-continued-drafts", &[("n", drafts.into())]),
        }
    }
}
