//! The facts of a unit in a picture. A field that is added to a fact does not compile before it stands here.

use super::pack::{Packed, Packer, Unpacker};
use crate::calc::facts::{
    Account, AccountPlan, Area, Containers, House, Meter, Method, Outage, Owner, PayerShare, Premises,
    Reading, Residence, ServicePlan, UnitFacts,
};
use crate::calc::grounds::{
    Absence, Form, Overcharge, Place, Privilege, SubsidyGrant, SubsidyMeasure, Undersupply,
};
use crate::calc::group::{GroupBase, GroupMeter};
use crate::calc::ids::{
    AccountId, CategoryId, ContractId, DeficiencyId, HouseId, Mark, MeterId, NormId, PersonId, PremisesId,
    ServiceId, TariffId, UnitId,
};
use crate::calc::period::{Days, Month};
use crate::calc::timeline::{Fact, Timeline};

/// Things with fields, each packed in the order it is named in.
macro_rules! fields {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                let Self { $($field),+ } = self;
                $($field.pack(to);)+
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),+ })
            }
        }
    )+};
}

/// Names of a list, each with its number.
macro_rules! names {
    ($($name:ident { $($one:ident = $code:literal),+ $(,)? })+) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                let code: u8 = match self { $(Self::$one => $code),+ };
                code.pack(to);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(match u8::unpack(from)? { $($code => Self::$one,)+ _ => return None })
            }
        }
    )+};
}

macro_rules! numbers {
    ($($name:ident),+) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                to.row(self.0);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                from.row().map(Self)
            }
        }
    )+};
}

numbers!(
    UnitId,
    HouseId,
    PremisesId,
    AccountId,
    PersonId,
    ServiceId,
    ContractId,
    TariffId,
    NormId,
    MeterId,
    CategoryId,
    DeficiencyId
);

fields! {
    UnitFacts { unit, houses, groups }
    House { id, scope, common_area, plans, meters, containers, undersupply, premises }
    Premises {
        id, parent, non_residential, exemptions, entrance, areas, residences, owners, absences, privileges, meters, accounts
    }
    Account { id, number, open, calc_from, shares, plans, quantities, ready, overcharges, subsidies }
    Meter { id, serial, service, digits, registers, ratio, installed, readings, outages, verified }
    GroupMeter { meter, base, houses }
    ServicePlan { service, contract, method, tariff, norm }
    Containers { service, capacity, count, removals }
    Area { total, living, heated, rooms }
    Residence { person, temporary }
    Owner { person }
    Absence { person }
    Privilege { person, category, members }
    PayerShare { numerator, denominator }
    Overcharge { service, excess }
    SubsidyGrant { category, person, form, measure }
    Undersupply { service, deficiency, place, from, to, measured, required }
    Reading { register, value, rolled_over }
    Days { from, to }
}

names! {
    Method {
        AreaTotal = 0, AreaLiving = 1, AreaHeated = 2, Persons = 3, Meter = 4, TwoComponent = 5, Waters = 6, Quantity = 7,
        Ready = 8, HouseMeter = 9, Heating = 10, HouseHotWater = 11, HouseByVolume = 12, CommonNorm = 13, CommonAverage = 14,
        CommonFact = 15, CommonUtility = 16, CommonUtilityWhole = 17, ContainersPersons = 18, ContainersArea = 19,
    }
    Outage { Failure = 0, Unverified = 1, NoAccess = 2, Tampering = 3 }
    GroupBase { Area = 0, Persons = 1, Norm = 2 }
    Form { Discount = 0, Cash = 1 }
}

impl<T: Packed> Packed for Timeline<T> {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Packed::unpack(from).map(Self)
    }
}

impl<T: Packed> Packed for Fact<T> {
    fn pack(&self, to: &mut Packer) {
        let Self { days, asserted, retracted, row, value } = self;
        to.row(*row);
        days.pack(to);
        to.mark(asserted.0);
        // Most stand, and a picture of what stands now has no others.
        (*retracted != Mark::NOW).pack(to);
        if *retracted != Mark::NOW {
            to.mark(retracted.0);
        }
        value.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let row = from.row()?;
        let days = Days::unpack(from)?;
        let asserted = Mark(from.mark()?);
        let retracted = if bool::unpack(from)? { Mark(from.mark()?) } else { Mark::NOW };
        Some(Self { days, asserted, retracted, row, value: T::unpack(from)? })
    }
}

impl Packed for Month {
    fn pack(&self, to: &mut Packer) {
        self.first_day().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        chrono::NaiveDate::unpack(from).map(Self::of)
    }
}

impl Packed for AccountPlan {
    fn pack(&self, to: &mut Packer) {
        match self {
            Self::Own(plan) => (true, plan.clone()).pack(to),
            Self::Off(service) => (false, *service).pack(to),
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(if bool::unpack(from)? {
            Self::Own(Packed::unpack(from)?)
        } else {
            Self::Off(Packed::unpack(from)?)
        })
    }
}

impl Packed for Place {
    fn pack(&self, to: &mut Packer) {
        match self {
            Self::House => 0_u8.pack(to),
            Self::Entrance(entrance) => (1_u8, *entrance).pack(to),
            Self::Account(account) => (2_u8, *account).pack(to),
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::House,
            1 => Self::Entrance(Packed::unpack(from)?),
            2 => Self::Account(Packed::unpack(from)?),
            _ => return None,
        })
    }
}

impl Packed for SubsidyMeasure {
    fn pack(&self, to: &mut Packer) {
        match self {
            Self::Amount(sum) => (0_u8, *sum).pack(to),
            Self::Formula { persons, income, share, minimum, standard } => {
                (1_u8, *persons).pack(to);
                [*income, *share, *minimum, *standard].iter().for_each(|number| number.pack(to));
            }
            Self::AboveShare { income, share } => {
                2_u8.pack(to);
                (*income, *share).pack(to);
            }
            Self::AboveMinima { persons, income, share, minimum } => {
                (3_u8, *persons).pack(to);
                [*income, *share, *minimum].iter().for_each(|number| number.pack(to));
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Amount(Packed::unpack(from)?),
            1 => Self::Formula {
                persons: Packed::unpack(from)?,
                income: Packed::unpack(from)?,
                share: Packed::unpack(from)?,
                minimum: Packed::unpack(from)?,
                standard: Packed::unpack(from)?,
            },
            2 => Self::AboveShare { income: Packed::unpack(from)?, share: Packed::unpack(from)? },
            3 => Self::AboveMinima {
                persons: Packed::unpack(from)?,
                income: Packed::unpack(from)?,
                share: Packed::unpack(from)?,
                minimum: Packed::unpack(from)?,
            },
            _ => return None,
        })
    }
}
