//! The engine alone: messages in, effects and a picture out.

mod engine_async;
mod forms;
mod inbox;
mod laws;
mod layouts;
mod periods;
mod person_names;
pub mod play;
mod records;
mod sheets;
mod town;
