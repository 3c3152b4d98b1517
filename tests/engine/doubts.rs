//! What the server only doubts (KV014) is asked, and goes on the way it came, whatever the form.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::{Answer, Msg, Refusal};
use serde_json::{Value as Json, json};

use super::laws::changing;
use super::play::Play;

fn doubt() -> Answer {
    Answer::Refused(Refusal {
        code: "KV014".to_owned(),
        message: "В помещении уже открыт лицевой счёт 41002".to_owned(),
        ..Refusal::default()
    })
}

/// The server answers the oldest question with its doubt.
fn doubts(play: &mut Play) {
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else {
        panic!("nothing was asked: {}", play.sight())
    };
    play.tell(Msg::Reply { req, answer: doubt() });
    assert!(play.sight().contains("уже открыт лицевой счёт 41002. Записать всё равно?"), "{}", play.sight());
}

/// What was shown and what was written, each with whether it is meant.
fn sent(play: &Play) -> Vec<(&'static str, Json)> {
    let of = |effect: &Effect| match effect {
        Effect::Call { call: Call::Preview(operation), .. } => {
            Some(("shown", operation.args["twice"].clone()))
        }
        Effect::Call { call: Call::Commit(operation), .. } => {
            Some(("written", operation.args["twice"].clone()))
        }
        _ => None,
    };
    play.effects.iter().filter_map(of).collect()
}

/// A change that is shown first is shown again as meant; declined, nothing is sent.
#[test]
fn a_doubt_about_what_is_shown_first_is_asked() {
    let mut play = changing();
    doubts(&mut play);
    assert_eq!(sent(&play), [("shown", Json::Null)]);
    play.types("1");
    assert_eq!(sent(&play), [("shown", Json::Null), ("shown", json!(true))]);
}

/// What is written at once is written at once when it is meant: the doubt costs one key more, as everywhere.
#[test]
fn a_doubt_about_what_is_written_at_once_is_asked() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}255{Enter}");
    let model = play.desk.focused().unwrap().model.clone();
    for (field, text) in [("amount", "100,00"), ("source", "касса")] {
        let at = model.field(field).unwrap();
        let window = play.desk.windows.last_mut().unwrap();
        window.typed[at].line = kvartal::engine::line::Line::fresh(text);
        window.typed[at].changed = true;
    }
    // It asks whether the payment is to be taken before it asks the server.
    play.types("{F2}1");
    doubts(&mut play);
    play.types("1");
    assert_eq!(sent(&play), [("written", Json::Null), ("written", json!(true))]);
}
