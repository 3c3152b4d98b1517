//! Forms: what is typed becomes a value that somebody can mean, or a sentence; nobody is held in a field.

use kvartal::engine::effect::Effect;
use kvartal::engine::msg::Msg;
use kvartal::engine::window::Focus;

use super::laws::changing;
use super::play::Play;

/// The change of an area of 54.30 m², the cursor on the area.
fn area() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.run("{F9}Измен{Enter}");
    play.sees("Изменение площади");
    play
}

/// What does not fit into a field is told, not swallowed with a beep; what fitted stays.
#[test]
fn what_does_not_fit_is_told() {
    let mut play = area();
    play.run("12345678901234567890");
    let typed = |play: &Play| play.desk.focused().unwrap().typed[1].line.text().to_owned();
    let kept = typed(&play);
    assert!(kept.len() < 20 && "12345678901234567890".starts_with(&kept), "{kept}");
    play.sees(&format!("помещается знаков: {}, дальше не набирается", kept.len()));
    play.run("{Backspace}5");
    assert_eq!(typed(&play), format!("{}5", &kept[..kept.len() - 1]));
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

/// What opens from the rows of a list of the menu is told with that list; to look for a card would be in vain.
#[test]
fn a_code_of_a_row_is_told_with_its_list() {
    let mut play = Play::entered();
    play.run("{F9}333{Enter}");
    play.settle();
    play.sees("открывается из списка 332 Обходы");
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

/// A short date is written out when the field is left: nobody has to guess which year was understood.
#[test]
fn a_short_date_is_written_out() {
    let mut play = area();
    play.run("54,30{Enter}30{Enter}54,30{Enter}2{Enter}010326{Enter}");
    let texts: Vec<&str> = play.desk.focused().unwrap().typed.iter().map(|typed| typed.line.text()).collect();
    assert!(texts.contains(&"01.03.2026") && texts.contains(&"54,30"), "{texts:?}");
}

/// The question that is asked before a form is left names it; who stays sees no sentence of something that was not done.
#[test]
fn who_leaves_a_changed_form_is_told_which() {
    let mut play = area();
    play.run("60{F10}");
    play.sees("Изменение площади");
    play.sees("введённое не записано");
    play.run("0");
    assert!(play.desk.message.text.is_empty(), "{}", play.sight());
    assert_eq!(
        play.desk.focused().unwrap().typed.iter().filter(|typed| typed.line.text() == "60").count(),
        1
    );
}

/// F9 says what may follow it, and Enter lists what can be done here, before anything elsewhere.
#[test]
fn everything_that_can_be_done_is_one_list() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.settle();
    play.run("{F9}");
    play.sees("Enter — все действия");
    play.run("{Enter}");
    play.sees("Изменить площадь");
    let sight = play.sight();
    let line = |text: &str| sight.lines().position(|line| line.contains(text));
    assert!(line("Изменить площадь") > line("Платёжный документ"), "{sight}");
    // What names nothing here is looked for everywhere.
    play.run("{Esc}{F9}{Enter}ъъъ");
    play.sees("Enter ищет это везде");
    play.run("{Enter}");
    play.settle();
    play.sees("100 Поиск");
    play.sees("Отбор: ъъъ");
}

/// Columns that found no room are read in the row itself.
#[test]
fn a_row_is_shown_whole() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    play.settle();
    play.tell(Msg::Resize { width: 60, height: 20 });
    play.run("{F9}{Right}");
    play.settle();
    play.sees("Строка целиком");
    play.sees("Объём:");
}

/// A screen that is opened with an account alone takes its number, whoever's argument it is.
#[test]
fn a_code_of_an_account_takes_its_number() {
    let mut play = Play::entered();
    play.run("{F9}214 41001{Enter}");
    play.settle();
    assert_eq!(play.desk.focused().unwrap().model.code, "214", "{}", play.sight());
    play.run("{F9}330{Enter}");
    play.settle();
    assert_eq!(
        play.desk.focused().unwrap().model.code,
        "330",
        "the account of the screen in front: {}",
        play.sight()
    );
}

