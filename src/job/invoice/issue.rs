//! Makes the files of one account's document: of what was kept when it got its number, once and never again.

use serde_json::{Value, json};

use super::{pdf, said, typed};
use crate::db::connect::connect;
use crate::db::custom;
use crate::db::error::Refusal;
use crate::job::document::{self, Media};
use crate::job::paper::{self, library};
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// Makes the files of the document the job is about: the sheet, and its text for matrix printers. Both are kept, or none.
///
/// # Errors
/// It does not add up, or its template is wrong; when that is mended, the job is done again (`admin.job_again`).
pub async fn issue(context: &JobContext) -> Result<Value, JobError> {
    context.progress("платёжный документ", 0, 1).await?;
    let sql = "select d.content, d.number, exists (select from admin_data.document_file f where f.document_id = d.id)
        from admin_data.document d where d.id = $1";
    let row = context.client.query_one(sql, &[&context.id]).await?;
    let (content, number, is_made): (Value, String, bool) = (row.get(0), row.get(1), row.get(2));
    if !is_made {
        let invoice = said(content).map_err(|error| refused(&number, error))?;
        let sheet = pdf(&invoice).map_err(|error| refused(&number, error))?;
        let own = custom::read(&context.client).await?;
        let templates = library::customized(&own, library::folder().as_deref())
            .map_err(|error| refused(&number, error))?;
        let text = paper::typed(&templates, typed::TEMPLATE, &typed::data(&invoice))
            .map_err(|error| refused(&number, error))?;
        let digest = templates.digest(typed::TEMPLATE);
        let mut client = connect(&context.address, APPLICATION).await?;
        let transaction = client.transaction().await?;
        document::stand_for(&transaction, &context.operator).await?;
        document::keep(&transaction, context.id, Media::Pdf, &sheet, None).await?;
        let by = Some((typed::TEMPLATE, digest.as_slice()));
        document::keep(&transaction, context.id, Media::Text, text.as_bytes(), by).await?;
        transaction.commit().await?;
    }
    Ok(json!({ "number": number }))
}

fn refused(number: &str, error: impl std::fmt::Display) -> JobError {
    JobError::Refused(Refusal {
        code: "KV011".to_owned(),
        message: format!("Документу {number} присвоен номер, но его файл не составлен"),
        detail: Some(error.to_string()),
        hint: Some(
            "Исправьте причину, затем повторите задание: экран 910 или kvartal job --again".to_owned(),
        ),
    })
}
