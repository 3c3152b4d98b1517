//! The inbox folder: a file is seen, read, judged, taken through the door, and known ever after.

use serde_json::json;
use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

const FILE: &str = "показания март.csv";
/// Meter ХВ-1 read 1015 on 20.02.2026, ХВ-2 1012, ХВ-4 1021: the first goes up by 6,5, the second goes down, the third goes up by
/// 479, more than 100 and than five averages. There is no account 99999.
const ROWS: &str = "Лицевой счёт;Прибор;Дата;Показание\n41001;ХВ-1;20.03.2026;1021,5\n41002;;20.03.2026;1000\n;ХВ-4;20.03.2026;1500\n99999;;20.03.2026;1\n";

async fn at_the_folder(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::ACCOUNTANT).await;
    seat.sees("Меню").await;
    seat.types("{F9}960{Enter}").await;
    seat
}

#[tokio::test]
async fn readings_of_a_file_are_taken_once() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_folder(&office).await;
        seat.sees("файлов нет").await;
        let inbox = seat.home.path().join("kvartal/inbox");
        assert!(inbox.is_dir(), "the folder is made for whoever looks into it");
        seat.types("{F5}").await;
        seat.sees("файлов нет").await;
        std::fs::write(inbox.join(FILE), ROWS).unwrap();
        seat.types("{F5}").await;
        seat.sees(FILE).await;
        seat.sees("UTF-8").await;
        seat.sees("41001;ХВ-1;20.03.2026;1021,5").await;
        assert!(!seat.sight().contains("загружен "), "{}", seat.sight());
        seat.types("{Enter}").await;
        seat.sees("меньше прежнего: 1 012 от").await;
        seat.sees("расход 479 за 28 дн.").await;
        seat.sees("счёт 99999 не найден").await;
        seat.sees("1021,5   Уже записано       0").await;
        seat.types("{F2}").await;
        seat.sees("128,18").await;
        seat.types("{F2}").await;
        seat.sees("Записано").await;
        let kept = "select count(*) from meters.readings where meter_id = 51 and day = '2026-03-20' and value = 1021.5";
        let root = office.db.as_role(people::ACCOUNTANT).await;
        assert_eq!(root.query_one(kept, &[]).await.unwrap().get::<_, i64>(0), 1);
        seat.types("{F2}").await;
        seat.sees("Принимать нечего").await;
        seat.types("{Esc}").await;
        seat.sees("загружен ").await;
        seat.sees("строк 1, отказано 3").await;
        std::fs::remove_file(inbox.join(FILE)).unwrap();
        seat.types("{Enter}").await;
        seat.sees("не прочитан").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn a_file_that_is_not_understood_says_so_and_the_screen_stays() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = at_the_folder(&office).await;
        let inbox = seat.home.path().join("kvartal/inbox");
        std::fs::create_dir_all(&inbox).unwrap();
        std::fs::write(inbox.join("письмо.csv"), "Фамилия;Имя\nИванова;Анна\n").unwrap();
        seat.types("{F5}").await;
        seat.sees("Иванова;Анна").await;
        seat.types("{Enter}").await;
        seat.sees("не узнать, что это за").await;
        seat.sees("Входящие файлы").await;
        seat.hangs_up().await;
        let none = office.db.as_role(people::ACCOUNTANT).await;
        let held = none.query_one("select exchange.files_known($1)", &[&json!([])]).await.unwrap();
        assert_eq!(held.get::<_, serde_json::Value>(0), json!([]));
    };
    LocalSet::new().run_until(work).await;
}

/// What came from another program is a list (566); Enter shows the rows that were left out of a file and why.
#[tokio::test]
async fn rows_left_out_of_an_import_are_found_again() {
    let work = async {
        let office = Office::of(village().await).await;
        let brought = "insert into exchange_data.import_file (digest, name, kind, rows, bad_rows, operation, at)
            select v.name, v.name, 'accounts', 2, v.bad, (select id from admin_data.operation order by at limit 1), v.at::timestamptz
            from (values ('uslugi.csv', 0, '2026-03-01'), ('abonent.csv', 1, '2026-03-02')) v (name, bad, at)";
        office.root.execute(brought, &[]).await.unwrap();
        let left_out = "insert into exchange_data.import_bad_row (operation, file, line, reason)
            select operation, name, 7, 'улицы «Лунная» нет в справочнике' from exchange_data.import_file where bad_rows > 0";
        office.root.execute(left_out, &[]).await.unwrap();
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}566{Enter}").await;
        seat.sees("Загрузки файлов").await;
        seat.sees("uslugi.csv").await;
        seat.types("{Enter}").await;
        seat.sees("Непринятые строки: abonent.csv").await;
        seat.sees("улицы «Лунная» нет в справочнике").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
