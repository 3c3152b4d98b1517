//! A draft waits for the next login: the session that was left in order stands for nothing else.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{people, until, village};

#[tokio::test]
async fn a_draft_outlives_the_session_and_is_taken_by_the_next() {
    let work = async {
        let db = village().await;
        let root = db.root().await;
        let mut seat = Seat::at(db.root_address());
        seat.enters(people::ACCOUNTANT).await;
        seat.types("{F9}{F3}Берёзк{Enter}").await;
        seat.sees("Счёт 41001").await;
        seat.types("{F9}Измен{Enter}60,5{Enter}33").await;
        seat.types("{F10}1").await;
        seat.sees("Черновик оставлен (вернуться: F9 и название): Изменение площади").await;
        seat.types("{F9}{F10}").await;
        seat.sees("Оставлено черновиков: 1").await;
        seat.types("1").await;
        assert!(seat.left, "{}", seat.sight());
        assert!(seat.leaves().await, "the record is written");
        let open =
            "select count(*) from admin_data.session where ended_at is null and (resume->>'left')::boolean";
        assert_eq!(root.query_one(open, &[]).await.unwrap().get::<_, i64>(0), 1);

        // Nothing is to be gone on with: no list of lost sessions, the draft alone.
        let mut next = Seat::at(db.root_address());
        next.enters(people::ACCOUNTANT).await;
        next.sees("Ждут черновики: 1").await;
        assert_eq!(next.desk.windows.len(), 1, "{}", next.sight());
        let ended = "select count(*) = 1 from admin_data.session where ended_at is not null";
        until("the first session is no more", async || root.query_one(ended, &[]).await.unwrap().get(0))
            .await;
        next.types("{F9}{F3}Берёзк{Enter}").await;
        next.sees("Счёт 41001").await;
        next.types("{F9}Измен{Enter}").await;
        next.sees("Есть черновик").await;
        next.types("1").await;
        let sight = next.sight();
        assert!(sight.contains("60,5") && sight.contains("33"), "{sight}");
        // Thrown away, and the session is left with nothing behind it.
        next.types("{F10}2{F9}{F10}").await;
        assert!(next.left, "{}", next.sight());
        next.leaves().await;
        let ended =
            "select count(*) = 2 from admin_data.session where ended_at is not null and resume is null";
        until("both sessions are no more", async || root.query_one(ended, &[]).await.unwrap().get(0)).await;
    };
    LocalSet::new().run_until(work).await;
}

/// A broken session is offered as ever, with the draft in it; nobody else is told of it.
#[tokio::test]
async fn a_draft_is_its_operators_alone() {
    let work = async {
        let db = village().await;
        let mut seat = Seat::at(db.root_address());
        seat.enters(people::ACCOUNTANT).await;
        seat.types("{F9}{F3}Берёзк{Enter}").await;
        seat.sees("Счёт 41001").await;
        seat.types("{F9}Измен{Enter}60,5{Enter}{F10}1").await;
        assert!(seat.hangs_up().await, "the record is written");
        let mut other = Seat::at(db.root_address());
        other.enters(people::PASSPORT).await;
        other.sees("Меню").await;
        assert!(other.desk.drafts.is_empty() && other.desk.windows.len() == 1, "{}", other.sight());
        other.leaves().await;
        let mut next = Seat::at(db.root_address());
        next.enters(people::ACCOUNTANT).await;
        next.sees("Незаконченные сеансы").await;
        next.types("{F2}").await;
        next.sees("Сеанс продолжен, черновиков: 1").await;
        next.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
