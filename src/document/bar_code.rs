//! Code 128: a short number as bars, for readers on a desk.

use barcoders::sym::code128::Code128;

/// A text no code of bars can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» не записывается штрихкодом Code 128: годятся латинские буквы, цифры и знаки, не меньше двух")]
pub struct BarError(pub String);

/// Begins code set B: letters and signs.
const LETTERS: char = '\u{181}';
/// Begins code set C: digits by pairs, half as long.
const PAIRS: char = '\u{106}';

/// The modules of a text from the left, without quiet zones; `true` is black. An even number of digits takes half the room.
///
/// # Errors
/// A character that is not printable ASCII, or less than two of them.
pub fn modules(text: &str) -> Result<Vec<bool>, BarError> {
    let refused = || BarError(text.to_owned());
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(refused());
    }
    let is_pairs = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_digit());
    let set = if is_pairs { PAIRS } else { LETTERS };
    let code = Code128::new(format!("{set}{text}")).map_err(|_| refused())?;
    Ok(code.encode().into_iter().map(|module| module == 1).collect())
}
