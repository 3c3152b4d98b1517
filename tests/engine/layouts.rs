//! The sessions of this folder once more, as somebody with the other layout and another terminal types them.

use std::process::Command;

use crate::common::keyboard::VARIABLE;

#[test]
fn the_sessions_go_the_same_way_in_the_other_layout() {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["engine::", "--skip", "engine::layouts"]).env(VARIABLE, "other");
    let done = again.output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{told}{}", String::from_utf8_lossy(&done.stderr));
    let ran = told.lines().filter(|line| line.ends_with("... ok")).count();
    assert!(ran > 20, "{told}");
}
