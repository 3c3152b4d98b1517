//! Every key sequence of every known terminal, cut at every byte, with pauses below and above each wait.

use kvartal::keymap::{Decoded, Decoder, Key, Pauses, Terminals};

/// Pauses in milliseconds: within the hold, just past it, within the wait for a tail, past that.
const SHORT: u64 = Pauses::NEAR.hold - 1;
const PAST_HOLD: u64 = Pauses::NEAR.hold + 1;
const LONG: u64 = 900;
const PAST_ALL: u64 = 1_100;

/// The keys of pieces that come with a pause between them, and of the silence after them.
fn keys(pieces: &[&[u8]], pause: u64) -> Vec<Key> {
    let mut decoder = Decoder::new(Pauses::NEAR);
    let mut decoded = Vec::new();
    for (piece, at) in pieces.iter().zip((0..).map(|count: u64| count * pause)) {
        decoded.extend(decoder.feed(at, piece));
    }
    decoded.extend(decoder.tick(u64::MAX));
    decoded
        .into_iter()
        .map(|decoded| match decoded {
            Decoded::Key(key, _) => key,
            other => panic!("{other:?} of {pieces:?}"),
        })
        .collect()
}

/// Characters as keys.
fn text(bytes: &[u8]) -> Vec<Key> {
    bytes.iter().map(|byte| Key::Char(char::from(*byte))).collect()
}

fn every_sequence(judge: impl Fn(Key, &[u8])) {
    let mut count = 0;
    for (key, bytes) in Terminals::known().modes().iter().flat_map(|mode| &mode.keys) {
        judge(*key, &bytes.0);
        count += 1;
    }
    assert!(count > 80, "{count} sequences only");
}

#[test]
fn a_whole_sequence_is_its_key() {
    every_sequence(|key, bytes| assert_eq!(keys(&[bytes], 0), [key]));
}

#[test]
fn a_cut_within_the_hold_is_not_seen() {
    every_sequence(|key, bytes| {
        for cut in 1..bytes.len() {
            assert_eq!(keys(&[&bytes[..cut], &bytes[cut..]], SHORT), [key], "{bytes:?} at {cut}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(keys(&single, SHORT), [key], "{bytes:?} byte by byte");
    });
}

#[test]
fn past_the_hold_esc_comes_first_and_the_key_still_comes() {
    every_sequence(|key, bytes| {
        for pause in [PAST_HOLD, LONG] {
            assert_eq!(keys(&[&bytes[..1], &bytes[1..]], pause), [Key::Esc, key], "{bytes:?}");
            for cut in 2..bytes.len() {
                assert_eq!(keys(&[&bytes[..cut], &bytes[cut..]], pause), [key], "{bytes:?} at {cut}");
            }
        }
    });
}

/// A second and more: the price, stated. Only the first two cuts can be told from a hand.
#[test]
fn past_every_wait_the_rest_is_text() {
    every_sequence(|key, bytes| {
        let esc_first = [vec![Key::Esc], text(&bytes[1..])].concat();
        assert_eq!(keys(&[&bytes[..1], &bytes[1..]], PAST_ALL), esc_first);
        let alt_first = [vec![Key::Alt(char::from(bytes[1]))], text(&bytes[2..])].concat();
        assert_eq!(keys(&[&bytes[..2], &bytes[2..]], PAST_ALL), alt_first);
        for cut in 3..bytes.len() {
            assert_eq!(keys(&[&bytes[..cut], &bytes[cut..]], PAST_ALL), [key], "{bytes:?} at {cut}");
        }
    });
}

#[test]
fn sequences_in_one_read_do_not_touch_each_other() {
    let mut all = Vec::new();
    let mut expected = Vec::new();
    for (key, bytes) in Terminals::known().modes().iter().flat_map(|mode| &mode.keys) {
        all.extend_from_slice(&bytes.0);
        all.extend_from_slice("ж".as_bytes());
        expected.extend([*key, Key::Char('ж')]);
    }
    assert_eq!(keys(&[&all], 0), expected);
    for size in [2, 3, 5, 7] {
        let pieces: Vec<&[u8]> = all.chunks(size).collect();
        assert_eq!(keys(&pieces, SHORT), expected, "in pieces of {size}");
    }
}

/// The losses the table documents are real: the sequence is another key, or none.
#[test]
fn a_documented_loss_is_a_loss() {
    let mut losses = 0;
    for mode in Terminals::known().modes() {
        for (bytes, lost) in &mode.lost {
            let seen = keys(&[&bytes.0], 0);
            assert_eq!(seen.len(), 1, "{}: {bytes}", mode.name);
            assert_ne!(seen[0].to_string(), *lost, "{}: {bytes} is no loss any more", mode.name);
            losses += 1;
        }
    }
    assert!(losses > 0);
}

#[test]
fn a_mode_that_loses_keys_is_known_by_its_sequences() {
    let mode = |bytes: &[u8]| Terminals::known().known_bad(bytes).map(|mode| mode.name.as_str());
    assert_eq!(mode(b"\x1b[M"), Some("SCO: консоль, PuTTY «SCO»"));
    assert_eq!(mode(b"\x1bOT"), Some("PuTTY «VT100+»"));
    assert_eq!([mode(b"\x1b[11~"), mode(b"\x1bOP"), mode(b"\x1b[[A"), mode(b"x")], [None; 4]);
}
