//! A text taken apart into its sentences.

/// Words with a point behind them that end no sentence: «г. Томск», «ул. Садовая».
const ABBREVIATED: [&str; 13] = ["г", "ул", "пер", "д", "кв", "корп", "п", "с", "ст", "т", "руб", "см", "No"];

/// The sentences of a text: each to a point behind a whole word, or to the end of its line.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    text.lines().flat_map(of_line).filter(|sentence| !sentence.is_empty()).collect()
}

fn of_line(line: &str) -> Vec<&str> {
    let mut rest = line.trim();
    let mut found = Vec::new();
    while let Some(end) = end_of_first(rest) {
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    found.push(rest);
    found
}

fn end_of_first(line: &str) -> Option<usize> {
    line.match_indices('.').map(|(at, _)| at + 1).find(|end| {
        let word = line[..end - 1].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        line[*end..].starts_with(' ') && !ABBREVIATED.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_sentence_does_not_end_behind_an_abbreviation() {
        assert_eq!(sentences("Город: г. Энск. И ещё что-то."), ["Город: г. Энск.", "И ещё что-то."]);
        assert_eq!(sentences("Сумма, руб. с копейками. Потом."), ["Сумма, руб. с копейками.", "Потом."]);
        assert_eq!(sentences("Раньше этого дня. Потом."), ["Раньше этого дня.", "Потом."]);
        assert_eq!(sentences("Одна фраза"), ["Одна фраза"]);
        assert_eq!(sentences("Первая строка\nвторая"), ["Первая строка", "вторая"]);
        assert!(sentences("").is_empty());
    }
}
