//! An address in little room: what tells one dwelling from another stays the longest. First the town goes, then the kind of the
//! street is abbreviated, then the words beside numbers go, and last the name of the street is cut.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How the kinds of streets are abbreviated in addresses.
const KINDS: [(&str, &str); 10] = [
    ("улица", "ул."),
    ("проспект", "пр-кт"),
    ("переулок", "пер."),
    ("проезд", "пр-д"),
    ("бульвар", "б-р"),
    ("набережная", "наб."),
    ("площадь", "пл."),
    ("шоссе", "ш."),
    ("тупик", "туп."),
    ("микрорайон", "мкр."),
];

/// What begins the part with the number of the house.
const HOUSE: &str = "д. ";

/// A cut name of a street has so many letters at least.
const LEAST_NAME: usize = 3;

/// The address in at most `room` columns; `None` where the text is no address of a house, or there is too little room for one.
#[must_use]
pub fn shortened(text: &str, room: usize) -> Option<String> {
    let parts: Vec<&str> = text.split(", ").collect();
    let house = parts.iter().position(|part| part.starts_with(HOUSE)).filter(|at| *at > 0)?;
    let (street, rest) = (parts[house - 1], &parts[house..]);
    let (kind, name) = named(street);
    let kind = kind.map(|kind| format!("{kind} ")).unwrap_or_default();
    let numbers = numbers(rest);
    let rest = rest.join(", ");
    let whole = [
        format!("{street}, {rest}"),
        format!("{kind}{name}, {rest}"),
        format!("{kind}{name} {numbers}"),
        format!("{name} {numbers}"),
    ];
    whole.into_iter().find(|form| form.width() <= room).or_else(|| cut(name, &numbers, room))
}

/// The abbreviated kind of a street, and its name.
fn named(street: &str) -> (Option<&'static str>, &str) {
    let found = KINDS.iter().find_map(|(kind, short)| {
        let name = street.strip_prefix(kind).or_else(|| street.strip_suffix(kind))?;
        Some((Some(*short), name.trim()))
    });
    found.filter(|(_, name)| !name.is_empty()).unwrap_or((None, street))
}

/// «д. 2», «кв. 5», «комн. 1» as the trade says them: 2-5/1.
fn numbers(parts: &[&str]) -> String {
    let mut numbers = String::new();
    for part in parts {
        let (sign, number) = [(HOUSE, ""), ("кв. ", "-"), ("комн. ", "/")]
            .into_iter()
            .find_map(|(label, sign)| part.strip_prefix(label).map(|number| (sign, number)))
            .unwrap_or((" ", part));
        numbers.push_str(sign);
        numbers.push_str(number);
    }
    numbers
}

fn cut(name: &str, numbers: &str, room: usize) -> Option<String> {
    let kept = room.checked_sub(numbers.width() + 2).filter(|kept| *kept >= LEAST_NAME)?;
    let name: String = name.graphemes(true).take(kept).collect();
    Some(format!("{name}› {numbers}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_apart_stays_the_longest() {
        let flat = "Светлоречинск, улица Рябиновая, д. 2, кв. 5";
        for (room, told) in [
            (28, Some("улица Рябиновая, д. 2, кв. 5")),
            (27, Some("ул. Рябиновая, д. 2, кв. 5")),
            (25, Some("ул. Рябиновая 2-5")),
            (16, Some("Рябиновая 2-5")),
            (12, Some("Рябинов› 2-5")),
            (8, Some("Ряб› 2-5")),
            (7, None),
        ] {
            assert_eq!(shortened(flat, room).as_deref(), told, "{room}");
        }
        assert_eq!(
            shortened("Гаражный проезд, д. 5 корп. 2, кв. 3, комн. 1", 30).unwrap(),
            "пр-д Гаражный 5 корп. 2-3/1"
        );
        assert_eq!(shortened("Подгорный, д. 7", 11).unwrap(), "Подгорный 7");
        assert_eq!(shortened("счёт 1100000098 и ещё 6", 12), None);
        assert_eq!(shortened("д. 7", 3), None);
    }
}
