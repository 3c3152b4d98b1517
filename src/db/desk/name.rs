//! Names of relations, columns and arguments: checked before they become SQL, because screens are files anybody may write.

use crate::db::error::{DbError, Refusal};

/// A plain name in quotes.
///
/// # Errors
/// KV004 where it is anything but lower-case letters, digits and underscores.
pub fn quoted(name: &str) -> Result<String, DbError> {
    let mut letters = name.chars();
    let begins = letters.next().is_some_and(|first| first == '_' || first.is_ascii_lowercase());
    if begins && letters.all(|one| one == '_' || one.is_ascii_lowercase() || one.is_ascii_digit()) {
        return Ok(format!("\"{name}\""));
    }
    Err(DbError::Refused(Refusal {
        code: "KV004".to_owned(),
        message: format!("Имя «{name}» не годится для таблицы, столбца или функции"),
        detail: None,
        hint: Some(
            "Имя состоит из латинских строчных букв, цифр и подчёркиваний; исправьте файл экрана".to_owned(),
        ),
    }))
}

/// `schema.relation` in quotes.
///
/// # Errors
/// As [`quoted`], and where the schema is missing.
pub fn qualified(name: &str) -> Result<String, DbError> {
    let (schema, relation) = name.split_once('.').unwrap_or(("", name));
    Ok(format!("{}.{}", quoted(schema)?, quoted(relation)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_pass() {
        assert_eq!(qualified("cards.account_head").unwrap(), "\"cards\".\"account_head\"");
        for wrong in ["", "a b", "A", "a;b", "a\"b", "1a", "счёт", "a.b.c", "a", ".a", "a."] {
            assert!(qualified(wrong).is_err(), "{wrong}");
        }
    }
}
