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
