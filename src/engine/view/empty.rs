//! What an empty list says: that there is nothing, and how rows come, as far as they can come now.

use crate::engine::desk::Desk;
use crate::engine::sentence::sentences;
use crate::keymap::{Command, Context, Key};

/// The sentence of an empty list without those that name a key which does nothing now: a day of the past is not written into, and
/// another job's rows are made by others.
pub(super) fn told(desk: &Desk, text: &str) -> String {
    let all = sentences(text);
    let kept = all.iter().enumerate().filter(|(at, sentence)| *at == 0 || leads_on(desk, sentence));
    kept.map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" ")
}

fn leads_on(desk: &Desk, sentence: &str) -> bool {
    let mut second = false;
    keys(sentence).into_iter().all(|key| {
        let command = desk.config.keymap.command(Context::List, second, key);
        second = command == Some(Command::More);
        command.is_none_or(|command| may_be_of_use(desk, command))
    })
}

/// A key that does nothing here is told of another screen: only in the past it is sure to do nothing there either.
fn may_be_of_use(desk: &Desk, command: Command) -> bool {
    let changes =
        matches!(command, Command::Save | Command::New | Command::Delete | Command::Print | Command::More);
    match desk.action_on(command) {
        Some((window, action)) => desk.why_not_action(window, action).is_none(),
        None => !(changes && desk.is_past()),
    }
}

/// The function keys a sentence names.
fn keys(sentence: &str) -> Vec<Key> {
    let words = sentence.split(|letter: char| !letter.is_alphanumeric());
    words.filter_map(|word| word.strip_prefix('F')?.parse().ok().map(Key::F)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_among_words() {
        assert_eq!(keys("Печатают: F9 F6. Форма F, код F12x."), [Key::F(9), Key::F(6)]);
    }
}
