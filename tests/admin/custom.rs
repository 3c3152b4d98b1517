//! A centre's own templates: changed as docs/templates.md says, looked through before they count, used by the worker and the desk.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::common::{Office, people, village};

/// Runs the program as an administrator of the database.
fn kvartal(office: &Office, folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kvartal"))
        .args(arguments)
        .env("KVARTAL_URL", office.db.url(people::ADMIN))
        .env_remove("KVARTAL_DEV")
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(if output.status.success() { &output.stdout } else { &output.stderr })
        .into_owned()
}

const PATH: &str = "reports/passport/household.md";

async fn lines(office: &Office) -> String {
    let order = json!({ "paper": "household", "premises_id": 1011, "person_id": 61 });
    let id = office.passport.does("passport.paper_issue", order).await;
    office.settle().await;
    let opened = office.passport.query_one("select admin.document_open($1)", &[&id]).await.unwrap();
    opened.get::<_, Value>(0).to_string()
}

/// The change of docs/templates.md, "Изменить слова", by its own words.
#[tokio::test]
async fn a_template_changed_by_the_page_is_used_until_it_is_dropped() {
    let office = Office::of(village().await).await;
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| said(&kvartal(&office, home.path(), arguments));
    std::fs::create_dir_all(home.path().join("reports/passport")).unwrap();
    run(&["custom", "get", PATH, "--out", PATH]);
    let text = std::fs::read_to_string(home.path().join(PATH)).unwrap();
    let sentence = "Справка выдана для предъявления {{ purpose }}.\n";
    assert!(text.contains(sentence));
    let more = "\n<!-- left -->\nИсполнитель: {{ clerk | name }}, тел. {{ organisation.phone }}.\n";
    std::fs::write(home.path().join(PATH), text.replace(sentence, &format!("{sentence}{more}"))).unwrap();
    assert!(!lines(&office).await.contains("Исполнитель"));
    assert!(run(&["custom", "put", PATH]).starts_with("Положен reports/passport/household.md"));
    assert!(lines(&office).await.contains("Исполнитель: Проверкина Ия"));
    let told = run(&["custom", "diff", PATH]);
    assert!(
        told.contains(": Исполнитель: {{ clerk | name }}") && !told.lines().any(|line| line.starts_with('-')),
        "{told}"
    );
    assert_eq!(run(&["custom", "check"]), "Своих файлов проверено: 1, замечаний нет.\n");
    assert!(run(&["custom", "list"]).contains(PATH));
    run(&["custom", "drop", PATH]);
    assert!(!lines(&office).await.contains("Исполнитель"));
    assert_eq!(run(&["custom", "diff", PATH]), "reports/passport/household.md: действует встроенный.\n");
}

/// What is wrong is told by file and line, and nothing is put.
#[tokio::test]
async fn a_file_with_a_slip_is_not_put() {
    let office = Office::of(village().await).await;
    let home = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        std::fs::write(home.path().join("file"), text).unwrap();
        let output = kvartal(&office, home.path(), &["custom", "put", path, "--from", "file"]);
        assert!(!output.status.success(), "{output:?}");
        said(&output)
    };
    kvartal(&office, home.path(), &["custom", "get", PATH, "--out", "own"]);
    let text = std::fs::read_to_string(home.path().join("own")).unwrap();
    let told = put(PATH, &text.replace("{{ purpose }}", "{{ purpoze }}"));
    assert!(told.contains("passport/household.md:") && told.contains("purpoze"), "{told}");
    let told = put("screens/cards/search.toml", "[screen]\ntitel = \"Поиск\"\n");
    assert!(told.contains("cards/search.toml:2"), "{told}");
    assert!(put("src/main.rs", "fn main() {}").contains("не бывает"));
    assert_eq!(office.value::<i64>("select count(*) from admin_data.custom_file").await, 0);
}
