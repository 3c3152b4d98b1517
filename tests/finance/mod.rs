//! Money that moved: how payments are split, what they pay of penalties, what is withheld, what becomes of advances, how mistakes are reversed.

mod advance;
mod fees;
mod penalty;
mod reversal;
mod split;
