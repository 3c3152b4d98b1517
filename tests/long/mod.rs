//! What takes minutes: run by `bin/test --long`, left out otherwise.

mod call;
mod lost;
mod sshd;
