//! Random histories of one small house: a door that writes facts with two times, and the changes that go through
//! it. What is written is a correction as operators make them: the old fact is retracted, its rest re-asserted.

use chrono::NaiveDate;
use kvartal::calc::earlier::Earlier;
use kvartal::calc::facts::{AccountPlan, Meter, Reading, Residence, UnitFacts};
use kvartal::calc::ids::{AccountId, Mark, PersonId, ServiceId, TariffId};
use kvartal::calc::line::Line;
use kvartal::calc::period::{Days, Month};
use kvartal::calc::recalculation::{Booked, Cause, Scope};
use kvartal::calc::rules::{Parameter, Rules};
use kvartal::calc::timeline::{Fact, Timeline};
use kvartal::calc::unit::{Detail, calc};
use kvartal::format::case::read;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The house of all histories: three flats and a communal one, water and sewage by meter, hot water by norm,
/// heating by a house meter.
const HOUSE: &str = include_str!("house.toml");

/// What the histories know of the house: things by their place in the file.
const TARIFFS: i64 = 4;
const SERVICES: i64 = 5;
const HOMES: [usize; 5] = [0, 1, 2, ROOMS.0, ROOMS.1];
const METERED: [usize; 4] = [0, 1, 2, COMMUNAL_FLAT];
const COMMUNAL_FLAT: usize = 3;
/// The flat whose first months came ready from another program.
pub const IMPORTED: usize = 2;
const ROOMS: (usize, usize) = (4, 5);

/// The first month of the books.
pub fn first() -> Month {
    Month::new(2026, 3).unwrap()
}

/// The last released month.
pub fn last() -> Month {
    Month::new(2026, 8).unwrap()
}

/// One correction of a fact.
#[derive(Debug, Clone)]
pub enum Change {
    /// A person lives in a flat or room on these days, or does not.
    Residence { home: usize, person: i64, days: Days, lives: bool },
    /// The area of a flat or room.
    Area { home: usize, days: Days, total: i64 },
    /// A reading of a flat's water meter, or its absence.
    Reading { flat: usize, month: i32, value: Option<i64> },
    /// A reading of the house's heat meter, or its absence.
    HouseReading { month: i32, value: Option<i64> },
    /// A rate.
    Rate { tariff: i64, part: i16, days: Days, kopecks: i64 },
    /// A service is not provided to an account on these days.
    Off { home: usize, service: i64, days: Days },
}

impl Change {
    /// The first day whose calculation it touches.
    pub fn first_day(&self) -> NaiveDate {
        match self {
            Self::Residence { days, .. }
            | Self::Area { days, .. }
            | Self::Rate { days, .. }
            | Self::Off { days, .. } => days.from,
            Self::Reading { month, .. } | Self::HouseReading { month, .. } => reading_day(*month).from,
        }
    }

    /// Whether it is about the house and what its flats share.
    pub fn of_house(&self) -> bool {
        matches!(self, Self::HouseReading { .. })
    }

    /// Whose bills it moves. The rooms of a communal flat share its meter, and what was charged to one of them
    /// without a reading is taken off when the readings return, so all of them are due.
    fn scopes(&self) -> Vec<Scope> {
        let home = match *self {
            Self::Residence { home, .. } | Self::Area { home, .. } | Self::Off { home, .. } => home,
            Self::Reading { flat, .. } => flat,
            Self::Rate { .. } => return vec![Scope::Everybody],
            Self::HouseReading { .. } => return vec![Scope::House],
        };
        let due = if home < COMMUNAL_FLAT { vec![home] } else { vec![ROOMS.0, ROOMS.1] };
        due.into_iter().map(|home| Scope::Account(account(home))).collect()
    }
}

/// What is known of the house, growing change by change.
#[derive(Debug, Clone)]
pub struct History {
    pub facts: UnitFacts,
    pub rules: Rules,
    /// The mark of the last change.
    pub known: Mark,
}

impl History {
    /// The house as everybody knew it in the beginning.
    pub fn begin() -> Self {
        let case = read(HOUSE).unwrap_or_else(|error| panic!("{error}"));
        Self { facts: case.facts, rules: case.rules, known: Mark(1) }
    }

