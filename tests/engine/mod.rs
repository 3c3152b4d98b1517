//! The engine alone: messages in, effects and a picture out.

mod doubts;
mod drafts;
mod engine_async;
mod forms;
mod inbox;
mod key_test;
mod laws;
mod layouts;
mod lost;
mod news;
mod past;
mod pastes;
mod periods;
mod person_names;
pub mod play;
mod present;
mod records;
mod sheets;
mod town;
mod trips;