/// Below the floor the form waits: no key does anything there, and what is asked meanwhile was seen by nobody.
#[test]
fn a_terminal_that_is_too_small_takes_no_key() {
    let mut play = changing();
    let (before, said) = (play.desk.record(), play.desk.said);
    play.tell(Msg::Resize { width: 59, height: 24 });
    play.effects.clear();
    play.types("7{F2}{Esc}");
    play.tell(Msg::Paste("77".to_owned()));
    assert_eq!(play.desk.record(), before, "{}", play.sight());
    assert!(play.effects.iter().all(|effect| *effect == Effect::Beep), "{:?}", play.effects);
    play.settle();
    assert!(play.desk.said > said && play.desk.canvas().said == said, "{}", play.sight());
    play.tell(Msg::Resize { width: 80, height: 24 });
    play.sees("12,30");
}

/// F6 goes from the fields of a question to its list and back, whatever the number of fields.
#[test]
fn the_next_part_of_a_screen_without_tabs_is_its_list() {
    let mut play = Play::entered();
    play.run("{F9}345{Enter}");
    play.settle();
    let focus = |play: &Play| play.desk.focused().unwrap().focus;
    assert!(matches!(focus(&play), Focus::Field(_)), "{}", play.sight());
    play.run("{F6}");
    assert_eq!(focus(&play), Focus::Middle);
    play.run("{F6}");
    assert!(matches!(focus(&play), Focus::Field(_)), "{}", play.sight());
}

/// What is typed into a search is answered best first: Enter means the first row, not the one that was first for half a word.
#[test]
fn a_longer_line_of_a_search_is_answered_from_its_first_row() {
    let mut play = Play::entered();
    play.run("{F9}100{Enter}");
    play.settle();
    play.run("ин");
    play.settle();
    play.run("{Down}");
    let row = |play: &Play| play.desk.focused().unwrap().grids[0].row;
    assert_eq!(row(&play), 1, "{}", play.sight());
    play.run("а");
    play.settle();
    assert_eq!(row(&play), 0, "{}", play.sight());
}

/// F1 tells of the field, F1 once more whom the screen's author asks: where it is read and what it is sent with. Tab turns the pages in
/// their order.
#[test]
fn help_twice_is_the_authors_page() {
    let mut play = area();
    play.run("{F1}");
    play.sees("Общая площадь");
    play.sees("F1 — для автора экрана");
    play.run("{F1}");
    play.sees("Для автора экрана");
    play.sees("cards.premises_area");
    play.run("{F1}");
    play.sees("страница 1 из");
    play.run("{Tab}");
    play.sees("страница 2 из");
}

/// A word of a set is longer than its code: the cursor stands where what is typed goes, at its beginning, or behind it once the code is typed.
#[test]
fn the_cursor_of_a_choice_stands_where_is_typed() {
    let mut play = Play::entered();
    play.run("{F9}980{Enter}");
    let around = |play: &Play| {
        let canvas = play.desk.canvas();
        let (x, y) = canvas.cursor.unwrap();
        let row: Vec<char> = format!("{:<80}", canvas.row(y)).chars().collect();
        let (before, behind) = row.split_at(usize::from(x));
        (before.iter().collect::<String>(), behind.iter().collect::<String>())
    };
    play.run("рус{Enter}{Up}");
    let (_, behind) = around(&play);
    assert!(behind.starts_with("русский"), "{}", play.sight());
    play.run("en");
    let (before, _) = around(&play);
    assert!(before.ends_with("английский"), "{}", play.sight());
}

/// Where no word of a set begins so, a word inside one does.
#[test]
fn a_word_inside_is_meant_too() {
    let mut play = Play::entered();
    play.run("{F9}980{Enter}");
    play.run("{Down}рамок{Enter}");
    let theme = |play: &Play| play.desk.focused().unwrap().typed[1].line.text().to_owned();
    assert_eq!(theme(&play), "ascii", "{}", play.sight());
    play.run("{Up}цвета{Enter}");
    assert_eq!(
        theme(&play),
        "colour",
        "a whole word goes before others that have it inside: {}",
        play.sight()
    );
}
