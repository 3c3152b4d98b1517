//! `kvartal keytest --plain`: a line for every key that is pressed, and the setting of the terminal to change
//! when it comes from a mode that loses keys. Not in the help: the workstation opens it, or a manual names it.

use std::io::{IsTerminal, stdin};

use super::{CliError, console};
use crate::keymap::{Bytes, Decoded, Key, RULER, Terminals, one_line};
use crate::locale::{Value, Words};
use crate::term::{Abilities, Guard, Inputs, Mode, Seen};

/// What to show of the keys.
#[derive(Debug, clap::Args)]
#[command(about = "Проверка клавиш терминала")]
pub struct Args {
    /// Печатать по строке на клавишу, без экрана
    #[arg(long, required = true)]
    plain: bool,
}

/// Shows keys until Ctrl+C, or until there are no more.
///
/// # Errors
/// The terminal cannot be used.
pub async fn run(args: &Args) -> Result<(), CliError> {
    debug_assert!(args.plain, "the argument is required");
    let abilities = Abilities::of_environment().map_err(CliError::refused)?;
    let words = Words::of(abilities.lang);
    // Keys from a file are decoded as well: what a terminal sent can be sent to us.
    let guard =
        if stdin().is_terminal() { Some(Guard::enter(Mode::Keys).map_err(CliError::refused)?) } else { None };
    let say = |text: &str| match guard {
        // In raw mode a line end does not return the cursor.
        Some(_) => text.lines().try_for_each(|line| console::line(format_args!("{line}\r"))),
        None => console::line(text),
    };
    let mut inputs = Inputs::open(abilities.pauses)?;
    say(&words.text("key-test-begin"))?;
    RULER.iter().try_for_each(|row| say(row))?;
    say(&words.text("key-test-ruler"))?;
    loop {
        match inputs.next_seen().await {
            Seen::Hangup => return Ok(()),
            Seen::Resize(columns, rows) => say(&format!("{columns}x{rows}"))?,
            Seen::Decoded(Decoded::Key(Key::Ctrl('c'), _)) => return Ok(()),
            Seen::Decoded(decoded) => {
                describe(&decoded, &abilities, words).iter().try_for_each(|line| say(line))?;
            }
        }
    }
}

/// The lines about one key: what it is, by which bytes, and what to change.
fn describe(decoded: &Decoded, abilities: &Abilities, words: &Words) -> Vec<String> {
    let (told, bytes) = match decoded {
        Decoded::Paste(text) => {
            let text = one_line(text);
            return vec![words.with("key-paste", &[("text", Value::from(text.as_str()))])];
        }
        Decoded::Unknown(bytes) => (format!("? {bytes}  {}", words.text("key-unknown")), bytes),
        Decoded::Key(key, bytes) if is_late(*key, bytes) => {
            (format!("{key} {bytes}  {}", words.text("key-late")), bytes)
        }
        Decoded::Key(key, bytes) => (format!("{key} {bytes}"), bytes),
    };
    let bad = Terminals::known().known_bad(&bytes.0);
    let advice = bad.and_then(|mode| Some((mode.name.as_str(), mode.advice(abilities.lang)?)));
    let advice = advice.map(|(mode, advice)| {
        words.with("key-test-setting", &[("mode", mode.into()), ("advice", advice.into())])
    });
    [told].into_iter().chain(advice).collect()
}

/// A key whose Esc went ahead and was given out already.
fn is_late(key: Key, bytes: &Bytes) -> bool {
    bytes.0.len() > 1 && bytes.0[0] != 0x1b && !matches!(key, Key::Char(_))
}
