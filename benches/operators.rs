//! Many operators on one server: `cargo bench --bench operators -- --accounts 20000 --operators 200 --seconds 120 --think 2000`.
//!
//! Everybody sits at a real workstation without a terminal (its engine, its two connections, its screens) and does mixed work: finds a
//! flat, opens its card, looks through its tabs, has an amount explained; one of four writes too: a reading. Every key that waits
//! for the database is timed from the press to the last answer. Between two keys an operator thinks for a time of the dice: from
//! `--think` milliseconds to twice as many. All log in at once and do one round untimed, as everybody has who sits there since the morning;
//! what the logins took is told apart.
//! The yardstick, in the same run and at the same pace: as many bare connections that read one row by its key.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to whoever runs it")]

mod support;

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use kvartal::app::hands::Hands;
use kvartal::app::library::Library;
use kvartal::app::outbox::Folders;
use kvartal::app::play::Player;
use kvartal::calc::period::Month;
use kvartal::db::config::Address;
use kvartal::db::connect::connect;
use kvartal::db::desk::session::Place;
use kvartal::locale::Lang;
use serde_json::json;
use support::{Bench, Figures, Outcome, PASSWORD, per_cent, percentile};
use tokio::sync::Barrier;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{LocalSet, spawn_local};

/// A fresh operator's group, by turns.
const GROUPS: [&str; 4] = ["kvartal_accountant", "kvartal_passport", "kvartal_accountant", "kvartal_cashier"];

/// Accounts each of them goes through, again and again.
const LINES: usize = 12;

/// Nobody waits longer for an answer: the bench ends with the picture he sits before.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keys of a round after which an operator thinks, and half as many again: for so many times the least thinking a round lasts.
const KEYS: u64 = 18;

/// What keys are pressed for.
const SEARCH: &str = "a line searched for";
const CARD: &str = "a card opened";
const TAB: &str = "the next tab";
const WHY: &str = "an amount explained";
const BACK: &str = "back to the card";
const FORM: &str = "a form opened";
const PREVIEW: &str = "the difference seen";
const COMMIT: &str = "a change recorded";
const LOGIN: &str = "a login among all logins";

/// What one operator did: what each key that waited for the database was pressed for, and how long it took.
type Times = Vec<(&'static str, Duration)>;

/// What was asked for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    accounts: u32,
    operators: u64,
    lasts: Duration,
    /// The least somebody thinks between two keys, and as much again at most by the dice, in milliseconds.
    think: u64,
}

fn main() -> Outcome<()> {
    let asked = Asked {
        accounts: u32::try_from(support::argument("--accounts").unwrap_or(20_000))?,
        operators: support::argument("--operators").unwrap_or(200),
        lasts: Duration::from_secs(support::argument("--seconds").unwrap_or(120)),
        think: support::argument("--think").unwrap_or(2_000),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(asked))
}

async fn measure(asked: Asked) -> Outcome<()> {
    let bench = Bench::start(asked.accounts).await?;
    let mut figures = Figures::default();
    bench.charge(bench.month).await?;
    bench.settled().await?;
    hire(&bench, asked.operators).await?;
    let bare = crowd(&bench, asked, bare).await?;
    tell(&mut figures, "a bare row by its key", &bare);
    let work = crowd(&bench, asked, work).await?;
    let mut logins = only(&work, |purpose| purpose == LOGIN);
    figures.time("a login among all logins, p95", percentile(&mut logins, per_cent(95)));
    let work: Times = work.into_iter().filter(|(purpose, _)| *purpose != LOGIN).collect();
    tell(&mut figures, "a key that waits for the database", &work);
    for what in [SEARCH, CARD, TAB, WHY, BACK, FORM, PREVIEW, COMMIT] {
        let mut times = only(&work, |purpose| purpose == what);
        figures.time(&format!("of them, {what}, median"), percentile(&mut times, per_cent(50)));
        figures.time(&format!("of them, {what}, p95"), percentile(&mut times, per_cent(95)));
    }
    let tail = |times: &Times| percentile(&mut only(times, |_| true), per_cent(95));
    figures.ratio("p95 of a key / p95 of a bare row", tail(&work), tail(&bare));
    figures.memory()?;
    figures.print(asked.accounts);
    bench.stop().await
}

/// Makes the operators, and lets them in without a change of password.
async fn hire(bench: &Bench, operators: u64) -> Outcome<()> {
    let session = bench.operator().await?;
    let verifier = postgres_protocol::password::scram_sha_256(PASSWORD.as_bytes());
    for (number, group) in (0..operators).zip(GROUPS.iter().cycle()) {
        let args = json!({
            "login": login(number), "verifier": verifier, "full_name": "Оператор замера", "job": "оператор",
            "groups": [group], "scopes": [{}],
        });
        session.commit(&bench.operation("admin.user_add", args)).await?;
    }
    let waive = "update admin_data.operator set must_change_password = false";
    bench.root().await?.batch_execute(waive).await?;
    Ok(())
}

