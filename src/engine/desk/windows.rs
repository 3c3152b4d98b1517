//! Opening and leaving screens.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Desk, Purpose};
use crate::engine::effect::{Call, Effect};
use crate::engine::feed::Stale;
use crate::engine::model::{Link, Part, Role, Screen, Shown, Target};
use crate::engine::overlay::palette::LONGEST_CODE;
use crate::engine::overlay::{Asked, Overlay};
use crate::engine::value::Value;
use crate::engine::window::{Window, WindowId};

/// The deepest stack of screens: far more than anybody keeps in mind.
const DEEPEST: usize = 20;

impl Desk {
    /// The screen of a code, a name, or the kind of thing it is the card of.
    pub(crate) fn screen(&self, wanted: &str) -> Option<Arc<Screen>> {
        let screens = &self.config.screens;
        let known_as =
            |screen: &&Arc<Screen>| !wanted.is_empty() && (screen.code == wanted || screen.card_of == wanted);
        screens.get(wanted).or_else(|| screens.values().find(known_as)).map(Arc::clone)
    }

    /// The screen that is something to the engine itself.
    pub(crate) fn role(&self, role: Role) -> Option<Arc<Screen>> {
        self.config.screens.values().find(|screen| screen.role == Some(role)).map(Arc::clone)
    }

    /// Opens it.
    pub(crate) fn open_role(&mut self, role: Role, keys: BTreeMap<String, Value>) -> Option<WindowId> {
        let name = self.role(role).map(|model| model.name.clone()).unwrap_or_default();
        self.open_named(&name, keys)
    }

    /// Opens a screen over the ones that are open; a draft of what it is opened with is offered.
    pub(crate) fn open_named(&mut self, wanted: &str, keys: BTreeMap<String, Value>) -> Option<WindowId> {
        let id = self.open_screen(wanted, keys)?;
        self.offer_draft(id);
        Some(id)
    }

    /// Opens a screen over the ones that are open.
    ///
    /// It takes the keys that are its own: a row of many kinds is one and the same number to cards of accounts, houses and meters,
    /// and whoever looks for the house here must not find the account's.
    pub(super) fn open_screen(
        &mut self,
        wanted: &str,
        mut keys: BTreeMap<String, Value>,
    ) -> Option<WindowId> {
        if self.must_change_password {
            self.refuse_with("password-must-change", &[]);
            return None;
        }
        let Some(model) = self.screen(wanted) else {
            self.refuse_with("no-screen", &[("code", wanted.to_owned().into())]);
            return None;
        };
        if is_wanting(&model, &keys) {
            self.tell_what_it_needs(&model);
            return None;
        }
        if self.windows.len() >= DEEPEST {
            self.refuse_with("too-deep", &[]);
            return None;
        }
        keys.retain(|key, _| model.keys.contains(key));
        let id = self.next_window_id();
        self.windows.push(Window::open(id, model, keys, &self.present));
        self.second = false;
        self.overlay = None;
        Some(id)
    }

    /// A screen that cannot open by its code alone: what to type behind it, which screen of the menu leads to it, or where to look.
    fn tell_what_it_needs(&mut self, model: &Screen) {
        let from = self.menu_screen_to(model);
        let wanted = match (self.argument_of(model).is_some(), &from) {
            (true, _) => "screen-needs-number",
            (false, Some(_)) => "screen-needs-list",
            (false, None) => "screen-needs-another",
        };
        let (from, title) = (from.unwrap_or_default(), self.title_of(model));
        let told = [("title", title.into()), ("code", model.code.clone().into()), ("from", from.into())];
        self.refuse_with(wanted, &told);
    }

    /// What the menu calls a screen, or its own title.
    pub(crate) fn title_of(&self, model: &Screen) -> String {
        let in_menu = self.menu.iter().find(|item| !model.code.is_empty() && item.code == model.code);
        in_menu.map_or_else(|| bare_title(model), |item| item.title.clone())
    }

    /// Follows a link from a window.
    pub(crate) fn follow(&mut self, from: WindowId, link: &Link) -> Option<WindowId> {
        let window = self.window(from)?;
        if let Some(why) = self.why_not_follow(window, link) {
            self.refuse(why, "");
            return None;
        }
        let present = &self.present;
        let screen = match &link.screen {
            Target::Screen(screen) => screen.clone(),
            Target::Column(name) => match window.value(name, present) {
                Value::Text(screen) => screen,
                _ => return None,
            },
        };
        let keys: BTreeMap<String, Value> =
            link.with.iter().map(|(key, name)| (key.clone(), window.value(name, present))).collect();
        if let Some(model) = self.screen(&screen).filter(|model| is_wanting(model, &keys)) {
            let title = self.title_of(&model);
            self.refuse_with("nothing-under-cursor", &[("title", title.into())]);
            return None;
        }
        self.open_named(&screen, keys)
    }

