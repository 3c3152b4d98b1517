//! Paper by keys: a month's run ordered and sent to a printer, the list of what was printed, a paper of the passport desk.

use std::path::Path;

use serde_json::json;
use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Clerk, Office, people, village};

async fn with_a_folder(home: &Path) -> Office {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let admin = Clerk::of(&office.db, people::ADMIN).await;
    admin.does("admin.printer", json!({ "name": "Типография", "way": "folder", "target": home })).await;
    // Nobody has such a queue: what is sent there does not come out.
    admin
        .does("admin.printer", json!({ "name": "Кабинет 5", "way": "queue", "target": "kvartal-none" }))
        .await;
    office
}

/// The list of printing has two tabs; what is told and done is of the row that is seen, never of the other tab's.
#[tokio::test]
async fn a_run_is_ordered_and_sent_to_a_printer_and_the_list_speaks_of_the_row_in_front() {
    let work = async {
        let home = tempfile::tempdir().unwrap();
        let office = with_a_folder(home.path()).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.sees("Меню").await;
        seat.types("{F9}430{Enter}{F7}").await;
        seat.types("04.2026{F2}").await;
        seat.sees("не рассчитан").await;
        seat.types("{Esc}").await;
        seat.goes_to("month").await;
        seat.types("03.2026{F2}").await;
        office.settle().await;
        seat.sees("готово").await;
        seat.types("{Enter}").await;
        seat.sees("КЛ-1").await;
        seat.types("{F9}~Отправить на принтер~{Enter}").await;
        seat.sees("ещё не печатали").await;
        seat.types("~нет такого~{F2}").await;
        seat.sees("Принтера «нет такого» нет").await;
        seat.types("{Esc}~Типография~{Tab}9{F2}").await;
        seat.sees("на этих местах нет готовых домов").await;
        seat.types("{Esc}{F2}").await;
        seat.sees("Выполнено: Отправить на принтер").await;
        office.delivers().await;
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 3);

        // The first house once more does not come out and stands in the first tab; the second tab has all four.
        seat.types("{F9}{F6}~Кабинет 5~{F2}").await;
        seat.sees("Выполнено: Напечатать").await;
        office.delivers().await;
        seat.types("{F9}955{Enter}").await;
        seat.sees("не вышло").await;
        seat.types("{F6}").await;
        seat.sees("строк 4").await;
        seat.types("{Down}{Del}").await;
        seat.sees("Снимать нечего").await;
        seat.sees(&home.path().display().to_string()).await;
        seat.types("{Up}{Del}").await;
        seat.sees("Не печатать документ").await;
        seat.types("1").await;
        seat.sees("Выполнено: Снять с печати").await;
        seat.hangs_up().await;
        let left = "select count(*) from admin_data.print_order where state = 'cancelled'";
        assert_eq!(office.root.query_one(left, &[]).await.unwrap().get::<_, i64>(0), 1);
    };
    LocalSet::new().run_until(work).await;
}

/// A paper is looked at before it is issued, asked for by its name, and stands in the journal afterwards.
#[tokio::test]
async fn a_certificate_is_looked_at_and_issued() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.sees("Меню").await;
        seat.types("{F9}210 41003{Enter}").await;
        seat.sees("Дубова").await;
        seat.types("{F6}{F9}{F6}").await;
        seat.sees("Что выдать").await;
        seat.goes_to("as_of").await;
        seat.types("01.01.2030{F2}").await;
        seat.sees("позже").await;
        seat.types("{Esc}").await;
        seat.goes_to("paper").await;
        seat.types("~справка о составе~").await;
        seat.goes_to("as_of").await;
        seat.types("010426").await;
        seat.goes_to("purpose").await;
        seat.types("нотариусу{F2}").await;
        seat.sees("СПРАВКА О СОСТАВЕ СЕМЬИ").await;
        seat.sees("проект").await;
        seat.types("{F2}").await;
        seat.sees("Выдать на 01.04.2026: Справка о составе семьи, ").await;
        seat.types("1").await;
        office.settle().await;
        seat.sees("Журнал выданных справок").await;
        seat.sees("С-1/").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// What bills and papers name is entered at the desk: the right to premises, and whom the bill is made out to.
#[tokio::test]
async fn a_right_and_a_payer_are_entered_at_the_desk() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.sees("Меню").await;
        seat.types("{F9}210 41003{Enter}{F9}~Собственники~{Enter}").await;
        seat.sees("Собственник").await;
        seat.types("{F9}~Право на помещение~{Enter}").await;
        seat.goes_to("tenure").await;
        seat.types("~социальный~").await;
        seat.goes_to("document").await;
        seat.types("договор № 7").await;
        seat.goes_to("from").await;
        seat.types("01.01.2026").await;
        seat.goes_to("ground").await;
        seat.types("заявление{F2}").await;
        seat.sees("Записано: «Записать право»").await;

        seat.types("{F9}210 41003{Enter}{F9}~Сменить плательщика~{Enter}").await;
        seat.goes_to("from").await;
        seat.types("01.01.2026").await;
        seat.goes_to("ground").await;
        seat.types("заявление{F2}").await;
        seat.sees("либо человек, либо организация").await;
        seat.goes_to("person").await;
        seat.types("65{F2}").await;
        seat.sees("Записано: «Записать плательщика»").await;
        seat.sees("Платит  Ежевикина").await;
        seat.hangs_up().await;
        let kept = "select tenure || ', ' || document from passport.premises_tenure where premises_id = 1013";
        assert_eq!(
            office.passport.query_one(kept, &[]).await.unwrap().get::<_, &str>(0),
            "social, договор № 7"
        );
    };
    LocalSet::new().run_until(work).await;
}

/// The card of a printer shows the printer, not what a new one begins with: it is saved as it was, but for what is typed.
#[tokio::test]
async fn the_card_of_a_printer_shows_what_it_is() {
    let work = async {
        let home = tempfile::tempdir().unwrap();
        let office = with_a_folder(home.path()).await;
        let mut seat = Seat::of(&office, people::ADMIN).await;
        seat.types("{F9}953{Enter}").await;
        seat.sees("Типография").await;
        while !seat.sight().contains("›Типография") {
            seat.types("{Down}").await;
        }
        seat.types("{Enter}").await;
        seat.sees("Принтер Типография").await;
        seat.goes_to("columns").await;
        seat.types("132{F2}").await;
        seat.sees("Выполнено").await;
        let told = "select way || ' ' || prints || ' ' || columns from admin.printer_list where printer = 'Типография'";
        assert_eq!(office.value::<String>(told).await, "folder pdf 132");
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
