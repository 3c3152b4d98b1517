//! Timers: asked of the loop, and what is done when they come.

use std::time::Duration;

use super::Desk;
use crate::engine::effect::Effect;
use crate::engine::msg::Timer;

impl Desk {
    /// Asks to be woken, once until it happens.
    pub(crate) fn wake(&mut self, timer: Timer, millis: u64, again: bool) {
        let set = self.timers.entry(timer).or_default();
        if !*set || again {
            *set = true;
            self.effects.push(Effect::Wake { timer, after: Duration::from_millis(millis) });
        }
    }

    /// Whether a timer was asked for and has not come yet.
    pub(crate) fn is_set(&self, timer: Timer) -> bool {
        self.timers.get(&timer).copied().unwrap_or_default()
    }

    /// A timer has come.
    pub(super) fn woke(&mut self, timer: Timer) {
        self.timers.insert(timer, false);
        match timer {
            Timer::Resume => self.keep(false),
            Timer::Filter => self.run_filters(),
            Timer::Waiting => self.tell_waiting(),
            Timer::Job => self.follow_on(),
            Timer::News => self.read_news(),
            Timer::Day => self.ask_present(),
            Timer::Settle if self.away.is_none() => self.settle_all(),
            // The line is away: everything lost is asked for when it comes back.
            Timer::Settle => {}
        }
    }
}
