//! Rows are marked, one by one or by a filter, copied, and changed together.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// From the card of the first account to the services of its house.
const LIST: &str = "{F9}{F3}~Берёзк~{Enter}";

async fn at_the_list(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::ACCOUNTANT).await;
    seat.types(LIST).await;
    seat.sees("Счёт 41001").await;
    seat.types("{F9}Открыть{Enter}").await;
    seat.sees("Жил.").await;
    seat.types("{F9}Услуги{Enter}").await;
    seat.sees("показано 27 из 27").await;
    seat
}

#[tokio::test]
async fn everything_a_filter_lets_through_is_switched_and_put_back() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_list(&office).await;
        seat.types("содержание").await;
        seat.sees("показано 5 из 5").await;
        // The server counts; nothing is marked before the number was confirmed.
        seat.types("{F9}{Ins}").await;
        seat.sees("По отбору строк: 5, на сумму 7 074,84").await;
        assert!(!seat.sight().contains("Отмечено"), "{}", seat.sight());
        seat.types("1").await;
        seat.sees("Отмечено всё: 5, 7 074,84").await;
        seat.types("{F2}").await;
        seat.sees("Включение и выключение услуги").await;
        seat.sees("7 074,84").await;
        seat.types("off{Enter}010326{Enter}{Enter}распоряжение 5{F2}").await;
        seat.sees("-7 074,84").await;
        seat.types("{F2}").await;
        seat.sees("Записано").await;
        seat.sees("выключена").await;
        assert!(!seat.sight().contains("Отмечено"), "what was marked was done: {}", seat.sight());
        office.settle().await;
        seat.types("{F9}{F2}ошибка{Enter}").await;
        seat.sees("7 074,84").await;
        seat.types("{F2}").await;
        seat.sees("включена").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

#[tokio::test]
async fn marks_outlive_a_filter_a_lost_line_and_end_with_esc() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = at_the_list(&office).await;
        seat.types("{Ins}{Down}{Ins}").await;
        seat.sees("Отмечено: 2").await;
        seat.types("антенна").await;
        seat.sees("показано 1 из 1").await;
        seat.sees("Отмечено: 2").await;
        seat.keeps().await;
        assert!(seat.hangs_up().await, "the record is written");
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.sees("Незаконченные").await;
        seat.types("{F2}").await;
        seat.sees("Отмечено: 2").await;
        seat.types("{Esc}").await;
        assert!(!seat.sight().contains("Отмечено"), "{}", seat.sight());
        seat.sees("Отбор: антенна").await;
        // Everything of one filter is not everything of another.
        seat.types("{F9}{Ins}").await;
        seat.sees("строк: 1").await;
        seat.types("1").await;
        seat.sees("Отмечено всё: 1").await;
        seat.types("{Backspace}").await;
        seat.rests().await;
        assert!(!seat.sight().contains("Отмечено"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
