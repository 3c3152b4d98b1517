//! What the figures of the town say, and of changes that were not made.

mod what_if;
