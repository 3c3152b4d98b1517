//! Makes the files of an issued paper: of what was kept when it got its number, once and never again.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{library, make};
use crate::db::connect::connect;
use crate::db::custom;
use crate::db::error::Refusal;
use crate::job::document::{self, Media};
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// Makes the files of the paper the job is about; both are kept, or none.
///
/// # Errors
/// The template is wrong; when it is mended, the job is done again (`admin.job_again`).
pub async fn issue(context: &JobContext) -> Result<Value, JobError> {
    context.progress("справка", 0, 1).await?;
    let sql = "select k.template, d.content, d.number, d.created_at::date,
            exists (select from admin_data.document_file f where f.document_id = d.id)
        from admin_data.document d
        join passport_data.paper p on p.id = d.id
        join passport_data.paper_kind k on k.id = p.kind_id where d.id = $1";
    let row = context.client.query_one(sql, &[&context.id]).await?;
    let (template, content): (String, Value) = (row.get(0), row.get(1));
    let (number, day, is_made): (String, NaiveDate, bool) = (row.get(2), row.get(3), row.get(4));
    if !is_made {
        let own = custom::read(&context.client).await?;
        let templates = library::customized(&own, library::folder().as_deref())
            .map_err(|error| refused(&number, error))?;
        let made = make(&templates, &template, &content, day).map_err(|error| refused(&number, error))?;
        let digest = templates.digest(&template);
        let by = Some((template.as_str(), digest.as_slice()));
        let mut client = connect(&context.address, APPLICATION).await?;
        let transaction = client.transaction().await?;
        document::stand_for(&transaction, &context.operator).await?;
        document::keep(&transaction, context.id, Media::Pdf, &made.pdf, by).await?;
        document::keep(&transaction, context.id, Media::Text, made.text.as_bytes(), by).await?;
        transaction.commit().await?;
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