    /// Goes one level back. What is typed and not written is asked about first.
    pub(crate) fn leave(&mut self) {
        let Some(front) = self.windows.last() else { return };
        if self.must_change_password {
            self.refuse_with("password-must-change", &[]);
            return;
        }
        if self.windows.len() == 1 && self.operator.login.is_empty() {
            // Below the login there is only the way out.
            let text = self.words().text("leave-program").into_owned();
            self.ask(Overlay::Question { text, asked: Asked::Exit });
            return;
        }
        if self.windows.len() == 1 {
            self.say("already-home");
            return;
        }
        if front.is_changed() {
            self.ask_leave();
            return;
        }
        self.leave_now();
    }

    /// Goes one level back without a question; what is below is read again.
    pub(crate) fn leave_now(&mut self) {
        let Some(left) = self.windows.pop() else { return };
        self.forget(&left);
        self.second = false;
        if let Some(front) = self.windows.last_mut() {
            stale(front);
        }
    }

    /// Leaves the screen in front, which did what it was for, and the lists that were only steps to it.
    pub(super) fn leave_done(&mut self) {
        let Some(steps) = self.windows.len().checked_sub(1).map(|at| self.steps_to(at)) else { return };
        for _ in 0..=steps {
            self.leave_now();
        }
    }

    /// Closes a screen below the one in front and the steps to it; the front one is nobody's to close but the operator's.
    pub(super) fn close_behind(&mut self, id: WindowId) {
        let behind = self.windows.len().saturating_sub(1);
        let found = self.windows.iter().take(behind).position(|outer| outer.find(id).is_some());
        let Some(found) = found else { return };
        let steps = self.steps_to(found);
        let left: Vec<Window> = self.windows.drain(found - steps..=found).collect();
        left.iter().for_each(|window| self.forget(window));
    }

    /// How many screens right below one only lead to an operation it makes.
    fn steps_to(&self, at: usize) -> usize {
        let Some(done) = self.windows.get(at) else { return 0 };
        let makes = |wanted: &String| {
            let mut acts = done.model.actions.iter().map(|action| &action.act);
            acts.any(|act| act.operation() == Some(wanted))
        };
        let below = self.windows[..at].iter().rev();
        below.take_while(|step| step.model.step_to.as_ref().is_some_and(makes)).count()
    }

    /// Requests of a screen that is gone are cancelled; their answers will be dropped.
    pub(super) fn forget(&mut self, left: &Window) {
        let ids: Vec<WindowId> = left.all().iter().map(|window| window.id).collect();
        let of = |purpose: &Purpose| match purpose {
            Purpose::Rows { window, .. } | Purpose::Block { window, .. } => ids.contains(window),
            _ => false,
        };
        let gone: Vec<_> =
            self.requests.iter().filter(|(_, purpose)| of(purpose)).map(|(req, _)| *req).collect();
        for req in gone {
            self.requests.insert(req, Purpose::Nothing);
            self.effects.push(Effect::Cancel { req });
        }
    }

    /// A window by its number.
    pub(crate) fn window(&self, id: WindowId) -> Option<&Window> {
        self.windows.iter().find_map(|window| window.find(id))
    }

    /// A window by its number, to be changed.
    pub(crate) fn window_mut(&mut self, id: WindowId) -> Option<&mut Window> {
        self.windows.iter_mut().find_map(|window| window.find_mut(id))
    }

    /// The number of the window keys go to.
    pub(crate) fn focused_id(&self) -> Option<WindowId> {
        self.focused().map(|window| window.id)
    }

    /// Opens the screens inside chosen tabs, as soon as their keys are known.
    pub(crate) fn open_embeds(&mut self) {
        while let Some((outer, tab, screen, keys)) = self.next_embed() {
            let Some(model) = self.screen(&screen) else { return };
            let id = self.next_window_id();
            let inside = Window::open(id, model, keys, &self.present);
            if let Some(window) = self.window_mut(outer) {
                window.embeds.insert(tab, inside);
            }
        }
    }

