//! By area: housing services at a rate a m² (ЖК 154, 156; dossier § 1.12), and, where the plan names a norm,
//! heating without a house meter: area × norm a m² (354 Прил. 2 ф. 2; dossier § 1.6 H1).

use crate::calc::context::Problems;
use crate::calc::facts::{Area, Method};
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::{Basis, Component};
use crate::calc::norm;
use crate::calc::price::Measure;
use crate::calc::trace::{FactKind, Rule, What};
use rust_decimal::Decimal;

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn by_area(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let norm = self.segment.plan.norm;
        let mut pieces = Vec::with_capacity(1);
        for (days, fact) in self.home.premises.areas.stretches(self.ctx.days, self.ctx.known) {
            let Some(fact) = fact else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let (value, what) = of_method(&fact.value, self.segment.plan.method);
            let area = self.ctx.fact(fact, FactKind::Area, value, Tag(what, "м²"));
            match norm {
                Some(norm) => {
                    let unit = &self.service.unit;
                    pieces.extend(norm::by_area(self.ctx, &area, norm, days, unit, problems));
                }
                None => pieces.push(Piece::monthly(self.ctx, days, area, Basis::Area, Rule::Area)),
            }
        }
        let measure = if norm.is_some() { self.measure() } else { Measure::Count(self.service.scale) };
        let draft = self.price(Component::Base, 0, measure).draft(&pieces, problems);
        self.book(draft, charged);
    }
}

fn of_method(area: &Area, method: Method) -> (Decimal, What) {
    match method {
        Method::AreaLiving => (area.living, What::AreaLiving),
        Method::AreaHeated => (area.heated, What::AreaHeated),
        _ => (area.total, What::AreaTotal),
    }
}
