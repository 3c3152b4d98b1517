//! A workstation whose screens and database disagree, and screens that change while it runs.

use std::fs::{self, FileTimes};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use kvartal::app::hands::Hands;
use kvartal::app::library::Library;
use kvartal::app::outbox::Folders;
use kvartal::app::play::Player;
use kvartal::db::desk::session::Place;
use kvartal::locale::Lang;
use tokio::task::LocalSet;

use crate::common::{Db, people, village};

/// Somebody logged in, with the screens of the program.
async fn seated(db: &Db, lang: Lang) -> Player {
    let mut player = at_the_door(db, lang).await;
    player.log_in(people::ACCOUNTANT, people::PASSWORD).await.unwrap();
    player
}

/// The workstation before anybody is logged in.
async fn at_the_door(db: &Db, lang: Lang) -> Player {
    let root = db.root().await;
    root.execute("update admin_data.operator set must_change_password = false", &[]).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let library = Rc::new(Library::of(None, lang));
    let hands = Hands::new(db.root_address(), Place::default(), Folders::below(home.path()));
    let hands = hands.with_library(Rc::clone(&library), Duration::from_secs(3600));
    Player::new(hands, &library, lang, (80, 24))
}

async fn open(player: &mut Player, code: &str) -> String {
    player.press("F9").await.unwrap();
    player.write(code).await.unwrap();
    player.press("Enter").await.unwrap();
    player.canvas().text()
}

#[tokio::test]
async fn a_view_that_lost_a_column_marks_its_field_and_the_rest_is_of_use() {
    let work = async {
        let db = village().await;
        let lose = "alter view cards.account_head rename column holder to payer_name";
        db.root().await.batch_execute(lose).await.unwrap();
        let mut player = seated(&db, Lang::Ru).await;
        let text = open(&mut player, "210 41001").await;
        assert!(text.contains("Платит  ! в cards.account_head нет"), "{text}");
        assert!(text.contains("210 Счёт 41001") && text.contains("[Начисления"), "{text}");
        assert!(!player.desk().message.is_refusal, "{text}");
        // The rest answers keys: the next tab is read.
        player.press("F6").await.unwrap();
        assert!(!player.desk().message.is_refusal, "{}", player.canvas().text());
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The server speaks Russian; what it refuses is told in the words of the workstation.
#[tokio::test]
async fn a_refusal_of_the_database_is_told_in_english() {
    let work = async {
        let db = village().await;
        let mut player = at_the_door(&db, Lang::En).await;
        player.write(people::ACCOUNTANT).await.unwrap();
        player.press("Enter").await.unwrap();
        player.write("wrong").await.unwrap();
        player.press("Enter").await.unwrap();
        let refused = player.canvas().text();
        assert!(refused.contains("or its password is wrong: check both"), "{refused}");
    };
    LocalSet::new().run_until(work).await;
}

/// Whoever cannot read the words of the house changes them before the login, whatever was chosen at another desk; 980 is above both.
#[tokio::test]
async fn the_language_is_changed_at_the_login() {
    let work = async {
        let db = village().await;
        let choice = "insert into admin_data.operator_setting (login, name, value) values ($1, 'lang', 'ru')";
        db.root().await.execute(choice, &[&people::ACCOUNTANT]).await.unwrap();
        let mut player = at_the_door(&db, Lang::Ru).await;
        assert!(player.canvas().text().contains("Вход в программу"), "{}", player.canvas().text());
        let english = open(&mut player, "English").await;
        assert!(english.contains("Log in") && english.contains("1Help"), "{english}");
        player.log_in(people::ACCOUNTANT, people::PASSWORD).await.unwrap();
        let menu = player.canvas().text();
        assert!(menu.contains("Search for an account") && menu.contains("1Help"), "{menu}");
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn a_terminal_that_speaks_english_is_answered_in_english() {
    let work = async {
        let db = village().await;
        let mut player = seated(&db, Lang::En).await;
        let menu = player.canvas().text();
        assert!(menu.contains("Search for an account") && !menu.contains("Найти счёт"), "{menu}");
        assert!(open(&mut player, "310").await.contains("1Help"));
        player.leave().await;
        // What the operator chose goes before what the terminal asks for.
        let choice = "insert into admin_data.operator_setting (login, name, value) values ($1, 'lang', 'ru')";
        db.root().await.execute(choice, &[&people::ACCOUNTANT]).await.unwrap();
        let player = seated(&db, Lang::En).await;
        let menu = player.canvas().text();
        assert!(menu.contains("Найти счёт") && menu.contains("1Помощь"), "{menu}");
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn settings_hold_at_once_and_wait_for_the_next_login() {
    let work = async {
        let db = village().await;
        let mut player = seated(&db, Lang::Ru).await;
        let text = open(&mut player, "980").await;
        assert!(text.contains("Настройки рабочего места"), "{text}");
        player.press("F4 Down Down Enter F2").await.unwrap();
        assert!(!player.desk().message.is_refusal, "{}", player.canvas().text());
        let text = player.canvas().text();
        assert!(text.contains("Settings of the workstation") && text.contains("1Help"), "{text}");
        player.press("F10").await.unwrap();
        let menu = player.canvas().text();
        assert!(menu.contains("Search for an account") && !menu.contains("Найти счёт"), "{menu}");
        player.leave().await;
        let player = seated(&db, Lang::Ru).await;
        let menu = player.canvas().text();
        assert!(menu.contains("Search for an account") && menu.contains("1Help"), "{menu}");
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn the_last_page_of_help_tells_where_a_value_comes_from() {
    let work = async {
        let db = village().await;
        let mut player = seated(&db, Lang::Ru).await;
        open(&mut player, "210 41001").await;
        player.press("F1 F1 F1 F1").await.unwrap();
        let text = player.canvas().text();
        for part in ["billing.charge_list", "ms,"] {
            assert!(text.contains(part), "«{part}» in\n{text}");
        }
        player.press("Esc").await.unwrap();
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Saves a file as if later than before, whatever the clock of the disk can tell apart.
fn save(path: &Path, text: &str, at: u64) {
    fs::write(path, text).unwrap();
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
    fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_times(FileTimes::new().set_modified(moment))
        .unwrap();
}

#[test]
fn a_screen_saved_anew_is_shown_anew() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("screens/cards");
    fs::create_dir_all(&place).unwrap();
    let library = Library::of(Some(folder.path().to_owned()), Lang::Ru);
    assert!(library.is_live() && !library.is_saved_anew());
    let screen = |title: &str| {
        format!(
            "[screen]\ncode = \"777\"\ntitle = \"{title}\"\nhelp = \"Проба.\"\n[picture]\nhead = '''\nПроба\n'''\n"
        )
    };
    for (at, title) in [(1, "Первый"), (2, "Второй")] {
        save(&place.join("new_card.toml"), &screen(title), at);
        assert!(library.is_saved_anew(), "{title}");
        assert!(!library.is_saved_anew());
        let screens = library.screens();
        assert_eq!(library.wrong(), None);
        let shown = screens.get("cards/new_card").map(|screen| format!("{:?}", screen.title));
        assert!(shown.as_ref().is_some_and(|shown| shown.contains(title)), "{shown:?}");
    }
    // A bad file takes nobody else away.
    save(&place.join("new_card.toml"), "[screen", 3);
    assert!(library.is_saved_anew());
    assert!(library.screens().contains_key("cards/account_card"));
    assert!(
        library.wrong().is_some_and(|told| told.starts_with("cards/new_card.toml:1:")),
        "{:?}",
        library.wrong()
    );
}
