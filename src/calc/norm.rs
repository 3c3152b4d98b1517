//! Consumption norms: the line of a dated table that fits a flat (354 п. 42; dossier § 1.2: a norm of
//! electricity depends on rooms and persons, so it is looked up, not a scalar).

use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::figure::{Figure, Tag};
use super::flow::Piece;
use super::ids::NormId;
use super::line::Basis;
use super::period::Days;
use super::persons::Home;
use super::rules::NormValue;
use super::timeline::{Fact, Timeline};
use super::trace::{Rule, RuleData, Source, What};
use rust_decimal::Decimal;

/// What a line of a table is looked up by. Zero stands for "not known" and finds lines for any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fits {
    pub rooms: i16,
    pub persons: i64,
}

/// The lines of a norm that hold on `days`, in order; days without one are noted as missing.
pub(super) fn lines<'a>(
    ctx: &Context<'a>,
    norm: Option<NormId>,
    part: i16,
    days: Days,
    fits: Fits,
    problems: &mut Problems,
) -> Vec<(Days, &'a Fact<NormValue>)> {
    let table = norm.and_then(|norm| ctx.rules.norms.get(&(norm, part)));
    let Some(table) = table else {
        problems.missing(days, |since| ExceptionReason::NoNorm { since });
        return Vec::new();
    };
    let mut found: Vec<(Days, &Fact<NormValue>)> = Vec::with_capacity(1);
    let mut from = days.from;
    while from < days.to {
        let to = next_change(ctx, table, from).map_or(days.to, |change| change.min(days.to));
        let here = Days { from, to };
        match (best(ctx, table, from, fits), found.last_mut()) {
            (Some(line), Some((before, last))) if before.to == from && last.value == line.value => {
                before.to = to;
            }
            (Some(line), _) => found.push((here, line)),
            (None, _) => problems.missing(here, |since| ExceptionReason::NoNorm { since }),
        }
        from = to;
    }
    found
}

fn next_change(
    ctx: &Context<'_>,
    table: &Timeline<NormValue>,
    day: chrono::NaiveDate,
) -> Option<chrono::NaiveDate> {
    let ends = table.known(ctx.known).flat_map(|fact| [fact.days.from, fact.days.to]);
    ends.filter(|end| *end > day).min()
}

/// The line for the most rooms, then the most persons, that are not more than there are.
fn best<'a>(
    ctx: &Context<'_>,
    table: &'a Timeline<NormValue>,
    day: chrono::NaiveDate,
    fits: Fits,
) -> Option<&'a Fact<NormValue>> {
    table
        .known(ctx.known)
        .filter(|fact| fact.days.contain(day))
        .filter(|fact| fact.value.rooms <= fits.rooms && i64::from(fact.value.persons) <= fits.persons)
        .max_by_key(|fact| (fact.value.rooms, fact.value.persons, fact.row))
}

/// Parts of a norm beside its first: see [`Rules::norms`](super::rules::Rules::norms).
pub(super) const AREA_PART: i16 = 4;
pub(super) const HEAT_PART: i16 = 2;
const PERSON_YEAR: i16 = 5;
pub(super) const AREA_YEAR: i16 = 6;

/// Whether a norm has a part.
pub(super) fn has(ctx: &Context<'_>, norm: Option<NormId>, part: i16) -> bool {
    norm.is_some_and(|norm| ctx.rules.norms.contains_key(&(norm, part)))
}

/// Where the first range ends: see [`Rules::norms`](super::rules::Rules::norms).
const FIRST_RANGE: i16 = 7;

/// Whether a norm is more than the ends of ranges. One without any value is a gap, which is told, not a norm of ranges.
pub(super) fn gives_volume(ctx: &Context<'_>, norm: NormId) -> bool {
    let has = |part| has(ctx, Some(norm), part);
    has(0) || has(AREA_YEAR) || !has(FIRST_RANGE)
}

/// The part of a norm that persons are charged by, and whether it is a year's.
pub(super) fn person_part(ctx: &Context<'_>, norm: Option<NormId>) -> (i16, bool) {
    if has(ctx, norm, PERSON_YEAR) { (PERSON_YEAR, true) } else { (0, false) }
}

/// Whether a norm is a year's, of a person or of a m²: that of solid waste (354 Прил. 2 ф. 9(1), 9(2)).
pub(super) fn is_yearly(ctx: &Context<'_>, norm: Option<NormId>) -> bool {
    has(ctx, norm, PERSON_YEAR) || has(ctx, norm, AREA_YEAR)
}

