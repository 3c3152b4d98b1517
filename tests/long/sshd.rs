//! A server of secure shells on the loopback: its own configuration, keys and port, as the user who runs the test.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::common::PATIENCE;
use crate::term::pty::Desk;

/// Where the system keeps the server's program.
const PROGRAM: &str = "/usr/sbin/sshd";

/// The server, gone when this is dropped.
pub struct Sshd {
    server: Child,
    port: u16,
    user: String,
    folder: TempDir,
}

impl Sshd {
    /// Starts the server; whoever logs in gets the workstation, with these variables, and nothing else.
    pub fn of_workstation(variables: &[(&str, &str)]) -> Self {
        assert!(Path::new(PROGRAM).exists(), "no {PROGRAM}: bin/test --long installs it");
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for key in ["host", "operator"] {
            run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)));
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let public = |key: &str| fs::read_to_string(at(key).with_extension("pub")).unwrap();
        fs::write(at("known"), format!("[127.0.0.1]:{port} {}", public("host"))).unwrap();
        let desk = at("desk");
        fs::write(&desk, script(variables, &at("pid"))).unwrap();
        fs::set_permissions(&desk, fs::Permissions::from_mode(0o700)).unwrap();
        let key = format!("restrict,pty,command=\"{}\" {}", desk.display(), public("operator"));
        fs::write(at("authorized"), key).unwrap();
        let config = at("config");
        fs::write(&config, configuration(port, folder.path())).unwrap();
        run(Command::new(PROGRAM).arg("-t").arg("-f").arg(&config));
        let mut server = Command::new(PROGRAM);
        server.arg("-D").arg("-f").arg(&config).arg("-E").arg(at("log"));
        let server = server.spawn().unwrap();
        let user = Command::new("id").arg("-un").output().unwrap().stdout;
        let sshd = Self { server, port, user: String::from_utf8(user).unwrap().trim().to_owned(), folder };
        sshd.listens();
        sshd
    }

    fn listens(&self) {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(started.elapsed() < PATIENCE, "sshd does not listen: {}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What the server has written.
    pub fn log(&self) -> String {
        fs::read_to_string(self.at("log")).unwrap_or_default()
    }

    /// A terminal with a client of the server in it.
    pub fn client(&self) -> Desk {
        let mut ssh = CommandBuilder::new("ssh");
        ssh.env_clear();
        ssh.env("TERM", "xterm");
        ssh.env("PATH", "/usr/bin:/bin");
        let known = format!("UserKnownHostsFile={}", self.at("known").display());
        for option in [known.as_str(), "StrictHostKeyChecking=yes", "IdentitiesOnly=yes", "EscapeChar=none"] {
            ssh.args(["-o", option]);
        }
        ssh.args(["-F", "none", "-q", "-tt", "-i"]);
        ssh.arg(self.at("operator"));
        ssh.args(["-p", &self.port.to_string(), &format!("{}@127.0.0.1", self.user)]);
        Desk::of(ssh)
    }

    /// The process of the workstation that was started last.
    pub fn workstation(&self) -> String {
        fs::read_to_string(self.at("pid")).unwrap().trim().to_owned()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Sends a signal to a process, by the name `kill` knows it by.
pub fn signal(id: &str, signal: &str) {
    run(Command::new("kill").args([signal, id]));
}

fn script(variables: &[(&str, &str)], id: &Path) -> String {
    let export = |(name, value): &(&str, &str)| format!("export {name}='{value}'\n");
    let exports: String = variables.iter().map(export).collect();
    let (id, program) = (id.display(), env!("CARGO_BIN_EXE_kvartal"));
    format!("#!/bin/sh\n{exports}echo $$ > '{id}'\nexec '{program}'\n")
}

fn configuration(port: u16, folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nPidFile {folder}/sshd.pid\n\
         AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n\
         KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nPrintMotd no\nPrintLastLog no\n\
         MaxStartups 200\n"
    )
}

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}
