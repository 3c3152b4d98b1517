//! A pseudo-terminal with the program in it: a person who types bytes and reads what is shown.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than anything here may take: waiting for a sight ends there, and the test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, its terminal, and what it has shown so far.
pub struct Desk {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    shown: Receiver<Vec<u8>>,
    seen: String,
    picture: vt100::Parser,
    blind: Arc<AtomicBool>,
}

impl Desk {
    /// Starts the program with arguments and variables of its own.
    pub fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kvartal"));
        command.args(arguments);
        command.env_clear();
        for (name, value) in [("LANG", "C.UTF-8"), ("TERM", "xterm"), ("KVARTAL_LANG", "en")] {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::of(command)
    }

    /// Starts any command in a terminal of 80×24.
    pub fn of(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, shown) = channel();
        let blind = Arc::new(AtomicBool::new(false));
        let looks_away = Arc::clone(&blind);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if looks_away.load(Ordering::SeqCst) || sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keyboard = Some(pair.master.take_writer().unwrap());
        let picture = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        Self { child, master: Some(pair.master), keyboard, shown, seen: String::new(), picture, blind }
    }

    /// Sends bytes, as one piece.
    pub fn send(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().expect("the line is cut");
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits until a text has been shown, and takes everything up to its end off what was seen.
    pub fn wait_for(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.seen.find(text) {
                let rest = self.seen.split_off(at + text.len());
                return std::mem::replace(&mut self.seen, rest);
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.takes(&bytes),
                Err(_) => panic!("«{text}» was never shown, but: {:?}", self.seen),
            }
        }
    }

    fn takes(&mut self, bytes: &[u8]) {
        self.seen.push_str(&String::from_utf8_lossy(bytes));
        self.picture.process(bytes);
    }

    /// Waits until a text stands on the screen, however it came there.
    pub fn sees(&mut self, text: &str) {
        self.sees_one_of(&[text]);
    }

    /// Waits until one of the texts stands on the screen; answers with its place among them.
    pub fn sees_one_of(&mut self, texts: &[&str]) -> usize {
        loop {
            let sight = self.picture.screen().contents();
            if let Some(found) = texts.iter().position(|text| sight.contains(text)) {
                return found;
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.takes(&bytes),
                Err(_) => panic!("none of {texts:?} is shown, but:\n{sight}"),
            }
        }
    }

    /// Waits until a text stands on the screen no more.
    pub fn sees_no_more(&mut self, text: &str) {
        while self.picture.screen().contents().contains(text) {
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.takes(&bytes),
                Err(_) => panic!("«{text}» stays:\n{}", self.picture.screen().contents()),
            }
        }
    }

    /// Answers a question that is shown, and waits until it is gone. A key that comes in the very moment in which its question is
    /// painted is held by the program and said to be; then it is pressed again, as anybody would.
    pub fn answers(&mut self, question: &str, answer: char) {
        let held = format!("{answer}»");
        let mut sends = 1;
        self.send(&[answer as u8]);
        loop {
            let sight = self.picture.screen().contents();
            if !sight.contains(question) {
                return;
            }
            if sends == 1 && sight.contains("Не выполнено клавиш") && sight.contains(&held) {
                sends += 1;
                self.send(&[answer as u8]);
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.takes(&bytes),
                Err(_) => panic!("«{question}» is not answered by {answer}:\n{sight}"),
            }
        }
    }

    /// What the screen shows by now.
    pub fn looks(&mut self) -> String {
        while let Ok(bytes) = self.shown.try_recv() {
            self.takes(&bytes);
        }
        self.picture.screen().contents()
    }

    /// Whether any cell has a colour.
    pub fn is_coloured(&mut self) -> bool {
        self.looks();
        let screen = self.picture.screen();
        let cells =
            (0..24_u16).flat_map(|row| (0..80_u16).filter_map(move |column| screen.cell(row, column)));
        cells.into_iter().any(|cell| [cell.fgcolor(), cell.bgcolor()] != [vt100::Color::Default; 2])
    }

    /// The program is killed, as by `kill -9`.
    pub fn kill(mut self) {
        self.signal("-KILL");
        self.child.wait().unwrap();
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().expect("the line is cut").resize(size).unwrap();
    }

    /// The system tells the program that its line is gone.
    pub fn hang_up(&self) {
        self.signal("-HUP");
    }

    /// Sends a signal, by the name `kill` knows it by.
    pub fn signal(&self, signal: &str) {
        let id = self.child.process_id().expect("the program has ended").to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// The line goes away. The reader holds it too, and lets go at the next sight: another size makes one.
    pub fn cut(&mut self) {
        self.blind.store(true, Ordering::SeqCst);
        self.resize(81, 24);
        self.keyboard = None;
        self.master = None;
    }

    /// Everything shown until the end of the program, and its exit code.
    pub fn finish(mut self) -> (String, u32) {
        let code = self.child.wait().unwrap().exit_code();
        drop((self.keyboard.take(), self.master.take()));
        while let Ok(bytes) = self.shown.recv_timeout(PATIENCE) {
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        (std::mem::take(&mut self.seen), code)
    }
}
