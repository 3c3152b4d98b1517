//! Refusals of files that operators bring.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::people;

fn op(kind: &str, file: i64) -> String {
    format!("select admin.operate('{}', 'exchange.{kind}', '{{\"file\": {file}}}')", Uuid::from_u128(5))
}

pub(super) async fn of_files(gallery: &mut Gallery) {
    let cashier = gallery.office.db.as_role(people::CASHIER).await;
    let put = async |digest: &str, kind: &str| -> i64 {
        let row = json!({ "line": 2, "account": "99999", "day": "2026-03-20", "value": "5" });
        let file = json!({ "name": "реестр.csv", "digest": digest, "kind": kind, "encoding": "utf-8", "rows": [row] });
        let held: Value = cashier.query_one("select exchange.file_put($1)", &[&file]).await.unwrap().get(0);
        held["key"].as_i64().unwrap()
    };
    let (readings, payments, known) =
        (put("1", "readings").await, put("2", "payments").await, put("3", "payments").await);
    let was = "insert into exchange_data.import_file (digest, name, kind, rows, bad_rows, operation)
        select '3', 'реестр.csv', 'payments', 1, 0, id from admin_data.operation order by known limit 1";
    gallery.office.root.batch_execute(was).await.unwrap();
    for (cause, statement) in [
        ("Прочитанный файл забыт", op("readings", 1)),
        ("Реестр принимают за показания", op("readings", payments)),
        ("Ни одной верной строки", op("readings", readings)),
        ("Реестр загружают второй раз", op("payments", known)),
    ] {
        gallery.refuses(cause, &cashier, &statement).await;
    }
}
