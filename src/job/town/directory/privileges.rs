//! What categories of citizens are given in the town: the categories are data of law that every base brings along, the
//! percentages by service are the centre's (dossier § 5.1).

use super::{norms, services, tariffs};
use crate::calc::grounds::{Form, Funding, PrivilegeBase, PrivilegeScope};
use crate::calc::ids::{CategoryId, ServiceId};

/// A category of citizens, by its code in the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Инвалиды I–III групп.
    Disabled,
    /// Ветераны боевых действий.
    CombatVeteran,
    /// Ветераны труда.
    LabourVeteran,
    /// Многодетные семьи.
    LargeFamily,
    /// Неработающие одинокие собственники от 70 лет.
    RepairSeventy,
    /// Неработающие одинокие собственники от 80 лет.
    RepairEighty,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Disabled,
        Self::CombatVeteran,
        Self::LabourVeteran,
        Self::LargeFamily,
        Self::RepairSeventy,
        Self::RepairEighty,
    ];

    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::CombatVeteran => "combat_veteran",
            Self::LabourVeteran => "labour_veteran",
            Self::LargeFamily => "large_family",
            Self::RepairSeventy => "repair_seventy",
            Self::RepairEighty => "repair_eighty",
        }
    }

    /// Its number in a calculation without a base; a base has its own.
    #[must_use]
    pub const fn id(self) -> CategoryId {
        CategoryId(self as i64 + 1)
    }
}

/// What a category is given for one service, since the town's rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TownPrivilegeRule {
    /// The category.
    pub category: Category,
    /// The service.
    pub service: ServiceId,
    /// Whole percents.
    pub percent: i64,
    /// Of what; the norm of area and the tariff of the contribution are those of the town.
    pub base: PrivilegeBase,
    /// For whom.
    pub covers: PrivilegeScope,
    /// Which budget pays.
    pub funding: Funding,
    /// How it is given.
    pub form: Form,
    /// The act it rests on.
    pub citation: &'static str,
}

impl TownPrivilegeRule {
    /// The social norm of area, where the base asks for one.
    #[must_use]
    pub fn norm(&self) -> Option<crate::calc::ids::NormId> {
        let by_area = matches!(self.base, PrivilegeBase::NormArea | PrivilegeBase::MinContribution);
        by_area.then_some(norms::SOCIAL_AREA)
    }

    /// The price list of the contribution, where the base asks for one.
    #[must_use]
    pub fn tariff(&self) -> Option<crate::calc::ids::TariffId> {
        (self.base == PrivilegeBase::MinContribution).then_some(tariffs::CAPITAL_REPAIR)
    }
}

/// Services that are counted against the norm of consumption.
const BY_VOLUME: [ServiceId; 6] = [
    services::COLD_WATER,
    services::HOT_WATER,
    services::SEWAGE,
    services::ELECTRICITY,
    services::GAS,
    services::WASTE,
];

/// What a category is given for some services.
struct Grant {
    category: Category,
    percent: i64,
    covers: PrivilegeScope,
    funding: Funding,
    citation: &'static str,
}

impl Grant {
    fn of(&self, service: ServiceId, base: PrivilegeBase, form: Form) -> TownPrivilegeRule {
        let Self { category, percent, covers, funding, citation } = *self;
        TownPrivilegeRule { category, service, percent, base, covers, funding, form, citation }
    }

    /// Heating within the social norm of area, everything else within the norm of consumption.
    fn utilities(&self) -> Vec<TownPrivilegeRule> {
        let by_volume = BY_VOLUME.map(|service| self.of(service, PrivilegeBase::NormVolume, Form::Discount));
        let mut rules = vec![self.of(services::HEATING, PrivilegeBase::NormArea, Form::Discount)];
        rules.extend(by_volume);
        rules
    }

    fn maintenance(&self) -> TownPrivilegeRule {
        self.of(services::MAINTENANCE, PrivilegeBase::NormArea, Form::Discount)
    }

    fn capital_repair(&self, form: Form) -> TownPrivilegeRule {
        self.of(services::CAPITAL_REPAIR, PrivilegeBase::MinContribution, form)
    }
}

pub(super) fn all() -> Vec<TownPrivilegeRule> {
    use {Funding as F, PrivilegeScope as S};
    let grant =
        |category, percent, covers, funding, citation| Grant { category, percent, covers, funding, citation };
    let disabled = grant(Category::Disabled, 50, S::Person, F::Federal, "181-ФЗ от 24.11.1995, ст. 17");
    let combat = grant(Category::CombatVeteran, 50, S::Family, F::Federal, "5-ФЗ от 12.01.1995, ст. 16");
    let labour = grant(
        Category::LabourVeteran,
        50,
        S::Person,
        F::Regional,
        "5-ФЗ от 12.01.1995, ст. 22; закон региона (вымышлен)",
    );
    let large = grant(
        Category::LargeFamily,
        30,
        S::Family,
        F::Regional,
        "Указ Президента РФ от 23.01.2024 № 63; закон региона (вымышлен)",
    );
    let repair = |category, percent| {
        grant(category, percent, S::Person, F::Regional, "ЖК РФ, ст. 169 ч. 2.1; закон региона (вымышлен)")
    };
    let mut rules = disabled.utilities();
    rules.push(disabled.capital_repair(Form::Discount));
    rules.extend([combat.maintenance(), combat.capital_repair(Form::Discount)]);
    rules.extend(labour.utilities());
    rules.push(labour.maintenance());
    rules.extend(large.utilities());
    // Who is old pays the whole contribution and gets it back in money.
    rules.push(repair(Category::RepairSeventy, 50).capital_repair(Form::Cash));
    rules.push(repair(Category::RepairEighty, 100).capital_repair(Form::Cash));
    rules
}
