//! `kvartal setup` on an empty server of its own: a centre is made, made again without harm, and its administrator's
//! one-time password is good for nothing but another password.

use std::path::Path;
use std::process::{Command, Output};

use kvartal::db::config::Address;
use kvartal::db::connect::connect;
use kvartal::db::error::DbError;

/// A server that ends with the test.
struct Server(tempfile::TempDir);

impl Server {
    fn start() -> (Self, String) {
        let server = Self(tempfile::tempdir().unwrap());
        let started = server.run(&["cluster", "start", "--fast", "--dir", &server.dir()], None);
        (server, started.0.lines().next_back().unwrap().to_owned())
    }

    fn dir(&self) -> String {
        self.0.path().join("server").display().to_string()
    }

    /// What is said on standard output, and how it ended.
    fn run(&self, words: &[&str], url: Option<&str>) -> (String, Output) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kvartal"));
        command.args(words).env_remove("KVARTAL_URL");
        if let Some(url) = url {
            command.env("KVARTAL_URL", url);
        }
        let output = command.output().unwrap();
        (String::from_utf8(output.stdout.clone()).unwrap(), output)
    }

    fn answers(&self, month: &str) -> String {
        let file = self.0.path().join("answers.toml");
        let text = format!(
            "centre = \"РКЦ «Пробный»\"\nfirst_month = \"{month}\"\nlogin = \"kv_boss\"\nfull_name = \"Ильина Анна\"\n"
        );
        std::fs::write(&file, text).unwrap();
        Path::display(&file).to_string()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.run(&["cluster", "remove", "--dir", &self.dir()], None);
    }
}

#[tokio::test]
async fn a_centre_is_made_once_and_says_what_is_missing() {
    let (server, root) = Server::start();
    let url = root.replace("/postgres", "/centre");

    let (said, refused) = server.run(&["setup", "--answers", &server.answers("2026-13")], Some(&url));
    assert_eq!((said.as_str(), refused.status.code()), ("", Some(1)), "nothing is made by half an answer");
    assert!(connect(&Address::parse(&url).unwrap(), "kvartal test").await.is_err(), "no database either");

    let answers = server.answers("2026-09");
    let (said, _) = server.run(&["setup", "--answers", &answers], Some(&url));
    for part in [
        "Создана база centre.",
        "Открыт первый месяц 2026-09.",
        "Description=Kvartal worker",
        "Нет ни одного дома",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let password = said.split("одноразовый пароль ").nth(1).unwrap().split(' ').next().unwrap();

    let (again, done) = server.run(&["setup", "--answers", &answers], Some(&url));
    assert!(done.status.success());
    for part in
        ["миграций применено 0", "Первый месяц 2026-09 уже открыт.", "kv_boss уже есть, пароль прежний"]
    {
        assert!(again.contains(part), "{part}: {again}");
    }
    let (later, _) = server.run(&["setup", "--answers", &server.answers("2026-10")], Some(&url));
    assert!(later.contains("Первый месяц уже есть, это 2026-09; 2026-10 не открывается."), "{later}");

    let boss = Address::parse(&url).unwrap().with_login("kv_boss", password);
    let client = connect(&boss, "kvartal test").await.unwrap();
    let operate = "select admin.operate(gen_random_uuid(), 'admin.user_add', '{}')";
    let refused = DbError::from(client.execute(operate, &[]).await.unwrap_err());
    assert_eq!(refused.code(), "KV001");
    assert!(refused.to_string().starts_with("Сначала смените пароль"), "{refused}");
}
