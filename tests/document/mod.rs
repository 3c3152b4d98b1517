//! Documents: numbers and words, the payment code, the invoice's sheet and its PDF.

mod numbers;
mod payment_code;
mod pdf;
mod samples;
mod sheet;
mod sums_in_words;
mod totals;
