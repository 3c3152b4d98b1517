//! Papers on the screen: laid out for the terminal here, because the database knows no layout.

use serde_json::{Value as Json, json};

use crate::db::custom;
use crate::job::paper::{library, preview};
use crate::refusal::Refusal;

/// The lines of a paper for so many columns: of a template and data, or of one that was issued.
///
/// # Errors
/// What is wrong with the template, as a refusal.
pub fn lines(said: Json, own: &custom::Files, columns: u16) -> Result<Json, Refusal> {
    let Some(template) = said["template"].as_str() else { return Ok(said) };
    let refused = |told: String| Refusal {
        code: "KV011".to_owned(),
        message: "Справка не составлена: шаблон содержит ошибку".to_owned(),
        detail: Some(told),
        hint: Some("Исправьте шаблон; он описан в docs/templates.md".to_owned()),
    };
    let templates =
        library::customized(own, library::folder().as_deref()).map_err(|error| refused(error.to_string()))?;
    let pages = preview(&templates, template, &said["data"], usize::from(columns).min(132))
        .map_err(|error| refused(error.to_string()))?;
    let lines: Vec<String> = pages.join(&"\u{c}".to_owned());
    Ok(json!({ "lines": lines }))
}
