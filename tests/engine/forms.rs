//! Forms: what is typed becomes a value that somebody can mean, or a sentence; nobody is held in a field.

use super::play::Play;

/// The change of an area of 54.30 m², the cursor on the area.
fn area() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.run("{F9}Измен{Enter}");
    play.sees("Изменение площади");
    play
}

/// A heated area of 60 in a flat of 54.30 is asked for twice, then believed: the difference is shown.
#[test]
fn what_is_beyond_belief_is_asked_for_twice() {
    let mut play = area();
    play.run("54,30{Enter}30{Enter}60{Enter}");
    play.sees("неправдоподобно");
    play.run("60{Enter}2{Enter}010326{Enter}обмер{F2}");
    play.sees("F2 записать");
}

/// Within its bounds nothing is asked.
#[test]
fn what_is_believed_is_not_asked_for_again() {
    let mut play = area();
    play.run("54,30{Enter}30{Enter}54,30{Enter}2{Enter}");
    assert!(!play.sight().contains("неправдоподобно"), "{}", play.sight());
}

/// A field left with what is no value says so, and lets the cursor go.
#[test]
fn a_wrong_field_is_left_with_its_sentence() {
    let mut play = area();
    play.run("пятьдесят{Down}");
    play.sees("это не число");
    play.run("30{Enter}");
    assert_eq!(play.desk.focused().unwrap().typed[2].line.text(), "30", "{}", play.sight());
}
