//! Random months of money: payments known in time and late, named and not, taken back; corrections of debts and of penalties;
//! changes that reach back. At every seal the identities hold, and what all seals booked is what is accrued, derived anew.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use super::balances::broken;
use super::penalty_booked::{booked_is_accrued, takes_back};
use crate::common::{Office, village};

const MONTHS: [&str; 6] = ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"];
const ACCOUNTS: [i64; 7] = [41001, 41002, 41003, 41005, 41006, 42001, 42002];

struct Dice(ChaCha8Rng);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0.next_u32() % sides
    }

    fn account(&mut self) -> i64 {
        ACCOUNTS[usize::try_from(self.roll(7)).unwrap()]
    }

    /// A payment counted in a month: paid then, or up to forty days before.
    fn payment(&mut self, month: &str) -> Value {
        let cash: chrono::NaiveDate = format!("{month}-{:02}", 1 + self.roll(28)).parse().unwrap();
        let paid = cash - chrono::Days::new(u64::from(self.roll(2) * self.roll(40)));
        let mut payment = json!({
            "account": self.account().to_string(), "amount": format!("{}.{:02}", 1 + self.roll(4000), self.roll(100)),
            "paid_on": paid, "cash_day": cash, "source": "банк",
        });
        match self.roll(6) {
            0 => payment["part"] = json!("penalty"),
            1 => payment["month"] = json!(MONTHS[usize::try_from(self.roll(6)).unwrap()]),
            _ => {}
        }
        json!({ "payments": [payment] })
    }

    /// Mostly taken off, of a debt or of a penalty of a month that has begun.
    fn correction(&mut self, begun: u32) -> Value {
        let sign = if self.roll(4) == 0 { "" } else { "-" };
        let part = if self.roll(3) == 0 { "penalty" } else { "debt" };
        json!({
            "account_id": self.account(), "service_id": 1, "contract_id": 23, "part": part,
            "amount": format!("{sign}{}.{:02}", 1 + self.roll(300), self.roll(100)), "source_month": MONTHS[usize::try_from(self.roll(begun.min(3))).unwrap()],
        })
    }

    fn area(&mut self) -> Value {
        let total = (30 + self.roll(50)).to_string();
        json!({ "premises_id": 1011 + self.roll(3), "from": format!("2026-{:02}-01", 3 + self.roll(4)), "area_total": total, "area_living": "20", "area_heated": total, "rooms": 2 })
    }
}

async fn month(office: &Office, dice: &mut Dice, month: &str, paid: &mut Vec<Uuid>) {
    let begun = 1 + u32::try_from(MONTHS.iter().position(|one| *one == month).unwrap()).unwrap();
    office.charge(month).await;
    for _ in 0..dice.roll(2) {
        office.chief.asserts("cards.premises_area", dice.area()).await;
    }
    for _ in 0..dice.roll(2) {
        office.accountant.does("billing.correction", dice.correction(begun)).await;
    }
    office.release(month).await;
    for _ in 0..2 + dice.roll(4) {
        paid.push(office.accountant.does("finance.payment", dice.payment(month)).await);
    }
    if dice.roll(2) == 0 && !paid.is_empty() {
        let place = usize::try_from(dice.roll(u32::try_from(paid.len()).unwrap())).unwrap();
        takes_back(office, paid.swap_remove(place), &format!("{month}-28")).await;
    }
    office.seal(month).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_is_what_is_accrued() {
    let mut booked = 0;
    for seed in 0..4 {
        let office = Office::of(village().await).await;
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        let mut paid = Vec::new();
        for name in MONTHS {
            month(&office, &mut dice, name, &mut paid).await;
            assert_eq!(broken(&office.root).await, Vec::<String>::new(), "seed {seed}, {name}");
            booked_is_accrued(&office).await;
        }
        booked += office.value::<i64>("select count(*) from billing_data.penalty where amount < 0").await;
    }
    assert!(booked > 20, "histories without anything given back prove little: {booked}");
}