    /// A tab in front whose screen is not open yet.
    fn next_embed(&self) -> Option<(WindowId, usize, String, BTreeMap<String, Value>)> {
        let windows = self.windows.iter().flat_map(Window::all);
        windows.filter(|window| !window.embeds.contains_key(&window.tab)).find_map(|window| {
            let Some(Shown::Embed { screen, with }) = window.shown() else { return None };
            self.screen(screen)?;
            let keys: BTreeMap<_, _> =
                with.iter().map(|(key, name)| (key.clone(), window.value(name, &self.present))).collect();
            let known = keys.values().all(|value| !value.is_empty());
            known.then(|| (window.id, window.tab, screen.clone(), keys))
        })
    }

    /// Opens a screen by what was typed: a code, perhaps with an argument that a function turns into its key.
    pub(crate) fn go_to_code(&mut self, typed: &str) {
        let (code, argument) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
        let needs_database = |screen: &Screen| !screen.sources.is_empty();
        if self.operator.login.is_empty() && self.screen(code).is_none_or(|screen| needs_database(&screen)) {
            self.refuse_with("login-first", &[]);
            return;
        }
        let Some(model) = self.screen(code).filter(|model| model.code == code) else {
            self.go_to_account(typed.trim());
            return;
        };
        if !self.may_open(&model) {
            // Lists to choose from are nobody's place: the form that needs one opens it.
            let is_a_step =
                || self.words().with("screen-needs-another", &[("title", self.title_of(&model).into())]);
            let why = self.why_not_open(&model).unwrap_or_else(is_a_step);
            self.refuse(why, "");
            return;
        }
        if let Some(why) = self.why_not_enter(&model) {
            self.refuse(why, "");
            return;
        }
        let argument = argument.trim();
        match (self.argument_of(&model), argument.is_empty()) {
            (Some(wanted), false) => {
                let purpose = Purpose::Argument { screen: model.name.clone(), key: wanted.key };
                let call = Call::Function {
                    name: wanted.function,
                    args: vec![(String::new(), Value::Text(argument.to_owned()))],
                };
                self.call(purpose, call, true);
            }
            _ if self.way_from_here(&model) => {}
            _ => {
                let keys = self.keys_from_here(&model).unwrap_or_default();
                self.open_named(&model.name, keys);
            }
        }
    }

    /// A number that is no code is the number of an account: what a caller says first.
    fn go_to_account(&mut self, typed: &str) {
        let number: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let is_number = number.len() > LONGEST_CODE && number.chars().all(|letter| letter.is_ascii_digit());
        match self.role(Role::ByNumber).filter(|_| is_number) {
            Some(card) => self.go_to_code(&format!("{} {number}", card.code)),
            None => self.refuse_with("no-screen", &[("code", typed.to_owned().into())]),
        }
    }
}

/// Whether something a screen must be opened with is not known.
fn is_wanting(model: &Screen, keys: &BTreeMap<String, Value>) -> bool {
    let is_known = |key: &String| keys.get(key).is_some_and(|value| !value.is_empty());
    model.keys.iter().any(|key| !model.optional.contains(key) && !is_known(key))
}

/// What a screen that shows nothing yet is called: by its own word, or by its title up to the first value, without the word that
/// leads to it («за», «:»).
#[must_use]
pub fn bare_title(model: &Screen) -> String {
    if !model.called.is_empty() {
        return model.called.clone();
    }
    let has_value = model.title.0.iter().any(|part| matches!(part, Part::Value(..)));
    let text: String = model
        .title
        .0
        .iter()
        .map_while(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Value(..) => None,
        })
        .collect();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while has_value && words.last().is_some_and(|word| word.chars().count() <= 2) {
        words.pop();
    }
    // «Платёж: счёт 41001»: the word behind the colon says whose number follows.
    if has_value && words.iter().rev().nth(1).is_some_and(|word| word.ends_with(':')) {
        words.pop();
    }
    let title = words.join(" ").trim_end_matches([':', ',', '«', '№']).trim().to_owned();
    if title.is_empty() { model.code.clone() } else { title }
}

/// Everything in a window is to be read again.
pub(crate) fn stale(window: &mut Window) {
    for feed in &mut window.feeds {
        feed.stales(Stale::Anew);
    }
    for block in &mut window.blocks {
        block.asked = false;
    }
    window.embeds.values_mut().for_each(stale);
}
