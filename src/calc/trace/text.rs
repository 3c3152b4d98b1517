//! An explanation as indented Russian text.

use super::Trace;

impl std::fmt::Display for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {} ₽", self.service, self.month, self.amount)
    }
}
