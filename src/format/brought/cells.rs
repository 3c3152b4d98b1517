//! Values of cells. Nothing is guessed and nothing is rounded: what does not fit is told with what stands there.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Days as they are written: `05.10.2026`, `2026-10-05`.
pub(super) fn day(text: &str, column: &str) -> Result<NaiveDate, String> {
    if text.is_empty() {
        return Err(format!("колонка «{column}» пуста"));
    }
    let masks = ["%d.%m.%Y", "%Y-%m-%d"];
    // The year has four digits: `%Y` would take «26» for the year 26.
    let long = text.len() == 10 && text.is_ascii();
    let found = masks.iter().filter(|_| long).find_map(|mask| NaiveDate::parse_from_str(text, mask).ok());
    found.ok_or_else(|| format!("в колонке «{column}» стоит «{text}», а ожидается день: 05.10.2026"))
}

/// Spaces spreadsheets put between thousands.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// A number without the spaces between its thousands: «1 234,56». A space anywhere else stays and is told.
fn ungrouped(text: &str) -> String {
    let end = text.find([',', '.']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(end);
    let mut groups = whole.split(SPACES);
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    if is_first && groups.all(|group| group.len() == 3) {
        whole.replace(SPACES, "") + rest
    } else {
        text.to_owned()
    }
}

/// A number that is not negative, with a comma or a point, of at most so many places; its thousands may stand apart.
pub(super) fn number(text: &str, column: &str, places: u32) -> Result<Decimal, String> {
    if text.is_empty() {
        return Err(format!("колонка «{column}» пуста"));
    }
    let plain = ungrouped(text);
    let is_plain = plain.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.'))
        && plain.starts_with(|sign: char| sign.is_ascii_digit())
        && plain.len() <= 18;
    let number = Decimal::from_str_exact(&plain.replace(',', ".")).ok();
    match number.filter(|_| is_plain) {
        Some(number) if number.normalize().scale() <= places => Ok(number),
        Some(_) => Err(format!("в колонке «{column}» стоит «{text}», знаков после запятой больше {places}")),
        None if number.is_some_and(|number| number < Decimal::ZERO) => {
            Err(format!("в колонке «{column}» стоит «{text}», а меньше нуля не принимается"))
        }
        None => Err(format!("в колонке «{column}» стоит «{text}», а ожидается число")),
    }
}

/// The register of a meter with several: 1, 2, 3.
pub(super) fn register(text: &str) -> Result<i16, String> {
    let number = text.parse().ok().filter(|number| (1..=9).contains(number));
    number.ok_or_else(|| format!("регистр «{text}», а ожидается число от 1"))
}
