//! Forms: what is typed becomes a value that somebody can mean, or a sentence; nobody is held in a field.

use kvartal::engine::msg::Msg;

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
    play.sees("60 больше 54,3: так обычно не бывает");
    play.run("60{Enter}2{Enter}010326{Enter}обмер{F2}");
    play.sees("F2 записать");
}

/// Within its bounds nothing is asked.
#[test]
fn what_is_believed_is_not_asked_for_again() {
    let mut play = area();
    play.run("54,30{Enter}30{Enter}54,30{Enter}2{Enter}");
    assert!(!play.sight().contains("так обычно не бывает"), "{}", play.sight());
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

/// A whole word is meant, though another begins with it; a beginning of several is asked again.
#[test]
fn a_whole_word_of_a_set_is_its_code() {
    let mut play = Play::entered();
    play.run("{F9}980{Enter}");
    play.run("рус{Enter}без{Enter}");
    play.sees("нет в списке");
    play.run("без цвета{Enter}");
    let texts: Vec<&str> = play.desk.focused().unwrap().typed.iter().map(|typed| typed.line.text()).collect();
    assert_eq!(&texts[..2], ["ru", "mono"], "{}", play.sight());
}

/// On a terminal of 60×20 the card keeps what is to be paid and all its tabs.
#[test]
fn a_narrow_terminal_keeps_every_field_and_tab() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.settle();
    play.tell(Msg::Resize { width: 60, height: 20 });
    for part in ["К оплате", "УК", "отсут.", "Начис", "Журнал"] {
        play.sees(part);
    }
}

/// From 132 columns on the sums stand right of the head in its first row, and their rows go to the grid; at 131 they stand below.
#[test]
fn a_wide_terminal_shows_two_pictures_in_one_row() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.settle();
    let row_of = |play: &Play, text: &str| play.sight().lines().position(|line| line.contains(text)).unwrap();
    for (width, below) in [(131, 3), (132, 0)] {
        play.tell(Msg::Resize { width, height: 43 });
        assert_eq!(row_of(&play, "Сальдо") - row_of(&play, "Адрес"), below, "{}", play.sight());
    }
    assert_eq!(row_of(&play, "Начисления") - row_of(&play, "Адрес"), 3, "{}", play.sight());
}

/// A code that needs something to be opened with is answered by a whole title.
#[test]
fn a_code_without_its_card_is_refused_by_a_whole_title() {
    let mut play = Play::entered();
    play.run("{F9}411{Enter}");
    play.settle();
    assert!(play.sight().contains("«Контрольный список»"), "{}", play.sight());
}

/// A step that takes along what is typed says what is wrong with it, and does not send away to look for a card.
#[test]
fn a_step_is_not_taken_with_what_is_no_value() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.run("{F9}{F6}");
    play.sees("Платёжный документ счёта");
    play.run("{Down}13.2026{F2}");
    play.sees("«Месяц»: такого месяца нет");
    assert!(!play.sight().contains("открывается из карточки"), "{}", play.sight());
    play.run("03.2026{F2}");
    play.sees("435 Платёжный документ до выдачи");
}