    /// Writes a change and gives the rows of `due` it leaves; `whole_house` asks for scope "house" even where single
    /// accounts would do.
    pub fn write(&mut self, change: &Change, whole_house: bool) -> Vec<Cause> {
        self.known = Mark(self.known.0 + 1);
        self.apply(change);
        let scopes = if whole_house { vec![Scope::House] } else { change.scopes() };
        let (mark, from) = (self.known, Month::of(change.first_day()));
        scopes.into_iter().map(|scope| Cause { mark, from, scope, service: None, ordered: None }).collect()
    }

    /// Gives a parameter one value for ever.
    pub fn set(&mut self, parameter: Parameter, value: Decimal) {
        let (days, asserted, retracted) = (Days::since(NaiveDate::MIN), Mark(1), Mark::NOW);
        let fact = Fact { days, asserted, retracted, row: 0, value };
        self.rules.parameters.insert(parameter, Timeline(vec![fact]));
    }

    fn apply(&mut self, change: &Change) {
        let mark = self.known;
        let house = &mut self.facts.houses[0];
        match *change {
            Change::Residence { home, person, days, lives } => {
                let value = Residence { person: PersonId(100 + person), temporary: false };
                let same = |known: &Residence| known.person == value.person;
                let residences = &mut house.premises[home].residences;
                correct(residences, mark, days, same, lives.then(|| value.clone()));
            }
            Change::Area { home, days, total } => {
                let areas = &mut house.premises[home].areas;
                let mut area = areas.0[0].value.clone();
                (area.total, area.living) = (Decimal::from(total), Decimal::from(total / 2));
                correct(areas, mark, days, |_| true, Some(area));
            }
            Change::Reading { flat, month, value } => {
                read_meter(&mut house.premises[flat].meters[0], mark, month, value);
            }
            Change::HouseReading { month, value } => read_meter(&mut house.meters[0], mark, month, value),
            Change::Rate { tariff, part, days, kopecks } => {
                let Some(rates) = self.rules.tariffs.get_mut(&(TariffId(tariff), part)) else { return };
                correct(rates, mark, days, |_| true, Some(Decimal::new(kopecks, 2)));
            }
            Change::Off { home, service, days } => {
                let off = AccountPlan::Off(ServiceId(service));
                let plans = &mut house.premises[home].accounts[0].plans;
                correct(plans, mark, days, |known| *known == off, Some(off.clone()));
            }
        }
    }

    /// Puts back what the last change did: what it asserted is retracted, what it retracted asserted anew.
    pub fn undo(&mut self) {
        let (undone, mark) = (self.known, Mark(self.known.0 + 1));
        self.known = mark;
        let house = &mut self.facts.houses[0];
        for premises in &mut house.premises {
            put_back(&mut premises.residences, undone, mark);
            put_back(&mut premises.areas, undone, mark);
            premises.meters.iter_mut().for_each(|meter| put_back(&mut meter.readings, undone, mark));
            premises.accounts.iter_mut().for_each(|account| put_back(&mut account.plans, undone, mark));
        }
        put_back(&mut house.meters[0].readings, undone, mark);
        self.rules.tariffs.values_mut().for_each(|rates| put_back(rates, undone, mark));
    }

    /// The months of the books calculated one by one, without any shortcut, on top of `earlier`.
    pub fn months(&self, known: Mark, mut earlier: Earlier) -> (Vec<(Month, Vec<Line>)>, Earlier) {
        let mut months = Vec::new();
        for month in first().onwards().take_while(|month| *month <= last()) {
            let outcome = calc(&self.facts, &self.rules, known, &earlier, month, Detail::Plain);
            earlier.remember(&outcome.meter_months, &outcome.house_months);
            months.push((month, outcome.lines));
        }
        (months, earlier)
    }

    /// The books as released with what is known by now.
    pub fn release(&self) -> Booked {
        let (_, earlier) = self.months(self.known, Earlier::default());
        Booked { known: self.known, last: last(), earlier }
    }
}

/// The account of a flat or room; the communal flat before the rooms has none.
pub fn account(home: usize) -> AccountId {
    let flats_without = usize::from(home > COMMUNAL_FLAT);
    AccountId(i64::try_from(home + 1 - flats_without).unwrap())
}

