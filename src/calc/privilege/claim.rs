//! Which of the rights of a stretch are given: one ground a person, every resident covered once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Entitled, Right};
use crate::calc::context::Problems;
use crate::calc::figure::{Figure, Tag};
use crate::calc::grounds::{PrivilegeBase, PrivilegeRule, PrivilegeScope};
use crate::calc::ids::PersonId;
use crate::calc::line::Holder;
use crate::calc::period::Days;
use crate::calc::persons::Heads;
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{FactKind, RuleData, What};

/// A privilege on one stretch.
pub(super) struct Given<'a> {
    pub holder: Holder,
    pub rule: &'a Fact<PrivilegeRule>,
    /// What it covers of the volume.
    pub covered: Decimal,
    /// Roubles, not rounded; positive.
    pub amount: Figure,
}

impl Given<'_> {
    /// Whether it covers square metres.
    pub(super) fn is_area(&self) -> bool {
        matches!(self.rule.value.base, PrivilegeBase::NormArea | PrivilegeBase::MinContribution)
    }
}

/// A right with what it would come to if it had every seat it asks for.
struct Claim<'a> {
    right: Right<'a>,
    asked: i64,
    given: Given<'a>,
}

impl Claim<'_> {
    /// What it comes to a person.
    fn a_person(&self) -> Decimal {
        self.given.amount.value().checked_div(Decimal::from(self.asked)).unwrap_or_default()
    }
}

impl<'a> Entitled<'a> {
    /// The privileges of a stretch.
    pub(super) fn given(&self, stretch: Days, problems: &mut Problems) -> Vec<Given<'a>> {
        let Some(heads) = self.heads(stretch).filter(|heads| heads.count > 0) else { return Vec::new() };
        let mut rights = self.rights(stretch, heads);
        rights.retain(|right| right.rule.value.base != PrivilegeBase::FullRate);
        if rights.is_empty() {
            return Vec::new();
        }
        let Some(one_ground) = problems.keep(self.ctx.parameter(Parameter::BenefitOneGroundPerPerson)) else {
            return Vec::new();
        };
        let mut claims = Vec::with_capacity(rights.len());
        for right in rights {
            let asked = asked(&right, heads);
            if let Some(given) = self.worth_of(&right, asked, heads, stretch, problems) {
                claims.push(Claim { right, asked, given });
            }
        }
        // Stable: of equal amounts the lower category stands first.
        claims.sort_by_key(|claim| Reverse(claim.given.amount.value()));
        if !one_ground.is_zero() {
            let mut seen = Vec::new();
            claims.retain(|claim| {
                let first = !seen.contains(&claim.right.fact.value.person);
                seen.push(claim.right.fact.value.person);
                first
            });
        }
        // A member of one's family may have a ground of his own: whose ground is worth more a person takes the seat.
        claims.sort_by_key(|claim| Reverse((claim.a_person(), claim.given.amount.value())));
        self.seated(claims, heads, stretch, problems)
    }

    /// Gives seats to claims, in their order: whoever is covered as a member of one family is not covered again. Where a person may
    /// have several grounds, the next one covers the seats of the first.
    fn seated(
        &self,
        claims: Vec<Claim<'a>>,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Vec<Given<'a>> {
        let mut seats = heads.count;
        let mut given = Vec::with_capacity(claims.len());
        let mut held: BTreeMap<PersonId, i64> = BTreeMap::new();
        for claim in claims {
            let own = held.entry(claim.right.fact.value.person).or_default();
            let more = (claim.asked - *own).max(0).min(seats);
            let taken = claim.asked.min(*own + more);
            seats -= more;
            *own += more;
            if taken == claim.asked {
                given.push(claim.given);
            } else if taken > 0 {
                given.extend(self.worth_of(&claim.right, taken, heads, stretch, problems));
            }
        }
        given
    }

    fn worth_of(
        &self,
        right: &Right<'a>,
        covered: i64,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Given<'a>> {
        let persons = self.ctx.fact(
            right.fact,
            FactKind::Privilege,
            Decimal::from(covered),
            Tag(What::Privileged, "чел."),
        );
        let rule = right.rule;
        let whole = self.share(&rule.value, persons, heads, stretch, problems)?;
        let percent =
            self.ctx.data(rule, RuleData::PrivilegeRule, rule.value.percent, Tag(What::Percent, "%"));
        let amount = whole.amount.times(percent, Tag(What::Product, ""));
        let amount = amount.over(self.ctx.hundred(), super::PRIVILEGE);
        let holder = Holder { person: right.fact.value.person, category: right.fact.value.category };
        Some(Given { holder, rule, covered: whole.covered, amount })
    }
}

/// How many persons a right covers, at most those who are there.
pub(super) fn asked(right: &Right<'_>, heads: &Heads) -> i64 {
    match right.rule.value.scope {
        PrivilegeScope::Person => 1,
        PrivilegeScope::Family => {
            right.fact.value.members.map_or(heads.count, |members| i64::from(members).clamp(1, heads.count))
        }
        PrivilegeScope::All => heads.count,
    }
}
