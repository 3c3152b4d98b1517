//! Money that moved: how payments are split, what is withheld, what becomes of advances, how mistakes are reversed.

mod advance;
mod fees;
mod reversal;
mod split;
