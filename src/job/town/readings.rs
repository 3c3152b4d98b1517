//! The dial of a meter: it turns month by month whether anybody looks or not.

use chrono::{Duration, NaiveDate};
use rust_decimal::Decimal;

use super::calendar::year_month;
use super::consumption::{MONTHS, Volumes, zones};
use super::dice::Dice;
use crate::calc::facts::Reading;

/// The days meters of a dwelling are read, and the months nobody did.
#[derive(Debug, Clone)]
pub(super) struct Rounds {
    pub(super) days: [NaiveDate; MONTHS],
    pub(super) missed: [bool; MONTHS],
}

impl Rounds {
    /// Readings come from the 18th to the 25th, every keeper about the same day. One in 12 forgets from one to
    /// five months in a row.
    pub(super) fn draw(dice: &mut Dice) -> Self {
        let usual = dice.between(19, 24);
        let days = middles().map(|middle| middle + Duration::days(usual - 15 + dice.between(-1, 1)));
        let mut missed = [false; MONTHS];
        if dice.chance(85) {
            let first = 1 + dice.place(MONTHS - 1);
            let count = 1 + dice.place(5);
            missed.iter_mut().skip(first).take(count).for_each(|month| *month = true);
        }
        Self { days, missed }
    }

    /// The same days with nothing missed: meters read by a machine.
    pub(super) fn complete(self) -> Self {
        Self { missed: [false; MONTHS], ..self }
    }
}

/// The middle days of the months of the year.
pub(super) fn middles() -> [NaiveDate; MONTHS] {
    let mut days = [NaiveDate::MIN; MONTHS];
    for (day, month) in days.iter_mut().zip(0..) {
        *day = year_month(month).first_day() + Duration::days(14);
    }
    days
}

/// A dial of one meter, all registers.
#[derive(Debug, Clone)]
pub(super) struct Dial {
    /// Values of the registers in the smallest unit, without turning over.
    pub(super) values: Vec<i64>,
    /// Places after the point.
    pub(super) places: u32,
    /// Digits before the point.
    pub(super) digits: u32,
}

impl Dial {
    /// The value at which the dial stands at zero again.
    pub(super) fn turn(&self) -> i64 {
        10_i64.pow(self.digits + self.places)
    }

    /// Turns all registers on by their parts of a volume.
    pub(super) fn advance(&mut self, volume: i64) {
        let parts = zones(i16::try_from(self.values.len()).unwrap_or(1));
        for (value, part) in self.values.iter_mut().zip(parts) {
            *value += volume * part / 100;
        }
    }
}

/// From when to when a meter stands, as months of the year and days between two rounds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Term {
    /// Put in before the round of this month, on this day; `None` stands from before the year.
    pub(super) from: Option<(usize, NaiveDate)>,
    /// Taken away before the round of this month, on this day.
    pub(super) to: Option<(usize, NaiveDate)>,
}

/// A day strictly between the rounds of a month and of the one before: for putting in or taking away.
pub(super) fn day_between(rounds: &Rounds, month: usize, dice: &mut Dice) -> NaiveDate {
    let (before, after) = (rounds.days[month - 1], rounds.days[month]);
    before + Duration::days(dice.between(1, (after - before).num_days() - 1))
}

/// The part of a month's volume used after `day` until the round; between the rounds use is even.
fn rest(rounds: &Rounds, month: usize, day: NaiveDate, volume: i64) -> i64 {
    let (before, after) = (rounds.days[month - 1], rounds.days[month]);
    volume * (after - day).num_days() / (after - before).num_days()
}

/// Readings of a meter over the year. A meter put in or taken away within it is read on that day too.
pub(super) fn run(dial: Dial, rounds: &Rounds, volumes: &Volumes, term: Term) -> Vec<(NaiveDate, Reading)> {
    let first = term.from.map_or(0, |(month, _)| month);
    let readings = Vec::with_capacity((MONTHS - first) * dial.values.len());
    let mut log = Log { seen: dial.values.clone(), dial, readings };
    for (month, &volume) in volumes.iter().enumerate().skip(first) {
        if let Some((start, day)) = term.from
            && start == month
        {
            log.look(day);
            log.dial.advance(rest(rounds, month, day, volume));
        } else if let Some((last, day)) = term.to
            && last == month
        {
            log.dial.advance(volume - rest(rounds, month, day, volume));
            log.look(day);
            break;
        } else if month > 0 {
            log.dial.advance(volume);
        }
        if !rounds.missed[month] {
            log.look(rounds.days[month]);
        }
    }
    log.readings
}

/// A dial, how it stood when somebody looked last, and what was written down.
struct Log {
    dial: Dial,
    seen: Vec<i64>,
    readings: Vec<(NaiveDate, Reading)>,
}

impl Log {
    fn look(&mut self, day: NaiveDate) {
        let turn = self.dial.turn();
        for ((value, before), register) in self.dial.values.iter().zip(&self.seen).zip(1..) {
            let shown = Decimal::new(value % turn, self.dial.places);
            let rolled_over = value / turn != before / turn;
            self.readings.push((day, Reading { register, value: shown, rolled_over }));
        }
        self.seen.clone_from(&self.dial.values);
    }
}
