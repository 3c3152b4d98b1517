//! The engine's contract, one law a test.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::{Answer, Msg};

use super::play::Play;
use super::town::refusal;

/// A difference of a change of area is on its way; the answer is not told yet.
pub fn changing() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5");
    play.types("{F2}");
    assert!(play.desk.waiting.is_some(), "{}", play.sight());
    play
}

pub fn calls(play: &Play, wanted: impl Fn(&Call) -> bool) -> usize {
    play.effects.iter().filter(|effect| matches!(effect, Effect::Call { call, .. } if wanted(call))).count()
}

#[test]
fn an_answer_to_a_question_that_was_asked_anew_is_dropped() {
    let mut play = Play::entered();
    play.types("{F9}{F3}Берёз");
    play.tell(Msg::Woke(kvartal::engine::msg::Timer::Filter));
    let late = play.ready.pop_back().unwrap();
    play.types("{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}Груш");
    play.settle();
    let sight = play.sight();
    assert!(sight.contains("Грушина"), "{sight}");
    play.tell(late);
    assert_eq!(play.sight(), sight);
}

#[test]
fn esc_cancels_and_holds_what_was_typed_behind() {
    let mut play = changing();
    play.types("{F2}ab{Esc}");
    assert!(play.effects.iter().any(|effect| matches!(effect, Effect::Cancel { .. })));
    assert!(play.desk.waiting.is_some(), "the statement has not ended yet");
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was asked") };
    play.tell(Msg::Reply { req, answer: Answer::Cancelled });
    assert!(play.desk.waiting.is_none() && play.desk.overlay.is_none());
    assert!(play.sight().contains("[F2]ab"), "{}", play.sight());
    assert_eq!(calls(&play, |call| matches!(call, Call::Commit(_))), 0);
}

#[test]
fn a_sent_change_cannot_be_cancelled() {
    let mut play = changing();
    play.settle();
    play.types("{F2}{Esc}");
    assert_eq!(calls(&play, |call| matches!(call, Call::Commit(_))), 1);
    assert!(!play.effects.iter().any(|effect| matches!(effect, Effect::Cancel { .. })));
    assert!(play.sight().contains("отменена быть не может"), "{}", play.sight());
    play.settle();
    assert_eq!(play.town.area.as_deref(), Some("60.5"));
}

#[test]
fn keys_typed_while_waiting_are_done_in_their_order() {
    let mut play = Play::entered();
    play.types("{F9}210 41001{Enter}{Down}{Down}{Up}");
    assert_eq!(play.desk.queue.keys.len(), 3);
    assert!(play.sight().contains('3'), "their number is shown");
    play.settle();
    assert!(play.desk.queue.keys.is_empty());
    let prompt = {
        let mut prompt = Play::entered();
        prompt.run("{F9}210 41001{Enter}{Down}{Down}{Up}");
        prompt.settle();
        prompt.sight()
    };
    assert_eq!(play.sight(), prompt);
}

#[test]
fn keys_behind_a_refusal_are_kept_and_shown_not_done() {
    let mut play = Play::entered();
    play.types("{F9}210 999{Enter}{F9}{F3}Груш{Enter}");
    play.settle();
    let sight = play.sight();
    assert!(sight.contains("Не выполнено клавиш: 7") && sight.contains("Груш"), "{sight}");
    assert!(sight.contains("Счёта с таким номером нет"), "{sight}");
    assert_eq!(play.desk.windows.len(), 1, "a key was done");
    play.tell(Msg::Hangup);
    assert_eq!(play.record["keys"].as_array().unwrap().len(), 7, "{}", play.record);
}

#[test]
fn a_question_takes_no_key_that_was_typed_before_it_was_seen() {
    let mut play = changing();
    play.types("{F2}1{F2}");
    play.settle();
    assert!(play.sight().contains("12,30"), "the difference is not shown: {}", play.sight());
    assert_eq!(calls(&play, |call| matches!(call, Call::Commit(_))), 0);
    assert!(play.town.area.is_none());
    play.run("{F2}");
    assert_eq!(play.town.area.as_deref(), Some("60.5"), "now it was seen");
}

