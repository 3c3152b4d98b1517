//! The engine alone: messages in, effects and a picture out.

mod engine_async;
mod forms;
mod inbox;
mod laws;
mod layouts;
mod news;
mod periods;
mod person_names;
pub mod play;
mod present;
mod records;
mod sheets;
mod town;
