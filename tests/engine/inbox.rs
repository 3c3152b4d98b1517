//! The block of the inbox folder: what it asks for, and what becomes of keys and answers that come at the wrong time.

use kvartal::engine::effect::{Effect, Inbox};
use kvartal::engine::msg::{Answer, Msg, Req};
use serde_json::json;

use super::play::Play;

/// What was fetched, in order.
fn fetched(play: &Play) -> Vec<(Req, Inbox)> {
    let fetch = |effect: &Effect| match effect {
        Effect::Fetch { req, what } => Some((*req, what.clone())),
        _ => None,
    };
    play.effects.iter().filter_map(fetch).collect()
}

fn at_the_folder() -> Play {
    let mut play = Play::entered();
    play.desk.menu.push(kvartal::engine::desk::MenuItem {
        code: "960".to_owned(),
        title: "Входящие".to_owned(),
        module: "exchange".to_owned(),
    });
    play.types("{F9}960{Enter}");
    play
}

fn answer(play: &mut Play, answer: Answer) {
    let (req, _) = fetched(play).pop().unwrap();
    play.tell(Msg::Reply { req, answer });
}

fn files(names: &[&str]) -> Answer {
    let file = |name: &&str| json!({ "name": name, "size": 10, "at": "2026-03-05T10:00:00", "head": ["первая строка"] });
    Answer::Done(json!({ "path": "/in", "files": names.iter().map(file).collect::<Vec<_>>() }))
}

#[test]
fn the_folder_is_asked_once_and_anew_only_on_demand() {
    let mut play = at_the_folder();
    let folder = Inbox::Folder { known: "exchange.files_known".to_owned() };
    assert_eq!(fetched(&play).into_iter().map(|(_, what)| what).collect::<Vec<_>>(), [folder]);
    answer(&mut play, files(&["a.csv", "б в.csv"]));
    assert!(play.sight().contains("б в.csv") && play.sight().contains("первая строка"), "{}", play.sight());
    play.types("{Down}");
    assert_eq!(fetched(&play).len(), 1, "moving asks nothing");
    play.types("{F5}");
    assert_eq!(fetched(&play).len(), 2);
    answer(&mut play, files(&["new.csv", "a.csv", "б в.csv"]));
    play.types("{Enter}");
    let (_, what) = fetched(&play).pop().unwrap();
    let name = "б в.csv".to_owned();
    assert_eq!(
        what,
        Inbox::File { name, take: "exchange.file_put".to_owned() },
        "the cursor stayed on its file"
    );
}

#[test]
fn what_is_typed_behind_enter_waits_and_esc_gives_the_file_up() {
    let mut play = at_the_folder();
    answer(&mut play, files(&["a.csv"]));
    play.types("{Enter}{F2}");
    assert!(play.desk.waiting.is_some());
    assert_eq!(play.desk.queue.keys.len(), 1);
    play.types("{Esc}");
    let (req, _) = fetched(&play).pop().unwrap();
    assert!(play.effects.contains(&Effect::Cancel { req }));
    answer(&mut play, Answer::Cancelled);
    assert!(play.desk.waiting.is_none());
    assert_eq!(play.desk.windows.last().unwrap().model.code, "960");
}

#[test]
fn each_kind_opens_its_screen_and_a_bad_file_none() {
    for (kind, code) in [("readings", "961"), ("payments", "962"), ("letters", "960")] {
        let mut play = at_the_folder();
        answer(&mut play, files(&["a.csv"]));
        play.types("{Enter}");
        answer(&mut play, Answer::Done(json!({ "kind": kind, "key": 7 })));
        assert_eq!(play.desk.windows.last().unwrap().model.code, code);
    }
    let mut play = at_the_folder();
    let huge = json!({ "name": "a.csv", "size": 70_000_000, "problem": "huge" });
    answer(&mut play, Answer::Done(json!({ "path": "/in", "files": [huge] })));
    play.types("{Enter}");
    assert_eq!(fetched(&play).len(), 1, "what is refused here is not sent");
    assert!(play.sight().contains("больше 64 МБ"), "{}", play.sight());
}

#[test]
fn a_folder_that_is_not_there_says_so() {
    let mut play = at_the_folder();
    answer(&mut play, Answer::Done(json!({ "path": "/in", "problem": "no-folder" })));
    assert!(play.sight().contains("Папки /in нет"), "{}", play.sight());
    play.types("{Enter}");
    assert_eq!(fetched(&play).len(), 1);
}
