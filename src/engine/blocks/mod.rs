//! Parts of a screen that are neither fields nor rows.

pub mod files;
pub mod keytest;
pub mod paper;
pub mod tree;

use super::msg::{Refusal, Req};

/// State of a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BlockState {
    /// The one request whose answer counts.
    pub current: Option<Req>,
    /// How many questions the worker answers before it.
    pub before: i64,
    /// Whether it was asked for.
    pub asked: bool,
    /// Its lines.
    pub tree: tree::Tree,
    /// The folder, where it shows one: a line for each file.
    pub folder: files::Folder,
    /// The test of keys, where it is one.
    pub keys: keytest::KeyTest,
    /// Why there is nothing.
    pub refusal: Option<Refusal>,
}
