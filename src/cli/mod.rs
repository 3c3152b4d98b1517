//! The command line: one file a subcommand. A subcommand is a struct of arguments and a `run` that returns
//! nothing or a [`CliError`]; what it has to say goes through [`console`], why it refused is the error's
//! sentence, and only this file turns either into bytes and an exit code.
//!
//! To add one: a file with `Args` and `run`, a line in [`Command`], a line in `dispatch`.

pub mod brought;
pub mod calc;
pub mod cluster;
pub mod console;
pub mod control;
pub mod custom;
pub mod database;
pub mod demo;
pub mod desk;
mod difference;
pub mod document;
pub mod error;
pub mod explain;
pub mod file;
pub mod import;
pub mod invoice;
pub mod job;
pub mod journal;
pub mod keytest;
mod log;
pub mod manual;
pub mod migrate;
pub mod month;
pub mod op;
pub mod penalty;
pub mod print_run;
pub mod screen;
pub mod setup;
pub mod template;
pub mod undo;
mod usage;
pub mod what_if;
pub mod worker;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::CliError;

/// Квартал: рабочее место расчётного центра жилищно-коммунальных услуг.
#[derive(Debug, Parser)]
#[command(name = "kvartal", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    desk: desk::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    Desk(desk::Args),
    Setup(setup::Args),
    Migrate(migrate::Args),
    Worker(worker::Args),
    Op(op::Args),
    Undo(undo::Args),
    Journal(journal::Args),
    Job(job::Args),
    Charge(month::Charge),
    Control(control::Args),
    Release(month::Release),
    Seal(month::Seal),
    Explain(explain::Args),
    Penalty(penalty::Args),
    WhatIf(what_if::Args),
    Calc(calc::Args),
    Invoice(invoice::Args),
    PrintRun(print_run::Args),
    Document(document::Args),
    Import(import::Args),
    Demo(demo::Args),
    Screen(screen::Args),
    Template(template::Args),
    Custom(custom::Args),
    #[command(hide = true)]
    Cluster(cluster::Args),
    #[command(hide = true)]
    Keytest(keytest::Args),
    #[command(hide = true)]
    Manual(manual::Args),
}

/// Reads the arguments, does what they say, and answers with the exit code: 0 done, 1 refused, 2 wrong
/// arguments, 3 the database is not available, 130 interrupted.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match parse(arguments).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, CliError> {
    let matches = usage::in_russian(Cli::command()).try_get_matches_from(arguments);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map(|cli| cli.command.unwrap_or(Command::Desk(cli.desk))).map_err(|error| usage::explain(&error))
}

fn run(command: Command) -> Result<(), CliError> {
    // A workstation waits most of the time: one thread and a small one for the keys are enough, and the log is never the screen.
    let runtime = if matches!(command, Command::Desk(_)) {
        log::start_beside_a_screen();
        tokio::runtime::Builder::new_current_thread().enable_all().build()?
    } else {
        log::start();
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?
    };
    let done = runtime.block_on(async {
        // Dropping the work drops its session: the server rolls back what was not committed.
        tokio::select! {
            done = dispatch(command) => done,
            _ = tokio::signal::ctrl_c() => Err(CliError::Interrupted),
        }
    });
    // A read of standard input that nobody will answer must not hold the exit.
    runtime.shutdown_background();
    done
}

async fn dispatch(command: Command) -> Result<(), CliError> {
    match command {
        Command::Desk(args) => desk::run(&args).await,
        Command::Setup(args) => setup::run(&args).await,
        Command::Migrate(args) => migrate::run(&args).await,
        Command::Worker(args) => worker::run(&args).await,
        Command::Op(args) => op::run(&args).await,
        Command::Undo(args) => undo::run(&args).await,
        Command::Journal(args) => journal::run(&args).await,
        Command::Job(args) => job::run(&args).await,
        Command::Charge(args) => month::charge(&args).await,
        Command::Control(args) => control::run(&args).await,
        Command::Release(args) => month::release(&args).await,
        Command::Seal(args) => month::seal(&args).await,
        Command::Document(args) => document::run(&args).await,
        Command::Custom(args) => custom::run(&args).await,
        Command::Import(args) => import::run(&args).await,
        Command::Invoice(args) => invoice::run(&args).await,
        Command::PrintRun(args) => print_run::run(&args).await,
        Command::Explain(args) => explain::run(&args).await,
        Command::Penalty(args) => penalty::run(&args).await,
        Command::WhatIf(args) => what_if::run(&args).await,
        Command::Calc(args) => calc::run(&args),
        Command::Demo(args) => demo::run(&args).await,
        Command::Screen(args) => screen::run(&args).await,
        Command::Template(args) => template::run(&args),
        Command::Cluster(args) => cluster::run(&args),
        Command::Keytest(args) => keytest::run(&args).await,
        Command::Manual(args) => manual::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(line: &str) -> CliError {
        parse(line.split_whitespace().map(OsString::from)).expect_err("the line must be refused")
    }

    #[test]
    fn a_subcommand_is_read() {
        let line = "kvartal cluster stop --dir somewhere";
        assert!(matches!(parse(line.split_whitespace().map(OsString::from)), Ok(Command::Cluster(_))));
    }

    #[test]
    fn a_misspelt_word_is_answered_with_the_nearest() {
        let told = refusal("kvartal cluster start --dirr x");
        assert_eq!(told.exit_code(), 2);
        assert!(told.to_string().contains("«--dirr»") && told.to_string().contains("«--dir»"), "{told}");
        let told = refusal("kvartal clustre");
        assert!(told.to_string().contains("«clustre»") && told.to_string().contains("cluster»"), "{told}");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(refusal("kvartal cluster start").to_string().contains("--dir"));
        let alone = parse(["kvartal"].map(OsString::from));
        assert!(matches!(alone, Ok(Command::Desk(_))));
    }

    #[test]
    fn help_is_an_answer_not_a_failure() {
        assert_eq!(refusal("kvartal --help").exit_code(), 0);
        assert_eq!(refusal("kvartal --version").to_string(), concat!("kvartal ", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn no_help_page_speaks_english() {
        let mut pages = vec![usage::in_russian(Cli::command())];
        while let Some(mut page) = pages.pop() {
            let text = usage::help(&page.render_long_help().to_string());
            for word in ["Usage", "Options", "OPTIONS", "Commands", "Arguments", "Print", "default:", "env:"]
            {
                assert!(!text.contains(word), "«{word}» in the help of {}:\n{text}", page.get_name());
            }
            let russian = |text: String| text.chars().any(|letter| ('а'..='я').contains(&letter));
            let about = page.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(russian(about), "{} is not described", page.get_name());
            for argument in page.get_arguments() {
                let told = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(russian(told), "{} of {} is not described", argument.get_id(), page.get_name());
            }
            pages.extend(page.get_subcommands().cloned());
        }
    }
}
