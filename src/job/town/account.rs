//! Accounts: their numbers, and how their payers pay.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{RULES_FROM, day};
use super::dice::Dice;
use super::directory::organisations::MUNICIPALITY;
use super::directory::services;
use super::house::{Hand, Site};
use super::model::{Holder, TownAccount, TownMeter, TownOwner};
use super::service_plans;
use crate::calc::ids::AccountId;
use crate::calc::period::Days;

/// The centre took over the accounts of older houses on this day.
const OPENED_FROM: NaiveDate = day(2005, 1, 1);

/// How a payer pays, month after month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Habit {
    /// Every month, and rarely forgets one.
    Prompt,
    /// Every so many months, then everything.
    Late {
        /// Months between two payments, from 2.
        every: u8,
    },
    /// A part of the bill every month.
    Part {
        /// Percent of what is owed.
        percent: u8,
    },
    /// Hardly ever, and then a little.
    Debtor,
}

/// What a payer does about the bill of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pay {
    /// Nothing.
    Nothing,
    /// All that is owed, debt included.
    All,
    /// So many percent of what is owed, 1 to 99.
    Part(u8),
}

impl Habit {
    /// Draws a habit; shops are better payers than people.
    pub(super) fn draw(shop: bool, dice: &mut Dice) -> Self {
        let late = Self::Late { every: if dice.chance(600) { 2 } else { 3 } };
        let part = Self::Part { percent: u8::try_from(dice.between(4, 9) * 10).unwrap_or(50) };
        if shop {
            return dice.weighted(&[(90, Self::Prompt), (8, late), (2, Self::Debtor)]);
        }
        dice.weighted(&[(71, Self::Prompt), (15, late), (7, part), (7, Self::Debtor)])
    }
}

impl TownAccount {
    /// What the payer does about the bill of month `month`, counted from 0 from the first of the books. The
    /// same account and month always give the same answer.
    #[must_use]
    pub fn pays(&self, month: u32) -> Pay {
        let whim = whim(self.id, month);
        match self.habit {
            Habit::Prompt if whim < 30 => Pay::Nothing,
            Habit::Prompt => Pay::All,
            Habit::Late { every } => {
                let turn = (self.id.0.unsigned_abs() + u64::from(month)) % u64::from(every.max(1));
                if turn == 0 { Pay::All } else { Pay::Nothing }
            }
            Habit::Part { percent } => Pay::Part(percent),
            Habit::Debtor if whim < 120 => Pay::Part(20),
            Habit::Debtor => Pay::Nothing,
        }
    }
}

/// A number below 1000 that account and month decide: the mixing step of SplitMix64, which needs no state.
fn whim(account: AccountId, month: u32) -> u64 {
    let mut mixed = account.0.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (u64::from(month) << 32);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % 1000
}

/// The printed number: two digits of the district, from 11, seven of the account, one check digit.
pub(super) fn number(district: i64, id: AccountId) -> String {
    let stem = format!("{:02}{:07}", 10 + district, id.0);
    let check = luhn(&stem);
    format!("{stem}{check}")
}

/// The Luhn digit of a row of digits: from the right every other digit, the last included, is doubled and its
/// digits added up; the check digit fills the sum to a whole ten.
fn luhn(stem: &str) -> u32 {
    let sum: u32 = stem
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    (10 - sum % 10) % 10
}

/// The account of a shop: the suppliers bill it themselves (dossier § 1.16).
pub(super) fn of_shop(site: &Site, payer: Holder, hand: &mut Hand) -> TownAccount {
    let habit = Habit::draw(true, &mut hand.dice);
    let plans = service_plans::off_for_shop(&site.plans);
    let payers = vec![(Days::since(site.since), payer)];
    TownAccount { plans, ..open(site, payers, habit, hand) }
}

/// The account of a dwelling. A tenant of a public one does not pay for capital repair, which is the owner's
/// (ЖК 169); one flat in eight has cut off the intercom, one in a hundred the gas.
pub(super) fn of_home(
    site: &Site,
    payers: Vec<(Days, Holder)>,
    owners: &[TownOwner],
    meters: &[TownMeter],
    hand: &mut Hand,
) -> TownAccount {
    let habit = Habit::draw(false, &mut hand.dice);
    let (no_intercom, no_gas) = (hand.dice.chance(125), hand.dice.chance(10));
    let tenant = owners.iter().all(|owner| owner.holder == Holder::Organisation(MUNICIPALITY))
        && payers.iter().all(|(_, payer)| matches!(payer, Holder::Person(_)));
    let has = |service| site.plans.iter().any(|(_, plan)| plan.service == service);
    let cut =
        [(services::CAPITAL_REPAIR, tenant), (services::GAS, no_gas), (services::INTERCOM, no_intercom)];
    let off = cut.into_iter().filter(|(service, cut)| *cut && has(*service));
    let mut plans: Vec<_> = off.map(|(service, _)| service_plans::off(service)).collect();
    plans.extend(service_plans::zones(&site.plans, site.amenities.stove, meters));
    let account = open(site, payers, habit, hand);
    let rings = has(services::INTERCOM) && !no_intercom;
    let quantities =
        rings.then_some((Days::since(RULES_FROM), services::INTERCOM, Decimal::ONE)).into_iter().collect();
    TownAccount { plans, quantities, ..account }
}

/// An open account without exceptions.
fn open(site: &Site, payers: Vec<(Days, Holder)>, habit: Habit, hand: &mut Hand) -> TownAccount {
    let id = hand.counters.account();
    TownAccount {
        id,
        number: number(site.district, id),
        payers,
        open: Days::since(site.since.max(OPENED_FROM)),
        plans: Vec::new(),
        quantities: Vec::new(),
        habit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 110000001: from the right, doubled digits stand first: 1→2, 0, 0, 0, 0, 0, 0, 1 plain, 1→2: sum 5, so 5.
    #[test]
    fn account_numbers_end_in_a_luhn_digit() {
        assert_eq!(number(1, AccountId(1)), "1100000015");
        // 79927398713 is the textbook example.
        assert_eq!(luhn("7992739871"), 3);
    }
}