/// A twelfth of what a norm gives a year (354 Прил. 2 ф. 9(1), 9(2): the year is divided in the formula).
pub(super) fn monthly(ctx: &Context<'_>, yearly: bool, volume: Figure, unit: &str) -> Figure {
    if !yearly {
        return volume;
    }
    let twelve = ctx.leaf(Decimal::from(12), Tag(What::Months, "мес."), Source::Calendar, None);
    volume.over(twelve, Tag(What::Volume, unit))
}

/// Persons × norm on the given days of the month (354 Прил. 2 ф. 4).
pub(super) fn by_persons(
    home: &Home<'_>,
    norm: Option<NormId>,
    within: Days,
    unit: &str,
    problems: &mut Problems,
) -> Vec<Piece> {
    let ctx = home.ctx;
    let Some(heads) = problems.keep(home.heads()) else { return Vec::new() };
    let (part, yearly) = person_part(ctx, norm);
    let mut pieces = Vec::with_capacity(1);
    for heads in heads {
        let Some(days) = heads.days.meet(within) else { continue };
        if heads.count == 0 {
            problems.missing(days, |since| ExceptionReason::Nobody { since });
            let nobody = ctx.nothing(Tag(What::Volume, unit));
            pieces.push(Piece::monthly(ctx, days, nobody, Basis::Norm, Rule::Persons));
            continue;
        }
        for (days, rooms) in rooms(home, days) {
            let fits = Fits { rooms, persons: heads.count };
            for (days, line) in lines(ctx, norm, part, days, fits, problems) {
                let volume = home.figure(heads).times(value(ctx, line, unit), Tag(What::Volume, unit));
                let volume = monthly(ctx, yearly, volume, unit);
                pieces.push(Piece::monthly(ctx, days, volume, Basis::Norm, Rule::Persons));
            }
        }
    }
    pieces
}

/// The value of a line of the table as a leaf.
pub(super) fn value(ctx: &Context<'_>, line: &Fact<NormValue>, unit: &str) -> Figure {
    ctx.data(line, RuleData::Norm, line.value.value, Tag(What::Norm, unit))
}

/// The number of rooms over the days, 0 where it is not known.
pub(super) fn rooms(home: &Home<'_>, days: Days) -> Vec<(Days, i16)> {
    let stretches = home.premises.areas.stretches(days, home.ctx.known);
    let mut rooms: Vec<(Days, i16)> = Vec::with_capacity(1);
    for (days, fact) in stretches {
        let count = fact.map_or(0, |fact| fact.value.rooms);
        match rooms.last_mut() {
            Some((before, last)) if *last == count => before.to = days.to,
            _ => rooms.push((days, count)),
        }
    }
    rooms
}

/// Area × norm as a month's volume (354 Прил. 2 ф. 2).
pub(super) fn by_area(
    ctx: &Context<'_>,
    area: &Figure,
    norm: NormId,
    within: Days,
    unit: &str,
    problems: &mut Problems,
) -> Vec<Piece> {
    by_area_part(ctx, area, (norm, 0), within, unit, problems)
}

/// The same with another part of the norm.
pub(super) fn by_area_part(
    ctx: &Context<'_>,
    area: &Figure,
    (norm, part): (NormId, i16),
    within: Days,
    unit: &str,
    problems: &mut Problems,
) -> Vec<Piece> {
    let any = Fits { rooms: 0, persons: 0 };
    let yearly = has(ctx, Some(norm), AREA_YEAR);
    let part = if yearly { AREA_YEAR } else { part };
    let lines = lines(ctx, Some(norm), part, within, any, problems);
    let piece = |(days, line)| {
        let volume = area.clone().times(value(ctx, line, unit), Tag(What::Volume, unit));
        let volume = monthly(ctx, yearly, volume, unit);
        Piece::monthly(ctx, days, volume, Basis::Norm, Rule::AreaNorm)
    };
    lines.into_iter().map(piece).collect()
}

/// Heat that warms one m³ of water over the days (354 Прил. 2 ф. 23–26).
pub(super) fn heat(
    ctx: &Context<'_>,
    norm: Option<NormId>,
    within: Days,
    problems: &mut Problems,
) -> Vec<(Days, Figure)> {
    let any = Fits { rooms: 0, persons: 0 };
    let lines = lines(ctx, norm, HEAT_PART, within, any, problems);
    let leaf = |line: &Fact<NormValue>| {
        ctx.data(line, RuleData::Norm, line.value.value, Tag(What::HeatNorm, "Гкал/м³"))
    };
    lines.into_iter().map(|(days, line)| (days, leaf(line))).collect()
}
