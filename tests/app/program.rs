//! The real program in a pseudo-terminal: somebody logs in, the line goes, the record stays.

use crate::common::{Db, people, until};
use crate::term::pty::Desk;

#[tokio::test]
async fn the_program_logs_in_and_keeps_the_record_when_the_line_goes() {
    let db = Db::fresh().await;
    let home = tempfile::tempdir().unwrap();
    let url = db.url(people::ACCOUNTANT);
    let log = home.path().join("log");
    let variables = [
        ("KVARTAL_URL", url.as_str()),
        ("HOME", home.path().to_str().unwrap()),
        ("KVARTAL_LANG", "ru"),
        ("KVARTAL_LOG_FILE", log.to_str().unwrap()),
    ];
    let mut desk = Desk::start(&[], &variables);
    desk.wait_for("Логин");
    desk.send(people::ACCOUNTANT.as_bytes());
    desk.send(b"\r");
    desk.send(people::PASSWORD.as_bytes());
    desk.send(b"\r");
    desk.wait_for("Меню");
    let root = db.root().await;
    let begun = "select exists (select from admin_data.session)";
    until("a session is begun", async || root.query_one(begun, &[]).await.unwrap().get(0)).await;
    desk.hang_up();
    let (_, code) = desk.finish();
    assert_eq!(code, 0);
    let kept = "select resume is not null and ended_at is null from admin_data.session";
    assert!(root.query_one(kept, &[]).await.unwrap().get::<_, bool>(0), "nothing was kept");
}

#[test]
fn what_is_no_terminal_is_refused_with_a_sentence() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_kvartal"))
        .args(["--url", "postgresql://127.0.0.1:1/none"])
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(said.stdout.is_empty());
    assert!(String::from_utf8_lossy(&said.stderr).contains("терминал"), "{said:?}");
}