#[test]
fn another_size_and_back_keeps_everything() {
    let mut play = changing();
    play.types("x{Down}");
    let sight = play.sight();
    play.tell(Msg::Resize { width: 132, height: 43 });
    assert_ne!(play.sight(), sight);
    play.tell(Msg::Resize { width: 40, height: 8 });
    play.tell(Msg::Resize { width: 80, height: 24 });
    assert_eq!(play.sight(), sight);
}

#[test]
fn a_paste_longer_than_the_field_is_refused_whole() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}60,5");
    let before = play.desk.record();
    play.tell(Msg::Paste("9".repeat(300)));
    assert!(play.sight().contains("вставка не принята"), "{}", play.sight());
    assert_eq!(play.desk.record(), before);
    // Never keys: what would be one is text.
    play.tell(Msg::Paste("{F2}".to_owned()));
    assert_eq!(calls(&play, |call| matches!(call, Call::Preview(_))), 0);
}

/// Lines are not glued: the first is taken, and it is said that there were two.
#[test]
fn a_field_takes_the_first_line_of_a_pasted_column() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}");
    play.tell(Msg::Paste("60,5\n".to_owned() + "7"));
    assert_eq!(play.desk.focused().unwrap().typed[1].line.text(), "60,5");
    play.sees("Вставлена первая строка из 2");
}

/// Callers say the number of their account first.
#[test]
fn a_number_that_is_no_code_is_an_account() {
    let mut play = Play::entered();
    play.run("{F9}41001{Enter}");
    play.sees("Счёт 41001");
    play.run("{F10}{F9}777{Enter}");
    play.sees("Экрана «777» нет");
}

/// Before anybody is logged in only what needs no database opens: the test of keys.
#[test]
fn before_the_login_no_code_leads_anywhere() {
    let mut play = Play::prompt();
    for code in ["100", "410", "000", "41001"] {
        play.run(&format!("{{F9}}{code}{{Enter}}"));
        play.sees("Сначала войдите");
        assert_eq!(play.desk.windows.len(), 1, "{code}");
    }
    play.run("{F9}990{Enter}");
    assert_eq!(play.desk.windows.len(), 2, "{}", play.sight());
}

/// Below the login is only the way out: Esc gives up what is typed, then asks; nothing ends by a slip.
#[test]
fn esc_at_the_login_gives_up_what_is_typed_then_asks_to_leave() {
    for key in ["{Esc}", "{F10}"] {
        let mut play = Play::prompt();
        if key == "{Esc}" {
            play.run("kv_anna{Esc}");
            assert!(play.desk.overlay.is_none() && !play.sight().contains("kv_anna"), "{}", play.sight());
        }
        play.run(key);
        play.sees("Закрыть программу?");
        play.run("0");
        assert!(play.desk.overlay.is_none() && !play.effects.contains(&Effect::Exit), "{key}");
        play.run(key);
        play.run("1");
        assert!(play.effects.contains(&Effect::Exit), "{key}");
    }
}

/// Dots do not show in which letters a password is typed: it is said when it was refused.
#[test]
fn a_password_in_russian_letters_is_told() {
    let mut play = Play::prompt();
    play.run("kv_anna{Enter}");
    play.tell(Msg::Paste("не тот".to_owned()));
    play.run("{Enter}");
    play.sees("Пароль не подошёл. Пароль был набран русскими буквами: проверьте раскладку");
    assert!(!play.sight().contains("не тот"));
}

