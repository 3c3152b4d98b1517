//! What another job does is greyed with its reason before anything is typed, and offered nowhere.

use kvartal::keymap::Command;
use serde_json::json;
use tokio::task::LocalSet;
use uuid::Uuid;

use super::seat::Seat;
use crate::common::{Clerk, Db, Office, people, village};

const DISPATCHER: &str = "kv_t_dispatcher";

/// Everything the palette offers for these letters, row by row.
async fn offered(seat: &mut Seat, letters: &str) -> String {
    seat.types(&format!("{{F9}}{letters}")).await;
    let sight = seat.sight();
    seat.types("{Esc}").await;
    sight
}

/// A dispatcher changes no area: the form does not open by its code, by Enter on the field, by its name; the palette has none of it. The
/// accountant's does.
#[tokio::test]
async fn a_form_of_another_job_does_not_open() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, DISPATCHER).await;
        seat.types("{F9}210 41001{Enter}").await;
        seat.sees("Садовая").await;
        seat.types("{F9}212{Enter}").await;
        seat.sees("Нет права: «Изменение площади»").await;
        assert_eq!(seat.desk.windows.len(), 2, "{}", seat.sight());
        assert!(!offered(&mut seat, "площад").await.contains("Измен"), "{}", seat.sight());
        seat.hangs_up().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}").await;
        assert!(offered(&mut seat, "площад").await.contains("Изменить площадь"), "{}", seat.sight());
        seat.types("{F9}212{Enter}").await;
        seat.sees("Изменение площади").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// F7 on the residents registers, which is the passport desk's: for a dispatcher the key is grey, says so, and opens nothing.
#[tokio::test]
async fn a_key_of_another_job_is_grey_and_says_why() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, DISPATCHER).await;
        seat.types("{F9}210 41001{Enter}{F6}").await;
        seat.sees("Берёзкина").await;
        assert!(seat.desk.why_not(Command::New).is_some(), "{}", seat.sight());
        seat.types("{F7}").await;
        seat.sees("Нет права: «Регистрация нового жителя»").await;
        assert_eq!(seat.desk.windows.len(), 2, "{}", seat.sight());
        // Whole cards and papers are read by those whose job it is.
        seat.types("{Enter}").await;
        seat.sees("232").await;
        seat.types("{F9}235{Enter}").await;
        seat.sees("Нет права читать").await;
        seat.types("{F9}{F6}").await;
        assert!(seat.desk.message.is_refusal && seat.desk.windows.len() == 3, "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The list of deviations is only a step to an act: the passport desk, which makes none, is not sent half way; the dispatcher is.
#[tokio::test]
async fn nobody_is_sent_half_way() {
    let work = async {
        let office = Office::of(village().await).await;
        for (login, goes) in [(people::PASSPORT, false), (DISPATCHER, true)] {
            let mut seat = Seat::of(&office, login).await;
            seat.types("{F9}210 41001{Enter}{F9}220{Enter}{F9}610{Enter}").await;
            seat.sees("Акты").await;
            seat.types("{F7}").await;
            seat.rests().await;
            assert_eq!(seat.sight().contains("612 "), goes, "{login}: {}", seat.sight());
            assert_eq!(seat.desk.message.is_refusal, !goes, "{login}: {}", seat.sight());
            seat.hangs_up().await;
        }
    };
    LocalSet::new().run_until(work).await;
}

/// A form that begins something new needs no card behind it: whoever may begin it types its code, whoever may not is told so. A list to
/// choose from is opened by the form that needs it.
#[tokio::test]
async fn a_form_that_begins_something_is_opened_by_its_code() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut admin = Seat::of(&office, people::ADMIN).await;
        admin.types("{F9}964{Enter}").await;
        admin.sees("Начинается с kv_").await;
        admin.types("{F10}").await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        for (code, shown) in [
            ("964", "Нет права: «Новый оператор»"),
            ("561", "Новая организация"),
            ("353", "открывается из карточки или списка"),
        ] {
            seat.types(&format!("{{F9}}{code}{{Enter}}")).await;
            seat.sees(shown).await;
        }
        seat.hangs_up().await;
        admin.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A way to a screen of another job's menu is refused as its code is: a dispatcher reads the services, not the tariffs behind them.
#[tokio::test]
async fn a_way_to_another_jobs_menu_is_shut() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, DISPATCHER).await;
        seat.types("{F9}510{Enter}").await;
        seat.sees("не входит в вашу должность").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Gives a login of this test's own a job, or another one.
async fn employs(db: &Db, login: &str, group: &str) {
    let admin = Clerk::of(db, people::ADMIN).await;
    let mut told =
        json!({ "login": login, "full_name": "Проверкина Нина", "job": "Проверка", "groups": [group] });
    let there = "select exists (select from admin.user_list where login = $1)";
    if admin.query_one(there, &[&login]).await.unwrap().get(0) {
        admin.does("admin.user_change", told).await;
        return;
    }
    told["verifier"] = json!(kvartal::job::setup::verifier(people::PASSWORD));
    admin.does("admin.user_add", told).await;
    let known = "update admin_data.operator set must_change_password = false where login = $1";
    db.root().await.execute(known, &[&login]).await.unwrap();
}

/// Who may not change a tariff may not try one either: the form does not open for the trial alone. A screen that shows nothing yet is named.
#[tokio::test]
async fn what_may_not_be_made_is_not_tried() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}510{Enter}").await;
        seat.sees("Тарифы").await;
        seat.types("{F7}").await;
        seat.sees("Нет права: «Изменение тарифа»").await;
        seat.types("{F9}414{Enter}").await;
        seat.sees("Экран «Находки контроля»").await;
        assert!(offered(&mut seat, "карточка дома").await.contains("220"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Somebody gets another job while a card is open: what it allows opens at once, what it does not is grey at once, with no login between.
#[tokio::test]
async fn rights_given_and_taken_are_there_at_once() {
    let work = async {
        let db = village().await;
        let login = format!("kv_t_{}", &Uuid::new_v4().simple().to_string()[..12]);
        employs(&db, &login, "kvartal_dispatcher").await;
        let mut seat = Seat::at(db.root_address());
        seat.enters(&login).await;
        seat.types("{F9}210 41001{Enter}").await;
        seat.sees("Садовая").await;
        seat.types("{F9}212{Enter}").await;
        seat.sees("Нет права: «Изменение площади»").await;
        seat.types("{Esc}{F9}210 41001{Enter}").await;
        employs(&db, &login, "kvartal_accountant").await;
        seat.sees("Ваши права изменены").await;
        assert!(offered(&mut seat, "площад").await.contains("Изменить площадь"), "{}", seat.sight());
        seat.types("{F9}212{Enter}").await;
        seat.sees("Основание").await;
        seat.types("{F10}").await;
        employs(&db, &login, "kvartal_dispatcher").await;
        seat.sees("Ваши права изменены").await;
        assert!(!offered(&mut seat, "площад").await.contains("Изменить площадь"), "{}", seat.sight());
        seat.types("{F9}510{Enter}").await;
        seat.sees("не входит в вашу должность").await;
        seat.hangs_up().await;
        db.root().await.batch_execute(&format!("drop role {login}")).await.unwrap();
    };
    LocalSet::new().run_until(work).await;
}
