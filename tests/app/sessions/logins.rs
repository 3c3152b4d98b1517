//! Coming in: refused, with a password that must be changed, and over a session that was lost.

use serde_json::json;
use tokio::task::LocalSet;
use uuid::Uuid;

use super::seat::Seat;
use crate::common::{Clerk, Db, people, until, village};

#[tokio::test]
async fn a_wrong_login_is_refused_and_the_right_one_enters() {
    let work = async {
        let db = Db::fresh().await;
        let mut seat = Seat::at(db.root_address());
        seat.types("~kv_nobody~{Enter}не тот{Enter}").await;
        let sight = seat.sight();
        assert!(sight.contains("Вход в программу") && !sight.contains("не тот"), "{sight}");
        assert!(seat.desk.message.is_refusal, "{sight}");
        seat.types("{Up}{Home}{Del}{Del}{Del}{Del}{Del}{Del}{Del}{Del}{Del}").await;
        seat.enters(people::CASHIER).await;
        seat.sees("Меню").await;
        assert!(!seat.sight().contains("ссыл"), "nothing is offered to a first login");
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn a_first_login_changes_its_password() {
    let work = async {
        let db = Db::fresh().await;
        let login = format!("kv_t_{}", &Uuid::new_v4().simple().to_string()[..12]);
        let add = json!({
            "login": login, "verifier": kvartal::job::setup::verifier(people::PASSWORD), "full_name": "Проверкина Нина",
            "job": "Кассир", "groups": ["kvartal_cashier"], "scopes": [{}],
        });
        Clerk::of(&db, people::ADMIN).await.does("admin.user_add", add).await;
        let mut seat = Seat::at(db.root_address());
        seat.enters(&login).await;
        seat.sees("Смена пароля").await;
        let must = "select must_change_password from admin_data.operator where login = $1";
        let root = db.root().await;
        let asked: bool = root.query_one(must, &[&login]).await.unwrap().get(0);
        assert!(asked);
        seat.types(&format!("{}{{Enter}}короче{{Enter}}короче{{F2}}", people::PASSWORD)).await;
        seat.sees("не короче").await;
        // Nothing else is open to a first login.
        for keys in ["{F10}", "{Esc}{Esc}{Esc}{Esc}", "{F9}{F3}", "{F9}{F9}"] {
            seat.types(keys).await;
            let sight = seat.sight();
            assert!(sight.contains("Смена пароля"), "{keys}: {sight}");
        }
        let login_of_the_role = seat.desk.operator.login.clone();
        assert_eq!(login_of_the_role, login);
        let new = "новый-пароль-проверки";
        let again = format!("{}{{Enter}}{new}{{Enter}}{new}{{F2}}", people::PASSWORD);
        seat.types(&format!("{{Up}}{{Up}}{again}")).await;
        seat.sees("Пароль изменён").await;
        let asked: bool = root.query_one(must, &[&login]).await.unwrap().get(0);
        assert!(!asked);
        seat.types("{F9}{F3}").await;
        seat.sees("Поиск").await;
        seat.hangs_up().await;
        let drop = format!("drop role {login}");
        drop_role(&db, &drop).await;
    };
    LocalSet::new().run_until(work).await;
}

async fn drop_role(db: &Db, statement: &str) {
    db.root().await.batch_execute(statement).await.unwrap();
}

#[tokio::test]
async fn a_lost_session_is_taken_over_with_what_was_typed() {
    let work = async {
        let db = village().await;
        let mut lost = Seat::at(db.root_address());
        lost.enters(people::ACCOUNTANT).await;
        lost.types("{F9}{F3}Берёзк{Enter}").await;
        lost.sees("Счёт 41001").await;
        lost.types("{F9}Измен{Enter}60,5{Enter}33").await;
        assert!(lost.hangs_up().await, "the record is written");
        let mut next = Seat::at(db.root_address());
        next.enters(people::ACCOUNTANT).await;
        next.sees("Незаконченные сеансы").await;
        next.sees("Открыто  Изменение площади: ").await;
        next.types("{F2}").await;
        next.sees("Сеанс продолжен").await;
        let sight = next.sight();
        assert!(
            sight.contains("Изменение площади") && sight.contains("60,5") && sight.contains("33"),
            "{sight}"
        );
        next.keeps().await;
        let root = db.root().await;
        let ended = "select count(*) = 1 from admin_data.session where ended_at is not null";
        until("the first session is no more", async || root.query_one(ended, &[]).await.unwrap().get(0))
            .await;
        let half_open = next;
        // The line of the second is half open now: its process lives, and is told to leave.
        let mut third = Seat::at(db.root_address());
        third.enters(people::ACCOUNTANT).await;
        third.sees("Незаконченные сеансы").await;
        let mut half_open = half_open;
        let leaves = async {
            while !half_open.left {
                half_open.hears().await;
            }
            half_open.hangs_up().await
        };
        let takes = async {
            third.types("{F2}").await;
            third.sees("Сеанс продолжен").await;
            third
        };
        let (kept, third) = tokio::join!(leaves, takes);
        assert!(kept, "who is taken over writes before leaving");
        assert!(third.sight().contains("60,5"), "{}", third.sight());
    };
    LocalSet::new().run_until(work).await;
}