/// Retracts what was known of the same thing on these days, asserts again what sticks out of them, and asserts
/// the new value.
fn correct<T: Clone>(
    timeline: &mut Timeline<T>,
    mark: Mark,
    days: Days,
    same: impl Fn(&T) -> bool,
    value: Option<T>,
) {
    let mut asserted: Vec<(Days, T)> = value.into_iter().map(|value| (days, value)).collect();
    for fact in &mut timeline.0 {
        if fact.retracted != Mark::NOW || !same(&fact.value) || fact.days.meet(days).is_none() {
            continue;
        }
        fact.retracted = mark;
        let rests = [Days { to: days.from, ..fact.days }, Days { from: days.to, ..fact.days }];
        asserted.extend(
            rests.into_iter().filter(|rest| rest.from < rest.to).map(|rest| (rest, fact.value.clone())),
        );
    }
    assert_all(timeline, mark, asserted);
}

fn put_back<T: Clone>(timeline: &mut Timeline<T>, undone: Mark, mark: Mark) {
    let was: Vec<_> = timeline.0.iter().filter(|fact| fact.retracted == undone).cloned().collect();
    for fact in timeline.0.iter_mut().filter(|fact| fact.asserted == undone && fact.retracted == Mark::NOW) {
        fact.retracted = mark;
    }
    assert_all(timeline, mark, was.into_iter().map(|fact| (fact.days, fact.value)));
}

fn assert_all<T>(timeline: &mut Timeline<T>, mark: Mark, values: impl IntoIterator<Item = (Days, T)>) {
    let facts = values.into_iter().map(|(days, value)| Fact {
        days,
        asserted: mark,
        retracted: Mark::NOW,
        row: 0,
        value,
    });
    timeline.0.extend(facts);
    timeline.0.sort_by_key(|fact| (fact.days, fact.asserted));
}

/// Readings are taken on the 20th; a value is given as its distance from five units a month.
fn read_meter(meter: &mut Meter, mark: Mark, month: i32, value: Option<i64>) {
    let value = value.map(|value| Reading {
        register: 1,
        value: Decimal::from(1000 + 5 * i64::from(month) + value),
        rolled_over: false,
    });
    correct(&mut meter.readings, mark, reading_day(month), |_| true, value);
}

fn reading_day(month: i32) -> Days {
    let from = first().plus(month).first_day() + chrono::Days::new(19);
    Days { from, to: from + chrono::Days::new(1) }
}

/// A range of days within the released months, or open-ended from one of them.
fn days() -> impl Strategy<Value = Days> {
    (0..180_u64, prop::option::of(1..90_u64)).prop_map(|(start, length)| {
        let from = first().first_day() + chrono::Days::new(start);
        length.map_or(Days::since(from), |length| Days { from, to: from + chrono::Days::new(length) })
    })
}

/// Any change.
pub fn change() -> impl Strategy<Value = Change> {
    let home = || prop::sample::select(&HOMES[..]);
    let flat = || prop::sample::select(&METERED[..]);
    let value = || prop::option::weighted(0.7, -4..5_i64);
    prop_oneof![
        3 => (home(), 0..3_i64, days(), any::<bool>())
            .prop_map(|(home, person, days, lives)| Change::Residence { home, person, days, lives }),
        2 => (home(), days(), 20..90_i64).prop_map(|(home, days, total)| Change::Area { home, days, total }),
        4 => (flat(), 0..6, value()).prop_map(|(flat, month, value)| Change::Reading { flat, month, value }),
        1 => (0..6, value()).prop_map(|(month, value)| Change::HouseReading { month, value }),
        1 => (1..=TARIFFS, 0..3_i16, days(), 100..9000_i64)
            .prop_map(|(tariff, part, days, kopecks)| Change::Rate { tariff, part, days, kopecks }),
        1 => (home(), 1..=SERVICES, days()).prop_map(|(home, service, days)| Change::Off { home, service, days }),
    ]
}

/// A change of one flat or of a price: not of what the flats share.
pub fn change_beside_the_house() -> impl Strategy<Value = Change> {
    change().prop_filter("not of the house", |change| !change.of_house())
}
