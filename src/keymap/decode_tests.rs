//! Cases of the decoder that are about one rule each; every known sequence is cut in `tests/keymap/`.

use super::*;

/// What comes of reads at times.
fn decode(pauses: Pauses, reads: &[(u64, &[u8])]) -> Vec<Decoded> {
    let mut decoder = Decoder::new(pauses);
    let mut out: Vec<Decoded> = reads.iter().flat_map(|(now, bytes)| decoder.feed(*now, bytes)).collect();
    while let Some(deadline) = decoder.deadline() {
        out.extend(decoder.tick(deadline));
    }
    out
}

fn keys(reads: &[(u64, &[u8])]) -> Vec<Key> {
    let decoded = decode(Pauses::NEAR, reads);
    decoded
        .into_iter()
        .filter_map(|one| if let Decoded::Key(key, _) = one { Some(key) } else { None })
        .collect()
}

fn at_once(bytes: &[u8]) -> Vec<Key> {
    keys(&[(0, bytes)])
}

#[test]
fn bytes_that_are_two_keys_are_the_useful_one() {
    assert_eq!(at_once(b"\x08\x7f"), [Key::Backspace, Key::Backspace]);
    assert_eq!(at_once(b"\r"), [Key::Enter]);
    assert_eq!(at_once(b"\n"), [Key::Enter]);
    assert_eq!(at_once(b"\r\n"), [Key::Enter], "a terminal that adds a newline");
    assert_eq!(at_once(b"\r\r"), [Key::Enter, Key::Enter]);
    assert_eq!(keys(&[(0, b"\r"), (1, b"\n")]), [Key::Enter, Key::Enter], "two presses");
    assert_eq!(at_once(b"\t\x03"), [Key::Tab, Key::Ctrl('c')]);
}

#[test]
fn letters_come_whole_or_not_at_all() {
    let text = "йЖ€😀".as_bytes();
    let expected: Vec<Key> = "йЖ€😀".chars().map(Key::Char).collect();
    let cut: Vec<(u64, &[u8])> = (0..).step_by(5_000).zip(text.chunks(1)).collect();
    assert_eq!(keys(&cut), expected, "half a letter waits for ever");
    assert_eq!(at_once(b"\xd0a\xffb\x80"), [Key::Char('a'), Key::Char('b')]);
    assert_eq!(at_once(b"\xc2\x9bx"), [Key::Char('x')], "a control character of two bytes");
    assert_eq!(at_once("\x1bм".as_bytes()), [Key::Alt('м')]);
}

#[test]
fn a_lone_esc_waits_its_hold_and_no_longer() {
    let mut decoder = Decoder::new(Pauses::FAR);
    assert_eq!(decoder.feed(1_000, b"\x1b"), []);
    assert_eq!(decoder.deadline(), Some(1_100));
    assert_eq!(decoder.tick(1_099), []);
    assert_eq!(decoder.tick(1_100), [Decoded::Key(Key::Esc, Bytes(vec![ESC]))]);
    assert_eq!(decoder.deadline(), None);
}

#[test]
fn esc_and_what_a_slow_line_brings_with_it() {
    assert_eq!(at_once(b"\x1b\x1b"), [Key::Esc, Key::Esc]);
    assert_eq!(at_once(b"\x1b\x1b[A"), [Key::Esc, Key::Up]);
    assert_eq!(at_once(b"\x1b\r"), [Key::Esc, Key::Enter]);
    assert_eq!(at_once(b"\x1b2"), [Key::Alt('2')]);
    assert_eq!(at_once(b"\x1b[11~\x1b[12~x"), [Key::F(1), Key::F(2), Key::Char('x')]);
}

#[test]
fn a_digit_after_esc_is_a_function_key_where_those_are_dead() {
    let dead = Pauses { hold: 50, prefix: Some(700) };
    let of = |reads: &[(u64, &[u8])]| -> Vec<Key> {
        let decoded = decode(dead, reads).into_iter();
        decoded.filter_map(|one| if let Decoded::Key(key, _) = one { Some(key) } else { None }).collect()
    };
    assert_eq!(of(&[(0, b"\x1b"), (400, b"2")]), [Key::F(2)]);
    assert_eq!(of(&[(0, b"\x1b"), (699, b"0")]), [Key::F(10)]);
    assert_eq!(of(&[(0, b"\x1b"), (700, b"2")]), [Key::Esc, Key::Char('2')]);
    assert_eq!(keys(&[(0, b"\x1b"), (400, b"2")]), [Key::Esc, Key::Char('2')], "only there");
}

