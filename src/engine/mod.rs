//! The state machine of the workstation: `update(message) -> effects`, pure. It knows no file, no terminal, no database and no
//! clock, so a session test is a list of messages and a simulation is a loop.
//!
//! Begin at [`model`] (what a screen is), [`msg`] and [`effect`] (all that goes in and out), then [`desk`] (the state and its one
//! function). What is shown is a [`canvas::Canvas`]: cells with meanings, painted by [`view`].

pub mod address;
pub mod blocks;
pub mod canvas;
pub mod derive;
pub mod desk;
pub mod difference;
pub mod effect;
pub mod example;
pub mod feed;
pub mod grid;
pub mod line;
pub mod model;
pub mod msg;
pub mod news;
pub mod overlay;
pub mod person_name;
pub mod rights;
pub mod sentence;
pub mod settings;
pub mod trace;
pub mod typed;
pub mod value;
pub mod view;
pub mod window;
