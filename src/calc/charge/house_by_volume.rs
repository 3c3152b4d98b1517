//! What a house used, shared by the volumes of other services: the fuels hot water is made of in the house, each a service
//! of its own (354 п. 54, Прил. 2 ф. 20; dossier § 1.7). The service names the volumes in `waters`.

use crate::calc::account;
use crate::calc::context::Problems;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::Component;
use crate::calc::price::Measure;
use crate::calc::share::Share;
use crate::calc::trace::{Rule, Source, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn house_by_volume(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, site, home, account, service, segment, .. } = self;
        let Some(shared) = site.shared(segment.plan.service) else { return };
        let shared = match &shared.result {
            Ok(shared) => shared,
            Err(reasons) => return problems.list.extend(reasons.iter().cloned()),
        };
        if shared.own.value().is_zero() {
            return;
        }
        let volume = |account| account::volume_of(site, home, account, &service.waters);
        // Co-owners divide what the premises are charged, whoever follows another pays for his own days.
        let own = if Share::of(ctx, home.premises, account).is_some() {
            home.premises.accounts.iter().map(volume).sum()
        } else {
            volume(account)
        };
        let own =
            ctx.leaf(own, Tag(What::Covered, ""), Source::Premises { count: 1 }, None).named(What::Volume);
        let product = shared.volume.clone().times(own, Tag(What::Product, &service.unit));
        let part = product.over(shared.own.clone(), Tag(What::Volume, &service.unit));
        let piece = Piece::whole(segment.days, part, shared.basis, Rule::HouseHotWater);
        let price = self.price(Component::Base, 0, Measure::Count(service.scale));
        self.book(price.draft(&[piece], problems), charged);
    }
}
