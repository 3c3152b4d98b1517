//! The history of a town: its months charged, released, paid and sealed, with what becomes known late, all of it through
//! the door and by the operators whose work it is.
//!
//! A month `m` is charged, its control signed, released on the first day of `m + 1`, paid in the first half of it; then the seal closes the
//! payments of `m`, and operators learn what they should have known. The same town lives the same life: nothing
//! here reads a clock, operations have the ids of their place, and no number of the second time is drawn in vain.

mod late;
mod pay;
pub mod sign;

use std::time::Duration;

use serde_json::{Value, json};

use super::Town;
use super::calendar::first_month;
use super::dice::{Dice, Stream};
use crate::calc::period::Month;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::job::door::{DoorError, JobState, Operation, Session};

/// The longest history: the town knows its readings until September 2026.
pub const LONGEST: u32 = 5;

/// Why a town did not live on; what it did so far stands.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    /// The door refused.
    #[error(transparent)]
    Door(#[from] DoorError),
    /// The database could not be asked.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<crate::db::driver::Error> for LifeError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The operators at work.
pub struct Hands {
    /// Runs, releases and seals months; writes what belongs to no company.
    pub centre: Session,
    /// Takes payments.
    pub cashier: Session,
    /// Registers people.
    pub passport: Session,
    /// An accountant for each managing company, by the number of the company.
    pub accountants: Vec<(i64, Session)>,
}

/// How far a life has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Living {
    /// The month is being charged.
    Charging(Month, JobState),
    /// Released; payments are being taken, so many until now.
    Paying(Month, usize),
    /// Sealed.
    Sealed(Month),
    /// Operators learned so many things late.
    Late(Month, usize),
}

/// Lives the first `history` months of the books: the last stays charged, the one before released and paid, all earlier
/// ones sealed. `watch` is a session of the owner of the base: it sees whether the worker has caught up, and what
/// accounts owe.
///
/// # Errors
/// Where it got stuck.
pub async fn live(
    town: &Town,
    history: u32,
    watch: &Client,
    hands: &mut Hands,
    mut tell: impl FnMut(Living),
) -> Result<(), LifeError> {
    let mut life = Life { town, watch, hands, done: 0 };
    for (month, index) in first_month().onwards().zip(0..history.min(LONGEST)) {
        let charge = life.order("billing.charge", json!({ "month": month }));
        life.hands.centre.commit(&charge).await?;
        life.hands.centre.follow(charge.id, |state| tell(Living::Charging(month, state.clone()))).await?;
        life.caught_up().await?;
        if index + 1 == history {
            break;
        }
        let (place, done) = (town, &mut life.done);
        sign::sign(&mut life.hands.centre, month, |kind, args| order(place, done, kind, args)).await?;
        let first_cash_day = month.next().first_day();
        let release = life.order("billing.release", json!({ "month": month, "cash_day": first_cash_day }));
        life.hands.centre.commit(&release).await?;
        let mut dice = Dice::new(town.seed(), Stream::Life, u64::from(index));
        pay::pay(&mut life, month, index, &mut dice, |payments| tell(Living::Paying(month, payments)))
            .await?;
        if index + 2 < history {
            let seal = life.order("billing.seal", json!({ "month": month }));
            life.hands.centre.commit(&seal).await?;
            life.hands.centre.follow(seal.id, |_| ()).await?;
            tell(Living::Sealed(month));
        }
        let known = late::learn(&mut life, month, &mut dice).await?;
        tell(Living::Late(month, known));
    }
    life.caught_up().await
}

/// A town under way.
struct Life<'a> {
    town: &'a Town,
    watch: &'a Client,
    hands: &'a mut Hands,
    /// Operations until now.
    done: u32,
}

/// The next operation of a town after so many.
fn order(town: &Town, done: &mut u32, kind: &str, args: Value) -> Operation {
    *done += 1;
    let id = town.operation_id(&format!("life {done}"));
    Operation { id, kind: kind.to_owned(), args, ground: None }
}

/// How often the queue is looked at.
const GLANCE: Duration = Duration::from_millis(20);

impl Life<'_> {
    /// The next operation, without a ground.
    fn order(&mut self, kind: &str, args: Value) -> Operation {
        order(self.town, &mut self.done, kind, args)
    }

    /// Waits until the worker has recomputed every touched unit. A release tried earlier would be refused, and its number
    /// in the second time lost.
    async fn caught_up(&self) -> Result<(), LifeError> {
        while self.watch.query_opt("select from billing_data.queue limit 1", &[]).await?.is_some() {
            if !self.hands.centre.worker_alive().await? {
                return Err(DoorError::NoWorker.into());
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }
}
