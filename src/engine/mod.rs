//! The state machine of the workstation: `update(message) -> effects`, pure. It knows no file, no terminal, no database and no
//! clock, so a session test is a list of messages and a simulation is a loop.
//!
//! Begin at [`model`] (what a screen is), [`msg`] and [`effect`] (all that goes in and out), then `desk` (the state) and
//! `update`. What is shown is a [`canvas::Canvas`]: cells with meanings.

pub mod canvas;
pub mod effect;
pub mod model;
pub mod msg;
pub mod value;
