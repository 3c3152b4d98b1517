//! Forms with a beginning and an end: their order is told when a field is left, by the fields of the form alone.

use super::play::Play;

/// One more interval of an act, the cursor on its first day. Today is 15.03.2026.
fn interval() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Открыть дом{Enter}{F9}Акты о{Enter}{Enter}{F7}");
    play.sees("Промежуток акта А-1");
    play
}

/// An end of the day before the beginning is told at once; of the same day it waits for the times.
#[test]
fn an_end_before_its_beginning_is_told_on_leaving_the_field() {
    let mut play = interval();
    play.run("05.03.2026{Enter}0830{Enter}04.03.2026{Down}");
    play.sees("«Окончание»: не может быть раньше, чем «Начало» (05.03.2026)");
    play.run("{Up}05.03.2026{Enter}8:30{Enter}");
    play.sees("«Окончание»: нужно позже, чем «Начало» (05.03.2026 08:30)");
    play.run("8:31{Enter}");
    assert!(!play.sight().contains("нужно позже"), "{}", play.sight());
}

/// Half past eight ends nothing that began at nine, but does so on the next day.
#[test]
fn two_times_are_compared_with_their_days() {
    let mut play = interval();
    play.run("05.03.2026{Enter}9{Enter}06.03.2026{Enter}8.30{Enter}");
    assert!(!play.sight().contains("нужно позже"), "{}", play.sight());
}

/// A beginning moved behind an end that stands already: the end is told, the cursor goes on.
#[test]
fn a_beginning_moved_behind_its_end_is_told() {
    let mut play = interval();
    play.run("05.03.2026{Enter}9{Enter}06.03.2026{Enter}8:30{Enter}");
    play.run("{Up}{Up}{Up}{Up}07.03.2026{Enter}");
    play.sees("«Окончание»: не может быть раньше, чем «Начало» (07.03.2026)");
}

/// 24:00 ends a day; 25:61 is no time, 30.02.2026 no day, whatever stands in the other fields.
#[test]
fn a_time_and_a_day_that_are_none_are_told_on_leaving_them() {
    let mut play = interval();
    play.run("30.02.2026{Down}");
    play.sees("«Начало»: такой даты нет");
    play.run("25:61{Down}");
    play.sees("«Начало»: такого времени нет");
    play.run("{Up}24:00{Enter}");
    assert!(!play.sight().contains("такого времени нет"), "{}", play.sight());
}

/// Nobody is registered here before being born, or until the day it begins.
#[test]
fn a_registration_is_after_the_birth_and_before_its_end() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F6}{F7}");
    play.sees("Регистрация нового жителя");
    play.run("{Down}{Down}{Down}{Down}01.02.2026{Enter}{Down}31.01.2026{Down}");
    play.sees("(01.02.2026)");
    play.run("{Up}01.02.2026{Enter}01.02.2026{Down}");
    play.sees("«по»: нужно позже, чем «Зарегистрирован с» (01.02.2026)");
}
