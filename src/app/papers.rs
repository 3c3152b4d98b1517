//! Papers on the screen: laid out for the terminal here, because the database knows no layout.

use serde_json::{Value as Json, json};

use crate::db::custom;
use crate::job::invoice::{self, typed};
use crate::job::paper::{library, preview};
use crate::refusal::Refusal;

/// The lines of a paper for so many columns: of a template and data, of an invoice, or of one that was issued.
///
/// # Errors
/// What is wrong with the template or the invoice, as a refusal.
pub fn lines(said: Json, own: &custom::Files, columns: u16) -> Result<Json, Refusal> {
    if said["invoice"].is_object() {
        let invoice = invoice::said(said).map_err(|error| Refusal {
            code: "KV011".to_owned(),
            message: error.to_string(),
            ..Refusal::default()
        })?;
        return laid_out(typed::TEMPLATE, &typed::data(&invoice), own, columns);
    }
    match said["template"].as_str() {
        Some(template) => laid_out(template, &said["data"], own, columns),
        None => Ok(said),
    }
}

fn laid_out(template: &str, data: &Json, own: &custom::Files, columns: u16) -> Result<Json, Refusal> {
    let refused = |told: String| Refusal {
        code: "KV011".to_owned(),
        message: "Документ не составлен: шаблон содержит ошибку".to_owned(),
        detail: Some(told),
        hint: Some("Исправьте шаблон; он описан в docs/templates.md".to_owned()),
    };
    let templates =
        library::customized(own, library::folder().as_deref()).map_err(|error| refused(error.to_string()))?;
    let pages = preview(&templates, template, data, usize::from(columns).min(132))
        .map_err(|error| refused(error.to_string()))?;
    let lines: Vec<String> = pages.join(&"\u{c}".to_owned());
    Ok(json!({ "lines": lines }))
}
