//! Whether the operator may: what another job does is greyed here with its reason, instead of being refused when all is typed.

use super::Desk;
use crate::engine::model::{Act, Action, BlockKind, Link, Name, Screen, Target};
use crate::engine::value::Value;
use crate::engine::window::Window;
use crate::keymap::Command;

/// How many dialogs that lead to each other are looked through.
const DEEPEST: u8 = 3;

/// The kind of operation another one only tries: what may not be made may not be tried either. Kinds of operations have a dot, other
/// kinds have none.
fn tried(args: &[(String, Name)]) -> Option<&str> {
    args.iter().find_map(|(name, value)| match value {
        Name::Given(Value::Text(kind)) if name == "kind" && kind.contains('.') => Some(kind.as_str()),
        _ => None,
    })
}

impl Desk {
    /// Whether the operator may make operations of a kind.
    pub(crate) fn may_do(&self, kind: &str) -> bool {
        self.rights.as_ref().is_none_or(|rights| rights.operations.contains(kind))
    }

    /// Whether the operator may read a view or call a function.
    pub(crate) fn may_read(&self, relation: &str) -> bool {
        self.rights.as_ref().is_none_or(|rights| rights.relations.contains(relation))
    }

    /// Whether a code opens this screen: those of the menu, cards, which hang on what was found, forms that begin something new, and what
    /// is everybody's own.
    pub(crate) fn may_open(&self, model: &Screen) -> bool {
        let in_menu = match &self.rights {
            Some(rights) => rights.screens.contains(&model.code),
            None => self.menu.iter().any(|item| item.code == model.code),
        };
        let makes = |action: &Action| matches!(action.act, Act::Operation { .. });
        let begins = model.dialog && model.actions.iter().any(makes);
        let is_known = model.own || !model.keys.is_empty() || in_menu || begins;
        is_known && self.why_not_open(model).is_none()
    }

    /// Why the operator is not let into a screen: it belongs to another job, what it shows may not be read, or nothing it is for
    /// may be done.
    pub(crate) fn why_not_open(&self, model: &Screen) -> Option<String> {
        self.why_closed(model, DEEPEST)
    }

    /// Why a link leads nowhere for this operator.
    pub(crate) fn why_not_follow(&self, from: &Window, link: &Link) -> Option<String> {
        let wanted = match &link.screen {
            Target::Screen(screen) => screen.clone(),
            Target::Column(name) => match from.value(name, &self.present) {
                Value::Text(screen) => screen,
                _ => return None,
            },
        };
        self.why_not_enter(&*self.screen(&wanted)?)
    }

    /// Why a screen is not opened now: for this operator never, or not while the past is shown, when all it does is write.
    pub(crate) fn why_not_enter(&self, model: &Screen) -> Option<String> {
        self.why_not_open(model).or_else(|| {
            let writes = |action: &Action| matches!(action.act, Act::Operation { .. });
            let is_shut = self.is_past() && model.dialog && model.actions.iter().any(writes);
            is_shut.then(|| self.words().text("past-read-only").into_owned())
        })
    }

    /// Why this operator never does what an action does; nothing where only the moment may be against it.
    pub(super) fn why_never(&self, action: &Action) -> Option<String> {
        self.why_no_right(action, DEEPEST)
    }

    fn why_closed(&self, model: &Screen, depth: u8) -> Option<String> {
        let rights = self.rights.as_ref()?;
        let title = || self.title_of(model);
        if rights.closed.contains(&model.code) {
            return Some(self.words().with("screen-not-allowed", &[("title", title().into())]));
        }
        let block = |kind: &BlockKind| match kind {
            BlockKind::Paper { function, .. } => Some(function.clone()),
            _ => None,
        };
        let shown = model.sources.first().map(|source| source.relation.clone());
        let mut shown = shown.into_iter().chain(model.blocks.iter().filter_map(|one| block(&one.kind)));
        if shown.any(|relation| !self.may_read(&relation)) {
            return Some(self.words().with("reading-not-allowed", &[("title", title().into())]));
        }
        if model.step_to.as_ref().is_some_and(|kind| !self.may_do(kind)) {
            return Some(self.words().with("action-not-allowed", &[("title", title().into())]));
        }
        self.why_in_vain(model, depth)
    }

    /// A dialog is there for what it does: where none of it may be done, nobody fills it in.
    fn why_in_vain(&self, model: &Screen, depth: u8) -> Option<String> {
        if !model.dialog || depth == 0 {
            return None;
        }
        let is_its_purpose = |action: &&Action| match &action.act {
            Act::Operation { .. } | Act::Function { .. } => true,
            Act::Open(_) => action.command == Some(Command::Save),
            _ => false,
        };
        let mut purposes = model.actions.iter().filter(is_its_purpose).peekable();
        purposes.peek()?;
        let is_in_vain = purposes.all(|action| self.why_no_right(action, depth - 1).is_some());
        let title = self.title_of(model).into();
        is_in_vain.then(|| self.words().with("action-not-allowed", &[("title", title)]))
    }

    fn why_no_right(&self, action: &Action, depth: u8) -> Option<String> {
        let is_allowed = match &action.act {
            Act::Operation { kind, args, .. } => {
                self.may_do(kind) && tried(args).is_none_or(|kind| self.may_do(kind))
            }
            Act::Function { name, .. } => self.may_read(name),
            Act::Undo(_) => self.may_do("admin.undo"),
            Act::Open(Link { screen: Target::Screen(screen), .. }) => {
                return self.why_closed(&*self.screen(screen)?, depth);
            }
            _ => true,
        };
        let title = action.title.clone().into();
        (!is_allowed).then(|| self.words().with("action-not-allowed", &[("title", title)]))
    }
}
