//! Who counts: residents day by day, and owners where nobody lives (354 пп. 56, 56(2); dossier § 1.2, 4.1).

use std::cell::OnceCell;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::context::Context;
use super::exception::ExceptionReason;
use super::facts::{Premises, Residence};
use super::figure::{Figure, Tag};
use super::period::Days;
use super::rules::Parameter;
use super::timeline::Fact;
use super::trace::{FactKind, How, Node, Rule, Source, What};

/// So many persons on these days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heads {
    pub days: Days,
    pub count: i64,
    /// They are owners, counted because nobody is registered.
    pub owners: bool,
}

/// Premises with the persons of the month, counted when first asked for.
#[derive(Debug)]
pub(super) struct Home<'a> {
    pub ctx: &'a Context<'a>,
    pub premises: &'a Premises,
    heads: OnceCell<Result<Vec<Heads>, ExceptionReason>>,
}

impl<'a> Home<'a> {
    pub fn new(ctx: &'a Context<'a>, premises: &'a Premises) -> Self {
        Self { ctx, premises, heads: OnceCell::new() }
    }

    /// The persons of every day of the month, in ranges that cover it.
    pub fn heads(&self) -> Result<&[Heads], ExceptionReason> {
        let heads = self.heads.get_or_init(|| count(self.ctx, self.premises));
        heads.as_deref().map_err(Clone::clone)
    }

    /// The number as a figure that names every person it counts.
    pub fn figure(&self, heads: &Heads) -> Figure {
        let value = Decimal::from(heads.count);
        Figure::new(self.ctx.detail, value, || self.explain(heads, value))
    }

    fn explain(&self, heads: &Heads, value: Decimal) -> Node {
        let (what, rule) =
            if heads.owners { (What::Owners, Some(Rule::Owners)) } else { (What::Persons, None) };
        let mut rows: Vec<(i64, Days)> = if heads.owners {
            let owners = self.premises.owners.known(self.ctx.known);
            owners
                .filter(|fact| fact.days.contain(heads.days.from))
                .map(|fact| (fact.row, fact.days))
                .collect()
        } else {
            let residents = self.premises.residences.known(self.ctx.known);
            let present = residents.filter(|fact| {
                let guest = is_guest(self.ctx, self.premises, fact).unwrap_or(false);
                !guest
                    && presence(self.ctx, self.premises, fact).is_ok_and(|days| days.contain(heads.days.from))
            });
            present.map(|fact| (fact.row, fact.days)).collect()
        };
        rows.sort_unstable();
        let (kind, one) =
            if heads.owners { (FactKind::Owner, What::Owner) } else { (FactKind::Residence, What::Resident) };
        let leaf = |(row, days)| Node {
            what: one,
            value: Decimal::ONE,
            unit: "чел.".to_owned(),
            of: None,
            rule: None,
            how: How::Given { source: Source::Fact { kind, row }, days: Some(days) },
        };
        Node {
            what,
            value,
            unit: "чел.".to_owned(),
            of: None,
            rule,
            how: How::Sum(rows.into_iter().map(leaf).collect()),
        }
    }
}

/// The tag of a number of persons.
pub(super) const PERSONS: Tag<'static> = Tag(What::Persons, "чел.");

fn count(ctx: &Context<'_>, premises: &Premises) -> Result<Vec<Heads>, ExceptionReason> {
    let mut present = Vec::with_capacity(premises.residences.0.len());
    for fact in premises.residences.known(ctx.known) {
        if is_guest(ctx, premises, fact)? {
            continue;
        }
        present.extend(presence(ctx, premises, fact)?.meet(ctx.days));
    }
    let always = present.iter().filter(|days| **days == ctx.days).count();
    if always > 0 && always == present.len() {
        return Ok(vec![Heads { days: ctx.days, count: to_count(always), owners: false }]);
    }
    let mut heads = Vec::new();
    for (days, residents) in crowd(ctx.days, &present) {
        if residents > 0 {
            heads.push(Heads { days, count: residents, owners: false });
            continue;
        }
        let owned: Vec<Days> = premises.owners.over(days, ctx.known).map(|(days, _)| days).collect();
        heads.extend(crowd(days, &owned).map(|(days, count)| Heads { days, count, owners: true }));
    }
    Ok(heads)
}

/// How many of the ranges hold on each stretch of `span`, from one change to the next.
fn crowd(span: Days, ranges: &[Days]) -> impl Iterator<Item = (Days, i64)> {
    let ends = ranges.iter().filter_map(|days| days.meet(span)).flat_map(|days| [days.from, days.to]);
    let mut changes: Vec<NaiveDate> = ends.chain([span.from, span.to]).collect();
    changes.sort_unstable();
    changes.dedup();
    (1..changes.len()).map(move |next| {
        let days = Days { from: changes[next - 1], to: changes[next] };
        (days, to_count(ranges.iter().filter(|range| range.contain(days.from)).count()))
    })
}

/// The days a residence counts for. Its end is the day of deregistration; whether that day still counts is a
/// parameter (dossier § 4.1), unless the same person goes on living here under another entry.
pub(super) fn presence(
    ctx: &Context<'_>,
    premises: &Premises,
    fact: &Fact<Residence>,
) -> Result<Days, ExceptionReason> {
    let leaves = fact.days.to;
    if !ctx.days.contain(leaves) || ctx.parameter(Parameter::LastDayCounts)?.is_zero() {
        return Ok(fact.days);
    }
    let goes_on = premises
        .residences
        .known(ctx.known)
        .any(|other| other.value.person == fact.value.person && other.days.contain(leaves));
    let to = if goes_on { leaves } else { leaves.succ_opt().unwrap_or(leaves) };
    Ok(Days { from: fact.days.from, to })
}

/// Whether somebody stays for so few days in a row that he is not counted (354 п. 56), however operations have cut the stay.
fn is_guest(ctx: &Context<'_>, premises: &Premises, fact: &Fact<Residence>) -> Result<bool, ExceptionReason> {
    // The day somebody left may count, and be the first of the month.
    let present = Days { to: fact.days.to.succ_opt().unwrap_or(fact.days.to), ..fact.days };
    if !fact.value.temporary || present.meet(ctx.days).is_none() {
        return Ok(false);
    }
    let most = ctx.parameter(Parameter::TemporaryResidenceDays)?;
    let mut stay = fact.days;
    let same = |other: &&Fact<Residence>| other.value.person == fact.value.person;
    loop {
        let own = premises.residences.known(ctx.known).filter(same);
        let joined = own.filter(|other| other.days.from <= stay.to && other.days.to >= stay.from);
        let wider = joined.fold(stay, |stay, other| Days {
            from: stay.from.min(other.days.from),
            to: stay.to.max(other.days.to),
        });
        if wider == stay {
            return Ok(Decimal::from(stay.count()) <= most);
        }
        stay = wider;
    }
}

fn to_count(persons: usize) -> i64 {
    i64::try_from(persons).unwrap_or(i64::MAX)
}
