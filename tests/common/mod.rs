//! The fixture: a fresh database for every test, people who log into it, two sessions forced into an order,
//! and a bad line. `tests/README.md` tells how to use it.

#![allow(dead_code, unused_imports, reason = "the fixture offers more than one folder of tests uses")]

pub mod database;
pub mod interleave;
pub mod kept;
pub mod keyboard;
pub mod link;
pub mod office;
pub mod people;
pub mod village;

pub use database::Db;
pub use kept::kept;
pub use keyboard::Keyboard;
pub use office::{Clerk, Office, Worker};
pub use village::village;

use std::time::{Duration, Instant};

/// How long anything may take before a test is called hung. Never what a test waits for: that is a condition.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until the answer is yes. The pause between two questions is courtesy to the processor: no outcome
/// depends on it.
pub async fn until(awaited: &str, mut asked: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !asked().await {
        assert!(started.elapsed() < PATIENCE, "waited in vain until {awaited}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
