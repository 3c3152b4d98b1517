//! Subsidies for housing and utilities: what a family may keep of its bill, by the formula of its country (dossier § 5.3–5.5).
//! Standards, minima and shares are decisions of a region for a term, so they come with the case or the decision, not from here.

mod formula;
mod granted;

pub use formula::{Family, Formula, Subsidy, subsidy};
pub(super) use granted::subsidies;
