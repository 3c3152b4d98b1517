//! The manual is what the program says, and whole.

use kvartal::cli::manual::text;
use kvartal::keymap::{Command, Context, Keymap};
use kvartal::locale::{Lang, Words};

/// After a change of commands or keys: `kvartal manual > docs/manual.md`.
#[test]
fn the_manual_is_what_the_program_prints() {
    let written = include_str!("../../docs/manual.md");
    assert!(written == text(Lang::Ru), "run: kvartal manual > docs/manual.md");
}

#[test]
fn the_manual_names_every_command_and_every_key() {
    for lang in Lang::ALL {
        let (text, words) = (text(lang), Words::of(lang));
        assert!(!text.contains('⟨'), "a word is missing");
        for command in Command::ALL {
            assert!(text.contains(&command.title(words)), "{lang:?}: {}", command.name());
            for context in Context::ALL {
                for keys in Keymap::builtin().keys_of(context, *command) {
                    let key = format!(" {}", keys.key);
                    assert!(text.contains(&key), "{lang:?}: {keys} of {}", command.name());
                }
            }
        }
    }
}
