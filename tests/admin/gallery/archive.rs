//! Refusals of the archive of documents. The document has a number of its own, for the page must not change with the year.

use super::Gallery;
use crate::common::village::{CHIEF, NORTH};
use crate::common::{Clerk, people};

const DOCUMENT: &str = "insert into admin_data.document_kind (name, title, series, roles, is_personal)
    values ('test.paper', 'Справка', 'С', '{kvartal_passport}', true);
    insert into admin_data.document (id, kind, series, year, series_no, number, title, subject_kind, subject_id, scope, as_of, known, operation, operator)
    select '00000000-0000-0000-0000-00000000d0c1', 'test.paper', 'С', 2026, 1, 'С-1/2026', 'Справка', 'house', 101, h.scope, '2026-03-31', o.known, o.id, o.operator
    from cards_data.house h, admin_data.operation o where h.id = 101 order by o.known limit 1;";

const ID: &str = "00000000-0000-0000-0000-00000000d0c1";

/// Documents nobody may see, make or change.
pub async fn of_documents(gallery: &mut Gallery) {
    gallery.office.root.batch_execute(DOCUMENT).await.unwrap();
    let north = Clerk::of(&gallery.office.db, NORTH).await;
    let chief = Clerk::of(&gallery.office.db, CHIEF).await;
    let worker = gallery.office.db.as_role(people::WORKER).await;
    let read = |id: &str, media: &str| format!("select admin.document_read('{id}', '{media}', 'get')");
    let nowhere = read("00000000-0000-0000-0000-000000000000", "text/plain");
    gallery.refuses("Документ чужого участка", &north, &nowhere).await;
    let unknown = "select admin.document_by_number('С-99/2026')";
    gallery.refuses("Номер документа с ошибкой или чужой", &north, unknown).await;
    gallery.refuses("Документ читает не та группа", &north, &read(ID, "text/plain")).await;
    gallery.refuses("Файл ещё не составлен", &chief, &read(ID, "text/plain")).await;
    let act = format!("begin; select set_config('kvartal.operator', '{CHIEF}', true);");
    let register = format!(
        "{act} select admin.document_register(gen_random_uuid(), (select id from admin_data.operation limit 1), 'test.paper', 'Справка', 'house', 999)"
    );
    gallery.refuses("Документ о доме, которого нет", &worker, &register).await;
    let keep = format!(
        "{act} select admin.document_keep('{ID}', 'text/plain', convert_to('раз', 'UTF8')); select admin.document_keep('{ID}', 'text/plain', convert_to('два', 'UTF8'))"
    );
    gallery.refuses("Документ составлен дважды по-разному", &worker, &keep).await;
}
