//! Screen files: what is refused and how, the vocabulary against its description, the screens of the program.

mod contract;
mod paint;
mod refusals;
mod said;
mod screens;
mod words;
