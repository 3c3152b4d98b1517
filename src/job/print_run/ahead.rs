//! What the houses of a run say, read ahead: a range of houses with one question, on connections of their own, while earlier
//! houses are laid out and kept. A house asked for alone costs most of what a range costs.

use std::collections::BTreeMap;

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinSet;

use super::{Left, Run, stopped};
use crate::db::connect::connect;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::document::invoice::Reason;
use crate::job::document;
use crate::job::invoice::said::{self, Said};
use crate::job::invoice::{InvoiceError, reasons};
use crate::job::worker::{APPLICATION, Cache, JobContext, JobError};

/// Accounts a range has at least, where that many are left: a few of them are all a run holds in memory.
const RANGE: i32 = 500;

/// Connections that read. The server reads a range on one core about as fast as another lays it out; a second one reads while
/// the first waits for its range to be taken.
const READERS: usize = 2;

/// A house as it was read.
pub(super) struct Read {
    pub house: Left,
    pub said: Vec<Said>,
    /// Of each account, where the run is printed with them.
    pub reasons: BTreeMap<i64, Vec<Reason>>,
}

/// Houses of a range; why one could not be read stands in its place, and nothing behind it.
pub(super) type Range = Vec<Result<Read, JobError>>;

/// The ranges of a run in its order.
pub(super) struct Ahead {
    /// Leaving takes the readers along.
    _readers: JoinSet<()>,
    ranges: Vec<Receiver<Range>>,
    taken: usize,
}

impl Ahead {
    /// Begins to read.
    ///
    /// # Errors
    /// A connection that could not be had.
    pub async fn begin(context: &JobContext, run: Run, left: Vec<Left>) -> Result<Self, JobError> {
        let mut shares: [Vec<Vec<Left>>; READERS] = Default::default();
        for (place, range) in ranges(left).into_iter().enumerate() {
            shares[place % READERS].push(range);
        }
        let (mut readers, mut ranges) = (JoinSet::new(), Vec::new());
        for share in shares {
            let reader = Reader {
                client: connect(&context.address, APPLICATION).await?,
                run,
                operator: context.operator.clone(),
                rules: Cache::default(),
            };
            let (told, from) = channel(1);
            readers.spawn(reader.work(share, told));
            ranges.push(from);
        }
        Ok(Self { _readers: readers, ranges, taken: 0 })
    }

    /// The next range; none behind the last.
    pub async fn next(&mut self) -> Option<Range> {
        let turn = self.taken % READERS;
        self.taken += 1;
        self.ranges.get_mut(turn)?.recv().await
    }
}

/// Houses that follow each other, together at least [`RANGE`] accounts.
fn ranges(left: Vec<Left>) -> Vec<Vec<Left>> {
    let mut ranges: Vec<Vec<Left>> = Vec::new();
    let mut held = RANGE;
    for house in left {
        if held >= RANGE {
            ranges.push(Vec::new());
            held = 0;
        }
        held = held.saturating_add(house.accounts);
        if let Some(range) = ranges.last_mut() {
            range.push(house);
        }
    }
    ranges
}

/// A connection that reads for whoever ordered the run.
struct Reader {
    client: Client,
    run: Run,
    operator: String,
    rules: Cache,
}

impl Reader {
    /// Reads its share of the ranges until one fails or nobody wants more.
    async fn work(mut self, share: Vec<Vec<Left>>, told: Sender<Range>) {
        for range in share {
            let read = self.range(range).await;
            let is_stopped = read.iter().any(Result::is_err);
            if told.send(read).await.is_err() || is_stopped {
                return;
            }
        }
    }

    /// A range that is refused is asked for house by house: those before the one it is refused for are printed.
    async fn range(&mut self, range: Vec<Left>) -> Range {
        let mut known = self.ask(&range).await.ok();
        let mut all = Vec::with_capacity(range.len());
        for house in range {
            let read = self.house(house, known.as_mut()).await;
            let is_stopped = read.is_err();
            all.push(read);
            if is_stopped {
                break;
            }
        }
        all
    }

    async fn house(
        &mut self,
        house: Left,
        known: Option<&mut BTreeMap<i64, Vec<Said>>>,
    ) -> Result<Read, JobError> {
        let told = |error: DbError| stopped(&house.address, InvoiceError::Db(error));
        let said = match known {
            Some(known) => known.remove(&house.house),
            None => self.ask(std::slice::from_ref(&house)).await.map_err(told)?.remove(&house.house),
        };
        let reasons = match self.run.has_reasons {
            true => reasons::of_unit(&mut self.client, &mut self.rules, house.unit, self.run.month)
                .await
                .map_err(told)?,
            false => BTreeMap::new(),
        };
        Ok(Read { said: said.unwrap_or_default(), reasons, house })
    }

    /// Reads in the operator's place; the reasons are calculated as the worker, who stands in for nobody then.
    async fn ask(&mut self, houses: &[Left]) -> Result<BTreeMap<i64, Vec<Said>>, DbError> {
        let ids: Vec<i64> = houses.iter().map(|house| house.house).collect();
        let transaction = self.client.transaction().await?;
        document::stand_for(&transaction, &self.operator).await?;
        let said = said::of_houses(&transaction, &ids, self.run.month, false, self.run.through).await?;
        transaction.commit().await?;
        Ok(said.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accounts: &[i32]) -> Vec<Vec<i32>> {
        let house = |accounts: &i32| Left {
            place: 0,
            house: 0,
            unit: 0,
            scope: 0,
            accounts: *accounts,
            address: String::new(),
        };
        let ranges = ranges(accounts.iter().map(house).collect());
        ranges.iter().map(|range| range.iter().map(|house| house.accounts).collect()).collect()
    }

    #[test]
    fn a_range_ends_with_the_house_that_fills_it() {
        assert_eq!(of(&[]), Vec::<Vec<i32>>::new());
        assert_eq!(of(&[0, 3]), [[0, 3]]);
        assert_eq!(of(&[499, 1, 2]), [vec![499, 1], vec![2]]);
        assert_eq!(of(&[499, 900, 500, 7]), [vec![499, 900], vec![500], vec![7]]);
    }
}
