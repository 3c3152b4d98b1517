//! Notices of the server: hints that something was changed. Only what shows the thing they are about is read again, and what came
//! close together is read once.

use super::Desk;
use crate::engine::effect::Effect;
use crate::engine::feed::Stale;
use crate::engine::model::{Name, Topic};
use crate::engine::msg::Timer;
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Present, Window};

/// How long after notices were read others wait to be read together, milliseconds.
const PAUSE: u64 = 300;

/// What the title line tells of.
const MONTH: &str = "month";

/// Everything of a topic, instead of one thing.
const ALL: &str = "0";

impl Desk {
    /// Somebody changed something: what is visible of it is read again.
    pub(crate) fn notice(&mut self, topic: &str, id: &str) {
        if topic == MONTH {
            self.ask_present();
        }
        if topic == super::granted::TOPIC {
            self.hear_of_rights(id);
        }
        let Self { windows, present, .. } = self;
        let concerned = windows.iter_mut().fold(false, |any, window| hear(window, topic, id, present) | any);
        if concerned && !self.is_set(Timer::News) {
            self.read_news();
        }
    }

    /// What was heard of since is read; whatever follows at once waits a moment.
    pub(crate) fn read_news(&mut self) {
        let concerned = self.windows.iter_mut().fold(false, |any, window| read(window) | any);
        if concerned {
            self.wake(Timer::News, PAUSE, false);
        }
    }

    /// Topics of everything that is open; the loop is told when they change.
    pub(crate) fn watch(&mut self) {
        let sources =
            self.windows.iter().flat_map(Window::all).flat_map(|window| window.model.sources.iter());
        let topics = sources.flat_map(|source| source.topics.iter().map(|topic| topic.name.clone()));
        let is_in = !self.operator.login.is_empty();
        let own = [MONTH, super::granted::TOPIC].into_iter().filter(|_| is_in).map(str::to_owned);
        let mut topics: Vec<String> = topics.chain(own).collect();
        topics.sort_unstable();
        topics.dedup();
        if topics != self.watched {
            self.watched.clone_from(&topics);
            self.effects.push(Effect::Watch { topics });
        }
    }
}

/// Notes which sources a notice concerns; answers whether there is one.
fn hear(window: &mut Window, topic: &str, id: &str, present: &Present) -> bool {
    let mut concerned = false;
    for source in 0..window.feeds.len() {
        let topics = &window.model.sources[source].topics;
        let is_meant = topics.iter().any(|one| one.name == topic && is_about(one, id, window, present));
        if is_meant {
            window.feeds[source].heard = true;
            concerned = true;
        }
    }
    window.embeds.values_mut().fold(concerned, |any, inside| hear(inside, topic, id, present) | any)
}

/// Whether a notice tells of what a source shows: its thing, or that of any row. What is not known yet may be it.
fn is_about(topic: &Topic, id: &str, window: &Window, present: &Present) -> bool {
    let Some(name) = &topic.of else { return true };
    let own = match name {
        Name::Row { grid, column } => window.column(*grid, *column),
        Name::Front(columns) => {
            columns.iter().enumerate().flat_map(|(grid, column)| window.column(grid, *column)).collect()
        }
        name => vec![window.value(name, present)],
    };
    let is_meant = |value: &Value| value.is_empty() || shown(value, &Show::Plain) == id;
    id == ALL || own.is_empty() || own.iter().any(is_meant)
}

/// Sources that were told of are old, and blocks that are made of the same things with them; answers whether there is one.
fn read(window: &mut Window) -> bool {
    let mut concerned = false;
    for feed in window.feeds.iter_mut().filter(|feed| feed.heard) {
        feed.heard = false;
        feed.stales(Stale::Hint);
        concerned = true;
    }
    if concerned {
        window.blocks.iter_mut().for_each(|block| block.asked = false);
    }
    window.embeds.values_mut().fold(concerned, |any, inside| read(inside) | any)
}

/// Everything in a window may have been changed while nobody heard of it.
pub(super) fn hint_all(window: &mut Window) {
    window.feeds.iter_mut().for_each(|feed| feed.stales(Stale::Hint));
    window.blocks.iter_mut().for_each(|block| block.asked = false);
    window.embeds.values_mut().for_each(hint_all);
}
