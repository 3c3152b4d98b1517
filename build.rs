//! Folders that are embedded whole: a new file in them is a reason to compile, which the compiler alone does not see.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    for folder in ["screens", "sql"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
