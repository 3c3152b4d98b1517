//! The stretches of a month on which everything a privilege depends on stays the same.

use chrono::NaiveDate;

use super::{Entitled, Right};
use crate::calc::grounds::{Privilege, PrivilegeBase, PrivilegeRule};
use crate::calc::ids::NormId;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::persons::{Heads, presence};
use crate::calc::timeline::Timeline;

impl<'a> Entitled<'a> {
    /// The days charged, cut wherever something changes.
    pub(super) fn stretches(&self) -> Vec<Days> {
        let mut cuts = Vec::new();
        let premises = self.billed.home.premises;
        cut_by(&premises.privileges, self, &mut cuts);
        cut_by(&premises.areas, self, &mut cuts);
        cut_by(&premises.residences, self, &mut cuts);
        super::rules(self.billed, self.group.service_id)
            .for_each(|rules| self.cut_by_rules(rules, &mut cuts));
        let asked =
            |service| service == self.group.service_id || self.group.service.waters.contains(&service);
        let segments = self.billed.segments.iter().filter(|segment| asked(segment.plan.service));
        segments.filter_map(|segment| segment.plan.norm).for_each(|norm| self.cut_by_norm(norm, &mut cuts));
        let heads = self.billed.home.heads().unwrap_or_default();
        cuts.extend(heads.iter().skip(1).map(|heads| heads.days.from));
        cuts.sort_unstable();
        cuts.dedup();
        self.days.iter().flat_map(|days| cut(*days, &cuts)).collect()
    }

    /// Where rules change, and where the social norm or the least contribution they name does.
    fn cut_by_rules(&self, rules: &Timeline<PrivilegeRule>, cuts: &mut Vec<NaiveDate>) {
        cut_by(rules, self, cuts);
        for (_, rule) in rules.over(self.ctx.days, self.ctx.known) {
            rule.value.norm.into_iter().for_each(|norm| self.cut_by_norm(norm, cuts));
            let least = rule.value.tariff.filter(|_| rule.value.base == PrivilegeBase::MinContribution);
            let rates = least.and_then(|tariff| self.ctx.rules.tariffs.get(&(tariff, 0)));
            rates.into_iter().for_each(|rates| cut_by(rates, self, cuts));
        }
    }

    /// Where a norm of a person, of a month or a year, or of a m² changes.
    fn cut_by_norm(&self, norm: NormId, cuts: &mut Vec<NaiveDate>) {
        let (persons, _) = norm::person_part(self.ctx, Some(norm));
        for part in [persons, norm::AREA_PART, norm::AREA_YEAR] {
            let table = self.ctx.rules.norms.get(&(norm, part));
            table.into_iter().for_each(|table| cut_by(table, self, cuts));
        }
    }

    /// Who counts on a stretch.
    pub(super) fn heads(&self, stretch: Days) -> Option<&'a Heads> {
        let heads = self.billed.home.heads().unwrap_or_default();
        heads.iter().find(|heads| heads.days.contain(stretch.from))
    }

    /// Every right of everybody who lives here (or, where nobody does, owns) on a stretch, with its rule.
    pub(super) fn rights(&self, stretch: Days, heads: &Heads) -> Vec<Right<'a>> {
        let premises = self.billed.home.premises;
        let counted = |privilege: &Privilege| {
            let known = self.ctx.known;
            if heads.owners {
                let mut owners = premises.owners.over(stretch, known);
                return owners.any(|(_, fact)| fact.value.person == Some(privilege.person));
            }
            let mut residences =
                premises.residences.known(known).filter(|fact| fact.value.person == privilege.person);
            residences
                .any(|fact| presence(self.ctx, premises, fact).is_ok_and(|days| days.contain(stretch.from)))
        };
        let facts = premises.privileges.over(stretch, self.ctx.known).map(|(_, fact)| fact);
        let mut rights: Vec<Right<'a>> = facts
            .filter(|fact| counted(&fact.value))
            .filter_map(|fact| {
                let rules = self.ctx.rules.privileges.get(&(fact.value.category, self.group.service_id))?;
                Some(Right { fact, rule: rules.on(stretch.from, self.ctx.known)? })
            })
            .collect();
        rights.sort_by_key(|right| (right.fact.value.person, right.fact.value.category, right.fact.row));
        rights
    }
}

/// Collects the days a timeline changes on within the month; most change on none.
fn cut_by<T>(timeline: &Timeline<T>, of: &Entitled<'_>, cuts: &mut Vec<NaiveDate>) {
    let month = of.ctx.days;
    let changes = timeline.over(month, of.ctx.known).flat_map(|(days, _)| [days.from, days.to]);
    cuts.extend(changes.filter(|day| *day != month.from && *day != month.to));
}

fn cut(days: Days, cuts: &[NaiveDate]) -> impl Iterator<Item = Days> {
    let inside = cuts.iter().copied().filter(move |cut| days.from < *cut && *cut < days.to);
    let mut from = days.from;
    inside.chain([days.to]).map(move |to| Days { from: std::mem::replace(&mut from, to), to })
}
