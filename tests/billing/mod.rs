//! Months, runs, the queue, the stone: what is charged, when it may change, and that nothing is lost on the way.

mod histories;
mod stone;
