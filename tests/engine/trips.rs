//! Round trips: whatever a key needs of the server it asks for in one breath, so that a far server costs its distance once an action.

use kvartal::engine::msg::Msg;

use super::play::{Play, keys};

/// What is done, what stands before it, its keys, and how often the server is waited for.
const ACTIONS: [(&str, &str, &str, usize); 9] = [
    ("a letter of a search", "{F9}100{Enter}", "Г", 1),
    ("a card out of a search", "{F9}100{Enter}Груш", "{Enter}", 1),
    // The number is looked up first: nothing is asked of an account that is not there.
    ("a card by its number", "{F9}210 41001", "{Enter}", 2),
    ("the next tab", "{F9}210 41001{Enter}", "{F6}", 1),
    ("a form over a card", "{F9}210 41001{Enter}", "{F9}Измен{Enter}", 1),
    ("a sheet of readings", "{F9}332{Enter}{Tab}", "{Enter}", 1),
    ("a reading", "{F9}332{Enter}{Tab}{Enter}{Tab}{Tab}104", "{Enter}", 1),
    ("a difference", FILLED, "{F2}", 1),
    // Recorded, and then what stands is read.
    ("a change", CHANGED, "{F2}", 2),
];

const FILLED: &str =
    "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5";
const CHANGED: &str =
    "{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}";

#[test]
fn an_action_waits_for_the_server_once() {
    for (what, before, pressed, most) in ACTIONS {
        let mut play = Play::entered();
        play.run(before);
        let mut trips = 0;
        for key in keys(pressed) {
            play.presses(key);
            trips += until_rest(&mut play);
        }
        assert_eq!(trips, most, "{what}:\n{}", play.sight());
    }
}

/// How often something that can be seen came of answers. All that are ready come at once: what is asked after that, is asked because of
/// them. What changes no picture (a card is noted among the recent ones) nobody waits for.
fn until_rest(play: &mut Play) -> usize {
    let mut trips = 0;
    while !(play.ready.is_empty() && play.timers.is_empty()) {
        if play.ready.is_empty() {
            let timer = play.timers.remove(0);
            play.tell(Msg::Woke(timer));
            continue;
        }
        let before = play.sight();
        let came: Vec<Msg> = play.ready.drain(..).collect();
        came.into_iter().for_each(|msg| play.tell(msg));
        trips += usize::from(play.sight() != before);
    }
    trips
}
