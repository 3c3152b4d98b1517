//! The laws of the house, read off the source text. A law is a function from the files of the repository to
//! complaints; beside each stands a test that feeds it a bad sample, so that no law is quietly blind.

mod house;
mod layers;
mod lengths;
mod reach;
mod source;
mod words;

use std::io::Write;

use source::File;

/// A broken law: where, and in what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Complaint {
    path: String,
    line: usize,
    told: String,
}

impl Complaint {
    fn new(path: &str, line: usize, told: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, told: told.into() }
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.told)
    }
}

/// Asserts that a law holds for the whole repository.
fn holds(law: impl Fn(&[File]) -> Vec<Complaint>) {
    let complaints: Vec<String> = law(&source::repository()).iter().map(ToString::to_string).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn modules_import_downwards_only() {
    holds(layers::imports);
}

#[test]
fn pure_modules_stay_pure() {
    holds(layers::purity);
}

#[test]
fn every_library_stays_in_the_module_that_owns_it() {
    holds(layers::homes);
}

#[test]
fn money_is_never_a_float() {
    holds(layers::floats);
}

#[test]
fn files_and_functions_stay_small() {
    holds(lengths::files);
    holds(lengths::median);
    holds(lengths::functions);
    for complaint in lengths::long_files(&source::repository()) {
        // Past the harness, which swallows what a passing test prints.
        let _ = writeln!(std::io::stderr(), "tidy: {complaint}");
    }
}

#[test]
fn no_source_file_is_dead() {
    holds(reach::dead_files);
}

#[test]
fn the_program_never_stops_at_a_surprise() {
    holds(words::stops);
}

#[test]
fn no_test_is_ignored() {
    holds(words::ignored_tests);
}

#[test]
fn no_file_knows_a_machine() {
    holds(words::machine_paths);
}

#[test]
fn what_is_left_to_do_has_a_reason() {
    holds(words::leftovers);
}

#[test]
fn every_folder_says_what_it_is() {
    holds(house::readmes);
    holds(house::titles);
}

#[test]
fn the_same_nouns_name_the_same_modules() {
    holds(house::nouns);
}
