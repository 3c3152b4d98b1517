//! Two operators on one card.

use serde_json::json;
use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Clerk, people, village};

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

/// A price that somebody else set while the form was open: 511 tells it, keeps what is typed, and F5 shows what stands now.
#[tokio::test]
async fn a_price_set_meanwhile_is_told_and_not_overwritten() {
    let work = async {
        let db = village().await;
        let mut second = Seat::at(db.root_address());
        second.enters(people::CENTRE).await;
        second.types("{F9}510{Enter}").await;
        second.sees("Тариф").await;
        second.types("{F7}").await;
        second.sees("Изменение тарифа").await;
        second.types("41,5{Enter}010426{Enter}Постановление 9{Enter}письмо 7").await;
        let keys = second.desk.focused().unwrap().keys.clone();
        let number = |key: &str| keys[key].to_json();
        let fact = json!({ "tariff_id": number("tariff_id"), "part": number("part"), "from": "2026-04-01", "rate": "40.25", "citation": "Постановление 8" });
        Clerk::of(&db, people::CENTRE).await.asserts("cards.tariff_rate", fact).await;
        second.types("{F2}").await;
        second.types("1").await;
        second.sees("Пока экран был открыт").await;
        let told = second.desk.message.text.clone();
        assert!(told.contains("→ 40,25") && told.contains("F5"), "{told}");
        assert!(second.sight().contains("41,5") && second.sight().contains("письмо 7"), "{}", second.sight());
        let rates = "select count(*) from cards_data.tariff_rate where rate = 41.5";
        assert_eq!(db.root().await.query_one(rates, &[]).await.unwrap().get::<_, i64>(0), 0);
        second.types("{F5}").await;
        assert!(second.sight().contains("41,5"), "{}", second.sight());
        second.types("{F2}").await;
        second.types("1").await;
        second.sees("Записано").await;
        assert_eq!(db.root().await.query_one(rates, &[]).await.unwrap().get::<_, i64>(0), 1);
    };
    LocalSet::new().run_until(work).await;
}

/// Somebody took the person off the register meanwhile, from a day before or behind the typed one: 233 tells that, not that nobody
/// is registered there.
#[tokio::test]
async fn a_person_taken_off_meanwhile_is_told() {
    let work = async {
        for first in ["2026-03-05", "2026-03-20"] {
            let db = village().await;
            let mut second = Seat::at(db.root_address());
            second.enters(people::PASSPORT).await;
            second.types("{F9}210 41001{Enter}{F6}").await;
            second.sees("Берёзкина").await;
            second.types("{F9}233{Enter}").await;
            second.sees("Снятие с учёта: ").await;
            second.types("100326{Enter}заявление 3{Enter}Минск").await;
            let keys = second.desk.focused().unwrap().keys.clone();
            let args = json!({ "person_id": keys["person_id"].to_json(), "premises_id": keys["premises_id"].to_json(), "from": first });
            Clerk::of(&db, people::CENTRE).await.does("passport.departure", args).await;
            second.types("{F2}").await;
            second.types("1").await;
            second.types("1").await;
            second.sees("Пока экран был открыт").await;
            assert!(second.desk.message.text.contains("F5"), "{}", second.sight());
            let sight = second.sight();
            assert!(
                sight.contains("10.03.2026") && sight.contains("заявление 3") && sight.contains("Минск"),
                "{first}: {sight}"
            );
        }
    };
    LocalSet::new().run_until(work).await;
}
