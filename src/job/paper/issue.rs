//! Makes the file of an issued paper: of what was kept when it got its number, once and never again.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{library, make};
use crate::db::error::Refusal;
use crate::job::worker::{JobContext, JobError};

/// Makes the file of the paper the job is about.
///
/// # Errors
/// The template is wrong; when it is mended, the job is done again (`admin.job_again`).
pub async fn issue(context: &JobContext) -> Result<Value, JobError> {
    context.progress("справка", 0, 1).await?;
    let sql = "select k.template, p.content, p.number, p.issued_at::date, p.pdf is not null
        from passport_data.paper p join passport_data.paper_kind k on k.id = p.kind_id where p.id = $1";
    let row = context.client.query_one(sql, &[&context.id]).await?;
    let (template, content): (String, Value) = (row.get(0), row.get(1));
    let (number, day, is_made): (String, NaiveDate, bool) = (row.get(2), row.get(3), row.get(4));
    if !is_made {
        let templates =
            library::templates(library::folder().as_deref()).map_err(|error| refused(&number, error))?;
        let made = make(&templates, &template, &content, day).map_err(|error| refused(&number, error))?;
        let digest = Sha256::digest(&made.pdf);
        let sql = "update passport_data.paper set template_digest = $2, digest = $3, pdf = $4, body = $5
            where id = $1 and pdf is null";
        let template_digest = templates.digest(&template);
        context
            .client
            .execute(
                sql,
                &[&context.id, &template_digest.as_slice(), &digest.as_slice(), &made.pdf, &made.text],
            )
            .await?;
    }
    Ok(json!({ "number": number }))
}

fn refused(number: &str, error: impl std::fmt::Display) -> JobError {
    JobError::Refused(Refusal {
        code: "KV011".to_owned(),
        message: format!("Справке {number} присвоен номер, но её файл не составлен"),
        detail: Some(error.to_string()),
        hint: Some("Исправьте шаблон, затем повторите задание: экран 910 или kvartal job --again".to_owned()),
    })
}