#[test]
fn the_late_rest_of_a_sequence_is_not_typed_into_a_field() {
    assert_eq!(keys(&[(0, b"\x1b"), (51, b"[11~")]), [Key::Esc, Key::F(1)]);
    assert_eq!(keys(&[(0, b"\x1b"), (900, b"OP")]), [Key::Esc, Key::F(1)]);
    let typed = [Key::Esc, Key::Char('O'), Key::Char('P')];
    assert_eq!(keys(&[(0, b"\x1b"), (51, b"O"), (151, b"P")]), typed, "by hand");
    assert_eq!(keys(&[(0, b"\x1b"), (1_001, b"OP")]), typed, "too late");
    assert_eq!(
        keys(&[(0, b"\x1b"), (51, b"x"), (52, b"OP")])[1..],
        [Key::Char('x'), Key::Char('O'), Key::Char('P')]
    );
}

#[test]
fn what_nobody_knows_is_dropped_and_nothing_after_it() {
    let unknown = |bytes: &[u8]| Decoded::Unknown(Bytes(bytes.to_vec()));
    assert_eq!(decode(Pauses::NEAR, &[(0, b"\x1b[1;5Q")]), [unknown(b"\x1b[1;5Q")]);
    assert_eq!(at_once(b"\x1b[99~a\x1b[?62;1cb"), [Key::Char('a'), Key::Char('b')]);
    assert_eq!(at_once(b"\x1b[1\rx"), [Key::Enter, Key::Char('x')]);
    assert_eq!(at_once("\x1b[1ж".as_bytes()), [Key::Char('ж')]);
    let long = [b"\x1b[".as_slice(), &[b'1'; 200], b"~z"].concat();
    assert_eq!(at_once(&long).last(), Some(&Key::Char('z')));
}

#[test]
fn a_pause_may_change_while_the_program_runs() {
    let mut decoder = Decoder::new(Pauses::NEAR);
    decoder.set_pauses(Pauses::NEAR.held(300));
    assert_eq!(decoder.feed(0, b"\x1b"), []);
    assert_eq!(decoder.tick(299), []);
    assert_eq!(decoder.tick(300), [Decoded::Key(Key::Esc, Bytes(vec![ESC]))]);
    assert_eq!(Pauses::NEAR.held(9_000).hold, Pauses::PREFIX);
}

#[test]
fn a_paste_is_text_however_it_is_cut() {
    let whole = "\x1b[200~Иванов\r\n\x1b[11~\x03\x1b[201~x".as_bytes();
    let expected = [Decoded::Paste("Иванов".to_owned()), Decoded::Key(Key::Char('x'), Bytes(vec![b'x']))];
    for pause in [10, 60, 900] {
        for cut in 2..whole.len() {
            let reads = [(0, &whole[..cut]), (pause, &whole[cut..])];
            assert_eq!(decode(Pauses::NEAR, &reads), expected, "cut at {cut}, pause {pause}");
        }
    }
    let cut = decode(Pauses::NEAR, &[(0, &whole[..1]), (60, &whole[1..])]);
    assert_eq!((&cut[0], &cut[1..]), (&Decoded::Key(Key::Esc, Bytes(vec![ESC])), &expected[..]));
}

#[test]
fn a_paste_without_an_end_ends_in_silence_and_a_huge_one_is_cut() {
    let mut decoder = Decoder::new(Pauses::NEAR);
    assert_eq!(decoder.feed(0, b"\x1b[200~abc"), []);
    assert_eq!(decoder.tick(PASTE - 1), []);
    assert_eq!(decoder.tick(PASTE), [Decoded::Paste("abc".to_owned())]);
    let huge = [PASTE_BEGIN, &vec![b'a'; PASTE_LIMIT * 2], PASTE_END, b"x"].concat();
    let decoded = decode(Pauses::NEAR, &[(0, &huge)]);
    let [Decoded::Paste(text), Decoded::Key(Key::Char('x'), _)] = &decoded[..] else {
        panic!("{}", decoded.len())
    };
    assert!((PASTE_LIMIT..PASTE_LIMIT + LONGEST).contains(&text.len()), "{}", text.len());
}
