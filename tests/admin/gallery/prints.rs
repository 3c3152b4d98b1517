//! Refusals of printing, and of a centre's own files.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::village::{CHIEF, NORTH};
use crate::common::{Clerk, people};

/// A document with a text of 81 columns, one with a PDF alone, one without files; orders in every state, the last one on a terminal.
const ROWS: &str = "insert into admin_data.document_kind (name, title, series, roles, is_personal)
    values ('test.print', 'Квитанция', 'П', '{kvartal_operator}', false);
    insert into admin_data.document (id, kind, series, year, series_no, number, title, subject_kind, subject_id, scope, as_of, known, operation, operator)
    select lpad(n::text, 32, '0')::uuid, 'test.print', 'П', 2026, n, 'П-' || n || '/2026', 'Квитанция', 'house', 101, h.scope, '2026-03-31', o.known, o.id, o.operator
    from cards_data.house h, generate_series(1, 3) n, (select * from admin_data.operation order by known limit 1) o where h.id = 101;
    insert into admin_data.document_file (document_id, media, scope, digest, size, bytes)
    select d.id, f.media, d.scope, sha256(f.bytes), length(f.bytes), f.bytes from admin_data.document d
    join (values (1, 'text/plain', convert_to(repeat('x', 81), 'UTF8')), (2, 'application/pdf', '%PDF'::bytea)) f (n, media, bytes) on d.id = lpad(f.n::text, 32, '0')::uuid;
    insert into admin_data.printer (name, way, target, prints) values ('Отключённый', 'queue', 'hp', 'pdf');
    update admin_data.printer set is_active = false where name = 'Отключённый';
    insert into admin_data.print_order (id, operation, document_id, scope, printer_id, copies, as_copy, operator, state)
    select o.id, o.id, d.id, d.scope, p.id, 1, false, 'kv_t_chief', o.state
    from (select id, (array['done', 'taken'])[row_number() over (order by known)] as state from admin_data.operation order by known limit 2) o,
        admin_data.document d, admin_data.printer p where d.id = lpad('2', 32, '0')::uuid and p.name = 'Отключённый'";

fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(4))
}

pub async fn of_prints(gallery: &mut Gallery) {
    // A worker that starts takes what another left in its hands for failed: the states below would not stand.
    gallery.office.dismiss().await;
    let db = &gallery.office.db;
    let (chief, north, admin) =
        (Clerk::of(db, CHIEF).await, Clerk::of(db, NORTH).await, Clerk::of(db, people::ADMIN).await);
    gallery.office.root.batch_execute(ROWS).await.unwrap();
    let order = async |state: &str| -> Uuid {
        let sql = "select id from admin_data.print_order where state = $1";
        gallery.office.root.query_one(sql, &[&state]).await.unwrap().get(0)
    };
    let (done, taken) = (order("done").await, order("taken").await);
    let printer =
        |way: &str, target: &str| op("admin.printer", &json!({ "name": "П", "way": way, "target": target }));
    gallery.refuses("Имя очереди с пробелом", &admin, &printer("queue", "hp 1")).await;
    gallery.refuses("Папка сервера без пути", &admin, &printer("folder", "исходящие")).await;
    let print = |n: u128, printer: &str| {
        op("admin.print", &json!({ "document": Uuid::from_u128(n), "printer": printer }))
    };
    for (cause, statement) in [
        ("Такого принтера нет", print(2, "Принтер у окна")),
        ("Принтер отключили", print(2, "Отключённый")),
        ("Файла документа ещё нет", print(3, "Папка исходящих")),
        ("У документа нет PDF", print(1, "Папка исходящих")),
        ("Строка шире принтера", print(1, "Принтер терминала")),
        ("Вид документов с ошибкой", "select admin.printer_default_put('test.nothing', null)".to_owned()),
        ("Напечатанное печатают снова", op("admin.print_again", &json!({ "order": done }))),
        ("Печатается на сервере", op("admin.print_again", &json!({ "order": taken }))),
        ("Снимают напечатанное", op("admin.print_cancel", &json!({ "order": done }))),
        ("Рабочее место берёт чужую печать", format!("select admin.print_take('{done}')")),
        (
            "Рабочее место говорит о печати, которой не брало",
            format!("select admin.print_ended('{done}', null)"),
        ),
    ] {
        gallery.refuses(cause, &chief, &statement).await;
    }
    let own = |path: &str, length: usize| {
        op("admin.custom_put", &json!({ "path": path, "text": "x".repeat(length) }))
    };
    gallery.refuses("Свой файл не там", &admin, &own("src/main.rs", 1)).await;
    gallery
        .refuses("Свой файл слишком велик", &admin, &own("reports/passport/household.md", 1_000_001))
        .await;
    gallery
        .refuses("Печать другого оператора", &north, &op("admin.print_cancel", &json!({ "order": done })))
        .await;
    gallery.office.hire();
}
