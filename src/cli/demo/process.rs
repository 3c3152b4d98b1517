//! Processes that outlive a command, remembered in a file.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// A process, told from a stranger with the same number by the moment it began (in ticks since the machine did).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    began: u64,
}

impl Process {
    /// The living process with a number; one that has ended and is only not yet buried does not live.
    pub(super) fn living(id: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        Self::parse(id, &text)
    }

    /// The name of the program stands in brackets and may hold anything; the state follows it, the beginning is the
    /// twentieth value from there.
    fn parse(id: u32, stat: &str) -> Option<Self> {
        let (_, values) = stat.rsplit_once(')')?;
        let mut values = values.split_whitespace();
        if matches!(values.next()?, "Z" | "X") {
            return None;
        }
        Some(Self { id, began: values.nth(18)?.parse().ok()? })
    }

    pub(super) fn lives(self) -> bool {
        Self::living(self.id) == Some(self)
    }

    /// The process remembered in a file, if it still lives.
    pub(super) fn remembered(file: &Path) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let (id, began) = text.trim().split_once(' ')?;
        let process = Self { id: id.parse().ok()?, began: began.parse().ok()? };
        process.lives().then_some(process)
    }

    pub(super) fn remember(self, file: &Path) -> io::Result<()> {
        fs::write(file, format!("{} {}\n", self.id, self.began))
    }

    /// Sends a signal by its name: `TERM` asks, `KILL` does not.
    pub(super) fn signal(self, name: &str) -> io::Result<()> {
        let mut kill = Command::new("/bin/sh");
        kill.args(["-c", "kill -s \"$0\" \"$1\"", name, &self.id.to_string()]);
        kill.output().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_may_have_brackets_in_its_name() {
        let stat = "7 (a) Z b) S 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1";
        assert_eq!(Process::parse(7, stat), Some(Process { id: 7, began: 4711 }));
        assert_eq!(Process::parse(7, &stat.replace(" S ", " Z ")), None);
    }

    #[test]
    fn a_stranger_with_the_same_number_is_not_it() {
        let own = Process::living(std::process::id()).unwrap();
        assert!(own.lives());
        assert!(!Process { began: own.began + 1, ..own }.lives());
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("pid");
        own.remember(&file).unwrap();
        assert_eq!(Process::remembered(&file), Some(own));
    }
}