#[test]
fn nothing_is_done_and_nothing_changes_by_itself() {
    let mut play = changing();
    play.settle();
    let sight = play.sight();
    assert!(play.timers.is_empty() && play.ready.is_empty(), "it came to rest");
    for timer in [
        kvartal::engine::msg::Timer::Filter,
        kvartal::engine::msg::Timer::Waiting,
        kvartal::engine::msg::Timer::News,
        kvartal::engine::msg::Timer::Settle,
    ] {
        play.passes(60_000);
        play.effects.clear();
        play.tell(Msg::Woke(timer));
        assert!(play.effects.is_empty(), "{timer:?}: {:?}", play.effects);
        assert_eq!(play.sight(), sight);
    }
    // Of the same timers, while something is awaited, one tells how long it lasts: they are not deaf.
    play.types("{F2}");
    play.passes(3_000);
    play.tell(Msg::Woke(kvartal::engine::msg::Timer::Waiting));
    assert!(play.sight().contains("Запись… 3 с"), "{}", play.sight());
}

/// A form that was typed into, left by a key: the question.
#[test]
fn a_question_is_not_answered_by_the_burst_that_opened_it() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}60,5");
    play.bursts("{F10}1");
    assert_eq!(play.desk.windows.len(), 3, "{}", play.sight());
    assert!(play.sight().contains("Оставить его черновиком?"), "{}", play.sight());
    assert!(play.sight().contains("Не выполнено клавиш: 1 «1»"), "{}", play.sight());
    play.paints = false;
    play.tell(Msg::Hangup);
    assert_eq!(play.record["keys"], serde_json::json!(["1"]), "it is kept too");
    // A frame of before the question shows nothing of it.
    play.tell(Msg::Painted { said: play.desk.said - 1 });
    play.types("1");
    assert_eq!(play.desk.windows.len(), 3, "{}", play.sight());
    play.paints = true;
    play.paint();
    play.types("1");
    assert_eq!(play.desk.windows.len(), 2, "{}", play.sight());
}

/// The same with the difference of a change: F2 twice in one burst shows it and writes nothing.
#[test]
fn a_difference_is_not_accepted_before_it_was_painted() {
    let mut play = changing();
    play.paints = false;
    play.settle();
    play.types("{F2}");
    assert_eq!(calls(&play, |call| matches!(call, Call::Commit(_))), 0);
    play.paints = true;
    play.paint();
    play.types("{F2}");
    assert_eq!(calls(&play, |call| matches!(call, Call::Commit(_))), 1);
}

/// A field that is not believed keeps the cursor; what came with it is no second time, and goes into no other field.
#[test]
fn a_refused_field_is_not_typed_over_before_the_refusal_was_painted() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}54,30{Enter}30{Enter}");
    play.bursts("60{Enter}60{Enter}2{Enter}");
    let typed: Vec<&str> = play.desk.focused().unwrap().typed.iter().map(|typed| typed.line.text()).collect();
    assert_eq!(typed[1..4], ["54,30", "30", "60"], "{}", play.sight());
    assert!(play.sight().contains("Не выполнено клавиш: 5"), "{}", play.sight());
    play.paint();
    play.run("60{Enter}2{Enter}");
    assert!(!play.desk.message.is_refusal, "{}", play.sight());
}

#[test]
fn what_is_pasted_while_waiting_keeps_its_place_among_the_keys() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    let pasted = |play: &mut Play| {
        play.types("{F9}210 41002{Enter}{F9}Измен{Enter}6");
        play.tell(Msg::Paste("0,".to_owned()));
        play.types("5");
    };
    pasted(&mut play);
    assert!(play.desk.waiting.is_some(), "{}", play.sight());
    play.settle();
    assert_eq!(play.desk.focused().unwrap().typed[1].line.text(), "60,5", "{}", play.sight());
    // Behind a refusal it is kept and shown like what was typed.
    let mut play = Play::entered();
    play.types("{F9}210 999{Enter}a");
    play.tell(Msg::Paste("бв\n".to_owned()));
    play.types("г");
    play.settle();
    assert!(play.sight().contains("Не выполнено клавиш: 5 «aбв[Enter]г»"), "{}", play.sight());
}

#[test]
fn rows_that_became_old_while_they_were_read_are_read_once_more() {
    let mut play = Play::entered();
    play.types("{F9}210 41001{Enter}");
    play.answer_one();
    // The head is under way when the area changes.
    play.town.area = Some("77.00".to_owned());
    play.tell(Msg::Notice { topic: "unit".to_owned(), id: "101".to_owned(), version: 9 });
    play.settle();
    assert!(play.sight().contains("77,00"), "{}", play.sight());
}

