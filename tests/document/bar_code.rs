//! Code 128 against the table of its standard (ISO/IEC 15417).

use kvartal::document::bar_code::modules;

fn bars(text: &str) -> String {
    modules(text).unwrap().into_iter().map(|dark| if dark { '1' } else { '0' }).collect()
}

/// Set B begins with 104; A is 33, B is 34; (104 + 1·33 + 2·34) mod 103 = 205 mod 103 = 102; the end is 106 and a bar of two.
#[test]
fn letters_are_set_b() {
    let expected = ["11010010000", "10100011000", "10001011000", "11110101110", "1100011101011"].concat();
    assert_eq!(bars("AB"), expected);
}

/// Set C begins with 105; the pairs are 12 and 34; (105 + 1·12 + 2·34) mod 103 = 185 mod 103 = 82.
#[test]
fn an_even_number_of_digits_is_set_c() {
    let expected = ["11010011100", "10110011100", "10001011000", "10010011110", "1100011101011"].concat();
    assert_eq!(bars("1234"), expected);
}

#[test]
fn other_letters_are_refused() {
    assert!(modules("Ёлка").unwrap_err().to_string().contains("Code 128"));
}
