//! «Похоже на …»: the known name nearest to a misspelt one.

/// The end of a refusal: the nearest of the known names, or, where none is near, all of them.
#[must_use]
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().filter(|name| !name.is_empty()).collect();
    match nearest(word, &known) {
        Some(name) => format!("похоже на «{name}»"),
        None if known.is_empty() => "выбирать не из чего".to_owned(),
        None => format!("можно: {}", known.join(", ")),
    }
}

/// The nearest name, if it differs by no more than a third of its letters; letter case does not count.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    let best = *known.iter().min_by_key(|name| distance(name))?;
    (distance(best) <= 1 + best.chars().count() / 3).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn the_nearest_name_is_offered_and_otherwise_all_of_them() {
        assert_eq!(hint("BASA", ["LS", "BAZA", "VSEGO"]), "похоже на «BAZA»");
        assert_eq!(hint("baza", ["LS", "BAZA", "VSEGO"]), "похоже на «BAZA»");
        assert_eq!(hint("kolichestvo", ["LS", "BAZA"]), "можно: LS, BAZA");
        assert_eq!(hint("x", []), "выбирать не из чего");
    }
}
