//! Two operators on one card.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{people, village};

/// Types an area and a ground; nobody computes differences here, so the change is asked for unseen.
const WRITES: &str = "{Enter}{Enter}50{Enter}{Enter}010326{Enter}акт{F2}";

async fn opens_the_area(login: &str, address: &kvartal::db::config::Address) -> Seat {
    let mut seat = Seat::at(address);
    seat.enters(login).await;
    seat.types("{F9}41001{Enter}").await;
    seat.sees("Счёт 41001").await;
    seat.types("{F9}Измен{Enter}").await;
    seat.sees("Изменение площади").await;
    seat
}

#[tokio::test]
async fn the_second_is_told_what_the_first_did_and_keeps_the_text() {
    let work = async {
        let db = village().await;
        let mut first = opens_the_area(people::ACCOUNTANT, db.root_address()).await;
        let mut second = opens_the_area(people::COLLEAGUE, db.root_address()).await;
        first.types(&format!("50,25{WRITES}")).await;
        first.types("1").await;
        first.sees("Записано").await;
        second.types(&format!("52,75{WRITES}")).await;
        second.types("1").await;
        second.sees("Пока экран был открыт").await;
        let told = second.desk.message.text.clone();
        assert!(told.contains("→ 50,25"), "{told}");
        let sight = second.sight();
        assert!(sight.contains("52,75") && sight.contains("Изменение площади"), "{sight}");
        // Looked at again, it is the operator's own decision.
        second.types("{F5}").await;
        assert!(second.sight().contains("52,75"), "{}", second.sight());
        second.types("{F2}").await;
        second.types("1").await;
        second.sees("Записано").await;
    };
    LocalSet::new().run_until(work).await;
}

/// What another session left behind was typed over what was shown then, not over what stands now.
#[tokio::test]
async fn who_goes_on_is_told_what_was_changed_meanwhile() {
    let work = async {
        let db = village().await;
        let mut lost = opens_the_area(people::COLLEAGUE, db.root_address()).await;
        lost.types("52,75{Enter}{Enter}50{Enter}{Enter}010326{Enter}акт").await;
        assert!(lost.hangs_up().await, "the record is written");
        let mut first = opens_the_area(people::ACCOUNTANT, db.root_address()).await;
        first.types(&format!("50,25{WRITES}")).await;
        first.types("1").await;
        first.sees("Записано").await;
        let mut next = Seat::at(db.root_address());
        next.enters(people::COLLEAGUE).await;
        next.sees("Незаконченные сеансы").await;
        next.types("{F2}").await;
        next.sees("Сеанс продолжен").await;
        next.types("{F2}").await;
        next.types("1").await;
        next.sees("Пока экран был открыт").await;
        assert!(next.sight().contains("52,75"), "{}", next.sight());
    };
    LocalSet::new().run_until(work).await;
}
