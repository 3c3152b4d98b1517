//! The test of a terminal: what came is marked, what did not gets its advice, and it can be left where F10 is dead.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::Msg;
use kvartal::keymap::{Bytes, Key};

use super::play::Play;

fn testing() -> Play {
    let mut play = Play::entered();
    play.tell(Msg::Key(Key::F(9)));
    for key in [Key::Char('9'), Key::Char('9'), Key::Char('0'), Key::Enter] {
        play.tell(Msg::Key(key));
    }
    play.sees("Проверка клавиш");
    play
}

fn press(play: &mut Play, key: Key, bytes: &str) {
    play.tell(Msg::Seen { key: Some(key), bytes: Bytes::of_notation(bytes) });
}

/// The scale is as wide as the window, on 80 columns and on 132; samples, keys and the first sentence are there on the smallest too.
#[test]
fn the_scale_is_as_wide_as_the_window() {
    let mut play = testing();
    for (width, height, end) in [(80_u16, 24_u16, "...80"), (132, 43, "..130.|"), (60, 20, "...60")] {
        play.tell(Msg::Resize { width, height });
        let canvas = play.desk.canvas();
        let rows: Vec<String> = (0..canvas.height()).map(|row| canvas.row(row)).collect();
        let scale = rows.iter().find(|row| row.starts_with("....:...10")).unwrap();
        assert!(scale.ends_with(end), "{width}: {scale:?}");
        let text = rows.join("\n");
        for told in
            [&format!("{width}×{height}"), "№─Ж│я»|", "└──┴──┘", "PgDn", "F10", "Нажимайте по порядку"]
        {
            assert!(text.contains(told), "{width}: «{told}» is not shown:\n{text}");
        }
    }
}

/// A key that came has a plus and its bytes; one that was passed over gets its advice; bytes of a bad mode name the setting.
#[test]
fn what_came_is_marked_and_what_did_not_is_told() {
    let mut play = testing();
    press(&mut play, Key::F(1), "^[[11~");
    play.sees("F1+");
    assert!(play.sight().contains("^[[11~") && !play.sight().contains("F2+"), "{}", play.sight());
    press(&mut play, Key::F(3), "^[[13~");
    play.sees("F2 не дошла?");
    play.sees("keypad → Xterm");
    press(&mut play, Key::F(5), "^[OT");
    play.sees("PuTTY «VT100+»");
    play.tell(Msg::Seen { key: None, bytes: Bytes::of_notation("^[[99~") });
    play.sees("неизвестная последовательность");
    press(&mut play, Key::F(10), "^[[21~");
    play.sees("Не дошли: F2, F4");
    assert_eq!(play.desk.windows.len(), 1, "{}", play.sight());
}

/// F10 may be the key that is dead: Esc twice leaves as well; once it is a key like others.
#[test]
fn the_test_is_left_by_esc_twice() {
    let mut play = testing();
    press(&mut play, Key::Esc, "^[");
    press(&mut play, Key::F(1), "^[OP");
    press(&mut play, Key::Esc, "^[");
    assert_eq!(play.desk.windows.len(), 2, "{}", play.sight());
    press(&mut play, Key::Esc, "^[");
    assert_eq!(play.desk.windows.len(), 1, "{}", play.sight());
}

/// The first login from a terminal offers the test and has the server remember it; the next one offers nothing.
#[test]
fn a_new_terminal_is_offered_the_test() {
    for (is_new, answer) in [(true, "1"), (true, "0"), (false, "")] {
        let mut play = Play::prompt();
        play.town.new_terminal = is_new;
        play.run("kv_anna{Enter}тайна{Enter}");
        play.settle();
        assert_eq!(
            play.sight().contains("с этого терминала") || play.sight().contains("С этого терминала"),
            is_new
        );
        let met = play.effects.iter().any(|effect| {
            matches!(effect, Effect::Call { call: Call::Function { name, .. }, .. } if name == "admin.terminal_met")
        });
        assert_eq!(met, is_new);
        play.run(answer);
        assert_eq!(play.sight().contains("Проверка клавиш"), answer == "1", "{}", play.sight());
    }
}

/// Whoever types on while the login is under way has not seen the offer and answers nothing by it; nor does a burst at the login close
/// the program.
#[test]
fn an_offer_nobody_saw_is_not_answered() {
    let mut play = Play::prompt();
    play.town.new_terminal = true;
    play.run("kv_anna{Enter}тайна");
    play.paints = false;
    play.types("{Enter}");
    play.settle();
    play.types("1");
    play.settle();
    assert!(!play.sight().contains("Проверка клавиш"), "{}", play.sight());
    assert!(play.sight().contains("Не выполнено клавиш: 1 «1»"), "{}", play.sight());

    let mut play = Play::prompt();
    play.bursts("{Esc}1");
    play.settle();
    assert!(play.sight().contains("Закрыть программу?"), "{}", play.sight());
    assert!(!play.effects.contains(&Effect::Exit), "left by a key of the same burst");
}