/// What is to be done stands at the end of a sentence: it is never cut off, nor does it hide the place it speaks of.
#[test]
fn a_refusal_longer_than_its_row_is_shown_whole() {
    let mut play = changing();
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was asked") };
    let long = "Площадь квартиры 1 с 01.03.2026 уже изменена другим оператором, пока вы набирали: было 54,30 м², стало \
                57,10 м². Прочитайте карточку заново и запишите ещё раз";
    play.tell(Msg::Reply { req, answer: Answer::Refused(refusal("KV002", long)) });
    for size in [(80, 24), (60, 20)] {
        play.tell(Msg::Resize { width: size.0, height: size.1 });
        let canvas = play.desk.canvas();
        let text: String = canvas.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("стало 57,10 м². Прочитайте карточку заново и запишите ещё раз"),
            "{}",
            play.sight()
        );
        let (_, row) = canvas.cursor.unwrap();
        assert!(canvas.row(row).contains("акт 5"), "the field with the cursor is covered: {}", play.sight());
    }
}

#[test]
fn a_space_between_two_words_of_a_search_marks_nothing() {
    let mut play = Play::entered();
    play.run("{F9}{F3}Берёзкина");
    play.settle();
    play.run(" Садовая");
    play.settle();
    assert!(play.sight().contains("Отбор: Берёзкина Садовая"), "{}", play.sight());
    assert!(!play.sight().contains('*'), "{}", play.sight());
}

#[test]
fn a_search_whose_line_is_taken_back_asks_nothing() {
    let erased = "{Backspace}{Backspace}{Backspace}{Backspace}";
    // Slowly, so that what is left is asked for after every key; and faster than that.
    for (keys, is_fast) in [("{Esc}", false), (erased, false), (erased, true)] {
        let mut play = Play::entered();
        play.run("{F9}{F3}Груш");
        play.sees("Грушина");
        play.effects.clear();
        if is_fast {
            play.types(keys);
        } else {
            play.run(keys);
        }
        play.settle();
        let empty = |effect: &&Effect| match effect {
            Effect::Load { query, .. } => query.relation == "cards.search" && query.by.is_empty(),
            _ => false,
        };
        assert_eq!(play.effects.iter().find(empty), None, "{keys}");
        assert!(play.sight().contains("Наберите, что искать"), "{keys}: {}", play.sight());
    }
}

#[test]
fn a_refused_value_is_replaced_by_the_next_one() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}80,123{Enter}");
    assert!(play.desk.message.is_refusal, "{}", play.sight());
    play.run("80,12{Enter}");
    assert!(!play.desk.message.is_refusal && play.sight().contains("80,12 "), "{}", play.sight());
}

/// «Скопировано» is said when it is, and of what it is.
#[test]
fn a_copy_is_told_when_it_is_known() {
    let told = [
        (
            serde_json::json!({ "clipboard": true, "file": "a.txt" }),
            "в буфер терминала и в папку исходящих, файл a.txt",
        ),
        (
            serde_json::json!({ "clipboard": false, "file": "a.txt" }),
            "файл a.txt; терминал в буфер этого не берёт",
        ),
        (
            serde_json::json!({ "clipboard": true, "why": "no-space" }),
            "в папку исходящих не записано: на диске кончилось",
        ),
        (
            serde_json::json!({ "clipboard": false, "why": "no-folder" }),
            "Не скопировано: в папку исходящих не записано (её нет",
        ),
    ];
    for (copied, sentence) in told {
        let mut play = Play::entered();
        play.run("{F9}210 41001{Enter}");
        play.town.copied = copied;
        play.types("{F9}{F7}");
        assert!(play.desk.message.text.is_empty(), "nobody knows yet: {}", play.desk.message.text);
        play.settle();
        assert!(play.sight().contains(sentence), "«{sentence}»: {}", play.sight());
    }
}
