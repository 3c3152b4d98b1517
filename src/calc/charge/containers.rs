//! Solid waste by what was taken away in containers: the volume of the house × its share, by persons or by area (354 Прил. 2
//! ф. 9(3), 9(4); dossier § 1.11). Where the region charges the norm all year, the containers correct it in the first quarter.

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::Method;
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::Piece;
use crate::calc::house::{Shared, are_corrected_yearly, person_days};
use crate::calc::line::Component;
use crate::calc::trace::{Rule, Source, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    /// Shops have a contract of their own with the operator (dossier § 1.16), so they have no line.
    pub(super) fn by_containers(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        if self.home.premises.non_residential {
            return;
        }
        let Some(shared) = self.site.shared(self.segment.plan.service) else {
            return self.waste_by_norm(charged, problems);
        };
        let shared = match &shared.result {
            Ok(shared) => shared,
            Err(reasons) => return problems.list.extend(reasons.iter().cloned()),
        };
        if are_corrected_yearly(self.ctx) {
            self.waste_by_norm(charged, problems);
            self.correct_last_year(charged);
            return;
        }
        let pieces = if self.segment.plan.method == Method::ContainersPersons {
            self.by_persons_of_house(shared, problems)
        } else {
            self.by_share_of_area(shared, Rule::Containers, problems)
        };
        let draft = self.price(Component::Base, 0, self.measure()).draft(&pieces, problems);
        self.book(draft, charged);
    }

    /// The norm of the plan (ф. 9(1), 9(2)): the region charges it all year, or nothing is known of the containers.
    fn waste_by_norm(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        match (self.segment.plan.norm, self.segment.plan.method) {
            (None, _) => problems.push(ExceptionReason::NoContainers),
            (Some(_), Method::ContainersPersons) => self.by_persons(charged, problems),
            (Some(_), _) => self.by_area(charged, problems),
        }
    }

    /// Volume of the house × persons × days of the month ÷ days of all persons.
    fn by_persons_of_house(&self, shared: &Shared, problems: &mut Problems) -> Vec<Piece> {
        let Self { ctx, home, service, .. } = self;
        let Some(heads) = problems.keep(home.heads()) else { return Vec::new() };
        let unit = service.unit.as_str();
        let mut pieces = Vec::with_capacity(1);
        for heads in heads {
            if heads.count == 0 {
                problems.missing(heads.days, |since| ExceptionReason::Nobody { since });
            }
            let days = ctx.count(ctx.length, What::DaysOfAll);
            let own = home.figure(heads).times(days, Tag(What::PersonDays, "чел.-дн."));
            let part = shared.volume.clone().times(own, Tag(What::Product, unit));
            let part = part.over(shared.area.clone(), Tag(What::Volume, unit));
            pieces.push(Piece::monthly(ctx, heads.days, part, shared.basis, Rule::Containers));
        }
        pieces
    }

    /// The days of the persons of these premises in a month, for its correction.
    pub(super) fn person_days_in(&self, month: crate::calc::period::Month) -> Option<Figure> {
        let days = person_days(self.ctx, self.home.premises, month).ok()?;
        Some(self.ctx.leaf(days, Tag(What::PersonDays, "чел.-дн."), Source::Premises { count: 1 }, None))
    }
}
