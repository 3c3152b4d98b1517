//! A list is asked by its columns: the server filters, the foot says by what, Esc takes it away.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

#[tokio::test]
async fn charges_are_asked_by_their_columns() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}{F3}~Берёзк~{Enter}").await;
        seat.sees("Содержание").await;
        // A part of a text.
        seat.types("{F3}{Down}водо{F2}").await;
        seat.sees("Отбор: Услуга «водо»").await;
        seat.sees("Водоотведение").await;
        assert!(!seat.sight().contains("Содержание"), "{}", seat.sight());
        // Instead of it, an amount: 54.30 × 31.74 = 1 723.48.
        seat.types("{F3}{Down}{Del}{Down}{Down}{Down}>1723,47{Down}{Down}<1723,48{F2}").await;
        seat.sees("1 723,48").await;
        let sight = seat.sight();
        assert!(
            !sight.contains("Водоотведение") && sight.contains("Начислено «>1723,47», Итого «<1723,48»"),
            "{sight}"
        );
        // A word of a closed set is asked for by its word, and a month by its number.
        seat.types("{F3}03{Down}{Down}{Down}{Down}{Del}{Down}{Down}{Del}{Down}площ{F2}").await;
        seat.sees("Месяц «03», По чему «площ»").await;
        seat.sees("Содержание").await;
        // What no value of the column can be is refused where it was typed.
        seat.types("{F3}{Down}{Down}{Down}{Down}много{F2}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("{Esc}{Esc}").await;
        seat.sees("Водоотведение").await;
        assert!(!seat.sight().contains("Отбор"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
