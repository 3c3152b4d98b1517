//! How dates and months are written: `DD.MM.YYYY`, `MM/YY` …

use chrono::NaiveDate;

/// A mask of runs `D`, `M`, `Y` and of other signs that stand for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMask {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year { digits: usize },
    Sign(char),
}

/// Years of two digits below this one are of the 21st century, as POSIX reads them.
const PIVOT: u32 = 69;

impl DateMask {
    /// Reads a mask. `None` unless it has one `MM`, one `YYYY` or `YY`, and one `DD` exactly if `day`.
    #[must_use]
    pub fn new(text: &str, day: bool) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let run = rest.len() - rest.trim_start_matches(sign).len();
            let (part, length) = match (sign, run) {
                ('D', 2) => (Part::Day, 2),
                ('M', 2) => (Part::Month, 2),
                ('Y', 2 | 4) => (Part::Year { digits: run }, run),
                (sign, _) if sign.is_alphanumeric() => return None,
                (sign, _) => (Part::Sign(sign), sign.len_utf8()),
            };
            parts.push(part);
            rest = rest.get(length..)?;
        }
        let count = |wanted: fn(&Part) -> bool| parts.iter().filter(|part| wanted(part)).count();
        let complete = count(|part| matches!(part, Part::Day)) == usize::from(day)
            && count(|part| matches!(part, Part::Month)) == 1
            && count(|part| matches!(part, Part::Year { .. })) == 1;
        complete.then(|| Self { text: text.to_owned(), parts })
    }

    /// Reads a date by the mask; the first day of the month where the mask has no day. Days and months may be
    /// of one digit between signs. `None` when the text does not fit or is not in the calendar.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<NaiveDate> {
        let (mut day, mut month, mut year) = (1, 0, 0);
        let mut rest = text;
        for (place, part) in self.parts.iter().enumerate() {
            let sign = |place: Option<usize>| {
                matches!(place.and_then(|place| self.parts.get(place)), None | Some(Part::Sign(_)))
            };
            let short = sign(place.checked_sub(1)) && sign(Some(place + 1));
            match part {
                Part::Sign(sign) => rest = rest.strip_prefix(*sign)?,
                Part::Day => day = digits(&mut rest, 2, short)?,
                Part::Month => month = digits(&mut rest, 2, short)?,
                Part::Year { digits: count } => {
                    let written = digits(&mut rest, *count, false)?;
                    let century = if written < PIVOT { 2000 } else { 1900 };
                    year = if *count == 2 { century + written } else { written };
                }
            }
        }
        if !rest.is_empty() {
            return None;
        }
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }
}

/// Takes a number of so many digits, or one fewer if `short`.
fn digits(rest: &mut &str, count: usize, short: bool) -> Option<u32> {
    let found = rest.bytes().take(count).take_while(u8::is_ascii_digit).count();
    if found == 0 || found < count && !short {
        return None;
    }
    let (number, after) = rest.split_at_checked(found)?;
    *rest = after;
    number.parse().ok()
}

impl std::fmt::Display for DateMask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::DateMask;

    fn read(mask: &str, text: &str) -> Option<String> {
        DateMask::new(mask, mask.contains('D')).unwrap().read(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_by_their_mask() {
        assert_eq!(read("DD.MM.YYYY", "01.09.2003").as_deref(), Some("2003-09-01"));
        assert_eq!(read("DD.MM.YYYY", "1.9.2003").as_deref(), Some("2003-09-01"));
        assert_eq!(read("YYYYMMDD", "20030901").as_deref(), Some("2003-09-01"));
        assert_eq!(read("MM.YYYY", "10.2003").as_deref(), Some("2003-10-01"));
        assert_eq!(read("DD/MM/YY", "01/09/68").as_deref(), Some("2068-09-01"));
        assert_eq!(read("DD/MM/YY", "01/09/69").as_deref(), Some("1969-09-01"));
        assert_eq!(read("YYYYMM", "20031"), None);
        for wrong in ["31.02.2003", "01.09.03", "01-09-2003", "01.09.2003 г.", "", "01.09.20я3"] {
            assert_eq!(read("DD.MM.YYYY", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_mask_names_each_part_once() {
        for wrong in ["DD.MM", "DD.MM.YYY", "MM.YYYY", "DD.DD.MM.YYYY", "dd.mm.yyyy", ""] {
            assert_eq!(DateMask::new(wrong, true), None, "{wrong}");
        }
        assert_eq!(DateMask::new("DD.MM.YYYY", false), None);
    }
}
