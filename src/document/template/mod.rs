//! Documents as Markdown templates: `reports/<module>/<name>.md` (README of `reports`). Text and data in, blocks out; pure.
//!
//! Reading order: [`front`] (paper), [`block`] (what comes out), `directive` and `markdown` (how it is written), `fill` and
//! `filters` (fields), [`samples`] (how templates are checked without a database).

pub mod block;
mod directive;
mod error;
mod fill;
mod filters;
pub mod front;
mod markdown;
pub mod samples;
mod set;

pub use block::Paper;
pub use error::TemplateError;
pub use front::Front;
pub use set::{Files, Templates, embedded};