fn login(number: u64) -> String {
    format!("kv_bench_{number}")
}

/// What an operator has at hand.
struct Seat {
    number: u64,
    address: Address,
    lines: Arc<Vec<String>>,
    library: Rc<Library>,
    asked: Asked,
    /// Where all meet before the time runs.
    together: Arc<Barrier>,
}

/// Lets everybody do the same kind of work at once, until the time is over. Workstations are programs of their own: here they are spread
/// over as many threads as there are cores, or a key of one would wait until another one's screen is painted.
async fn crowd<F>(
    bench: &Bench,
    asked: Asked,
    what: impl Fn(Seat) -> F + Copy + Send + 'static,
) -> Outcome<Times>
where
    F: Future<Output = Outcome<Times>> + 'static,
{
    let lines = Arc::new(bench.search_lines(usize::try_from(asked.operators)? * LINES).await?);
    let together = Arc::new(Barrier::new(usize::try_from(asked.operators)?));
    let rooms = u64::try_from(std::thread::available_parallelism()?.get())?;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    for room in 0..rooms {
        let numbers = (0..asked.operators).filter(|number| number % rooms == room);
        let addresses = numbers.map(|number| Ok((number, bench.address_of(&login(number))?)));
        let addresses: Vec<_> = addresses.collect::<Outcome<_>>()?;
        let (lines, together, tell) = (Arc::clone(&lines), Arc::clone(&together), tell.clone());
        std::thread::spawn(move || {
            let library = Rc::new(Library::of(None, Lang::Ru));
            let seat = |(number, address)| Seat {
                number,
                address,
                lines: Arc::clone(&lines),
                library: Rc::clone(&library),
                asked,
                together: Arc::clone(&together),
            };
            share(addresses.into_iter().map(seat).map(what), &tell)
        });
    }
    drop(tell);
    let mut times = Times::new();
    // As they end: who fails before all have met ends the bench, and nobody waits for him.
    while let Some(hand) = told.recv().await {
        times.extend(hand?);
    }
    Ok(times)
}

/// What the operators of one thread do; each is told of as he ends.
fn share<F>(work: impl Iterator<Item = F>, tell: &UnboundedSender<Outcome<Times>>) -> Outcome<()>
where
    F: Future<Output = Outcome<Times>> + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut hands: FuturesUnordered<_> = work.map(spawn_local).collect();
        while let Some(hand) = hands.next().await {
            tell.send(hand.unwrap_or_else(|lost| Err(lost.into())))?;
        }
        Ok(())
    })
}

/// One operator's time at a workstation.
async fn work(seat: Seat) -> Outcome<Times> {
    let hands = Hands::new(&seat.address, Place::default(), Folders::below(&std::env::temp_dir()))
        .with_library(Rc::clone(&seat.library), Duration::from_secs(3_600));
    let player = Player::new(hands, &seat.library, Lang::Ru, (80, 24));
    let mut shift = Shift { player, dice: seat.number, think: seat.asked.think, times: Times::new() };
    let begun = Instant::now();
    shift.player.log_in(seat.address.login(), PASSWORD).await?;
    let login = (LOGIN, begun.elapsed());
    let mut turn = 0;
    shift.round(&seat, turn).await?;
    seat.together.wait().await;
    shift.times = vec![login];
    let until = Instant::now() + seat.asked.lasts;
    // They met at the door, not at the same key: each begins at another moment of a round.
    tokio::time::sleep(Duration::from_millis(KEYS * seat.asked.think * seat.number / seat.asked.operators))
        .await;
    while Instant::now() < until {
        turn += 1;
        shift.round(&seat, turn).await?;
    }
    let times = std::mem::take(&mut shift.times);
    shift.player.leave().await;
    Ok(times)
}

/// A workstation and what its keys took.
struct Shift {
    player: Player,
    dice: u64,
    think: u64,
    times: Times,
}

impl Shift {
    /// Looks an account up, and one of four measures its flat. Everybody has accounts of his own: two who measure one flat at once are rightly
    /// told of each other, and that is not what is timed here.
    async fn round(&mut self, seat: &Seat, turn: usize) -> Outcome<()> {
        let line = usize::try_from(seat.number)? * LINES + turn % LINES;
        self.looks_up(&seat.lines[line % seat.lines.len()]).await?;
        if seat.number.is_multiple_of(4) {
            self.measures_a_flat().await?;
        }
        self.returns().await
    }

