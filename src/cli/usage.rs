//! The help pages and refusals of the argument parser, in Russian: the parser itself speaks English only.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::CliError;

const PAGE: &str = "{about-section}\nИспользование: {usage}\n\n{all-args}{after-help}";

/// Gives a command and all below it Russian headings. The parser's own notes (defaults, variables, possible
/// values) are switched off, so the text of an argument must say these things itself.
pub(super) fn in_russian(command: Command) -> Command {
    let version = command.get_version().is_some();
    let mut command = command
        .help_template(PAGE)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading("Команды")
        .subcommand_value_name("КОМАНДА")
        .arg(flag("help", 'h', ArgAction::Help, "Показать эту справку"));
    if version {
        command = command.arg(flag("version", 'V', ArgAction::Version, "Показать версию программы"));
    }
    command
        .mut_args(|arg| {
            let takes_value = arg.get_action().takes_values();
            let arg =
                arg.hide_default_value(takes_value).hide_env(takes_value).hide_possible_values(takes_value);
            if arg.get_help_heading().is_none() { arg.help_heading("Параметры") } else { arg }
        })
        .mut_subcommands(in_russian)
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help)
}

/// A help page without the one English word its template cannot reach.
pub(super) fn help(page: &str) -> String {
    page.replace("[OPTIONS]", "[ПАРАМЕТРЫ]").trim_end().to_owned()
}

/// What the parser found, as a sentence.
pub(super) fn explain(error: &clap::Error) -> CliError {
    let page = || help(&error.render().to_string());
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => CliError::Answer(page()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => CliError::Incomplete(page()),
        _ => CliError::Usage(sentence(error)),
    }
}

fn sentence(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let (told, nearest) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (format!("Параметр «{argument}» неизвестен"), context(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            (format!("Команды «{name}» нет"), context(error, ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => ("Не указана команда".to_owned(), String::new()),
        ErrorKind::MissingRequiredArgument => (format!("Не указано: {argument}"), String::new()),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            (format!("«{argument}» нельзя указать вместе с «{other}»"), String::new())
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("Для «{argument}» не указано значение"), String::new())
        }
        ErrorKind::InvalidValue => {
            let allowed = context(error, ContextKind::ValidValue);
            let nearest = context(error, ContextKind::SuggestedValue);
            (format!("Значение «{value}» для «{argument}» не подходит, допустимы: {allowed}"), nearest)
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map(ToString::to_string).filter(|reason| is_russian(reason));
            let reason =
                reason.map(|reason| format!(" ({})", reason.trim_end_matches('.'))).unwrap_or_default();
            (format!("Значение «{value}» для «{argument}» не подходит{reason}"), String::new())
        }
        _ => ("Команда записана неверно".to_owned(), String::new()),
    };
    let nearest = if nearest.is_empty() {
        nearest
    } else {
        format!("; возможно, имелось в виду «{nearest}»")
    };
    format!("{told}{nearest}. Справка: добавьте --help.")
}

/// The words of our own value parsers are worth passing on; those of the standard library are English.
fn is_russian(text: &str) -> bool {
    text.chars().any(|letter| ('а'..='я').contains(&letter))
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(arguments: &[&str]) -> String {
        let month = |text: &str| {
            if text.len() == 7 {
                Ok(text.to_owned())
            } else {
                Err("месяц пишется как ГГГГ-ММ.".to_owned())
            }
        };
        let command = Command::new("kvartal")
            .arg(Arg::new("month").long("month").value_parser(month))
            .arg(Arg::new("house").long("house").value_parser(clap::value_parser!(u32)))
            .arg(Arg::new("as").long("as").value_parser(["text", "json"]).conflicts_with("house"));
        sentence(&in_russian(command).try_get_matches_from(arguments).expect_err("must be refused"))
    }

    #[test]
    fn every_refusal_names_the_argument_and_the_reason() {
        for (arguments, expected) in [
            (
                vec!["kvartal", "--month", "26"],
                "Значение «26» для «--month <month>» не подходит (месяц пишется как ГГГГ-ММ).",
            ),
            (vec!["kvartal", "--house", "six"], "Значение «six» для «--house <house>» не подходит."),
            (vec!["kvartal", "--house"], "Для «--house <house>» не указано значение."),
            (
                vec!["kvartal", "--as", "jsn"],
                "Значение «jsn» для «--as <as>» не подходит, допустимы: text, json; возможно, имелось в виду «json».",
            ),
            (
                vec!["kvartal", "--as", "json", "--house", "6"],
                "«--as <as>» нельзя указать вместе с «--house <house>».",
            ),
            (vec!["kvartal", "extra"], "Параметр «extra» неизвестен."),
        ] {
            assert_eq!(told(&arguments), format!("{expected} Справка: добавьте --help."));
        }
    }
}
