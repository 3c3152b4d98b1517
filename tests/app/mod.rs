//! The loop around the engine, with a real database and without a terminal; and the real program in one.

mod english;
mod hands;
mod lost;
mod mended;
mod place;
mod program;
mod sessions;
mod stage;
mod station;
