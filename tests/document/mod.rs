//! Documents: numbers and words, the payment code, the invoice's sheet and its PDF, templates, names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers stop at the first surprise, as tests do

mod bar_code;
mod names;
mod numbers;
mod payment_code;
mod pdf;
pub mod samples;
mod sheet;
mod sums_in_words;
mod templates;
mod totals;
