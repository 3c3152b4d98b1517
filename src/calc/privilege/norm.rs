//! The consumption norm a privilege stays within (dossier § 5.1: `N × n_ben`). A norm a person counts the covered persons; a norm a
//! m² (heating, gas that heats, waste by area) gives the premises their volume, of which the covered persons have their share; the
//! norm of common needs gives the house its volume, of which the premises have theirs (§ 1.13).

use super::Entitled;
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Method, ServicePlan};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::house::{evenly, is_common, season_share};
use crate::calc::ids::{NormId, ServiceId};
use crate::calc::norm::{self, Fits};
use crate::calc::period::Days;
use crate::calc::persons::Heads;
use crate::calc::plan::Segment;
use crate::calc::trace::{FactKind, What};

/// A norm and the method that charges by it.
type Charged = (NormId, Method);

impl Entitled<'_> {
    /// The consumption norm of the service for the covered persons over the stretch; that of sewage is the norms of its waters
    /// together, unless the plan names its own (ПП 306; dossier § 1.10).
    pub(super) fn norm_of_service(
        &self,
        persons: &Figure,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Figure> {
        let own = self.plan_of(self.group.service_id, stretch)?;
        let waters = if own.norm.is_none() && own.method == Method::Waters {
            &self.group.service.waters[..]
        } else {
            &[]
        };
        let charged = |plan: &ServicePlan| Some((plan.norm?, plan.method));
        let mut norms: Vec<Charged> = charged(own).into_iter().collect();
        norms.extend(waters.iter().filter_map(|water| charged(self.plan_of(*water, stretch)?)));
        if norms.is_empty() {
            problems.push(ExceptionReason::PrivilegeWithoutNorm);
            return None;
        }
        let tag = Tag(What::Covered, self.unit());
        let mut whole = None;
        for norm in norms {
            whole = add(whole, self.norm_of(norm, persons, heads, stretch, problems)?, tag);
        }
        Some(self.for_days(whole?, stretch))
    }

    /// The plan of a service on a stretch.
    fn plan_of(&self, service: ServiceId, stretch: Days) -> Option<&ServicePlan> {
        let held =
            |segment: &&Segment<'_>| segment.plan.service == service && segment.days.contain(stretch.from);
        self.billed.segments.iter().find(held).map(|segment| segment.plan)
    }

    /// A month's norm of some persons.
    fn norm_of(
        &self,
        (norm, method): Charged,
        persons: &Figure,
        heads: &Heads,
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Figure> {
        if is_by_area(method) {
            return self.norm_of_area((norm, 0), method, (persons, heads), stretch, problems);
        }
        if is_common(method) {
            return self.norm_of_common(norm, (persons, heads), stretch, problems);
        }
        let rooms = norm::rooms(self.billed.home, stretch).first().map_or(0, |(_, rooms)| *rooms);
        let fits = Fits { rooms, persons: heads.count };
        let (part, yearly) = norm::person_part(self.ctx, Some(norm));
        let lines = norm::lines(self.ctx, Some(norm), part, stretch, fits, problems);
        let (_, line) = lines.first()?;
        let tag = Tag(What::Covered, self.unit());
        let volume = persons.clone().times(norm::value(self.ctx, line, self.unit()), tag);
        let volume = norm::monthly(self.ctx, yearly, volume, self.unit());
        if !norm::has(self.ctx, Some(norm), norm::AREA_PART) {
            return Some(volume);
        }
        let area = self.norm_of_area((norm, norm::AREA_PART), method, (persons, heads), stretch, problems)?;
        Some(volume.plus(area, tag))
    }

    /// Norm × area of common property × area ÷ area of the house × persons ÷ all.
    fn norm_of_common(
        &self,
        norm: NormId,
        (persons, heads): (&Figure, &Heads),
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Figure> {
        let (ctx, site) = (self.ctx, self.billed.site);
        let shared = site.shared(self.group.service_id)?.result.as_ref().ok()?;
        let common = site.house.common_area.on(stretch.from, ctx.known);
        let mut areas = site.area_of(self.billed.home.premises).into_iter();
        let own = areas.find(|(days, _)| days.contain(stretch.from)).and_then(|(_, own)| own);
        let Some((common, own)) = common.zip(own) else {
            problems.push(ExceptionReason::HouseWithoutArea);
            return None;
        };
        let tag = Tag(What::Covered, self.unit());
        let common = ctx.fact(common, FactKind::Area, common.value, Tag(What::CommonArea, "м²"));
        let pieces = norm::by_area(ctx, &common, norm, stretch, self.unit(), problems);
        let house = pieces.into_iter().next()?.amount;
        let whole = house.times(own, Tag(What::Product, self.unit())).over(shared.area.clone(), tag);
        Some(self.of_all(whole, persons.clone(), heads, tag))
    }

    /// Area × norm × persons ÷ all.
    fn norm_of_area(
        &self,
        norm: (NormId, i16),
        method: Method,
        (persons, heads): (&Figure, &Heads),
        stretch: Days,
        problems: &mut Problems,
    ) -> Option<Figure> {
        let fact = self.billed.home.premises.areas.on(stretch.from, self.ctx.known)?;
        let (value, what) = match method {
            Method::AreaLiving => (fact.value.living, What::AreaLiving),
            Method::AreaHeated => (fact.value.heated, What::AreaHeated),
            _ => (fact.value.total, What::AreaTotal),
        };
        let area = self.ctx.fact(fact, FactKind::Area, value, Tag(what, "м²"));
        let tag = Tag(What::Covered, self.unit());
        let mut pieces =
            norm::by_area_part(self.ctx, &area, norm, stretch, self.unit(), problems).into_iter();
        let mut whole = pieces.next()?.amount;
        if method == Method::Heating && evenly(self.ctx) {
            whole = whole.times(problems.keep(season_share(self.ctx))?, tag);
        }
        Some(self.of_all(whole, persons.clone(), heads, tag))
    }
}

/// Whether a method charges a norm a m².
const fn is_by_area(method: Method) -> bool {
    matches!(
        method,
        Method::AreaTotal
            | Method::AreaLiving
            | Method::AreaHeated
            | Method::Heating
            | Method::HouseMeter
            | Method::ContainersArea
    )
}
