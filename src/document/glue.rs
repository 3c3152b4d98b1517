//! Words that a line never parts: «г. Энск», «д. 14», «№ 7», «2026 г.». They are joined by a no-break space.

/// What stays with the word behind it.
const BEFORE: [&str; 24] = [
    "№",
    "г.",
    "ул.",
    "пр.",
    "пер.",
    "пл.",
    "д.",
    "корп.",
    "стр.",
    "кв.",
    "комн.",
    "пом.",
    "с.",
    "пос.",
    "пгт",
    "п.",
    "ст.",
    "ч.",
    "подп.",
    "тел.",
    "ИНН",
    "КПП",
    "БИК",
    "серия",
];
/// What stays with the number before it.
const AFTER: [&str; 7] = ["г.", "руб.", "коп.", "м²", "м³", "чел.", "лет"];

/// Whether a line may end between two words.
pub(super) fn parts(word: &str, next: &str) -> bool {
    let is_number = word.ends_with(|c: char| c.is_ascii_digit());
    let bare = next.trim_end_matches([',', ';', ':', ')']);
    if is_number && (AFTER.contains(&bare) || next == "г.,") {
        return false;
    }
    let word = word.trim_start_matches(['(', '«', '"']);
    !BEFORE.contains(&word) || next.is_empty()
}
