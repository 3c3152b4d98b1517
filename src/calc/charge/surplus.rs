//! The increasing coefficient: what the norm is raised by where a meter could stand and does not, where one failed or may
//! not be seen, and the factor of tampering (354 пп. 42, 60, 62, Прил. 2 ф. 4(1); dossier § 1.3–1.5).
//!
//! The coefficient is part 3 of the norm, dated. The bill shows it apart (354 п. 69): `P(K) − P(1)`, both rounded, so that
//! the two lines make the whole charge.

use crate::calc::context::{Context, Problems};
use crate::calc::facts::{Premises, ServicePlan};
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::{Piece, Raise, without};
use crate::calc::line::Component;
use crate::calc::period::Days;
use crate::calc::price::{AMOUNT, Draft, Price};
use crate::calc::rules::{NormValue, Parameter};
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, RuleData, Source, What};
use rust_decimal::Decimal;

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    /// Books what raising adds to pieces that were booked at `price`.
    pub(super) fn book_surplus(
        &self,
        pieces: &[Piece],
        price: Price<'_>,
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) {
        if let Some(raised) = self.raised(pieces, problems) {
            self.book_difference((pieces, &raised), price, Component::Surplus, charged);
        }
    }

    /// Books the price of the second pieces less that of the first. What is missing has been told with the first.
    pub(super) fn book_difference(
        &self,
        (plain, raised): (&[Piece], &[Piece]),
        price: Price<'_>,
        component: Component,
        charged: &mut Charged<'a>,
    ) -> bool {
        let mut told = Problems::within(self.segment.days);
        let price = Price { component, keep: false, ..price };
        let drafts = price.draft(plain, &mut told).zip(price.draft(raised, &mut told));
        let Some((one, more)) = drafts else { return false };
        let tampered = raised.iter().any(|piece| piece.raise == Raise::Tampering);
        let draft = Draft {
            volume: more.volume.saturating_sub(one.volume),
            amount: more.amount.minus(one.amount, AMOUNT),
            rule: if tampered { Rule::Tampering } else { Rule::Increased },
            laid: Vec::new(),
            ..more
        };
        !draft.amount.value().is_zero() && self.book(Some(draft), charged)
    }

    /// The pieces with those the law raises multiplied; `None` where it raises none.
    pub(super) fn raised(&self, pieces: &[Piece], problems: &mut Problems) -> Option<Vec<Piece>> {
        if pieces.iter().all(|piece| piece.raise == Raise::No) {
            return None;
        }
        let mut raised = Vec::with_capacity(pieces.len());
        let mut any = false;
        for piece in pieces {
            for (days, factor) in self.factors(piece, problems) {
                any |= factor.is_some();
                let amount = match factor {
                    Some(factor) => {
                        piece.amount.clone().times(factor, Tag(What::Increased, &self.service.unit))
                    }
                    None => piece.amount.clone(),
                };
                raised.push(Piece { days, amount, ..piece.clone() });
            }
        }
        any.then_some(raised)
    }

    /// What a piece is multiplied by, by days; all its days are there.
    fn factors(&self, piece: &Piece, problems: &mut Problems) -> Vec<(Days, Option<Figure>)> {
        match piece.raise {
            Raise::No => vec![(piece.days, None)],
            Raise::Coefficient => coefficients(self.ctx, self.home.premises, self.segment.plan, piece.days),
            Raise::Tampering => {
                let factor = problems.keep(self.ctx.parameter(Parameter::TamperingFactor));
                let leaf = |value| self.ctx.leaf(value, COEFFICIENT, Source::Calendar, None);
                vec![(piece.days, factor.map(leaf))]
            }
        }
    }
}

/// What the coefficient of the norm of a plan raises it by, by days: acts that no meter can be had lift it. All days are there.
pub(in crate::calc) fn coefficients(
    ctx: &Context<'_>,
    premises: &Premises,
    plan: &ServicePlan,
    within: Days,
) -> Vec<(Days, Option<Figure>)> {
    let table = plan.norm.and_then(|norm| ctx.rules.norms.get(&(norm, 3)));
    let Some(table) = table else { return vec![(within, None)] };
    let figure = |fact: &Fact<NormValue>| {
        (fact.value.value > Decimal::ONE)
            .then(|| ctx.data(fact, RuleData::Norm, fact.value.value, COEFFICIENT))
    };
    let whole = ctx.parameter(Parameter::CoefficientWholeMonth).is_ok_and(|whole| !whole.is_zero());
    let last = ctx.days.to.pred_opt().unwrap_or(ctx.days.from);
    let found: Vec<(Days, Option<Figure>)> = if whole {
        vec![(within, table.on(last, ctx.known).and_then(figure))]
    } else {
        table.stretches(within, ctx.known).map(|(days, fact)| (days, fact.and_then(figure))).collect()
    };
    let acts = premises.exemptions.over(within, ctx.known);
    let exempt: Vec<Days> = acts.filter(|(_, act)| act.value == plan.service).map(|(days, _)| days).collect();
    let mut factors = Vec::with_capacity(found.len());
    for (days, factor) in found {
        factors.extend(exempt.iter().filter_map(|hole| days.meet(*hole)).map(|days| (days, None)));
        factors.extend(without(days, &exempt).into_iter().map(|days| (days, factor.clone())));
    }
    factors.sort_by_key(|(days, _)| *days);
    factors
}

/// The tag of a coefficient.
const COEFFICIENT: Tag<'static> = Tag(What::Coefficient, "");