    /// Finds a flat, opens its card, turns its tabs and has an amount explained.
    async fn looks_up(&mut self, line: &str) -> Outcome<()> {
        self.player.press("F9 F3").await?;
        let begun = Instant::now();
        self.player.paste(line).await?;
        self.took(SEARCH, begun).await;
        self.key(CARD, "Enter").await?;
        self.expects("Счёт")?;
        for _ in 0..7 {
            self.key(TAB, "F6").await?;
        }
        self.key(WHY, "F9 F1").await?;
        self.key(BACK, "Esc").await
    }

    /// Corrects an area: sees the difference and accepts it.
    async fn measures_a_flat(&mut self) -> Outcome<()> {
        self.player.press("F9").await?;
        self.player.write("Измен").await?;
        self.key(FORM, "Enter").await?;
        // Larger than any flat of the town: nothing looks implausible beside it.
        let area = 150 + self.dice % 30;
        self.player.write(&area.to_string()).await?;
        self.player.press("Enter Enter").await?;
        self.player.write(&area.to_string()).await?;
        self.player.press("Enter Enter").await?;
        self.player.write("150526").await?;
        self.player.press("Enter").await?;
        self.player.write("замер").await?;
        self.key(PREVIEW, "F2").await?;
        self.key(COMMIT, "F2").await?;
        // Somebody measured a flat of the same house meanwhile: the difference is looked at again.
        while self.player.canvas().text().contains("разницу ещё раз") {
            self.key(PREVIEW, "F2").await?;
            self.key(COMMIT, "F2").await?;
        }
        if self.player.canvas().text().contains("другие изменили то же") {
            // Two found the same flat by an address alone: who comes second is told, and lets it be.
            return Ok(());
        }
        self.expects("Записано")
    }

    /// Back to the menu; what is typed and not written is thrown away.
    async fn returns(&mut self) -> Outcome<()> {
        while self.player.desk().windows.len() > 1 {
            self.player.press("Esc").await?;
            if self.player.canvas().text().contains("Выбросить") {
                self.player.write("2").await?;
            }
        }
        Ok(())
    }

    /// A key that waits for the database; then the operator thinks.
    async fn key(&mut self, what: &'static str, key: &str) -> Outcome<()> {
        let begun = Instant::now();
        match tokio::time::timeout(PATIENCE, self.player.press(key)).await {
            Ok(pressed) => pressed?,
            Err(_) => anyhow::bail!("{what}: no answer for {PATIENCE:?}:\n{}", self.player.canvas().text()),
        }
        self.took(what, begun).await;
        Ok(())
    }

    async fn took(&mut self, what: &'static str, begun: Instant) {
        self.times.push((what, begun.elapsed()));
        self.dice = next(self.dice);
        tokio::time::sleep(Duration::from_millis(self.think + self.dice % self.think)).await;
    }

    /// A picture without this text is not what the work leads to: then the figures would be of something else.
    fn expects(&self, text: &str) -> Outcome<()> {
        let sight = self.player.canvas().text();
        anyhow::ensure!(sight.contains(text), "«{text}» is not there:\n{sight}");
        Ok(())
    }
}

/// A number that looks like chance and is the same in every run.
const fn next(number: u64) -> u64 {
    number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 3
}

/// The yardstick: one row by its key over a connection of one's own, at the same pace.
async fn bare(seat: Seat) -> Outcome<Times> {
    let client = connect(&seat.address, "bench").await?;
    let statement = client.prepare("select * from cards.services where service_id = $1").await?;
    let (mut times, mut dice, think) = (Times::new(), seat.number, seat.asked.think);
    seat.together.wait().await;
    let until = Instant::now() + seat.asked.lasts;
    while Instant::now() < until {
        dice = next(dice);
        let service = i64::try_from(dice % 20)?;
        let begun = Instant::now();
        client.query(&statement, &[&service]).await?;
        times.push(("a row", begun.elapsed()));
        tokio::time::sleep(Duration::from_millis(think + dice % think)).await;
    }
    Ok(times)
}

fn tell(figures: &mut Figures, what: &str, times: &Times) {
    let mut times = only(times, |_| true);
    figures.say(&format!("{what}, times"), times.len());
    figures.time(&format!("{what}, median"), percentile(&mut times, per_cent(50)));
    figures.time(&format!("{what}, p95"), percentile(&mut times, per_cent(95)));
    figures.time(&format!("{what}, p99"), percentile(&mut times, per_cent(99)));
}

/// The times of the keys pressed for something.
fn only(times: &Times, wanted: impl Fn(&str) -> bool) -> Vec<Duration> {
    times.iter().filter(|(what, _)| wanted(what)).map(|(_, time)| *time).collect()
}

/// The month the town begins with.
#[must_use]
pub fn first_month() -> Month {
    Month::new(2026, 5).unwrap_or_else(|| Month::of(chrono::NaiveDate::MIN))
}
