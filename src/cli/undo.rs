//! `kvartal undo`: puts back, day by day, what an operation changed.

use serde_json::json;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, difference};
use crate::job::door::{Operation, Session};

/// Отменить операцию: вернуть по дням то, что она изменила
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер отменяемой операции (из журнала)
    #[arg(value_name = "НОМЕР")]
    operation: Uuid,
    /// Основание отмены
    #[arg(long, value_name = "ТЕКСТ")]
    ground: String,
    /// Только показать разницу в начислениях
    #[arg(long)]
    preview: bool,
}

/// Undoes, or shows what undoing would change.
///
/// # Errors
/// The refusal of the door.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal undo").await?;
    let operation = Operation {
        id: Uuid::new_v4(),
        kind: "admin.undo".to_owned(),
        args: json!({ "operation": args.operation }),
        ground: Some(args.ground.clone()),
    };
    if args.preview {
        return difference::print(&session.preview(&operation).await?);
    }
    let result = session.commit(&operation).await?;
    console::line(format_args!("Операция {} отменена операцией {}.", args.operation, operation.id))?;
    for kept in result["kept"].as_array().into_iter().flatten() {
        console::line(format_args!(
            "Оставлено, изменено позже: {} с {} по {} (операция {})",
            kept["fact"].as_str().unwrap_or_default(),
            kept["from"].as_str().unwrap_or_default(),
            kept["to"].as_str().unwrap_or_default(),
            kept["by"].as_str().unwrap_or_default()
        ))?;
    }
    Ok(())
}
