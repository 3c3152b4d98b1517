//! Reading and asking of keymaps.

use super::*;

fn read(text: &str) -> Result<Keymap, KeymapError> {
    Keymap::read(&[("test.toml", text)])
}

fn refusal(text: &str) -> String {
    read(text).expect_err(text).to_string()
}

#[test]
fn a_place_goes_before_what_holds_everywhere() {
    let map = read("[common]\naccept = ['Enter']\nup = ['Ins']\n[list]\nmark = ['Ins']").unwrap();
    assert_eq!(map.command(Context::List, false, Key::Ins), Some(Command::Mark));
    assert_eq!(map.command(Context::Form, false, Key::Ins), Some(Command::Up));
    assert_eq!(map.command(Context::List, false, Key::Enter), Some(Command::Accept));
    assert_eq!(map.keys_of(Context::List, Command::Up), []);
}

#[test]
fn a_key_has_one_meaning_in_one_place() {
    let told = refusal("[form]\nsave = ['F2']\nfind = ['F2']");
    assert!(
        told.contains("F2") && told.contains("form") && told.contains("«save»") && told.contains("«find»")
    );
    assert!(read("[form]\nsave = ['F2']\n[list]\nfind = ['F2']").is_ok());
    assert!(read("[form]\nsave = ['F2', 'F2']").is_ok());
}

#[test]
fn a_later_file_adds_and_never_takes_away() {
    let base = ("a.toml", "[common]\nsave = ['F2']");
    let map = Keymap::read(&[base, ("b.toml", "[common]\nsave = ['Ctrl+W']")]).unwrap();
    assert_eq!(map.keys_of(Context::Form, Command::Save).len(), 2);
    let told = Keymap::read(&[base, ("b.toml", "[common]\nfind = ['F2']")]).unwrap_err().to_string();
    assert!(told.starts_with("b.toml"), "{told}");
}

#[test]
fn what_is_misspelt_is_named() {
    assert!(refusal("[forms]\nsave = ['F2']").contains("«forms»"));
    assert!(refusal("[form]\nsafe = ['F2']").contains("«safe»"));
    assert!(refusal("[form]\nsave = ['Entr']").contains("«Entr»"));
    assert!(refusal("[form]\nsave = 'F2'").contains("test.toml"));
}

#[test]
fn forbidden_keys_are_refused_with_a_reason() {
    let cases = [
        ("Ctrl+M", "Enter"),
        ("Ctrl+J", "Enter"),
        ("Ctrl+I", "Tab"),
        ("Ctrl+H", "Backspace"),
        ("Ctrl+[", "Esc"),
        ("Ctrl+Enter", "F1–F10"),
        ("Shift+Enter", "F1–F10"),
        ("Shift+F4", "F1–F10"),
        ("Ctrl+F4", "F1–F10"),
        ("Alt+F4", "F1–F10"),
        ("F11", "F1–F10"),
        ("F12", "F1–F10"),
        ("Ctrl+S", "линия"),
        ("Ctrl+Q", "линия"),
        ("Ctrl+Z", "линия"),
        ("Ctrl+C", "прервать"),
        ("Alt+2", "функциональная"),
        ("Alt+f", "раскладки"),
        ("y", "раскладки"),
        ("д", "раскладки"),
        ("F9 y", "раскладки"),
        ("1", "раскладки"),
        ("F1", "помощь"),
        ("F9", "второй ряд"),
        ("Esc", "отмена"),
    ];
    for (key, reason) in cases {
        let told = refusal(&format!("[form]\nsave = ['{key}']"));
        assert!(told.contains(reason) && told.contains("test.toml, команда «save»"), "{key}: {told}");
    }
}

#[test]
fn signs_are_commands_only_where_no_text_is_typed() {
    let bound = |place: &str, key: &str| read(&format!("[{place}]\nmark = ['{key}']")).is_ok();
    assert!(bound("sheet", "*") && bound("date", ".") && bound("list", "Space") && bound("dialog", "1"));
    for place in ["form", "text", "palette", "common"] {
        for key in ["*", "+", "/", ".", "Space", "1", "0"] {
            assert!(!bound(place, key), "{place} {key}");
        }
    }
    assert!(!bound("sheet", "-") && !bound("sheet", "1"));
}
