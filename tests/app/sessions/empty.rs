//! A list with nothing in it says what would stand there and how it comes; one that was filtered only says what it sought.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

#[tokio::test]
async fn an_empty_list_says_how_rows_come() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.sees("Меню").await;
        seat.types("{F9}950{Enter}").await;
        seat.sees("Документов ещё нет").await;
        seat.types("нетакого").await;
        seat.sees("нетакого").await;
        assert!(!seat.sight().contains("Документов ещё нет"), "{}", seat.sight());
    };
    LocalSet::new().run_until(work).await;
}

/// A list offers a key only where it does something: not on a day of the past, and not to whoever's job it is not.
#[tokio::test]
async fn an_empty_list_offers_no_key_that_does_nothing() {
    let work = async {
        let office = Office::of(village().await).await;
        for (login, day, offers) in [
            (people::ACCOUNTANT, "", true),
            (people::ACCOUNTANT, "{F9}{F4}01.02.2026{Enter}{Enter}", false),
            (people::CASHIER, "", false),
        ] {
            let mut seat = Seat::of(&office, login).await;
            seat.sees("Меню").await;
            seat.types(&format!("{{F9}}271 41001{{Enter}}{day}")).await;
            seat.sees("Субсидий по этому счёту нет.").await;
            assert_eq!(seat.sight().contains("F7 записывает"), offers, "{login} {day}: {}", seat.sight());
        }
    };
    LocalSet::new().run_until(work).await;
}

/// What is done to the row of a list is refused where there is none, before anything is asked about it.
#[tokio::test]
async fn nothing_is_asked_of_no_row() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        for (code, key) in [("430", "{F8}"), ("800", "{F8}"), ("955", "{F2}")] {
            seat.types(&format!("{{F9}}{code}{{Enter}}{key}")).await;
            seat.sees("Список пуст: под курсором ничего нет").await;
        }
        // A month has a row, and no job.
        seat.types("{F9}410{Enter}{F8}").await;
        seat.sees("Прерывать нечего").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
