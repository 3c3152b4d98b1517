//! The palette: what it offers here, and what is done with what was chosen.

use std::collections::BTreeMap;

use super::Desk;
use crate::engine::line::Line;
use crate::engine::model::Role;
use crate::engine::overlay::palette::{Choice as Found, Item};
use crate::engine::overlay::{LONGEST, Overlay, Palette};
use crate::engine::window::Window;
use crate::keymap::{Command, Context, Key};
use crate::locale::Words;

impl Desk {
    /// Opens the palette, with a first letter or digit where one was typed.
    pub(crate) fn open_palette(&mut self, first: Option<char>) {
        let mut line = Line::default();
        if let Some(first) = first {
            line.insert(first, LONGEST);
        }
        self.open_palette_with(line);
    }

    /// Opens the palette with a line.
    pub(super) fn open_palette_with(&mut self, line: Line) {
        self.overlay = Some(Overlay::Palette(Palette { line, items: self.palette_items(), at: 0 }));
    }

    fn palette_items(&self) -> Vec<Item> {
        let mut items = self.actions_in_sight();
        items.extend(self.drafts_by_title());
        items.extend(self.screens_of_the_menu());
        items.extend(self.screens_of_cards());
        let (words, other) = (self.words(), Words::of(self.lang.other()));
        let commands = Command::ALL.iter().copied().filter(|command| self.is_offered(*command));
        items.extend(commands.map(|command| Item {
            title: command.title(words),
            aka: vec![command.title(other)],
            key: self.key_name(command),
            choice: Found::Command(command),
        }));
        items
    }

    fn screens_of_the_menu(&self) -> Vec<Item> {
        let item = |item: &super::MenuItem| {
            let model = self.screen(&item.code);
            let aka = model.map(|model| vec![model.aka.clone(), super::windows::bare_title(&model)]);
            Item {
                title: item.title.clone(),
                aka: aka.unwrap_or_default(),
                key: item.code.clone(),
                choice: Found::Screen(item.code.clone()),
            }
        };
        self.menu.iter().map(item).collect()
    }

    fn actions_in_sight(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for window in self.windows.last().map(Window::in_sight).unwrap_or_default() {
            for (at, action) in window.model.actions.iter().enumerate() {
                // Of two on one key, the card's and its tab's, the key is that of the one it starts.
                let is_on_key = |command: &Command| self.action_on(*command) == Some((window.id, at));
                // One that is closed for a reason of its own is offered all the same: chosen, it says why.
                if action.refusal.is_some() || self.why_not_action(window.id, at).is_none() {
                    items.push(Item {
                        title: action.title.clone(),
                        aka: vec![action.aka.clone()],
                        key: action
                            .command
                            .filter(is_on_key)
                            .map(|command| self.key_name(command))
                            .unwrap_or_default(),
                        choice: Found::Action(window.id, at),
                    });
                }
            }
        }
        items
    }

    /// Screens that stand in no menu and open from a card: from the one in front, or by telling where they are opened.
    fn screens_of_cards(&self) -> Vec<Item> {
        let in_menu = |code: &str| self.menu.iter().any(|item| item.code == code);
        let models = self.config.screens.values();
        let of_cards = models.filter(|model| !model.code.is_empty() && !model.keys.is_empty());
        of_cards
            .filter(|model| !in_menu(&model.code) && !self.operator.login.is_empty())
            .filter(|model| self.why_not_open(model).is_none())
            .map(|model| Item {
                title: super::windows::bare_title(model),
                aka: vec![model.aka.clone()],
                key: model.code.clone(),
                choice: Found::Screen(model.code.clone()),
            })
            .collect()
    }

    /// Commands on function keys that do something now; cursor keys have no place in a list of names.
    fn is_offered(&self, command: Command) -> bool {
        self.key_name(command).starts_with('F')
            && self.why_not(command).is_none()
            && self.action_on(command).is_none()
    }

    /// The shortest key of a command here: `F2`, `F9 F1`.
    #[must_use]
    pub fn key_name(&self, command: Command) -> String {
        self.config
            .keymap
            .keys_of(self.context(), command)
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    pub(super) fn key_in_palette(&mut self, key: Key) {
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return };
        match (self.config.keymap.command(Context::Palette, false, key), key) {
            (Some(Command::Cancel | Command::Back), _) => self.overlay = None,
            (Some(Command::Accept), _) => self.accept_palette(),
            (Some(Command::Up), _) => palette.step(-1),
            (Some(Command::Down), _) => palette.step(1),
            (Some(command), _) => {
                palette.line.edit(command);
                palette.at = 0;
            }
            (None, Key::Char(letter)) => {
                palette.line.insert(letter, LONGEST);
                palette.at = 0;
            }
            _ => {}
        }
    }

    /// Whether what names no screen and no command is looked for: a surname is typed wherever one stands.
    #[must_use]
    pub fn searches(&self) -> bool {
        let search = self.role(Role::Search).filter(|_| !self.operator.login.is_empty());
        search.is_some_and(|model| self.why_not_open(&model).is_none())
    }

    fn search_everywhere(&mut self, text: &str) {
        if text.is_empty() || !self.searches() {
            self.refuse_with("nothing-named-so", &[("text", text.to_owned().into())]);
            return;
        }
        if self.open_role(Role::Search, BTreeMap::new()).is_some() {
            text.chars().for_each(|letter| self.type_into_filter(letter));
        }
    }

    fn accept_palette(&mut self) {
        let Some(Overlay::Palette(palette)) = self.overlay.take() else { return };
        let typed = palette.line.text().trim().to_owned();
        if palette.is_code() {
            self.go_to_code(&typed);
            return;
        }
        let Some(choice) = palette.found().get(palette.at).map(|item| item.choice.clone()) else {
            self.search_everywhere(&typed);
            return;
        };
        match choice {
            Found::Screen(code) => self.go_to_code(&code),
            Found::Action(id, at) => self.start_action(id, at),
            Found::Draft(draft) => self.open_draft(draft),
            Found::Command(command) => self.perform(command),
        }
    }
}
