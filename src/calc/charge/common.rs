//! Common needs: the volume of the house × S ÷ S_об × rate, and the correction of the last year where it was charged by
//! norm or average (ЖК 156 ч. 9.1–9.3; 354 пп. 44–48, Прил. 2 ф. 10–15; dossier § 1.13). Of hot water in two components, water and
//! the heat that warms it (§ 1.7).

use rust_decimal::Decimal;

use crate::calc::account;
use crate::calc::context::Problems;
use crate::calc::facts::Method;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::Piece;
use crate::calc::house::{Shared, is_heat, is_utility, resources};
use crate::calc::line::Component;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn common(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Some(shared) = self.site.shared(self.segment.plan.service) else { return };
        let shared = match &shared.result {
            Ok(shared) => shared,
            Err(reasons) => return problems.list.extend(reasons.iter().cloned()),
        };
        let method = self.segment.plan.method;
        let pieces = if shared.volume.value() < Decimal::ZERO {
            self.given_back(shared, problems)
        } else {
            let rule = if is_utility(method) { Rule::CommonUtility } else { Rule::Common };
            self.by_share_of_area(shared, rule, problems)
        };
        if self.is_with_heat() {
            let price = self.price(Component::Water, 1, self.measure());
            if self.book(price.draft(&pieces, problems), charged) {
                self.book_heat_of(&pieces, charged, problems);
            }
        } else {
            let price = self.price(Component::Base, 0, self.measure());
            self.book(price.draft(&pieces, problems), charged);
        }
        // Waste water of common needs is the waters of common needs together.
        if shared.volume.value() >= Decimal::ZERO {
            self.keep_water(pieces, charged);
        }
        if matches!(method, Method::CommonNorm | Method::CommonAverage) {
            self.correct_last_year(charged);
        }
    }

    /// Whether the volume is hot water in two components: its norm says what warms a m³ (354 Прил. 2 ф. 23–26).
    pub(super) fn is_with_heat(&self) -> bool {
        norm::has(self.ctx, self.segment.plan.norm, norm::HEAT_PART)
    }

    pub(super) fn by_share_of_area(
        &self,
        shared: &Shared,
        rule: Rule,
        problems: &mut Problems,
    ) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(1);
        for (days, own) in self.site.area_of(self.home.premises) {
            match own {
                Some(own) => pieces.push(self.part(shared, days, own, rule)),
                None => problems.missing(days, Self::missing_area),
            }
        }
        pieces
    }

    /// What the house meter lacks lowers the charge of the dwellings: by persons, heat by area, to nothing at most (354
    /// п. 47). Shops are not given any of it.
    fn given_back(&self, shared: &Shared, problems: &mut Problems) -> Vec<Piece> {
        let Self { ctx, site, home, service, .. } = self;
        if home.premises.non_residential {
            let nothing = ctx.nothing(Tag(What::Volume, &service.unit));
            return vec![Piece::monthly(ctx, ctx.days, nothing, shared.basis, Rule::CommonBack)];
        }
        let resources = resources(self.segment.plan.service, service);
        let mut pieces = if is_heat(ctx, &resources) {
            self.by_share_of_area(shared, Rule::CommonBack, problems)
        } else {
            let Some(heads) = problems.keep(home.heads()) else { return Vec::new() };
            let days = ctx.count(ctx.length, What::DaysOfAll);
            let own = |heads| home.figure(heads).times(days.clone(), Tag(What::PersonDays, "чел.-дн."));
            heads.iter().map(|heads| self.part(shared, heads.days, own(heads), Rule::CommonBack)).collect()
        };
        let charged = |account| account::volume_of(site, home, account, &resources);
        let least = -home.premises.accounts.iter().map(charged).sum::<Decimal>().max(Decimal::ZERO);
        for piece in pieces.iter_mut().filter(|piece| piece.amount.value() < least) {
            piece.amount = piece.amount.clone().becoming(least, What::Volume);
        }
        pieces
    }

    fn part(&self, shared: &Shared, days: Days, own: Figure, rule: Rule) -> Piece {
        let unit = &self.service.unit;
        let part = shared.volume.clone().times(own, Tag(What::Product, unit));
        let part = part.over(shared.area.clone(), Tag(What::Volume, unit));
        Piece::monthly(self.ctx, days, part, shared.basis, rule)
    }
}
