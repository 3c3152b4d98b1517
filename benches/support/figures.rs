//! Figures: milliseconds and hundredths, in whole numbers.

use std::time::Duration;

use super::Outcome;

/// What was measured, in the order it was.
#[derive(Debug, Default)]
pub struct Figures(Vec<(String, String)>);

/// So many of a hundred.
#[derive(Debug, Clone, Copy)]
pub struct PerCent(usize);

/// So many of a hundred.
#[must_use]
pub const fn per_cent(part: usize) -> PerCent {
    PerCent(part)
}

impl Figures {
    /// A time in milliseconds and tenths.
    pub fn time(&mut self, name: &str, time: Duration) {
        self.say(name, format_args!("{}.{} ms", time.as_millis(), time.as_micros() / 100 % 10));
    }

    /// How many times as long.
    pub fn ratio(&mut self, name: &str, long: Duration, short: Duration) {
        let hundredths = long.as_micros() * 100 / short.as_micros().max(1);
        self.say(name, format_args!("{}.{:02}", hundredths / 100, hundredths % 100));
    }

    /// Anything else.
    pub fn say(&mut self, name: &str, value: impl std::fmt::Display) {
        // A run of a city takes minutes: what is known already is told at once.
        eprintln!("{name}: {value}");
        self.0.push((name.to_owned(), value.to_string()));
    }

    /// The most memory this process has held, worker included.
    pub fn memory(&mut self) -> Outcome<()> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap_or("unknown")
            .trim()
            .to_owned();
        self.say("peak memory of the worker's process", peak);
        Ok(())
    }

    /// Prints a table for docs/performance.md.
    pub fn print(&self, accounts: u32) {
        println!("\n| {accounts} accounts | |\n| --- | --- |");
        for (name, value) in &self.0 {
            println!("| {name} | {value} |");
        }
    }
}

/// The time that so many of a hundred stay within.
pub fn percentile(times: &mut [Duration], PerCent(part): PerCent) -> Duration {
    times.sort();
    let place = times.len().saturating_sub(1) * part / 100;
    times.get(place).copied().unwrap_or_default()
}
